/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-line.h"
#include "foc-plot.h"

/* What the lines of a plot mean, beside or below it, never on it. */

typedef enum
{
  FOC_PLOT_SAMPLE_LINE,
  FOC_PLOT_SAMPLE_CROSSED, /* a line with a cross */
  FOC_PLOT_SAMPLE_STAR,
} FocPlotSample;

typedef struct
{
  char *text;
  FocPlotSample sample;
  FocPlotPen pen; /* of a line */
  char *key;      /* of what it hides; NULL: it is always shown */
  gboolean hidden;
} FocPlotLegendEntry;

typedef struct
{
  const char *heading; /* nullable */
  GArray *entries;     /* of FocPlotLegendEntry, owned */
  /* The rest is foc_plot_legend_layout()'s. */
  FocPlotBox box;
  double heading_width;
  guint n_columns, n_rows; /* 0 rows: there is no room for a legend */
  double text_width;       /* names are elided to this */
} FocPlotLegend;

void foc_plot_legend_init (FocPlotLegend *self, const char *heading);
void foc_plot_legend_clear (FocPlotLegend *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocPlotLegend, foc_plot_legend_clear)

/* `pen` may be NULL if `sample` is no line; takes `text`. */
void foc_plot_legend_add (FocPlotLegend *self,
                          char *text,
                          FocPlotSample sample,
                          const FocPlotPen *pen);

/* Makes the entry that was added last one that `plot` can hide under this key. */
void foc_plot_legend_set_key (FocPlotLegend *self, FocPlot *plot, const char *key);

/* Takes the room for the legend from `box`: at the side or below, whichever leaves more
 * to a plot whose width is `aspect` times its height, and to one that is not wider than
 * high no more than that. Where they are too many, names are
 * shortened, then entries left out, and their number is said. */
void foc_plot_legend_layout (FocPlotLegend *self,
                             FocPlotCanvas *canvas,
                             FocPlotBox *box,
                             double aspect);

/* The entries with a key go to the map of the canvas, if it has one. */
void foc_plot_legend_draw (const FocPlotLegend *self, FocPlotCanvas *canvas);
