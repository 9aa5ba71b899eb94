/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-settings-form.h"

#include "foc-catalog.h"
#include "foc-error.h"
#include "foc-numerals.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may be typed. */
typedef struct
{
  double min;
  double max;
  guint max_n; /* of a list; else 0 */
} Range;

static const Range ranges[] = {
  [FOC_FIELD_LEARNING_RATES] = { FOC_LIMIT_LEARNING_RATE_MIN, FOC_LIMIT_LEARNING_RATE_MAX,
                                 FOC_LIMIT_LEARNING_RATES },
  [FOC_FIELD_EPOCHS] = { 1, FOC_LIMIT_EPOCHS, FOC_LIMIT_EPOCH_COUNTS },
  [FOC_FIELD_HIDDEN] = { 1, FOC_LIMIT_LAYER_WIDTH, FOC_LIMIT_HIDDEN_LAYERS },
  [FOC_FIELD_BATCH_SIZE] = { 1, FOC_LIMIT_BATCH_SIZE, 0 },
  [FOC_FIELD_MOMENTUM] = { 0, FOC_LIMIT_MOMENTUM, 0 },
  [FOC_FIELD_SEED] = { 0, (double) G_MAXINT64, 0 },
};

static double
get_value (const FocSettings *settings, FocField field, guint i)
{
  switch (field)
    {
    case FOC_FIELD_LEARNING_RATES:
      return settings->learning_rates[i];
    case FOC_FIELD_EPOCHS:
      return settings->epochs[i];
    case FOC_FIELD_HIDDEN:
      return settings->training.hidden[i];
    case FOC_FIELD_BATCH_SIZE:
      return settings->training.batch_size;
    case FOC_FIELD_MOMENTUM:
      return settings->training.momentum;
    case FOC_FIELD_SEED:
    default:
      g_assert_not_reached ();
    }
}

guint
foc_field_count (const FocSettings *settings, FocField field)
{
  switch (field)
    {
    case FOC_FIELD_LEARNING_RATES:
      return settings->n_learning_rates;
    case FOC_FIELD_EPOCHS:
      return settings->n_epochs;
    case FOC_FIELD_HIDDEN:
      return settings->training.n_hidden;
    case FOC_FIELD_BATCH_SIZE:
    case FOC_FIELD_MOMENTUM:
    case FOC_FIELD_SEED:
    default:
      return 1;
    }
}

char *
foc_field_write (const FocSettings *settings,
                 FocField field,
                 guint i,
                 const char *decimal)
{
  /* More digits than a double has. */
  if (field == FOC_FIELD_SEED)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, settings->training.seed);

  return foc_numerals_write (get_value (settings, field, i), decimal);
}

/* A sentence for each field, with the range. */
static char *
describe_range (FocField field, const char *typed, const char *min, const char *max)
{
  switch (field)
    {
    case FOC_FIELD_LEARNING_RATES:
      return g_strdup_printf (
        /* Translators: what was typed, and the range. */
        _ ("“%s” is no learning rate: those are numbers from %s to %s."), typed, min,
        max);
    case FOC_FIELD_EPOCHS:
      return g_strdup_printf (
        /* Translators: what was typed, and the range. */
        _ ("“%s” is no number of epochs: those are whole numbers from %s to %s."), typed,
        min, max);
    case FOC_FIELD_HIDDEN:
      return g_strdup_printf (
        /* Translators: what was typed, and the range. */
        _ ("“%s” is no width of a layer: those are whole numbers from %s to %s."), typed,
        min, max);
    case FOC_FIELD_BATCH_SIZE:
      return g_strdup_printf (_ ("The batch size must be a whole number from %s to %s."),
                              min, max);
    case FOC_FIELD_MOMENTUM:
      return g_strdup_printf (_ ("The momentum must be a number from %s to %s."), min,
                              max);
    case FOC_FIELD_SEED:
    default:
      return g_strdup_printf (_ ("The seed must be a whole number from %s to %s."), min,
                              max);
    }
}

static void
set_error (FocField field,
           const char *typed,
           gboolean is_ambiguous,
           const char *decimal,
           GError **error)
{
  const Range *range = &ranges[field];
  g_autofree char *min = foc_numerals_write (range->min, decimal);
  g_autofree char *max = field == FOC_FIELD_SEED
                           ? g_strdup_printf ("%" G_GINT64_FORMAT, G_MAXINT64)
                           : foc_numerals_write (range->max, decimal);
  g_autofree char *shown = foc_text_escape (typed);
  g_autofree char *message = NULL;

  if (!is_ambiguous)
    message = describe_range (field, shown, min, max);
  else if (range->max_n > 0)
    message = g_strdup_printf (
      /* Translators: what was typed, and the range. */
      _ ("“%s” can be read in two ways: write numbers from %s to %s without thousands "
         "separators, and with a space between them."),
      shown, min, max);
  else
    message = g_strdup_printf (
      /* Translators: what was typed, and the range. */
      _ ("“%s” can be read in two ways: write a number from %s to %s without thousands "
         "separators."),
      shown, min, max);
  g_set_error_literal (error, FOC_ERROR, FOC_ERROR_SETTINGS, message);
}

static gboolean
check (FocField field, const FocNumeral *number, const char *decimal, GError **error)
{
  const Range *range = &ranges[field];
  gboolean is_real = field == FOC_FIELD_LEARNING_RATES || field == FOC_FIELD_MOMENTUM;

  /* As a double, the largest seed is one too large. */
  if ((number->kind == FOC_NUMERAL_WHOLE || (is_real && number->kind == FOC_NUMERAL_REAL))
      && number->value >= range->min && number->value <= range->max
      && (field != FOC_FIELD_SEED || number->whole <= G_MAXINT64))
    return TRUE;

  set_error (field, number->text, number->kind == FOC_NUMERAL_AMBIGUOUS, decimal, error);
  return FALSE;
}

gboolean
foc_field_read (FocSettings *settings,
                FocField field,
                const char *text,
                const char *decimal,
                GError **error)
{
  g_autoptr (GArray) numbers = foc_numerals_read (text, decimal);
  const FocNumeral *number = &g_array_index (numbers, FocNumeral, 0);

  if (numbers->len != 1)
    {
      set_error (field, text, FALSE, decimal, error);
      return FALSE;
    }
  if (!check (field, number, decimal, error))
    return FALSE;

  if (field == FOC_FIELD_BATCH_SIZE)
    settings->training.batch_size = (guint) number->whole;
  else if (field == FOC_FIELD_MOMENTUM)
    settings->training.momentum = number->value;
  else
    settings->training.seed = number->whole;
  return TRUE;
}

static gboolean
has_value (const FocSettings *settings, FocField field, double value)
{
  for (guint i = 0; i < foc_field_count (settings, field); i++)
    if (get_value (settings, field, i) == value)
      return TRUE;

  return FALSE;
}

static void
append (FocSettings *settings, FocField field, double value)
{
  if (field == FOC_FIELD_LEARNING_RATES)
    settings->learning_rates[settings->n_learning_rates++] = value;
  else if (field == FOC_FIELD_EPOCHS)
    settings->epochs[settings->n_epochs++] = (guint) value;
  else
    settings->training.hidden[settings->training.n_hidden++] = (guint) value;
}

static void
set_count_error (FocField field, GError **error)
{
  guint max = ranges[field].max_n;

  if (field == FOC_FIELD_LEARNING_RATES)
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("There must be at least one learning rate, and at most %u."), max);
  else if (field == FOC_FIELD_EPOCHS)
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("There must be at least one number of epochs, and at most %u."), max);
  else
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 ngettext ("There may be at most %u hidden layer.",
                           "There may be at most %u hidden layers.", max),
                 max);
}

gboolean
foc_field_add (FocSettings *settings,
               FocField field,
               const char *text,
               const char *decimal,
               char **note,
               GError **error)
{
  g_autoptr (GArray) numbers = foc_numerals_read (text, decimal);
  FocSettings more = *settings;
  const char *repeated = NULL;

  for (guint i = 0; i < numbers->len; i++)
    {
      const FocNumeral *number = &g_array_index (numbers, FocNumeral, i);

      if (!check (field, number, decimal, error))
        return FALSE;
      if (field != FOC_FIELD_HIDDEN && has_value (&more, field, number->value))
        repeated = number->text;
      else if (foc_field_count (&more, field) < ranges[field].max_n)
        append (&more, field, number->value);
      else
        {
          set_count_error (field, error);
          return FALSE;
        }
    }

  *settings = more;
  *note = repeated != NULL
            /* Translators: a number that was typed. */
            ? g_strdup_printf (_ ("“%s” is in the list already."), repeated)
            : NULL;
  return TRUE;
}

void
foc_field_remove (FocSettings *settings, FocField field, guint i)
{
  FocSettings before = *settings;
  guint n = foc_field_count (settings, field);

  if (field == FOC_FIELD_LEARNING_RATES)
    settings->n_learning_rates = 0;
  else if (field == FOC_FIELD_EPOCHS)
    settings->n_epochs = 0;
  else
    settings->training.n_hidden = 0;
  for (guint j = 0; j < n; j++)
    if (j != i)
      append (settings, field, get_value (&before, field, j));
}

gboolean
foc_field_check (const FocSettings *settings, FocField field, GError **error)
{
  if (field == FOC_FIELD_HIDDEN || foc_field_count (settings, field) > 0)
    return TRUE;

  set_count_error (field, error);
  return FALSE;
}

void
foc_field_copy (FocSettings *settings, const FocSettings *from, FocField field)
{
  switch (field)
    {
    case FOC_FIELD_LEARNING_RATES:
      memcpy (settings->learning_rates, from->learning_rates,
              sizeof settings->learning_rates);
      settings->n_learning_rates = from->n_learning_rates;
      break;
    case FOC_FIELD_EPOCHS:
      memcpy (settings->epochs, from->epochs, sizeof settings->epochs);
      settings->n_epochs = from->n_epochs;
      break;
    case FOC_FIELD_HIDDEN:
      memcpy (settings->training.hidden, from->training.hidden,
              sizeof settings->training.hidden);
      settings->training.n_hidden = from->training.n_hidden;
      break;
    case FOC_FIELD_BATCH_SIZE:
      settings->training.batch_size = from->training.batch_size;
      break;
    case FOC_FIELD_MOMENTUM:
      settings->training.momentum = from->training.momentum;
      break;
    case FOC_FIELD_SEED:
    default:
      settings->training.seed = from->training.seed;
    }
}

gboolean
foc_settings_find_preset (const FocSettings *self, guint32 n_train, FocPreset *preset)
{
  FocSettings settings = *self;
  g_autofree char *text = NULL;

  if (!foc_settings_normalise (&settings, NULL))
    return FALSE;
  text = foc_settings_to_training_string (&settings);

  for (*preset = FOC_PRESET_PAPER; *preset <= FOC_PRESET_RECOMMENDED; (*preset)++)
    {
      g_autofree char *other = NULL;

      foc_settings_init (&settings, *preset, n_train);
      other = foc_settings_to_training_string (&settings);
      if (g_str_equal (text, other))
        return TRUE;
    }

  return FALSE;
}

gboolean
foc_preset_has_split (FocPreset preset, const FocSplitSettings *split)
{
  FocSettings of_preset;
  g_autofree char *mine = foc_split_settings_to_string (split);
  g_autofree char *theirs = NULL;

  foc_settings_init (&of_preset, preset, 0);
  theirs = foc_split_settings_to_string (&of_preset.split);
  return g_str_equal (mine, theirs);
}

char *
foc_settings_describe_cost (const FocSettings *self, guint32 n_train)
{
  guint n_cells = self->n_learning_rates * self->n_epochs;
  guint max = 0;
  g_autofree char *rates = NULL;
  g_autofree char *epochs = NULL;
  g_autofree char *cells = NULL;
  g_autofree char *pictures = NULL;

  for (guint i = 0; i < self->n_epochs; i++)
    max = MAX (max, self->epochs[i]);

  rates = g_strdup_printf (
    ngettext ("%u learning rate", "%u learning rates", self->n_learning_rates),
    self->n_learning_rates);
  epochs = g_strdup_printf (ngettext ("up to %'u epoch", "up to %'u epochs", max), max);
  cells = g_strdup_printf (ngettext ("%u cell", "%u cells", n_cells), n_cells);
  if (n_train == 0)
    /* Translators: “2 learning rates”, “up to 5 epochs”, “6 cells”. */
    return g_strdup_printf (_ ("%s × %s, %s"), rates, epochs, cells);

  pictures = g_strdup_printf (
    ngettext ("%'u training picture", "%'u training pictures", n_train), n_train);
  /* Translators: “2 learning rates”, “up to 5 epochs”, “6 cells”, “2,345 training
     pictures”. */
  return g_strdup_printf (_ ("%s × %s, %s; %s"), rates, epochs, cells, pictures);
}

char *
foc_settings_to_training_string (const FocSettings *self)
{
  g_autofree char *text = foc_settings_to_string (self);
  g_autofree char *split_text = foc_split_settings_to_string (&self->split);
  g_autoptr (JsonObject) object = foc_json_parse (text, strlen (text), NULL);
  g_autoptr (JsonObject) split = foc_json_parse (split_text, strlen (split_text), NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GList) names = json_object_get_members (object);

  json_builder_begin_object (builder);
  for (GList *name = names; name != NULL; name = name->next)
    if (!json_object_has_member (split, name->data))
      {
        json_builder_set_member_name (builder, name->data);
        json_builder_add_value (builder, json_object_dup_member (object, name->data));
      }
  json_builder_end_object (builder);

  return foc_json_to_string (builder, FALSE, NULL);
}

gboolean
foc_settings_from_training_string (FocSettings *self, const char *string)
{
  g_autofree char *split_text =
    foc_split_settings_to_string (&foc_split_settings_default);
  g_autoptr (JsonObject) split = foc_json_parse (split_text, strlen (split_text), NULL);
  g_autoptr (JsonObject) object = foc_json_parse (string, strlen (string), NULL);
  g_autoptr (GList) names = json_object_get_members (split);

  if (object == NULL)
    return FALSE;
  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (object, name->data,
                            json_object_dup_member (split, name->data));

  if (!foc_settings_from_json (self, object))
    return FALSE;
  self->split = foc_split_settings_default;
  return TRUE;
}
