/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-window.h"
#include "test-ui-dataset.h"

/* The whole window, with the small data set of test-ui-dataset.h, for tests that look at
 * all that is in it. */

typedef struct
{
  UiDataset data;
  GSettings *settings;
  FocWindow *window; /* NULL before test_ui_window_open() */
} UiWindow;

void test_ui_window_set_up (UiWindow *self, gconstpointer data);
void test_ui_window_tear_down (UiWindow *self, gconstpointer data);

/* Shows the window, of its size by default, without a data set. */
void test_ui_window_open (UiWindow *self);
void test_ui_window_close (UiWindow *self);

/* Opens the data set, and selects picture `name`, say "faces/0.jpg". */
void test_ui_window_open_dataset (UiWindow *self, const char *name);
/* Selects another one. */
void test_ui_window_select (UiWindow *self, const char *name);

/* The toast that is shown, or NULL; a condition for test_ui_wait(). */
GtkWidget *test_ui_window_find_toast (UiWindow *self);
gboolean test_ui_window_has_toast (gpointer self);
/* Waits for one; it must be this. */
void test_ui_window_wait_for_toast (UiWindow *self, const char *text);

/* The names of the pages; NULL after the last one. */
extern const char *const test_ui_pages[];

/* In percent of the usual size. Set it back to 100 at the end. */
void test_ui_set_text_size (int percent);

/* Sees that the window, as it is, needs no more than a screen of this size; `what` it is
 * stands in the messages. */
#define UI_SMALL_WIDTH 720
#define UI_SMALL_HEIGHT 480
void test_ui_window_assert_fits (UiWindow *self, const char *what);
/* The same for each page, and for that of the data set with each of its panes. */
void test_ui_window_assert_pages_fit (UiWindow *self);
