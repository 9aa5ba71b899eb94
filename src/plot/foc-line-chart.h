/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* Curves over a common x: loss and accuracy over epochs, risk over coverage. */

#define FOC_TYPE_LINE_CHART (foc_line_chart_get_type ())

G_DECLARE_FINAL_TYPE (FocLineChart, foc_line_chart, FOC, LINE_CHART, FocPlot)

typedef struct
{
  const char *title; /* with the unit: "loss (nats)"; nullable */
  gboolean logarithmic;
  double from, to; /* ends of the scale; NaN finds one from the values */
} FocLineChartAxis;

typedef struct
{
  const char *name; /* in the legend: "0.01"; NULL for none */
  /* What several series have in common: "training", "validation"; NULL for none. Has
   * an entry of its own in the legend, which then names equal looks once. */
  const char *kind;
  guint look;        /* colour, dash and mark; 120 of them differ */
  gboolean bold;     /* thick, and with marks on its points       */
  gboolean diverged; /* ended in infinity: said in the legend, marked where it was last
                      * seen, and of no influence on the scale of y */
  /* `n` points. What is not finite is a gap: leave out where nothing was measured. */
  const double *x, *y;
  gsize n;
} FocSeries;

/* A chart without series and titles. Free with g_object_unref(). */
FocLineChart *foc_line_chart_new (void);

/* Both copy what they are given. */
void foc_line_chart_set_x_axis (FocLineChart *self, const FocLineChartAxis *axis);
void foc_line_chart_set_y_axis (FocLineChart *self, const FocLineChartAxis *axis);

/* What the names of the series are: "learning rate". */
void foc_line_chart_set_legend_heading (FocLineChart *self, const char *heading);

/* Draws another series. Copies what it is given. Bold ones stand before thin ones. */
void foc_line_chart_add_series (FocLineChart *self, const FocSeries *series);

/* Marks one point with a star, which `name` explains in the legend. */
void foc_line_chart_set_best (FocLineChart *self, double x, double y, const char *name);
