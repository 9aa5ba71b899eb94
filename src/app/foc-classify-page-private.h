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
  GPtrArray *offers;     /* what can be undone, the newest last            */
  GCancellable *looking; /* whether the newest file is a folder; or NULL   */
  gboolean takes_focus;  /* the picture, once it is there                  */
};

/* foc-classify-page-undo.c: what a toast offers to undo, and what was set by hand */
void foc_classify_page_init_undo (FocClassifyPage *self);
void foc_classify_page_class_add_undo (GtkWidgetClass *widget_class);
void foc_classify_page_dispose_undo (FocClassifyPage *self);
/* Adds the toast (takes it), whose button calls `undo` with `what`, as Ctrl+Z does. */
typedef void (*FocClassifyUndo) (FocClassifyPage *self, gpointer what);
void foc_classify_page_offer_undo (FocClassifyPage *self,
                                   AdwToast *toast,
                                   FocClassifyUndo undo,
                                   GObject *what);

/* foc-classify-page.c: the list, if there is one; what was shown alone is let go of. */
void foc_classify_page_show_all (FocClassifyPage *self, gboolean takes_focus);
gboolean foc_classify_page_shows (FocClassifyPage *self, const char *name);
/* Where keys are for something else, they stay there. */
gboolean foc_classify_page_has_focus (FocClassifyPage *self);

/* foc-classify-page-copy.c: copies, what becomes of them, and taking them back; exports */
void foc_classify_page_init_copies (FocClassifyPage *self);
void foc_classify_page_class_add_copies (GtkWidgetClass *widget_class);
void foc_classify_page_dispose_copies (FocClassifyPage *self);
