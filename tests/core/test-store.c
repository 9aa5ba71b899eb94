/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-store.h"

#include "foc-preprocess.h"
#include "foc-rng.h"

#include <string.h>

FocFeatureStore *
test_store_new (guint32 n_rows, guint n_classes, guint64 seed)
{
  static const guint8 key[FOC_FEATURE_KEY_BYTES] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FocFeatureWriter) writer =
    foc_feature_writer_new (NULL, key, n_rows, n_classes, &error);
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  FocFeatureStore *store;
  FocRng rng;

  g_assert_no_error (error);
  foc_rng_init (&rng, seed, 99);

  for (guint32 row = 0; row < n_rows; row++)
    {
      FocFeatureEntry entry = { .size = row, .label = (guint16) (row % n_classes) };
      guint8 features[FOC_N_FEATURES];

      for (guint i = 0; i < FOC_N_FEATURES; i++)
        features[i] = (guint8) (100 + foc_rng_below (&rng, 50)
                                + (i % (7 * n_classes) / 7 == entry.label ? 12 : 0));
      g_assert_true (foc_feature_writer_write (writer, row, &entry, features, &error));
    }

  store = foc_feature_writer_commit (writer, digest, NULL, &error);
  g_assert_no_error (error);
  return store;
}

void
test_examples_init (FocExamples *self, FocFeatureStore *store, guint32 first, guint32 n)
{
  guint32 *rows = g_new (guint32, n);

  for (guint32 i = 0; i < n; i++)
    rows[i] = first + i;
  *self = (FocExamples){ store, rows, n };
}

void
test_examples_clear (FocExamples *self)
{
  g_free ((gpointer) self->rows);
  self->rows = NULL;
}

gboolean
test_mlp_equal (const FocMlp *a, const FocMlp *b)
{
  return a->n_parameters == b->n_parameters
         && memcmp (a->parameters, b->parameters, a->n_parameters * sizeof (float)) == 0;
}
