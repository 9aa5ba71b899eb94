/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* Lays children out in lines, as words in a text, each as wide as it likes to be. The last
 * one takes what its line leaves. */

#define FOC_TYPE_WRAP_LAYOUT (foc_wrap_layout_get_type ())

G_DECLARE_FINAL_TYPE (FocWrapLayout, foc_wrap_layout, FOC, WRAP_LAYOUT, GtkLayoutManager)
