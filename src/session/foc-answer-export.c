/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-export.h"

#include "foc-answer-csv.h"
#include "foc-file.h"
#include "foc-writing.h"

#include <unistd.h>

/* Bytes that are written at a time. */
#define BLOCK (256 * 1024)

typedef struct
{
  GPtrArray *records;
  GStrv class_names;
  char *path;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_ptr_array_unref (self->records);
  g_strfreev (self->class_names);
  g_free (self->path);
  g_free (self);
}

static void
append_line (GString *csv, const FocAnswerColumns *columns, const FocAnswerRecord *record)
{
  const FocAnswerLine line = {
    .path = record->path,
    .class_names = foc_answer_record_get_class_names (record),
    .answer = record->error == NULL ? &record->answer : NULL,
    .probabilities = record->probabilities,
    .set_by_hand = foc_answer_record_get_kept_class (record),
    .error = record->error,
  };

  foc_answer_csv_append_line (csv, columns, &line);
}

static gboolean
write_lines (const Task *task, FocFileWriter *writer, FocJob *job, GError **error)
{
  const FocAnswerColumns columns = { (const char *const *) task->class_names, TRUE };
  g_autoptr (GString) csv = g_string_new (NULL);
  guint64 offset = 0;

  foc_answer_csv_append_head (csv, &columns);
  for (guint i = 0; i <= task->records->len; i++)
    {
      if (i < task->records->len)
        append_line (csv, &columns, g_ptr_array_index (task->records, i));
      if (i < task->records->len && csv->len < BLOCK)
        continue;

      if (!foc_file_writer_write_at (writer, offset, csv->str, csv->len, error))
        return FALSE;
      offset += csv->len;
      g_string_truncate (csv, 0);
      foc_job_report (i, task->records->len, job);
    }
  return TRUE;
}

static gboolean
write_file (const Task *task, FocJob *job, GError **error)
{
  g_autoptr (FocFileWriter) writer = foc_file_writer_new (task->path, 0, error);
  int fd = -1;

  if (writer != NULL && write_lines (task, writer, job, error))
    fd = foc_file_writer_commit (writer, error);
  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

static gpointer
work (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;
  gboolean is_written;

  g_cancellable_push_current (cancellable);
  is_written = write_file (task, job, error);
  g_cancellable_pop_current (cancellable);
  return is_written ? g_filename_display_basename (task->path) : NULL;
}

FocJob *
foc_answer_export_run (FocAnswerList *list,
                       const char *path,
                       GAsyncReadyCallback callback,
                       gpointer owner)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (list);
  FocJob *job = foc_job_new ();
  Task *task = g_new (Task, 1);

  *task = (Task){ .records = foc_answer_list_get_records (list),
                  .class_names = g_strdupv ((GStrv) summary->class_names),
                  .path = g_strdup (path) };
  foc_writing_add_file (job, path);
  foc_job_run (job, work, task, task_free, g_free, callback, owner);
  return job;
}
