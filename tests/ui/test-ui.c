/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui.h"

#include "foc-app-settings.h"

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#  include <sanitizer/lsan_interface.h>

/* What libraries allocate while they are loaded is no leak: GLib forgets its first table of
 * quarks when a program comes to have more than 2,048, as one with a window does. This is
 * called before their constructors, and the other after them. */
__attribute__ ((section (".preinit_array"),
                used)) static void (*const ignore) (void) = __lsan_disable;

__attribute__ ((constructor)) static void
heed (void)
{
  __lsan_enable ();
}
#endif

void
test_ui_init (int *argc, char ***argv)
{
  /* Accessible names are kept, and exported nowhere. */
  g_setenv ("GTK_A11Y", "test", TRUE);
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
test_ui_close_failure (const char *part)
{
  g_autoptr (GPtrArray) labels = NULL;
  gboolean found = FALSE;

  test_ui_wait (test_ui_has_failure, NULL);
  labels = test_ui_list (gtk_widget_get_root (test_ui_find_failure ()), GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++)
    found |= strstr (gtk_label_get_text (labels->pdata[i]), part) != NULL;
  g_assert_true (found);
  g_signal_emit_by_name (test_ui_find_failure (), "clicked");
  test_ui_wait (test_ui_has_no_failure, NULL);
}

GtkWidget *
test_ui_find_answer (const char *answer)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      g_autoptr (GPtrArray) labels = test_ui_list (l->data, GTK_TYPE_LABEL);

      /* The Cancel of a chooser that is about to go is no answer. */
      if (gtk_window_get_transient_for (l->data) == NULL || GTK_IS_FILE_CHOOSER (l->data))
        continue;
      for (guint i = 0; i < labels->len; i++)
        {
          GtkWidget *button = gtk_widget_get_ancestor (labels->pdata[i], GTK_TYPE_BUTTON);

          if (button != NULL && gtk_widget_get_mapped (button)
              && g_str_equal (gtk_label_get_text (labels->pdata[i]), answer))
            return button;
        }
    }

  return NULL;
}

static gboolean
has_answer (gpointer answer)
{
  return test_ui_find_answer (answer) != NULL;
}

static gboolean
has_no_answer (gpointer answer)
{
  return !has_answer (answer);
}

void
test_ui_answer (const char *answer)
{
  test_ui_wait (has_answer, (gpointer) answer);
  test_ui_run (300); /* a dialog does not listen while it comes */
  g_signal_emit_by_name (test_ui_find_answer (answer), "clicked");
  test_ui_wait (has_no_answer, (gpointer) answer);
}

void
test_ui_foreach (gpointer root, GFunc func, gpointer data)
{
  func (root, data);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    test_ui_foreach (child, func, data);
}

static gboolean
says (GtkWidget *widget, gconstpointer text)
{
  const char *said = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                     : GTK_IS_INSCRIPTION (widget)
                       ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
                       : NULL;

  return said != NULL && gtk_widget_get_mapped (widget) && g_strcmp0 (said, text) == 0;
}

gboolean
test_ui_says (gpointer root, const char *text)
{
  return find (root, says, text) != NULL;
}

typedef struct
{
  GType type;
  GPtrArray *widgets;
} Listing;

static void
add_to_list (gpointer widget, gpointer data)
{
  Listing *listing = data;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, listing->type))
    g_ptr_array_add (listing->widgets, widget);
}

GPtrArray *
test_ui_list (gpointer root, GType type)
{
  Listing listing = { type, g_ptr_array_new () };

  test_ui_foreach (root, add_to_list, &listing);
  return listing.widgets;
}

static gboolean
is_triggered (GtkShortcutTrigger *trigger, guint keyval, GdkModifierType modifiers)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      GtkAlternativeTrigger *both = GTK_ALTERNATIVE_TRIGGER (trigger);

      return is_triggered (gtk_alternative_trigger_get_first (both), keyval, modifiers)
             || is_triggered (gtk_alternative_trigger_get_second (both), keyval,
                              modifiers);
    }
  return GTK_IS_KEYVAL_TRIGGER (trigger)
         && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == keyval
         && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers;
}

static gboolean
press_shortcut (GtkWidget *widget,
                GListModel *shortcuts,
                guint keyval,
                GdkModifierType modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_triggered (gtk_shortcut_get_trigger (shortcut), keyval, modifiers))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                             widget,
                                             gtk_shortcut_get_arguments (shortcut));
    }

  return FALSE;
}

/* Only to controllers of one of the phases, bits. */
static gboolean
press (gpointer widget, guint phases, guint keyval, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if ((phases & 1u << gtk_event_controller_get_propagation_phase (controller)) == 0)
        continue;
      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        taken = press_shortcut (widget, G_LIST_MODEL (controller), keyval, modifiers);
      else if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, modifiers, &taken);
    }

  return taken;
}

gboolean
test_ui_press (gpointer widget, guint keyval, GdkModifierType modifiers)
{
  return press (widget, G_MAXUINT, keyval, modifiers);
}

gboolean
test_ui_type (gpointer window, guint keyval, GdkModifierType modifiers)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  g_autoptr (GPtrArray) path = g_ptr_array_new ();

  for (GtkWidget *w = focus != NULL ? focus : GTK_WIDGET (window); w != NULL;
       w = gtk_widget_get_parent (w))
    g_ptr_array_add (path, w);
  for (guint i = path->len; i > 0; i--)
    if (press (path->pdata[i - 1], 1u << GTK_PHASE_CAPTURE, keyval, modifiers))
      return TRUE;
  for (guint i = 0; i < path->len; i++)
    if (press (path->pdata[i], 1u << GTK_PHASE_TARGET | 1u << GTK_PHASE_BUBBLE, keyval,
               modifiers))
      return TRUE;
  return FALSE;
}

gpointer
test_ui_find_controller (gpointer widget, GType type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) == type)
        return controller; /* the widget has it */
    }
  g_assert_not_reached ();
}

static gboolean
is_laid_out (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0;
}

GtkWidget *
test_ui_show (GtkWidget *widget, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  test_ui_wait (is_laid_out, widget);
  return window;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
on_painted (GdkFrameClock *clock, gpointer flag)
{
  set_flag (flag);
}

void
test_ui_settle (gpointer widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  /* Twice: what waits for the sizes may change them again. */
  for (int i = 0; i < 2; i++)
    {
      gboolean painted = FALSE;
      gulong id =
        g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &painted);

      gtk_widget_queue_draw (widget);
      test_ui_wait (is_set, &painted);
      g_signal_handler_disconnect (clock, id);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

cairo_surface_t *
test_ui_draw (gpointer widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_surface_t *surface;
  GskRenderNode *node;
  cairo_t *cr;
  int width, height;

  test_ui_settle (widget); /* what was drawn before is kept */
  width = gtk_widget_get_width (widget);
  height = gtk_widget_get_height (widget);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

guint32
test_ui_get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row =
    cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  g_assert_cmpint (x, <, cairo_image_surface_get_width (surface));
  g_assert_cmpint (y, <, cairo_image_surface_get_height (surface));
  return ((const guint32 *) (gconstpointer) row)[x] & 0xffffff;
}

static gboolean
has_one_reference (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

void
test_ui_finalize (gpointer object)
{
  test_ui_wait (has_one_reference, object); /* what is scheduled may hold it */
  g_assert_finalize_object (G_OBJECT (object));
}

void
test_ui_destroy (gpointer window)
{
  g_object_ref (window);
  gtk_window_destroy (window);
  test_ui_finalize (window);
}

gboolean
test_ui_has_label (gpointer root, const char *text)
{
  g_autoptr (GPtrArray) labels = test_ui_list (root, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (gtk_label_get_text (labels->pdata[i]), text))
      return TRUE;
  return FALSE;
}
