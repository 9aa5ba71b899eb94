/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-dataset.h"
#include "test-folders.h"

/* Data sets that are split by their folders. */

static void
test_split_names (DatasetFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    FocPart part;
  } names[] = {
    { "val", FOC_PART_VALIDATION },   { "valid", FOC_PART_VALIDATION },
    { "Valid", FOC_PART_VALIDATION }, { "validation", FOC_PART_VALIDATION },
    { "test", FOC_PART_HOLDOUT },     { "TEST", FOC_PART_HOLDOUT },
    { "holdout", FOC_PART_HOLDOUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *root = test_folder_new ();
      g_autofree char *file = g_strdup_printf ("%s/a/1.jpg", names[i].name);
      g_autoptr (FocDataset) dataset = NULL;

      test_add_files (root, file);
      test_add_files (root, "train/a/1.jpg train/b/1.jpg");
      dataset = test_scan (root);
      g_assert_true (foc_dataset_has_split (dataset));
      for (FocPart part = FOC_PART_VALIDATION; part < FOC_N_PARTS; part++)
        g_assert_cmpint (foc_dataset_has_part (dataset, part), ==, part == names[i].part);
      g_assert_cmpuint (foc_dataset_get_picture (dataset, 0)->part, ==, FOC_PART_TRAIN);
      g_assert_cmpuint (foc_dataset_get_picture (dataset, 1)->part, ==, names[i].part);
      g_assert_cmpstr (foc_dataset_get_picture (dataset, 1)->name, ==, "1.jpg");
      test_folder_delete (root);
    }
}

static void
test_split (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;

  test_add_files (self->root, "train/a/2.jpg train/a/10.jpg train/b/1.jpg val/b/1.jpg "
                              "test/a/1.jpg test/c/1.jpg train/stray.jpg .x README");
  test_add_folder (self->root, "val/a");
  test_assert_pictures (self->root,
                        "train/a/2.jpg train/a/10.jpg test/a/1.jpg train/b/1.jpg "
                        "val/b/1.jpg test/c/1.jpg");
  dataset = test_scan (self->root);
  g_assert_cmpuint (foc_dataset_get_n_classes (dataset), ==, 3);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->no_pictures, ==, 2);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->hidden, ==, 1);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->empty_folders, ==, 1);
}

/* Two folders of one part: the pictures of both, none of them lost. */
static void
test_split_twice (DatasetFixture *self, gconstpointer data)
{
  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg validation/a/1.jpg "
                              "val/a/1.jpg valid/a/0.jpg val/b/1.jpg");
  test_assert_pictures (self->root, "train/a/1.jpg valid/a/0.jpg val/a/1.jpg "
                                    "validation/a/1.jpg train/b/1.jpg val/b/1.jpg");
}

/* A part without pictures is missing, whatever else it holds. */
static void
test_split_empty_part (DatasetFixture *self, gconstpointer data)
{
  static const char *const others[] = { NULL, "val/.hidden", "val/README", "val/a/.x" };

  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg test/a/1.jpg");
  test_add_folder (self->root, "val");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (FocDataset) dataset = NULL;

      if (others[i] != NULL)
        test_add_files (self->root, others[i]);
      dataset = test_scan (self->root);
      g_assert_true (foc_dataset_has_split (dataset));
      g_assert_true (foc_dataset_has_part (dataset, FOC_PART_HOLDOUT));
      g_assert_false (foc_dataset_has_part (dataset, FOC_PART_VALIDATION));
      g_assert_cmpuint (foc_dataset_get_n_pictures (dataset), ==, 3);
    }
}

/* Named like parts, but classes. */
static void
test_no_split (DatasetFixture *self, gconstpointer data)
{
  g_autoptr (FocDataset) dataset = NULL;

  test_add_files (self->root, "train/1.jpg test/1.jpg test/x/2.jpg test/.y test/z");
  dataset = test_scan (self->root);
  g_assert_false (foc_dataset_has_split (dataset));
  g_assert_cmpstr (foc_dataset_get_class_names (dataset)[0], ==, "test");
  g_assert_cmpuint (foc_dataset_get_class_size (dataset, 0), ==, 2);
  g_assert_cmpuint (foc_dataset_get_class_size (dataset, 1), ==, 1);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->hidden, ==, 1);
  g_assert_cmpuint (foc_dataset_get_ignored (dataset)->no_pictures, ==, 1);

  /* Another folder beside them. */
  test_folder_delete (self->root);
  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg test/a/1.jpg other/1.jpg");
  test_assert_pictures (self->root,
                        "other/1.jpg test/a/1.jpg train/a/1.jpg train/b/1.jpg");
}

static void
test_split_refused (DatasetFixture *self, gconstpointer data)
{
  test_add_files (self->root, "test/a/1.jpg test/b/1.jpg");
  test_assert_refused (self->root, "no “train”", "foc-test-");
  test_add_files (self->root, "val/a/1.jpg val/b/1.jpg");
  test_assert_refused (self->root, "no “train”", "foc-test-");
  test_add_files (self->root, "train/a/1.txt");
  test_assert_refused (self->root, "no “train”", "foc-test-");
  test_add_files (self->root, "train/a/1.jpg");
  test_assert_pictures (
    self->root, "train/a/1.jpg val/a/1.jpg test/a/1.jpg val/b/1.jpg test/b/1.jpg");
}

static void
test_loops_in_parts (DatasetFixture *self, gconstpointer data)
{
  test_add_files (self->root, "train/a/1.jpg train/b/1.jpg test/a/1.jpg test/b/1.jpg");
  test_add_link (self->root, "train/a/x", "..");
  test_add_link (self->root, "train/a/y", "../../test");
  test_assert_pictures (self->root,
                        "train/a/1.jpg test/a/1.jpg train/b/1.jpg test/b/1.jpg");
}

static void
test_part_names (void)
{
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      FocPart back = FOC_PART_NONE;

      g_assert_true (foc_part_from_string (foc_part_to_string (part), &back));
      g_assert_cmpint (back, ==, part);
      g_assert_cmpint (foc_part_from_folder (foc_part_to_string (part)), ==, part);
    }
  g_assert_false (foc_part_from_string ("val", &(FocPart){ 0 }));
  g_assert_cmpint (foc_part_from_folder ("trains"), ==, FOC_PART_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_DATASET_TEST ("loops-in-parts", test_loops_in_parts);
  ADD_DATASET_TEST ("split-names", test_split_names);
  ADD_DATASET_TEST ("split", test_split);
  ADD_DATASET_TEST ("split-twice", test_split_twice);
  ADD_DATASET_TEST ("split-empty-part", test_split_empty_part);
  ADD_DATASET_TEST ("no-split", test_no_split);
  ADD_DATASET_TEST ("split-refused", test_split_refused);
  g_test_add_func ("/dataset/part-names", test_part_names);

  return g_test_run ();
}
