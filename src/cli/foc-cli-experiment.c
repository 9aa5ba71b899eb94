/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-options.h"
#include "foc-cli-report.h"
#include "foc-cli.h"

#include <glib/gi18n.h>

/* `builder` has begun the document, with the data set. */
static void
print_json (const FocExperiment *experiment, JsonBuilder *builder, double seconds)
{
  const FocRun *run = experiment->run;
  g_autofree char *model = foc_run_get_model_path (run);

  json_builder_set_member_name (builder, "settings");
  foc_settings_to_json (&run->settings, builder);
  foc_run_cells_to_json (run, builder);
  foc_run_certainty_to_json (run, builder);
  foc_run_holdout_to_json (run, builder);
  foc_cli_add_file (builder, "model", "model_uri", NULL, model);
  foc_json_add_string (builder, "model_sha256", run->model_sha256);
  foc_json_add_string (builder, "program_version", run->program_version);
  foc_json_add_string (builder, "blas_core", run->blas_core);
  json_builder_set_member_name (builder, "resumed");
  json_builder_add_boolean_value (builder, experiment->resumed);
  foc_cli_add_peak_memory (builder);
  json_builder_set_member_name (builder, "seconds");
  json_builder_begin_object (builder);
  for (FocStage stage = 0; stage < FOC_N_STAGES; stage++)
    foc_json_add_double (builder, foc_stage_to_string (stage),
                         experiment->seconds[stage]);
  foc_json_add_double (builder, "all", seconds);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  foc_cli_put_json (builder);
}

static void
print_text (const FocExperiment *experiment, gboolean was_finished, double seconds)
{
  const FocRun *run = experiment->run;
  g_autofree char *model = foc_run_get_model_path (run);
  g_autofree char *model_name = foc_cli_display_name (model);

  g_print ("\n");
  if (was_finished)
    g_print ("%s\n\n", _ ("This run was finished before; these are its results."));
  foc_cli_print_grid (run->grid, &run->best);
  g_print ("\n");
  g_print (ngettext ("Best: learning rate %g, %u epoch; trained again on training and "
                     "validation set together.\n",
                     "Best: learning rate %g, %u epochs; trained again on training and "
                     "validation set together.\n",
                     run->best.epochs),
           run->best.learning_rate, run->best.epochs);
  if (run->certainty.temperature > 0)
    g_print (
      _ ("Calibrated on the validation set: temperature %.3g, expected calibration "
         "error %.4f before, %.4f after\n"),
      run->certainty.temperature, run->certainty.error_before,
      run->certainty.error_after);
  foc_cli_print_result (FOC_PART_HOLDOUT, &run->holdout, run->n_looks,
                        (const char *const *) run->class_names);
  if (run->n_copies > 0)
    g_print (
      ngettext ("%u picture of the holdout set is a copy, or nearly, of one that the "
                "model was trained on: on new pictures it does less well.\n",
                "%u pictures of the holdout set are copies, or nearly, of some that "
                "the model was trained on: on new pictures it does less well.\n",
                run->n_copies),
      run->n_copies);
  g_print ("\n");
  g_print (_ ("Model: %s\n"), model_name);
  g_print (
    _ ("Time: %.1f s (pictures %.1f, grid search %.1f, calibration %.1f, final model "
       "%.1f, holdout %.1f)\n"),
    seconds,
    experiment->seconds[FOC_STAGE_SCAN] + experiment->seconds[FOC_STAGE_FEATURES]
      + experiment->seconds[FOC_STAGE_DUPLICATES],
    experiment->seconds[FOC_STAGE_GRID], experiment->seconds[FOC_STAGE_CALIBRATION],
    experiment->seconds[FOC_STAGE_FINAL], experiment->seconds[FOC_STAGE_HOLDOUT]);
}

int
foc_cli_experiment (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("DATASET"));
  g_auto (FocCliOptions) options = { 0 };
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Folder for the run (a new one among the user’s runs)"), N_ ("DIR") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (FocExperiment) experiment = NULL;
  g_autoptr (JsonBuilder) document = json_builder_new ();
  gint64 start = g_get_monotonic_time ();
  GError *error = NULL;
  FocSettings settings;
  double seconds;
  gboolean was_finished, ok;

  g_option_context_set_summary (
    context,
    _ ("Carries out the whole experiment: a grid search over learning rates and\n"
       "numbers of epochs, the final model on training and validation set, and its\n"
       "accuracy on the holdout set. The same command goes on where an unfinished\n"
       "run was stopped."));
  foc_cli_options_add (&options, context,
                       FOC_CLI_OPTIONS_DATA | FOC_CLI_OPTIONS_SPLIT
                         | FOC_CLI_OPTIONS_TRAINING | FOC_CLI_OPTIONS_GRID);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;

  options.experiment.output = output;
  experiment = foc_cli_options_open (&options, argv[1], cancellable, &error);
  ok = experiment != NULL
       && foc_cli_options_get_settings (&options, experiment, &settings, &error)
       && foc_experiment_begin (experiment, &settings, &error);
  foc_cli_progress_end (&options.progress);
  if (!ok)
    return foc_cli_fail (error);

  was_finished = foc_run_is_finished (experiment->run);
  json_builder_begin_object (document);
  foc_cli_describe_dataset (experiment, options.json ? document : NULL);

  ok = foc_experiment_search (experiment, NULL, NULL, &error)
       && foc_experiment_calibrate (experiment, &error)
       && foc_experiment_train_final (experiment, &error)
       && foc_experiment_look (experiment, &error);
  foc_cli_progress_end (&options.progress);
  if (!ok)
    {
      foc_cli_set_kept (options.fresh);
      return foc_cli_fail (error);
    }

  seconds = (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_SECOND;
  if (options.json)
    print_json (experiment, document, seconds);
  else
    print_text (experiment, was_finished, seconds);
  return FOC_CLI_OK;
}
