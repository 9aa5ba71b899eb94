/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-preferences-page.h"

#include "foc-app-settings.h"
#include "test-ui.h"

#include <math.h>

typedef struct
{
  GSettings *settings;
  GtkWidget *page;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->settings = test_ui_settings ();
  self->page = g_object_ref_sink (foc_preferences_page_new (self->settings));
  self->window = test_ui_show (self->page, 600, 500);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  test_ui_finalize (self->page);
  test_ui_finalize (self->settings); /* nor does a binding hold them */
}

static void
test_style (Fixture *self, gconstpointer data)
{
  const char *const styles[] = { "default", "light", "dark" };
  const char *const words[] = { "As the Desktop", "Light", "Dark" };
  AdwComboRow *row = test_ui_find (self->page, ADW_TYPE_COMBO_ROW);

  for (guint i = G_N_ELEMENTS (styles); i-- > 0;)
    {
      g_autofree char *style = NULL;
      GtkStringObject *chosen;

      adw_combo_row_set_selected (row, i);
      chosen = adw_combo_row_get_selected_item (row);
      g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, words[i]);
      style = g_settings_get_string (self->settings, "color-scheme");
      g_assert_cmpstr (style, ==, styles[i]);
    }
  for (guint i = G_N_ELEMENTS (styles); i-- > 0;)
    {
      g_settings_set_string (self->settings, "color-scheme", styles[i]);
      g_assert_cmpuint (adw_combo_row_get_selected (row), ==, i);
    }
}

static void
test_thumbnails (Fixture *self, gconstpointer data)
{
  GtkSpinButton *spin = test_ui_find (self->page, GTK_TYPE_SPIN_BUTTON);
  GVariant *range;
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;
  g_autoptr (GVariant) described = NULL;
  double least, most;
  int lower, upper;

  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, 112);
  gtk_spin_button_set_value (spin, 200);
  g_assert_cmpint (g_settings_get_int (self->settings, "thumbnail-size"), ==, 200);
  g_settings_set_int (self->settings, "thumbnail-size", 80);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, 80);

  /* What can be chosen is what can be kept. */
  g_object_get (self->settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, "thumbnail-size");
  described = g_settings_schema_key_get_range (key);
  g_variant_get (described, "(&sv)", NULL, &range);
  g_variant_get (range, "(ii)", &lower, &upper);
  g_variant_unref (range);
  gtk_spin_button_get_range (spin, &least, &most);
  g_assert_cmpfloat (least, ==, lower);
  g_assert_cmpfloat (most, ==, upper);
}

/* The model's own, until the user wants another one. */
static void
test_threshold (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) spins = test_ui_list (self->page, GTK_TYPE_SPIN_BUTTON);
  GtkSwitch *own = test_ui_find (self->page, GTK_TYPE_SWITCH);
  GtkSpinButton *spin = spins->pdata[1];

  g_assert_true (gtk_switch_get_active (own));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (spin)));
  g_assert_true (isnan (foc_app_settings_get_threshold (self->settings)));
  gtk_switch_set_active (own, FALSE);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (spin)));
  g_assert_cmpfloat (foc_app_settings_get_threshold (self->settings), ==, 0.8);
  gtk_spin_button_set_value (spin, 0);
  g_assert_cmpfloat (foc_app_settings_get_threshold (self->settings), ==, 0);
  gtk_spin_button_set_value (spin, 101);
  g_assert_cmpfloat (foc_app_settings_get_threshold (self->settings), ==, 1);
  g_settings_set_int (self->settings, "threshold", 65);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (spin), ==, 65);
  g_settings_set_boolean (self->settings, "own-threshold", TRUE);
  g_assert_true (gtk_switch_get_active (own));
}

static void
test_open_last (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) switches = test_ui_list (self->page, GTK_TYPE_SWITCH);
  GtkSwitch *open_last = switches->pdata[1];

  g_assert_true (gtk_switch_get_active (open_last));
  gtk_switch_set_active (open_last, FALSE);
  g_assert_false (g_settings_get_boolean (self->settings, "open-last-dataset"));
  g_settings_set_boolean (self->settings, "open-last-dataset", TRUE);
  g_assert_true (gtk_switch_get_active (open_last));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/preferences-page/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("style", test_style);
  ADD ("thumbnails", test_thumbnails);
  ADD ("threshold", test_threshold);
  ADD ("open-last", test_open_last);

  return g_test_run ();
}
