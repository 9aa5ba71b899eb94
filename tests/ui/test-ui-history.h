/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-history-pane.h"
#include "test-run.h"

/* The history of runs in a window of its own, and what it asks for. */

typedef struct
{
  char *folder;           /* of the runs                                */
  FocRunHistory *history; /* NULL before test_ui_history_begin()        */
  GtkWidget *window;
  FocHistoryPane *pane;
  GtkSelectionModel *selection; /* of the list */

  GString *said;      /* signals: "open a compare b compare c " */
  GPtrArray *deleted; /* FocRunItem, or NULL                    */
} UiHistory;

/* There are no runs yet, and no history is shown. */
void test_ui_history_set_up (UiHistory *self, gconstpointer data);
void test_ui_history_tear_down (UiHistory *self, gconstpointer data);

/* A run in folder `name`, begun at that hour. */
void test_ui_history_add_run (UiHistory *self,
                              const char *name,
                              int hour,
                              TestRunProgress progress);
/* Shows what is in the folder; returns when it is read. */
void test_ui_history_begin (UiHistory *self);
/* The same with c, which is finished, b, which has no model, a, which was interrupted. */
void test_ui_history_begin_with_three (UiHistory *self);

guint test_ui_history_count (UiHistory *self);
/* Chooses one row alone, or besides what is chosen. */
void test_ui_history_choose (UiHistory *self, guint position);
void test_ui_history_choose_too (UiHistory *self, guint position);
void test_ui_history_act (UiHistory *self, const char *action);

/* What was asked for since this was called last. */
void test_ui_history_assert_said (UiHistory *self, const char *expected);
/* What can be done, of: "open compare resume reproduce rename export delete". */
void test_ui_history_assert_enabled (UiHistory *self, const char *expected);
