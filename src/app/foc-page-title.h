/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* The middle of the header bar: the switcher of the pages where there is room for all of
 * it, else the title, and the pages are switched elsewhere.
 *
 * Properties:
 *
 *     stack    AdwViewStack of the pages
 *     title    of the window
 *     narrow   whether it shows the title; read-only. It is notified while sizes are
 *              being allocated: do not lay out anything at once. */

#define FOC_TYPE_PAGE_TITLE (foc_page_title_get_type ())

G_DECLARE_FINAL_TYPE (FocPageTitle, foc_page_title, FOC, PAGE_TITLE, GtkWidget)

gboolean foc_page_title_get_narrow (FocPageTitle *self);
