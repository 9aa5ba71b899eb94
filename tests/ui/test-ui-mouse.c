/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-mouse.h"

#include "test-ui.h"

gboolean
test_ui_has_mouse (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  if (xdotool == NULL)
    g_test_skip ("xdotool is not installed");
  return xdotool != NULL;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer flag)
{
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) flag = TRUE;
}

void
test_ui_use_mouse (const char *command)
{
  g_autofree char *line = g_strconcat ("xdotool ", command, NULL);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process =
    g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, NULL);
  gboolean done = FALSE;

  g_assert_nonnull (process);
  g_subprocess_wait_check_async (process, NULL, on_done, &done);
  test_ui_wait (is_set, &done);
}
