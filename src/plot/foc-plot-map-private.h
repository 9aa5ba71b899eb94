/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot-line.h"
#include "foc-plot-map.h"

/* How the kinds of plots fill in a map: while they are drawn, where their canvas has one. */

typedef struct
{
  char *key, *text;
  FocPlotBox box; /* empty where it has no room */
} FocPlotMapEntry;

typedef struct
{
  float place_x, place_y; /* in the drawing */
  double x, y;
} FocPlotMapPoint;

typedef struct
{
  char *key, *heading, *name, *kind; /* nullable */
  FocPlotPen pen;
  FocPlotAxis x, y;
  char *x_title, *y_title; /* owned, what those have */
  FocPlotBox area;
  FocPlotMapPoint *points;
  guint n;
} FocPlotMapSeries;

struct _FocPlotMap
{
  FocPlot *plot;
  double width, height, em;
  GArray *entries;  /* of FocPlotMapEntry */
  GArray *series;   /* of FocPlotMapSeries, none of which is without points */
  FocPlotBox cells; /* of a matrix */
  guint n_cells;    /* a side; 0: there is none */
  gboolean written; /* each cell says all that there is to say of it */
};

FocPlotMap *foc_plot_map_new (FocPlot *plot, double width, double height, double em);

void foc_plot_map_add_entry (FocPlotMap *self,
                             const char *key,
                             const char *text,
                             const FocPlotBox *box);

/* Of `series` only key, heading, name, kind and pen are to be filled in; copies them.
 * Points that have no place in the frame are left out. */
void foc_plot_map_add_series (FocPlotMap *self,
                              const FocPlotFrame *frame,
                              const FocPlotMapSeries *series,
                              const double *x,
                              const double *y,
                              gsize n);

void foc_plot_map_set_cells (FocPlotMap *self,
                             const FocPlotBox *cells,
                             guint n,
                             gboolean written);

/* What there is to say of a pick: pairs of a name, which may be empty, and a value. Free
 * with g_strfreev(). */
char **foc_plot_map_tell (const FocPlotMap *self, const FocPlotPick *pick);
