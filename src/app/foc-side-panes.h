/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* Around a page with a pane at either side, each shown by a button. In a wide window both
 * are there at first; in a narrow one they hide, and show one at a time; in a tight one,
 * that one takes the place of what is between them.
 *
 * Properties "child", and "start-button" and "end-button", GtkToggleButtons: what is to be
 * seen follows their "active". "middle" is what is between the panes, whose "visible" is
 * set here. */

#define FOC_TYPE_SIDE_PANES (foc_side_panes_get_type ())

G_DECLARE_FINAL_TYPE (FocSidePanes, foc_side_panes, FOC, SIDE_PANES, GtkWidget)

/* Makes what is between the panes seen, if a pane has taken its place. */
void foc_side_panes_show_middle (FocSidePanes *self);
