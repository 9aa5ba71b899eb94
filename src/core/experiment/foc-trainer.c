/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-trainer-private.h"

#include "foc-augment.h"
#include "foc-error.h"
#include "foc-progress.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define POINTS_PER_EPOCH 10

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

guint32
foc_trainer_count_batches (const FocTrainer *self)
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
  guint32 n_batches = foc_trainer_count_batches (self);
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
