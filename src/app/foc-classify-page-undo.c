/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-classify-page-private.h"

#include "foc-widget.h"

#include <glib/gi18n.h>

typedef struct
{
  AdwToast *toast; /* or NULL: the list of answers knows what was set by hand */
  FocClassifyUndo undo;
  GObject *what;
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_clear_object (&offer->toast);
  g_clear_object (&offer->what);
  g_free (offer);
}

/* The caller takes it over; NULL where there is none any more. */
static Offer *
take_offer (FocClassifyPage *self, AdwToast *toast)
{
  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    if (((Offer *) self->offers->pdata[i])->toast == toast)
      return g_ptr_array_steal_index (self->offers, i);
  return NULL;
}

static void
on_clicked (FocClassifyPage *self, AdwToast *toast)
{
  Offer *offer = take_offer (self, toast);

  if (offer == NULL)
    return;
  offer->undo (self, offer->what);
  offer_free (offer);
}

static void
on_dismissed (FocClassifyPage *self, AdwToast *toast)
{
  Offer *offer = take_offer (self, toast);

  g_clear_pointer (&offer, offer_free);
}

void
foc_classify_page_offer_undo (FocClassifyPage *self,
                              AdwToast *toast,
                              FocClassifyUndo undo,
                              GObject *what)
{
  Offer *offer = g_new (Offer, 1);

  *offer = (Offer){ g_object_ref (toast), undo, g_object_ref (what) };
  g_ptr_array_add (self->offers, offer);
  adw_toast_set_timeout (toast, FOC_WIDGET_UNDO_SECONDS);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), self,
                           G_CONNECT_SWAPPED);
  foc_widget_add_toast (self->toasts, toast);
}

/* What was cleared is kept as long as it is offered. */

static void
undo_clear (FocClassifyPage *self, gpointer cleared)
{
  foc_answer_list_restore (self->answers, cleared);
  if (foc_classify_page_shows (self, "empty"))
    foc_classify_page_show_all (self, foc_classify_page_has_focus (self));
}

static void
on_cleared (FocClassifyPage *self, FocClearedAnswers *cleared)
{
  foc_classify_page_offer_undo (self, adw_toast_new (_ ("The list was cleared.")),
                                undo_clear, G_OBJECT (cleared));
}

/* What was set by hand can be undone as long as the list is there. */

static void
on_set_by_hand (FocClassifyPage *self)
{
  g_ptr_array_add (self->offers, g_new0 (Offer, 1));
}

/* The eye is not there, or there is nothing to be seen. */
static void
tell_undone (FocClassifyPage *self, guint row, gboolean is_shown)
{
  g_autoptr (FocAnswerItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->answers), row);
  g_autofree char *text = g_strdup_printf (
    is_shown ? _ ("The class of “%s” is as it was before.")
             : _ ("The class of “%s”, which is not shown now, is as it was before."),
    foc_answer_item_get_name (item));

  foc_widget_say (self->toasts, text);
}

/* FALSE where another picture is looked at. */
static gboolean
undo_by_hand (FocClassifyPage *self, guint row)
{
  gboolean was_looked_at = foc_answers_pane_is_selected (self->many, row);
  gboolean is_one = foc_classify_page_shows (self, "one");
  gboolean is_shown;

  if (is_one && (self->item == NULL || foc_answer_item_get_row (self->item) != row))
    return FALSE;

  g_ptr_array_set_size (self->offers, (int) self->offers->len - 1);
  foc_answer_list_undo_by_hand (self->answers);
  is_shown = foc_answers_pane_select_row (self->many, row);
  if (!is_one && (!is_shown || !was_looked_at))
    tell_undone (self, row, is_shown);
  return TRUE;
}

/* The newest. */
static gboolean
undo (FocClassifyPage *self)
{
  while (self->offers->len > 0)
    {
      Offer *offer = self->offers->pdata[self->offers->len - 1];
      guint row;

      if (offer->toast != NULL)
        {
          foc_widget_finish_toast (self->toasts, offer->toast);
          on_clicked (self, offer->toast);
          return TRUE;
        }
      if (foc_answer_list_get_last_by_hand (self->answers, &row))
        return undo_by_hand (self, row);
      g_ptr_array_set_size (self->offers, (int) self->offers->len - 1);
    }
  return FALSE;
}

/* Wherever the focus is: what had it may have gone with what is undone. Only text that is
 * typed has an undo of its own. */
static gboolean
on_undo_key (GtkWidget *widget, GVariant *args, gpointer self)
{
  return gtk_widget_get_mapped (self)
         && !GTK_IS_EDITABLE (gtk_root_get_focus (gtk_widget_get_root (self)))
         && undo (self);
}

void
foc_classify_page_class_add_undo (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_cleared);
}

void
foc_classify_page_init_undo (FocClassifyPage *self)
{
  self->offers = g_ptr_array_new_with_free_func (offer_free);
  g_signal_connect_object (self->answers, "set-by-hand", G_CALLBACK (on_set_by_hand),
                           self, G_CONNECT_SWAPPED);
  foc_widget_add_key (GTK_WIDGET (self), GDK_KEY_z, GDK_CONTROL_MASK, on_undo_key);
}

void
foc_classify_page_dispose_undo (FocClassifyPage *self)
{
  g_clear_pointer (&self->offers, g_ptr_array_unref);
}
