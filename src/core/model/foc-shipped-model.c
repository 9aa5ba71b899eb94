/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-shipped-model.h"

#define MODEL "model.safetensors"

/* The folder that the program lies in. */
static char *
find_program_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL ? g_path_get_dirname (program) : g_strdup (".");
}

char *
foc_shipped_model_find (void)
{
  const char *given = g_getenv ("FOC_MODEL");
  g_autofree char *folder = find_program_folder ();
  char *candidates[] = {
    g_strconcat (folder, "/../share/face-or-comic/models/" MODEL, NULL),
    g_strconcat (folder, "/../../data/models/" MODEL, NULL),
    g_strdup (FOC_DATA_DIR "/models/" MODEL),
  };
  char *found = g_strdup (given);

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      if (found == NULL && g_file_test (candidates[i], G_FILE_TEST_IS_REGULAR))
        found = g_canonicalize_filename (candidates[i], NULL);
      g_free (candidates[i]);
    }

  return found;
}
