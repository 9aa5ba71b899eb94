/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include "foc-compat.h"
#include "foc-run-compare.h"
#include "foc-text.h"

#include <glib/gi18n.h>

/* This page and that to classify are made when they are shown, or so long after the window
 * is: they would delay the first frame, and what they offer can wait. */
#define PAGE_DELAY 1500 /* milliseconds */

#define NOTIFICATION "training"

/* How long an interrupted run is offered to be resumed; it stays in the history. */
#define OFFER_SECONDS 30

static FocTraining *
get_training (FocWindow *self)
{
  return foc_session_get_training (self->session);
}

static GApplication *
get_application (FocWindow *self)
{
  return G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
}

/* The page */

/* The pictures of a cell: all of the class in that set, but for those that were taken for
 * another one; or those that were taken for this one. */
static GHashTable *
find_pictures (const GArray *mistakes,
               const FocCatalog *catalog,
               guint true_class,
               guint answer,
               FocPart part)
{
  GHashTable *rows = g_hash_table_new (NULL, NULL);
  const guint16 *labels = foc_feature_store_get_labels (catalog->store);
  guint32 n, n_rows = foc_feature_store_get_n_rows (catalog->store);
  const guint32 *of_part = foc_split_get_rows (catalog->split, part, &n);

  for (guint32 i = 0; answer == true_class && i < n; i++)
    if (labels[of_part[i]] == true_class)
      g_hash_table_add (rows, GUINT_TO_POINTER (of_part[i]));
  for (guint i = 0; i < mistakes->len; i++)
    {
      const FocMistake *mistake = &g_array_index (mistakes, FocMistake, i);
      gpointer row = GUINT_TO_POINTER (mistake->row);

      if (mistake->row >= n_rows)
        continue;
      if (answer == true_class)
        g_hash_table_remove (rows, row);
      else if (mistake->answer == answer && labels[mistake->row] == true_class)
        g_hash_table_add (rows, row);
    }

  return rows;
}

static void
tell_pictures (FocWindow *self,
               const FocRun *run,
               guint true_class,
               guint answer,
               guint n)
{
  g_autofree char *class_name = foc_text_escape (run->class_names[true_class]);
  g_autofree char *answer_name = foc_text_escape (run->class_names[answer]);
  g_autofree char *text = g_strdup_printf (
    /* Translators: the second and the third are names of classes. */
    ngettext ("%'u picture of “%s” that the run took for “%s”",
              "%'u pictures of “%s” that the run took for “%s”", n),
    n, class_name, answer_name);

  foc_window_add_toast (self, text);
}

/* Of the run's data set, which is open. */
static void
show_pictures (FocWindow *self, guint true_class, guint answer, guint part)
{
  const FocRun *run = foc_training_get_run (get_training (self));
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);
  const FocCatalog *catalog = foc_open_dataset_get_catalog (dataset);
  const FocMeasurement *measurement =
    part == FOC_PART_HOLDOUT ? &run->holdout : &run->validation;
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  g_autoptr (FocCatalog) as_then = NULL;
  g_autoptr (GHashTable) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (measurement->mistakes == NULL)
    {
      foc_window_add_toast (self, _ ("This run has not kept which pictures these are."));
      return;
    }
  /* The split may be another one by now. */
  as_then = foc_catalog_split_anew (catalog, &run->settings.split, &error);
  if (as_then == NULL)
    {
      foc_compat_present_failure (GTK_WINDOW (self), _ ("The Pictures Cannot Be Shown"),
                                  error->message);
      return;
    }
  rows =
    find_pictures (measurement->mistakes, as_then, true_class, answer, (FocPart) part);
  filter.rows = rows;
  foc_picture_list_set_filter (foc_open_dataset_get_pictures (dataset), &filter);
  tell_pictures (self, run, true_class, answer, g_hash_table_size (rows));
  foc_window_set_page (self, "dataset");
}

static void
resume (AdwToast *toast, gpointer user_data)
{
  FocWindow *self = user_data;

  foc_window_set_page (self, "train");
  foc_train_page_resume (self->train_page, g_object_get_data (G_OBJECT (toast), "item"));
}

static void
offer_interrupted (FocWindow *self, FocRunItem *item)
{
  const char *name = foc_run_item_get_dataset_name (item);
  gboolean is_final = foc_run_item_get_state (item) == FOC_RUN_FINAL_INTERRUPTED;
  g_autofree char *title =
    g_strdup_printf (is_final ? _ ("Training a final model on “%s” was interrupted.")
                              : _ ("A search on “%s” was interrupted."),
                     name);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _ ("_Resume"));
  adw_toast_set_timeout (toast, OFFER_SECONDS);
  g_object_set_data_full (G_OBJECT (toast), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (resume), self, 0);
  foc_widget_add_toast (self->toasts, toast);
}

void
foc_window_ensure_train_page (FocWindow *self)
{
  if (self->train_page != NULL || self->session == NULL)
    return;

  self->train_page = g_object_new (FOC_TYPE_TRAIN_PAGE, NULL);
  g_signal_connect_object (self->train_page, "show-pictures", G_CALLBACK (show_pictures),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->train_page, "interrupted",
                           G_CALLBACK (offer_interrupted), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->train_bin, GTK_WIDGET (self->train_page));
  foc_train_page_set_session (self->train_page, self->session, self->settings);
  foc_widget_name_buttons (GTK_WIDGET (self->train_page));
}

/* One after the other. */
static gboolean
make_page (gpointer user_data)
{
  FocWindow *self = user_data;
  gboolean has_train_page = self->train_page != NULL;

  if (has_train_page)
    foc_window_ensure_classify_page (self);
  else
    foc_window_ensure_train_page (self);
  if (self->train_page == NULL || self->classify_page == NULL)
    return G_SOURCE_CONTINUE;
  self->pages_id = 0;
  return G_SOURCE_REMOVE;
}

/* While it trains */

static void
allow_suspend (FocWindow *self)
{
  if (self->inhibited != 0)
    gtk_application_uninhibit (self->inhibitor, self->inhibited);
  self->inhibited = 0;
  g_clear_object (&self->inhibitor);
}

static void
inhibit_suspend (FocWindow *self)
{
  gboolean works = foc_training_get_steps (get_training (self)) != 0
                   && foc_training_get_state (get_training (self)) != FOC_TRAINING_PAUSED;

  if (!works)
    allow_suspend (self);
  else if (self->inhibited == 0 && get_application (self) != NULL)
    {
      g_set_object (&self->inhibitor, GTK_APPLICATION (get_application (self)));
      self->inhibited = gtk_application_inhibit (self->inhibitor, GTK_WINDOW (self),
                                                 GTK_APPLICATION_INHIBIT_SUSPEND,
                                                 _ ("A model is trained"));
    }
}

/* It, or a dialog of it; what is hidden may count as active for longer. */
static gboolean
is_looked_at (FocWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (gtk_window_is_active (l->data) && gtk_widget_get_mapped (l->data))
      return TRUE;
  return FALSE;
}

/* To who does not look at the window. */
static void
notify (FocWindow *self, const char *title, const char *body)
{
  g_autoptr (GNotification) notification = NULL;

  if (get_application (self) == NULL || is_looked_at (self))
    return;

  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_application_send_notification (get_application (self), NOTIFICATION, notification);
}

static void
notify_done (FocWindow *self, FocTrainingSteps steps)
{
  FocTraining *training = get_training (self);
  const FocRun *run = foc_training_get_run (training);
  g_autofree char *body = NULL;

  /* Whoever heard of it before may have begun something else. */
  if (run == NULL || self->is_ending)
    return;
  body =
    g_strdup_printf (_ ("Best validation accuracy: %.1f %%"), 100 * run->best.accuracy);

  if (steps & FOC_TRAINING_SEARCH && foc_training_get_reference (training) != NULL
      && !run->grid->stopped)
    {
      g_autofree char *explanation =
        foc_run_compare_explain (foc_training_get_reference (training), run);

      notify (self, _ ("The Run Was Done Again"), explanation);
    }
  else if (steps & FOC_TRAINING_SEARCH)
    notify (self,
            run->grid->stopped ? _ ("The Search Was Stopped") : _ ("The Search Is Done"),
            body);
  else if (steps & FOC_TRAINING_FINAL)
    notify (self, _ ("The Final Model Is Done"), body);
}

void
foc_window_withdraw_notification (FocWindow *self)
{
  if (get_application (self) != NULL)
    g_application_withdraw_notification (get_application (self), NOTIFICATION);
}

static void
follow_job (FocWindow *self)
{
  if (self->session != NULL)
    inhibit_suspend (self);
}

static void
on_done (FocWindow *self, guint steps)
{
  notify_done (self, steps);
}

static void
on_failed (FocWindow *self, const char *message)
{
  notify (self, _ ("The Training Has Failed"), message);
}

void
foc_window_init_training (FocWindow *self)
{
  FocTraining *training = get_training (self);

  g_signal_connect_object (training, "notify::job", G_CALLBACK (follow_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "notify::state", G_CALLBACK (follow_job), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (training, "done", G_CALLBACK (on_done), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (training, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  self->pages_id = g_timeout_add (PAGE_DELAY, make_page, self);
}

void
foc_window_dispose_training (FocWindow *self)
{
  g_clear_handle_id (&self->pages_id, g_source_remove);
  allow_suspend (self);
}
