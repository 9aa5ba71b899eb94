/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-session.h"

/* A small data set for tests of widgets, and a session that it can be opened in. It has
 * what widgets have to say something about:
 *
 *     comics/0.jpg ... 11.jpg    drawn
 *     faces/0.jpg ... 11.jpg     drawn
 *     faces/broken.jpg           no picture
 *     faces/zz.jpg               the same as faces/0.jpg, in another set: a leak
 *
 * and two entries to be ignored, a hidden one and a text. */

#define UI_N_DRAWN 12 /* a class */
#define UI_N_PICTURES (2 * UI_N_DRAWN + 2)

typedef struct
{
  char *root;  /* of the test      */
  char *faces; /* the data set     */
  FocSession *session;
  FocOpenDataset *dataset;
  FocPictureList *pictures;
} UiDataset;

/* Nothing is open yet. */
void test_ui_dataset_set_up (UiDataset *self, gconstpointer data);
void test_ui_dataset_tear_down (UiDataset *self, gconstpointer data);

/* Returns when it is open, and the model that comes with the program has answered. */
void test_ui_dataset_open (UiDataset *self);
/* The same, for who has opened it. */
void test_ui_dataset_wait (UiDataset *self);

/* Picture "faces/0.jpg", say; free with g_object_unref(). */
FocPictureItem *test_ui_dataset_find (UiDataset *self, const char *name);
