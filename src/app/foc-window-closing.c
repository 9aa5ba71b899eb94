/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-compat.h"
#include "foc-writing.h"

#include <glib/gi18n.h>

static FocTraining *
get_training (FocWindow *self)
{
  return foc_session_get_training (self->session);
}

static gboolean
is_writing (void)
{
  return g_list_model_get_n_items (foc_writing_get_jobs ()) > 0;
}

/* Pictures whose classes would be lost. */
static guint
count_by_hand (FocWindow *self)
{
  return self->classify_page != NULL && !self->drops_by_hand
           ? foc_answer_list_get_n_unrecorded (
             foc_classify_page_get_answers (self->classify_page))
           : 0;
}

/* What went on without a window ends with its work, unless something would be lost. */
static gboolean
end_in_background (gpointer user_data)
{
  FocWindow *self = user_data;
  FocTraining *training = get_training (self);

  self->end_id = 0;
  if (!self->in_background || foc_training_get_job (training) != NULL)
    return G_SOURCE_REMOVE;

  if (foc_training_get_problem (training) != NULL || is_writing ()
      || count_by_hand (self) > 0)
    gtk_window_present (GTK_WINDOW (self));
  else
    gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* When all who follow the job have heard of its end, which may not be the end of the work;
 * a search that is stopped before its first cell ends without a word. */
static void
follow_job (FocWindow *self)
{
  if (self->session != NULL && self->in_background && self->end_id == 0
      && foc_training_get_job (get_training (self)) == NULL)
    self->end_id = g_idle_add (end_in_background, self);
}

static void
hide (FocWindow *self)
{
  self->in_background = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean ask_about_work (FocWindow *self);

static gboolean
destroy_now (gpointer user_data)
{
  FocWindow *self = user_data;

  self->end_id = 0;
  if (!ask_about_work (self)) /* that began since the question */
    gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* Not while a question of the window is answered: it would outlive the window. */
static void
destroy_later (FocWindow *self)
{
  g_clear_handle_id (&self->end_id, g_source_remove);
  self->end_id = g_idle_add (destroy_now, self);
}

static void
keep_running (FocWindow *self)
{
  FocTraining *training = get_training (self);

  if (foc_training_get_job (training) == NULL)
    {
      destroy_later (self);
      return;
    }
  /* Nobody could resume it. */
  foc_training_set_paused (training, FALSE);
  hide (self);
}

/* The cells that are there are kept; what else is under way is in its checkpoints. */
static void
stop_and_close (FocWindow *self)
{
  FocTraining *training = get_training (self);
  FocJob *job = foc_training_get_job (training);

  if (job == NULL || foc_job_get_stage (job) != FOC_STAGE_GRID)
    {
      destroy_later (self);
      return;
    }
  self->is_ending = TRUE;
  foc_training_stop (training);
  hide (self);
}

static void
ask (FocWindow *self, GtkWindow *question)
{
  g_set_weak_pointer (&self->close_question, question);
  self->asks_to_wait = FALSE;
}

static gboolean
ask_about_model (FocWindow *self)
{
  ask (self, foc_compat_ask (
               GTK_WINDOW (self), _ ("The Run Is Not Saved"),
               _ ("It could not be written to its folder, and what it came to "
                  "is lost. A final model can be saved first."),
               _ ("_Discard the Run"), G_CALLBACK (destroy_later), G_OBJECT (self)));
  return TRUE;
}

static gboolean ask_before_close (FocWindow *self);

static gboolean
close_now (gpointer user_data)
{
  FocWindow *self = user_data;

  self->end_id = 0;
  if (!ask_before_close (self))
    gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* After an answer; there may be something else to ask about. */
static void
close_later (FocWindow *self)
{
  g_clear_weak_pointer (&self->close_question);
  g_clear_handle_id (&self->end_id, g_source_remove);
  self->end_id = g_idle_add (close_now, self);
}

static void
stop_writing (FocWindow *self)
{
  foc_writing_cancel ();
  close_later (self);
}

static void
ask_about_writing (FocWindow *self)
{
  g_autofree char *what = foc_writing_describe ();

  ask (self, foc_compat_ask_to_wait (GTK_WINDOW (self), _ ("Still Writing"), what,
                                     _ ("_Stop and Close"), G_CALLBACK (stop_writing),
                                     G_OBJECT (self)));
  self->asks_to_wait = TRUE;
}

/* Classes that were set by hand */

static void
export_answers (FocWindow *self)
{
  g_clear_weak_pointer (&self->close_question);
  foc_window_set_page (self, "classify");
  foc_classify_page_export_answers (self->classify_page);
}

static void
drop_by_hand (FocWindow *self)
{
  self->drops_by_hand = TRUE;
  close_later (self);
}

static void
ask_about_by_hand (FocWindow *self, guint n)
{
  static const char *const answers[] = { N_ ("_Export as CSV…"), N_ ("_Discard Them"),
                                         NULL };
  static const GCallback callbacks[] = { G_CALLBACK (export_answers),
                                         G_CALLBACK (drop_by_hand) };
  g_autofree char *text = g_strdup_printf (
    ngettext ("%'u picture has a class that was set by hand. What was set since the "
              "answers were last exported or copied into folders would be lost.",
              "%'u pictures have classes that were set by hand. What was set since the "
              "answers were last exported or copied into folders would be lost.",
              n),
    n);

  ask (self, foc_compat_choose (GTK_WINDOW (self), _ ("Export the Classes Set by Hand?"),
                                text, answers, callbacks, G_OBJECT (self)));
}

/* First of all: then a window that is hidden neither writes nor has anything to lose. */
static gboolean
ask_about_work (FocWindow *self)
{
  guint n_by_hand = count_by_hand (self);

  if (is_writing ())
    ask_about_writing (self);
  else if (n_by_hand > 0)
    ask_about_by_hand (self, n_by_hand);
  return is_writing () || n_by_hand > 0;
}

static void
allow_session_end (FocWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->session_inhibited != 0 && application != NULL)
    gtk_application_uninhibit (application, self->session_inhibited);
  self->session_inhibited = 0;
}

/* Neither the session nor the machine is to end what is written; a question whether to wait for
 * that goes with the last of it. */
static void
follow_writing (FocWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (is_writing () && self->session_inhibited == 0 && application != NULL)
    self->session_inhibited = gtk_application_inhibit (
      application, GTK_WINDOW (self),
      GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND,
      _ ("Files are being written"));
  if (is_writing ())
    return;

  allow_session_end (self);
  if (self->close_question != NULL && self->asks_to_wait)
    gtk_window_destroy (self->close_question);
}

static gboolean
ask_before_close (FocWindow *self)
{
  static const char *const answers[] = { N_ ("_Keep Running"), N_ ("_Stop and Keep"),
                                         NULL };
  static const GCallback callbacks[] = { G_CALLBACK (keep_running),
                                         G_CALLBACK (stop_and_close) };

  if (self->session == NULL || self->in_background || self->close_question != NULL)
    return self->close_question != NULL;
  if (ask_about_work (self))
    return TRUE;
  if (foc_training_get_job (get_training (self)) == NULL
      && foc_training_is_unsaved (get_training (self)))
    return ask_about_model (self);
  if (foc_training_get_steps (get_training (self)) == 0)
    return FALSE;

  ask (
    self,
    foc_compat_choose (
      GTK_WINDOW (self), _ ("A Model Is Being Trained"),
      _ ("It can go on without the window, and tell when it is done. If it is stopped, "
         "what is finished is kept, and the rest can be gone on with later."),
      answers, callbacks, G_OBJECT (self)));
  return TRUE;
}

gboolean
foc_window_ask_before_close (FocWindow *self)
{
  /* That was for a closing which did not come about. */
  if (self->close_question == NULL && !self->in_background && self->end_id == 0)
    self->drops_by_hand = FALSE;
  return ask_before_close (self);
}

static gboolean
on_close_request (FocWindow *self)
{
  return foc_window_ask_before_close (self);
}

/* A second start brings it back. */
static void
on_shown (FocWindow *self)
{
  self->in_background = self->is_ending = self->drops_by_hand = FALSE;
}

void
foc_window_init_closing (FocWindow *self)
{
  FocTraining *training = get_training (self);

  g_signal_connect_object (training, "notify::job", G_CALLBACK (follow_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "notify::state", G_CALLBACK (follow_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (foc_writing_get_jobs (), "items-changed",
                           G_CALLBACK (follow_writing), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close_request), NULL);
  g_signal_connect (self, "show", G_CALLBACK (on_shown), NULL);
}

void
foc_window_dispose_closing (FocWindow *self)
{
  allow_session_end (self);
  g_clear_handle_id (&self->end_id, g_source_remove);
  g_clear_weak_pointer (&self->close_question);
}
