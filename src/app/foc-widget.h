/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* For dispose(): lets go of the children of a widget that was made from a template of
 * `type`, and that is no container of GTK's, which would do so by itself. */
void foc_widget_dispose_template (GtkWidget *widget, GType type);
