/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-classify-page.h"

#include "foc-answer-copy.h"
#include "foc-answers-pane.h"
#include "foc-job-bar.h"
#include "foc-model-bar.h"
#include "foc-one-picture.h"

#include <adwaita.h>

/* For foc-classify-page*.c only: one class, in files by topic. */

struct _FocClassifyPage
{
  GtkWidget parent_instance;

  AdwToastOverlay *toasts;
  FocJobBar *looking_bar;
  FocJobBar *job_bar;
  FocJobBar *copy_bar;
  FocJobBar *export_bar;
  GtkRevealer *no_model;
  GtkRevealer *stale;
  GtkStack *stack; /* "empty", "one", "many" */
  GtkLabel *place; /* what was set by hand   */
  GtkLabel *keys;  /* that do so             */
  GtkWidget *open;
  GtkWidget *steps;
  FocOnePicture *one;
  FocAnswersPane *many;
  FocModelBar *model_bar;

  FocSession *session;
  FocExamination *examination;
  FocAnswerList *answers;
  FocAnswerItem *item;   /* that is the one, if it is of the list; or NULL */
  GPtrArray *copies;     /* FocAnswerCopies that run, the newest last      */
  GCancellable *looking; /* whether the newest file is a folder; or NULL   */
  gboolean takes_focus;  /* the picture, once it is there                  */
};

/* foc-classify-page-copy.c: copies, what becomes of them, and taking them back; exports */
void foc_classify_page_init_copies (FocClassifyPage *self);
void foc_classify_page_class_add_copies (GtkWidgetClass *widget_class);
void foc_classify_page_dispose_copies (FocClassifyPage *self);
