/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-file.h"
#include "test-folders.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Several who write to one folder: processes, of which some die, and threads. */

/* Runs `child` in another process until it is killed; it tells by one byte that
 * it is ready. */
static pid_t
start_child (void (*child) (const char *path), const char *path)
{
  int ends[2];
  char ready = 0;
  pid_t pid;

  g_assert_no_errno (pipe (ends));
  pid = fork ();
  g_assert_no_errno (pid);
  if (pid == 0)
    {
      /* Never longer than the test, even if that is killed. */
      alarm (60);
      close (ends[0]);
      child (path);
      if (write (ends[1], "r", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }

  close (ends[1]);
  g_assert_cmpint (read (ends[0], &ready, 1), ==, 1);
  close (ends[0]);
  return pid;
}

static void
kill_child (pid_t pid)
{
  int status;

  g_assert_no_errno (kill (pid, SIGKILL));
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
}

static void
hold_writer (const char *path)
{
  FocFileWriter *writer = foc_file_writer_new (path, 100, NULL);

  if (writer == NULL || !foc_file_writer_write_at (writer, 0, "half", 4, NULL))
    _exit (1);
}

/* A process of its own, since each sweeps a folder once. */
static void
replace_in_child (const char *path)
{
  if (!foc_file_replace (path, "later", 5, NULL))
    _exit (1);
}

static void
test_leftovers (FileFixture *self, gconstpointer data)
{
  /* The user's and rsync's: not ours to remove. */
  static const char *const others[] = {
    ".target.json.backup",      ".target.json.a1B2c3", ".target.json.foc-",
    ".target.json.foc-1234567", "target.json.foc-1",   ".foc-123456",
  };
  g_autofree char *other = g_build_filename (self->folder, "other.json", NULL);
  pid_t first, second;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, others[i], NULL);

      g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
    }

  first = start_child (hold_writer, self->target);
  second = start_child (hold_writer, self->target);
  g_assert_cmpuint (test_folder_count (self->folder), ==, G_N_ELEMENTS (others) + 2);

  /* Both live: their files are none of anybody's business. */
  kill_child (start_child (replace_in_child, other));
  g_assert_cmpuint (test_folder_count (self->folder), ==, G_N_ELEMENTS (others) + 3);

  /* One died: the next process that writes to the folder removes what it left. */
  kill_child (first);
  kill_child (start_child (replace_in_child, other));
  g_assert_cmpuint (test_folder_count (self->folder), ==, G_N_ELEMENTS (others) + 2);
  kill_child (second);
  test_assert_replace (self->target, "ours");
  g_assert_cmpuint (test_folder_count (self->folder), ==, G_N_ELEMENTS (others) + 2);
  test_assert_contents (self->target, "ours");
  test_assert_contents (other, "later");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, others[i], NULL);

      test_assert_contents (path, "mine");
    }
}

/* "name" is a file of the current folder. */
static void
test_no_folder_part (FileFixture *self, gconstpointer data)
{
  g_autofree char *kept = g_get_current_dir ();
  pid_t child;

  g_assert_no_errno (g_chdir (self->folder));
  child = start_child (hold_writer, "target.json");
  kill_child (child);
  g_assert_cmpuint (test_folder_count ("."), ==, 1);
  test_assert_replace ("target.json", "still here");
  g_assert_cmpuint (test_folder_count ("."), ==, 1);
  g_assert_no_errno (g_chdir (kept));
  test_assert_contents (self->target, "still here");
}

/* Two writers of one process do not sweep each other's file either, and the one
 * that commits last wins. */
static void
test_two_writers (FileFixture *self, gconstpointer data)
{
  g_autoptr (FocFileWriter) first = foc_file_writer_new (self->target, 0, NULL);
  g_autoptr (FocFileWriter) second = foc_file_writer_new (self->target, 0, NULL);
  int fd;

  g_assert_true (foc_file_writer_write_at (first, 0, "first", 5, NULL));
  g_assert_true (foc_file_writer_write_at (second, 0, "second", 6, NULL));
  fd = foc_file_writer_commit (second, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  test_assert_contents (self->target, "second");
  fd = foc_file_writer_commit (first, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  test_assert_contents (self->target, "first");
  g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
}

static gpointer
replace_often (gpointer path)
{
  for (guint i = 0; i < 25; i++)
    test_assert_replace (path, "complete and never half");

  return NULL;
}

static void
test_replace_from_threads (FileFixture *self, gconstpointer data)
{
  GThread *threads[4];

  test_assert_replace (self->target, "complete and never half");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("replace", replace_often, self->target);
  for (guint i = 0; i < 50; i++)
    test_assert_contents (self->target, "complete and never half");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
}

enum
{
  PART = 10000,
  N_PARTS = 40
};

typedef struct
{
  FocFileWriter *writer;
  guint first;
} Writing;

/* Every fourth part, in small pieces. */
static gpointer
write_parts (gpointer data)
{
  const Writing *writing = data;

  for (guint part = writing->first; part < N_PARTS; part += 4)
    for (guint i = 0; i < PART; i += 1250)
      {
        guint8 piece[1250];

        memset (piece, (int) (part + 1), sizeof piece);
        g_assert_true (foc_file_writer_write_at (
          writing->writer, (guint64) part * PART + i, piece, sizeof piece, NULL));
      }

  return NULL;
}

static void
test_write_from_threads (FileFixture *self, gconstpointer data)
{
  g_autoptr (FocFileWriter) writer =
    foc_file_writer_new (self->target, N_PARTS * PART, NULL);
  g_autofree guint8 *bytes = NULL;
  Writing writing[4];
  GThread *threads[4];
  gsize length;
  int fd;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      writing[i] = (Writing){ .writer = writer, .first = i };
      threads[i] = g_thread_new ("write", write_parts, &writing[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  fd = foc_file_writer_commit (writer, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_true (foc_file_read (self->target, N_PARTS * PART, &bytes, &length, NULL));
  g_assert_cmpuint (length, ==, N_PARTS * PART);
  for (guint i = 0; i < length; i++)
    g_assert_cmpuint (bytes[i], ==, i / PART + 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_FILE_TEST ("leftovers", test_leftovers);
  ADD_FILE_TEST ("two-writers", test_two_writers);
  ADD_FILE_TEST ("replace-from-threads", test_replace_from_threads);
  ADD_FILE_TEST ("write-from-threads", test_write_from_threads);
  ADD_FILE_TEST ("no-folder-part", test_no_folder_part);

  return g_test_run ();
}
