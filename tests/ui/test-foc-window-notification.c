/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-window-private.h"
#include "test-folders.h"
#include "test-ui-application.h"
#include "test-ui-desktop.h"
#include "test-ui.h"

/* What is said of the training to who does not look at the window. */

/* So long a notification takes at most. */
#define SETTLE 300 /* milliseconds */

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static void
set_up (UiApplication *self, gconstpointer data)
{
  test_ui_application_set_up (self, data);
  test_ui_application_open (self);
  test_ui_settle (self->window);
  gtk_window_present (GTK_WINDOW (self->window));
  test_ui_wait (is_active, self->window);
  test_ui_desktop_forget_notified ();
}

static void
look_away (UiApplication *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
}

static FocCatalog *
get_catalog (UiApplication *self)
{
  return foc_open_dataset_get_catalog (foc_session_get_dataset (self->window->session));
}

static void
begin (UiApplication *self)
{
  const FocSettings settings = test_ui_train_short ();

  foc_training_start (self->training, get_catalog (self), &settings, 1);
}

static void
assert_notified (const char *title, const char *text)
{
  g_autofree char *expected = g_strconcat (title, "\n", text, NULL);
  g_autofree char *notified = NULL;

  test_ui_wait (test_ui_desktop_is_notified, NULL);
  notified = test_ui_desktop_get_notified ();
  g_assert_cmpstr (notified, ==, expected);
  test_ui_desktop_forget_notified ();
}

static void
assert_not_notified (void)
{
  g_autofree char *notified = NULL;

  test_ui_run (SETTLE);
  notified = test_ui_desktop_get_notified ();
  g_assert_cmpstr (notified, ==, NULL);
}

/* As it is told with each of them. */
static char *
describe_best (UiApplication *self)
{
  return g_strdup_printf ("Best validation accuracy: %.1f %%",
                          100 * foc_training_get_run (self->training)->best.accuracy);
}

static void
test_done (UiApplication *self, gconstpointer data)
{
  g_autofree char *best = NULL;

  look_away (self);
  begin (self);
  test_ui_wait (test_ui_application_is_done, self);
  best = describe_best (self);
  assert_notified ("The Search Is Done", best);

  foc_training_go_on (self->training, get_catalog (self), FOC_TRAINING_FINAL, 1);
  assert_notified ("The Final Model Is Done", best);

  /* That takes no time. */
  foc_training_go_on (self->training, get_catalog (self), FOC_TRAINING_LOOK, 1);
  test_ui_wait (test_ui_application_is_done, self);
  assert_not_notified ();
}

static void
test_looked_at (UiApplication *self, gconstpointer data)
{
  begin (self);
  test_ui_wait (test_ui_application_is_done, self);
  assert_not_notified ();
  g_assert_true (is_active (self->window));

  foc_training_go_on (self->training, get_catalog (self), FOC_TRAINING_FINAL, 1);
  test_ui_wait (test_ui_application_is_done, self);
  assert_not_notified ();
  g_assert_true (is_active (self->window));
}

static void
test_reproduced (UiApplication *self, gconstpointer data)
{
  FocRun *reference;

  begin (self);
  test_ui_wait (test_ui_application_is_done, self);
  reference = foc_run_load (foc_training_get_run (self->training)->folder, NULL);
  look_away (self);
  foc_training_reproduce (self->training, get_catalog (self), reference, 1);
  assert_notified ("The Run Was Done Again", "Reproduced: identical to the bit.");

  reference->validation.loss += 1;
  foc_training_reproduce (self->training, get_catalog (self), reference, 1);
  test_ui_wait (test_ui_desktop_is_notified, NULL);
  {
    g_autofree char *notified = test_ui_desktop_get_notified ();

    g_assert_true (g_str_has_prefix (
      notified, "The Run Was Done Again\nIt came out differently in 1 result.\n"
                "Certainty and validation set: "));
  }
  test_ui_answer ("Close");
  foc_run_unref (reference);
}

/* Its message is that of the dialog. */
static void
on_failed (char **message, const char *text)
{
  g_free (*message);
  *message = g_strdup (text);
}

static void
test_failed (UiApplication *self, gconstpointer data)
{
  g_autofree char *message = NULL;

  test_folder_delete (self->train.data.faces);
  g_signal_connect_swapped (self->training, "failed", G_CALLBACK (on_failed), &message);
  look_away (self);
  begin (self);
  test_ui_wait (test_ui_application_is_done, self);
  g_assert_nonnull (message);
  assert_notified ("The Training Has Failed", message);
  g_signal_handlers_disconnect_by_func (self->training, on_failed, &message);
  test_ui_answer ("Close");
}

static void
close_window (UiApplication *self, const char *answer)
{
  const FocSettings settings = test_ui_train_long ();

  foc_training_start (self->training, get_catalog (self), &settings, 1);
  test_ui_wait (test_ui_application_has_cell, self);
  gtk_window_close (GTK_WINDOW (self->window));
  test_ui_answer (answer);
}

/* It goes on without the window, and somebody ends it. */
static void
test_stopped (UiApplication *self, gconstpointer data)
{
  g_autofree char *notified = NULL;

  close_window (self, "Keep Running");
  foc_training_stop (self->training);
  test_ui_wait (test_ui_desktop_is_notified, NULL);
  notified = test_ui_desktop_get_notified ();
  g_assert_true (g_str_has_prefix (notified, "The Search Was Stopped\nBest validation "));
  test_ui_wait (test_ui_application_is_gone, self);
}

/* Nobody waits for news of that. */
static void
test_stop_and_keep (UiApplication *self, gconstpointer data)
{
  close_window (self, "Stop and Keep");
  test_ui_wait (test_ui_application_is_gone, self);
  assert_not_notified ();
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  test_ui_desktop_begin ();
#define ADD(name, test)                                                                  \
  g_test_add ("/window-notification/" name, UiApplication, NULL, set_up, test,           \
              test_ui_application_tear_down)
  ADD ("done", test_done);
  ADD ("looked-at", test_looked_at);
  ADD ("reproduced", test_reproduced);
  ADD ("failed", test_failed);
  ADD ("stopped", test_stopped);
  ADD ("stop-and-keep", test_stop_and_keep);
#undef ADD
  return g_test_run ();
}
