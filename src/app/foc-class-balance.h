/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* A bar of one piece for each class, as long as the class's share of all pictures. */

#define FOC_TYPE_CLASS_BALANCE (foc_class_balance_get_type ())

G_DECLARE_FINAL_TYPE (FocClassBalance, foc_class_balance, FOC, CLASS_BALANCE, GtkWidget)

GtkWidget *foc_class_balance_new (void);

/* `counts` are copied. `summary` tells it to who cannot see it. */
void foc_class_balance_set_counts (FocClassBalance *self,
                                   const guint32 *counts,
                                   guint n,
                                   const char *summary);
