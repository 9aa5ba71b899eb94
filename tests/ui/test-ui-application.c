/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-application.h"

#include "foc-app-settings.h"
#include "foc-window-private.h"
#include "test-folders.h"
#include "test-ui.h"

void
test_ui_application_set_up (UiApplication *self, gconstpointer data)
{
  static guint n;
  g_autofree char *id = g_strdup_printf ("io.github.faceorcomic.Test%u", ++n);

  test_ui_train_set_up (&self->train, NULL);
  self->application = foc_application_new (id);
  g_assert_true (g_application_register (G_APPLICATION (self->application), NULL, NULL));
}

void
test_ui_application_tear_down (UiApplication *self, gconstpointer data)
{
  if (self->window != NULL)
    test_ui_destroy (self->window);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (self->application)));
  /* Only who is run ends as it should; this one, for the wrong arguments. */
  g_application_run (G_APPLICATION (self->application), 2,
                     (char *[]){ (char *) "test", (char *) "--page=none", NULL });
  test_ui_finalize (self->application);
  test_ui_train_tear_down (&self->train, NULL);
}

void
test_ui_application_start (UiApplication *self)
{
  GtkWindow *window;

  g_application_activate (G_APPLICATION (self->application));
  window = gtk_application_get_active_window (GTK_APPLICATION (self->application));
  g_assert_true (FOC_IS_WINDOW (window));
  g_set_weak_pointer (&self->window, FOC_WINDOW (window));
  self->training = foc_session_get_training (self->window->session);
}

gboolean
test_ui_application_has_page (gpointer fixture)
{
  return ((UiApplication *) fixture)->window->train_page != NULL;
}

static gboolean
is_open (gpointer fixture)
{
  UiApplication *self = fixture;
  FocOpenDataset *dataset = foc_session_get_dataset (self->window->session);
  FocCatalog *catalog = foc_open_dataset_get_catalog (dataset);

  return catalog != NULL && catalog->step == FOC_CATALOG_COMPLETE
         && foc_open_dataset_get_job (dataset) == NULL;
}

void
test_ui_application_open (UiApplication *self)
{
  test_ui_application_start (self);
  foc_window_set_page (self->window, "train");
  g_assert_true (test_ui_application_has_page (self));
  foc_window_open_dataset (self->window, self->train.data.faces);
  test_ui_wait (is_open, self);
  foc_window_set_page (self->window, "train");
}

gboolean
test_ui_application_has_cell (gpointer fixture)
{
  const FocGrid *grid = foc_training_get_grid (((UiApplication *) fixture)->training);
  FocCell best;

  return grid != NULL && foc_grid_get_best (grid, &best);
}

void
test_ui_application_begin (UiApplication *self, FocSettings settings)
{
  foc_app_settings_set_training (self->train.settings, &settings);
  test_ui_application_open (self);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window->train_page),
                                             "train.start", NULL));
  g_assert_nonnull (foc_training_get_job (self->training));
}

void
test_ui_application_search (UiApplication *self)
{
  test_ui_application_begin (self, test_ui_train_long ());
  test_ui_wait (test_ui_application_has_cell, self);
}

gboolean
test_ui_application_is_done (gpointer fixture)
{
  return foc_training_get_job (((UiApplication *) fixture)->training) == NULL;
}

gboolean
test_ui_application_is_gone (gpointer fixture)
{
  return ((UiApplication *) fixture)->window == NULL;
}

gboolean
test_ui_application_is_seen (UiApplication *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->window));
}

void
test_ui_application_close_window (UiApplication *self)
{
  gtk_window_close (GTK_WINDOW (self->window));
}

guint
test_ui_application_count_questions (UiApplication *self)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      n += gtk_window_get_transient_for (window) == GTK_WINDOW (self->window);
    }
  return n;
}

static gboolean
is_answered (gpointer list)
{
  return g_list_model_get_n_items (list) == 2 && foc_answer_list_get_job (list) == NULL;
}

void
test_ui_application_add_answers (UiApplication *self)
{
  g_autofree char *folder = test_path (self->train.data.faces, "comics");
  g_autofree char *a = test_path (folder, "0.jpg");
  g_autofree char *b = test_path (folder, "1.jpg");
  g_autoptr (GFile) file_a = g_file_new_for_path (a);
  g_autoptr (GFile) file_b = g_file_new_for_path (b);

  foc_window_set_page (self->window, "classify");
  foc_classify_page_add_files (self->window->classify_page, (GFile *[]){ file_a, file_b },
                               2);
  test_ui_wait (is_answered, foc_classify_page_get_answers (self->window->classify_page));
}

void
test_ui_application_set_by_hand (UiApplication *self, guint row, int label)
{
  foc_answer_list_set_hand_label (
    foc_classify_page_get_answers (self->window->classify_page), row, label);
}
