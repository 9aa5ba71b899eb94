/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-preferences-page.h"

struct _FocPreferencesPage
{
  AdwPreferencesPage parent_instance;

  AdwComboRow *color_scheme;
  GtkAdjustment *thumbnail_size;
  GtkSwitch *own_threshold;
  GtkAdjustment *threshold;
  GtkWidget *threshold_row;
  GtkSwitch *open_last;
};

G_DEFINE_FINAL_TYPE (FocPreferencesPage, foc_preferences_page, ADW_TYPE_PREFERENCES_PAGE)

/* The rows of the list stand in the order of the enumeration. */
static gboolean
scheme_to_row (GValue *row, GVariant *nick, gpointer settings)
{
  g_value_set_uint (row, (guint) g_settings_get_enum (settings, "color-scheme"));
  return TRUE;
}

static GVariant *
row_to_scheme (const GValue *row, const GVariantType *type, gpointer user_data)
{
  static const char *const nicks[] = { "default", "light", "dark" };
  guint position = g_value_get_uint (row);

  return position < G_N_ELEMENTS (nicks) ? g_variant_new_string (nicks[position]) : NULL;
}

static void
foc_preferences_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_PREFERENCES_PAGE);
  G_OBJECT_CLASS (foc_preferences_page_parent_class)->dispose (object);
}

static void
foc_preferences_page_class_init (FocPreferencesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foc_preferences_page_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FocPreferencesPage, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, FocPreferencesPage, thumbnail_size);
  gtk_widget_class_bind_template_child (widget_class, FocPreferencesPage, own_threshold);
  gtk_widget_class_bind_template_child (widget_class, FocPreferencesPage, threshold);
  gtk_widget_class_bind_template_child (widget_class, FocPreferencesPage, threshold_row);
  gtk_widget_class_bind_template_child (widget_class, FocPreferencesPage, open_last);
}

static void
foc_preferences_page_init (FocPreferencesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
foc_preferences_page_new (GSettings *settings)
{
  FocPreferencesPage *self = g_object_new (FOC_TYPE_PREFERENCES_PAGE, NULL);

  g_settings_bind_with_mapping (settings, "color-scheme", self->color_scheme, "selected",
                                G_SETTINGS_BIND_DEFAULT, scheme_to_row, row_to_scheme,
                                g_object_ref (settings), g_object_unref);
  g_settings_bind (settings, "thumbnail-size", self->thumbnail_size, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "own-threshold", self->own_threshold, "active",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "own-threshold", self->threshold_row, "sensitive",
                   G_SETTINGS_BIND_GET | G_SETTINGS_BIND_INVERT_BOOLEAN);
  g_settings_bind (settings, "threshold", self->threshold, "value",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "open-last-dataset", self->open_last, "active",
                   G_SETTINGS_BIND_DEFAULT);

  return GTK_WIDGET (self);
}
