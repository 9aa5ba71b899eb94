/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-feature-store-private.h"

/* What the tests of foc-feature-store share: a small store in a file. */

#define N_ROWS 7
#define N_CLASSES 3
#define BYTES foc_feature_row_offset (N_ROWS, N_ROWS)

extern const guint8 test_store_key[FOC_FEATURE_KEY_BYTES];

typedef struct
{
  char *root;
  char *path;
  guint8 *bytes; /* of a good store */
} StoreFixture;

void test_store_set_up (StoreFixture *self, gconstpointer data);
void test_store_tear_down (StoreFixture *self, gconstpointer data);

/* `path` of NULL: a store without a name. */
FocFeatureStore *test_store_write (const char *path);
void test_assert_good (FocFeatureStore *store);

#define ADD_STORE_TEST(name, function)                                                   \
  g_test_add ("/feature-store/" name, StoreFixture, NULL, test_store_set_up, function,   \
              test_store_tear_down)
