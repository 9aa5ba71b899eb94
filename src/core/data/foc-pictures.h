/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* Adds the paths of all pictures in the folder `path` and those below it to `files`
 * (strings, owned), in natural order. What counts as a picture is told by its name;
 * hidden entries are left out, links followed, no folder entered twice. In the place
 * of a folder that cannot be read stands its own path, so that whoever reads the files
 * tells of it. FALSE only with G_IO_ERROR_CANCELLED. Blocks; any thread. */
gboolean foc_list_pictures (const char *path,
                            GPtrArray *files,
                            GCancellable *cancellable,
                            GError **error);
