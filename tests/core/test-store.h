/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-examples.h"

/* Stores without pictures, and folders, for tests. */

/* `n_rows` rows of `n_classes` classes in turn: noise with a trace of a pattern of
 * the class, which a network learns in a few epochs. */
FocFeatureStore *test_store_new (guint32 n_rows, guint n_classes, guint64 seed);

/* Rows `first` ... `first + n - 1`; free the rows with test_examples_clear(). */
void
test_examples_init (FocExamples *self, FocFeatureStore *store, guint32 first, guint32 n);
void test_examples_clear (FocExamples *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocExamples, test_examples_clear)

/* A new empty folder; free the name. */
char *test_folder_new (void);
/* Removes a folder, or file, and all that is in it. */
void test_folder_delete (const char *path);
/* How many entries it has, hidden ones included. */
guint test_folder_count (const char *path);

/* SHA-256 of a file, in hexadecimal. */
char *test_file_sha256 (const char *path);

/* TRUE if the two have the same bits. */
gboolean test_mlp_equal (const FocMlp *a, const FocMlp *b);

/* Turns one bit of a file around, in place; again, and it is as before. */
void test_file_flip (const char *path, gsize bit);
