/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-file.h"

/* What the tests of foc-file share. */

/* Each test has a folder of its own. */
typedef struct
{
  char *folder;
  char *target; /* FOLDER/target.json, absent at first */
} FileFixture;

void test_file_set_up (FileFixture *self, gconstpointer data);
void test_file_tear_down (FileFixture *self, gconstpointer data);

void test_assert_contents (const char *path, const char *expected);
void test_assert_replace (const char *path, const char *contents);

/* The sentence names the file that the user knows, not the hidden one. */
void test_assert_names (const GError *error, const char *name);

/* "first second", by two writes: six operations that can fail. */
gboolean test_write_in_pieces (const char *path, GError **error);

/* How many descriptors this process has open; 0 where there is no /proc. */
guint test_count_descriptors (void);

#define ADD_FILE_TEST(name, function)                                                    \
  g_test_add ("/file/" name, FileFixture, NULL, test_file_set_up, function,              \
              test_file_tear_down)
