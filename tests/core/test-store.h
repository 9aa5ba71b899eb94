/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-examples.h"

/* Stores without pictures, for tests. */

/* `n_rows` rows of `n_classes` classes in turn: noise with a trace of a pattern of
 * the class, which a network learns in a few epochs. */
FocFeatureStore *test_store_new (guint32 n_rows, guint n_classes, guint64 seed);

/* Rows `first` ... `first + n - 1`; free the rows with test_examples_clear(). */
void
test_examples_init (FocExamples *self, FocFeatureStore *store, guint32 first, guint32 n);
void test_examples_clear (FocExamples *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocExamples, test_examples_clear)

/* TRUE if the two have the same bits. */
gboolean test_mlp_equal (const FocMlp *a, const FocMlp *b);
