/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* What tests of widgets share. Whatever fails aborts the test. */

/* Before anything else in main(): begins the test, GTK and libadwaita. */
void test_ui_init (int *argc, char ***argv);

/* Lets the main loop run until `condition` holds; after 20 seconds the test fails. */
typedef gboolean (*TestCondition) (gpointer data);
void test_ui_wait (TestCondition condition, gpointer data);
/* Lets it run for so long. */
void test_ui_run (guint milliseconds);

/* Settings with every key as it is by default. */
GSettings *test_ui_settings (void);

/* The first widget of the type below `root`, or NULL. */
gpointer test_ui_find (gpointer root, GType type);
/* The first button below `root` with that label (as in its source) or tooltip, or NULL. */
gpointer test_ui_find_button (gpointer root, const char *name);
/* Whether a label or inscription below `root` has that text. */
gboolean test_ui_has_label (gpointer root, const char *text);
/* A dialog of failures, wherever it is shown: its button to close it, or NULL. */
GtkWidget *test_ui_find_failure (void);
/* The same, as a TestCondition. */
gboolean test_ui_has_failure (gpointer data);
gboolean test_ui_has_no_failure (gpointer data);
/* Waits for it; it must say `part`, and is closed. */
void test_ui_close_failure (const char *part);

/* The button of a dialog with this answer, wherever it is shown, or NULL; and who waits for
 * the dialog, chooses the answer, and waits until it has gone. */
GtkWidget *test_ui_find_answer (const char *answer);
void test_ui_answer (const char *answer);

/* Calls `func` with `root` and each widget below it, those out of sight included. */
void test_ui_foreach (gpointer root, GFunc func, gpointer data);
/* Whether a label or inscription below `root` that can be seen has this text, as it is shown. */
gboolean test_ui_says (gpointer root, const char *text);

/* The widgets below `root` of this type, those out of sight included. Free with
 * g_ptr_array_unref(). */
GPtrArray *test_ui_list (gpointer root, GType type);

/* As if the key was pressed in `widget`: its own controllers get it, in any phase. Whether
 * one of them took it. */
gboolean test_ui_press (gpointer widget, guint keyval, GdkModifierType modifiers);

/* As if the key was pressed in `window`: it is for what has the focus there, as far as the
 * widgets around that leave it. Whether somebody took it. */
gboolean test_ui_type (gpointer window, guint keyval, GdkModifierType modifiers);

/* The first controller of exactly that type that `widget` has itself; it is the widget's. */
gpointer test_ui_find_controller (gpointer widget, GType type);

/* A window around `widget`, which is on the screen when this returns. */
GtkWidget *test_ui_show (GtkWidget *widget, int width, int height);
/* Lets the main loop run until all is laid out and drawn, as it is now. */
void test_ui_settle (gpointer widget);
/* What a widget that is on the screen draws of itself: width x height pixels ARGB. Free
 * with cairo_surface_destroy(). */
cairo_surface_t *test_ui_draw (gpointer widget);
/* 0xRRGGBB, on black where nothing is drawn. */
guint32 test_ui_get_pixel (cairo_surface_t *surface, int x, int y);

/* Ends a window that the caller has no other reference to, and sees that it is freed. */
void test_ui_destroy (gpointer window);
/* Sees that the caller's reference is the last one, and frees it. */
void test_ui_finalize (gpointer object);
