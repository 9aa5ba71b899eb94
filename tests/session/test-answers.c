/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-answers.h"

#include "foc-dataset.h"
#include "foc-image-private.h"
#include "foc-limits.h"

#include "test-catalog.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-pictures.h"

#include <string.h>

static FocLoadedModel *
new_model (const char *names, guint64 seed)
{
  FocLoadedModel *model = test_model_new (names, seed);

  foc_model_set_threshold ((FocModel *) foc_loaded_model_get_model (model), 0.5);
  return model;
}

void
test_answers_set_up (AnswersFixture *self, gconstpointer data)
{
  self->root = test_folder_new ();
  self->model = new_model ("b a", 1);
  self->other = new_model ("a dog", 2);
  self->list = foc_answer_list_new ();
  foc_answer_list_set_model (self->list, self->model);
  self->log = g_string_new (NULL);
  test_log_signals (G_OBJECT (self->list),
                    "items-changed summary-changed revised notice empty notify::is-stale "
                    "notify::job",
                    self->log);
}

void
test_answers_tear_down (AnswersFixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->list);
  g_assert_true (foc_job_wait_for_workers (60000));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->model);
  g_object_unref (self->other);
  g_string_free (self->log, TRUE);
  test_folder_delete (self->root);
  g_free (self->root);
}

void
test_answers_draw (AnswersFixture *self, const char *name, guint seed)
{
  g_autoptr (GdkPixbuf) pixbuf =
    test_picture_new (40 + 7 * (int) (seed % 20), 60 - (int) (seed % 20), FALSE);
  g_autoptr (GBytes) bytes = test_jpeg (pixbuf, TEST_JPEG_COLOUR, FALSE, 0, FALSE);

  test_add_file (self->root, name, g_bytes_get_data (bytes, NULL),
                 g_bytes_get_size (bytes));
}

void
test_answers_begin (AnswersFixture *self, ...)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  va_list names;

  va_start (names, self);
  while ((name = va_arg (names, const char *)) != NULL)
    g_ptr_array_add (paths, test_path (self->root, name));
  va_end (names);

  foc_answer_list_add (self->list, (const char *const *) paths->pdata, paths->len);
}

void
test_answers_wait (AnswersFixture *self)
{
  TEST_WAIT (foc_answer_list_get_job (self->list) == NULL);
}

FocAnswerItem *
test_answers_find (AnswersFixture *self, const char *name)
{
  GListModel *model = G_LIST_MODEL (self->list);
  g_autofree char *path = test_path (self->root, name);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FocAnswerItem) item = g_list_model_get_item (model, i);

      g_assert_cmpuint (foc_answer_item_get_row (item), ==, i);
      if (g_str_equal (foc_answer_item_get_path (item), path))
        return g_steal_pointer (&item);
    }
  g_error ("%s is not there", name);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return foc_natural_compare (*(const char *const *) a, *(const char *const *) b);
}

char *
test_answers_list (AnswersFixture *self)
{
  g_autoptr (GPtrArray) records = foc_answer_list_get_records (self->list);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (records, i);

      g_assert_true (g_str_has_prefix (record->path, self->root));
      g_ptr_array_add (names, record->path + strlen (self->root) + 1);
    }
  g_ptr_array_sort (names, compare);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

void
test_answers_check_summary (AnswersFixture *self)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (self->list);
  g_autoptr (GPtrArray) records = foc_answer_list_get_records (self->list);
  guint n_not_sure = 0, n_failed = 0, n_by_hand = 0;
  g_autofree guint *n = g_new0 (guint, summary->n_classes);

  for (guint i = 0; i < records->len; i++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (records, i);
      FocAnswerState state = foc_answer_record_get_state (record);
      gboolean is_by_hand = record->hand_label >= 0;

      n_by_hand += is_by_hand;
      n_failed += state == FOC_ANSWER_FAILED;
      n_not_sure += state == FOC_ANSWER_NOT_SURE && !is_by_hand;
      for (guint j = 0; j < summary->n_classes; j++)
        if (is_by_hand || state == FOC_ANSWER_ANSWERED)
          n[j] +=
            g_str_equal (foc_answer_record_get_class (record), summary->class_names[j]);
    }
  g_assert_cmpuint (summary->n, ==, records->len);
  g_assert_cmpuint (summary->n_not_sure, ==, n_not_sure);
  g_assert_cmpuint (summary->n_failed, ==, n_failed);
  g_assert_cmpuint (summary->n_by_hand, ==, n_by_hand);
  g_assert_cmpmem (summary->n_by_class, summary->n_classes * sizeof (guint), n,
                   summary->n_classes * sizeof (guint));
}

void
test_answers_hold (void)
{
  g_assert_true (foc_image_budget_take (FOC_LIMIT_DECODING_PIXELS, NULL));
}

void
test_answers_let_go (void)
{
  foc_image_budget_return (FOC_LIMIT_DECODING_PIXELS);
}
