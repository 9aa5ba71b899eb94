/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-window.h"

#include "foc-classify-page.h"
#include "foc-dataset-page.h"
#include "foc-demo-drawer.h"
#include "foc-job-bar.h"
#include "foc-page-title.h"
#include "foc-train-page.h"
#include "foc-widget.h"

/* For foc-window*.c only: one class, in files by topic. */

struct _FocWindow
{
  AdwApplicationWindow parent_instance;

  AdwViewStack *stack;
  FocDatasetPage *dataset_page;
  AdwBin *train_bin;
  AdwBin *classify_bin;
  FocTrainPage *train_page;       /* NULL: not made yet */
  FocClassifyPage *classify_page; /* NULL: not made yet */
  GtkWidget *drop_area;
  GtkLabel *drop_label; /* over it, while something is dragged there */
  AdwSplitButton *open;
  FocPageTitle *title;
  AdwViewSwitcherBar *switcher_bar;
  AdwToastOverlay *toasts;
  FocJobBar *coming_bar;
  FocJobBar *opening_bar;
  FocJobBar *drawing_bar;
  FocJobBar *writing_bar; /* of the model that is written */
  gboolean is_looking;    /* whether such a file is there already */
  GtkRevealer *lost_revealer;
  GtkBox *lost_box;
  GtkLabel *lost_label;
  GMenu *recent_menu;   /* of the Open button             */
  GMenu *recent_holder; /* where the main menu has its own */

  FocSession *session;
  GSettings *settings;
  FocDemoDrawer *drawer;
  GSignalGroup *session_signals;
  GSignalGroup *dataset_signals;
  GSignalGroup *settings_signals;
  GCancellable *coming;  /* what is dropped, pasted or looked at; or NULL  */
  char *asked;           /* the folder that is to be opened, or was; or NULL */
  gboolean quiet;        /* the last data set is being opened, unasked */
  FocLoadedModel *model; /* that the session has, as far as the window knows, or NULL */
  gboolean model_asked;  /* the user has asked for another one             */
  guint narrow_id;
  guint pages_id;
  guint inhibited;           /* the system must not suspend: its cookie, or 0 */
  GtkApplication *inhibitor; /* meanwhile; a window that ends has none left   */
  gboolean in_background;    /* hidden while it trains, until that is done    */
  gboolean is_ending;        /* the same, and stopped: nobody waits for news of it */
  guint end_id;              /* of the window, soon; or 0                    */
  GtkWindow *close_question; /* while it stands, or NULL                       */
  gboolean asks_to_wait;     /* it is about what is being written              */
  gboolean drops_by_hand;    /* the user gives up the classes set by hand          */
  guint session_inhibited;   /* the session must not end meanwhile: its cookie, or 0 */
};

/* foc-window.c */
gboolean foc_window_is_on_page (FocWindow *self, const char *name);

/* foc-window-actions.c */
void foc_window_init_actions (FocWindow *self);
/* An action of the window, by its name. */
void foc_window_set_enabled (FocWindow *self, const char *action, gboolean enabled);
/* Opens it as a data set, if it has a path. */
void foc_window_open_folder (FocWindow *self, GFile *folder);
/* Says that a file manager's name leads to no file that can be opened by its path. */
void foc_window_say_unreachable (FocWindow *self, const char *heading, GFile *file);
/* What went wrong in a dialog for files. Whoever has chosen nothing need not be told. */
void
foc_window_say_not_chosen (FocWindow *self, const char *heading, const GError *error);

/* foc-window-classify.c: pictures, by whatever way they come */
void foc_window_init_classify (FocWindow *self);
void foc_window_dispose_classify (FocWindow *self);
void foc_window_ensure_classify_page (FocWindow *self);

/* foc-window-closing.c: what is asked before, and what goes on without a window */
void foc_window_init_closing (FocWindow *self);
void foc_window_dispose_closing (FocWindow *self);

/* foc-window-dataset.c */
void foc_window_init_dataset (FocWindow *self);
/* Begins to open it, split as it was when it was last open; FALSE if it is out of reach. */
gboolean
foc_window_read_dataset (FocSession *session, GSettings *settings, const char *path);
void foc_window_say_out_of_reach (FocWindow *self, const char *path);
void foc_window_update_recent (FocWindow *self);

/* foc-window-leave-out.c: of files that come together, those that can be asked about; the
 * rest is told of. g_ptr_array_unref(). */
GPtrArray *foc_window_leave_out_models (FocWindow *self, GFile **files, guint n_files);
/* All have a path. */
GPtrArray *
foc_window_leave_out_unreachable (FocWindow *self, GFile **files, guint n_files);

/* foc-window-model.c */
#define FOC_WINDOW_MODEL_ENDING ".safetensors"
void foc_window_init_model (FocWindow *self);
/* A file that is called a model is loaded as one; FALSE: it is not called so, as
 * foc_window_is_model() says. */
gboolean foc_window_take_model (FocWindow *self, GFile *file);
gboolean foc_window_is_model (GFile *file);
/* The same, but whether it is a folder, which is no model, was not noted yet. */
gboolean foc_window_may_be_model (GFile *file);
void foc_window_note_kind (GFile *file, gboolean is_folder);

/* foc-window-save-model.c: the model in use, written to files */
void foc_window_init_saving (FocWindow *self);
/* The model has become another one, or there is none. */
void foc_window_update_saving (FocWindow *self);

/* foc-window-training.c */
void foc_window_init_training (FocWindow *self);
void foc_window_dispose_training (FocWindow *self);
void foc_window_withdraw_notification (FocWindow *self);
void foc_window_ensure_train_page (FocWindow *self);
