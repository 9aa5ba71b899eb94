/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-classify-page.h"

#include "foc-model-bar.h"
#include "foc-widget.h"

struct _FocClassifyPage
{
  GtkWidget parent_instance;

  GtkStack *stack; /* "empty" */
  FocModelBar *model_bar;

  FocSession *session;
};

G_DEFINE_FINAL_TYPE (FocClassifyPage, foc_classify_page, GTK_TYPE_WIDGET)

void
foc_classify_page_add_files (FocClassifyPage *self, GFile **files, guint n_files)
{
}

void
foc_classify_page_add_picture (FocClassifyPage *self, GBytes *picture, const char *name)
{
}

static void
follow_model (FocClassifyPage *self)
{
  foc_model_bar_set_model (self->model_bar, foc_session_get_model (self->session));
}

void
foc_classify_page_set_session (FocClassifyPage *self, FocSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::model", G_CALLBACK (follow_model), self,
                           G_CONNECT_SWAPPED);
  follow_model (self);
}

static void
foc_classify_page_dispose (GObject *object)
{
  FocClassifyPage *self = FOC_CLASSIFY_PAGE (object);

  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_CLASSIFY_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (foc_classify_page_parent_class)->dispose (object);
}

static void
foc_classify_page_class_init (FocClassifyPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_classify_page_dispose;

  g_type_ensure (FOC_TYPE_MODEL_BAR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-classify-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FocClassifyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FocClassifyPage, model_bar);
}

static void
foc_classify_page_init (FocClassifyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
