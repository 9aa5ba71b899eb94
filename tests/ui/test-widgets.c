/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-compat.h"
#include "foc-help-window.h"
#include "foc-job-bar.h"
#include "foc-page-title.h"
#include "foc-preferences-page.h"
#include "foc-side-panes.h"
#include "foc-window.h"
#include "test-ui.h"
#include "test-widgets.h"

/* Every widget of the program: it is made, shown, given something to show, left without it,
 * given it again, and freed with all that is in it. */

#define UI_RESOURCES "/io/github/faceorcomic/FaceOrComic/ui/"

static GtkWidget *
make_help_window (Fixture *self)
{
  return GTK_WIDGET (foc_help_window_show (GTK_WINDOW (self->parent), NULL));
}

static void
fill_job_bar (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocJob) job = full ? foc_job_new () : NULL;

  foc_job_bar_set_job (widget, job);
}

static void
fill_page_title (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (GtkWidget) stack = g_object_ref_sink (adw_view_stack_new ());

  adw_view_stack_add_titled (ADW_VIEW_STACK (stack), gtk_label_new (""), "one", "One");
  g_object_set (widget, "title", full ? "people" : NULL, "stack", full ? stack : NULL,
                NULL);
}

static GtkWidget *
make_preferences_page (Fixture *self)
{
  return foc_preferences_page_new (self->settings);
}

static GtkWidget *
make_shortcuts (Fixture *self)
{
  return GTK_WIDGET (foc_compat_present_shortcuts (GTK_WINDOW (self->parent),
                                                   UI_RESOURCES "help-overlay.ui"));
}

static GtkWidget *
make_side_panes (Fixture *self)
{
  return g_object_new (FOC_TYPE_SIDE_PANES, "child", gtk_label_new ("child"),
                       "start-button", gtk_toggle_button_new (), "end-button",
                       gtk_toggle_button_new (), NULL);
}

static GtkWidget *
make_window (Fixture *self)
{
  return GTK_WIDGET (foc_window_new (NULL, self->data.session, self->settings, FALSE));
}

/* clang-format off */
static const Case widgets_of_window[] = {
  { "foc-help-window", foc_help_window_get_type, make_help_window, NULL },
  { "foc-job-bar", foc_job_bar_get_type, NULL, fill_job_bar },
  { "foc-page-title", foc_page_title_get_type, NULL, fill_page_title },
  { "foc-preferences-page", foc_preferences_page_get_type, make_preferences_page, NULL },
  { "foc-side-panes", foc_side_panes_get_type, make_side_panes, NULL },
  { "foc-window", foc_window_get_type, make_window, test_widgets_fill_dataset },
  { "help-overlay", gtk_shortcuts_window_get_type, make_shortcuts, NULL },
  { NULL },
};
/* clang-format on */

static const Case *const tables[] = { widgets_of_window, widgets_of_dataset,
                                      widgets_of_training, widgets_of_classifying,
                                      widgets_of_one_picture };

static void
set_up (Fixture *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, NULL);
  self->settings = test_ui_settings ();
  self->thumbnailer = foc_thumbnailer_new (1, 1024 * 1024);
  self->parent = test_ui_show (gtk_label_new ("parent"), 200, 100);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->parent);
  g_object_unref (self->thumbnailer);
  g_object_unref (self->settings);
  test_ui_dataset_tear_down (&self->data, NULL);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

/* On the screen, as what it is; a window around it, or NULL. */
static GtkWidget *
show (Fixture *self, GtkWidget *widget)
{
  GtkWidget *window = NULL;

  if (GTK_IS_WINDOW (widget))
    gtk_window_present (GTK_WINDOW (widget));
  else if (GTK_IS_POPOVER (widget))
    {
      gtk_widget_set_parent (widget, gtk_window_get_child (GTK_WINDOW (self->parent)));
      gtk_popover_popup (GTK_POPOVER (widget));
    }
  else
    window = test_ui_show (widget, 700, 500);
  test_ui_wait (is_mapped, widget);
  test_ui_settle (widget);
  return window;
}

static void
forget (gpointer set, GObject *widget)
{
  g_hash_table_remove (set, widget);
}

/* All but a tooltip, which GTK lends to one widget after the other. */
static void
remember (gpointer widget, gpointer set)
{
  GType tooltip = g_type_from_name ("GtkTooltipWindow");

  if ((tooltip == 0 || gtk_widget_get_ancestor (widget, tooltip) == NULL)
      && g_hash_table_add (set, widget))
    g_object_weak_ref (widget, forget, set);
}

static gboolean
is_empty (gpointer set)
{
  return g_hash_table_size (set) == 0;
}

static void
test_widget (Fixture *self, gconstpointer data)
{
  const Case *of = data;
  GtkWidget *widget = g_object_ref_sink (
    of->make != NULL ? of->make (self) : g_object_new (of->get_type (), NULL));
  GtkWidget *window = show (self, widget);
  g_autoptr (GHashTable) alive = g_hash_table_new (NULL, NULL);

  g_assert_true (G_OBJECT_TYPE (widget) == of->get_type ());
  for (int round = 0; round < 3 && of->fill != NULL; round++)
    {
      of->fill (self, widget, round != 1);
      test_ui_settle (widget);
    }
  g_assert_true (gtk_widget_get_mapped (widget));

  test_ui_foreach (widget, remember, alive);
  g_assert_cmpuint (g_hash_table_size (alive), >, 0);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  else if (window != NULL)
    test_ui_destroy (window);
  else
    {
      gtk_popover_popdown (GTK_POPOVER (widget));
      test_ui_settle (self->parent);
      gtk_widget_unparent (widget);
    }
  test_ui_finalize (widget);
  test_ui_wait (is_empty, alive);
}

static gboolean
has_case (const char *name, GType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const Case *of = tables[i]; of->name != NULL; of++)
      if (g_strcmp0 (of->name, name) == 0 || of->get_type () == type)
        return TRUE;

  return FALSE;
}

/* The types below `type` that are the program's. By now all are known. */
static void
look_for_types (GType type)
{
  g_autofree GType *children = g_type_children (type, NULL);

  for (GType *child = children; *child != 0; child++)
    {
      const char *name = g_type_name (*child);

      /* The bar is a part of FocAnswerBars. */
      if (g_str_has_prefix (name, "Foc") && !g_str_equal (name, "FocAnswerBar")
          && !has_case (NULL, *child))
        g_error ("%s has no case here", name);
      look_for_types (*child);
    }
}

/* Nothing is forgotten. */
static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files =
    g_resources_enumerate_children (UI_RESOURCES, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (files[0]);
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (files[i], strlen (files[i]) - strlen (".ui"));

      g_assert_true (g_str_has_suffix (files[i], ".ui"));
      if (!has_case (name, G_TYPE_INVALID))
        g_error ("%s has no case here", files[i]);
    }
  look_for_types (GTK_TYPE_WIDGET);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const Case *of = tables[i]; of->name != NULL; of++)
      {
        g_autofree char *path = g_strdup_printf ("/widgets/%s", of->name);

        g_test_add (path, Fixture, of, set_up, test_widget, tear_down);
      }
  g_test_add_func ("/widgets/all", test_all);
  return g_test_run ();
}
