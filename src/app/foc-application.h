/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* The program: one process for each user's desktop. A second start hands its command
 * line over to the first and ends.
 *
 *     face-or-comic [--page=dataset|train|classify] [FOLDER | PICTURE...]
 *
 * A folder is opened as a data set; pictures, and several of anything, are for the
 * Classify page. It has one window, made when it is first asked for.
 *
 * Actions: app.preferences, app.help, app.about, app.quit. */

#define FOC_TYPE_APPLICATION (foc_application_get_type ())

G_DECLARE_FINAL_TYPE (FocApplication, foc_application, FOC, APPLICATION, AdwApplication)

FocApplication *foc_application_new (const char *application_id);
