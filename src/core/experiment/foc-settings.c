/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-settings.h"

#include "foc-error.h"
#include "foc-model.h"
#include "foc-preprocess.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

gboolean
foc_preset_from_string (const char *string, FocPreset *preset)
{
  if (g_str_equal (string, "paper"))
    *preset = FOC_PRESET_PAPER;
  else if (g_str_equal (string, "recommended"))
    *preset = FOC_PRESET_RECOMMENDED;
  else
    return FALSE;

  return TRUE;
}

static void
set_learning_rates (FocSettings *self, guint n, const double *rates)
{
  self->n_learning_rates = n;
  memcpy (self->learning_rates, rates, n * sizeof *rates);
}

static void
set_epochs (FocSettings *self, guint n, const guint *epochs)
{
  self->n_epochs = n;
  memcpy (self->epochs, epochs, n * sizeof *epochs);
}

/* Measured: see "Recommended settings" in HACKING.md. */
static void
recommend (FocSettings *self, guint32 n_train)
{
  static const double adam_rates[] = { 0.001, 0.0003 };
  static const guint adam_epochs[] = { 5, 10, 20 };
  static const double momentum_rates[] = { 0.01, 0.003 };
  static const guint momentum_epochs[] = { 3, 5, 10 };

  if (n_train < 3000)
    {
      self->training.optimizer = FOC_OPTIMIZER_ADAM;
      set_learning_rates (self, G_N_ELEMENTS (adam_rates), adam_rates);
      set_epochs (self, G_N_ELEMENTS (adam_epochs), adam_epochs);
    }
  else
    {
      self->training.optimizer = FOC_OPTIMIZER_MOMENTUM;
      set_learning_rates (self, G_N_ELEMENTS (momentum_rates), momentum_rates);
      set_epochs (self, G_N_ELEMENTS (momentum_epochs), momentum_epochs);
    }
}

void
foc_settings_init (FocSettings *self, FocPreset preset, guint32 n_train)
{
  static const double paper_rates[] = { 0.01, 0.001 };
  static const guint paper_epochs[] = { 1, 3, 5 };

  *self = (FocSettings){
    .training = {
      .hidden = { 128, 128 },
      .n_hidden = 2,
      .batch_size = 64,
      .optimizer = FOC_OPTIMIZER_SGD,
      .momentum = FOC_MOMENTUM_DEFAULT,
      .seed = 1,
    },
    .split = { .method = FOC_SPLIT_PAPER, .shares = { 50, 20, 30 }, .seed = 1 },
    .threshold = FOC_MODEL_THRESHOLD_DEFAULT,
  };
  set_learning_rates (self, G_N_ELEMENTS (paper_rates), paper_rates);
  set_epochs (self, G_N_ELEMENTS (paper_epochs), paper_epochs);

  if (preset == FOC_PRESET_RECOMMENDED)
    {
      recommend (self, n_train);
      self->split.group = FOC_KEEP_DUPLICATES;
    }
}

static int
compare_rates (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x > y ? -1 : x < y; /* the largest first, as in the paper */
}

static int
compare_epochs (const void *a, const void *b)
{
  guint x = *(const guint *) a, y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

static gboolean
check_range (const char *what, double value, double min, double max, GError **error)
{
  if (value >= min && value <= max)
    return TRUE;

  g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
               /* Translators: a setting, its value, and the limits of its range. */
               _ ("%s is %g, but must be between %g and %g."), what, value, min, max);
  return FALSE;
}

static gboolean
check_lists (const FocSettings *self, GError **error)
{
  if (!check_range (_ ("The number of learning rates"), self->n_learning_rates, 1,
                    FOC_LIMIT_LEARNING_RATES, error)
      || !check_range (_ ("The number of epoch counts"), self->n_epochs, 1,
                       FOC_LIMIT_EPOCH_COUNTS, error))
    return FALSE;

  for (guint i = 0; i < self->n_learning_rates; i++)
    if (!check_range (_ ("The learning rate"), self->learning_rates[i],
                      FOC_LIMIT_LEARNING_RATE_MIN, FOC_LIMIT_LEARNING_RATE_MAX, error))
      return FALSE;
  for (guint i = 0; i < self->n_epochs; i++)
    if (!check_range (_ ("The number of epochs"), self->epochs[i], 1, FOC_LIMIT_EPOCHS,
                      error))
      return FALSE;

  return TRUE;
}

/* Seeds stand as integers in JSON; as a double the largest would be one too large. */
static gboolean
check_seed (guint64 seed, GError **error)
{
  g_autofree char *value = NULL;
  g_autofree char *max = NULL;

  if (seed <= G_MAXINT64)
    return TRUE;

  /* As strings: gettext does not look into the macros that print 64 bits. */
  value = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  max = g_strdup_printf ("%" G_GINT64_FORMAT, G_MAXINT64);
  g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
               _ ("The seed is %s, but must be between 0 and %s."), value, max);
  return FALSE;
}

static gboolean
check_training (const FocTrainingSettings *self, GError **error)
{
  FocMlpShape shape;
  double n_parameters;

  if (!check_range (_ ("The number of hidden layers"), self->n_hidden, 0,
                    FOC_LIMIT_HIDDEN_LAYERS, error)
      || !check_range (_ ("The batch size"), self->batch_size, 1, FOC_LIMIT_BATCH_SIZE,
                       error)
      || !check_range (_ ("The momentum"), self->momentum, 0.0, FOC_LIMIT_MOMENTUM, error)
      || !check_seed (self->seed, error))
    return FALSE;

  for (guint i = 0; i < self->n_hidden; i++)
    if (!check_range (_ ("The width of a hidden layer"), self->hidden[i], 1,
                      FOC_LIMIT_LAYER_WIDTH, error))
      return FALSE;

  /* The most classes that there may be, so that it does not depend on the data. */
  foc_training_settings_get_shape (self, FOC_LIMIT_CLASSES, &shape);
  n_parameters = (double) foc_mlp_shape_n_parameters (&shape);
  return check_range (_ ("The number of parameters"), n_parameters, 1,
                      FOC_LIMIT_PARAMETERS, error)
         && check_range (_ ("The batch size times the number of parameters"),
                         self->batch_size * n_parameters, 1, FOC_LIMIT_BATCH_WORK, error);
}

gboolean
foc_settings_normalise (FocSettings *self, GError **error)
{
  guint n;

  if (!check_lists (self, error) || !check_training (&self->training, error)
      || !check_seed (self->split.seed, error)
      || !check_range (_ ("The threshold"), self->threshold, 0.0, 1.0, error)
      || !check_range (_ ("What is kept in one part"), self->split.group, FOC_KEEP_NONE,
                       FOC_KEEP_ALL, error))
    return FALSE;
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    if (!check_range (_ ("A share of the split"), self->split.shares[part], 1,
                      FOC_SPLIT_SHARE_MAX, error))
      return FALSE;

  /* What has no effect makes no difference between two settings. */
  if (self->training.optimizer != FOC_OPTIMIZER_MOMENTUM)
    self->training.momentum = FOC_MOMENTUM_DEFAULT;
  if (self->split.method == FOC_SPLIT_PAPER)
    self->split.seed = 1;

  qsort (self->learning_rates, self->n_learning_rates, sizeof *self->learning_rates,
         compare_rates);
  n = 1;
  for (guint i = 1; i < self->n_learning_rates; i++)
    if (self->learning_rates[i] != self->learning_rates[n - 1])
      self->learning_rates[n++] = self->learning_rates[i];
  self->n_learning_rates = n;

  qsort (self->epochs, self->n_epochs, sizeof *self->epochs, compare_epochs);
  n = 1;
  for (guint i = 1; i < self->n_epochs; i++)
    if (self->epochs[i] != self->epochs[n - 1])
      self->epochs[n++] = self->epochs[i];
  self->n_epochs = n;

  return TRUE;
}

guint
foc_settings_max_epochs (const FocSettings *self)
{
  return self->epochs[self->n_epochs - 1];
}

void
foc_training_settings_get_shape (const FocTrainingSettings *self,
                                 guint n_classes,
                                 FocMlpShape *shape)
{
  foc_mlp_shape_init (shape, FOC_N_FEATURES, self->hidden, self->n_hidden, n_classes);
}

static void
split_to_json (const FocSplitSettings *self, JsonBuilder *builder)
{
  foc_json_add_string (builder, "split", foc_split_method_to_string (self->method));
  foc_json_add_uints (builder, "shares", self->shares, FOC_N_PARTS);
  if (self->method == FOC_SPLIT_STRATIFIED)
    foc_json_add_int (builder, "split_seed", (gint64) self->seed);
  if (self->group != FOC_KEEP_NONE)
    foc_json_add_string (builder, "group", foc_keep_to_string (self->group));
}

static gboolean
split_from_json (FocSplitSettings *self, JsonObject *object)
{
  const char *method, *group;
  gint64 seed = 1;
  guint n_shares;

  if (!foc_json_get_string (object, "split", &method)
      || !foc_split_method_from_string (method, &self->method)
      || !foc_json_get_uints (object, "shares", FOC_N_PARTS, self->shares, &n_shares)
      || n_shares != FOC_N_PARTS
      || (self->method == FOC_SPLIT_STRATIFIED
          && !foc_json_get_int (object, "split_seed", 0, G_MAXINT64, &seed)))
    return FALSE;

  self->seed = (guint64) seed;
  /* Without a word about it, nothing was kept together. */
  self->group = FOC_KEEP_NONE;
  return !json_object_has_member (object, "group")
         || (foc_json_get_string (object, "group", &group)
             && foc_keep_from_string (group, &self->group));
}

char *
foc_split_settings_to_string (const FocSplitSettings *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  split_to_json (self, builder);
  json_builder_end_object (builder);

  return foc_json_to_string (builder, FALSE, NULL);
}

gboolean
foc_split_settings_from_string (FocSplitSettings *self, const char *string)
{
  g_autoptr (JsonObject) object = foc_json_parse (string, strlen (string), NULL);

  return object != NULL && split_from_json (self, object);
}

void
foc_settings_to_json (const FocSettings *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  foc_json_add_doubles (builder, "learning_rates", self->learning_rates,
                        self->n_learning_rates);
  foc_json_add_uints (builder, "epochs", self->epochs, self->n_epochs);
  foc_json_add_int (builder, "batch_size", self->training.batch_size);
  foc_json_add_uints (builder, "hidden", self->training.hidden, self->training.n_hidden);
  foc_json_add_string (builder, "optimizer",
                       foc_optimizer_kind_to_string (self->training.optimizer));
  if (self->training.optimizer == FOC_OPTIMIZER_MOMENTUM)
    foc_json_add_double (builder, "momentum", self->training.momentum);
  foc_json_add_int (builder, "seed", (gint64) self->training.seed);
  if (self->training.augment)
    {
      json_builder_set_member_name (builder, "augment");
      json_builder_add_boolean_value (builder, TRUE);
    }
  split_to_json (&self->split, builder);
  foc_json_add_double (builder, "threshold", self->threshold);
  json_builder_end_object (builder);
}

gboolean
foc_settings_from_json (FocSettings *self, JsonObject *object)
{
  gint64 batch_size, seed;
  const char *optimizer;

  foc_settings_init (self, FOC_PRESET_PAPER, 0);

  if (!foc_json_get_doubles (object, "learning_rates", 0, G_MAXDOUBLE,
                             FOC_LIMIT_LEARNING_RATES, self->learning_rates,
                             &self->n_learning_rates)
      || !foc_json_get_uints (object, "epochs", FOC_LIMIT_EPOCH_COUNTS, self->epochs,
                              &self->n_epochs)
      || !foc_json_get_int (object, "batch_size", 1, FOC_LIMIT_BATCH_SIZE, &batch_size)
      || !foc_json_get_uints (object, "hidden", FOC_LIMIT_HIDDEN_LAYERS,
                              self->training.hidden, &self->training.n_hidden)
      || !foc_json_get_string (object, "optimizer", &optimizer)
      || !foc_optimizer_kind_from_string (optimizer, &self->training.optimizer)
      || !foc_json_get_int (object, "seed", 0, G_MAXINT64, &seed)
      || !split_from_json (&self->split, object)
      || !foc_json_get_double (object, "threshold", 0, 1, &self->threshold)
      || !isfinite (self->threshold))
    return FALSE;
  if (self->training.optimizer == FOC_OPTIMIZER_MOMENTUM
      && !foc_json_get_double (object, "momentum", 0, 1, &self->training.momentum))
    return FALSE;

  if (json_object_has_member (object, "augment")
      && !foc_json_get_boolean (object, "augment", &self->training.augment))
    return FALSE;

  self->training.batch_size = (guint) batch_size;
  self->training.seed = (guint64) seed;

  return foc_settings_normalise (self, NULL);
}

char *
foc_settings_to_string (const FocSettings *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  foc_settings_to_json (self, builder);

  return foc_json_to_string (builder, FALSE, NULL);
}
