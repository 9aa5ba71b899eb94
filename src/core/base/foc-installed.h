/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Files that come with the program: models, translations. */

/* The first of these that passes `test`:
 *
 *   `installed`, seen from the folder of the program, so that an installation may be moved,
 *   `built`, seen from there too, where the program lies in a build folder,
 *   `configured`, an absolute path: where it was to be installed.
 *
 * Its path, free with g_free(); NULL if there is none. Any thread. */
char *foc_installed_find (const char *installed,
                          const char *built,
                          const char *configured,
                          GFileTest test);

/* The folder of the translations, for bindtextdomain(). Free with g_free(). */
char *foc_installed_find_translations (void);
