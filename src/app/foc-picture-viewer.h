/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-item.h"

#include <gtk/gtk.h>

/* One picture as large as the page. Signals: "step" (int: -1 or 1), the one before or
 * after it is wanted, by the arrow keys or the buttons; "close", by Escape, Space or the
 * button. */

#define FOC_TYPE_PICTURE_VIEWER (foc_picture_viewer_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureViewer,
                      foc_picture_viewer,
                      FOC,
                      PICTURE_VIEWER,
                      GtkWidget)

/* NULL for none. */
void foc_picture_viewer_set_item (FocPictureViewer *self, FocPictureItem *item);
