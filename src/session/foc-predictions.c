/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-predictions.h"

#include "foc-blas.h"
#include "foc-explain-job.h"
#include "foc-examples.h"
#include "foc-parallel.h"

#include <float.h>
#include <glib/gi18n-lib.h>
#include <math.h>

/* Pictures that are asked about at once. */
#define BATCH 256

static void
predictions_clear (gpointer data)
{
  FocPredictions *self = data;

  g_object_unref (self->model);
  g_free (self->answers);
  g_free (self->probabilities);
  g_free (self->losses);
  g_free (self->doubts);
  g_free (self->wrong);
}

FocPredictions *
foc_predictions_ref (FocPredictions *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
foc_predictions_unref (FocPredictions *self)
{
  g_atomic_rc_box_release_full (self, predictions_clear);
}

typedef struct
{
  FocPredictions *predictions;
  const FocModel *model;
  const FocCatalog *catalog;
  const guint16 *map; /* labels of the data set by classes of the model; nullable */
} Asking;

/* Where the answer for picture `row` goes, given the probabilities of all classes. */
static void
keep (const Asking *asking,
      guint32 row,
      guint16 label,
      const FocAnswer *answer,
      const float *probabilities)
{
  FocPredictions *self = asking->predictions;

  self->answers[row] = (guint16) answer->label;
  self->probabilities[row] = (float) answer->probability;
  self->doubts[row] = (guint8) answer->doubt;
  if (asking->map == NULL)
    return;

  self->wrong[row] = asking->map[answer->label] != label;
  for (guint i = 0; i < foc_model_get_n_classes (asking->model); i++)
    if (asking->map[i] == label)
      self->losses[row] = -logf (MAX (probabilities[i], FLT_MIN));
}

/* The pictures from index * BATCH on. */
static gboolean
ask (guint32 index, gpointer data, GError **error)
{
  const Asking *asking = data;
  const FocMlp *mlp = asking->model->mlp;
  guint n_classes = foc_model_get_n_classes (asking->model);
  guint32 n_rows = asking->predictions->n_rows;
  g_autofree float *probabilities = g_new (float, n_classes);
  g_autoptr (FocMlpWork) work = NULL;
  g_auto (FocBatch) batch = { 0 };
  const float *logits;
  guint n = 0;

  foc_batch_init (&batch, BATCH);
  for (guint32 row = index * BATCH; row < n_rows && row < (index + 1) * BATCH; row++)
    if (foc_catalog_get_status (asking->catalog, row) == 0
        && !foc_sealed_covers (asking->predictions->sealed, asking->catalog, row))
      batch.rows[n++] = row;
  if (n == 0)
    return TRUE;
  if (!foc_batch_read (&batch, asking->catalog->store, n, error))
    return FALSE;
  foc_batch_normalise (&batch, n);

  foc_blas_begin_thread ();
  work = foc_mlp_work_new (&mlp->shape, n);
  logits = foc_mlp_forward (mlp, work, batch.x, n);
  for (guint i = 0; i < n; i++)
    {
      FocAnswer answer;

      foc_model_judge (asking->model, batch.features + i * FOC_N_FEATURES,
                       logits + i * n_classes, probabilities, &answer);
      keep (asking, batch.rows[i], batch.labels[i], &answer, probabilities);
    }
  return TRUE;
}

/* Batches as progress in pictures. */
typedef struct
{
  FocProgress progress;
  gpointer user_data;
  guint32 n_rows;
} Report;

static void
report (guint64 done, guint64 total, gpointer user_data)
{
  const Report *self = user_data;

  if (self->progress != NULL)
    self->progress (MIN (done * BATCH, self->n_rows), self->n_rows, self->user_data);
}

FocPredictions *
foc_predictions_make (FocLoadedModel *model,
                      const FocCatalog *catalog,
                      guint jobs,
                      FocProgress progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  FocPredictions *self = g_atomic_rc_box_new0 (FocPredictions);
  guint32 n = foc_dataset_get_n_pictures (catalog->dataset);
  g_autofree guint16 *map = foc_loaded_model_map_classes (model, catalog->dataset);
  Asking asking = { .predictions = self,
                    .model = foc_loaded_model_get_model (model),
                    .catalog = catalog,
                    .map = map };
  Report told = { progress, user_data, n };

  self->model = g_object_ref (model);
  self->n_rows = n;
  self->sealed = foc_loaded_model_get_sealed (model, catalog);
  self->comparable = map != NULL;
  self->answers = g_new0 (guint16, n);
  self->probabilities = g_new (float, n);
  self->losses = g_new (float, n);
  self->doubts = g_new0 (guint8, n);
  self->wrong = g_new0 (guint8, n);
  for (guint32 row = 0; row < n; row++)
    self->probabilities[row] = self->losses[row] = NAN;

  if (!foc_parallel ((n + BATCH - 1) / BATCH, jobs, ask, &asking, report, &told,
                     cancellable, error))
    {
      foc_predictions_unref (self);
      return NULL;
    }

  for (guint32 row = 0; row < n; row++)
    self->n_wrong += self->wrong[row];
  return self;
}

static const char *
describe_seal (FocSealBreach breach)
{
  switch (breach)
    {
    case FOC_BREACH_CHANGED:
      return _ (
        "Under seal: the pictures have changed since the model was trained, and any "
        "of them may be one of its holdout set, whose result nobody has looked at "
        "yet.");
    case FOC_BREACH_NO_RUN:
      return _ (
        "Under seal: what the model says to pictures of its holdout set stays "
        "hidden until somebody has looked there, and the run that could measure it "
        "is not among yours.");
    case FOC_BREACH_BY_RUN:
    default:
      return _ ("Under seal: what the model says to pictures of the holdout set stays "
                "hidden until its result there has been looked at on the Train page.");
    }
}

gboolean
foc_verdict_make (FocVerdict *self,
                  FocLoadedModel *model,
                  const FocCatalog *catalog,
                  guint32 row,
                  GError **error)
{
  const FocModel *asked = foc_loaded_model_get_model (model);
  g_autoptr (FocMlpWork) work = NULL;

  if (foc_sealed_covers (foc_loaded_model_get_sealed (model, catalog), catalog, row))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                           describe_seal (foc_loaded_model_get_breach (model, catalog)));
      return FALSE;
    }
  if (!foc_feature_store_read (catalog->store, &row, 1, self->features, error))
    return FALSE;

  self->explained = (FocExplained){ 0 };
  if (!foc_explains_at_once (model))
    return TRUE;
  work = foc_mlp_work_new (&asked->mlp->shape, 1);
  foc_blas_begin_thread ();
  foc_model_explain (asked, work, self->features, &self->explained);
  return TRUE;
}

void
foc_verdict_clear (FocVerdict *self)
{
  foc_explained_clear (&self->explained);
}
