/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-figure-curves.h"

#include "foc-line-chart.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Losses above that many times the loss of guessing are as good as infinite: a scale that
 * shows them shows nothing else. */
#define ABSURD 20

typedef struct
{
  FocLineChart *chart;
  gboolean accuracy;
  double guessing;     /* loss of an untrained classifier */
  double absurd;       /* loss */
  double lowest, most; /* of the series that count for the scale */
} Curves;

static void
curves_init (Curves *self, gboolean accuracy)
{
  *self = (Curves){
    .chart = foc_line_chart_new (),
    .accuracy = accuracy,
    .lowest = INFINITY,
    .most = -INFINITY,
  };
}

/* An untrained classifier takes all classes for equally likely. */
static void
set_n_classes (Curves *self, guint n_classes)
{
  self->guessing = log (n_classes);
  self->absurd = ABSURD * self->guessing;
}

static double
get_value (const Curves *self, const FocCurvePoint *point, gboolean validation)
{
  if (self->accuracy)
    return 100 * (validation ? point->validation_accuracy : point->training_accuracy);
  return validation ? point->validation_loss : point->training_loss;
}

/* Ended beyond all numbers, or almost. */
static gboolean
has_diverged (const Curves *self, const FocTrajectory *trajectory)
{
  const FocCurve *curve = trajectory->curve;
  const FocCurvePoint *last =
    curve->len > 0 ? foc_curve_get (curve, curve->len - 1) : NULL;

  return trajectory->diverged
         || (last != NULL
             && (last->training_loss > self->absurd
                 || last->validation_loss > self->absurd));
}

/* A training of many epochs would be a thicket if every point were drawn: of each epoch
 * then the mean is, where it ends. */
#define DENSE_EPOCHS 10

/* While a search is under way, as it will be in the end. */
static gboolean
is_dense (const FocGrid *grid, const FocTrajectory *trajectory)
{
  const FocCurve *curve = trajectory->curve;

  if (!trajectory->diverged)
    return grid->epochs[grid->n_epochs - 1] > DENSE_EPOCHS;
  return curve->len > 0 && foc_curve_get (curve, curve->len - 1)->epoch > DENSE_EPOCHS;
}

/* The values of one measure along a curve, where it was measured, and their epochs; returns
 * how many. Many a search has a million points: nothing is copied on the way. */
static gsize
collect (const Curves *self,
         const FocCurve *curve,
         gboolean validation,
         gboolean dense,
         double *x,
         double *y)
{
  gsize length = 0;
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < curve->len; i++)
    {
      const FocCurvePoint *point = foc_curve_get (curve, i);

      /* Between the ends of epochs the validation set was not measured: no gap. */
      if (validation && isnan (point->validation_accuracy))
        continue;
      sum += get_value (self, point, validation);
      n++;
      if (dense && point->epoch != floor (point->epoch) && i + 1 < curve->len)
        continue;
      x[length] = point->epoch;
      y[length++] = sum / n;
      sum = 0;
      n = 0;
    }

  return length;
}

/* The line of one measure along a curve, where it was measured. */
static void
add_series (Curves *self,
            const FocGrid *grid,
            const FocTrajectory *trajectory,
            const char *name,
            guint look,
            gboolean validation)
{
  const FocCurve *curve = trajectory->curve;
  g_autofree double *x = g_new (double, curve->len);
  g_autofree double *y = g_new (double, curve->len);
  FocSeries series = {
    .name = name,
    /* Translators: parts of the data set, in the legend of a plot. */
    .kind = validation ? C_ ("curve", "validation") : C_ ("curve", "training"),
    .look = look,
    .bold = validation,
    .diverged = has_diverged (self, trajectory),
    .x = x,
    .y = y,
  };

  series.n = collect (self, curve, validation, is_dense (grid, trajectory), x, y);
  for (gsize i = 0; i < series.n; i++)
    if (isfinite (y[i]) && (self->accuracy || !series.diverged))
      {
        self->lowest = MIN (self->lowest, y[i]);
        self->most = MAX (self->most, y[i]);
      }

  foc_line_chart_add_series (self->chart, &series);
}

static void
finish (Curves *self, const char *heading, gboolean logarithmic)
{
  const FocLineChartAxis x = { .title = _ ("epoch"), .from = 0, .to = NAN };
  FocLineChartAxis y = { .title = _ ("loss (nats)"), .logarithmic = logarithmic };

  y.from = y.to = NAN;
  if (self->accuracy)
    {
      /* Tens, and something even where all of it is 100 %. */
      y = (FocLineChartAxis){ .title = _ ("accuracy (%)"), .from = 0, .to = 100 };
      if (isfinite (self->lowest))
        y.from = CLAMP (10 * floor (self->lowest / 10), 0, 90);
    }
  else if (!logarithmic && self->most > self->absurd)
    /* One that came back from there: its line leaves the area for a while. */
    y.to = ceil (3 * self->guessing);

  foc_line_chart_set_x_axis (self->chart, &x);
  foc_line_chart_set_y_axis (self->chart, &y);
  foc_line_chart_set_legend_heading (self->chart, heading);
}

FocPlot *
foc_figure_draw_curves (const FocGrid *grid,
                        const FocCell *best,
                        guint n_classes,
                        gboolean accuracy,
                        gboolean logarithmic)
{
  Curves curves;

  curves_init (&curves, accuracy);
  set_n_classes (&curves, n_classes);
  for (guint i = 0; i < grid->n_learning_rates; i++)
    {
      const FocTrajectory *trajectory = &grid->trajectories[i];
      g_autofree char *name = g_strdup_printf ("%g", trajectory->learning_rate);

      add_series (&curves, grid, trajectory, name, i, FALSE);
      add_series (&curves, grid, trajectory, name, i, TRUE);
    }
  if (best != NULL)
    foc_line_chart_set_best (
      curves.chart, best->epochs, accuracy ? 100 * best->accuracy : best->loss,
      /* Translators: the best cell of a grid search, in a legend. */
      C_ ("curve", "best cell"));
  finish (&curves, _ ("learning rate"), logarithmic);

  return FOC_PLOT (curves.chart);
}

const FocTrajectory *
foc_figure_find_best (const FocRun *run)
{
  for (guint i = 0; run->grid != NULL && i < run->grid->n_learning_rates; i++)
    if (run->grid->trajectories[i].learning_rate == run->best.learning_rate)
      return &run->grid->trajectories[i];

  return NULL;
}

FocPlot *
foc_figure_compare_curves (const FocRun *const *runs,
                           const char *const *names,
                           guint n,
                           gboolean accuracy,
                           gboolean logarithmic)
{
  Curves curves;
  guint most_classes = 2;

  curves_init (&curves, accuracy);
  for (guint i = 0; i < n; i++)
    most_classes = MAX (most_classes, g_strv_length (runs[i]->class_names));
  set_n_classes (&curves, most_classes);
  for (guint i = 0; i < n; i++)
    {
      const FocTrajectory *trajectory = foc_figure_find_best (runs[i]);

      if (trajectory == NULL)
        continue;
      add_series (&curves, runs[i]->grid, trajectory, names[i], i, FALSE);
      add_series (&curves, runs[i]->grid, trajectory, names[i], i, TRUE);
    }
  /* Translators: the heading of names of runs, in the legend of a plot. */
  finish (&curves, _ ("run"), logarithmic);

  return FOC_PLOT (curves.chart);
}
