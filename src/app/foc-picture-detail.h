/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-session.h"

#include <gtk/gtk.h>

/* The pane about one picture of the data set: the picture, facts of its file, its set, what
 * the network sees of it, and what the model says to it, and why.
 *
 * Property "item": the FocPictureItem, or NULL. */

#define FOC_TYPE_PICTURE_DETAIL (foc_picture_detail_get_type ())

G_DECLARE_FINAL_TYPE (FocPictureDetail,
                      foc_picture_detail,
                      FOC,
                      PICTURE_DETAIL,
                      GtkWidget)

/* Once, before it is shown. */
void foc_picture_detail_set_session (FocPictureDetail *self, FocSession *session);

void foc_picture_detail_set_item (FocPictureDetail *self, FocPictureItem *item);
