/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-classify-page.h"
#include "test-ui-dataset.h"

/* The Classify page in a window of its own, with the small data set of test-ui-dataset.h as
 * a folder of pictures, and the model that comes with the program. */

typedef struct
{
  UiDataset data;
  FocClassifyPage *page;
  FocExamination *examination; /* these two are the page's */
  FocAnswerList *answers;
  GtkWidget *window;
} UiClassify;

void test_ui_classify_set_up (UiClassify *self, gconstpointer data);
/* The same, while the model may still be on its way. */
void test_ui_classify_set_up_early (UiClassify *self, gconstpointer data);
void test_ui_classify_tear_down (UiClassify *self, gconstpointer data);

/* Adds files and folders below the data set, by their names, at once; "." is all of it. NULL
 * behind the last one. */
void test_ui_classify_add (UiClassify *self, ...) G_GNUC_NULL_TERMINATED;

/* Waits until the page shows "empty", "one" or "many", and nothing is being read any more. */
void test_ui_classify_wait (UiClassify *self, const char *name);
const char *test_ui_classify_get_shown (UiClassify *self);

/* The path of the picture that is shown alone; NULL for one in memory, "" for none. */
const char *test_ui_classify_get_path (UiClassify *self);
/* Its name is that of the file; the model has answered. */
void test_ui_classify_assert_one (UiClassify *self, const char *name);

/* Where the focus is: in the first widget of that type below the page. */
gboolean test_ui_classify_has_focus (UiClassify *self, GType type);
/* As if a key was pressed; whether somebody took it. */
gboolean test_ui_classify_type (UiClassify *self, guint keyval);

/* Waits for a toast that says so. */
void test_ui_classify_wait_for_toast (UiClassify *self, const char *text);

/* A file of that path on a mount that does not answer: asked what it is, it says nothing
 * before that is cancelled. g_object_unref(). */
GFile *test_ui_classify_new_dead_file (const char *path);
