/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-item.h"

#include <gtk/gtk.h>

/* The menu of a picture, by a right click, a long press, the Menu key or Shift+F10; and
 * Ctrl+C, which copies the picture's file. Main thread only. */

/* The picture that is meant, not referenced, or NULL: that at `place`, in the coordinates of
 * `widget`. Where a key was pressed, `place` has no size, and is set to where the
 * picture stands. */
typedef FocPictureItem *(*FocPictureMenuFind) (GtkWidget *widget, GdkRectangle *place);

/* Gives `widget`, which must have a layout manager, the menu. If it has an action
 * "picture.view", the menu offers the large view. That it is to be classified is for the
 * window's action "win.classify". */
void foc_picture_menu_attach (GtkWidget *widget, FocPictureMenuFind find);
