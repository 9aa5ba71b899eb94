/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Where the ticks of a scale stand, and what they say. Plain arithmetic. */

#define FOC_PLOT_TICKS_MAX 16

/* Scales, linear ones too, show no more than this, and none of less: differences
 * and logarithms stay finite. */
#define FOC_PLOT_VALUE_MAX 1e300
#define FOC_PLOT_VALUE_MIN 1e-300

typedef struct
{
  guint n;
  double values[FOC_PLOT_TICKS_MAX]; /* ascending */
  int decimals;    /* places behind the point that tell the labels apart; of a
                    * large step less than zero */
  gboolean powers; /* labels are written as powers of ten */
  gboolean each;   /* each label has the decimals that it needs */
} FocPlotTicks;

/* The smallest of 1, 2, 5 times a power of ten by which steps over `span` (above 0)
 * are at most `most` (at least 1). */
double foc_plot_ticks_step (double span, guint most);

/* Multiples of a step of 1, 2 or 5 times a power of ten in `from` < `to`: at most
 * `most` (2 ... FOC_PLOT_TICKS_MAX), but there may be fewer than two. */
void foc_plot_ticks_linear (FocPlotTicks *self, double from, double to, guint most);

/* The same for a logarithmic scale, 0 < `from` < `to`: powers of ten, each or every
 * k-th; where they are few, also 2 and 5 times them; where even these are, multiples
 * of one step. */
void foc_plot_ticks_logarithmic (FocPlotTicks *self, double from, double to, guint most);

/* The label of tick `index`; free with g_free(). */
char *foc_plot_ticks_label (const FocPlotTicks *self, guint index);

/* The number with that many decimals, a true minus, and the locale's point and
 * grouping; what is not finite is a dash. Free with g_free(). */
char *foc_plot_number (double value, int decimals);
/* The same with a plus before what is above zero. */
char *foc_plot_number_signed (double value, int decimals);
