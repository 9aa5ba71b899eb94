/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-options.h"

#include "foc-cli.h"
#include "foc-error.h"

#include <glib/gi18n.h>

void
foc_cli_options_clear (FocCliOptions *self)
{
  char **strings[] = { &self->preset,    &self->learning_rates, &self->epochs,
                       &self->hidden,    &self->optimizer,      &self->momentum,
                       &self->split,     &self->shares,         &self->cache,
                       &self->seed,      &self->split_seed,     &self->batch_size,
                       &self->threshold, &self->jobs,           &self->group };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_clear_pointer (strings[i], g_free);
}

void
foc_cli_options_add (FocCliOptions *self,
                     GOptionContext *context,
                     FocCliOptionGroups groups)
{
  const struct
  {
    FocCliOptionGroups group;
    GOptionEntry entry;
  } options[] = {
    { FOC_CLI_OPTIONS_TRAINING,
      { "preset", 0, 0, G_OPTION_ARG_STRING, &self->preset,
        N_ ("Settings to begin with: “paper” (default) or “recommended” for this much "
            "data"),
        N_ ("NAME") } },
    { FOC_CLI_OPTIONS_GRID,
      { "learning-rates", 0, 0, G_OPTION_ARG_STRING, &self->learning_rates,
        N_ ("Learning rates to try (0.01,0.001)"), N_ ("LIST") } },
    { FOC_CLI_OPTIONS_GRID,
      { "epochs", 0, 0, G_OPTION_ARG_STRING, &self->epochs,
        N_ ("Numbers of epochs to try (1,3,5)"), N_ ("LIST") } },
    { FOC_CLI_OPTIONS_TRAINING,
      { "batch-size", 0, 0, G_OPTION_ARG_STRING, &self->batch_size,
        N_ ("Examples in a batch (64)"), N_ ("N") } },
    { FOC_CLI_OPTIONS_TRAINING,
      { "hidden", 0, 0, G_OPTION_ARG_STRING, &self->hidden,
        N_ ("Widths of the hidden layers (128,128), or “none”"), N_ ("LIST") } },
    { FOC_CLI_OPTIONS_TRAINING,
      { "optimizer", 0, 0, G_OPTION_ARG_STRING, &self->optimizer,
        N_ ("“sgd” (default), “momentum” or “adam”"), N_ ("NAME") } },
    { FOC_CLI_OPTIONS_TRAINING,
      { "momentum", 0, 0, G_OPTION_ARG_STRING, &self->momentum,
        N_ ("Momentum of the optimiser of that name (0.9)"), N_ ("X") } },
    { FOC_CLI_OPTIONS_TRAINING,
      { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed,
        N_ ("Seed of initial weights and shuffling (1)"), N_ ("N") } },
    { FOC_CLI_OPTIONS_TRAINING,
      { "augment", 0, 0, G_OPTION_ARG_NONE, &self->augment,
        N_ (
          "Train on variants: mirrored, cut, lighter, paler, grey, before another wall"),
        NULL } },
    { FOC_CLI_OPTIONS_TRAINING,
      { "threshold", 0, 0, G_OPTION_ARG_STRING, &self->threshold,
        N_ ("Probability below which the model is “not sure” (0.8)"), N_ ("P") } },
    { FOC_CLI_OPTIONS_SPLIT,
      { "split", 0, 0, G_OPTION_ARG_STRING, &self->split,
        N_ ("How to split: “paper” (default, in file order) or “stratified”"),
        N_ ("METHOD") } },
    { FOC_CLI_OPTIONS_SPLIT,
      { "shares", 0, 0, G_OPTION_ARG_STRING, &self->shares,
        N_ ("Shares of training, validation and holdout set (50,20,30)"), N_ ("LIST") } },
    { FOC_CLI_OPTIONS_SPLIT,
      { "split-seed", 0, 0, G_OPTION_ARG_STRING, &self->split_seed,
        N_ ("Seed of a stratified split (1)"), N_ ("N") } },
    { FOC_CLI_OPTIONS_SPLIT,
      { "group", 0, 0, G_OPTION_ARG_STRING, &self->group,
        N_ ("Keep in one part: “duplicates” (with the recommended preset), “names”, both "
            "with a comma, or “none”"),
        N_ ("WHAT") } },
    { FOC_CLI_OPTIONS_DATA,
      { "jobs", 'j', 0, G_OPTION_ARG_STRING, &self->jobs,
        N_ ("Threads to use (one for each processor)"), N_ ("N") } },
    { FOC_CLI_OPTIONS_DATA,
      { "cache", 0, 0, G_OPTION_ARG_FILENAME, &self->cache,
        N_ ("Folder to keep features in (the user’s cache folder)"), N_ ("DIR") } },
    { FOC_CLI_OPTIONS_DATA,
      { "fresh", 0, 0, G_OPTION_ARG_NONE, &self->fresh,
        N_ ("Begin anew: use neither kept features nor an unfinished run"), NULL } },
    { FOC_CLI_OPTIONS_DATA,
      { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print a JSON document"),
        NULL } },
  };
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].group & groups)
      g_array_append_val (entries, options[i].entry);

  g_option_context_add_main_entries (context, (const GOptionEntry *) entries->data,
                                     GETTEXT_PACKAGE);
}

gboolean
foc_cli_parse_uint (const char *option,
                    const char *text,
                    guint64 min,
                    guint64 max,
                    guint64 *value,
                    GError **error)
{
  g_autofree char *min_text = NULL;
  g_autofree char *max_text = NULL;

  if (g_ascii_string_to_unsigned (text, 10, min, max, value, NULL))
    return TRUE;

  min_text = g_strdup_printf ("%" G_GUINT64_FORMAT, min);
  max_text = g_strdup_printf ("%" G_GUINT64_FORMAT, max);
  g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
               /* Translators: an option, what was given, and the range. */
               _ ("%s is “%s”, but must be a whole number from %s to %s."), option, text,
               min_text, max_text);
  return FALSE;
}

gboolean
foc_cli_parse_double (const char *option, const char *text, double *value, GError **error)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0')
    return TRUE;

  g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
               _ ("%s is “%s”, which is no number."), option, text);
  return FALSE;
}

gboolean
foc_cli_parse_threshold (const char *text, double *threshold, GError **error)
{
  if (!foc_cli_parse_double ("--threshold", text, threshold, error))
    return FALSE;
  if (*threshold >= 0.0 && *threshold <= 1.0)
    return TRUE;

  g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
               _ ("%s is “%s”, but must be between 0 and 1."), "--threshold", text);
  return FALSE;
}

/* Splits a list with commas of 1 to `max_n` entries, or of exactly `min_n`. */
static GStrv
split_list (const char *option,
            const char *text,
            guint min_n,
            guint max_n,
            GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    g_strstrip (parts[i]);
  if (n >= min_n && n <= max_n)
    return g_steal_pointer (&parts);

  if (min_n == max_n)
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 ngettext ("%s is “%s”, but must be %u number.",
                           "%s is “%s”, but must be %u numbers with commas.", max_n),
                 option, text, max_n);
  else
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 ngettext ("%s is “%s”, but must be at most %u number.",
                           "%s is “%s”, but must be one number or up to %u with commas.",
                           max_n),
                 option, text, max_n);
  return NULL;
}

/* Parses a list of up to `max_n` numbers from 1 to `max`; "none" is the empty list if
 * there may be one. */
static gboolean
parse_uints (const char *option,
             const char *text,
             guint min_n,
             guint max_n,
             guint64 max,
             guint *values,
             guint *n,
             GError **error)
{
  g_auto (GStrv) parts = NULL;

  *n = 0;
  if (min_n == 0 && g_str_equal (text, "none"))
    return TRUE;
  parts = split_list (option, text, MAX (min_n, 1), max_n, error);
  if (parts == NULL)
    return FALSE;
  for (; parts[*n] != NULL; (*n)++)
    {
      guint64 value;

      if (!foc_cli_parse_uint (option, parts[*n], 1, max, &value, error))
        return FALSE;
      values[*n] = (guint) value;
    }

  return TRUE;
}

static gboolean
parse_doubles (const char *option,
               const char *text,
               guint max_n,
               double *values,
               guint *n,
               GError **error)
{
  g_auto (GStrv) parts = split_list (option, text, 1, max_n, error);

  *n = 0;
  if (parts == NULL)
    return FALSE;
  for (; parts[*n] != NULL; (*n)++)
    if (!foc_cli_parse_double (option, parts[*n], &values[*n], error))
      return FALSE;

  return TRUE;
}

static gboolean
set_unknown (const char *option, const char *text, const char *choices, GError **error)
{
  g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
               /* Translators: an option, what was given, what is possible. */
               _ ("%s is “%s”, but must be one of: %s."), option, text, choices);
  return FALSE;
}

static gboolean
get_split (const FocCliOptions *self, FocSplitSettings *split, GError **error)
{
  guint n;

  if (self->split != NULL && !foc_split_method_from_string (self->split, &split->method))
    return set_unknown ("--split", self->split, "paper, stratified", error);
  if (self->group != NULL && !foc_keep_from_string (self->group, &split->group))
    return set_unknown ("--group", self->group,
                        "none, duplicates, names, duplicates,names", error);

  return (self->shares == NULL
          || parse_uints ("--shares", self->shares, FOC_N_PARTS, FOC_N_PARTS,
                          FOC_SPLIT_SHARE_MAX, split->shares, &n, error))
         && (self->split_seed == NULL
             || foc_cli_parse_uint ("--split-seed", self->split_seed, 0, G_MAXINT64,
                                    &split->seed, error));
}

static gboolean
get_training (const FocCliOptions *self, FocTrainingSettings *training, GError **error)
{
  guint64 batch_size = training->batch_size;

  if (self->optimizer != NULL
      && !foc_optimizer_kind_from_string (self->optimizer, &training->optimizer))
    return set_unknown ("--optimizer", self->optimizer, "sgd, momentum, adam", error);

  if ((self->batch_size != NULL
       && !foc_cli_parse_uint ("--batch-size", self->batch_size, 1, FOC_LIMIT_BATCH_SIZE,
                               &batch_size, error))
      || (self->hidden != NULL
          && !parse_uints ("--hidden", self->hidden, 0, FOC_LIMIT_HIDDEN_LAYERS,
                           FOC_LIMIT_LAYER_WIDTH, training->hidden, &training->n_hidden,
                           error))
      || (self->momentum != NULL
          && !foc_cli_parse_double ("--momentum", self->momentum, &training->momentum,
                                    error))
      || (self->seed != NULL
          && !foc_cli_parse_uint ("--seed", self->seed, 0, G_MAXINT64, &training->seed,
                                  error)))
    return FALSE;

  training->batch_size = (guint) batch_size;
  training->augment = training->augment || self->augment;
  return TRUE;
}

/* Says which options have no effect, with this data and these settings. */
static void
warn_of_idle (const FocCliOptions *self,
              const FocDataset *dataset,
              const FocSettings *settings)
{
  gboolean has_all_parts = TRUE;

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    has_all_parts = has_all_parts && foc_dataset_has_part (dataset, part);

  if (self->momentum != NULL && settings->training.optimizer != FOC_OPTIMIZER_MOMENTUM)
    {
      g_autofree char *message =
        g_strdup_printf (_ ("--momentum has no effect with the optimiser “%s”."),
                         foc_optimizer_kind_to_string (settings->training.optimizer));

      foc_cli_warn (message);
    }
  if (has_all_parts
      && (self->split != NULL || self->shares != NULL || self->split_seed != NULL))
    foc_cli_warn (_ ("The options for the split have no effect: the folders of the data "
                     "set decide it."));
  else if (self->split_seed != NULL && settings->split.method != FOC_SPLIT_STRATIFIED)
    {
      g_autofree char *message =
        g_strdup_printf (_ ("--split-seed has no effect with the split “%s”."),
                         foc_split_method_to_string (settings->split.method));

      foc_cli_warn (message);
    }
}

/* Folders may look like a split without being one. */
static void
warn_of_part_names (const FocDataset *dataset)
{
  const char *const *names = foc_dataset_get_class_names (dataset);

  for (guint label = 0; !foc_dataset_has_split (dataset) && names[label] != NULL; label++)
    if (foc_part_from_folder (names[label]) != FOC_PART_NONE)
      {
        g_autofree char *message = g_strdup_printf (
          _ ("“%s” is taken as a class; folders train, validation and test are a split "
             "only if all top folders are named so and hold class folders."),
          names[label]);

        foc_cli_warn (message);
        return;
      }
}

gboolean
foc_cli_options_get_settings (const FocCliOptions *self,
                              const FocExperiment *experiment,
                              FocSettings *settings,
                              GError **error)
{
  FocPreset preset = FOC_PRESET_PAPER;
  FocSplitSettings split;

  if (self->preset != NULL && !foc_preset_from_string (self->preset, &preset))
    return set_unknown ("--preset", self->preset, "paper, recommended", error);

  /* What is recommended depends on how much the split leaves for training. */
  foc_settings_init (settings, preset, 0);
  split = settings->split;
  if (!get_split (self, &split, error))
    return FALSE;
  if (experiment != NULL)
    foc_settings_init (
      settings, preset,
      foc_split_guess_n_train (experiment->dataset,
                               foc_feature_store_get_status (experiment->store), &split));
  settings->split = split;

  if (!(get_training (self, &settings->training, error)
        && (self->threshold == NULL
            || foc_cli_parse_threshold (self->threshold, &settings->threshold, error))
        && (self->learning_rates == NULL
            || parse_doubles ("--learning-rates", self->learning_rates,
                              FOC_LIMIT_LEARNING_RATES, settings->learning_rates,
                              &settings->n_learning_rates, error))
        && (self->epochs == NULL
            || parse_uints ("--epochs", self->epochs, 1, FOC_LIMIT_EPOCH_COUNTS,
                            FOC_LIMIT_EPOCHS, settings->epochs, &settings->n_epochs,
                            error))
        && foc_settings_normalise (settings, error)))
    return FALSE;

  if (experiment != NULL)
    warn_of_idle (self, experiment->dataset, settings);
  return TRUE;
}

static void
show_stage (FocStage stage, guint64 done, guint64 total, gpointer user_data)
{
  static const char *const jobs[] = {
    N_ ("Looking for pictures"),
    N_ ("Reading pictures"),
    N_ ("Looking for duplicates"),
    N_ ("Grid search"),
    N_ ("Calibration"),
    N_ ("Final model"),
    N_ ("Holdout"),
  };
  FocCliOptions *self = user_data;

  foc_cli_progress_update (&self->progress, _ (jobs[stage]), done, total);
}

FocExperiment *
foc_cli_options_open (FocCliOptions *self,
                      const char *root,
                      GCancellable *cancellable,
                      GError **error)
{
  guint64 jobs = foc_cli_default_jobs ();
  FocExperiment *experiment;
  FocSettings settings;

  /* What can be wrong in the options is said before the work begins. */
  if (self->jobs != NULL
      && !foc_cli_parse_uint ("--jobs", self->jobs, 1, FOC_LIMIT_JOBS, &jobs, error))
    return NULL;
  if (!foc_cli_options_get_settings (self, NULL, &settings, error))
    return NULL;

  if (self->cache == NULL)
    self->cache = foc_default_cache ();
  foc_cli_progress_init (&self->progress);
  self->experiment.cache = self->cache;
  self->experiment.fresh = self->fresh;
  self->experiment.jobs = (guint) jobs;
  self->experiment.progress = show_stage;
  self->experiment.user_data = self;
  self->experiment.cancellable = cancellable;

  experiment = foc_experiment_open (root, &self->experiment, error);
  foc_cli_progress_end (&self->progress);
  if (experiment != NULL && experiment->notice != NULL)
    foc_cli_warn (experiment->notice);
  if (experiment != NULL)
    warn_of_part_names (experiment->dataset);

  return experiment;
}
