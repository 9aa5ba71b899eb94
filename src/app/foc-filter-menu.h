/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-list.h"

#include <gtk/gtk.h>

/* Which pictures of a list are shown: by class, by set, and by what is to be said of them.
 * A popover whose controls take effect at once. */

#define FOC_TYPE_FILTER_MENU (foc_filter_menu_get_type ())

G_DECLARE_FINAL_TYPE (FocFilterMenu, foc_filter_menu, FOC, FILTER_MENU, GtkPopover)

/* Once. */
void foc_filter_menu_set_pictures (FocFilterMenu *self, FocPictureList *pictures);
