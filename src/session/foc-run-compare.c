/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-compare.h"

#include "foc-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NOTHING "–"
/* Of a digest: enough to tell two apart, short enough to be looked at. */
#define DIGEST_DIGITS 12

static void
difference_free (gpointer data)
{
  FocRunDifference *self = data;

  g_free (self->name);
  g_strfreev (self->values);
  g_free (self);
}

static GPtrArray *
new_differences (void)
{
  return g_ptr_array_new_with_free_func (difference_free);
}

/* Takes over the name and the values; drops a row whose values are all the same. */
static void
add_values (GPtrArray *rows, char *name, GStrv values)
{
  FocRunDifference *row = g_new (FocRunDifference, 1);
  gboolean differs = FALSE;

  *row = (FocRunDifference){ name, values };
  for (guint i = 1; values[i] != NULL; i++)
    differs = differs || !g_str_equal (values[i], values[0]);
  if (differs)
    g_ptr_array_add (rows, row);
  else
    difference_free (row);
}

static void
add_pair (GPtrArray *rows, char *name, char *a, char *b)
{
  GStrv values = g_new0 (char *, 3);

  values[0] = a;
  values[1] = b;
  add_values (rows, name, values);
}

/* With the fewest digits that are exact; g_free(). */
static char *
format_number (double value)
{
  char text[64];

  if (!isfinite (value))
    return g_strdup (NOTHING);
  for (int digits = 6; digits <= 17; digits++)
    {
      g_snprintf (text, sizeof text, "%.*g", digits, value);
      if (strtod (text, NULL) == value)
        break;
    }

  return g_strdup (text);
}

static char *
format_seed (guint64 seed)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
}

static char *
format_uints (const guint *values, guint n)
{
  GString *text = g_string_new (n == 0 ? NOTHING : NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? ", " : "", values[i]);

  return g_string_free (text, FALSE);
}

static char *
format_digest (const char *digest)
{
  return digest != NULL ? g_strndup (digest, DIGEST_DIGITS) : g_strdup (NOTHING);
}

/* What went in: each describes one setting of a run; g_free(). */

/* Not by commas, with which some write numbers. */
static char *
describe_learning_rates (const FocRun *run)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < run->settings.n_learning_rates; i++)
    {
      g_autofree char *rate = format_number (run->settings.learning_rates[i]);

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
           ? format_number (run->settings.training.momentum)
           : g_strdup (NOTHING);
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
  return format_number (run->settings.threshold);
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
           : g_strdup (NOTHING);
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
      return g_strdup (NOTHING);
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
  return format_digest (run->data_digest);
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
  GPtrArray *rows = new_differences ();

  g_return_val_if_fail (n >= 1, rows);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      GStrv values = g_new0 (char *, n + 1);

      for (guint j = 0; j < n; j++)
        values[j] = settings[i].describe (runs[j]);
      add_values (rows, g_strdup (_ (settings[i].name)), values);
    }

  return rows;
}

/* What came out. */

static gboolean
is_equal (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static const struct
{
  const char *name;
  gsize offset;
} point_fields[] = {
  { N_ ("point at epoch"), G_STRUCT_OFFSET (FocCurvePoint, epoch) },
  { N_ ("training loss"), G_STRUCT_OFFSET (FocCurvePoint, training_loss) },
  { N_ ("training accuracy"), G_STRUCT_OFFSET (FocCurvePoint, training_accuracy) },
  { N_ ("validation loss"), G_STRUCT_OFFSET (FocCurvePoint, validation_loss) },
  { N_ ("validation accuracy"), G_STRUCT_OFFSET (FocCurvePoint, validation_accuracy) },
};

/* The value of a field at a point; NULL is behind the end of the curve. */
static char *
describe_point (const FocCurvePoint *point, guint field)
{
  g_autofree char *value = NULL;

  if (point == NULL)
    return g_strdup (_ ("the curve has ended"));
  value = format_number (G_STRUCT_MEMBER (double, point, point_fields[field].offset));
  /* Translators: what it is, such as "training loss", and its value. */
  return g_strdup_printf (C_ ("value", "%s %s"), _ (point_fields[field].name), value);
}

/* The first field in which two points differ, or their number. */
static guint
find_field (const FocCurvePoint *a, const FocCurvePoint *b)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (point_fields)
         && is_equal (G_STRUCT_MEMBER (double, a, point_fields[i].offset),
                      G_STRUCT_MEMBER (double, b, point_fields[i].offset)))
    i++;
  return i;
}

/* From where on two curves differ; `of` says whose they are, with a %s for the epoch. */
static void
compare_curves (GPtrArray *rows, const char *of, const FocCurve *a, const FocCurve *b)
{
  guint n = MAX (a->len, b->len);

  for (guint i = 0; i < n; i++)
    {
      const FocCurvePoint *p = i < a->len ? foc_curve_get (a, i) : NULL;
      const FocCurvePoint *q = i < b->len ? foc_curve_get (b, i) : NULL;
      guint field = p != NULL && q != NULL ? find_field (p, q) : 0;
      g_autofree char *epoch = NULL;
      g_autofree char *name = NULL;

      if (field == G_N_ELEMENTS (point_fields))
        continue;
      epoch = format_number (foc_curve_get (i < a->len ? a : b, i)->epoch);
      /* Translators: a curve, such as "Final model", and where it begins to differ. */
      name = g_strdup_printf (_ ("%s, from epoch %s on"), of, epoch);
      add_pair (rows, g_steal_pointer (&name), describe_point (p, field),
                describe_point (q, field));
      return;
    }
}

static char *
describe_cell (const FocCell *cell, gboolean diverged)
{
  g_autofree char *accuracy = format_number (cell->accuracy);
  g_autofree char *loss = format_number (cell->loss);

  if (isnan (cell->accuracy))
    return g_strdup (diverged ? _ ("diverged") : NOTHING);
  /* Translators: what a cell of the grid came to. */
  return g_strdup_printf (_ ("accuracy %s, loss %s"), accuracy, loss);
}

static gboolean
have_one_shape (const FocGrid *a, const FocGrid *b)
{
  if (a->n_learning_rates != b->n_learning_rates || a->n_epochs != b->n_epochs
      || memcmp (a->epochs, b->epochs, a->n_epochs * sizeof *a->epochs) != 0)
    return FALSE;
  for (guint i = 0; i < a->n_learning_rates; i++)
    if (a->trajectories[i].learning_rate != b->trajectories[i].learning_rate)
      return FALSE;

  return TRUE;
}

static void
compare_trajectories (GPtrArray *rows, const FocGrid *a, const FocGrid *b, guint i)
{
  g_autofree char *rate = format_number (a->trajectories[i].learning_rate);
  g_autofree char *of = g_strdup_printf (_ ("Learning rate %s"), rate);

  compare_curves (rows, of, a->trajectories[i].curve, b->trajectories[i].curve);
  for (guint j = 0; j < a->n_epochs; j++)
    {
      FocCell p, q;

      foc_grid_get_cell (a, i, j, &p);
      foc_grid_get_cell (b, i, j, &q);
      add_pair (rows,
                g_strdup_printf (ngettext ("Learning rate %s, %u epoch",
                                           "Learning rate %s, %u epochs", p.epochs),
                                 rate, p.epochs),
                describe_cell (&p, a->trajectories[i].diverged),
                describe_cell (&q, b->trajectories[i].diverged));
    }
}

static char *
describe_presence (gboolean is_there)
{
  return g_strdup (is_there ? _ ("complete") : NOTHING);
}

static void
compare_grids (GPtrArray *rows, const FocRun *a, const FocRun *b)
{
  if (a->grid == NULL || b->grid == NULL)
    add_pair (rows, g_strdup (_ ("Grid")), describe_presence (a->grid != NULL),
              describe_presence (b->grid != NULL));
  else if (!have_one_shape (a->grid, b->grid))
    add_pair (rows, g_strdup (_ ("Grid")), g_strdup (_ ("these settings")),
              g_strdup (_ ("other settings")));
  else
    for (guint i = 0; i < a->grid->n_learning_rates; i++)
      compare_trajectories (rows, a->grid, b->grid, i);
}

/* All of a part of the record, as it stands there. */
typedef void (*ToJson) (const FocRun *run, JsonBuilder *builder);

static char *
to_string (const FocRun *run, ToJson to_json)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  to_json (run, builder);
  json_builder_end_object (builder);
  return foc_json_to_string (builder, FALSE, NULL);
}

/* Without the looks, which are no result. */
static void
holdout_to_json (const FocRun *run, JsonBuilder *builder)
{
  foc_measurement_to_json (&run->holdout, builder);
}

static char *
describe_measurement (const FocMeasurement *measurement, double temperature)
{
  g_autofree char *accuracy = format_number (measurement->accuracy);
  g_autofree char *loss = format_number (measurement->loss);
  g_autofree char *number = format_number (temperature);

  if (!measurement->measured)
    return g_strdup (NOTHING);
  return g_strdup_printf (_ ("accuracy %s, loss %s, temperature %s"), accuracy, loss,
                          number);
}

/* A row where anything of it differs: what is shown of it may not. */
static void
compare_measurements (GPtrArray *rows,
                      const char *name,
                      const FocRun *a,
                      const FocRun *b,
                      ToJson to_json,
                      char *shown_a,
                      char *shown_b)
{
  g_autofree char *text_a = to_string (a, to_json);
  g_autofree char *text_b = to_string (b, to_json);

  if (!g_str_equal (text_a, text_b) && g_str_equal (shown_a, shown_b))
    {
      g_autofree char *before = shown_b;

      /* Translators: after the numbers of a measurement. */
      shown_b = g_strdup_printf (_ ("%s; the rest differs"), before);
    }
  add_pair (rows, g_strdup (name), shown_a, shown_b);
}

GPtrArray *
foc_run_compare_results (const FocRun *a, const FocRun *b)
{
  GPtrArray *rows = new_differences ();

  add_pair (rows, g_strdup (_ ("Final model")), format_digest (a->model_sha256),
            format_digest (b->model_sha256));
  compare_grids (rows, a, b);
  compare_measurements (rows, _ ("Certainty and validation set"), a, b,
                        foc_run_certainty_to_json,
                        describe_measurement (&a->validation, a->certainty.temperature),
                        describe_measurement (&b->validation, b->certainty.temperature));
  if (a->final_curve != NULL && b->final_curve != NULL)
    compare_curves (rows, _ ("Final model"), a->final_curve, b->final_curve);
  if (a->holdout.measured && b->holdout.measured)
    compare_measurements (rows, _ ("Holdout set"), a, b, holdout_to_json,
                          describe_measurement (&a->holdout, a->certainty.temperature),
                          describe_measurement (&b->holdout, b->certainty.temperature));

  return rows;
}

char *
foc_run_compare_describe (const GPtrArray *rows)
{
  if (rows->len == 0)
    return g_strdup (_ ("Reproduced: identical to the bit."));
  return g_strdup_printf (ngettext ("It came out differently in %u result.",
                                    "It came out differently in %u results.", rows->len),
                          rows->len);
}
