/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-options.h"
#include "foc-cli-report.h"
#include "foc-cli.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-file.h"
#include "foc-certainty.h"
#include "foc-model-file.h"
#include "foc-safetensors.h"

#include <glib/gi18n.h>

typedef struct
{
  FocCliOptions *options;
  guint64 total;
} Progress;

static void
show_progress (FocTrainer *trainer, gpointer user_data)
{
  Progress *progress = user_data;

  foc_cli_progress_update (&progress->options->progress, _ ("Training"),
                           foc_trainer_get_n_examples (trainer), progress->total);
}

/* Whether a file at `path`, if there is any, may be replaced: its "format" begins as
 * ours do. */
static gboolean
is_replaceable (const char *path, const char *format)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS)
         || foc_safetensors_has_format (path, format);
}

/* Nothing is replaced that this program has not made. */
static gboolean
check_output (const char *output, const char *checkpoint, GError **error)
{
  gboolean is_model = is_replaceable (output, "face-or-comic-model-");
  g_autofree char *name = g_filename_display_name (is_model ? checkpoint : output);

  if (is_model && is_replaceable (checkpoint, "face-or-comic-checkpoint-"))
    return TRUE;

  g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
               is_model ? _ ("“%s” exists and is no checkpoint of this program; it would "
                             "be replaced.")
                        : _ ("“%s” exists and is no model of this program; only a model "
                             "is replaced."),
               name);
  return FALSE;
}

/* One cell: trained on the training set, measured on the validation set. */
static gboolean
train (FocExperiment *experiment,
       FocCliOptions *options,
       const FocSettings *settings,
       const char *const *class_names,
       const char *output,
       const char *checkpoint,
       FocMeasurement *validation_result,
       GError **error)
{
  g_autoptr (FocTrainer) trainer = NULL;
  g_autoptr (FocModel) model = NULL;
  FocExamples examples, validation;
  Progress progress = { options, 0 };
  const FocTrainHooks hooks = {
    .report = show_progress,
    .user_data = &progress,
    .cancellable = options->experiment.cancellable,
  };
  FocCell cell = { settings->learning_rates[0], settings->epochs[0], 0.0, 0.0 };
  g_auto (FocCertainty) certainty = { 0 };

  foc_experiment_get_examples (experiment, FOC_PART_TRAIN, &examples);
  foc_experiment_get_examples (experiment, FOC_PART_VALIDATION, &validation);
  progress.total = (guint64) examples.n_rows * settings->epochs[0];

  foc_blas_begin_thread ();
  if (options->fresh && !foc_file_remove (checkpoint, error))
    return FALSE;
  trainer =
    foc_trainer_new (&settings->training, settings->learning_rates[0], &examples, NULL);
  if (!foc_train_to (trainer, settings->epochs[0], checkpoint, &hooks, error))
    return FALSE;

  model = foc_make_model (foc_trainer_get_mlp (trainer), class_names, settings, &cell,
                          foc_feature_store_get_digest (experiment->store));
  if (!foc_certainty_learn (&certainty, model->mlp, &examples, &validation,
                            settings->threshold, options->experiment.cancellable, error))
    return FALSE;
  foc_certainty_apply (&certainty, model);
  if (!foc_measure (model, &validation, validation_result,
                    options->experiment.cancellable, error))
    return FALSE;
  model->origin.validation_accuracy = validation_result->accuracy;

  return foc_model_save (model, output, error) && foc_file_remove (checkpoint, error);
}

/* `builder` has begun the document, with the data set. */
static void
print_json (JsonBuilder *builder,
            const FocSettings *settings,
            const FocMeasurement *validation,
            const char *output,
            const char *sha256)
{
  json_builder_set_member_name (builder, "settings");
  foc_settings_to_json (settings, builder);
  json_builder_set_member_name (builder, "validation");
  json_builder_begin_object (builder);
  foc_measurement_to_json (validation, builder);
  json_builder_end_object (builder);
  foc_cli_add_file (builder, "model", "model_uri", NULL, output);
  foc_json_add_string (builder, "model_sha256", sha256);
  foc_cli_add_peak_memory (builder);
  json_builder_end_object (builder);
  foc_cli_put_json (builder);
}

static void
print_text (const FocMeasurement *validation,
            const char *const *class_names,
            const char *output)
{
  g_autofree char *name = foc_cli_display_name (output);

  foc_cli_print_result (FOC_PART_VALIDATION, validation, 0, class_names);
  g_print (_ ("Model: %s\n"), name);
}

int
foc_cli_train (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("DATASET"));
  g_auto (FocCliOptions) options = { 0 };
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "learning-rate", 0, 0, G_OPTION_ARG_STRING, &options.learning_rates,
      N_ ("Learning rate"), N_ ("R") },
    { "epochs", 0, 0, G_OPTION_ARG_STRING, &options.epochs, N_ ("Number of epochs"),
      N_ ("N") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Model file to write; an earlier model in its place is replaced"),
      N_ ("MODEL") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (FocExperiment) experiment = NULL;
  g_auto (FocMeasurement) validation = { 0 };
  g_autofree char *checkpoint = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (JsonBuilder) document = json_builder_new ();
  g_auto (GStrv) class_names = NULL;
  GError *error = NULL;
  FocSettings settings;
  gboolean ok;

  g_option_context_set_summary (
    context,
    _ ("Trains one model on the training set and measures it on the validation set.\n"
       "The same command goes on where it was stopped. What stands in the place of the\n"
       "model is only replaced if it is a model of this program."));
  foc_cli_options_add (&options, context,
                       FOC_CLI_OPTIONS_DATA | FOC_CLI_OPTIONS_SPLIT
                         | FOC_CLI_OPTIONS_TRAINING);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;
  if (output == NULL || options.learning_rates == NULL || options.epochs == NULL)
    return foc_cli_usage (_ ("--learning-rate, --epochs and --output are needed."));
  if (!foc_cli_options_get_settings (&options, NULL, &settings, &error))
    return foc_cli_fail (error);
  if (settings.n_learning_rates > 1 || settings.n_epochs > 1)
    return foc_cli_usage (_ ("One learning rate and one number of epochs, please."));
  if (g_file_test (output, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *name = g_filename_display_name (output);

      return foc_cli_usage (_ ("“%s” is a folder, but must be a file."), name);
    }

  checkpoint = g_strconcat (output, ".checkpoint", NULL);
  if (!check_output (output, checkpoint, &error))
    return foc_cli_fail (error);

  experiment = foc_cli_options_open (&options, argv[1], cancellable, &error);
  ok = experiment != NULL
       && foc_cli_options_get_settings (&options, experiment, &settings, &error)
       && foc_experiment_split (experiment, &settings.split, &error)
       && foc_experiment_check_size (experiment, &error);
  foc_cli_progress_end (&options.progress);
  if (!ok)
    return foc_cli_fail (error);

  class_names = g_strdupv ((GStrv) foc_dataset_get_class_names (experiment->dataset));
  json_builder_begin_object (document);
  foc_cli_describe_dataset (experiment, options.json ? document : NULL);

  ok = train (experiment, &options, &settings, (const char *const *) class_names, output,
              checkpoint, &validation, &error);
  foc_cli_progress_end (&options.progress);
  sha256 = ok ? foc_file_sha256 (output, FOC_LIMIT_SAFETENSORS_BYTES, &error) : NULL;
  if (sha256 == NULL)
    {
      if (g_file_test (checkpoint, G_FILE_TEST_EXISTS))
        foc_cli_set_kept (options.fresh);
      return foc_cli_fail (error);
    }

  if (options.json)
    print_json (document, &settings, &validation, output, sha256);
  else
    print_text (&validation, (const char *const *) class_names, output);
  return FOC_CLI_OK;
}
