/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* What can be set about the window. Changes hold at once. */

#define FOC_TYPE_PREFERENCES_PAGE (foc_preferences_page_get_type ())

G_DECLARE_FINAL_TYPE (FocPreferencesPage,
                      foc_preferences_page,
                      FOC,
                      PREFERENCES_PAGE,
                      AdwPreferencesPage)

/* `settings` of foc_app_settings_new(). */
GtkWidget *foc_preferences_page_new (GSettings *settings);
