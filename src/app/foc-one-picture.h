/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-examination.h"

#include <gtk/gtk.h>

/* One picture with its square, which can be moved, and beside it, or below where there is
 * little width, what the model says to that square, and why. The picture before stays until
 * the next one is there, unless that takes long. */

#define FOC_TYPE_ONE_PICTURE (foc_one_picture_get_type ())

G_DECLARE_FINAL_TYPE (FocOnePicture, foc_one_picture, FOC, ONE_PICTURE, GtkWidget)

GtkWidget *foc_one_picture_new (void);

/* Once, before it is shown. The examination's picture and model are what is shown; it may get
 * others at any time. */
void foc_one_picture_set_examination (FocOnePicture *self, FocExamination *examination);

/* Ends what the user is in the middle of: a drag of the square, which is put back, or else
 * painting. FALSE: it is nothing. */
gboolean foc_one_picture_escape (FocOnePicture *self);
