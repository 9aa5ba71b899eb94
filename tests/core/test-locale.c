/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-locale.h"

#include "test-folders.h"

#define ORIGINAL "/usr/lib/locale/C.utf8" /* of GNU's C library */

gboolean
test_locale_skip (void)
{
  if (g_getenv ("FOC_TEST_CATALOGUES") == NULL)
    g_test_skip ("there is no msgfmt");
  else if (!g_file_test (ORIGINAL, G_FILE_TEST_IS_DIR))
    g_test_skip ("there is no " ORIGINAL);
  else
    return FALSE;
  return TRUE;
}

void
test_locale_add (const char *root)
{
  if (g_file_test (ORIGINAL, G_FILE_TEST_IS_DIR))
    test_add_link (root, TEST_LOCALE, ORIGINAL);
}
