/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-mounts.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

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

gboolean
test_unshare_mounts (void)
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
