/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-compare.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Of the results that differ; one tends to bring others with it. */
#define MAX_EXPLAINED 6

static void
add_pair (GPtrArray *rows, char *name, char *a, char *b)
{
  GStrv values = g_new0 (char *, 3);

  values[0] = a;
  values[1] = b;
  foc_run_differences_add (rows, name, values);
}

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
  value = foc_run_difference_format_number (
    G_STRUCT_MEMBER (double, point, point_fields[field].offset));
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
      epoch =
        foc_run_difference_format_number (foc_curve_get (i < a->len ? a : b, i)->epoch);
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
  g_autofree char *accuracy = foc_run_difference_format_number (cell->accuracy);
  g_autofree char *loss = foc_run_difference_format_number (cell->loss);

  if (isnan (cell->accuracy))
    return g_strdup (diverged ? _ ("diverged") : FOC_RUN_DIFFERENCE_NOTHING);
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
  g_autofree char *rate =
    foc_run_difference_format_number (a->trajectories[i].learning_rate);
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
  return g_strdup (is_there ? _ ("complete") : FOC_RUN_DIFFERENCE_NOTHING);
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
  g_autofree char *accuracy = foc_run_difference_format_number (measurement->accuracy);
  g_autofree char *loss = foc_run_difference_format_number (measurement->loss);
  g_autofree char *number = foc_run_difference_format_number (temperature);

  if (!measurement->measured)
    return g_strdup (FOC_RUN_DIFFERENCE_NOTHING);
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
  GPtrArray *rows = foc_run_differences_new ();

  add_pair (rows, g_strdup (_ ("Final model")),
            foc_run_difference_format_digest (a->model_sha256),
            foc_run_difference_format_digest (b->model_sha256));
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

static void
append_rows (GString *text, const GPtrArray *rows, guint max)
{
  for (guint i = 0; i < MIN (rows->len, max); i++)
    {
      const FocRunDifference *row = rows->pdata[i];

      g_string_append_c (text, '\n');
      /* Translators: what differs between two runs, then its two values. */
      g_string_append_printf (text, _ ("%s: %s, now %s"), row->name, row->values[0],
                              row->values[1]);
    }
  if (rows->len > max)
    g_string_append (text, "\n…");
}

char *
foc_run_compare_explain (const FocRun *before, const FocRun *now)
{
  const FocRun *const runs[] = { before, now };
  g_autoptr (GPtrArray) settings = foc_run_compare_settings (runs, 2);
  g_autoptr (GPtrArray) results = foc_run_compare_results (before, now);
  g_autofree char *sentence = foc_run_compare_describe (results);
  GString *text = g_string_new (sentence);

  if (results->len > 0)
    {
      append_rows (text, settings, G_MAXUINT);
      append_rows (text, results, MAX_EXPLAINED);
    }
  return g_string_free (text, FALSE);
}
