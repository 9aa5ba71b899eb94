/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-export.h"

#include "foc-file.h"

#include "test-answers.h"
#include "test-folders.h"
#include "test-loop.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* What the export says, and what becomes of it. */

typedef struct
{
  GObject *owner;
  gboolean has_ended;
  char *name;
  GError *error;
} Export;

static Export export;

static void
on_exported (GObject *source, GAsyncResult *result, gpointer owner)
{
  g_assert_true (owner == export.owner);
  export.name = foc_job_finish (FOC_JOB (source), result, &export.error);
  export.has_ended = TRUE;
}

static void
clear_export (void)
{
  g_clear_object (&export.owner);
  g_clear_pointer (&export.name, g_free);
  g_clear_error (&export.error);
  export.has_ended = FALSE;
}

static FocJob *
begin_export (AnswersFixture *self, const char *path)
{
  clear_export ();
  export.owner = g_object_new (G_TYPE_OBJECT, NULL);
  return foc_answer_export_run (self->list, path, on_exported, export.owner);
}

static void
wait_for_export (AnswersFixture *self, const char *path)
{
  g_autoptr (FocJob) job = begin_export (self, path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *expected = g_strdup_printf (TEST_WRITING ("%s"), name);

  test_assert_writing (expected);
  TEST_WAIT (export.has_ended);
  test_assert_writing (NULL);
}

/* Reads it as RFC 4180 and prints each field as JSON: as the reader of others sees it. */
static const char reader[] =
  "import csv, io, json, sys\n"
  "with open(sys.argv[1], encoding='utf-8', newline='') as file:\n"
  "    data = file.read()\n"
  "assert data.count('\\r\\n') == data.count('\\r'), 'lines end with CR and LF'\n"
  "rows = list(csv.reader(io.StringIO(data, newline=''), strict=True))\n"
  "json.dump(rows, sys.stdout)\n";

static JsonArray *
read_csv (const char *path)
{
  const char *const arguments[] = { "python3", "-c", reader, path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *out = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  json_parser_load_from_data (parser, out, -1, &error);
  g_assert_no_error (error);
  return json_array_ref (json_node_get_array (json_parser_get_root (parser)));
}

static const char *
get_field (JsonArray *rows, guint row, guint column)
{
  JsonArray *fields = json_array_get_array_element (rows, row);
  JsonArray *head = json_array_get_array_element (rows, 0);

  g_assert_cmpuint (json_array_get_length (fields), ==, json_array_get_length (head));
  return json_array_get_string_element (fields, column);
}

static void
assert_number (const char *field, double expected)
{
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (field, NULL), expected, 5.1e-7);
}

/* All that can be in it: two models, by hand, failed, not sure, and odd names. */
static void
test_read_back (AnswersFixture *self, gconstpointer data)
{
  static const char *const columns[] = { "file",        "uri",         "label",
                                         "probability", "not_sure",    "reason",
                                         "b",           "a",           "dog",
                                         "set_by_hand", "final_label", "error" };
  static const char *const names[] = { "d/two\r\nlines,\"x\".jpg", "d/\xff.jpg",
                                       "d/ü;é\t.jpg", "d/=1+1.jpg", "d/'.jpg" };
  g_autofree char *path = test_path (self->root, "answers.csv");
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (JsonArray) rows = NULL;
  g_autoptr (FocAnswerItem) item = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    test_answers_draw (self, names[i], i);
  test_answers_begin (self, "d", "gone, \"really\".jpg", NULL);
  test_answers_wait (self);
  item = test_answers_find (self, names[0]);
  foc_answer_item_set_hand_label (item, 0);

  /* Of the other model, which is never sure. */
  foc_model_set_threshold ((FocModel *) foc_loaded_model_get_model (self->other), 1.1);
  foc_answer_list_set_model (self->list, self->other);
  test_answers_draw (self, "other.jpg", 7);
  test_answers_begin (self, "other.jpg", NULL);
  test_answers_wait (self);

  wait_for_export (self, path);
  g_assert_no_error (export.error);
  g_assert_cmpstr (export.name, ==, "answers.csv");

  rows = read_csv (path);
  records = foc_answer_list_get_records (self->list);
  g_assert_cmpuint (records->len, ==, 7);
  g_assert_cmpuint (json_array_get_length (rows), ==, 8);
  g_assert_cmpuint (json_array_get_length (json_array_get_array_element (rows, 0)), ==,
                    G_N_ELEMENTS (columns));
  for (guint j = 0; j < G_N_ELEMENTS (columns); j++)
    g_assert_cmpstr (get_field (rows, 0, j), ==, columns[j]);

  for (guint i = 0; i < records->len; i++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (records, i);
      const char *const *classes = foc_answer_record_get_class_names (record);
      g_autofree char *name = g_filename_display_name (record->path);
      g_autofree char *from_uri =
        g_filename_from_uri (get_field (rows, i + 1, 1), NULL, NULL);
      const char *by_hand = foc_answer_record_get_hand_class (record);

      g_assert_cmpstr (get_field (rows, i + 1, 0), ==, name);
      g_assert_cmpstr (from_uri, ==, record->path);
      g_assert_cmpstr (get_field (rows, i + 1, 9), ==, by_hand != NULL ? by_hand : "");
      if (record->error != NULL)
        {
          for (guint j = 2; j < 11; j++)
            g_assert_cmpstr (get_field (rows, i + 1, j), ==, "");
          g_assert_cmpstr (get_field (rows, i + 1, 11), ==, record->error);
          continue;
        }
      g_assert_cmpstr (get_field (rows, i + 1, 2), ==, classes[record->answer.label]);
      assert_number (get_field (rows, i + 1, 3), record->answer.probability);
      g_assert_cmpstr (get_field (rows, i + 1, 4), ==,
                       record->model == self->other ? "true" : "false");
      g_assert_cmpstr (get_field (rows, i + 1, 5), ==,
                       record->model == self->other ? "low probability" : "");
      if (by_hand != NULL)
        g_assert_cmpstr (get_field (rows, i + 1, 10), ==, by_hand);
      else
        g_assert_cmpstr (get_field (rows, i + 1, 10), ==,
                         record->model == self->other ? "" : get_field (rows, i + 1, 2));
      g_assert_cmpstr (get_field (rows, i + 1, 11), ==, "");
      for (guint j = 0; j < 3; j++)
        {
          const char *field = get_field (rows, i + 1, 6 + j);

          if (g_strv_contains (classes, columns[6 + j]))
            assert_number (
              field, record->probabilities[g_str_equal (classes[1], columns[6 + j])]);
          else
            g_assert_cmpstr (field, ==, "");
        }
    }
}

/* A picture that was gone when it was asked about again loses nothing that was set by hand;
 * and a model that has no answers left has no columns. */
static void
test_kept (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->root, "answers.csv");
  g_autofree char *picture = test_path (self->root, "1.jpg");
  g_autoptr (FocAnswerItem) item = NULL;
  g_autoptr (JsonArray) rows = NULL;

  test_answers_draw (self, "1.jpg", 1);
  test_answers_begin (self, "1.jpg", NULL);
  test_answers_wait (self);
  item = test_answers_find (self, "1.jpg");
  foc_answer_item_set_hand_label (item, 1);
  g_assert_no_errno (g_unlink (picture));
  foc_answer_list_set_model (self->list, self->other);
  foc_answer_list_ask_again (self->list);
  test_answers_wait (self);

  wait_for_export (self, path);
  g_assert_no_error (export.error);
  rows = read_csv (path);
  g_assert_cmpuint (json_array_get_length (rows), ==, 2);
  g_assert_cmpstr (get_field (rows, 0, 6), ==, "a");
  g_assert_cmpstr (get_field (rows, 0, 7), ==, "dog");
  g_assert_cmpstr (get_field (rows, 0, 8), ==, "set_by_hand");
  g_assert_cmpstr (get_field (rows, 1, 2), ==, "");
  g_assert_cmpstr (get_field (rows, 1, 8), ==, "a");
  g_assert_cmpstr (get_field (rows, 1, 9), ==, "a");
  g_assert_cmpstr (get_field (rows, 1, 10), ==, foc_answer_item_get_error (item));
}

/* No answers make a file of columns. */
static void
test_none (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->root, "answers.csv");
  g_autofree char *text = NULL;

  wait_for_export (self, path);
  g_assert_no_error (export.error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (
    text, ==,
    "file,uri,label,probability,not_sure,reason,b,a,set_by_hand,final_label,error\r\n");
}

static void
add_names (AnswersFixture *self, guint n)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (paths, g_strdup_printf ("%s/gone %u.jpg", self->root, i));
  foc_answer_list_add (self->list, (const char *const *) paths->pdata, paths->len);
  test_answers_wait (self);
}

/* Several blocks; and it is of what the list had when it was begun. */
static void
test_many (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->root, "answers.csv");
  g_autoptr (JsonArray) rows = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (FocJob) job = NULL;

  add_names (self, 10000);
  records = foc_answer_list_get_records (self->list);
  job = begin_export (self, path);
  foc_answer_list_clear (self->list);
  TEST_WAIT (export.has_ended);
  g_assert_no_error (export.error);
  g_assert_cmpuint (foc_job_get_done (job), ==, 10000);
  rows = read_csv (path);
  g_assert_cmpuint (json_array_get_length (rows), ==, 10001);
  for (guint i = 0; i < records->len; i++)
    g_assert_cmpstr (get_field (rows, i + 1, 0), ==,
                     ((FocAnswerRecord *) g_ptr_array_index (records, i))->path);
}

static void
assert_as_it_was (AnswersFixture *self, const char *path)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (test_folder_count (self->root), ==, 1);
}

/* The file stays as it was, whatever fails. */
static void
test_faults (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->root, "answers.csv");
  g_autofree char *nowhere = test_path (self->root, "no folder/answers.csv");

  add_names (self, 5000);
  test_add_file (self->root, "answers.csv", "old", 3);
  for (guint nth = 1; nth <= 4; nth++)
    {
      foc_file_set_fault (nth, ENOSPC);
      wait_for_export (self, path);
      foc_file_set_fault (0, 0);
      g_assert_error (export.error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      g_assert_nonnull (strstr (export.error->message, "answers.csv"));
      assert_as_it_was (self, path);
    }

  wait_for_export (self, nowhere);
  g_assert_error (export.error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* The same; it may have been done before that: then once more. */
static void
test_cancelled (AnswersFixture *self, gconstpointer data)
{
  g_autofree char *path = test_path (self->root, "answers.csv");

  add_names (self, 5000);
  for (guint attempt = 0; attempt < 20; attempt++)
    {
      g_autoptr (FocJob) job = NULL;
      g_autofree char *text = NULL;

      test_add_file (self->root, "answers.csv", "old", 3);
      job = begin_export (self, path);
      foc_job_cancel (job);
      TEST_WAIT (export.has_ended);
      g_assert_error (export.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (foc_job_wait_for_workers (60000));
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      if (g_str_equal (text, "old"))
        break;
    }
  assert_as_it_was (self, path);
}

#define ADD(name, function) ADD_ANSWERS_TEST ("/answer-export/" name, function)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  ADD ("read-back", test_read_back);
  ADD ("kept", test_kept);
  ADD ("none", test_none);
  ADD ("many", test_many);
  ADD ("faults", test_faults);
  ADD ("cancelled", test_cancelled);

  status = g_test_run ();
  clear_export ();
  return status;
}
