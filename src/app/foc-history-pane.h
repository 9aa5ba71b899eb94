/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-history.h"

#include <gtk/gtk.h>

/* The runs, to be opened, compared, renamed, exported, deleted and done again. One is
 * chosen for most of it, several to compare and to delete. Main thread only.
 *
 * By the keyboard: Enter opens, F2 renames, Delete deletes; the Menu key or Shift+F10 shows
 * all that can be done.
 *
 * Signals, for the page:
 *
 *     open        (FocRunItem)   show what came of it
 *     reproduce   (FocRunItem)   do it again, and compare
 *     resume      (FocRunItem)   go on with it: foc_run_item_can_resume()
 *     compare     (GPtrArray)    of two or more FocRunItem, in the list's order
 *     deleted     (GPtrArray)    of FocRunItem that have just left the list: the page offers
 *                                to undo that, and then calls foc_run_history_undo(), or
 *                                foc_run_history_purge() when the offer has ended
 *     exported    (FocRunItem, path of the new folder)
 *
 * Arrays belong to the caller: who keeps one takes a reference. What fails is told here, in
 * a dialog. */

#define FOC_TYPE_HISTORY_PANE (foc_history_pane_get_type ())

G_DECLARE_FINAL_TYPE (FocHistoryPane, foc_history_pane, FOC, HISTORY_PANE, GtkWidget)

GtkWidget *foc_history_pane_new (void);

/* NULL: none. */
void foc_history_pane_set_history (FocHistoryPane *self, FocRunHistory *history);

/* As after the user has chosen where to: foc_run_item_export(), then "exported". */
void foc_history_pane_export (FocHistoryPane *self, FocRunItem *item, GFile *folder);

/* Chooses the run in that folder, if it is in the list, and no other. */
void foc_history_pane_select (FocHistoryPane *self, const char *folder);
