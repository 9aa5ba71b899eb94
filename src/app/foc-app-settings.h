/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-settings.h"

#include <gio/gio.h>

/* What the window remembers; the keys are described in the schema, under data/. It is
 * looked for
 *
 *   in share/glib-2.0/schemas/ beside the folder of the program, so that an
 *   installation may be moved,
 *   in data/ of the build folder that the program lies in,
 *   where the desktop keeps its schemas.
 *
 * All objects that this makes hear of each other's changes. NULL, with a sentence on
 * standard error, if the schema is nowhere: the program is not installed rightly. */
GSettings *foc_app_settings_new (void);

/* Paths are kept in the encoding of file names. An empty path is returned as NULL; free
 * with g_free(). */
char *foc_app_settings_get_path (GSettings *settings, const char *key);
void foc_app_settings_set_path (GSettings *settings, const char *key, const char *path);

/* The user's threshold of "not sure", 0 ... 1, for foc_session_set_threshold(); NAN: the
 * model's own. */
double foc_app_settings_get_threshold (GSettings *settings);

/* The settings that a training was begun with last, or else the paper's. Their split is
 * not kept: it belongs to the data set. */
void foc_app_settings_get_training (GSettings *settings, FocSettings *training);
void foc_app_settings_set_training (GSettings *settings, const FocSettings *training);
