/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* Lays children out in a line, in which those that expand take what is left. The last child
 * is the last but one there; where the line has no room for it, it has the line below. */

#define FOC_TYPE_STRIP_LAYOUT (foc_strip_layout_get_type ())

G_DECLARE_FINAL_TYPE (FocStripLayout,
                      foc_strip_layout,
                      FOC,
                      STRIP_LAYOUT,
                      GtkLayoutManager)
