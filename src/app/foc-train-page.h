/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-history.h"
#include "foc-session.h"

#include <gtk/gtk.h>

/* The page about training: the settings, the run that they lead to, and the history of
 * runs. In a narrow window the panes at the sides hide, and their buttons show one at a
 * time.
 *
 * Signals: "show-pictures" (guint true class, guint answer, guint FocPart), of the run's
 * data set, which is open; "interrupted" (FocRunItem), once, of a run that is offered to be gone
 * on with by foc_train_page_resume().
 *
 * Actions: train.start, train.pause, train.stop, train.cancel. */

#define FOC_TYPE_TRAIN_PAGE (foc_train_page_get_type ())

G_DECLARE_FINAL_TYPE (FocTrainPage, foc_train_page, FOC, TRAIN_PAGE, GtkWidget)

/* Once, before it is shown. The settings that were used last are kept in `settings`
 * (nullable) of foc_app_settings_new(). */
void
foc_train_page_set_session (FocTrainPage *self, FocSession *session, GSettings *settings);

/* Goes on with a run of the history. */
void foc_train_page_resume (FocTrainPage *self, FocRunItem *item);
