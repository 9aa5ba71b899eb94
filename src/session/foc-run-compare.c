/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-compare.h"

#include "foc-text.h"

#include <glib/gi18n-lib.h>

static char *
format_seed (guint64 seed)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
}

static char *
format_uints (const guint *values, guint n)
{
  GString *text = g_string_new (n == 0 ? FOC_RUN_DIFFERENCE_NOTHING : NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? ", " : "", values[i]);

  return g_string_free (text, FALSE);
}

/* What went in: each describes one setting of a run; g_free(). */

/* Not by commas, with which some write numbers. */
static char *
describe_learning_rates (const FocRun *run)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < run->settings.n_learning_rates; i++)
    {
      g_autofree char *rate =
        foc_run_difference_format_number (run->settings.learning_rates[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", rate);
    }

  return g_string_free (text, FALSE);
}

static char *
describe_epochs (const FocRun *run)
{
  return format_uints (run->settings.epochs, run->settings.n_epochs);
}

static char *
describe_batch_size (const FocRun *run)
{
  return g_strdup_printf ("%u", run->settings.training.batch_size);
}

static char *
describe_hidden (const FocRun *run)
{
  return format_uints (run->settings.training.hidden, run->settings.training.n_hidden);
}

static char *
describe_optimizer (const FocRun *run)
{
  switch (run->settings.training.optimizer)
    {
    case FOC_OPTIMIZER_ADAM:
      return g_strdup (C_ ("optimiser", "Adam"));
    case FOC_OPTIMIZER_MOMENTUM:
      return g_strdup (C_ ("optimiser", "Momentum"));
    case FOC_OPTIMIZER_SGD:
    default:
      return g_strdup (C_ ("optimiser", "SGD"));
    }
}

static char *
describe_momentum (const FocRun *run)
{
  return run->settings.training.optimizer == FOC_OPTIMIZER_MOMENTUM
           ? foc_run_difference_format_number (run->settings.training.momentum)
           : g_strdup (FOC_RUN_DIFFERENCE_NOTHING);
}

static char *
describe_seed (const FocRun *run)
{
  return format_seed (run->settings.training.seed);
}

static char *
describe_variants (const FocRun *run)
{
  return g_strdup (run->settings.training.augment ? _ ("Yes") : _ ("No"));
}

static char *
describe_threshold (const FocRun *run)
{
  return foc_run_difference_format_number (run->settings.threshold);
}

static char *
describe_split (const FocRun *run)
{
  return g_strdup (run->settings.split.method == FOC_SPLIT_PAPER ? _ ("In file order")
                                                                 : _ ("Stratified"));
}

static char *
describe_split_seed (const FocRun *run)
{
  return run->settings.split.method == FOC_SPLIT_STRATIFIED
           ? format_seed (run->settings.split.seed)
           : g_strdup (FOC_RUN_DIFFERENCE_NOTHING);
}

static char *
describe_shares (const FocRun *run)
{
  return format_uints (run->settings.split.shares, FOC_N_PARTS);
}

static char *
describe_group (const FocRun *run)
{
  switch (run->settings.split.group)
    {
    case FOC_KEEP_ALL:
      return g_strdup (_ ("Duplicates and same names"));
    case FOC_KEEP_DUPLICATES:
      return g_strdup (_ ("Duplicates"));
    case FOC_KEEP_NAMES:
      return g_strdup (_ ("Same names"));
    case FOC_KEEP_NONE:
    default:
      return g_strdup (FOC_RUN_DIFFERENCE_NOTHING);
    }
}

static char *
describe_dataset (const FocRun *run)
{
  return foc_text_escape (run->dataset_name);
}

static char *
describe_digest (const FocRun *run)
{
  return foc_run_difference_format_digest (run->data_digest);
}

static char *
describe_classes (const FocRun *run)
{
  g_autofree char *names = g_strjoinv (", ", run->class_names);

  return foc_text_escape (names);
}

static char *
describe_pictures (const FocRun *run)
{
  return g_strdup_printf ("%'u", run->n_pictures);
}

static char *
describe_parts (const FocRun *run)
{
  return g_strdup_printf ("%'u · %'u · %'u", run->n_rows[FOC_PART_TRAIN],
                          run->n_rows[FOC_PART_VALIDATION],
                          run->n_rows[FOC_PART_HOLDOUT]);
}

static char *
describe_version (const FocRun *run)
{
  return foc_text_escape (run->program_version);
}

static char *
describe_arithmetic (const FocRun *run)
{
  return foc_text_escape (run->arithmetic);
}

static char *
describe_libraries (const FocRun *run)
{
  return foc_text_escape (run->libraries);
}

static const struct
{
  const char *name;
  char *(*describe) (const FocRun *run);
} settings[] = {
  { N_ ("Data set"), describe_dataset },
  { N_ ("Digest of the data set"), describe_digest },
  { N_ ("Classes"), describe_classes },
  { N_ ("Pictures"), describe_pictures },
  { N_ ("Split"), describe_split },
  { N_ ("Seed of the split"), describe_split_seed },
  { N_ ("Shares of the sets"), describe_shares },
  { N_ ("Kept in one set"), describe_group },
  /* Translators: their sizes, separated by points. */
  { N_ ("Training, validation and holdout set"), describe_parts },
  { N_ ("Learning rates"), describe_learning_rates },
  { N_ ("Epochs"), describe_epochs },
  { N_ ("Batch size"), describe_batch_size },
  { N_ ("Hidden layers"), describe_hidden },
  { N_ ("Optimiser"), describe_optimizer },
  { N_ ("Momentum"), describe_momentum },
  { N_ ("Seed"), describe_seed },
  { N_ ("Trained on variants of the pictures"), describe_variants },
  { N_ ("Threshold of “not sure”"), describe_threshold },
  { N_ ("Program version"), describe_version },
  { N_ ("Arithmetic"), describe_arithmetic },
  { N_ ("Libraries"), describe_libraries },
};

GPtrArray *
foc_run_compare_settings (const FocRun *const *runs, guint n)
{
  GPtrArray *rows = foc_run_differences_new ();

  g_return_val_if_fail (n >= 1, rows);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      GStrv values = g_new0 (char *, n + 1);

      for (guint j = 0; j < n; j++)
        values[j] = settings[i].describe (runs[j]);
      foc_run_differences_add (rows, g_strdup (_ (settings[i].name)), values);
    }

  return rows;
}
