/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-predictions.h"

/* Catalogs, models and predictions for tests. */

/* What must succeed. `cache` may be NULL. */
FocCatalog *test_catalog_scan (const char *root);
FocCatalog *test_catalog_read (const char *root, const char *cache);
FocCatalog *test_catalog_complete (const char *root, const char *cache);

/* A folder of so many files in classes "comics" and "faces", in turns, all empty: no
 * pictures that could be read. To be deleted by test_folder_delete(), and freed. */
char *test_folder_new_of_many (guint n);

/* A model file in a folder of the test's own, for the classes in `names`, separated by
 * blanks, whose weights are drawn with `seed`; free the name. */
char *test_write_model (const char *folder, const char *names, guint64 seed);

/* The same, read again. */
FocLoadedModel *test_model_new (const char *names, guint64 seed);
/* One that does not answer at once: foc_explains_at_once(). */
FocLoadedModel *test_model_new_large (const char *names);

/* Predictions out of thin air, for pictures of two classes: probabilities and losses of a
 * few values each, many of them equal, some NaN. */
FocPredictions *test_predictions_new (FocLoadedModel *model, guint32 n, guint64 seed);
