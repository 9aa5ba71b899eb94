/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-file.h"
#include "test-folders.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_replace (FileFixture *self, gconstpointer data)
{
  g_autofree guint8 *large = g_malloc (3000000);
  g_autofree guint8 *back = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  struct stat status;
  mode_t mask = umask (022);

  test_assert_replace (self->target, "first");
  test_assert_contents (self->target, "first");
  g_assert_no_errno (g_stat (self->target, &status));
  g_assert_cmphex (status.st_mode & 0777, ==, 0644);
  test_assert_replace (self->target, "and second");
  test_assert_contents (self->target, "and second");
  test_assert_replace (self->target, "");
  test_assert_contents (self->target, "");
  g_assert_cmpuint (test_folder_count (self->folder), ==, 1);

  /* The file keeps its mode; a new one gets what the umask leaves. */
  g_assert_no_errno (g_chmod (self->target, 0640));
  test_assert_replace (self->target, "shared");
  g_assert_no_errno (g_stat (self->target, &status));
  g_assert_cmphex (status.st_mode & 0777, ==, 0640);
  g_assert_no_errno (g_unlink (self->target));
  umask (077);
  test_assert_replace (self->target, "private");
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
  g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
}

/* A link stays a link. */
static void
test_replace_through_link (FileFixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);

  test_assert_replace (self->target, "old");
  g_assert_no_errno (symlink ("target.json", link));
  g_assert_true (g_file_test (link, G_FILE_TEST_EXISTS));
  test_assert_replace (link, "new");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  test_assert_contents (self->target, "new");
}

/* Whoever has the old file open keeps it, whole. */
static void
test_replace_is_atomic (FileFixture *self, gconstpointer data)
{
  char buffer[16] = "";
  int fd;

  test_assert_replace (self->target, "old contents");
  fd = g_open (self->target, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);

  {
    g_autoptr (FocFileWriter) writer = foc_file_writer_new (self->target, 3, NULL);
    int committed;

    g_assert_nonnull (writer);
    g_assert_true (foc_file_writer_write_at (writer, 0, "new", 3, NULL));
    test_assert_contents (self->target, "old contents");
    g_assert_cmpuint (test_folder_count (self->folder), ==, 2);
    committed = foc_file_writer_commit (writer, NULL);
    g_assert_cmpint (committed, >=, 0);
    test_assert_contents (self->target, "new");
    g_assert_cmpuint (test_folder_count (self->folder), ==, 1);

    /* The descriptor is that of the new file, for reading and for writing, and
     * outlives the writer. */
    g_clear_pointer (&writer, foc_file_writer_free);
    g_assert_cmpint (pread (committed, buffer, 3, 0), ==, 3);
    g_assert_cmpstr (buffer, ==, "new");
    g_assert_cmpint (pwrite (committed, "N", 1, 0), ==, 1);
    test_assert_contents (self->target, "New");
    g_assert_cmpint (fcntl (committed, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
    close (committed);
  }

  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, 12);
  g_assert_cmpmem (buffer, 12, "old contents", 12);
  close (fd);
}

static void
test_without_commit (FileFixture *self, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FocFileWriter) writer = foc_file_writer_new (self->target, 1000, NULL);

      g_assert_nonnull (writer);
      g_assert_true (foc_file_writer_write_at (writer, 0, "lost", 4, NULL));
      g_clear_pointer (&writer, foc_file_writer_free);
      g_assert_cmpuint (test_folder_count (self->folder), ==, i);
      if (i == 0)
        test_assert_replace (self->target, "kept");
    }
  test_assert_contents (self->target, "kept");
}

static void
test_unnamed (FileFixture *self, gconstpointer data)
{
  guint before = test_count_descriptors ();
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
  g_assert_cmpuint (test_count_descriptors (), ==, before);

  /* Without a name there is no rename, and no name in the error. */
  foc_file_set_fault (1, ENOSPC);
  writer = foc_file_writer_new (NULL, 100, &error);
  g_assert_null (writer);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_null (strstr (error->message, "null"));
  g_assert_cmpuint (test_count_descriptors (), ==, before);
}

static void
test_names (FileFixture *self, gconstpointer data)
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
      test_assert_replace (path, "contents");
      g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
      g_assert_true (foc_file_read (path, 8, &back, &length, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (back, length, "contents", 8);

      foc_file_set_fault (1, EIO);
      g_assert_false (foc_file_replace (path, "y", 1, &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      test_assert_contents (path, "contents");
      g_assert_true (foc_file_remove (path, NULL));
      g_assert_cmpuint (test_folder_count (self->folder), ==, 0);
    }
}

static void
test_impossible_targets (FileFixture *self, gconstpointer data)
{
  g_autofree char *below_file = g_build_filename (self->target, "model.json", NULL);
  g_autofree char *missing = g_build_filename (self->folder, "no", "model.json", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "model.json", NULL);
  g_autoptr (GError) error = NULL;

  test_assert_replace (self->target, "a file");

  g_assert_false (foc_file_replace (below_file, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  test_assert_names (error, "model.json");
  g_clear_error (&error);

  g_assert_false (foc_file_replace (missing, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  test_assert_names (error, "model.json");
  g_clear_error (&error);

  /* The last step alone finds this one. */
  g_assert_no_errno (g_mkdir (folder, 0755));
  g_assert_false (foc_file_replace (folder, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  test_assert_names (error, "model.json");
  g_assert_cmpuint (test_folder_count (self->folder), ==, 2);
  g_assert_cmpuint (test_folder_count (folder), ==, 0);
  test_assert_contents (self->target, "a file");
}

static void
test_read_only_folder (FileFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }

  test_assert_replace (self->target, "old");
  g_assert_no_errno (g_chmod (self->folder, 0555));
  g_assert_false (foc_file_replace (self->target, "new", 3, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  test_assert_names (error, "target.json");
  g_clear_error (&error);
  g_assert_false (foc_file_remove (self->target, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  test_assert_contents (self->target, "old");
  g_assert_no_errno (g_chmod (self->folder, 0755));
}

/* The thread's current cancellable; without one, the same is written. */
static void
test_cancelled (FileFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FocFileWriter) writer = foc_file_writer_new (self->target, 0, NULL);
  g_autoptr (GError) error = NULL;

  test_assert_replace (self->target, "before");
  g_cancellable_push_current (cancellable);
  g_assert_true (foc_file_writer_write_at (writer, 0, "after", 5, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (foc_file_writer_write_at (writer, 5, "wards", 5, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (foc_file_writer_commit (writer, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_cancellable_pop_current (cancellable);

  test_assert_contents (self->target, "before");
  g_clear_pointer (&writer, foc_file_writer_free);
  g_assert_cmpuint (test_folder_count (self->folder), ==, 1);
  test_assert_replace (self->target, "after");
}

static void
test_folder_and_remove (FileFixture *self, gconstpointer data)
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

  test_assert_replace (self->target, "a file");
  g_assert_false (foc_file_make_folder (self->target, &error));
  g_assert_nonnull (error);
  test_assert_names (error, "target.json");
  g_clear_error (&error);
  g_assert_false (foc_file_make_folder (below_file, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  test_assert_names (error, "target.json");
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_FILE_TEST ("replace", test_replace);
  ADD_FILE_TEST ("replace-through-link", test_replace_through_link);
  ADD_FILE_TEST ("replace-is-atomic", test_replace_is_atomic);
  ADD_FILE_TEST ("without-commit", test_without_commit);
  ADD_FILE_TEST ("unnamed", test_unnamed);
  ADD_FILE_TEST ("names", test_names);
  ADD_FILE_TEST ("impossible-targets", test_impossible_targets);
  ADD_FILE_TEST ("read-only-folder", test_read_only_folder);
  ADD_FILE_TEST ("cancelled", test_cancelled);
  ADD_FILE_TEST ("folder-and-remove", test_folder_and_remove);

  return g_test_run ();
}
