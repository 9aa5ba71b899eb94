/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli.h"

#include "foc-error.h"
#include "foc-figure.h"

#include <glib/gi18n.h>

/* By FocFigureKind. */
static const char *const kinds[] = { "loss",      "accuracy",    "roc",
                                     "confusion", "calibration", NULL };

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

int
foc_cli_plot (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("--output=FILE RUN"));
  g_autofree char *output = NULL;
  g_autofree char *kind_name = NULL;
  g_autofree char *part_name = NULL;
  g_autofree char *name = NULL;
  g_autoptr (FocRun) run = NULL;
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
  FocFigureKind kind = FOC_FIGURE_LOSS;
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
  if (part_name != NULL && foc_figure_is_curves (kind))
    return foc_cli_usage (_ ("--split is for “roc”, “confusion” and “calibration”."));
  if (logarithmic && kind != FOC_FIGURE_LOSS)
    return foc_cli_usage (_ ("--log is for “loss”."));

  if (foc_figure_check_file (output, TRUE, replace, &error))
    run = load_run (argv[1], &error);
  if (run == NULL || !foc_figure_export (run, kind, part, logarithmic, output, &error))
    return foc_cli_fail (error);

  name = foc_cli_display_name (output);
  g_print (_ ("Plot: %s\n"), name);
  return FOC_CLI_OK;
}
