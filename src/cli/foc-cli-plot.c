/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-plot-csv.h"
#include "foc-cli-plot-draw.h"
#include "foc-cli-plot-file.h"
#include "foc-cli.h"

#include "foc-error.h"
#include "foc-file.h"

#include <glib/gi18n.h>

/* Units of a plot. */
#define WIDE 640
#define HIGH 400
#define SQUARE 480

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

/* Curves are of the whole grid, the others of one part of the data set. */
static gboolean
is_curves (Kind kind)
{
  return kind == KIND_LOSS || kind == KIND_ACCURACY;
}

/* "Loss: faces-and-comics", "ROC, holdout set: faces-and-comics" */
static char *
make_title (const FocRun *run, Kind kind, FocPart part)
{
  static const char *const titles[][2] = {
    /* Translators: headings of plots; %s is the name of a data set. */
    { N_ ("Loss: %s"), N_ ("Loss: %s") },
    { N_ ("Accuracy: %s"), N_ ("Accuracy: %s") },
    { N_ ("ROC, validation set: %s"), N_ ("ROC, holdout set: %s") },
    { N_ ("Confusion, validation set: %s"), N_ ("Confusion, holdout set: %s") },
    { N_ ("Calibration, validation set: %s"), N_ ("Calibration, holdout set: %s") },
  };
  GString *title = g_string_new (_ (titles[kind][part == FOC_PART_HOLDOUT]));
  g_autofree char *name = foc_plot_isolate (run->dataset_name);

  g_string_replace (title, "%s", name, 1);
  return g_string_free (title, FALSE);
}

static FocPlot *
make_plot (const FocRun *run,
           Kind kind,
           FocPart part,
           const FocMeasurement *measurement,
           gboolean logarithmic)
{
  g_autofree char *title = make_title (run, kind, part);
  FocPlot *plot;

  switch (kind)
    {
    case KIND_LOSS:
      plot = foc_cli_draw_loss (run, logarithmic);
      break;
    case KIND_ACCURACY:
      plot = foc_cli_draw_accuracy (run);
      break;
    case KIND_ROC:
      plot = foc_cli_draw_roc (run, measurement);
      break;
    case KIND_CONFUSION:
      plot = foc_cli_draw_confusion (run, measurement);
      break;
    case KIND_CALIBRATION:
    default:
      plot = foc_cli_draw_calibration (measurement);
      break;
    }

  foc_plot_set_title (plot, title);
  return plot;
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

/* The run in a folder, that of a record, or the one that made a model. */
static FocRun *
load_run (const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *folder = NULL;
  FocRun *run;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return foc_run_load (path, error);

  if (g_str_equal (base, "run.json"))
    {
      folder = g_path_get_dirname (path);
      return foc_run_load (folder, error);
    }

  run = foc_run_find_model (path);
  if (run == NULL)
    g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                 _ ("“%s” is neither a run nor the model of one."), name);
  return run;
}

/* What was measured of the part that was asked for, or else of the holdout set where
 * there is a result of it. */
static const FocMeasurement *
find_measurement (const FocRun *run, Kind kind, FocPart *part, GError **error)
{
  g_autofree char *name = g_filename_display_name (run->folder);
  const FocMeasurement *measurement;

  if (*part == FOC_PART_NONE)
    *part = run->holdout.measured ? FOC_PART_HOLDOUT : FOC_PART_VALIDATION;
  measurement = *part == FOC_PART_HOLDOUT ? &run->holdout : &run->validation;

  if (!measurement->measured)
    g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                 *part == FOC_PART_HOLDOUT
                   ? _ ("The run in “%s” has no result of its holdout set yet.")
                   : _ ("The run in “%s” has no result of its validation set yet."),
                 name);
  else if (kind == KIND_ROC && measurement->n_rocs > FOC_MEASUREMENT_MAX_CURVES)
    g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                 _ ("The run in “%s” keeps no ROC curves, since it has more than %d "
                    "classes."),
                 name, FOC_MEASUREMENT_MAX_CURVES);
  else
    return measurement;

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

  if (run == NULL)
    return FALSE;
  if (is_curves (kind) && run->grid == NULL)
    {
      g_autofree char *name = g_filename_display_name (run->folder);

      g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                   _ ("The grid search of the run in “%s” is not complete yet."), name);
      return FALSE;
    }
  if (!is_curves (kind))
    {
      measurement = find_measurement (run, kind, &part, error);
      if (measurement == NULL)
        return FALSE;
    }

  if (foc_cli_is_csv_file (output))
    return write_csv (run, kind, measurement, output, error);

  drawing = make_plot (run, kind, part, measurement, logarithmic);
  return foc_cli_write_plot (drawing, output, is_curves (kind) ? WIDE : SQUARE,
                             is_curves (kind) ? HIGH : SQUARE, error);
}

int
foc_cli_plot (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("--output=FILE RUN"));
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
      N_ ("“validation” or “holdout” (default where there is a result of it)"),
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
    context,
    _ (
      "Draws what a run has measured, or writes its numbers as CSV. RUN is the folder\n"
      "of the run, its record run.json, or its model. Nothing is measured anew, and the\n"
      "holdout set is not looked at. “loss” and “accuracy” are curves over the epochs "
      "of\n"
      "the grid search; the others show the answers on one part of the data set."));
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
  if (part_name != NULL && is_curves (kind))
    return foc_cli_usage (_ ("--split is for “roc”, “confusion” and “calibration”."));
  if (logarithmic && kind != KIND_LOSS)
    return foc_cli_usage (_ ("--log is for “loss”."));

  if (!foc_cli_check_plot_file (output, TRUE, replace, &error)
      || !plot (argv[1], kind, part, logarithmic, output, &error))
    return foc_cli_fail (error);

  name = foc_cli_display_name (output);
  g_print (_ ("Plot: %s\n"), name);
  return FOC_CLI_OK;
}
