/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-run-folder.h"

#include "foc-error.h"
#include "foc-file.h"
#include "test-folders.h"
#include "test-run.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The files of a run that was interrupted, and of one that a writer died in. */
#define OWN                                                                              \
  "model.safetensors checkpoint-0.safetensors checkpoint-16.safetensors "                \
  "cell-0.safetensors"
#define LEFT ".run.json.foc-a1B2c3 .cell-0.safetensors.foc-123456"
/* What looks like them. */
#define USERS                                                                            \
  "notes.txt run.json.bak checkpoint-17.safetensors cell-x.safetensors "                 \
  ".notes.txt.foc-123456 .run.json.foc-1234567 .foc-123456 .x.foc-123456"

typedef struct
{
  char *root;
  char *folder; /* root/run, with a record */
  char *target; /* root/target             */
  gint stop;    /* for a thread            */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (FocRun) run = NULL;

  self->root = test_folder_new ();
  self->folder = test_path (self->root, "run");
  self->target = test_path (self->root, "target");
  test_add_folder (self->root, "run");
  test_add_folder (self->root, "target");
  run = test_make_run (self->folder, TEST_RUN_TRAINED);
  g_assert_true (foc_run_save (run, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_folder_delete (self->root);
  g_free (self->root);
  g_free (self->folder);
  g_free (self->target);
}

static void
assert_title (Fixture *self, const char *expected)
{
  g_autoptr (FocRun) run = foc_run_load (self->folder, NULL);

  g_assert_nonnull (run);
  g_assert_cmpstr (run->title, ==, expected);
  g_assert_cmpstr (run->model_sha256, ==, TEST_RUN_SHA256);
}

static void
test_rename (Fixture *self, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (FOC_LIMIT_TITLE_BYTES, 'x');
  g_autofree char *too_long = g_strnfill (FOC_LIMIT_TITLE_BYTES + 1, 'x');
  g_autoptr (GError) error = NULL;

  assert_title (self, NULL);
  g_assert_true (foc_run_rename (self->folder, " My “first” \n run\t", &error));
  assert_title (self, "My “first” \n run");
  g_assert_true (foc_run_rename (self->folder, longest, &error));
  assert_title (self, longest);
  g_assert_true (foc_run_rename (self->folder, "  ", &error));
  assert_title (self, NULL);
  g_assert_no_error (error);

  g_assert_false (foc_run_rename (self->folder, too_long, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
  assert_title (self, NULL);
}

/* Whoever works there has it alone, and loses nothing by it. */
static void
test_locked (Fixture *self, gconstpointer data)
{
  int lock = foc_file_lock_folder (self->folder, NULL);
  guint n = test_folder_count (self->folder);

  g_assert_cmpint (lock, >=, 0);
  g_assert_true (foc_file_folder_is_locked (self->folder));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_assert_false (foc_run_rename (self->folder, "x", &error));
      else if (i == 1)
        g_assert_false (foc_run_delete (self->folder, &error));
      else
        g_assert_null (foc_run_copy (self->folder, self->target, NULL, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN);
      g_assert_nonnull (strstr (error->message, self->folder));
    }
  close (lock);

  g_assert_false (foc_file_folder_is_locked (self->folder));
  assert_title (self, NULL);
  g_assert_cmpuint (test_folder_count (self->folder), ==, n);
  g_assert_cmpuint (test_folder_count (self->target), ==, 0);
  g_assert_true (foc_run_rename (self->folder, "x", NULL));
}

/* Nobody who asks whether a folder is locked takes the lock from who wants it. */
static gpointer
ask (gpointer data)
{
  Fixture *self = data;

  while (!g_atomic_int_get (&self->stop))
    foc_file_folder_is_locked (self->folder);
  return NULL;
}

static void
test_asked (Fixture *self, gconstpointer data)
{
  GThread *thread = g_thread_new ("ask", ask, self);

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GError) error = NULL;
      int lock = foc_file_lock_folder (self->folder, &error);

      g_assert_no_error (error);
      close (lock);
    }
  g_atomic_int_set (&self->stop, TRUE);
  g_thread_join (thread);
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_add_files (self->folder, OWN " " LEFT);
  g_assert_true (foc_run_delete (self->folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_EXISTS));

  g_assert_false (foc_run_delete (self->folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  /* A folder without a record is no run. */
  test_add_files (self->folder, "model.safetensors");
  g_assert_false (foc_run_delete (self->folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
}

/* What the user has put there stays, and the folder with it; also what only links there. */
static void
test_delete_users (Fixture *self, gconstpointer data)
{
  g_auto (GStrv) users = g_strsplit (USERS, " ", -1);
  g_autofree char *link = test_path (self->folder, "cell-1.safetensors");
  g_autoptr (GError) error = NULL;

  test_add_files (self->folder, OWN " " LEFT " " USERS);
  test_add_folder (self->folder, "plots");
  test_add_file (self->target, "cell", "mine", 4);
  test_add_link (self->folder, "cell-1.safetensors", "../target/cell");

  g_assert_true (foc_run_delete (self->folder, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (test_folder_count (self->folder), ==, g_strv_length (users) + 1);
  for (guint i = 0; users[i] != NULL; i++)
    {
      g_autofree char *path = test_path (self->folder, users[i]);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
  g_assert_cmpuint (test_folder_count (self->target), ==, 1);
}

/* A record that nobody can read is a run all the same; one that fails on the way, too. */
static void
test_delete_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *record = test_path (self->folder, "run.json");
  g_autofree char *blocked = test_path (self->folder, "model.safetensors");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (record, "{", 1, NULL));
  test_add_folder (self->folder, "model.safetensors");
  g_assert_false (foc_run_delete (self->folder, &error));
  g_assert_nonnull (strstr (error->message, "model.safetensors"));
  g_clear_error (&error);
  g_assert_true (g_file_test (record, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_rmdir (blocked), ==, 0);
  g_assert_true (foc_run_delete (self->folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (self->folder, G_FILE_TEST_EXISTS));
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "run", "run-2", "run-4" };
  const gsize length = 3 * 1024 * 1024 + 1; /* several blocks, and a rest */
  g_autofree char *bytes = g_malloc (length);
  g_autofree char *model = NULL;

  for (gsize i = 0; i < length; i++)
    bytes[i] = (char) (i * 7 / 1000);
  test_add_file (self->folder, "model.safetensors", bytes, length);
  model = test_path (self->folder, "model.safetensors");
  test_add_files (self->folder, LEFT " " USERS " cell-0.safetensors");
  test_add_files (self->target, "run-3"); /* a file of the user's */

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = foc_run_copy (self->folder, self->target, NULL, &error);
      g_autofree char *expected = test_path (self->target, names[i]);
      g_autofree char *copied = test_path (expected, "model.safetensors");
      g_autofree char *before = test_file_sha256 (model);
      g_autofree char *after = NULL;
      g_autoptr (FocRun) run = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (path, ==, expected);
      g_assert_cmpuint (test_folder_count (path), ==, 3);
      after = test_file_sha256 (copied);
      g_assert_cmpstr (before, ==, after);
      run = foc_run_load (path, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (test_folder_count (self->target), ==, 4);
}

/* Whatever fails: the whole copy, or nothing. */
static void
test_copy_faults (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  guint nth = 0;

  test_add_file (self->folder, "model.safetensors", "model", 5);
  while (path == NULL)
    {
      g_autoptr (GError) error = NULL;

      foc_file_set_fault (++nth, ENOSPC);
      path = foc_run_copy (self->folder, self->target, NULL, &error);
      foc_file_set_fault (0, 0);
      if (path == NULL)
        {
          g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
          g_assert_cmpuint (test_folder_count (self->target), ==, 0);
        }
    }
  /* The folder, four for each of two files, the name, and none. */
  g_assert_cmpuint (nth, ==, 11);
  g_assert_cmpuint (test_folder_count (path), ==, 2);
}

static void
test_copy_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *missing = test_path (self->root, "missing");
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (foc_run_copy (self->folder, self->target, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (test_folder_count (self->target), ==, 0);

  g_assert_null (foc_run_copy (self->folder, missing, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, missing));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/run-folder/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("rename", test_rename);
  ADD ("locked", test_locked);
  ADD ("asked", test_asked);
  ADD ("delete", test_delete);
  ADD ("delete-users", test_delete_users);
  ADD ("delete-damaged", test_delete_damaged);
  ADD ("copy", test_copy);
  ADD ("copy-faults", test_copy_faults);
  ADD ("copy-cancelled", test_copy_cancelled);

  return g_test_run ();
}
