/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-shipped-model.h"

#include "foc-installed.h"

#define MODEL "models/model.safetensors"

char *
foc_shipped_model_find (void)
{
  const char *given = g_getenv ("FOC_MODEL");

  return given != NULL
           ? g_strdup (given)
           : foc_installed_find ("../share/face-or-comic/" MODEL, "../../data/" MODEL,
                                 FOC_DATA_DIR "/" MODEL, G_FILE_TEST_IS_REGULAR);
}
