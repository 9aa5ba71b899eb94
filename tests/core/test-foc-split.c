/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-split.h"

#include "foc-error.h"

#include "test-dataset.h"
#include "test-folders.h"

#include <math.h>
#include <string.h>

static const FocSplitSettings paper = { FOC_SPLIT_PAPER, { 50, 20, 30 }, 1 };
static const FocSplitSettings stratified = { FOC_SPLIT_STRATIFIED, { 50, 20, 30 }, 1 };

/* A class of `n` pictures in `folder`: 0.jpg, 1.jpg, ... */
static void
add_class (const char *root, const char *folder, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%u.jpg", folder, i);

      test_add_files (root, name);
    }
}

static FocSplit *
split (const FocDataset *dataset, const guint8 *status, const FocSplitSettings *settings)
{
  g_autoptr (GError) error = NULL;
  FocSplit *self = foc_split_new (dataset, status, NULL, settings, &error);

  g_assert_no_error (error);
  return self;
}

/* The lists and the parts say the same: disjoint, complete, ascending. */
static void
assert_consistent (const FocDataset *dataset, const FocSplit *self, const guint8 *status)
{
  guint32 n_pictures = foc_dataset_get_n_pictures (dataset);
  g_autofree guint *seen = g_new0 (guint, n_pictures);
  guint32 n_joint, n_train_and_validation = 0;
  const guint32 *joint = foc_split_get_training_and_validation (self, &n_joint);

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      guint32 n;
      const guint32 *rows = foc_split_get_rows (self, part, &n);

      for (guint32 i = 0; i < n; i++)
        {
          g_assert_cmpuint (rows[i], <, n_pictures);
          g_assert_cmpint (foc_split_get_part (self, rows[i]), ==, part);
          g_assert_true (i == 0 || rows[i] > rows[i - 1]);
          seen[rows[i]]++;
        }
      if (part != FOC_PART_HOLDOUT)
        n_train_and_validation += n;
    }
  for (guint32 i = 0; i < n_pictures; i++)
    {
      gboolean readable = status == NULL || status[i] == 0;

      g_assert_cmpuint (seen[i], ==, readable);
      g_assert_cmpint (foc_split_get_part (self, i) == FOC_PART_NONE, ==, !readable);
    }

  g_assert_cmpuint (n_joint, ==, n_train_and_validation);
  for (guint32 i = 0; i < n_joint; i++)
    {
      g_assert_true (i == 0 || joint[i] > joint[i - 1]);
      g_assert_cmpint (foc_split_get_part (self, joint[i]), !=, FOC_PART_HOLDOUT);
    }
}

/* How many pictures of the class are in the part. */
static guint
count (const FocDataset *dataset, const FocSplit *self, guint label, FocPart part)
{
  guint n = 0;

  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    n += foc_dataset_get_picture (dataset, i)->label == label
         && foc_split_get_part (self, i) == part;
  return n;
}

static void
test_shares (void)
{
  static const guint sizes[] = { 1, 2, 3, 4, 7, 10, 11, 99, 100, 101 };
  static const guint shares[][FOC_N_PARTS] = {
    { 50, 20, 30 }, { 1, 1, 1 }, { 98, 1, 1 }, { 1, 1, 1000000 }, { 5, 2, 3 },
  };
  g_autofree char *root = test_folder_new ();
  g_autoptr (FocDataset) dataset = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *folder = g_strdup_printf ("%u", i);

      add_class (root, folder, sizes[i]);
    }
  dataset = test_scan (root);

  for (guint s = 0; s < G_N_ELEMENTS (shares); s++)
    for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
      {
        FocSplitSettings settings = { method, { 0 }, 3 };
        g_autoptr (FocSplit) self = NULL;

        memcpy (settings.shares, shares[s], sizeof settings.shares);
        self = split (dataset, NULL, &settings);
        assert_consistent (dataset, self, NULL);
        for (guint label = 0; label < G_N_ELEMENTS (sizes); label++)
          {
            guint total = shares[s][0] + shares[s][1] + shares[s][2];
            guint sum = 0, so_far = 0;

            for (FocPart part = 0; part < FOC_N_PARTS; part++)
              {
                double edge;

                so_far += count (dataset, self, label, part);
                sum += shares[s][part];
                edge = (double) sizes[label] * sum / total;
                g_assert_cmpfloat (fabs (so_far - edge), <=, 0.5);
              }
            g_assert_cmpuint (so_far, ==, sizes[label]);
          }
      }
  test_folder_delete (root);
}

static void
test_paper (void)
{
  g_autofree char *root = test_folder_new ();
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocSplit) self = NULL;

  add_class (root, "a", 20);
  add_class (root, "b", 10);
  dataset = test_scan (root);
  self = split (dataset, NULL, &paper);
  for (guint32 i = 0; i < 30; i++)
    {
      double place = i < 20 ? i / 20.0 : (i - 20) / 10.0;

      g_assert_cmpint (foc_split_get_part (self, i), ==,
                       place < 0.5   ? FOC_PART_TRAIN
                       : place < 0.7 ? FOC_PART_VALIDATION
                                     : FOC_PART_HOLDOUT);
    }
  test_folder_delete (root);
}

static guint
n_different (const FocDataset *dataset, const FocSplit *a, const FocSplit *b)
{
  guint n = 0;

  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    n += foc_split_get_part (a, i) != foc_split_get_part (b, i);
  return n;
}

static void
test_stratified (void)
{
  g_autofree char *root = test_folder_new ();
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocSplit) first = NULL;
  g_autoptr (FocSplit) ordered = NULL;
  FocSplitSettings settings = stratified;
  guint in_first_half = 0, n_apart = 0;

  add_class (root, "a", 200);
  add_class (root, "b", 180); /* of the same names, and some are missing */
  dataset = test_scan (root);
  first = split (dataset, NULL, &settings);
  ordered = split (dataset, NULL, &paper);
  g_assert_cmpuint (n_different (dataset, first, ordered), >, 100);

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (FocDataset) again = test_scan (root);
      g_autoptr (FocSplit) self = split (again, NULL, &settings);

      g_assert_cmpuint (n_different (dataset, first, self), ==, 0);
    }
  for (settings.seed = 2; settings.seed < 12; settings.seed++)
    {
      g_autoptr (FocSplit) self = split (dataset, NULL, &settings);

      g_assert_cmpuint (n_different (dataset, first, self), >, 100);
    }

  /* Mixed: of the training set about half is from the first half of the order. */
  for (guint32 i = 0; i < 100; i++)
    in_first_half += foc_split_get_part (first, i) == FOC_PART_TRAIN;
  g_assert_cmpuint (in_first_half, >, 35);
  g_assert_cmpuint (in_first_half, <, 65);

  /* Of one name, so mostly together; by chance 0.62 of them would be apart. */
  for (guint32 i = 0; i < 180; i++)
    n_apart += foc_split_get_part (first, i) != foc_split_get_part (first, 200 + i);
  g_assert_cmpuint (n_apart, <, 18);
  test_folder_delete (root);
}

static void
test_unreadable (void)
{
  g_autofree char *root = test_folder_new ();
  g_autoptr (FocDataset) dataset = NULL;
  guint8 status[50] = { 0 };

  add_class (root, "a", 30);
  add_class (root, "b", 20);
  dataset = test_scan (root);
  for (guint i = 0; i < 50; i += 7)
    status[i] = FOC_ERROR_IMAGE_FORMAT;

  for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
    {
      FocSplitSettings settings = { method, { 50, 20, 30 }, 5 };
      g_autoptr (FocSplit) all = split (dataset, NULL, &settings);
      g_autoptr (FocSplit) self = split (dataset, status, &settings);

      assert_consistent (dataset, self, status);
      for (guint32 i = 0; i < 50; i++)
        if (status[i] == 0)
          g_assert_cmpint (foc_split_get_part (self, i), ==, foc_split_get_part (all, i));
    }
  test_folder_delete (root);
}

/* Folders decide; what is missing is cut from the training folder by the shares of
 * what is to be cut. */
static void
test_folders (void)
{
  static const struct
  {
    gboolean validation, holdout;
    guint expected[FOC_N_PARTS]; /* of each class */
  } cases[] = {
    { TRUE, TRUE, { 70, 9, 11 } },
    { FALSE, TRUE, { 50, 20, 11 } },
    { TRUE, FALSE, { 44, 9, 26 } }, /* 70 * 5 / 8 = 43.75 */
    { FALSE, FALSE, { 35, 14, 21 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
      {
        g_autofree char *root = test_folder_new ();
        FocSplitSettings settings = { method, { 50, 20, 30 }, 5 };
        g_autoptr (FocDataset) dataset = NULL;
        g_autoptr (FocSplit) self = NULL;

        add_class (root, "train/a", 70);
        add_class (root, "train/b", 70);
        if (cases[i].validation)
          {
            add_class (root, "val/a", 9);
            add_class (root, "val/b", 9);
          }
        if (cases[i].holdout)
          {
            add_class (root, "test/a", 11);
            add_class (root, "test/b", 11);
          }

        dataset = test_scan (root);
        self = split (dataset, NULL, &settings);
        assert_consistent (dataset, self, NULL);
        for (FocPart part = 0; part < FOC_N_PARTS; part++)
          for (guint label = 0; label < 2; label++)
            g_assert_cmpuint (count (dataset, self, label, part), ==,
                              cases[i].expected[part]);
        for (guint32 j = 0; j < foc_dataset_get_n_pictures (dataset); j++)
          {
            FocPart part = (FocPart) foc_dataset_get_picture (dataset, j)->part;

            if (part != FOC_PART_TRAIN)
              g_assert_cmpint (foc_split_get_part (self, j), ==, part);
          }
        test_folder_delete (root);
      }
}

static void
test_refused (void)
{
  static const guint shares[][FOC_N_PARTS] = {
    { 0, 1, 1 },         { 1, 0, 1 }, { 1, 1, 0 }, { FOC_SPLIT_SHARE_MAX + 1, 1, 1 },
    { 1, 1, G_MAXUINT },
  };
  g_autofree char *root = test_folder_new ();
  g_autoptr (FocDataset) dataset = NULL;

  add_class (root, "a", 1);
  add_class (root, "b", 1);
  dataset = test_scan (root);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      FocSplitSettings settings = paper;
      g_autoptr (GError) error = NULL;

      memcpy (settings.shares, shares[i], sizeof settings.shares);
      g_assert_null (foc_split_new (dataset, NULL, NULL, &settings, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_SETTINGS);
      g_assert_nonnull (strstr (error->message, "1000000"));
    }
  test_folder_delete (root);
}

static void
test_method_names (void)
{
  FocSplitMethod method;

  for (FocSplitMethod i = 0; i <= FOC_SPLIT_STRATIFIED; i++)
    {
      g_assert_true (
        foc_split_method_from_string (foc_split_method_to_string (i), &method));
      g_assert_cmpint (method, ==, i);
    }
  g_assert_false (foc_split_method_from_string ("Paper", &method));
  g_assert_false (foc_split_method_from_string ("", &method));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/split/shares", test_shares);
  g_test_add_func ("/split/paper", test_paper);
  g_test_add_func ("/split/stratified", test_stratified);
  g_test_add_func ("/split/unreadable", test_unreadable);
  g_test_add_func ("/split/folders", test_folders);
  g_test_add_func ("/split/refused", test_refused);
  g_test_add_func ("/split/method-names", test_method_names);

  return g_test_run ();
}
