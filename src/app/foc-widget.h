/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* For dispose(): lets go of the children of a widget that was made from a template of
 * `type`, and that is no container of GTK's, which would do so by itself. */
void foc_widget_dispose_template (GtkWidget *widget, GType type);

/* Once, for a window whose template is made: gives the buttons in it names for screen
 * readers. A button has its text, or else its tooltip, and so has what takes the focus in
 * a menu button; a drop-down has its tooltip, with what is chosen in it. Left alone, GTK
 * 4.8 would say "GtkImage" of an icon, and "_Open Open" of a text with a key. */
void foc_widget_name_buttons (GtkWidget *root);

/* How wide a character is in this widget's text, in units: what is narrow depends on it. */
int foc_widget_get_char_width (GtkWidget *widget);

/* A toast that shows all of `text`, which is no markup, on several lines if need be. */
AdwToast *foc_widget_toast_new (const char *text);

/* Adds a toast (takes it), whose buttons screen readers call by their names, unless it has to
 * wait for one that is shown. It need not wait for one that offers nothing. It lies over what is
 * shown, which does not move under the pointer for it. */
void foc_widget_add_toast (AdwToastOverlay *overlay, AdwToast *toast);

/* What a toast offers was done by other means: it offers that no more, and goes as soon as it
 * can. */
void foc_widget_finish_toast (AdwToastOverlay *overlay, AdwToast *toast);

/* Seconds that a toast stays which offers to take something back. */
#define FOC_WIDGET_UNDO_SECONDS 30

/* Adds a toast that says `text`, of something that went wrong or takes time to read: it stays
 * for ten seconds. */
void foc_widget_say (AdwToastOverlay *overlay, const char *text);

/* What was said is over, and goes; what offers something, or has only just come, stays. */
void foc_widget_hush (AdwToastOverlay *overlay);

/* Lets the texts of all buttons below `root` take several lines where there is little width. */
void foc_widget_wrap_buttons (GtkWidget *root);

/* Marks something that is typed into as wrong, for the eye and for screen readers; with
 * NULL as right. `problem` is the sentence that says why, to be shown elsewhere. */
void foc_widget_set_problem (GtkWidget *editable, const char *problem);

/* A key that is the widget's wherever the focus is in the window: `func`, which is called with
 * the widget as its user data, sees whether it is shown. What has the focus takes it first. */
void foc_widget_add_key (GtkWidget *widget,
                         guint key,
                         GdkModifierType modifiers,
                         GtkShortcutFunc func);
