/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-plot-csv.h"
#include "foc-cli-plot-file.h"
#include "foc-cli.h"

#include "foc-calibration-plot.h"
#include "foc-confusion-plot.h"
#include "foc-error.h"
#include "foc-file.h"
#include "foc-line-chart.h"
#include "foc-roc-plot.h"
#include "foc-run.h"

#include <glib/gi18n.h>
#include <math.h>

/* Units of a plot. */
#define WIDE 640
#define HIGH 400
#define SQUARE 480

/* What a plot shows, and of which part of the data set. */
typedef enum
{
  KIND_LOSS,
  KIND_ACCURACY,
  KIND_ROC,
  KIND_CONFUSION,
  KIND_CALIBRATION,
} Kind;

static const char *const kinds[] = { "loss",      "accuracy",    "roc",
                                     "confusion", "calibration", NULL };

/* The line of one measure along a curve, where it was measured. `scale` makes the unit. */
static void
add_series (FocLineChart *chart,
            const FocTrajectory *trajectory,
            guint look,
            gboolean validation,
            gboolean accuracy)
{
  const FocCurve *curve = trajectory->curve;
  g_autofree double *x = g_new (double, curve->len);
  g_autofree double *y = g_new (double, curve->len);
  g_autofree char *name = g_strdup_printf ("%g", trajectory->learning_rate);
  FocSeries series = {
    .name = name,
    .kind = validation ? _ ("validation") : _ ("training"),
    .look = look,
    .bold = validation,
    .diverged = trajectory->diverged,
    .x = x,
    .y = y,
  };

  for (guint i = 0; i < curve->len; i++)
    {
      const FocCurvePoint *point = foc_curve_get (curve, i);
      double value =
        validation ? accuracy ? 100 * point->validation_accuracy : point->validation_loss
        : accuracy ? 100 * point->training_accuracy
                   : point->training_loss;

      /* The validation set is measured at the end of an epoch: what lies between is no
       * gap. */
      if (validation && !isfinite (value))
        continue;
      x[series.n] = point->epoch;
      y[series.n++] = value;
    }

  foc_line_chart_add_series (chart, &series);
}

static FocPlot *
plot_curves (const FocRun *run, gboolean accuracy, gboolean logarithmic)
{
  FocLineChart *chart = foc_line_chart_new ();
  const FocLineChartAxis x = { .title = _ ("epoch"), .from = 0, .to = NAN };
  const FocLineChartAxis y = {
    .title = accuracy ? _ ("accuracy (%)") : _ ("loss (nats)"),
    .logarithmic = logarithmic,
    .from = NAN,
    .to = NAN,
  };

  foc_line_chart_set_x_axis (chart, &x);
  foc_line_chart_set_y_axis (chart, &y);
  foc_line_chart_set_legend_heading (chart, _ ("learning rate"));
  for (guint i = 0; i < run->grid->n_learning_rates; i++)
    {
      add_series (chart, &run->grid->trajectories[i], i, FALSE, accuracy);
      add_series (chart, &run->grid->trajectories[i], i, TRUE, accuracy);
    }
  foc_line_chart_set_best (chart, run->best.epochs,
                           accuracy ? 100 * run->best.accuracy : run->best.loss,
                           _ ("best"));

  return FOC_PLOT (chart);
}

static FocPlot *
plot_roc (const FocRun *run, const FocMeasurement *measurement)
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

static FocPlot *
plot_calibration (const FocMeasurement *measurement)
{
  FocCalibrationPlot *plot = foc_calibration_plot_new ();

  add_calibration (plot, &measurement->uncalibrated, _ ("before calibration"));
  add_calibration (plot, &measurement->calibration, _ ("after"));

  return FOC_PLOT (plot);
}

static FocPlot *
make_plot (const FocRun *run,
           Kind kind,
           const FocMeasurement *measurement,
           gboolean logarithmic)
{
  switch (kind)
    {
    case KIND_LOSS:
      return plot_curves (run, FALSE, logarithmic);
    case KIND_ACCURACY:
      return plot_curves (run, TRUE, FALSE);
    case KIND_ROC:
      return plot_roc (run, measurement);
    case KIND_CONFUSION:
      return FOC_PLOT (foc_confusion_plot_new (measurement->confusion.n_classes,
                                               (const char *const *) run->class_names,
                                               measurement->confusion.counts));
    case KIND_CALIBRATION:
    default:
      return plot_calibration (measurement);
    }
}

/* "Loss: faces-and-comics", "ROC, holdout set: faces-and-comics" */
static char *
make_title (const FocRun *run, Kind kind, FocPart part)
{
  static const char *const titles[][2] = {
    { N_ ("Loss: %s"), N_ ("Loss: %s") },
    { N_ ("Accuracy: %s"), N_ ("Accuracy: %s") },
    { N_ ("ROC, validation set: %s"), N_ ("ROC, holdout set: %s") },
    { N_ ("Confusion, validation set: %s"), N_ ("Confusion, holdout set: %s") },
    { N_ ("Calibration, validation set: %s"), N_ ("Calibration, holdout set: %s") },
  };
  GString *title = g_string_new (_ (titles[kind][part == FOC_PART_HOLDOUT]));

  g_string_replace (title, "%s", run->dataset_name, 1);
  return g_string_free (title, FALSE);
}

static gboolean
write_csv (const FocRun *run,
           Kind kind,
           const FocMeasurement *measurement,
           const char *path,
           GError **error)
{
  g_autoptr (GString) csv = g_string_new (NULL);

  switch (kind)
    {
    case KIND_LOSS:
    case KIND_ACCURACY:
      foc_cli_curves_to_csv (run, csv);
      break;
    case KIND_ROC:
      foc_cli_roc_to_csv (run, measurement, csv);
      break;
    case KIND_CONFUSION:
      foc_cli_confusion_to_csv (run, measurement, csv);
      break;
    case KIND_CALIBRATION:
    default:
      foc_cli_calibration_to_csv (measurement, csv);
      break;
    }

  return foc_file_replace (path, csv->str, csv->len, error);
}

/* The run in a folder; a model or a record in it stands for the folder. */
static FocRun *
load_run (const char *path, GError **error)
{
  g_autofree char *folder =
    g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : g_path_get_dirname (path);

  return foc_run_load (folder, error);
}

/* What was measured of the part that was asked for, or else of the holdout set where
 * the seal is broken. */
static const FocMeasurement *
find_measurement (const FocRun *run, FocPart *part, GError **error)
{
  g_autofree char *name = g_filename_display_name (run->folder);

  if (*part == FOC_PART_NONE)
    *part = run->holdout.measured ? FOC_PART_HOLDOUT : FOC_PART_VALIDATION;
  if (*part == FOC_PART_HOLDOUT && run->holdout.measured)
    return &run->holdout;
  if (*part == FOC_PART_VALIDATION && run->validation.measured)
    return &run->validation;

  g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
               *part == FOC_PART_HOLDOUT
                 ? _ ("The run in “%s” has not looked at its holdout set.")
                 : _ ("The run in “%s” has measured no cell of its grid yet."),
               name);
  return NULL;
}

static gboolean
plot (const char *argument,
      Kind kind,
      FocPart part,
      gboolean logarithmic,
      const char *output,
      GError **error)
{
  g_autoptr (FocRun) run = load_run (argument, error);
  const FocMeasurement *measurement = NULL;
  g_autoptr (FocPlot) drawing = NULL;
  g_autofree char *title = NULL;

  if (run == NULL)
    return FALSE;
  if (run->grid == NULL)
    part = FOC_PART_VALIDATION; /* there is nothing at all yet */
  if (run->grid == NULL || kind > KIND_ACCURACY)
    {
      measurement = find_measurement (run, &part, error);
      if (measurement == NULL)
        return FALSE;
    }

  if (foc_cli_is_csv_file (output))
    return write_csv (run, kind, measurement, output, error);

  drawing = make_plot (run, kind, measurement, logarithmic);
  title = make_title (run, kind, part);
  foc_plot_set_title (drawing, title);
  return foc_cli_write_plot (drawing, output, kind > KIND_ACCURACY ? SQUARE : WIDE,
                             kind > KIND_ACCURACY ? SQUARE : HIGH, error);
}

int
foc_cli_plot (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("RUN"));
  g_autofree char *output = NULL;
  g_autofree char *kind_name = NULL;
  g_autofree char *part_name = NULL;
  g_autofree char *name = NULL;
  gboolean logarithmic = FALSE, replace = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write: a name that ends in .png, .svg, .pdf or .csv"), N_ ("FILE") },
    { "kind", 'k', 0, G_OPTION_ARG_STRING, &kind_name,
      N_ ("“loss” (default), “accuracy”, “roc”, “confusion” or “calibration”"),
      N_ ("KIND") },
    { "split", 0, 0, G_OPTION_ARG_STRING, &part_name,
      N_ ("Part to show: “validation” or “holdout” (default, if it was looked at)"),
      N_ ("PART") },
    { "log", 0, 0, G_OPTION_ARG_NONE, &logarithmic, N_ ("Logarithmic scale of the loss"),
      NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace,
      N_ ("Replace the file if there is one of that name"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  Kind kind = KIND_LOSS;
  FocPart part = FOC_PART_NONE;
  GError *error = NULL;

  g_option_context_set_summary (
    context, _ ("Draws what a run has measured, or writes the numbers as CSV. RUN is the "
                "folder\n"
                "of the run. Nothing is measured anew, and no look is taken."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;
  if (output == NULL)
    return foc_cli_usage (_ ("--output is needed."));
  if (kind_name != NULL && !g_strv_contains (kinds, kind_name))
    return foc_cli_usage (_ ("There is no kind “%s”."), kind_name);
  if (part_name != NULL
      && (!foc_part_from_string (part_name, &part) || part == FOC_PART_TRAIN))
    return foc_cli_usage (_ ("There is no part “%s”."), part_name);

  while (kind_name != NULL && !g_str_equal (kinds[kind], kind_name))
    kind++;
  if (!foc_cli_check_plot_file (output, TRUE, replace, &error)
      || !plot (argv[1], kind, part, logarithmic, output, &error))
    return foc_cli_fail (error);

  name = foc_cli_display_name (output);
  g_print (_ ("Plot: %s\n"), name);
  return FOC_CLI_OK;
}
