/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui.h"

#include "foc-app-settings.h"

void
test_ui_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  adw_init ();
}

static gboolean
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
test_ui_wait (TestCondition condition, gpointer data)
{
  gboolean late = FALSE;
  guint end = g_timeout_add_seconds (20, set_flag, &late);
  guint ticks = g_timeout_add (10, tick, NULL); /* not all that changes tells of it */

  while (!condition (data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (end);
  g_source_remove (ticks);
}

void
test_ui_run (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, set_flag, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

GSettings *
test_ui_settings (void)
{
  GSettings *settings = foc_app_settings_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_assert_nonnull (settings);
  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);

  return settings;
}

typedef gboolean (*Predicate) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *root, Predicate predicate, gconstpointer data)
{
  if (predicate (root, data))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, predicate, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_type (GtkWidget *widget, gconstpointer type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, *(const GType *) type);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer name)
{
  return GTK_IS_BUTTON (widget)
         && (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0
             || g_strcmp0 (gtk_widget_get_tooltip_text (widget), name) == 0);
}

gpointer
test_ui_find (gpointer root, GType type)
{
  return find (root, has_type, &type);
}

gpointer
test_ui_find_button (gpointer root, const char *name)
{
  return find (root, is_button, name);
}

/* The labels of its buttons stand by themselves. */
static gboolean
is_close_label (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget)
         && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), "Close")
         && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL;
}

GtkWidget *
test_ui_find_failure (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      GtkWidget *label = find (l->data, is_close_label, NULL);

      if (label != NULL && gtk_widget_get_mapped (label))
        return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
    }

  return NULL;
}

gboolean
test_ui_has_failure (gpointer data)
{
  return test_ui_find_failure () != NULL;
}

gboolean
test_ui_has_no_failure (gpointer data)
{
  return test_ui_find_failure () == NULL;
}

void
test_ui_destroy (gpointer window)
{
  g_object_ref (window);
  gtk_window_destroy (window);
  test_ui_run (50); /* what was scheduled may hold it */
  g_assert_finalize_object (G_OBJECT (window));
}
