/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* Files that are dropped, in whatever way they are offered. */

/* For a GtkDropTargetAsync that takes files. Free with gdk_content_formats_unref(). */
GdkContentFormats *foc_drop_get_formats (void);

/* Reads the files of the drop: through the portal where it offers that, by their addresses
 * where it does not, or where the portal cannot: those before 1.18 know no folders. Main
 * thread. The drop is not finished. */
void foc_drop_read_files_async (GdkDrop *drop,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* The files, at least one, each with a reference; an error with no words for the user
 * where there are none. */
GPtrArray *
foc_drop_read_files_finish (GdkDrop *drop, GAsyncResult *result, GError **error);
