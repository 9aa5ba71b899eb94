/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-feature-build.h"

/* What the tests of foc-feature-build share: three pictures that can be told apart by
 * their features, and the store of a data set made of them. */

typedef struct
{
  char *root;
  char *cache;
  GBytes *pictures[3]; /* of equal length */
} BuildFixture;

void test_build_set_up (BuildFixture *self, gconstpointer data);
void test_build_tear_down (BuildFixture *self, gconstpointer data);

/* Picture number `which` under a name, its time being `seconds`. */
void test_build_add_at (const BuildFixture *self,
                        const char *name,
                        guint which,
                        gint64 seconds);
void test_build_add (const BuildFixture *self, const char *name, guint which);
void test_build_add_some (const BuildFixture *self);
void test_build_add_bytes (const BuildFixture *self, const char *name, GBytes *bytes);
FocFeatureStore *test_build_with (const BuildFixture *self,
                                  const FocFeatureBuildOptions *options,
                                  char **notice);

/* With the cache, and nothing to remark on. */
FocFeatureStore *test_build (const BuildFixture *self);
void test_build_only (const BuildFixture *self);

/* The pictures of all rows, such as "01212"; "x" for one without features. */
void test_assert_rows (FocFeatureStore *store, const char *expected);

/* The file of the only store in the cache; NULL if there is none. */
char *test_find_store (const BuildFixture *self);
GBytes *test_read_store (const BuildFixture *self);

#define ADD_BUILD_TEST(name, function)                                                   \
  g_test_add ("/feature-build/" name, BuildFixture, NULL, test_build_set_up, function,   \
              test_build_tear_down)
