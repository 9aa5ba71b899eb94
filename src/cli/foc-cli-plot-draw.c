/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-plot-draw.h"

#include "foc-calibration-plot.h"
#include "foc-confusion-plot.h"
#include "foc-line-chart.h"
#include "foc-roc-plot.h"

#include <glib/gi18n.h>
#include <math.h>

/* Losses above that many times the loss of guessing are as good as infinite: a scale that
 * shows them shows nothing else. */
#define ABSURD 20

typedef struct
{
  FocLineChart *chart;
  gboolean accuracy;
  double absurd;       /* loss */
  double lowest, most; /* of the series that count for the scale */
} Curves;

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

static FocCurve *
average_epochs (const FocCurve *curve)
{
  FocCurve *means = foc_curve_new ();
  double loss = 0.0, accuracy = 0.0;
  guint n = 0;

  for (guint i = 0; i < curve->len; i++)
    {
      FocCurvePoint point = *foc_curve_get (curve, i);

      loss += point.training_loss;
      accuracy += point.training_accuracy;
      n++;
      if (point.epoch != floor (point.epoch) && i + 1 < curve->len)
        continue;
      point.training_loss = loss / n;
      point.training_accuracy = accuracy / n;
      g_array_append_val (means, point);
      loss = accuracy = 0.0;
      n = 0;
    }

  return means;
}

/* The line of one measure along a curve, where it was measured. */
static void
add_series (Curves *self,
            const FocTrajectory *trajectory,
            guint look,
            gboolean validation)
{
  gboolean dense = trajectory->curve->len > 0
                   && foc_curve_get (trajectory->curve, trajectory->curve->len - 1)->epoch
                        > DENSE_EPOCHS;
  g_autoptr (FocCurve) curve =
    dense ? average_epochs (trajectory->curve) : g_array_ref (trajectory->curve);
  g_autofree double *x = g_new (double, curve->len);
  g_autofree double *y = g_new (double, curve->len);
  g_autofree char *name = g_strdup_printf ("%g", trajectory->learning_rate);
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

  for (guint i = 0; i < curve->len; i++)
    {
      const FocCurvePoint *point = foc_curve_get (curve, i);

      /* Between the ends of epochs the validation set was not measured: no gap. */
      if (validation && isnan (point->validation_accuracy))
        continue;
      x[series.n] = point->epoch;
      y[series.n] = get_value (self, point, validation);
      if (isfinite (y[series.n]) && (self->accuracy || !series.diverged))
        {
          self->lowest = MIN (self->lowest, y[series.n]);
          self->most = MAX (self->most, y[series.n]);
        }
      series.n++;
    }

  foc_line_chart_add_series (self->chart, &series);
}

static void
add_grid (Curves *self, const FocRun *run)
{
  const FocLineChartAxis x = { .title = _ ("epoch"), .from = 0, .to = NAN };

  foc_line_chart_set_x_axis (self->chart, &x);
  foc_line_chart_set_legend_heading (self->chart, _ ("learning rate"));
  for (guint i = 0; i < run->grid->n_learning_rates; i++)
    {
      add_series (self, &run->grid->trajectories[i], i, FALSE);
      add_series (self, &run->grid->trajectories[i], i, TRUE);
    }
  foc_line_chart_set_best (self->chart, run->best.epochs,
                           self->accuracy ? 100 * run->best.accuracy : run->best.loss,
                           /* Translators: the best cell of a grid search, in a legend. */
                           C_ ("curve", "best cell"));
}

/* Of an untrained classifier, which takes all classes for equally likely. */
static double
loss_of_guessing (const FocRun *run)
{
  return log (g_strv_length (run->class_names));
}

FocPlot *
foc_cli_draw_loss (const FocRun *run, gboolean logarithmic)
{
  Curves curves = {
    .chart = foc_line_chart_new (),
    .absurd = ABSURD * loss_of_guessing (run),
    .lowest = INFINITY,
    .most = -INFINITY,
  };
  FocLineChartAxis y = {
    .title = _ ("loss (nats)"),
    .logarithmic = logarithmic,
    .from = NAN,
    .to = NAN,
  };

  add_grid (&curves, run);
  /* One that came back from there: its line leaves the area for a while. */
  if (!logarithmic && curves.most > curves.absurd)
    y.to = ceil (3 * loss_of_guessing (run));
  foc_line_chart_set_y_axis (curves.chart, &y);

  return FOC_PLOT (curves.chart);
}

FocPlot *
foc_cli_draw_accuracy (const FocRun *run)
{
  Curves curves = {
    .chart = foc_line_chart_new (),
    .accuracy = TRUE,
    .absurd = ABSURD * loss_of_guessing (run),
    .lowest = INFINITY,
    .most = -INFINITY,
  };
  FocLineChartAxis y = { .title = _ ("accuracy (%)"), .from = 0, .to = 100 };

  add_grid (&curves, run);
  /* Tens, and something even where all of it is 100 %. */
  if (isfinite (curves.lowest))
    y.from = CLAMP (10 * floor (curves.lowest / 10), 0, 90);
  foc_line_chart_set_y_axis (curves.chart, &y);

  return FOC_PLOT (curves.chart);
}

FocPlot *
foc_cli_draw_roc (const FocRun *run, const FocMeasurement *measurement)
{
  FocRocPlot *plot = foc_roc_plot_new ();

  for (guint i = 0; i < measurement->n_rocs; i++)
    {
      const FocRoc *roc = &measurement->rocs[i];
      double false_positive_rate[FOC_ROC_MAX_POINTS];
      double true_positive_rate[FOC_ROC_MAX_POINTS];
      FocRocCurve curve = {
        .name = run->class_names[foc_measurement_get_roc_class (measurement, i)],
        .false_positive_rate = false_positive_rate,
        .true_positive_rate = true_positive_rate,
        .n = roc->n_points,
        .area = roc->auc,
      };

      for (guint j = 0; j < roc->n_points; j++)
        {
          false_positive_rate[j] = roc->points[j].false_positive_rate;
          true_positive_rate[j] = roc->points[j].true_positive_rate;
        }
      foc_roc_plot_add_curve (plot, &curve);
    }

  return FOC_PLOT (plot);
}

static void
add_calibration (FocCalibrationPlot *plot,
                 const FocCalibration *calibration,
                 const char *name)
{
  double confidence[FOC_CALIBRATION_BINS], accuracy[FOC_CALIBRATION_BINS];
  guint64 counts[FOC_CALIBRATION_BINS];
  const FocCalibrationCurve curve = {
    .name = name,
    .n_bins = FOC_CALIBRATION_BINS,
    .confidence = confidence,
    .accuracy = accuracy,
    .counts = counts,
    .error = calibration->error,
  };

  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      confidence[i] = calibration->bins[i].confidence;
      accuracy[i] = calibration->bins[i].accuracy;
      counts[i] = calibration->bins[i].n;
    }
  foc_calibration_plot_add_curve (plot, &curve);
}

FocPlot *
foc_cli_draw_confusion (const FocRun *run, const FocMeasurement *measurement)
{
  return FOC_PLOT (foc_confusion_plot_new (measurement->confusion.n_classes,
                                           (const char *const *) run->class_names,
                                           measurement->confusion.counts));
}

FocPlot *
foc_cli_draw_calibration (const FocMeasurement *measurement)
{
  FocCalibrationPlot *plot = foc_calibration_plot_new ();

  add_calibration (plot, &measurement->uncalibrated, _ ("before calibration"));
  add_calibration (plot, &measurement->calibration, _ ("after calibration"));

  return FOC_PLOT (plot);
}
