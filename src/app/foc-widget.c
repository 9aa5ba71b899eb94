/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-widget.h"

#include "foc-compat.h"

#include <glib/gi18n.h>

/* The width of a sentence that takes several lines: in libadwaita 1.2 a toast does not become
 * narrower, and with this it fits a window of 360 units. */
#define TOAST_CHARS 30

void
foc_widget_dispose_template (GtkWidget *widget, GType type)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (widget, type);
}

static void
set_name (GtkWidget *widget, const char *name)
{
  /* What it is labelled by would be said as well. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
name_button (GtkButton *button)
{
  GtkWidget *child = gtk_button_get_child (button);
  const char *tooltip = gtk_widget_get_tooltip_text (GTK_WIDGET (button));

  if (GTK_IS_LABEL (child))
    set_name (GTK_WIDGET (button), gtk_label_get_text (GTK_LABEL (child)));
  else if (GTK_IS_IMAGE (child) && tooltip != NULL)
    set_name (GTK_WIDGET (button), tooltip);
}

static void
name_check_button (GtkWidget *button)
{
  GtkWidget *label = gtk_widget_get_last_child (button);

  if (GTK_IS_LABEL (label))
    set_name (button, gtk_label_get_text (GTK_LABEL (label)));
}

/* The button in it, which has the focus, then has the same name. */
static gboolean
is_named_by_text (GtkMenuButton *button)
{
  return foc_compat_names_menu_buttons ()
         && gtk_menu_button_get_icon_name (button) == NULL;
}

/* The focus goes to a button in it, which GTK 4.18 calls by the name of the whole. */
static void
name_drop_down (GtkDropDown *drop_down)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  const char *tooltip = gtk_widget_get_tooltip_text (GTK_WIDGET (drop_down));
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (drop_down);
  g_autofree char *name = NULL;

  if (!GTK_IS_STRING_OBJECT (chosen))
    return;
  /* Translators: what a list is for, and what is chosen in it: for screen readers. */
  name = g_strdup_printf (_ ("%s: %s"), tooltip, gtk_string_object_get_string (chosen));
  set_name (button, name);
  set_name (GTK_WIDGET (drop_down), name);
}

void
foc_widget_name_buttons (GtkWidget *root)
{
  const char *tooltip = gtk_widget_get_tooltip_text (root);

  if (GTK_IS_BUTTON (root))
    name_button (GTK_BUTTON (root));
  else if (GTK_IS_CHECK_BUTTON (root))
    name_check_button (root);
  else if (GTK_IS_MENU_BUTTON (root) && tooltip != NULL
           && !is_named_by_text (GTK_MENU_BUTTON (root)))
    set_name (root, tooltip); /* the button in it has its text, or else this */
  else if (GTK_IS_DROP_DOWN (root) && tooltip != NULL)
    {
      name_drop_down (GTK_DROP_DOWN (root));
      g_signal_connect (root, "notify::selected-item", G_CALLBACK (name_drop_down), NULL);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    foc_widget_name_buttons (child);
}

int
foc_widget_get_char_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

AdwToast *
foc_widget_toast_new (const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_custom_title (
    toast,
    g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                  PANGO_WRAP_WORD_CHAR, "max-width-chars", TOAST_CHARS, "xalign", 0.0,
                  "css-classes", (const char *const[]){ "heading", NULL }, NULL));
  return toast;
}

/* What went wrong takes longer to read than that something is done. */
#define SAY_SECONDS 10

/* libadwaita 1.2 does not survive a toast that is dismissed while it comes. */
#define COMING_TIME (700 * G_TIME_SPAN_MILLISECOND)

/* Of an overlay, while it has toasts. */
typedef struct
{
  guint n;       /* that are shown or wait                          */
  AdwToast *one; /* the only one, if it was shown at once; not owned */
  gint64 shown;  /* when, microseconds                              */
} Toasts;

static Toasts *
get_toasts (AdwToastOverlay *overlay)
{
  Toasts *toasts = g_object_get_data (G_OBJECT (overlay), "foc-toasts");

  if (toasts == NULL)
    {
      toasts = g_new0 (Toasts, 1);
      g_object_set_data_full (G_OBJECT (overlay), "foc-toasts", toasts, g_free);
    }
  return toasts;
}

static void
on_dismissed (AdwToastOverlay *overlay, AdwToast *toast)
{
  Toasts *toasts = get_toasts (overlay);

  g_object_set_data (G_OBJECT (toast), "foc-dismissed", toast);
  toasts->n--;
  if (toasts->one == toast)
    toasts->one = NULL;
}

void
foc_widget_hush (AdwToastOverlay *overlay)
{
  Toasts *toasts = get_toasts (overlay);

  if (toasts->n == 1 && toasts->one != NULL
      && adw_toast_get_button_label (toasts->one) == NULL
      && g_get_monotonic_time () - toasts->shown > COMING_TIME)
    adw_toast_dismiss (toasts->one);
}

/* A sentence makes room for the next one. */
static void
make_room (AdwToastOverlay *overlay, AdwToast *toast)
{
  Toasts *toasts = get_toasts (overlay);

  foc_widget_hush (overlay);
  toasts->one = toasts->n == 0 ? toast : NULL;
  toasts->shown = g_get_monotonic_time ();
  toasts->n++;
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay,
                           G_CONNECT_SWAPPED);
}

void
foc_widget_add_toast (AdwToastOverlay *overlay, AdwToast *toast)
{
  GtkWidget *shown, *close;

  make_room (overlay, toast);
  adw_toast_overlay_add_toast (overlay, toast);
  shown = gtk_widget_get_last_child (GTK_WIDGET (overlay));
  if (shown == NULL || shown == adw_toast_overlay_get_child (overlay))
    return;

  close = gtk_widget_get_last_child (shown);
  if (GTK_IS_BUTTON (close) && gtk_widget_get_tooltip_text (close) == NULL
      && GTK_IS_IMAGE (gtk_button_get_child (GTK_BUTTON (close))))
    gtk_widget_set_tooltip_text (close, _ ("Close"));
  foc_widget_name_buttons (shown);
}

typedef struct
{
  AdwToastOverlay *overlay; /* or NULL: it has gone */
  AdwToast *toast;
} Finished;

static gboolean
finish (gpointer data)
{
  Finished *finished = data;

  if (finished->overlay != NULL
      && g_object_get_data (G_OBJECT (finished->toast), "foc-dismissed") == NULL)
    adw_toast_dismiss (finished->toast);
  return G_SOURCE_REMOVE;
}

static void
finished_free (gpointer data)
{
  Finished *finished = data;

  g_clear_weak_pointer (&finished->overlay);
  g_object_unref (finished->toast);
  g_free (finished);
}

/* It may be coming just now. */
void
foc_widget_finish_toast (AdwToastOverlay *overlay, AdwToast *toast)
{
  Finished *finished = g_new0 (Finished, 1);

  g_set_weak_pointer (&finished->overlay, overlay);
  finished->toast = g_object_ref (toast);
  adw_toast_set_button_label (toast, NULL);
  g_timeout_add_full (G_PRIORITY_DEFAULT, COMING_TIME / G_TIME_SPAN_MILLISECOND, finish,
                      finished, finished_free);
}

void
foc_widget_say (AdwToastOverlay *overlay, const char *text)
{
  AdwToast *toast = foc_widget_toast_new (text);

  adw_toast_set_timeout (toast, SAY_SECONDS);
  foc_widget_add_toast (overlay, toast);
}

void
foc_widget_wrap_buttons (GtkWidget *root)
{
  GtkWidget *label =
    GTK_IS_BUTTON (root) ? gtk_button_get_child (GTK_BUTTON (root)) : NULL;

  if (GTK_IS_LABEL (label))
    g_object_set (label, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    foc_widget_wrap_buttons (child);
}

void
foc_widget_set_problem (GtkWidget *editable, const char *problem)
{
  /* GTK 4.8 tells others of the whole, later versions of what has the focus in it. */
  GtkAccessible *parts[] = {
    GTK_ACCESSIBLE (editable),
    GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (editable))),
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (problem != NULL)
        gtk_accessible_update_property (parts[i], GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                        problem, -1);
      else
        gtk_accessible_reset_property (parts[i], GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      gtk_accessible_update_state (
        parts[i], GTK_ACCESSIBLE_STATE_INVALID,
        problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }

  if (problem != NULL)
    gtk_widget_add_css_class (editable, "error");
  else
    gtk_widget_remove_css_class (editable, "error");
}

void
foc_widget_add_key (GtkWidget *widget,
                    guint key,
                    GdkModifierType modifiers,
                    GtkShortcutFunc func)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                      gtk_callback_action_new (func, widget, NULL)));
  gtk_widget_add_controller (widget, controller);
}
