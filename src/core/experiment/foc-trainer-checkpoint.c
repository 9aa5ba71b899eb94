/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-trainer-private.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-model-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "face-or-comic-checkpoint-1"
#define CURVE "curve"

/* Names all that the bits of the trajectory depend on. */
static char *
build_key (const FocTrainer *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const FocTrainingSettings *settings = &self->settings;
  char rate[G_ASCII_DTOSTR_BUF_SIZE], momentum[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  text = g_strdup_printf (
    "%s %s %s %s %u %s %s %" G_GUINT64_FORMAT " %d %u %u %u ", FOC_VERSION,
    foc_blas_arithmetic (), foc_feature_store_get_digest (self->train.store),
    g_ascii_dtostr (rate, sizeof rate, self->optimizer.learning_rate),
    settings->batch_size, foc_optimizer_kind_to_string (settings->optimizer),
    g_ascii_dtostr (momentum, sizeof momentum, settings->momentum), settings->seed,
    settings->augment, self->evaluations, self->train.n_rows, self->validation.n_rows);
  g_checksum_update (checksum, (const guchar *) text, -1);
  g_checksum_update (checksum, (const guchar *) &self->mlp->shape,
                     sizeof self->mlp->shape);
  g_checksum_update (checksum, (const guchar *) self->train.rows,
                     (gssize) (self->train.n_rows * sizeof (guint32)));
  g_checksum_update (checksum, (const guchar *) self->validation.rows,
                     (gssize) (self->validation.n_rows * sizeof (guint32)));

  return g_strdup (g_checksum_get_string (checksum));
}

static char *
state_name (guint state)
{
  return g_strdup_printf ("optimizer.state.%u", state);
}

/* Over all that a checkpoint holds: a flipped bit in a weight is a weight. */
static char *
compute_sum (const FocSafetensors *file)
{
  const char *progress = foc_safetensors_get_string (file, "progress");
  guint64 hash = foc_hash (progress, strlen (progress), 0);

  for (guint i = 0; i < file->tensors->len; i++)
    {
      const FocTensor *tensor = g_ptr_array_index (file->tensors, i);

      hash = foc_hash (tensor->name, strlen (tensor->name), hash);
      hash = foc_hash (tensor->values, tensor->n_values * sizeof (float), hash);
    }

  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x", hash);
}

gboolean
foc_trainer_save (const FocTrainer *self, const char *path, GError **error)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *key = build_key (self);
  g_autofree char *progress = NULL;
  g_autofree char *sum = NULL;

  json_builder_begin_object (builder);
  foc_json_add_int (builder, "epochs", self->n_epochs);
  foc_json_add_int (builder, "steps", (gint64) self->optimizer.n_steps);
  json_builder_end_object (builder);
  progress = foc_json_to_string (builder, FALSE, NULL);

  foc_safetensors_set (file, "format", FORMAT);
  foc_safetensors_set (file, "key", key);
  foc_safetensors_set (file, "progress", progress);
  foc_mlp_to_tensors (self->mlp, file);
  for (guint s = 0; s < foc_optimizer_n_states (self->settings.optimizer); s++)
    {
      g_autofree char *name = state_name (s);

      foc_safetensors_add (file, name, 1, self->mlp->n_parameters,
                           self->optimizer.states[s]);
    }
  foc_curve_to_tensor (self->curve, file, CURVE);
  sum = compute_sum (file);
  foc_safetensors_set (file, "sum", sum);

  return foc_safetensors_write (file, path, error);
}

/* How far the training was; FALSE if the numbers do not fit each other. */
static gboolean
read_progress (const FocTrainer *self,
               const FocSafetensors *file,
               const FocCurve *curve,
               guint *n_epochs)
{
  const char *text = foc_safetensors_get_string (file, "progress");
  g_autoptr (JsonObject) object = foc_json_parse (text, strlen (text), NULL);
  gint64 epochs, steps;

  if (object == NULL || !foc_json_get_int (object, "epochs", 0, FOC_LIMIT_EPOCHS, &epochs)
      || !foc_json_get_int (object, "steps", 0, G_MAXINT64, &steps)
      || (guint64) steps != (guint64) epochs * foc_trainer_count_batches (self))
    return FALSE;

  *n_epochs = (guint) epochs;
  return epochs == 0
           ? curve->len == 0
           : curve->len > 0
               && foc_curve_get (curve, curve->len - 1)->epoch == (double) epochs;
}

/* What is wrong with the checkpoint, as a clause, or NULL: then it was taken up.
 * Everything is looked at before anything is changed. */
static const char *
load_contents (FocTrainer *self, const FocSafetensors *file, guint max_epochs)
{
  guint n_states = foc_optimizer_n_states (self->settings.optimizer);
  const FocTensor *states[FOC_OPTIMIZER_MAX_STATES];
  g_autofree char *key = build_key (self);
  g_autofree char *sum = NULL;
  g_autoptr (FocMlp) mlp = NULL;
  g_autoptr (FocCurve) curve = NULL;
  const char *problem = NULL;
  guint n_epochs;

  if (g_strcmp0 (foc_safetensors_get_string (file, "format"), FORMAT) != 0)
    return _ ("it is no checkpoint of this version of the program");
  if (g_strcmp0 (foc_safetensors_get_string (file, "key"), key) != 0)
    return _ ("it belongs to another training");
  if (foc_safetensors_get_string (file, "progress") != NULL)
    sum = compute_sum (file);
  if (sum == NULL || g_strcmp0 (foc_safetensors_get_string (file, "sum"), sum) != 0)
    return _ ("it is damaged");

  mlp = foc_mlp_from_tensors (file, &problem);
  if (mlp == NULL)
    return problem;
  if (memcmp (&mlp->shape, &self->mlp->shape, sizeof mlp->shape) != 0)
    return _ ("the shapes of its layers do not fit each other");
  for (guint s = 0; s < n_states; s++)
    {
      g_autofree char *name = state_name (s);

      states[s] = foc_safetensors_get (file, name);
      if (states[s] == NULL || states[s]->n_values != mlp->n_parameters)
        return _ ("the state of the optimiser is missing");
    }
  curve = foc_curve_from_tensor (file, CURVE);
  if (curve == NULL || !read_progress (self, file, curve, &n_epochs))
    return _ ("its metadata are damaged");
  if (n_epochs > max_epochs)
    return _ ("its training went on for longer than this one");

  memcpy (self->mlp->parameters, mlp->parameters, mlp->n_parameters * sizeof (float));
  for (guint s = 0; s < n_states; s++)
    memcpy (self->optimizer.states[s], states[s]->values,
            mlp->n_parameters * sizeof (float));
  self->n_epochs = n_epochs;
  self->optimizer.n_steps = (guint64) n_epochs * foc_trainer_count_batches (self);
  g_array_unref (self->curve);
  self->curve = g_steal_pointer (&curve);
  g_atomic_pointer_set (&self->n_examples, (gsize) n_epochs * self->train.n_rows);
  return NULL;
}

gboolean
foc_trainer_load (FocTrainer *self, const char *path, GError **error)
{
  return foc_trainer_load_until (self, path, FOC_LIMIT_EPOCHS, error);
}

gboolean
foc_trainer_load_until (FocTrainer *self,
                        const char *path,
                        guint max_epochs,
                        GError **error)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_read (path, error);
  const char *problem;

  if (file == NULL)
    return FALSE;

  problem = load_contents (self, file, max_epochs);
  if (problem != NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, FOC_ERROR, FOC_ERROR_MODEL,
                   _ ("The checkpoint “%s” cannot be used: %s."), name, problem);
      return FALSE;
    }

  return TRUE;
}
