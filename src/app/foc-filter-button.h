/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* A row of the side pane: what pictures it is about, and how many there are. Pressed in,
 * only those are shown. */

#define FOC_TYPE_FILTER_BUTTON (foc_filter_button_get_type ())

G_DECLARE_FINAL_TYPE (FocFilterButton,
                      foc_filter_button,
                      FOC,
                      FILTER_BUTTON,
                      GtkToggleButton)

/* Property "title": what it is about. Property "symbol": an icon before the title. */
GtkWidget *foc_filter_button_new (const char *title);

/* A widget before the title. */
void foc_filter_button_set_prefix (FocFilterButton *self, GtkWidget *prefix);

void foc_filter_button_set_count (FocFilterButton *self, guint32 count);
