/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-options.h"
#include "foc-cli-report.h"
#include "foc-cli.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-seal.h"

#include <glib/gi18n.h>

/* The model answers with classes of its own: they must be the data set's. */
static gboolean
check_classes (const FocModel *model, const FocDataset *dataset, GError **error)
{
  const char *const *names = foc_dataset_get_class_names (dataset);
  g_autofree char *model_names = NULL;
  g_autofree char *dataset_names = NULL;

  if (g_strv_equal ((const char *const *) model->class_names, names))
    return TRUE;

  model_names = foc_cli_join_names ((const char *const *) model->class_names);
  dataset_names = foc_cli_join_names (names);
  g_set_error (error, FOC_ERROR, FOC_ERROR_MODEL,
               _ ("The model knows the classes %s, but the data set has %s."),
               model_names, dataset_names);
  return FALSE;
}

/* The split that the model was trained with, unless options name another. Measured on
 * pictures that it has learnt, any model looks good: returns a sentence that says so
 * where it may be, or NULL. */
static const char *
choose_split (const FocModel *model,
              const FocExperiment *experiment,
              const FocCliOptions *options,
              FocSplitSettings *split)
{
  const FocModelOrigin *origin = &model->origin;
  gboolean given = options->split != NULL || options->shares != NULL
                   || options->split_seed != NULL || options->group != NULL;
  FocSplitSettings trained;

  if (origin->data_digest == NULL || origin->split == NULL
      || !foc_split_settings_from_string (&trained, origin->split))
    return _ ("It is not known which pictures the model was trained on; what is measured "
              "may be among them.");
  if (!g_str_equal (origin->data_digest,
                    foc_feature_store_get_digest (experiment->store)))
    return _ ("This is not, or not any more, the data set that the model was trained on. "
              "If it has pictures in common with that, they may be among those that are "
              "measured.");
  if (given)
    return _ (
      "The model was trained with a split of its own; with another, pictures that "
      "it has learnt may be among those that are measured.");

  *split = trained;
  return NULL;
}

/* Whether a picture of the holdout set that is under seal, broken or not, is among those to
 * be measured, whatever the part is called now; FALSE is an error. */
static gboolean
find_holdout (const FocSeal *seal,
              FocExperiment *experiment,
              const FocExamples *examples,
              gboolean *is_seen,
              GError **error)
{
  FocSealScope scope = foc_seal_get_scope (seal, experiment->dataset, experiment->store);
  g_autoptr (FocSplit) split = NULL;

  *is_seen = scope == FOC_SEAL_ANY;
  if (scope != FOC_SEAL_HOLDOUT)
    return TRUE;

  split = foc_experiment_make_split (experiment, &seal->split, error);
  if (split == NULL)
    return FALSE;
  for (guint32 i = 0; i < examples->n_rows && !*is_seen; i++)
    *is_seen = foc_split_get_part (split, examples->rows[i]) == FOC_PART_HOLDOUT;
  return TRUE;
}

/* All pictures that can be read; g_free() the rows. */
static guint32 *
get_all_examples (const FocExperiment *experiment, FocExamples *examples)
{
  const guint8 *status = foc_feature_store_get_status (experiment->store);
  guint32 n = foc_feature_store_get_n_rows (experiment->store);
  guint32 *rows = g_new (guint32, n);

  *examples = (FocExamples){ .store = experiment->store, .rows = rows };
  for (guint32 i = 0; i < n; i++)
    if (status[i] == 0)
      rows[examples->n_rows++] = i;

  return rows;
}

static const char *
name_part (FocPart part)
{
  return part == FOC_PART_NONE ? "all" : foc_part_to_string (part);
}

/* Where the model comes from a run, it has trained on training and validation set;
 * otherwise on the training set. */
static gboolean
has_learnt (const FocSeal *seal, FocPart part)
{
  return part == FOC_PART_TRAIN || part == FOC_PART_NONE
         || (seal != NULL && seal->folder != NULL && part == FOC_PART_VALIDATION);
}

static void
print_json (const FocExperiment *experiment,
            FocPart part,
            const FocMeasurement *result,
            guint looks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  foc_cli_dataset_to_json (experiment, builder);
  foc_json_add_string (builder, "part", name_part (part));
  json_builder_set_member_name (builder, "result");
  json_builder_begin_object (builder);
  foc_measurement_to_json (result, builder);
  json_builder_end_object (builder);
  if (looks > 0)
    foc_json_add_int (builder, "looks", looks);
  foc_cli_add_peak_memory (builder);
  json_builder_end_object (builder);
  foc_cli_put_json (builder);
}

int
foc_cli_evaluate (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("MODEL DATASET"));
  g_auto (FocCliOptions) options = { 0 };
  g_autofree char *part_name = NULL;
  g_autofree char *model_path = NULL;
  const GOptionEntry entries[] = {
    { "split", 0, 0, G_OPTION_ARG_STRING, &part_name,
      N_ ("Part to measure on: “train”, “validation”, “holdout” (default) or “all”"),
      N_ ("PART") },
    { "split-method", 0, 0, G_OPTION_ARG_STRING, &options.split,
      N_ ("How to split: “paper” (default) or “stratified”"), N_ ("METHOD") },
    { "shares", 0, 0, G_OPTION_ARG_STRING, &options.shares,
      N_ ("Shares of training, validation and holdout set (50,20,30)"), N_ ("LIST") },
    { "split-seed", 0, 0, G_OPTION_ARG_STRING, &options.split_seed,
      N_ ("Seed of a stratified split (1)"), N_ ("N") },
    { "group", 0, 0, G_OPTION_ARG_STRING, &options.group,
      N_ ("Keep in one part: “duplicates”, “names”, both with a comma, or “none” "
          "(default)"),
      N_ ("WHAT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (FocExperiment) experiment = NULL;
  g_autoptr (FocModel) model = NULL;
  g_autoptr (FocSeal) seal = NULL;
  g_auto (FocMeasurement) result = { 0 };
  FocPart part = FOC_PART_HOLDOUT;
  g_autofree guint32 *rows = NULL;
  FocExamples examples;
  GError *error = NULL;
  FocSettings settings;
  const char *doubt;
  gboolean is_split, is_seen;
  guint looks = 0;

  g_option_context_set_summary (
    context,
    _ (
      "Measures a model on a part of a data set. On the data that it was trained on, "
      "the\n"
      "split is the one of its training unless told otherwise, and looks at the holdout\n"
      "set are counted."));
  foc_cli_options_add (&options, context, FOC_CLI_OPTIONS_DATA);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 2, 2))
    return FOC_CLI_USAGE;
  if (part_name != NULL && g_str_equal (part_name, "all"))
    part = FOC_PART_NONE;
  else if (part_name != NULL && !foc_part_from_string (part_name, &part))
    return foc_cli_usage (_ ("There is no part “%s”."), part_name);

  model_path = foc_cli_find_model (argv[1]);
  model = foc_cli_load_model (model_path, &error);
  if (model == NULL)
    return foc_cli_fail (error);
  experiment = foc_cli_options_open (&options, argv[2], cancellable, &error);
  if (experiment == NULL || !check_classes (model, experiment->dataset, &error)
      || !foc_cli_options_get_settings (&options, experiment, &settings, &error))
    return foc_cli_fail (error);

  doubt = choose_split (model, experiment, &options, &settings.split);
  foc_blas_begin_thread ();
  is_split = foc_experiment_split (experiment, &settings.split, &error);
  foc_cli_progress_end (&options.progress);
  if (!is_split)
    return foc_cli_fail (error);
  if (part == FOC_PART_NONE)
    rows = get_all_examples (experiment, &examples);
  else
    foc_experiment_get_examples (experiment, part, &examples);
  if (examples.n_rows == 0)
    {
      g_set_error (&error, FOC_ERROR, FOC_ERROR_DATASET,
                   _ ("There is no picture in the part “%s” of this data set."),
                   name_part (part));
      return foc_cli_fail (error);
    }

  seal = foc_seal_find (model_path, model);
  if (seal != NULL
      && (!find_holdout (seal, experiment, &examples, &is_seen, &error)
          || (is_seen && !foc_seal_count_look (seal, &looks, &error))))
    return foc_cli_fail (error);
  foc_cli_progress_end (&options.progress);
  if (!foc_measure (model, &examples, &result, cancellable, &error))
    return foc_cli_fail (error);

  if (doubt == NULL && has_learnt (seal, part))
    doubt = _ ("The model has learnt from pictures that were measured: on others it does "
               "less well.");
  if (doubt != NULL)
    foc_cli_warn (doubt);
  if (options.json)
    print_json (experiment, part, &result, looks);
  else
    foc_cli_print_result (part, &result, looks, (const char *const *) model->class_names);
  return FOC_CLI_OK;
}
