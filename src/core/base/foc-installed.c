/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-installed.h"

/* The folder that the program lies in. */
static char *
find_program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL ? g_path_get_dirname (program) : g_strdup (".");
}

char *
foc_installed_find (const char *installed,
                    const char *built,
                    const char *configured,
                    GFileTest test)
{
  g_autofree char *folder = find_program_folder ();
  char *candidates[] = {
    g_build_filename (folder, installed, NULL),
    g_build_filename (folder, built, NULL),
    g_strdup (configured),
  };
  char *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      if (found == NULL && g_file_test (candidates[i], test))
        found = g_canonicalize_filename (candidates[i], NULL);
      g_free (candidates[i]);
    }

  return found;
}

char *
foc_installed_find_translations (void)
{
  /* Meson puts the catalogues below po/ as they are to be installed. */
  char *folder = foc_installed_find ("../share/locale", "../../po", FOC_LOCALE_DIR,
                                     G_FILE_TEST_IS_DIR);

  return folder != NULL ? folder : g_strdup (FOC_LOCALE_DIR);
}
