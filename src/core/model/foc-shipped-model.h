/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* The model that comes with the program, so that it can be used without training. It is
 * looked for
 *
 *   where the environment variable FOC_MODEL says, whether it is there or not,
 *   in share/face-or-comic/models/ beside the folder of the program, so that an
 *   installation may be moved,
 *   in data/models/ of the build folder that the program lies in,
 *   where it was to be installed.
 *
 * Its path, free with g_free(); NULL if there is none. */
char *foc_shipped_model_find (void);
