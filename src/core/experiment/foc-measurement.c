/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-measurement.h"

#include "foc-limits.h"

#include <math.h>

void
foc_measurement_clear (FocMeasurement *self)
{
  foc_confusion_clear (&self->confusion);
  g_clear_pointer (&self->rocs, g_free);
  g_clear_pointer (&self->mistakes, g_array_unref);
  *self = (FocMeasurement){ 0 };
}

void
foc_measurement_copy (const FocMeasurement *self, FocMeasurement *copy)
{
  const FocConfusion *confusion = &self->confusion;

  *copy = *self;
  copy->confusion.counts =
    g_memdup2 (confusion->counts,
               sizeof *confusion->counts * confusion->n_classes * confusion->n_classes);
  copy->rocs = g_memdup2 (self->rocs, sizeof *self->rocs * self->n_rocs);
  if (self->mistakes != NULL)
    g_array_ref (self->mistakes);
}

guint
foc_measurement_get_roc_class (const FocMeasurement *self, guint i)
{
  return self->n_rocs == 1 ? 1 : i;
}

static void
make_room (FocMeasurement *self, guint n_classes)
{
  foc_measurement_clear (self);
  foc_confusion_init (&self->confusion, n_classes);
  self->n_rocs = n_classes > 2 ? n_classes : 1;
  self->rocs = g_new0 (FocRoc, self->n_rocs);
}

static void
set_accuracy (FocMeasurement *self)
{
  self->accuracy = foc_confusion_accuracy (&self->confusion);
  foc_wilson_interval (foc_confusion_correct (&self->confusion),
                       foc_confusion_total (&self->confusion), &self->interval[0],
                       &self->interval[1]);
}

typedef struct
{
  const FocModel *model;
  FocMeasurement *result;
  double loss; /* summed */
  FocScores scores;
  float *probabilities;
} Measure;

static void
add_mistake (FocMeasurement *self, guint32 row, guint answer)
{
  const FocMistake mistake = { row, (guint16) answer };

  if (self->mistakes == NULL)
    return;
  if (self->mistakes->len == FOC_MEASUREMENT_MAX_MISTAKES)
    g_clear_pointer (&self->mistakes, g_array_unref);
  else
    g_array_append_val (self->mistakes, mistake);
}

static void
measure_batch (const FocForward *forward, gpointer user_data)
{
  Measure *measure = user_data;
  const FocModel *model = measure->model;
  FocMeasurement *result = measure->result;
  guint n_classes = foc_model_get_n_classes (model);

  measure->loss +=
    foc_mlp_loss (forward->logits, forward->labels, forward->n, n_classes, NULL);
  for (guint i = 0; i < forward->n; i++)
    {
      const float *logits = forward->logits + (gsize) i * n_classes;
      guint label = forward->labels[i];
      FocAnswer answer;

      foc_model_judge (model, forward->features + (gsize) i * FOC_N_FEATURES, logits,
                       measure->probabilities, &answer);
      foc_confusion_add (&result->confusion, label, answer.label);
      if (answer.label != label)
        add_mistake (result, forward->rows[i], answer.label);
      foc_scores_add (&measure->scores, logits, label);
      if (answer.doubt == FOC_DOUBT_NONE)
        {
          result->n_answered++;
          result->n_answered_wrongly += answer.label != label;
        }
    }
}

gboolean
foc_measure (const FocModel *model,
             const FocExamples *examples,
             FocMeasurement *result,
             GCancellable *cancellable,
             GError **error)
{
  guint n_classes = foc_model_get_n_classes (model);
  g_auto (FocScores) scores = { 0 };
  g_autofree float *probabilities = g_new (float, n_classes);
  Measure measure = { .model = model, .result = result, .probabilities = probabilities };
  gboolean ok;

  make_room (result, n_classes);
  result->mistakes = g_array_new (FALSE, FALSE, sizeof (FocMistake));
  foc_scores_init (&measure.scores, n_classes, examples->n_rows);
  ok = foc_examples_forward (model->mlp, examples, measure_batch, &measure, cancellable,
                             error);
  scores = measure.scores;
  if (!ok)
    return FALSE;

  set_accuracy (result);
  result->loss = measure.loss / examples->n_rows;
  foc_calibration_measure (&result->calibration, &scores, model->temperature);
  foc_calibration_measure (&result->uncalibrated, &scores, 1.0);
  for (guint i = 0; i < result->n_rocs; i++)
    {
      foc_roc_measure (&result->rocs[i], &scores,
                       foc_measurement_get_roc_class (result, i));
      if (n_classes > FOC_MEASUREMENT_MAX_CURVES)
        result->rocs[i].n_points = 0;
    }
  result->measured = TRUE;
  return TRUE;
}

/* As JSON. Writing */

static void
confusion_to_json (const FocConfusion *confusion, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "confusion");
  json_builder_begin_array (builder);
  for (guint t = 0; t < confusion->n_classes; t++)
    {
      json_builder_begin_array (builder);
      for (guint a = 0; a < confusion->n_classes; a++)
        json_builder_add_int_value (builder,
                                    (gint64) foc_confusion_get (confusion, t, a));
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
calibration_to_json (const FocCalibration *calibration,
                     const char *name,
                     JsonBuilder *builder)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      const FocCalibrationBin *bin = &calibration->bins[i];

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, (gint64) bin->n);
      foc_json_add_double_value (builder, bin->confidence);
      foc_json_add_double_value (builder, bin->accuracy);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
roc_to_json (const FocRoc *roc, guint label, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  foc_json_add_int (builder, "class", label);
  foc_json_add_double (builder, "auc", roc->auc);
  json_builder_set_member_name (builder, "points");
  json_builder_begin_array (builder);
  for (guint i = 0; i < roc->n_points; i++)
    {
      double point[] = { roc->points[i].false_positive_rate,
                         roc->points[i].true_positive_rate };

      foc_json_add_doubles_value (builder, point, G_N_ELEMENTS (point));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
mistakes_to_json (const GArray *mistakes, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "mistakes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < mistakes->len; i++)
    {
      const FocMistake *mistake = &g_array_index (mistakes, FocMistake, i);

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, mistake->row);
      json_builder_add_int_value (builder, mistake->answer);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

void
foc_measurement_to_json (const FocMeasurement *self, JsonBuilder *builder)
{
  if (!self->measured)
    return;

  foc_json_add_double (builder, "accuracy", self->accuracy);
  foc_json_add_double (builder, "loss", self->loss);
  foc_json_add_doubles (builder, "interval", self->interval, 2);
  confusion_to_json (&self->confusion, builder);
  if (self->mistakes != NULL)
    mistakes_to_json (self->mistakes, builder);
  foc_json_add_int (builder, "answered", (gint64) self->n_answered);
  foc_json_add_int (builder, "answered_wrongly", (gint64) self->n_answered_wrongly);
  foc_json_add_double (builder, "calibration_error", self->calibration.error);
  calibration_to_json (&self->calibration, "calibration", builder);
  calibration_to_json (&self->uncalibrated, "uncalibrated", builder);
  json_builder_set_member_name (builder, "roc");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_rocs; i++)
    roc_to_json (&self->rocs[i], foc_measurement_get_roc_class (self, i), builder);
  json_builder_end_array (builder);
}

/* Reading: each returns FALSE where something is missing or not as it should be. */

static gboolean
read_confusion (FocConfusion *confusion, JsonObject *object)
{
  guint n_classes = confusion->n_classes;
  JsonArray *rows, *row;

  if (!foc_json_get_array (object, "confusion", n_classes, &rows)
      || json_array_get_length (rows) != n_classes)
    return FALSE;

  for (guint t = 0; t < n_classes; t++)
    {
      if (!foc_json_array_get_array (rows, t, n_classes, &row)
          || json_array_get_length (row) != n_classes)
        return FALSE;
      for (guint a = 0; a < n_classes; a++)
        {
          gint64 count;

          if (!foc_json_array_get_int (row, a, 0, FOC_LIMIT_ROWS, &count))
            return FALSE;
          confusion->counts[(gsize) t * n_classes + a] = (guint64) count;
        }
    }

  return TRUE;
}

static gboolean
read_mistakes (FocMeasurement *self, JsonObject *object)
{
  JsonArray *mistakes, *pair;
  gint64 row, answer, least = 0;

  if (!json_object_has_member (object, "mistakes"))
    return TRUE;
  if (!foc_json_get_array (object, "mistakes", FOC_MEASUREMENT_MAX_MISTAKES, &mistakes)
      || json_array_get_length (mistakes)
           != foc_confusion_total (&self->confusion)
                - foc_confusion_correct (&self->confusion))
    return FALSE;

  self->mistakes = g_array_new (FALSE, FALSE, sizeof (FocMistake));
  for (guint i = 0; i < json_array_get_length (mistakes); i++)
    {
      if (!foc_json_array_get_array (mistakes, i, 2, &pair)
          || json_array_get_length (pair) != 2
          || !foc_json_array_get_int (pair, 0, least, FOC_LIMIT_ROWS, &row)
          || !foc_json_array_get_int (pair, 1, 0, self->confusion.n_classes - 1, &answer))
        return FALSE;
      add_mistake (self, (guint32) row, (guint) answer);
      least = row + 1;
    }
  return TRUE;
}

static gboolean
read_calibration (FocCalibration *calibration,
                  JsonObject *object,
                  const char *name,
                  guint64 total)
{
  JsonArray *bins, *bin;
  guint64 sum = 0;

  if (!foc_json_get_array (object, name, FOC_CALIBRATION_BINS, &bins)
      || json_array_get_length (bins) != FOC_CALIBRATION_BINS)
    return FALSE;

  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      FocCalibrationBin *into = &calibration->bins[i];
      gint64 n;

      if (!foc_json_array_get_array (bins, i, 3, &bin) || json_array_get_length (bin) != 3
          || !foc_json_array_get_int (bin, 0, 0, FOC_LIMIT_ROWS, &n)
          || !foc_json_array_get_double (bin, 1, 0, 1, &into->confidence)
          || !foc_json_array_get_double (bin, 2, 0, 1, &into->accuracy)
          || (n > 0 && !(isfinite (into->confidence) && isfinite (into->accuracy))))
        return FALSE;
      into->n = (guint64) n;
      sum += into->n;
    }
  if (sum > total)
    return FALSE;

  calibration->error = foc_calibration_sum_up (calibration);
  return TRUE;
}

static gboolean
read_roc (FocRoc *roc, guint label, JsonObject *object)
{
  JsonArray *points, *point;
  gint64 number;

  if (!foc_json_get_int (object, "class", label, label, &number)
      || !foc_json_get_double (object, "auc", 0, 1, &roc->auc)
      || !foc_json_get_array (object, "points", FOC_ROC_MAX_POINTS, &points))
    return FALSE;

  roc->n_points = json_array_get_length (points);
  for (guint i = 0; i < roc->n_points; i++)
    {
      FocRocPoint *into = &roc->points[i];

      if (!foc_json_array_get_array (points, i, 2, &point)
          || json_array_get_length (point) != 2
          || !foc_json_array_get_double (point, 0, 0, 1, &into->false_positive_rate)
          || !foc_json_array_get_double (point, 1, 0, 1, &into->true_positive_rate)
          || !(into->false_positive_rate >= (i > 0 ? into[-1].false_positive_rate : 0))
          || !(into->true_positive_rate >= (i > 0 ? into[-1].true_positive_rate : 0)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_rocs (FocMeasurement *self, JsonObject *object)
{
  JsonArray *rocs;
  JsonObject *roc;

  if (!foc_json_get_array (object, "roc", self->n_rocs, &rocs)
      || json_array_get_length (rocs) != self->n_rocs)
    return FALSE;

  for (guint i = 0; i < self->n_rocs; i++)
    if (!foc_json_array_get_object (rocs, i, &roc)
        || !read_roc (&self->rocs[i], foc_measurement_get_roc_class (self, i), roc))
      return FALSE;

  return TRUE;
}

gboolean
foc_measurement_from_json (FocMeasurement *self,
                           JsonObject *object,
                           guint n_classes,
                           guint64 total)
{
  gint64 answered, wrongly;

  if (!json_object_has_member (object, "confusion"))
    return TRUE;

  make_room (self, n_classes);
  if (!foc_json_get_double (object, "loss", 0, G_MAXDOUBLE, &self->loss)
      || !read_confusion (&self->confusion, object) || total == 0
      || foc_confusion_total (&self->confusion) != total || !read_mistakes (self, object)
      || !foc_json_get_int (object, "answered", 0, (gint64) total, &answered)
      || !foc_json_get_int (object, "answered_wrongly", 0, answered, &wrongly)
      || !read_calibration (&self->calibration, object, "calibration", total)
      || !read_calibration (&self->uncalibrated, object, "uncalibrated", total)
      || !read_rocs (self, object))
    return FALSE;

  /* "accuracy", "interval" and the like are for other readers: they follow from the
   * rest. */
  set_accuracy (self);
  self->n_answered = (guint64) answered;
  self->n_answered_wrongly = (guint64) wrongly;
  self->measured = TRUE;
  return TRUE;
}
