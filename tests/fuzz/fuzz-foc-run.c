/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a run record: a record that can be written and read again, or an
 * error. */

#include "foc-run.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

static char *folder;

static void
remove_folder (void)
{
  g_autofree char *path = g_build_filename (folder, "run.json", NULL);

  g_unlink (path);
  g_rmdir (folder);
}

/* A folder whose record is a link to memory. */
static void
point_record_at (int fd)
{
  g_autofree char *target = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = NULL;

  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("foc-fuzz-XXXXXX", NULL);
      atexit (remove_folder);
    }
  path = g_build_filename (folder, "run.json", NULL);
  g_unlink (path);
  if (symlink (target, path) != 0)
    abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  int fd = memfd_create ("record", MFD_CLOEXEC);
  g_autoptr (FocRun) run = NULL;
  g_autoptr (GError) error = NULL;

  if (fd < 0 || write (fd, data, length) != (ssize_t) length)
    abort ();
  point_record_at (fd);

  run = foc_run_load (folder, &error);
  if ((run == NULL) == (error == NULL))
    abort ();
  if (run != NULL)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autofree char *text = NULL;
      g_autoptr (FocRun) again = NULL;

      json_builder_begin_object (builder);
      if (run->grid != NULL)
        foc_run_cells_to_json (run, builder);
      foc_run_certainty_to_json (run, builder);
      foc_run_holdout_to_json (run, builder);
      json_builder_end_object (builder);
      text = foc_json_to_string (builder, TRUE, NULL);

      if (!foc_run_save (run, NULL))
        abort ();
      again = foc_run_load (folder, NULL);
      if (again == NULL || !foc_run_is_same (run, again)
          || foc_run_is_finished (run) != foc_run_is_finished (again))
        abort ();
    }

  close (fd);
  return 0;
}
