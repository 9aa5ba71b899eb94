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
/* A dialog of failures, wherever it is shown: its button to close it, or NULL. */
GtkWidget *test_ui_find_failure (void);
/* The same, as a TestCondition. */
gboolean test_ui_has_failure (gpointer data);
gboolean test_ui_has_no_failure (gpointer data);

/* Ends a window that the caller has no other reference to, and sees that it is freed. */
void test_ui_destroy (gpointer window);
