/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-record.h"

#include "foc-error.h"

#include <string.h>

static FocAnswerRecord *
allocate (GRefString *path, FocLoadedModel *model, guint n_probabilities)
{
  gsize size = sizeof (FocAnswerRecord) + n_probabilities * sizeof (float);
  FocAnswerRecord *self = g_atomic_rc_box_alloc0 (size);

  self->path = g_ref_string_acquire (path);
  self->model = g_object_ref (model);
  self->hand_label = -1;
  return self;
}

static guint
get_n_classes (FocLoadedModel *model)
{
  return foc_model_get_n_classes (foc_loaded_model_get_model (model));
}

FocAnswerRecord *
foc_answer_record_new (GRefString *path,
                       FocLoadedModel *model,
                       const FocClassification *result)
{
  guint n = result->error == NULL ? get_n_classes (model) : 0;
  FocAnswerRecord *self = allocate (path, model, n);

  if (result->error != NULL)
    {
      self->error = g_strdup (result->error->message);
      if (result->error->domain == FOC_ERROR)
        self->reason = foc_error_image_reason (result->error->code);
      return self;
    }

  self->answer = result->answer;
  memcpy (self->probabilities, result->probabilities, n * sizeof (float));
  return self;
}

static FocAnswerRecord *
copy_for (const FocAnswerRecord *self, FocLoadedModel *model)
{
  guint n = self->error == NULL ? get_n_classes (model) : 0;
  FocAnswerRecord *copy = allocate (self->path, model, n);

  copy->error = g_strdup (self->error);
  copy->reason = self->reason;
  copy->kept_class = g_strdup (self->kept_class);
  copy->answer = self->answer;
  if (n > 0)
    memcpy (copy->probabilities, self->probabilities, n * sizeof (float));
  return copy;
}

FocAnswerRecord *
foc_answer_record_set_by_hand (const FocAnswerRecord *self, const char *class_name)
{
  const char *const *names = foc_answer_record_get_class_names (self);
  FocAnswerRecord *copy = copy_for (self, self->model);

  if (self->error != NULL)
    {
      g_free (copy->kept_class);
      copy->kept_class = g_strdup (class_name);
      return copy;
    }
  for (guint i = 0; class_name != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], class_name))
      copy->hand_label = (int) i;
  return copy;
}

FocAnswerRecord *
foc_answer_record_judge (const FocAnswerRecord *self, FocLoadedModel *model)
{
  FocAnswerRecord *copy = copy_for (self, model);

  copy->hand_label = self->hand_label;
  if (copy->error == NULL)
    copy->answer.doubt =
      foc_model_find_doubt (foc_loaded_model_get_model (model), &copy->answer);
  return copy;
}

FocAnswerRecord *
foc_answer_record_ref (FocAnswerRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  FocAnswerRecord *self = data;

  g_ref_string_release (self->path);
  g_object_unref (self->model);
  g_free (self->error);
  g_free (self->kept_class);
}

void
foc_answer_record_unref (FocAnswerRecord *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

FocAnswerState
foc_answer_record_get_state (const FocAnswerRecord *self)
{
  if (self->error != NULL)
    return FOC_ANSWER_FAILED;

  return self->answer.doubt == FOC_DOUBT_NONE ? FOC_ANSWER_ANSWERED : FOC_ANSWER_NOT_SURE;
}

const char *const *
foc_answer_record_get_class_names (const FocAnswerRecord *self)
{
  return (const char *const *) foc_loaded_model_get_model (self->model)->class_names;
}

const char *
foc_answer_record_get_kept_class (const FocAnswerRecord *self)
{
  return self->error != NULL ? self->kept_class : foc_answer_record_get_hand_class (self);
}

const char *
foc_answer_record_get_hand_class (const FocAnswerRecord *self)
{
  return self->hand_label >= 0
           ? foc_answer_record_get_class_names (self)[self->hand_label]
           : NULL;
}

const char *
foc_answer_record_get_class (const FocAnswerRecord *self)
{
  if (self->error != NULL)
    return NULL;
  if (self->hand_label >= 0)
    return foc_answer_record_get_hand_class (self);

  return foc_answer_record_get_class_names (self)[self->answer.label];
}

double
foc_answer_record_get_confidence (const FocAnswerRecord *self)
{
  return self->error == NULL && self->hand_label < 0 ? self->answer.probability : -1;
}
