/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-copy-task.h"

#include "foc-class-folders.h"
#include "foc-file.h"

#include <string.h>

typedef struct
{
  GRefString *from;
  char *to;
  FocFileStamp stamp;
} Copy;

struct _FocCopyLedger
{
  char *folder;

  GMutex work; /* held by the thread that copies or undoes */
  GArray *copies;
  GPtrArray *made;     /* folders, those above first                         */
  GHashTable *numbers; /* path -> the number that is to be tried for it next */

  GMutex mutex; /* of what follows */
  FocAnswerCopyCounts counts;
  guint n_copies;
  char *error;
};

static void
clear_copy (gpointer data)
{
  Copy *copy = data;

  g_ref_string_release (copy->from);
  g_free (copy->to);
}

FocCopyLedger *
foc_copy_ledger_new (const char *folder)
{
  FocCopyLedger *self = g_atomic_rc_box_new0 (FocCopyLedger);

  self->folder = g_canonicalize_filename (folder, NULL);
  self->copies = g_array_new (FALSE, FALSE, sizeof (Copy));
  g_array_set_clear_func (self->copies, clear_copy);
  self->made = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->work);
  g_mutex_init (&self->mutex);
  return self;
}

FocCopyLedger *
foc_copy_ledger_ref (FocCopyLedger *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
ledger_clear (gpointer data)
{
  FocCopyLedger *self = data;

  g_free (self->folder);
  g_array_unref (self->copies);
  g_ptr_array_unref (self->made);
  g_hash_table_unref (self->numbers);
  g_free (self->error);
  g_mutex_clear (&self->work);
  g_mutex_clear (&self->mutex);
}

void
foc_copy_ledger_unref (FocCopyLedger *self)
{
  g_atomic_rc_box_release_full (self, ledger_clear);
}

FocAnswerCopyCounts
foc_copy_ledger_get_counts (FocCopyLedger *self)
{
  FocAnswerCopyCounts counts;

  g_mutex_lock (&self->mutex);
  counts = self->counts;
  g_mutex_unlock (&self->mutex);

  return counts;
}

guint
foc_copy_ledger_get_n_copies (FocCopyLedger *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_copies;
  g_mutex_unlock (&self->mutex);

  return n;
}

char *
foc_copy_ledger_get_error (FocCopyLedger *self)
{
  char *error;

  g_mutex_lock (&self->mutex);
  error = g_strdup (self->error);
  g_mutex_unlock (&self->mutex);

  return error;
}

/* `counted` is one of the ledger's. */
static void
count (FocCopyLedger *self, guint *counted)
{
  g_mutex_lock (&self->mutex);
  (*counted)++;
  g_mutex_unlock (&self->mutex);
}

/* FALSE where whoever has cancelled may have looked at the counts already: then the copy
 * must not stay. */
static gboolean
keep_copy (FocCopyLedger *self,
           const Copy *copy,
           gboolean is_numbered,
           GCancellable *cancellable)
{
  gboolean is_kept;

  g_mutex_lock (&self->mutex);
  is_kept = !g_cancellable_is_cancelled (cancellable);
  if (is_kept)
    {
      g_array_append_val (self->copies, *copy);
      self->n_copies = self->copies->len;
      self->counts.n_copied++;
      self->counts.n_numbered += is_numbered;
    }
  g_mutex_unlock (&self->mutex);

  return is_kept;
}

/* `counted` is one of the ledger's. */
static void
count_failed (FocCopyLedger *self, guint *counted, const GError *error)
{
  g_mutex_lock (&self->mutex);
  (*counted)++;
  if (self->error == NULL)
    self->error = g_strdup (error->message);
  g_mutex_unlock (&self->mutex);
}

/* `number` stands before the ending. */
static char *
make_path (const char *folder, const char *name, guint number)
{
  const char *ending = strrchr (name, '.');
  g_autofree char *suffix = NULL;
  g_autofree char *numbered = NULL;
  gsize length;

  if (number == 1)
    return g_build_filename (folder, name, NULL);

  if (ending == NULL || ending == name
      || strlen (ending) > FOC_CLASS_FOLDERS_MAX_NAME / 2)
    ending = name + strlen (name);
  suffix = g_strdup_printf ("-%u%s", number, ending);
  length = foc_class_folders_cut (name, (gsize) (ending - name),
                                  FOC_CLASS_FOLDERS_MAX_NAME - strlen (suffix));
  numbered = g_strdup_printf ("%.*s%s", (int) length, name, suffix);
  return g_build_filename (folder, numbered, NULL);
}

/* Keeps in mind which ones were missing. */
static gboolean
make_folder (FocCopyLedger *self, const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!foc_file_make_folder (path, error))
    return FALSE;

  g_ptr_array_add (self->made, g_strdup (path));
  return TRUE;
}

static gboolean
is_same_file (const char *a, const FocFileStamp *b)
{
  FocFileStamp stamp;

  return foc_file_get_stamp (a, &stamp) && stamp.device == b->device
         && stamp.inode == b->inode;
}

/* Tries one name after the other. */
static gboolean
copy_numbered (FocCopyLedger *self,
               GRefString *from,
               const char *folder,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *name = g_path_get_basename (from);
  g_autofree char *first = make_path (folder, name, 1);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, first));

  for (number = MAX (number, 1);; number++)
    {
      g_autofree char *to = make_path (folder, name, number);
      g_autoptr (GError) failure = NULL;
      FocFileStamp stamp;

      if (foc_file_get_stamp (to, &stamp))
        {
          if (is_same_file (from, &stamp))
            {
              count (self, &self->counts.n_there);
              return TRUE;
            }
          continue;
        }
      if (foc_file_copy (from, to, &stamp, cancellable, &failure))
        {
          Copy copy = { g_ref_string_acquire (from), g_steal_pointer (&to), stamp };

          if (keep_copy (self, &copy, number > 1, cancellable))
            {
              g_hash_table_insert (self->numbers, g_steal_pointer (&first),
                                   GUINT_TO_POINTER (number + 1));
              return TRUE;
            }
          foc_file_remove (copy.to, NULL);
          clear_copy (&copy);
          return !g_cancellable_set_error_if_cancelled (cancellable, error);
        }
      if (!g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_EXIST))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      /* It has come this very moment. */
    }
}

static void
copy_one (FocCopyLedger *self,
          const FocAnswerRecord *record,
          GHashTable *folders,
          GCancellable *cancellable)
{
  gboolean is_sure = foc_answer_record_get_state (record) == FOC_ANSWER_ANSWERED
                     || record->hand_label >= 0;
  const char *name =
    is_sure ? g_hash_table_lookup (folders, foc_answer_record_get_class (record))
            : FOC_CLASS_FOLDER_NOT_SURE;
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!make_folder (self, self->folder, &error) || !make_folder (self, folder, &error)
      || !copy_numbered (self, record->path, folder, cancellable, &error))
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      count_failed (self, &self->counts.n_failed, error);
}

/* Where there is nothing left to be undone, no folder is left either. */
static void
remove_empty_folders (FocCopyLedger *self)
{
  for (guint i = self->made->len; self->copies->len == 0 && i > 0; i--)
    foc_file_remove_empty_folder (g_ptr_array_index (self->made, i - 1));
}

static void
copy_all (const FocAnswerCopyTask *task, FocJob *job, GCancellable *cancellable)
{
  FocCopyLedger *ledger = task->ledger;
  g_autoptr (GHashTable) folders = foc_class_folders_new (task->records);
  guint n = task->records->len;

  for (guint i = 0; i < n && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const FocAnswerRecord *record = g_ptr_array_index (task->records, i);

      if (record->error != NULL)
        count (ledger, &ledger->counts.n_unread);
      else
        copy_one (ledger, record, folders, cancellable);
      foc_job_report (i + 1, n, job);
    }
}

/* FALSE: it can be tried again. */
static gboolean
remove_copy (FocCopyLedger *self, const Copy *copy)
{
  g_autoptr (GError) error = NULL;
  FocFileStamp now;

  if (!foc_file_get_stamp (copy->to, &now))
    return TRUE; /* somebody else has removed it */

  if (!foc_file_stamp_equal (&now, &copy->stamp)
      || !g_file_test (copy->from, G_FILE_TEST_EXISTS))
    count (self, &self->counts.n_kept);
  else if (foc_file_remove (copy->to, &error))
    count (self, &self->counts.n_removed);
  else
    count_failed (self, &self->counts.n_not_removed, error);
  return error == NULL;
}

static void
forget_failures (FocCopyLedger *self)
{
  g_mutex_lock (&self->mutex);
  self->counts.n_not_removed = 0;
  g_clear_pointer (&self->error, g_free);
  g_mutex_unlock (&self->mutex);
}

static void
undo_all (FocCopyLedger *self, FocJob *job, GCancellable *cancellable)
{
  guint n = self->copies->len;

  forget_failures (self);
  g_hash_table_remove_all (self->numbers);
  for (guint i = n; i > 0 && !g_cancellable_is_cancelled (cancellable); i--)
    {
      if (remove_copy (self, &g_array_index (self->copies, Copy, i - 1)))
        {
          /* What comes into its place has been tried. */
          g_mutex_lock (&self->mutex);
          g_array_remove_index_fast (self->copies, i - 1);
          self->n_copies = self->copies->len;
          g_mutex_unlock (&self->mutex);
        }
      foc_job_report (n - i + 1, n, job);
    }
}

void
foc_answer_copy_task_free (FocAnswerCopyTask *self)
{
  foc_copy_ledger_unref (self->ledger);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

gpointer
foc_answer_copy_task_work (FocJob *job,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error)
{
  FocAnswerCopyTask *task = data;

  g_mutex_lock (&task->ledger->work);
  if (task->records != NULL)
    copy_all (task, job, cancellable);
  else
    undo_all (task->ledger, job, cancellable);
  remove_empty_folders (task->ledger);
  g_mutex_unlock (&task->ledger->work);

  return g_cancellable_set_error_if_cancelled (cancellable, error)
           ? NULL
           : GINT_TO_POINTER (TRUE);
}
