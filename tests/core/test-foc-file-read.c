/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void
test_read_limits (FileFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8 *bytes = NULL;
  gsize length = 99;

  test_assert_replace (self->target, "12345");
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
      test_assert_names (error, "target.json");
      g_assert_null (bytes);
      g_clear_error (&error);
    }

  test_assert_replace (self->target, "");
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
  test_assert_names (error, name);
  g_assert_null (bytes);
}

static void
test_read_other_kinds (FileFixture *self, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (self->folder, "fifo", NULL);
  g_autofree char *loop = g_build_filename (self->folder, "loop", NULL);
  g_autofree char *below_file = g_build_filename (self->target, "below", NULL);
  g_autofree char *name = g_build_filename (self->folder, "socket", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  guint before = test_count_descriptors ();
  guint64 size = 0;
  int fd;

  assert_unreadable (self->target, ENOENT);
  assert_unreadable (self->folder, EISDIR);
  test_assert_replace (self->target, "12345");
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
  g_assert_cmpuint (test_count_descriptors (), ==, before);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_FILE_TEST ("read-limits", test_read_limits);
  ADD_FILE_TEST ("read-other-kinds", test_read_other_kinds);

  return g_test_run ();
}
