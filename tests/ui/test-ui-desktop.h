/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* A desktop, as far as the program talks to it: who keeps the system from suspending, and
 * what is notified. */

/* From then on it is on the session's bus. */
void test_ui_desktop_begin (void);

/* TestConditions; `data` is NULL. */
gboolean test_ui_desktop_is_inhibited (gpointer data);
gboolean test_ui_desktop_is_not_inhibited (gpointer data);
/* Since test_ui_desktop_forget_notified(). */
gboolean test_ui_desktop_is_notified (gpointer data);
/* The last one, its title and its text in a line each; NULL: there was none. g_free(). */
char *test_ui_desktop_get_notified (void);
void test_ui_desktop_forget_notified (void);
