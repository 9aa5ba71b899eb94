/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* What is dropped on the window or pasted into it: files, or a picture, in whatever way
 * they are offered. Of several ways the first of these that leads to something counts:
 *
 *   files        through the portal where it offers that, by their addresses where it does
 *                not, or where it cannot: portals before 1.18 know no folders
 *   a picture    its bytes, which are decoded within our own bounds; a browser offers them
 *                beside an address on the web, which is no file and left aside
 *   a texture    which GTK has decoded
 *   text         that is nothing but paths or addresses of files
 *
 * No more is read into memory than a picture's file may have (FOC_LIMIT_IMAGE_BYTES).
 *
 * Main thread only. */

typedef struct
{
  GPtrArray *files; /* of GFile, at least one; or NULL. Some may have no path (see
                       g_file_peek_path()); all of them, where nothing else is there. */
  GBytes *picture;  /* or an encoded picture; NULL */
} FocIncoming;

void foc_incoming_clear (FocIncoming *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocIncoming, foc_incoming_clear)

/* All that can be taken, for a GtkDropTargetAsync. Free with gdk_content_formats_unref(). */
GdkContentFormats *foc_incoming_get_formats (void);

/* Reads `from`, a GdkDrop or a GdkClipboard. A drop is not finished by that. Cancelled, it
 * ends at once, even if whoever offers something never gives it. */
void foc_incoming_read_async (gpointer from,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* FALSE where nothing that was offered can be read. FOC_ERROR_IMAGE_TOO_LARGE comes with a
 * sentence for the user; G_IO_ERROR_CANCELLED and any other error without. */
gboolean
foc_incoming_read_finish (GAsyncResult *result, FocIncoming *incoming, GError **error);
