/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-thumbnailer.h"
#include "test-ui-dataset.h"

#include <gtk/gtk.h>

/* The cases of test-widgets.c: how each widget of the program is made and filled. */

typedef struct
{
  UiDataset data;
  GSettings *settings;
  GtkWidget *parent; /* a window */
  FocThumbnailer *thumbnailer;
} Fixture;

typedef struct
{
  const char *name; /* of its .c, and of its .ui where it has one */
  GType (*get_type) (void);
  GtkWidget *(*make) (Fixture *self); /* NULL: without more ado */
  void (*fill) (Fixture *self,
                gpointer widget,
                gboolean full); /* with something, or not */
} Case;

/* NULL is the name at their ends. */
extern const Case widgets_of_classifying[];
extern const Case widgets_of_dataset[];
extern const Case widgets_of_training[];
extern const Case widgets_of_one_picture[];

/* A Case's `fill`: opens the data set in the session, or closes it. */
void test_widgets_fill_dataset (Fixture *self, gpointer widget, gboolean full);
