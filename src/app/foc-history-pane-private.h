/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-history-pane.h"

/* foc-history-pane.c is the list and what is selected in it, foc-history-pane-actions.c what
 * can be done with that. */

struct _FocHistoryPane
{
  GtkWidget parent_instance;

  GtkStack *stack; /* "loading", "empty", "runs" */
  GtkListView *list;
  GtkMultiSelection *selection;
  GtkWidget *compare;
  GtkPopover *menu;
  GtkPopover *rename;
  GtkEditable *title;

  FocRunHistory *history; /* or NULL                                  */
  GPtrArray *selected;    /* FocRunItem, which are followed           */
  FocRunItem *renamed;    /* while its name is asked for, else NULL   */
};

/* foc-history-pane-actions.c */

/* When the template is there: its callbacks too. */
void foc_history_pane_install_actions (GtkWidgetClass *class);
/* Enables what can be done with what is selected. */
void foc_history_pane_update_actions (FocHistoryPane *self);
/* `place` in the pane. */
void foc_history_pane_pop_up_menu (FocHistoryPane *self, GdkRectangle place);
/* Tells of it, in a dialog. */
void
foc_history_pane_fail (FocHistoryPane *self, const char *heading, const char *message);
