/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-train-page.h"

#include "foc-compare-view.h"
#include "foc-curves-view.h"
#include "foc-grid-table.h"
#include "foc-history-pane.h"
#include "foc-job-bar.h"
#include "foc-results-pane.h"
#include "foc-settings-pane.h"

#include <adwaita.h>

/* For foc-train-page*.c only: one class, in files by topic. */

struct _FocTrainPage
{
  GtkWidget parent_instance;

  AdwToastOverlay *toasts;
  GtkLabel *name;  /* of the run's data set    */
  GtkLabel *state; /* what is done, or was     */
  AdwSplitButton *start;
  GtkToggleButton *pause;
  GtkWidget *stop;
  GtkWidget *leaks_strip;
  GtkLabel *leaks;
  FocJobBar *bar;
  FocSettingsPane *settings_pane;
  GtkStack *middle; /* "no-dataset", "ready", "run", "comparison" */
  FocCurvesView *curves;
  FocGridTable *table;
  FocResultsPane *results;
  FocCompareView *comparison;
  FocHistoryPane *history_pane;
  GtkWidget *problem_strip;
  GtkLabel *problem;
  GtkWidget *save_elsewhere;

  FocSession *session;
  GSettings *settings; /* or NULL */
  FocRunHistory *history;
  gboolean is_stale;      /* what is shown of the run; it is not seen     */
  gboolean is_comparing;  /* instead of the run                           */
  gboolean has_offered;   /* an interrupted run                           */
  gboolean starts_anew;   /* when the user has agreed to leave the run    */
  gboolean start_waits;   /* for deleted runs to be gone                  */
  gboolean shows_results; /* of the run that is shown                     */
  gboolean says_model;    /* once it is in use                            */
  gboolean is_opened;     /* the run, and nothing was done with it here   */
  FocRunItem *named;      /* whose name is shown, or NULL                 */
  char *to_select;        /* the folder of a run that is to be listed, or NULL */
  char *reproduced;       /* how it came out, of the run that is shown, or NULL */

  /* What is to be done next: see foc_train_page_plan(). */
  FocRunItem *to_open; /* or NULL: it is the run that is shown */
  FocTrainingSteps to_do;
  gboolean to_reproduce;

  GPtrArray *loading; /* FocJobs that read runs to be compared        */
  GPtrArray *loaded;  /* FocRuns, in their places, NULL not yet there */
  GStrv loaded_names;
};

FocTraining *foc_train_page_get_training (FocTrainPage *self);
FocCatalog *foc_train_page_get_catalog (FocTrainPage *self);

/* A sentence: as a toast, or as a dialog. */
void foc_train_page_say (FocTrainPage *self, const char *message);
void foc_train_page_say_failed (FocTrainPage *self, const char *message);

/* Shows what is there. */
void foc_train_page_update (FocTrainPage *self);
/* Curves, table and results of the run; later, if they are not seen. */
void foc_train_page_update_run (FocTrainPage *self);

/* foc-train-page-run.c: what is done with the run that is shown */
void foc_train_page_class_add_run_actions (GtkWidgetClass *widget_class);
void foc_train_page_add_keys (FocTrainPage *self);
void foc_train_page_update_actions (FocTrainPage *self);
/* Begins what was to begin when deleted runs are gone, which they are now. */
void foc_train_page_start_waiting (FocTrainPage *self);
/* Steps of the run that is shown, if its data set is open; else says that it has to be. */
void foc_train_page_go_on (FocTrainPage *self, FocTrainingSteps steps);

/* Also one that is still being read. */
void foc_train_page_close_comparison (FocTrainPage *self);
/* This run is not offered at a start any more. */
void foc_train_page_set_offered (FocTrainPage *self, const char *folder);

/* From now on this is to be done, and nothing else: `to_open` to be opened (NULL: it is, or
 * nothing is) once the user has agreed to leave the run that is shown; then these steps, as
 * soon as the run is there and the data set that is being opened is; or the run
 * reproduced. */
void foc_train_page_plan (FocTrainPage *self,
                          FocRunItem *to_open,
                          FocTrainingSteps to_do,
                          gboolean to_reproduce);

/* Whether the pictures of the run are those that are open; else says that they have to be. */
gboolean foc_train_page_has_data_of_run (FocTrainPage *self);
/* Whether another run may be shown instead of this one; else the user is asked, and
 * `callback` (page) called if it may. */
gboolean foc_train_page_may_leave (FocTrainPage *self, GCallback callback);

/* foc-train-page-history.c: what is done with the runs in the list */
void foc_train_page_init_history (FocTrainPage *self);
void foc_train_page_dispose_history (FocTrainPage *self);
void foc_train_page_class_add_history (GtkWidgetClass *widget_class);
