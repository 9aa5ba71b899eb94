/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"

/* Data sets for tests; test-folders.h makes their files. */

/* What must succeed. */
FocDataset *test_scan (const char *root);

/* The paths of all pictures, separated by blanks. */
char *test_list (const FocDataset *dataset);

/* The scan finds these pictures, in this order. */
void test_assert_pictures (const char *root, const char *expected);

/* The scan fails, with a sentence that says `words` and names `name`. */
void test_assert_refused (const char *root, const char *words, const char *name);
/* The same, with FOC_ERROR_NO_CLASSES. */
void test_assert_no_classes (const char *root, const char *words, const char *name);

/* An empty folder. */
typedef struct
{
  char *root;
} DatasetFixture;

void test_dataset_set_up (DatasetFixture *self, gconstpointer data);
void test_dataset_tear_down (DatasetFixture *self, gconstpointer data);

#define ADD_DATASET_TEST(name, function)                                                 \
  g_test_add ("/dataset/" name, DatasetFixture, NULL, test_dataset_set_up, function,     \
              test_dataset_tear_down)
