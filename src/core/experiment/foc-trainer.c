/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-trainer.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-model-file.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define FORMAT "face-or-comic-checkpoint-1"
#define POINTS_PER_EPOCH 10

struct _FocTrainer
{
  FocTrainingSettings settings;
  FocExamples train;
  FocExamples validation; /* no rows: none */
  guint evaluations;

  FocMlp *mlp;
  FocOptimizer optimizer;
  guint n_epochs;
  FocCurve *curve;
  gsize n_examples; /* atomic */

  FocMlpWork *work;
  FocBatch batch;
  float *gradient; /* NULL for plain SGD, which needs none */
};

FocTrainer *
foc_trainer_new (const FocTrainingSettings *settings,
                 double learning_rate,
                 const FocExamples *train,
                 const FocExamples *validation)
{
  FocTrainer *self = g_new0 (FocTrainer, 1);
  FocMlpShape shape;
  FocRng rng;

  self->settings = *settings;
  self->train = *train;
  if (validation != NULL)
    self->validation = *validation;
  self->evaluations = 1;
  self->curve = foc_curve_new ();

  foc_training_settings_get_shape (
    settings, foc_feature_store_get_n_classes (train->store), &shape);
  self->mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, settings->seed, FOC_RNG_STREAM_WEIGHTS);
  foc_mlp_initialise (self->mlp, &rng);

  foc_optimizer_init (&self->optimizer, settings->optimizer, learning_rate,
                      settings->momentum, self->mlp->n_parameters);
  self->work = foc_mlp_work_new (&shape, settings->batch_size);
  foc_batch_init (&self->batch, settings->batch_size);
  if (settings->optimizer != FOC_OPTIMIZER_SGD)
    self->gradient = g_new (float, self->mlp->n_parameters);

  return self;
}

void
foc_trainer_free (FocTrainer *self)
{
  foc_mlp_free (self->mlp);
  foc_optimizer_clear (&self->optimizer);
  g_array_unref (self->curve);
  foc_mlp_work_free (self->work);
  foc_batch_clear (&self->batch);
  g_free (self->gradient);
  g_free (self);
}

void
foc_trainer_set_evaluations (FocTrainer *self, guint per_epoch)
{
  self->evaluations = CLAMP (per_epoch, 1, POINTS_PER_EPOCH);
}

guint
foc_trainer_get_n_epochs (const FocTrainer *self)
{
  return self->n_epochs;
}

guint64
foc_trainer_get_n_examples (FocTrainer *self)
{
  return (guint64) (gsize) g_atomic_pointer_get (&self->n_examples);
}

const FocMlp *
foc_trainer_get_mlp (const FocTrainer *self)
{
  return self->mlp;
}

const FocCurve *
foc_trainer_get_curve (const FocTrainer *self)
{
  return self->curve;
}

static void
set_diverged (const FocTrainer *self, GError **error)
{
  g_set_error (
    error, FOC_ERROR, FOC_ERROR_DIVERGED,
    _ ("Training with the learning rate %g went beyond all numbers in epoch %u. "
       "Try a learning rate ten times smaller."),
    self->optimizer.learning_rate, self->n_epochs + 1);
}

/* What was seen since the last point of the curve. */
typedef struct
{
  double loss; /* summed */
  guint correct;
  guint32 n;
} Segment;

/* Learns from the `n` examples in self->batch. Returns their summed loss before. */
static double
make_step (FocTrainer *self, guint n, guint *n_correct)
{
  FocOptimizer *optimizer = &self->optimizer;
  const FocBatch *batch = &self->batch;
  double loss;

  if (optimizer->kind == FOC_OPTIMIZER_SGD)
    {
      optimizer->n_steps++;
      return foc_mlp_descend (self->mlp, self->work, batch->x, batch->labels, n,
                              (float) optimizer->learning_rate, n_correct);
    }

  loss = foc_mlp_gradient (self->mlp, self->work, batch->x, batch->labels, n,
                           self->gradient, n_correct);
  foc_optimizer_step (optimizer, self->mlp->parameters, self->gradient);
  return loss;
}

static gboolean
train_batch (FocTrainer *self,
             const FocPermutation *order,
             guint32 first,
             Segment *segment,
             GError **error)
{
  guint n = MIN (self->settings.batch_size, self->train.n_rows - first);
  FocBatch *batch = &self->batch;
  guint correct;
  double loss;

  for (guint i = 0; i < n; i++)
    batch->rows[i] = self->train.rows[foc_permutation_at (order, first + i)];
  if (!foc_batch_read (batch, self->train.store, n, error))
    return FALSE;

  loss = make_step (self, n, &correct);
  if (!isfinite (loss))
    {
      set_diverged (self, error);
      return FALSE;
    }

  segment->loss += loss;
  segment->correct += correct;
  segment->n += n;
  g_atomic_pointer_add (&self->n_examples, n);
  return TRUE;
}

static gboolean
add_point (FocTrainer *self,
           double epoch,
           gboolean evaluate,
           Segment *segment,
           GCancellable *cancellable,
           GError **error)
{
  FocCurvePoint point = {
    .epoch = epoch,
    .training_loss = segment->loss / segment->n,
    .training_accuracy = (double) segment->correct / segment->n,
    .validation_loss = NAN,
    .validation_accuracy = NAN,
  };

  if (evaluate && self->validation.n_rows > 0)
    {
      if (!foc_evaluate (self->mlp, &self->validation, &point.validation_loss,
                         &point.validation_accuracy, NULL, cancellable, error))
        return FALSE;
      if (!isfinite (point.validation_loss))
        {
          set_diverged (self, error);
          return FALSE;
        }
    }

  g_array_append_val (self->curve, point);
  *segment = (Segment){ 0 };
  return TRUE;
}

static gboolean
is_finite (const FocMlp *mlp)
{
  for (gsize i = 0; i < mlp->n_parameters; i++)
    if (!isfinite (mlp->parameters[i]))
      return FALSE;

  return TRUE;
}

gboolean
foc_trainer_run_epoch (FocTrainer *self,
                       FocTrainerReport report,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  guint32 batch_size = self->settings.batch_size;
  guint32 n_batches = (self->train.n_rows - 1) / batch_size + 1;
  FocPermutation order;
  Segment segment = { 0 };
  guint n_points = 0; /* of this epoch */

  foc_permutation_init (&order, self->train.n_rows, self->settings.seed, self->n_epochs);

  for (guint32 b = 0; b < n_batches; b++)
    {
      guint due = (guint) ((guint64) (b + 1) * POINTS_PER_EPOCH / n_batches);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !train_batch (self, &order, b * batch_size, &segment, error))
        return FALSE;

      if (due > n_points)
        {
          guint evaluated = n_points * self->evaluations / POINTS_PER_EPOCH;
          double epoch = self->n_epochs + (double) (b + 1) / n_batches;

          n_points = due;
          if (!add_point (self, epoch,
                          n_points * self->evaluations / POINTS_PER_EPOCH > evaluated,
                          &segment, cancellable, error))
            return FALSE;
          if (report != NULL)
            report (self, user_data);
        }
    }

  if (!is_finite (self->mlp))
    {
      set_diverged (self, error);
      return FALSE;
    }

  self->n_epochs++;
  return TRUE;
}

/* Names all that the bits of the trajectory depend on. */
static char *
build_key (const FocTrainer *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const FocTrainingSettings *settings = &self->settings;
  char rate[G_ASCII_DTOSTR_BUF_SIZE], momentum[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  text = g_strdup_printf (
    "%s %s %s %s %u %s %s %" G_GUINT64_FORMAT " %u ", FOC_VERSION, foc_blas_core_name (),
    foc_feature_store_get_digest (self->train.store),
    g_ascii_dtostr (rate, sizeof rate, self->optimizer.learning_rate),
    settings->batch_size, foc_optimizer_kind_to_string (settings->optimizer),
    g_ascii_dtostr (momentum, sizeof momentum, settings->momentum), settings->seed,
    self->evaluations);
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

gboolean
foc_trainer_save (const FocTrainer *self, const char *path, GError **error)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *key = build_key (self);
  g_autofree char *progress = NULL;

  json_builder_begin_object (builder);
  foc_json_add_int (builder, "epochs", self->n_epochs);
  foc_json_add_int (builder, "steps", (gint64) self->optimizer.n_steps);
  json_builder_set_member_name (builder, "curve");
  foc_curve_to_json (self->curve, builder);
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

  return foc_safetensors_write (file, path, error);
}

static gboolean
load_progress (FocTrainer *self, const FocSafetensors *file)
{
  const char *text = foc_safetensors_get_string (file, "progress");
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (FocCurve) curve = NULL;
  gint64 n_epochs, n_steps;
  JsonArray *points;

  if (text != NULL)
    object = foc_json_parse (text, strlen (text), NULL);
  if (object == NULL
      || !foc_json_get_int (object, "epochs", 0, FOC_LIMIT_EPOCHS, &n_epochs)
      || !foc_json_get_int (object, "steps", 0, G_MAXINT64, &n_steps)
      || !foc_json_get_array (object, "curve", G_MAXUINT, &points))
    return FALSE;
  curve = foc_curve_from_json (points);
  if (curve == NULL)
    return FALSE;

  self->n_epochs = (guint) n_epochs;
  self->optimizer.n_steps = (guint64) n_steps;
  g_array_unref (self->curve);
  self->curve = g_steal_pointer (&curve);
  g_atomic_pointer_set (&self->n_examples, (gsize) self->n_epochs * self->train.n_rows);
  return TRUE;
}

/* What is wrong with the checkpoint, as a clause, or NULL: then it was taken up.
 * Everything is looked at before anything is changed. */
static const char *
load_contents (FocTrainer *self, const FocSafetensors *file)
{
  guint n_states = foc_optimizer_n_states (self->settings.optimizer);
  const FocTensor *states[FOC_OPTIMIZER_MAX_STATES];
  g_autofree char *key = build_key (self);
  g_autoptr (FocMlp) mlp = NULL;
  const char *problem = NULL;

  if (g_strcmp0 (foc_safetensors_get_string (file, "format"), FORMAT) != 0)
    return _ ("it is no checkpoint of this version of the program");
  if (g_strcmp0 (foc_safetensors_get_string (file, "key"), key) != 0)
    return _ ("it belongs to another training");

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
  if (!load_progress (self, file))
    return _ ("its metadata are damaged");

  memcpy (self->mlp->parameters, mlp->parameters, mlp->n_parameters * sizeof (float));
  for (guint s = 0; s < n_states; s++)
    memcpy (self->optimizer.states[s], states[s]->values,
            mlp->n_parameters * sizeof (float));
  return NULL;
}

gboolean
foc_trainer_load (FocTrainer *self, const char *path, GError **error)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_read (path, error);
  const char *problem;

  if (file == NULL)
    return FALSE;

  problem = load_contents (self, file);
  if (problem != NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, FOC_ERROR, FOC_ERROR_MODEL,
                   _ ("The checkpoint “%s” cannot be used: %s."), name, problem);
      return FALSE;
    }

  return TRUE;
}
