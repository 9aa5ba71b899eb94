/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-list.h"

#include "foc-error.h"
#include "test-catalog.h"
#include "test-feature-build.h"
#include "test-folders.h"

static FocPictureItem *
get (FocPictureList *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (list), position);
}

static void
test_facts (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocPictureList) list = foc_picture_list_new ();
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (FocPictureItem) item = NULL;
  g_autoptr (FocPictureItem) broken = NULL;
  g_autofree char *path = test_path (self->root, "a/sub/1.pnm");

  test_build_add_at (self, "a/sub/1.pnm", 0, 77);
  test_add_file (self->root, "b/2.png", "", 0);
  catalog = test_catalog_complete (self->root, NULL);
  foc_picture_list_set_contents (list, catalog, NULL);

  item = get (list, 0);
  g_assert_cmpuint (foc_picture_item_get_row (item), ==, 0);
  g_assert_cmpstr (foc_picture_item_get_name (item), ==, "sub/1.pnm");
  g_assert_cmpstr (foc_picture_item_get_class_name (item), ==, "a");
  g_assert_cmpuint (foc_picture_item_get_label (item), ==, 0);
  g_assert_cmpuint (foc_picture_item_get_size (item), ==,
                    g_bytes_get_size (self->pictures[0]));
  g_assert_cmpint (foc_picture_item_get_mtime (item), ==,
                   77 * G_GINT64_CONSTANT (1000000000) + 5);
  g_assert_cmpint (foc_picture_item_get_status (item), ==, 0);
  g_assert_cmpint (foc_picture_item_get_flags (item), ==, 0);
  g_assert_cmpint (foc_picture_item_get_part (item), ==,
                   foc_split_get_part (catalog->split, 0));
  g_assert_true (g_file_test (foc_picture_item_get_path (item), G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_str_has_suffix (foc_picture_item_get_path (item), "/a/sub/1.pnm"));
  g_assert_false (foc_picture_item_get_answer (item, NULL, NULL, NULL, NULL));

  broken = get (list, 1);
  g_assert_cmpint (foc_picture_item_get_status (broken), ==, FOC_ERROR_IMAGE_EMPTY);
  g_assert_cmpint (foc_picture_item_get_part (broken), ==, FOC_PART_NONE);
}

static void
test_answer (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocPictureList) list = foc_picture_list_new ();
  g_autoptr (FocLoadedModel) model = test_model_new ("b a", 3);
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (FocPredictions) predictions = NULL;
  g_autoptr (FocPictureItem) item = NULL;
  g_autoptr (FocPictureItem) broken = NULL;
  const char *class_name;
  double probability;
  FocDoubt doubt;
  gboolean is_wrong;

  test_build_add (self, "a/1.pnm", 0);
  test_add_file (self->root, "b/2.png", "", 0);
  catalog = test_catalog_complete (self->root, NULL);
  predictions = foc_predictions_make (model, catalog, 1, NULL, NULL, NULL, NULL);
  foc_picture_list_set_contents (list, catalog, predictions);

  item = get (list, 0);
  g_assert_true (foc_picture_item_get_predictions (item) == predictions);
  g_assert_true (foc_picture_item_get_answer (item, NULL, NULL, NULL, NULL));
  g_assert_true (
    foc_picture_item_get_answer (item, &class_name, &probability, &doubt, &is_wrong));
  g_assert_cmpstr (class_name, ==, predictions->answers[0] == 0 ? "b" : "a");
  g_assert_cmpint (is_wrong, ==, predictions->answers[0] == 0);
  g_assert_cmpfloat (probability, >=, 0.5);
  g_assert_cmpint (doubt, ==, probability < 0.8 ? FOC_DOUBT_PROBABILITY : FOC_DOUBT_NONE);

  broken = get (list, 1);
  g_assert_false (foc_picture_item_get_answer (broken, &class_name, NULL, NULL, NULL));
}

/* A name that is not UTF-8 is shown readably, and found. */
static void
test_strange_name (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocPictureList) list = foc_picture_list_new ();
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (FocPictureItem) item = NULL;
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;

  test_add_files (self->root, "a/bad-\xff-Name.png b/1.png");
  catalog = test_catalog_scan (self->root);
  foc_picture_list_set_contents (list, catalog, NULL);
  item = get (list, 0);
  g_assert_true (g_utf8_validate (foc_picture_item_get_name (item), -1, NULL));
  g_assert_true (g_file_test (foc_picture_item_get_path (item), G_FILE_TEST_EXISTS));

  filter.search = "NAME";
  foc_picture_list_set_filter (list, &filter);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

static void
test_titles (void)
{
  for (FocPart part = 0; part <= FOC_PART_NONE; part++)
    for (FocPart other = 0; other < part; other++)
      g_assert_cmpstr (foc_part_get_title (part), !=, foc_part_get_title (other));
}

#define ADD(name, function)                                                              \
  g_test_add ("/picture-item/" name, BuildFixture, NULL, test_build_set_up, function,    \
              test_build_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("facts", test_facts);
  ADD ("answer", test_answer);
  ADD ("strange-name", test_strange_name);
  g_test_add_func ("/picture-item/titles", test_titles);

  return g_test_run ();
}
