/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-welcome-page.h"

#include "foc-widget.h"

struct _FocWelcomePage
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (FocWelcomePage, foc_welcome_page, ADW_TYPE_BIN)

static void
foc_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (foc_welcome_page_parent_class)->dispose (object);
}

static void
foc_welcome_page_class_init (FocWelcomePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = foc_welcome_page_dispose;
  gtk_widget_class_set_template_from_resource (
    GTK_WIDGET_CLASS (klass),
    "/io/github/faceorcomic/FaceOrComic/ui/foc-welcome-page.ui");
}

static void
foc_welcome_page_init (FocWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_wrap_buttons (GTK_WIDGET (self));
}

GtkWidget *
foc_welcome_page_new (void)
{
  return g_object_new (FOC_TYPE_WELCOME_PAGE, NULL);
}
