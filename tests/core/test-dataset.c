/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-dataset.h"

#include "foc-error.h"
#include "test-folders.h"

#include <string.h>

FocDataset *
test_scan (const char *root)
{
  g_autoptr (GError) error = NULL;
  FocDataset *dataset = foc_dataset_scan (root, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (dataset);
  return dataset;
}

char *
test_list (const FocDataset *dataset)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "",
                            foc_dataset_get_picture (dataset, i)->path);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

void
test_assert_pictures (const char *root, const char *expected)
{
  g_autoptr (FocDataset) dataset = test_scan (root);
  g_autofree char *list = test_list (dataset);

  g_assert_cmpstr (list, ==, expected);
}

static void
assert_refused (const char *root, int code, const char *words, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FocDataset) dataset = foc_dataset_scan (root, NULL, NULL, NULL, &error);

  g_assert_null (dataset);
  g_assert_error (error, FOC_ERROR, code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (strstr (error->message, words) == NULL || strstr (error->message, name) == NULL)
    g_error ("“%s” lacks “%s” or “%s”", error->message, words, name);
}

void
test_assert_refused (const char *root, const char *words, const char *name)
{
  assert_refused (root, FOC_ERROR_DATASET, words, name);
}

void
test_assert_no_classes (const char *root, const char *words, const char *name)
{
  assert_refused (root, FOC_ERROR_NO_CLASSES, words, name);
}

void
test_dataset_set_up (DatasetFixture *self, gconstpointer data)
{
  self->root = test_folder_new ();
}

void
test_dataset_tear_down (DatasetFixture *self, gconstpointer data)
{
  test_folder_delete (self->root);
  g_free (self->root);
}
