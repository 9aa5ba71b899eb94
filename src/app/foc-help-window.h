/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* The help: one page of text, in the program itself. */

#define FOC_TYPE_HELP_WINDOW (foc_help_window_get_type ())

G_DECLARE_FINAL_TYPE (FocHelpWindow, foc_help_window, FOC, HELP_WINDOW, AdwWindow)

/* Shows the one that `parent` has, or makes it. `page`: the name of a page of the window,
 * whose section is shown; NULL leaves it where it is. */
FocHelpWindow *foc_help_window_show (GtkWindow *parent, const char *page);
