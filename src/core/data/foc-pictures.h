/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"

/* The pictures in a folder and in those below it. What counts as a picture is told by its
 * name; hidden entries are left out, links followed, no folder entered twice. In the
 * place of a folder that cannot be read, and behind the pictures of one that cannot be read
 * to its end, stands its own path, so that whoever reads the files tells of it. Blocks; any
 * thread. */

/* Gets the path of one picture, which is only there during the call; FALSE ends the
 * listing. */
typedef gboolean (*FocPictureFound) (const char *path, gpointer user_data);

/* Tells of each picture while the folder is still being read: of a folder of a million
 * entries it holds no more than a thousand names at a time. These are in natural order, so
 * that a folder that has no more is, too. What is hidden and what is no picture is added to
 * `ignored`, unless that is NULL. FALSE only with G_IO_ERROR_CANCELLED. */
gboolean foc_find_pictures (const char *path,
                            FocIgnored *ignored,
                            FocPictureFound found,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error);

/* Adds the paths of all of them to `files` (strings, owned), in natural order. FALSE
 * only with G_IO_ERROR_CANCELLED. */
gboolean foc_list_pictures (const char *path,
                            GPtrArray *files,
                            GCancellable *cancellable,
                            GError **error);
