/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-model-bar.h"

#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n.h>
#include <math.h>

/* A thousand classes fill no line. */
#define MAX_CLASSES 5

struct _FocModelBar
{
  GtkWidget parent_instance;

  GtkButton *button;
  GtkLabel *name;
  GtkLabel *details;
};

G_DEFINE_FINAL_TYPE (FocModelBar, foc_model_bar, GTK_TYPE_WIDGET)

static char *
describe_classes (const FocModel *model)
{
  guint n = foc_model_get_n_classes (model);
  g_autofree char *names = NULL;

  if (n > MAX_CLASSES)
    return g_strdup_printf (ngettext ("%'u class", "%'u classes", n), n);
  names = g_strjoinv (_ (", "), model->class_names);
  return foc_text_escape (names);
}

/* What is known of it, in parts. */
static char *
describe (FocLoadedModel *loaded)
{
  const FocModel *model = foc_loaded_model_get_model (loaded);
  const char *dataset = foc_loaded_model_get_dataset_name (loaded);
  guint n = foc_loaded_model_get_n_pictures (loaded);
  g_autofree char *classes = describe_classes (model);
  g_autofree char *accuracy = NULL;
  g_autofree char *data = NULL;

  if (!isnan (model->origin.validation_accuracy))
    accuracy = g_strdup_printf (_ ("validation accuracy %.1f %%"),
                                100 * model->origin.validation_accuracy);
  if (dataset != NULL)
    /* Translators: where a model comes from; the name of the data set. */
    data = g_strdup_printf (
      ngettext ("data set “%s” of %'u picture", "data set “%s” of %'u pictures", n),
      dataset, n);
  if (accuracy == NULL)
    return g_strjoin (" · ", classes, data, NULL);
  return g_strjoin (" · ", classes, accuracy, data, NULL);
}

void
foc_model_bar_set_model (FocModelBar *self, FocLoadedModel *model)
{
  const char *name = model != NULL ? foc_loaded_model_get_name (model) : _ ("No model");
  g_autofree char *details =
    model != NULL ? describe (model) : g_strdup (_ ("Load one to classify pictures."));
  g_autofree char *all = g_strdup_printf ("%s\n%s", name, details);
  /* Translators: for screen readers; what is known of a model that has a name. */
  g_autofree char *spoken = g_strdup_printf (_ ("Model in use: %s, %s"), name, details);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->details, details);
  /* They may be cut. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), all);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
foc_model_bar_dispose (GObject *object)
{
  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_MODEL_BAR);
  G_OBJECT_CLASS (foc_model_bar_parent_class)->dispose (object);
}

static void
foc_model_bar_class_init (FocModelBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_model_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-model-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FocModelBar, button);
  gtk_widget_class_bind_template_child (widget_class, FocModelBar, name);
  gtk_widget_class_bind_template_child (widget_class, FocModelBar, details);
}

static void
foc_model_bar_init (FocModelBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_model_bar_set_model (self, NULL);
}
