/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answers-pane.h"

#include "foc-thumbnail-view.h"

/* For foc-answers-pane*.c only: one class, in files by topic. */

struct _FocAnswersPane
{
  GtkWidget parent_instance;

  GtkLabel *summary;
  GtkEditable *search;
  GtkDropDown *filter;
  GtkStack *stack; /* "list", "none-found" */
  GtkColumnView *view;

  FocAnswerList *answers;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection; /* of what is filtered and sorted */
  GtkCustomFilter *by_answer;
  GtkStringFilter *by_name;
  GStrv class_names;   /* that the filter offers, made to be shown */
  FocAnswerCopy *copy; /* while it runs, or NULL                   */
  FocThumbnailer *thumbnailer;
  GPtrArray *new_thumbnails; /* views of rows that had no frame yet; not owned */
  FocAnswerItem *kept;       /* is to be selected again, once all are filtered; or NULL */
  gboolean wants_focus;      /* as soon as there are rows */
};

/* foc-answers-pane-cells.c: the factories of the columns */
void foc_answers_pane_class_bind_cells (GtkWidgetClass *widget_class);

/* foc-answers-pane-review.c */
/* Where it is, as they are sorted and filtered; FALSE where it is not shown. */
gboolean
foc_answers_pane_find (FocAnswersPane *self, FocAnswerItem *item, guint *position);
void foc_answers_pane_open (FocAnswersPane *self, guint position);
void foc_answers_pane_add_keys (FocAnswersPane *self);
