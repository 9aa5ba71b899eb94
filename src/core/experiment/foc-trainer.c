/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-trainer.h"

#include "foc-augment.h"
#include "foc-blas.h"
#include "foc-error.h"
#include "foc-model-file.h"
#include "foc-progress.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define FORMAT "face-or-comic-checkpoint-1"
#define POINTS_PER_EPOCH 10
#define CURVE "curve"

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
  guint max_batch = MIN (settings->batch_size, train->n_rows);
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
  self->work = foc_mlp_work_new (&shape, max_batch);
  foc_batch_init (&self->batch, max_batch);
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

static guint32
count_batches (const FocTrainer *self)
{
  return (self->train.n_rows - 1) / self->settings.batch_size + 1;
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

/* Makes variants of the `n` pictures in self->batch. */
static void
vary (FocTrainer *self, guint n)
{
  FocBatch *batch = &self->batch;

  for (guint i = 0; i < n; i++)
    foc_augment (batch->features + (gsize) i * FOC_N_FEATURES, self->settings.seed,
                 self->n_epochs, batch->rows[i]);
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
  if (self->settings.augment)
    vary (self, n);
  foc_batch_normalise (batch, n);

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
                         &point.validation_accuracy, cancellable, error))
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
are_finite (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;

  return TRUE;
}

/* A loss can be finite a last time where the step behind it was too large. */
static gboolean
check_finite (const FocTrainer *self, GError **error)
{
  gsize n = self->mlp->n_parameters;
  gboolean finite = are_finite (self->mlp->parameters, n);

  for (guint s = 0; s < foc_optimizer_n_states (self->settings.optimizer); s++)
    finite = finite && are_finite (self->optimizer.states[s], n);
  if (!finite)
    set_diverged (self, error);

  return finite;
}

gboolean
foc_trainer_run_epoch (FocTrainer *self,
                       FocTrainerReport report,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  guint32 batch_size = self->settings.batch_size;
  guint32 n_batches = count_batches (self);
  gboolean dense = self->n_epochs < FOC_TRAINER_DENSE_EPOCHS;
  FocPermutation order;
  Segment segment = { 0 };
  guint n_parts = 0; /* tenths of this epoch that are done */
  gint64 next_report = g_get_monotonic_time () + FOC_PROGRESS_INTERVAL;

  foc_permutation_init (&order, self->train.n_rows, self->settings.seed, self->n_epochs);

  for (guint32 b = 0; b < n_batches; b++)
    {
      guint done = (guint) ((guint64) (b + 1) * POINTS_PER_EPOCH / n_batches);
      guint evaluated = n_parts * self->evaluations / POINTS_PER_EPOCH;
      gboolean last = b + 1 == n_batches;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !train_batch (self, &order, b * batch_size, &segment, error)
          || (last && !check_finite (self, error)))
        return FALSE;

      if (done == n_parts)
        {
          if (report != NULL && g_get_monotonic_time () >= next_report)
            {
              report (self, user_data);
              next_report = g_get_monotonic_time () + FOC_PROGRESS_INTERVAL;
            }
          continue;
        }
      n_parts = done;
      if ((dense || last)
          && !add_point (self, self->n_epochs + (double) (b + 1) / n_batches,
                         n_parts * self->evaluations / POINTS_PER_EPOCH > evaluated,
                         &segment, cancellable, error))
        return FALSE;
      if (report != NULL)
        report (self, user_data);
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
      || (guint64) steps != (guint64) epochs * count_batches (self))
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
  self->optimizer.n_steps = (guint64) n_epochs * count_batches (self);
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
