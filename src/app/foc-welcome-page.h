/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* What the Dataset page shows where no data set is open: how to open one. Its buttons
 * are win.open-dataset and win.draw-demo. */

#define FOC_TYPE_WELCOME_PAGE (foc_welcome_page_get_type ())

G_DECLARE_FINAL_TYPE (FocWelcomePage, foc_welcome_page, FOC, WELCOME_PAGE, AdwBin)

GtkWidget *foc_welcome_page_new (void);
