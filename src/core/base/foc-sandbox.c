/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-sandbox.h"

static int pretended = -1;

gboolean
foc_sandbox_is_active (void)
{
  int is_active = g_atomic_int_get (&pretended);

  return is_active >= 0 ? is_active : g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

void
foc_sandbox_pretend (gboolean is_active)
{
  g_atomic_int_set (&pretended, is_active);
}
