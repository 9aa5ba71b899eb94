/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <glib-object.h>

#include "foc-plot-style.h"

/* libfoc-plot draws what was measured: curves, matrices, explanations. It takes
 * plain numbers, knows neither the experiment nor a toolkit, and draws the same with
 * any cairo_t: that of a widget, or one of those behind foc-plot-export.h. The
 * kinds of plots are
 *
 *   foc-line-chart.h        curves over epochs, risk over coverage
 *   foc-roc-plot.h          receiver operating characteristic
 *   foc-confusion-plot.h    confusion matrix
 *   foc-calibration-plot.h  reliability diagram
 *   foc-explanation-plot.h  one picture, and the share of its pixels in the answer
 *
 *     FocPlotStyle style = FOC_PLOT_STYLE_INIT;
 *     FocLineChart *chart = foc_line_chart_new ();
 *
 *     foc_line_chart_add_series (chart, &series);
 *     GBytes *png = foc_plot_to_png (FOC_PLOT (chart), 640, 400, 2, &style, &error);
 *
 * A plot is built by one thread and may then be drawn by any, by several at once; what is
 * hidden may change meanwhile. Drawing cannot fail: every size, number and text is drawn
 * as well as it can be, what has no room is left out (least important first), and where
 * there is nothing to draw, the plot says so. Texts need not be valid UTF-8. Numbers and
 * words are those of the process's locale. */

#define FOC_TYPE_PLOT (foc_plot_get_type ())

G_DECLARE_DERIVABLE_TYPE (FocPlot, foc_plot, FOC, PLOT, GObject)

typedef struct _FocPlotBox FocPlotBox;
typedef struct _FocPlotCanvas FocPlotCanvas;

struct _FocPlotClass
{
  GObjectClass parent_class;

  /* For the kinds of plots: draws into `box`, which is not empty; the title is not
   * in it. */
  void (*draw) (FocPlot *self, FocPlotCanvas *canvas, const FocPlotBox *box);

  /* Of a matrix, what there is to say of a cell: pairs of names and values; free with
   * g_strfreev(). */
  char **(*tell_cell) (FocPlot *self, guint row, guint column);
};

/* A heading above the plot; NULL (as at first) for none. */
void foc_plot_set_title (FocPlot *self, const char *title);

/* A name from elsewhere, to be put into a sentence or a title: between the isolates of
 * Unicode, so that its direction changes nothing around it. Free with g_free(). */
char *foc_plot_isolate (const char *name);

/* What an entry of the legend stands for can be hidden: it is not drawn any more, and does
 * not count for the scales; its entry stays, faint. foc-plot-map.h has the keys of entries,
 * by which other plots with the same entries know them too. At first all is shown. */
void foc_plot_set_hidden (FocPlot *self, const char *key, gboolean hidden);
gboolean foc_plot_is_hidden (FocPlot *self, const char *key);
void foc_plot_show_all (FocPlot *self);
/* Hides what is hidden in `other`, and nothing else. */
void foc_plot_copy_hidden (FocPlot *self, FocPlot *other);

/* Draws the plot into the rectangle from (0, 0) to (`width`, `height`), on whatever
 * stands there. Leaves the state of `cr` as it was. */
void foc_plot_draw (FocPlot *self,
                    cairo_t *cr,
                    double width,
                    double height,
                    const FocPlotStyle *style);
