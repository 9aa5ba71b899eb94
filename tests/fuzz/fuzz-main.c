/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A main for fuzz targets without a fuzzer: replays the files that are named,
 * and those in the folders that are named, each once. A file that ever broke a
 * target goes into its corpus, and is tried in every test run from then on. */

#include <glib.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

static guint
replay (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;
  const char *name;
  guint n_files = 0;

  if (dir != NULL)
    {
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          n_files += replay (child);
        }
      return n_files;
    }

  if (!g_file_get_contents (path, &data, &length, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (EXIT_FAILURE);
    }

  {
    /* Of exact size: the zero byte that GLib adds would hide an overrun. */
    g_autofree guint8 *exact = g_memdup2 (data, length);

    LLVMFuzzerTestOneInput (exact, length);
  }
  return 1;
}

int
main (int argc, char *argv[])
{
  guint n_files = 0;

  for (int i = 1; i < argc; i++)
    n_files += replay (argv[i]);

  g_print ("%u files\n", n_files);
  return n_files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
