/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each test has a folder of its own. */
typedef struct
{
  char *folder;
  char *target; /* FOLDER/target.json, absent at first */
} Fixture;

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  GError *error = NULL;

  self->folder = g_dir_make_tmp ("foc-file-XXXXXX", &error);
  g_assert_no_error (error);
  self->target = g_build_filename (self->folder, "target.json", NULL);
}

static void
remove_recursively (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  /* A link to a folder is not followed: unlink comes first. */
  if (g_unlink (path) == 0)
    return;

  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_recursively (child);
    }
  g_assert_no_errno (g_rmdir (path));
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  foc_file_set_fault (0, 0);
  remove_recursively (self->folder);
  g_free (self->folder);
  g_free (self->target);
}

/* How many files stand in `folder`, hidden ones included. */
static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (contents, length, expected, strlen (expected));
}

static void
assert_replace (const char *path, const char *contents)
{
  g_autoptr (GError) error = NULL;
  gboolean written = foc_file_replace (path, contents, strlen (contents), &error);

  g_assert_no_error (error);
  g_assert_true (written);
}

/* The sentence names the file that the user knows, not the hidden one. */
static void
assert_names (const GError *error, const char *name)
{
  g_assert_nonnull (strstr (error->message, name));
  g_assert_null (strstr (error->message, ".foc-"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_replace (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *large = g_malloc (3000000);
  g_autofree guint8 *back = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  struct stat status;
  mode_t mask = umask (022);

  assert_replace (self->target, "first");
  assert_contents (self->target, "first");
  g_assert_no_errno (g_stat (self->target, &status));
  g_assert_cmphex (status.st_mode & 0777, ==, 0644);
  assert_replace (self->target, "and second");
  assert_contents (self->target, "and second");
  assert_replace (self->target, "");
  assert_contents (self->target, "");
  g_assert_cmpuint (count_files (self->folder), ==, 1);

  /* The file keeps its mode; a new one gets what the umask leaves. */
  g_assert_no_errno (g_chmod (self->target, 0640));
  assert_replace (self->target, "shared");
  g_assert_no_errno (g_stat (self->target, &status));
  g_assert_cmphex (status.st_mode & 0777, ==, 0640);
  g_assert_no_errno (g_unlink (self->target));
  umask (077);
  assert_replace (self->target, "private");
  g_assert_no_errno (g_stat (self->target, &status));
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  umask (mask);

  for (guint i = 0; i < 3000000; i++)
    large[i] = (guint8) (i * 7 + i / 256);
  g_assert_true (foc_file_replace (self->target, large, 3000000, &error));
  g_assert_no_error (error);
  g_assert_true (foc_file_read (self->target, 3000000, &back, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (back, length, large, 3000000);
  g_assert_cmpuint (count_files (self->folder), ==, 1);
}

/* A link stays a link. */
static void
test_replace_through_link (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);

  assert_replace (self->target, "old");
  g_assert_no_errno (symlink ("target.json", link));
  g_assert_true (g_file_test (link, G_FILE_TEST_EXISTS));
  assert_replace (link, "new");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_contents (self->target, "new");
}

/* Whoever has the old file open keeps it, whole. */
static void
test_replace_is_atomic (Fixture *self, gconstpointer data)
{
  char buffer[16] = "";
  int fd;

  assert_replace (self->target, "old contents");
  fd = g_open (self->target, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);

  {
    g_autoptr (FocFileWriter) writer = foc_file_writer_new (self->target, 3, NULL);
    int committed;

    g_assert_nonnull (writer);
    g_assert_true (foc_file_writer_write_at (writer, 0, "new", 3, NULL));
    assert_contents (self->target, "old contents");
    g_assert_cmpuint (count_files (self->folder), ==, 2);
    committed = foc_file_writer_commit (writer, NULL);
    g_assert_cmpint (committed, >=, 0);
    assert_contents (self->target, "new");
    g_assert_cmpuint (count_files (self->folder), ==, 1);

    /* The descriptor is that of the new file, for reading and for writing, and
     * outlives the writer. */
    g_clear_pointer (&writer, foc_file_writer_free);
    g_assert_cmpint (pread (committed, buffer, 3, 0), ==, 3);
    g_assert_cmpstr (buffer, ==, "new");
    g_assert_cmpint (pwrite (committed, "N", 1, 0), ==, 1);
    assert_contents (self->target, "New");
    g_assert_cmpint (fcntl (committed, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
    close (committed);
  }

  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, 12);
  g_assert_cmpmem (buffer, 12, "old contents", 12);
  close (fd);
}

static void
test_without_commit (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FocFileWriter) writer = foc_file_writer_new (self->target, 1000, NULL);

      g_assert_nonnull (writer);
      g_assert_true (foc_file_writer_write_at (writer, 0, "lost", 4, NULL));
      g_clear_pointer (&writer, foc_file_writer_free);
      g_assert_cmpuint (count_files (self->folder), ==, i);
      if (i == 0)
        assert_replace (self->target, "kept");
    }
  assert_contents (self->target, "kept");
}

static gboolean
write_in_pieces (const char *path, GError **error)
{
  g_autoptr (FocFileWriter) writer = foc_file_writer_new (path, 12, error);
  int fd;

  if (writer == NULL || !foc_file_writer_write_at (writer, 6, "second", 6, error)
      || !foc_file_writer_write_at (writer, 0, "first ", 6, error))
    return FALSE;

  fd = foc_file_writer_commit (writer, error);
  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* Each operation fails in its turn, until a run meets no fault any more: nothing
 * of the attempt remains, and the file is as it was. */
static void
test_faults (Fixture *self, gconstpointer data)
{
  static const struct
  {
    int error_number;
    int code;
  } faults[] = {
    { ENOSPC, G_FILE_ERROR_NOSPC },
    { EIO, G_FILE_ERROR_IO },
    { EDQUOT, G_FILE_ERROR_FAILED },
  };

  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    for (guint existed = 0; existed < 2; existed++)
      {
        guint nth;

        for (nth = 1;; nth++)
          {
            g_autoptr (GError) error = NULL;
            gboolean written;

            g_unlink (self->target);
            if (existed)
              assert_replace (self->target, "old");

            foc_file_set_fault (nth, faults[f].error_number);
            written = write_in_pieces (self->target, &error);
            if (written)
              {
                g_assert_no_error (error);
                g_assert_cmpuint (foc_file_set_fault (0, 0), ==, nth - 1);
                break;
              }

            g_assert_cmpuint (foc_file_set_fault (0, 0), ==, nth);
            g_assert_error (error, G_FILE_ERROR, faults[f].code);
            assert_names (error, "target.json");
            g_assert_cmpuint (count_files (self->folder), ==, existed);
            if (existed)
              assert_contents (self->target, "old");
          }

        /* Reserve, two writes, fsync and rename. */
        g_assert_cmpuint (nth, ==, 6);
        assert_contents (self->target, "first second");
        g_assert_cmpuint (count_files (self->folder), ==, 1);
      }

  /* A fault that was called off does not come. */
  foc_file_set_fault (1, EIO);
  foc_file_set_fault (0, 0);
  assert_replace (self->target, "calm");
}

/* A signal is no failure: reserve, write and fsync try again. */
static void
test_interrupted (Fixture *self, gconstpointer data)
{
  for (guint nth = 1; nth <= 4; nth++)
    {
      g_autoptr (GError) error = NULL;

      g_unlink (self->target);
      foc_file_set_fault (nth, EINTR);
      g_assert_true (write_in_pieces (self->target, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (foc_file_set_fault (0, 0), ==, 6);
      assert_contents (self->target, "first second");
    }
}

static void
test_cannot_reserve (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFileWriter) writer = NULL;
  struct stat status;
  int fd;

  foc_file_set_fault (1, EOPNOTSUPP);
  writer = foc_file_writer_new (self->target, 5000, NULL);
  g_assert_nonnull (writer);
  fd = foc_file_writer_commit (writer, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_no_errno (g_stat (self->target, &status));
  g_assert_cmpint (status.st_size, ==, 5000);
}

/* More than any file can have is an error before the first byte, and no wrapped
 * number; a disk that is too small is /file/full-disk. */
static void
test_reserve (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFileWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  writer = foc_file_writer_new (self->target, G_MAXUINT64, &error);
  g_assert_null (writer);
  g_assert_nonnull (error);
  assert_names (error, "target.json");
  g_assert_cmpuint (count_files (self->folder), ==, 0);
}

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
test_leftovers (Fixture *self, gconstpointer data)
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
  g_assert_cmpuint (count_files (self->folder), ==, G_N_ELEMENTS (others) + 2);

  /* Both live: their files are none of anybody's business. */
  kill_child (start_child (replace_in_child, other));
  g_assert_cmpuint (count_files (self->folder), ==, G_N_ELEMENTS (others) + 3);

  /* One died: the next process that writes to the folder removes what it left. */
  kill_child (first);
  kill_child (start_child (replace_in_child, other));
  g_assert_cmpuint (count_files (self->folder), ==, G_N_ELEMENTS (others) + 2);
  kill_child (second);
  assert_replace (self->target, "ours");
  g_assert_cmpuint (count_files (self->folder), ==, G_N_ELEMENTS (others) + 2);
  assert_contents (self->target, "ours");
  assert_contents (other, "later");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, others[i], NULL);

      assert_contents (path, "mine");
    }
}

/* Two writers of one process do not sweep each other's file either, and the one
 * that commits last wins. */
static void
test_two_writers (Fixture *self, gconstpointer data)
{
  g_autoptr (FocFileWriter) first = foc_file_writer_new (self->target, 0, NULL);
  g_autoptr (FocFileWriter) second = foc_file_writer_new (self->target, 0, NULL);
  int fd;

  g_assert_true (foc_file_writer_write_at (first, 0, "first", 5, NULL));
  g_assert_true (foc_file_writer_write_at (second, 0, "second", 6, NULL));
  fd = foc_file_writer_commit (second, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  assert_contents (self->target, "second");
  fd = foc_file_writer_commit (first, NULL);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  assert_contents (self->target, "first");
  g_assert_cmpuint (count_files (self->folder), ==, 1);
}

static gpointer
replace_often (gpointer path)
{
  for (guint i = 0; i < 25; i++)
    assert_replace (path, "complete and never half");

  return NULL;
}

static void
test_replace_from_threads (Fixture *self, gconstpointer data)
{
  GThread *threads[4];

  assert_replace (self->target, "complete and never half");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("replace", replace_often, self->target);
  for (guint i = 0; i < 50; i++)
    assert_contents (self->target, "complete and never half");
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (count_files (self->folder), ==, 1);
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
test_write_from_threads (Fixture *self, gconstpointer data)
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

static guint
count_descriptors (void)
{
  return g_file_test ("/proc/self/fd", G_FILE_TEST_IS_DIR) ? count_files ("/proc/self/fd")
                                                           : 0;
}

static void
test_unnamed (Fixture *self, gconstpointer data)
{
  guint before = count_descriptors ();
  g_autoptr (FocFileWriter) writer = foc_file_writer_new (NULL, 0, NULL);
  g_autoptr (GError) error = NULL;
  char buffer[8] = "";
  struct stat status;
  int fd;

  g_assert_nonnull (writer);
  g_assert_true (foc_file_writer_write_at (writer, 3, "def", 3, NULL));
  g_assert_true (foc_file_writer_write_at (writer, 0, "abc", 3, NULL));
  fd = foc_file_writer_commit (writer, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_clear_pointer (&writer, foc_file_writer_free);

  g_assert_cmpint (pread (fd, buffer, sizeof buffer, 0), ==, 6);
  g_assert_cmpstr (buffer, ==, "abcdef");
  g_assert_no_errno (fstat (fd, &status));
  g_assert_cmpint (status.st_nlink, ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  /* A program that we start does not get it. */
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
  close (fd);
  g_assert_cmpuint (count_descriptors (), ==, before);

  /* Without a name there is no rename, and no name in the error. */
  foc_file_set_fault (1, ENOSPC);
  writer = foc_file_writer_new (NULL, 100, &error);
  g_assert_null (writer);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_null (strstr (error->message, "null"));
  g_assert_cmpuint (count_descriptors (), ==, before);
}

/* Nothing stays open, whichever way a writer ended. */
static void
test_descriptors (Fixture *self, gconstpointer data)
{
  guint before = count_descriptors ();
  guint nth = 1;

  if (before == 0)
    {
      g_test_skip ("no /proc here");
      return;
    }

  for (;; nth++)
    {
      gboolean written;

      foc_file_set_fault (nth, EIO);
      written = write_in_pieces (self->target, NULL);
      g_assert_cmpuint (count_descriptors (), ==, before);
      if (written)
        break;
    }
  g_assert_cmpuint (nth, ==, 6);
}

static void
test_names (Fixture *self, gconstpointer data)
{
  /* A name not in UTF-8, one as long as can be, one that starts with a dot, and
   * one of white space and per cent signs. */
  g_autofree char *longest = g_strnfill (255, 'n');
  const char *const names[] = { "caf\xe9.json", longest, ".hidden", " %s\n%n " };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);
      g_autofree guint8 *back = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      if (!foc_file_replace (path, "x", 1, &error))
        {
          /* Some file systems take UTF-8 only. */
          g_assert_cmpuint (i, ==, 0);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      g_assert_no_error (error);
      assert_replace (path, "contents");
      g_assert_cmpuint (count_files (self->folder), ==, 1);
      g_assert_true (foc_file_read (path, 8, &back, &length, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (back, length, "contents", 8);

      foc_file_set_fault (1, EIO);
      g_assert_false (foc_file_replace (path, "y", 1, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      assert_contents (path, "contents");
      g_assert_true (foc_file_remove (path, NULL));
      g_assert_cmpuint (count_files (self->folder), ==, 0);
    }
}

/* "name" is a file of the current folder. */
static void
test_no_folder_part (Fixture *self, gconstpointer data)
{
  g_autofree char *kept = g_get_current_dir ();
  pid_t child;

  g_assert_no_errno (g_chdir (self->folder));
  child = start_child (hold_writer, "target.json");
  kill_child (child);
  g_assert_cmpuint (count_files ("."), ==, 1);
  assert_replace ("target.json", "still here");
  g_assert_cmpuint (count_files ("."), ==, 1);
  g_assert_no_errno (g_chdir (kept));
  assert_contents (self->target, "still here");
}

static void
test_impossible_targets (Fixture *self, gconstpointer data)
{
  g_autofree char *below_file = g_build_filename (self->target, "model.json", NULL);
  g_autofree char *missing = g_build_filename (self->folder, "no", "model.json", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "model.json", NULL);
  g_autoptr (GError) error = NULL;

  assert_replace (self->target, "a file");

  g_assert_false (foc_file_replace (below_file, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  assert_names (error, "model.json");
  g_clear_error (&error);

  g_assert_false (foc_file_replace (missing, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  assert_names (error, "model.json");
  g_clear_error (&error);

  /* The last step alone finds this one. */
  g_assert_no_errno (g_mkdir (folder, 0755));
  g_assert_false (foc_file_replace (folder, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  assert_names (error, "model.json");
  g_assert_cmpuint (count_files (self->folder), ==, 2);
  g_assert_cmpuint (count_files (folder), ==, 0);
  assert_contents (self->target, "a file");
}

static void
test_read_only_folder (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }

  assert_replace (self->target, "old");
  g_assert_no_errno (g_chmod (self->folder, 0555));
  g_assert_false (foc_file_replace (self->target, "new", 3, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  assert_names (error, "target.json");
  g_clear_error (&error);
  g_assert_false (foc_file_remove (self->target, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  assert_contents (self->target, "old");
  g_assert_no_errno (g_chmod (self->folder, 0755));
}

static void
test_folder_and_remove (Fixture *self, gconstpointer data)
{
  g_autofree char *deep = g_build_filename (self->folder, "a", "b", "c", NULL);
  g_autofree char *below_file = g_build_filename (self->target, "b", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (foc_file_make_folder (deep, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_test (deep, G_FILE_TEST_IS_DIR));
    }

  assert_replace (self->target, "a file");
  g_assert_false (foc_file_make_folder (self->target, &error));
  g_assert_nonnull (error);
  assert_names (error, "target.json");
  g_clear_error (&error);
  g_assert_false (foc_file_make_folder (below_file, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  assert_names (error, "target.json");
  g_clear_error (&error);

  g_assert_false (foc_file_remove (deep, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (g_file_test (deep, G_FILE_TEST_IS_DIR));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (foc_file_remove (self->target, &error));
      g_assert_no_error (error);
      g_assert_false (g_file_test (self->target, G_FILE_TEST_EXISTS));
    }
}

static void
test_read_limits (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8 *bytes = NULL;
  gsize length = 99;

  assert_replace (self->target, "12345");
  for (gsize limit = 5; limit <= 6; limit++)
    {
      g_assert_true (foc_file_read (self->target, limit, &bytes, &length, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (bytes, length + 1, "12345", 6);
      g_clear_pointer (&bytes, g_free);
    }
  for (gsize limit = 0; limit <= 4; limit += 4)
    {
      g_assert_false (foc_file_read (self->target, limit, &bytes, &length, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
      assert_names (error, "target.json");
      g_assert_null (bytes);
      g_clear_error (&error);
    }

  assert_replace (self->target, "");
  g_assert_true (foc_file_read (self->target, 0, &bytes, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (length, ==, 0);
  g_assert_cmpuint (bytes[0], ==, 0);
  g_clear_pointer (&bytes, g_free);

  /* A sparse file of a terabyte is refused before there is memory for it. */
  g_assert_no_errno (truncate (self->target, (off_t) 1 << 40));
  g_assert_false (foc_file_read (self->target, 1 << 20, &bytes, &length, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED);
}

static void
assert_unreadable (const char *path, int error_number)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  guint8 *bytes = NULL;
  guint64 size = 0;
  gsize length = 0;

  errno = 0;
  g_assert_cmpint (foc_file_open (path, &size), ==, -1);
  g_assert_cmpint (errno, ==, error_number);

  g_assert_false (foc_file_read (path, 100, &bytes, &length, &error));
  g_assert_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (error_number));
  assert_names (error, name);
  g_assert_null (bytes);
}

static void
test_read_other_kinds (Fixture *self, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (self->folder, "fifo", NULL);
  g_autofree char *loop = g_build_filename (self->folder, "loop", NULL);
  g_autofree char *below_file = g_build_filename (self->target, "below", NULL);
  g_autofree char *name = g_build_filename (self->folder, "socket", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  guint before = count_descriptors ();
  guint64 size = 0;
  int fd;

  assert_unreadable (self->target, ENOENT);
  assert_unreadable (self->folder, EISDIR);
  assert_replace (self->target, "12345");
  assert_unreadable (below_file, ENOTDIR);
  assert_unreadable ("/dev/null", EINVAL);
  assert_unreadable ("/dev/zero", EINVAL);
  g_assert_no_errno (symlink ("loop", loop));
  assert_unreadable (loop, ELOOP);

  /* Nobody writes to it: whoever waits, waits for ever, or until the alarm. */
  g_assert_no_errno (mkfifo (fifo, 0600));
  alarm (60);
  assert_unreadable (fifo, EINVAL);
  alarm (0);

  if (strlen (name) < sizeof address.sun_path)
    {
      int server = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

      g_strlcpy (address.sun_path, name, sizeof address.sun_path);
      if (server >= 0 && bind (server, (struct sockaddr *) &address, sizeof address) == 0)
        assert_unreadable (name, ENXIO);
      if (server >= 0)
        close (server);
    }

  /* A link to a file is that file. */
  g_assert_true (foc_file_remove (loop, NULL));
  g_assert_no_errno (symlink ("target.json", loop));
  fd = foc_file_open (loop, &size);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpuint (size, ==, 5);
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
  close (fd);
  g_assert_cmpuint (count_descriptors (), ==, before);
}

static gboolean
write_to_proc (const char *path, const char *text)
{
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  gboolean written =
    fd >= 0 && write (fd, text, strlen (text)) == (ssize_t) strlen (text);

  if (fd >= 0)
    close (fd);
  return written;
}

/* Gives this process mounts of its own: as root, or as root of a name space in
 * which there is only this user. */
static gboolean
unshare_mounts (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (guint) geteuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint) getegid ());

  return (unshare (CLONE_NEWNS) == 0
          || (unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0
              && write_to_proc ("/proc/self/setgroups", "deny")
              && write_to_proc ("/proc/self/uid_map", users)
              && write_to_proc ("/proc/self/gid_map", groups)))
         && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* On a file system of 64 KiB, in a process of its own, so that no mount stays
 * behind whatever happens. Returns its exit status; 77 skips the test. */
static int
fill_small_disk (const char *folder)
{
  static guint8 block[128 * 1024];
  g_autofree char *path = g_build_filename (folder, "model.json", NULL);
  g_autoptr (FocFileWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  gsize written = 0;

  if (!unshare_mounts () || mount ("tmpfs", folder, "tmpfs", 0, "size=64k") != 0)
    return 77;

  assert_replace (path, "old");

  /* Early, when it is reserved ... */
  writer = foc_file_writer_new (path, sizeof block, &error);
  g_assert_null (writer);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  assert_names (error, "model.json");
  g_clear_error (&error);
  assert_contents (path, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);

  /* ... and late, when it is not; part of a block may go before. */
  writer = foc_file_writer_new (path, 0, &error);
  g_assert_no_error (error);
  while (foc_file_writer_write_at (writer, written, block, 10000, &error))
    written += 10000;
  g_assert_cmpuint (written, <, 64 * 1024);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  assert_names (error, "model.json");
  g_clear_pointer (&writer, foc_file_writer_free);
  assert_contents (path, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);

  /* What fits still fits: nothing of the attempts is left. */
  g_assert_true (foc_file_replace (path, block, 48 * 1024, NULL));
  return 0;
}

static void
test_full_disk (Fixture *self, gconstpointer data)
{
  pid_t pid = fork ();
  int status = 0;

  g_assert_no_errno (pid);
  if (pid == 0)
    _exit (fill_small_disk (self->folder));

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("no small file system can be mounted here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
add (const char *path, void (*test) (Fixture *self, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/file/replace", test_replace);
  add ("/file/replace-through-link", test_replace_through_link);
  add ("/file/replace-is-atomic", test_replace_is_atomic);
  add ("/file/without-commit", test_without_commit);
  add ("/file/faults", test_faults);
  add ("/file/interrupted", test_interrupted);
  add ("/file/cannot-reserve", test_cannot_reserve);
  add ("/file/reserve", test_reserve);
  add ("/file/leftovers", test_leftovers);
  add ("/file/two-writers", test_two_writers);
  add ("/file/replace-from-threads", test_replace_from_threads);
  add ("/file/write-from-threads", test_write_from_threads);
  add ("/file/unnamed", test_unnamed);
  add ("/file/descriptors", test_descriptors);
  add ("/file/names", test_names);
  add ("/file/no-folder-part", test_no_folder_part);
  add ("/file/impossible-targets", test_impossible_targets);
  add ("/file/read-only-folder", test_read_only_folder);
  add ("/file/folder-and-remove", test_folder_and_remove);
  add ("/file/read-limits", test_read_limits);
  add ("/file/read-other-kinds", test_read_other_kinds);
  add ("/file/full-disk", test_full_disk);

  return g_test_run ();
}
