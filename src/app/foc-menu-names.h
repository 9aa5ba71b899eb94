/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Lets a screen reader read the items of menus. GTK 4.18 names an item after a label that
 * it hides from screen readers, and so gives it no name at all. To be called once, from
 * the main thread, after GTK has begun; concerns all menus that are opened from then on. */
void foc_menu_names_init (void);
