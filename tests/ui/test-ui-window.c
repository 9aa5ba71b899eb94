/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-window.h"

#include "foc-picture-grid.h"
#include "test-ui.h"

const char *const test_ui_pages[] = { "dataset", "train", "classify", NULL };

void
test_ui_window_set_up (UiWindow *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, data);
  self->settings = test_ui_settings ();
}

void
test_ui_window_tear_down (UiWindow *self, gconstpointer data)
{
  if (self->window != NULL)
    test_ui_window_close (self);
  g_object_unref (self->settings);
  test_ui_dataset_tear_down (&self->data, data);
}

void
test_ui_window_open (UiWindow *self)
{
  self->window = foc_window_new (NULL, self->data.session, self->settings);
  gtk_window_present (GTK_WINDOW (self->window));
  test_ui_settle (self->window);
}

void
test_ui_window_close (UiWindow *self)
{
  test_ui_destroy (g_steal_pointer (&self->window));
}

void
test_ui_window_open_dataset (UiWindow *self, const char *name)
{
  g_autoptr (FocPictureItem) item = NULL;
  guint position;

  test_ui_dataset_open (&self->data);
  item = test_ui_dataset_find (&self->data, name);
  g_assert_true (foc_picture_list_find (self->data.pictures,
                                        foc_picture_item_get_row (item), &position));
  foc_picture_grid_select (test_ui_find (self->window, FOC_TYPE_PICTURE_GRID), position);
  test_ui_settle (self->window);
}
