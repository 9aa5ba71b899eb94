/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-figure.h"

#include "foc-calibration-plot.h"
#include "foc-confusion-plot.h"
#include "foc-error.h"
#include "foc-figure-csv.h"
#include "foc-figure-curves.h"
#include "foc-file.h"
#include "foc-line-chart.h"
#include "foc-roc-plot.h"

#include <glib/gi18n-lib.h>

/* Units of an exported plot. */
#define WIDE 640
#define HIGH 400
#define SQUARE 480

gboolean
foc_figure_is_curves (FocFigureKind kind)
{
  return kind == FOC_FIGURE_LOSS || kind == FOC_FIGURE_ACCURACY;
}

static FocPart
choose_part (const FocRun *run, FocPart part)
{
  if (part != FOC_PART_NONE)
    return part;
  return run->holdout.measured ? FOC_PART_HOLDOUT : FOC_PART_VALIDATION;
}

static const FocMeasurement *
get_measurement (const FocRun *run, FocPart part)
{
  return choose_part (run, part) == FOC_PART_HOLDOUT ? &run->holdout : &run->validation;
}

gboolean
foc_figure_check (const FocRun *run, FocFigureKind kind, FocPart part, GError **error)
{
  g_autofree char *name = g_filename_display_name (run->folder);
  const FocMeasurement *measurement = get_measurement (run, part);

  if (foc_figure_is_curves (kind))
    {
      if (run->grid != NULL)
        return TRUE;
      g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                   _ ("The grid search of the run in “%s” is not complete yet."), name);
    }
  else if (!measurement->measured)
    g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                 measurement == &run->holdout
                   ? _ ("The run in “%s” has no result of its holdout set yet.")
                   : _ ("The run in “%s” has no result of its validation set yet."),
                 name);
  else if (kind == FOC_FIGURE_ROC && measurement->n_rocs > FOC_MEASUREMENT_MAX_CURVES)
    g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                 _ ("The run in “%s” keeps no ROC curves, since it has more than %d "
                    "classes."),
                 name, FOC_MEASUREMENT_MAX_CURVES);
  else
    return TRUE;

  return FALSE;
}

static FocPlot *
draw_roc (const FocRun *run, const FocMeasurement *measurement)
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
draw_confusion (const FocRun *run, const FocMeasurement *measurement)
{
  return FOC_PLOT (foc_confusion_plot_new (measurement->confusion.n_classes,
                                           (const char *const *) run->class_names,
                                           measurement->confusion.counts));
}

static FocPlot *
draw_calibration (const FocMeasurement *measurement)
{
  FocCalibrationPlot *plot = foc_calibration_plot_new ();

  add_calibration (plot, &measurement->uncalibrated, _ ("before calibration"));
  add_calibration (plot, &measurement->calibration, _ ("after calibration"));

  return FOC_PLOT (plot);
}

static FocPlot *
draw_nothing (FocFigureKind kind)
{
  switch (kind)
    {
    case FOC_FIGURE_ROC:
      return FOC_PLOT (foc_roc_plot_new ());
    case FOC_FIGURE_CONFUSION:
      return FOC_PLOT (foc_confusion_plot_new (0, NULL, NULL));
    case FOC_FIGURE_CALIBRATION:
      return FOC_PLOT (foc_calibration_plot_new ());
    case FOC_FIGURE_LOSS:
    case FOC_FIGURE_ACCURACY:
    default:
      return FOC_PLOT (foc_line_chart_new ());
    }
}

FocPlot *
foc_figure_draw (const FocRun *run,
                 FocFigureKind kind,
                 FocPart part,
                 gboolean logarithmic)
{
  const FocMeasurement *measurement = get_measurement (run, part);

  if (!foc_figure_check (run, kind, part, NULL))
    return draw_nothing (kind);

  switch (kind)
    {
    case FOC_FIGURE_ROC:
      return draw_roc (run, measurement);
    case FOC_FIGURE_CONFUSION:
      return draw_confusion (run, measurement);
    case FOC_FIGURE_CALIBRATION:
      return draw_calibration (measurement);
    case FOC_FIGURE_LOSS:
    case FOC_FIGURE_ACCURACY:
    default:
      return foc_figure_draw_grid (run->grid,
                                   foc_run_has_diverged (run) ? NULL : &run->best,
                                   g_strv_length (run->class_names), kind, logarithmic);
    }
}

FocPlot *
foc_figure_draw_grid (const FocGrid *grid,
                      const FocCell *best,
                      guint n_classes,
                      FocFigureKind kind,
                      gboolean logarithmic)
{
  g_return_val_if_fail (foc_figure_is_curves (kind), NULL);

  return foc_figure_draw_curves (grid, best, n_classes, kind == FOC_FIGURE_ACCURACY,
                                 logarithmic);
}

FocPlot *
foc_figure_draw_comparison (const FocRun *const *runs,
                            const char *const *names,
                            guint n,
                            FocFigureKind kind,
                            gboolean logarithmic)
{
  g_return_val_if_fail (foc_figure_is_curves (kind), NULL);

  return foc_figure_compare_curves (runs, names, n, kind == FOC_FIGURE_ACCURACY,
                                    logarithmic);
}

/* "Loss: faces-and-comics", "ROC, holdout set: faces-and-comics" */
static char *
make_title (const FocRun *run, FocFigureKind kind, FocPart part)
{
  static const char *const titles[][2] = {
    /* Translators: headings of plots; %s is the name of a data set. */
    { N_ ("Loss: %s"), N_ ("Loss: %s") },
    { N_ ("Accuracy: %s"), N_ ("Accuracy: %s") },
    { N_ ("ROC, validation set: %s"), N_ ("ROC, holdout set: %s") },
    { N_ ("Confusion, validation set: %s"), N_ ("Confusion, holdout set: %s") },
    { N_ ("Calibration, validation set: %s"), N_ ("Calibration, holdout set: %s") },
  };
  gboolean holdout = choose_part (run, part) == FOC_PART_HOLDOUT;
  GString *title = g_string_new (_ (titles[kind][holdout]));
  g_autofree char *name = foc_plot_isolate (run->dataset_name);

  g_string_replace (title, "%s", name, 1);
  return g_string_free (title, FALSE);
}

static void
append_csv (const FocRun *run, FocFigureKind kind, FocPart part, GString *csv)
{
  const FocMeasurement *measurement = get_measurement (run, part);

  switch (kind)
    {
    case FOC_FIGURE_ROC:
      foc_figure_roc_to_csv (run, measurement, csv);
      break;
    case FOC_FIGURE_CONFUSION:
      foc_figure_confusion_to_csv (run, measurement, csv);
      break;
    case FOC_FIGURE_CALIBRATION:
      foc_figure_calibration_to_csv (measurement, csv);
      break;
    case FOC_FIGURE_LOSS:
    case FOC_FIGURE_ACCURACY:
    default:
      foc_figure_curves_to_csv (run, csv);
      break;
    }
}

static gboolean
write_plot (FocPlot *plot, FocFigureKind kind, const char *path, GError **error)
{
  gboolean curves = foc_figure_is_curves (kind);

  return foc_figure_write_plot (plot, path, curves ? WIDE : SQUARE,
                                curves ? HIGH : SQUARE, error);
}

gboolean
foc_figure_export (const FocRun *run,
                   FocFigureKind kind,
                   FocPart part,
                   gboolean logarithmic,
                   const char *path,
                   GError **error)
{
  g_autofree char *title = NULL;
  g_autoptr (FocPlot) plot = NULL;

  if (!foc_figure_check (run, kind, part, error))
    return FALSE;
  if (foc_figure_is_csv (path))
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      append_csv (run, kind, part, csv);
      return foc_file_replace (path, csv->str, csv->len, error);
    }

  title = make_title (run, kind, part);
  plot = foc_figure_draw (run, kind, part, logarithmic);
  foc_plot_set_title (plot, title);
  return write_plot (plot, kind, path, error);
}

gboolean
foc_figure_export_comparison (const FocRun *const *runs,
                              const char *const *names,
                              guint n,
                              FocFigureKind kind,
                              gboolean logarithmic,
                              const char *path,
                              GError **error)
{
  g_autoptr (FocPlot) plot = NULL;

  g_return_val_if_fail (foc_figure_is_curves (kind), FALSE);

  if (foc_figure_is_csv (path))
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      foc_figure_comparison_to_csv (runs, names, n, csv);
      return foc_file_replace (path, csv->str, csv->len, error);
    }

  plot = foc_figure_draw_comparison (runs, names, n, kind, logarithmic);
  foc_plot_set_title (plot, kind == FOC_FIGURE_ACCURACY ? _ ("Accuracy of several runs")
                                                        : _ ("Loss of several runs"));
  return write_plot (plot, kind, path, error);
}
