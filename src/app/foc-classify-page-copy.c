/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-classify-page-private.h"

#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

/* Several may run: what copies, and what takes copies of before back. */

static FocAnswerCopy *
get_newest (FocClassifyPage *self)
{
  return self->copies->len > 0 ? self->copies->pdata[self->copies->len - 1] : NULL;
}

/* The bar is that of the newest; when it has ended, of the one before. */
static void
show_newest (FocClassifyPage *self)
{
  FocAnswerCopy *copy = get_newest (self);

  foc_job_bar_set_job (self->copy_bar,
                       copy != NULL ? foc_answer_copy_get_job (copy) : NULL);
  if (copy != NULL)
    foc_job_bar_set_text_func (self->copy_bar, foc_answer_copy_was_undone (copy)
                                                 ? foc_job_text_removing
                                                 : foc_job_text_copying);
}

static void
on_cancel_copy (FocClassifyPage *self)
{
  FocAnswerCopy *copy = get_newest (self);

  if (copy != NULL)
    foc_answer_copy_cancel (copy);
}

static void undo_copy (FocClassifyPage *self, gpointer copy);

/* What was copied or removed; what is there can be taken back. */
static void
report (FocClassifyPage *self, FocAnswerCopy *copy)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *hidden = NULL;
  AdwToast *toast;

  foc_text_append_sentence (text, foc_answer_copy_describe (copy));
  if (!foc_answer_copy_was_undone (copy))
    hidden = foc_answers_pane_describe_hidden (self->many);
  if (hidden != NULL)
    foc_text_append_sentence (text, hidden);
  toast = foc_widget_toast_new (text->str);
  if (foc_answer_copy_can_undo (copy))
    {
      foc_classify_page_offer_undo (self, toast, undo_copy, G_OBJECT (copy));
      return;
    }
  adw_toast_set_timeout (toast, FOC_WIDGET_UNDO_SECONDS);
  foc_widget_add_toast (self->toasts, toast);
}

static void
on_ended (FocClassifyPage *self, FocAnswerCopy *copy)
{
  g_autoptr (FocAnswerCopy) ended = g_object_ref (copy);

  g_signal_handlers_disconnect_by_func (copy, on_ended, self);
  g_ptr_array_remove (self->copies, copy);
  show_newest (self);
  report (self, copy);
}

/* It has just begun to copy, or to take copies back. */
static void
on_copying (FocClassifyPage *self, FocAnswerCopy *copy)
{
  g_ptr_array_add (self->copies, g_object_ref (copy));
  g_signal_connect_object (copy, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  show_newest (self);
}

static void
undo_copy (FocClassifyPage *self, gpointer copy)
{
  if (!foc_answer_copy_can_undo (copy))
    return;
  foc_answer_copy_undo (copy);
  on_copying (self, copy);
}

/* Answers that are exported. */

static void
on_exporting (FocClassifyPage *self, FocJob *job)
{
  foc_job_bar_set_job (self->export_bar, job);
}

void
foc_classify_page_export_answers (FocClassifyPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->many), "answers.export", NULL);
}

static void
on_cancel_export (FocClassifyPage *self)
{
  foc_job_cancel (foc_job_bar_get_job (self->export_bar));
}

void
foc_classify_page_class_add_copies (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_copying);
  gtk_widget_class_bind_template_callback (widget_class, on_exporting);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_export);
}

void
foc_classify_page_init_copies (FocClassifyPage *self)
{
  self->copies = g_ptr_array_new_with_free_func (g_object_unref);
}

void
foc_classify_page_dispose_copies (FocClassifyPage *self)
{
  for (guint i = 0; self->copies != NULL && i < self->copies->len; i++)
    g_signal_handlers_disconnect_by_data (self->copies->pdata[i], self);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
}
