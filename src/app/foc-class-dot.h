/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* A dot in the colour of a class, beside its name. */

#define FOC_TYPE_CLASS_DOT (foc_class_dot_get_type ())

G_DECLARE_FINAL_TYPE (FocClassDot, foc_class_dot, FOC, CLASS_DOT, GtkWidget)

GtkWidget *foc_class_dot_new (guint label);
