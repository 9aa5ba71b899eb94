/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-history-pane.h"
#include "foc-train-page.h"
#include "test-ui-dataset.h"

/* The Train page in a window of its own, with the data set of test-ui-dataset.h, and no
 * runs. */

typedef struct
{
  UiDataset data;
  GSettings *settings;
  char *runs; /* the folder */
  FocTraining *training;

  /* From test_ui_train_show() on. */
  GtkWidget *window;
  FocTrainPage *page;
  GtkSelectionModel *history; /* of the list of runs */

  GString *asked;      /* signals of the page: "show-pictures 0 1 2;" */
  FocRunItem *offered; /* the interrupted run that was offered last, or NULL */
  guint n_offered;
} UiTrain;

/* `data`, a FocSettings or NULL, is what is set in the page: test_ui_train_short() unless
 * told. */
void test_ui_train_set_up (UiTrain *self, gconstpointer data);
void test_ui_train_tear_down (UiTrain *self, gconstpointer data);

/* A search that is over at once, and one that takes longer than any test. */
FocSettings test_ui_train_short (void);
FocSettings test_ui_train_long (void);
/* What is set in the page when it is shown. */
void test_ui_train_set (UiTrain *self, const FocSettings *settings);

/* Shows the page; without a data set unless it was opened before. */
void test_ui_train_show (UiTrain *self);
/* The data set is opened, and the page shown. */
void test_ui_train_open (UiTrain *self);
/* Ends the page, and sees that nothing of it is left. */
void test_ui_train_close (UiTrain *self);

/* As a click on the button of that name does, which must be there and sensitive. */
void test_ui_train_click (UiTrain *self, const char *name);
/* Whether there is such a button, to be seen, and it can be clicked. */
gboolean test_ui_train_can_click (UiTrain *self, const char *name);
/* Whether this is said where the page tells what is going on, or by a toast. */
gboolean test_ui_train_says (UiTrain *self, const char *text);
/* What the page calls the run that it is about. */
const char *test_ui_train_get_heading (UiTrain *self);
/* How many pixels of the curves have a colour, in the plot itself, near points of which it
 * says `part` ("": any). */
guint test_ui_train_count_ink (UiTrain *self, const char *part);
void test_ui_train_wait_to_say (UiTrain *self, const char *text);

/* Waits until nothing is done, and all that came of it is listed and shown. */
void test_ui_train_wait (UiTrain *self);
/* Waits until the grid has more points than it has now. */
void test_ui_train_wait_to_grow (UiTrain *self);
guint test_ui_train_count_points (UiTrain *self);

/* Start, and all of the steps, on the page, to the end. */
void test_ui_train_search (UiTrain *self);
void test_ui_train_final (UiTrain *self);

/* Chooses the runs number `first` to `last` of the list, and carries out an action of it. */
void test_ui_train_act (UiTrain *self, guint first, guint last, const char *action);
guint test_ui_train_count_runs (UiTrain *self);
void test_ui_train_wait_for_runs (UiTrain *self, guint n);
