/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* A mouse for tests: xdotool's. */

/* FALSE where there is none; then the test is skipped. */
gboolean test_ui_has_mouse (void);

/* A command of xdotool's, such as "mousemove 10 20"; the main loop runs meanwhile. */
void test_ui_use_mouse (const char *command);
