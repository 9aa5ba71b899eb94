/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-list.h"
#include "foc-examination.h"
#include "foc-session.h"

#include <gtk/gtk.h>

/* The page that tells what pictures are: one with its reasons, many in a list. Whoever
 * brings pictures to the window (foc-window-classify.c) hands them to it. */

#define FOC_TYPE_CLASSIFY_PAGE (foc_classify_page_get_type ())

G_DECLARE_FINAL_TYPE (FocClassifyPage, foc_classify_page, FOC, CLASSIFY_PAGE, GtkWidget)

/* Once, before it is shown. */
void foc_classify_page_set_session (FocClassifyPage *self, FocSession *session);

/* `n_files` > 0 files with paths. A single picture is shown; several, and those in folders,
 * are added to the list. */
void foc_classify_page_add_files (FocClassifyPage *self, GFile **files, guint n_files);

/* A sentence, as a toast. */
void foc_classify_page_say (FocClassifyPage *self, const char *message);

/* What is shown of the one picture, for tests and measurements; and of many. */
FocExamination *foc_classify_page_get_examination (FocClassifyPage *self);
FocAnswerList *foc_classify_page_get_answers (FocClassifyPage *self);

/* Lets the user choose a file for the answers of many, as the menu does. */
void foc_classify_page_export_answers (FocClassifyPage *self);

/* A picture in memory, encoded; `name` is shown. */
void
foc_classify_page_add_picture (FocClassifyPage *self, GBytes *picture, const char *name);
