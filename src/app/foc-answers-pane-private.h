/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answers-pane.h"

#include "foc-shown-answers.h"
#include "foc-thumbnail-view.h"

/* For foc-answers-pane*.c only: one class, in files by topic. */

struct _FocAnswersPane
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkBox *bar; /* of the summary and the tools */
  GtkLabel *summary;
  GtkEditable *search;
  GtkDropDown *filter;
  GtkStack *stack; /* "list", "none-found" */
  GtkColumnView *view;
  GtkColumnViewColumn *name_column;
  GtkColumnViewColumn *answer_column;
  GtkColumnViewColumn *confidence_column;

  FocAnswerList *answers;
  FocShownAnswers *shown;
  GtkSingleSelection *selection; /* of what is shown */
  GStrv class_names;             /* that the filter offers */
  FocAnswersOrder order;
  gboolean is_descending;
  FocAnswersOrder asked; /* see foc-answers-pane-query.c */
  gboolean is_other; /* other answers are wanted: that which is selected is to be seen */
  gboolean is_narrow;
  guint fold_id;
  FocAnswerCopy *copy;  /* while it runs, or NULL                   */
  FocJob *exporting;    /* the same                                 */
  guint exported_stamp; /* of what was set by hand, as that has it  */
  FocThumbnailer *thumbnailer;
  GPtrArray *new_thumbnails; /* views of rows that had no frame yet; not owned */
  FocAnswerItem *kept;       /* is to be selected again, once all are filtered; or NULL */
  gboolean wants_focus;      /* as soon as there are rows */
  gboolean had_focus;        /* the rows, when they began to change */

  GMenu *class_menu;       /* see foc-answers-pane-menu.c */
  FocLoadedModel *offered; /* whose classes it has, or NULL */
  GtkWidget *popover;      /* of the selected row */
  GSignalGroup *changes;   /* of the selected item */
};

/* foc-answers-pane-cells.c: the factories of the columns */
void foc_answers_pane_class_bind_cells (GtkWidgetClass *widget_class);

/* foc-answers-pane-query.c: what is shown, in which order */
void foc_answers_pane_class_bind_query (FocAnswersPaneClass *class);
void foc_answers_pane_init_query (FocAnswersPane *self);
/* What can be chosen goes with the classes. */
void foc_answers_pane_offer_filters (FocAnswersPane *self);
void foc_answers_pane_show_stack (FocAnswersPane *self);
/* Remembers what is selected, and selects it again; the focus goes with it. */
void foc_answers_pane_keep_selected (FocAnswersPane *self);
void foc_answers_pane_select_kept (FocAnswersPane *self);

/* foc-answers-pane-review.c */
/* The list within the view. */
GtkWidget *foc_answers_pane_get_rows (FocAnswersPane *self);
/* Of those that there are widgets for; or NULL. */
GtkWidget *foc_answers_pane_find_selected_row (FocAnswersPane *self);
/* Scrolls to the selected row, which is to have the focus when the rows are given it. */
void foc_answers_pane_lead_to_selected (FocAnswersPane *self);
void foc_answers_pane_open (FocAnswersPane *self, guint position);
void foc_answers_pane_add_keys (FocAnswersPane *self);

/* foc-answers-pane-menu.c */
void foc_answers_pane_init_menu (FocAnswersPane *self);
void foc_answers_pane_watch_selection (FocAnswersPane *self);
void foc_answers_pane_dispose_menu (FocAnswersPane *self);
/* That of the selected row; FALSE where there is none. */
gboolean foc_answers_pane_popup_menu (FocAnswersPane *self);
/* The property "hand-label". */
int foc_answers_pane_get_hand_label (FocAnswersPane *self);
void foc_answers_pane_set_hand_label (FocAnswersPane *self, int label);
