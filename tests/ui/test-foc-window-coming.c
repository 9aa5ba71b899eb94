/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-classify-page.h"
#include "test-ui-classify.h"
#include "test-ui-window.h"
#include "test-ui.h"

/* What comes to the window and takes its time: it is waited for until it is cancelled, or
 * something else comes. */

/* The page is made when it is needed. */
static gboolean
has_one (gpointer fixture)
{
  FocClassifyPage *page =
    test_ui_find (((UiWindow *) fixture)->window, FOC_TYPE_CLASSIFY_PAGE);

  return page != NULL
         && foc_examination_get_state (foc_classify_page_get_examination (page))
              == FOC_EXAMINATION_READY;
}

static gboolean
says_looking (gpointer fixture)
{
  return test_ui_says (((UiWindow *) fixture)->window, "Looking at “/dead/file.png”");
}

static void
open_picture (UiWindow *self)
{
  g_autoptr (GFile) file =
    g_file_new_build_filename (self->data.faces, "faces/0.jpg", NULL);

  foc_window_open_files (self->window, &file, 1, NULL);
  test_ui_wait (has_one, self);
  test_ui_settle (self->window);
}

static void
open_dead_file (UiWindow *self)
{
  g_autoptr (GFile) file = test_ui_classify_new_dead_file ("/dead/file.png");

  foc_window_open_files (self->window, &file, 1, NULL);
  test_ui_wait (says_looking, self);
}

static void
test_cancel (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  open_dead_file (self);
  g_signal_emit_by_name (test_ui_find_button (self->window, "_Cancel"), "clicked");
  test_ui_settle (self->window);
  g_assert_false (says_looking (self));
  g_assert_false (test_ui_has_failure (NULL));
}

static void
test_other (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  open_dead_file (self);
  open_picture (self);
  g_assert_false (says_looking (self));
}

/* On any page, and before anything that the key ends there. */
static void
test_escape (UiWindow *self, gconstpointer data)
{
  test_ui_window_open (self);
  g_assert_false (test_ui_type (self->window, GDK_KEY_Escape, 0));
  open_dead_file (self);
  g_assert_true (test_ui_type (self->window, GDK_KEY_Escape, 0));
  test_ui_settle (self->window);
  g_assert_false (says_looking (self));

  open_picture (self);
  open_dead_file (self);
  g_assert_true (test_ui_type (self->window, GDK_KEY_Escape, 0));
  test_ui_settle (self->window);
  g_assert_false (says_looking (self));
  g_assert_true (has_one (self));
  g_assert_true (test_ui_type (self->window, GDK_KEY_Escape, 0)); /* back */
  g_assert_false (has_one (self));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/window-coming/" name, UiWindow, NULL, test_ui_window_set_up, function,   \
              test_ui_window_tear_down)
  ADD ("cancel", test_cancel);
  ADD ("other", test_other);
  ADD ("escape", test_escape);

  return g_test_run ();
}
