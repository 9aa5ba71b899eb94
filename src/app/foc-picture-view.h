/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-item.h"

#include <gtk/gtk.h>

/* One picture, as large as there is room; the reason where it cannot be read. It is
 * decoded in a thread; the newest request wins.
 *
 * Property "shows-square": whether it shows, of a picture that is no square, which part the
 * network looks at. Signal "loaded": the picture is there, or will not come. */

#define FOC_TYPE_PICTURE_VIEW (foc_picture_view_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureView, foc_picture_view, FOC, PICTURE_VIEW, GtkWidget)

GtkWidget *foc_picture_view_new (void);

/* NULL for none. The same picture again loads nothing, unless its file has changed. */
void foc_picture_view_set_item (FocPictureView *self, FocPictureItem *item);

gboolean foc_picture_view_is_loading (FocPictureView *self);

/* Width and height of the picture in its file, upright; FALSE while they are not known. */
gboolean foc_picture_view_get_dimensions (FocPictureView *self, int *width, int *height);

/* "JPEG" and so on, by what is in the file; NULL while it is not known. */
const char *foc_picture_view_get_format (FocPictureView *self);
