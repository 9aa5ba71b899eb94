/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-split.h"

#include "foc-error.h"
#include "foc-rng.h"
#include "test-dataset.h"
#include "test-folders.h"

#include <string.h>

/* Splits that keep groups together. */

enum
{
  N_CLASSES = 3,
  PER_CLASS = 100,
  N = N_CLASSES * PER_CLASS
};

static void
add_class (const char *root, const char *folder, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%u.jpg", folder, i);

      test_add_files (root, name);
    }
}

static FocDataset *
make_dataset (void)
{
  g_autofree char *root = test_folder_new ();
  FocDataset *dataset;

  add_class (root, "a", PER_CLASS);
  add_class (root, "b", PER_CLASS);
  add_class (root, "c", PER_CLASS);
  dataset = test_scan (root);
  test_folder_delete (root);
  return dataset;
}

static FocSplit *
split (const FocDataset *dataset,
       const guint8 *status,
       const guint32 *groups,
       FocSplitMethod method)
{
  FocSplitSettings settings = {
    method, { 50, 20, 30 }, 3, groups != NULL ? FOC_KEEP_DUPLICATES : FOC_KEEP_NONE
  };
  g_autoptr (GError) error = NULL;
  FocSplit *self = foc_split_new (dataset, status, groups, &settings, &error);

  g_assert_no_error (error);
  return self;
}

/* Each in a group of its own. */
static void
separate (guint32 *groups, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    groups[i] = i;
}

static guint
count (const FocDataset *dataset, const FocSplit *self, guint label, FocPart part)
{
  guint n = 0;

  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    n += foc_dataset_get_picture (dataset, i)->label == label
         && foc_split_get_part (self, i) == part;
  return n;
}

/* The most by which a class has more or less pictures in a part than in the other split. */
static guint
compare_counts (const FocDataset *dataset, const FocSplit *a, const FocSplit *b)
{
  guint most = 0;

  for (guint label = 0; label < foc_dataset_get_n_classes (dataset); label++)
    for (FocPart part = 0; part < FOC_N_PARTS; part++)
      most = MAX (most, (guint) abs ((int) count (dataset, a, label, part)
                                     - (int) count (dataset, b, label, part)));
  return most;
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
assert_together (const FocDataset *dataset, const FocSplit *self, const guint32 *groups)
{
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    g_assert_cmpint (foc_split_get_part (self, i), ==,
                     foc_split_get_part (self, groups[i]));
}

/* Random groups of up to `max` pictures, of `share` % of all. */
static void
group_at_random (guint32 *groups, guint max, guint share, guint64 seed)
{
  FocPermutation order;
  guint32 n_grouped = N * share / 100;
  FocRng rng;

  foc_rng_init (&rng, seed, 0);
  foc_permutation_init (&order, N, seed, 0);
  separate (groups, N);
  for (guint32 first = 0, size; first < n_grouped; first += size)
    {
      guint32 root = N;

      size = 2 + foc_rng_below (&rng, max - 1);
      for (guint32 i = first; i < MIN (first + size, N); i++)
        root = MIN (root, foc_permutation_at (&order, i));
      for (guint32 i = first; i < MIN (first + size, N); i++)
        groups[foc_permutation_at (&order, i)] = root;
    }
}

static void
test_random (void)
{
  /* Pictures of a class by which a part may differ: none where there are pictures
   * without a group to make up for it, and few where there are none. */
  static const struct
  {
    guint max, share, deviation;
  } cases[] = { { 2, 20, 0 }, { 5, 40, 0 }, { 20, 40, 0 }, { 2, 100, 6 }, { 6, 100, 6 } };
  g_autoptr (FocDataset) dataset = make_dataset ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint64 seed = 0; seed < 20; seed++)
      for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
        {
          guint32 groups[N];
          g_autoptr (FocSplit) plain = split (dataset, NULL, NULL, method);
          g_autoptr (FocSplit) self = NULL;
          g_autoptr (FocSplit) again = NULL;

          group_at_random (groups, cases[i].max, cases[i].share, seed);
          self = split (dataset, NULL, groups, method);
          again = split (dataset, NULL, groups, method);
          assert_together (dataset, self, groups);
          g_assert_cmpuint (n_different (dataset, self, again), ==, 0);
          g_assert_cmpuint (compare_counts (dataset, self, plain), <=,
                            cases[i].deviation);
        }
}

/* No group is torn: nothing changes. */
static void
test_not_torn (void)
{
  g_autoptr (FocDataset) dataset = make_dataset ();

  for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
    {
      g_autoptr (FocSplit) plain = split (dataset, NULL, NULL, method);
      g_autoptr (FocSplit) self = NULL;
      guint32 groups[N], last[FOC_N_PARTS] = { N, N, N };

      separate (groups, N);
      for (guint32 i = 0; i < N; i += 3)
        {
          FocPart part = foc_split_get_part (plain, i);

          if (last[part] < N)
            groups[i] = groups[last[part]];
          last[part] = i % 4 ? i : N;
        }
      self = split (dataset, NULL, groups, method);
      g_assert_cmpuint (n_different (dataset, self, plain), ==, 0);
    }
}

/* The paper's data set: each name in every class. */
static void
test_names (void)
{
  g_autoptr (FocDataset) dataset = make_dataset ();
  guint32 groups[N];

  for (guint32 i = 0; i < N; i++)
    groups[i] = i % PER_CLASS;
  for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
    {
      g_autoptr (FocSplit) plain = split (dataset, NULL, NULL, method);
      g_autoptr (FocSplit) self = split (dataset, NULL, groups, method);

      assert_together (dataset, self, groups);
      g_assert_cmpuint (n_different (dataset, self, plain), ==, 0);
    }
}

/* Where a pair is torn it goes to the part of its first, and who makes room for it
 * is next to the cut. */
static void
test_pair (void)
{
  g_autoptr (FocDataset) dataset = make_dataset ();
  g_autoptr (FocSplit) self = NULL;
  guint32 groups[N];

  separate (groups, N);
  groups[90] = 10;
  self = split (dataset, NULL, groups, FOC_SPLIT_PAPER);
  for (guint32 i = 0; i < PER_CLASS; i++)
    g_assert_cmpint (foc_split_get_part (self, i), ==,
                     i == 90  ? FOC_PART_TRAIN
                     : i < 49 ? FOC_PART_TRAIN
                     : i < 69 ? FOC_PART_VALIDATION
                              : FOC_PART_HOLDOUT);
}

/* One group of nearly all: it stays in one part, and every picture has one. */
static void
test_huge_group (void)
{
  g_autoptr (FocDataset) dataset = make_dataset ();

  for (guint n_others = 0; n_others < 2 * PER_CLASS; n_others += 33)
    for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
      {
        g_autoptr (FocSplit) self = NULL;
        guint32 groups[N];

        separate (groups, N);
        for (guint32 i = n_others; i < N; i++)
          groups[i] = n_others;
        self = split (dataset, NULL, groups, method);
        assert_together (dataset, self, groups);
        for (guint32 i = 0; i < N; i++)
          g_assert_cmpint (foc_split_get_part (self, i), <, FOC_PART_NONE);
      }
}

/* Groups override folders; pictures without a group stay where their folder is. */
static void
test_folders (void)
{
  static const char *const kinds[] = { "", "val", "test", "val test" };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
      {
        g_autofree char *root = test_folder_new ();
        g_autoptr (FocDataset) dataset = NULL;
        g_autoptr (FocSplit) plain = NULL;
        g_autoptr (FocSplit) self = NULL;
        g_autofree guint32 *groups = NULL;
        guint32 n;

        add_class (root, "train/a", 40);
        add_class (root, "train/b", 40);
        if (strstr (kinds[k], "val") != NULL)
          add_class (root, "val/a", 12);
        if (strstr (kinds[k], "test") != NULL)
          add_class (root, "test/b", 9);
        dataset = test_scan (root);
        n = foc_dataset_get_n_pictures (dataset);
        groups = g_new (guint32, n);
        separate (groups, n);
        for (guint32 i = 1; i < n; i += 5)
          groups[i] = groups[i * 7 % i];
        for (guint32 i = 0; i < n; i++)
          groups[i] = groups[groups[i]];

        plain = split (dataset, NULL, NULL, method);
        self = split (dataset, NULL, groups, method);
        assert_together (dataset, self, groups);
        g_assert_cmpuint (n_different (dataset, plain, self), >, 0);
        for (guint32 i = 0; i < n; i++)
          {
            FocPart folder = (FocPart) foc_dataset_get_picture (dataset, i)->part;
            FocPart part = foc_split_get_part (self, i);
            gboolean is_grouped = groups[i] != i;

            for (guint32 j = i + 1; j < n; j++)
              is_grouped = is_grouped || groups[j] == i;
            g_assert_cmpint (part, <, FOC_PART_NONE);
            if (!is_grouped && folder != FOC_PART_TRAIN)
              g_assert_cmpint (part, ==, folder);
            if (!is_grouped && folder == FOC_PART_TRAIN && part != FOC_PART_TRAIN)
              g_assert_false (foc_dataset_has_part (dataset, part));
          }
        test_folder_delete (root);
      }
}

/* What cannot be read is in no part, and moves nothing. */
static void
test_unreadable (void)
{
  g_autoptr (FocDataset) dataset = make_dataset ();
  guint8 status[N] = { 0 };
  guint32 groups[N];

  group_at_random (groups, 4, 30, 5);
  for (guint32 i = 0; i < N; i += 7)
    if (groups[i] == i)
      status[i] = FOC_ERROR_IMAGE_DAMAGED;
  for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
    {
      g_autoptr (FocSplit) all = split (dataset, NULL, groups, method);
      g_autoptr (FocSplit) self = split (dataset, status, groups, method);

      for (guint32 i = 0; i < N; i++)
        g_assert_cmpint (foc_split_get_part (self, i), ==,
                         status[i] != 0 ? FOC_PART_NONE : foc_split_get_part (all, i));
    }
}

static void
test_keep_names (void)
{
  static const char *const bad[] = { "",      "all",         "None",   "duplicates,",
                                     ",none", "none,names",  " names", "duplicates names",
                                     "exact", "names,,names" };
  FocKeep keep;

  for (guint i = FOC_KEEP_NONE; i <= FOC_KEEP_ALL; i++)
    {
      g_assert_true (foc_keep_from_string (foc_keep_to_string ((FocKeep) i), &keep));
      g_assert_cmpuint (keep, ==, i);
    }
  g_assert_true (foc_keep_from_string ("names,duplicates", &keep));
  g_assert_cmpuint (keep, ==, FOC_KEEP_ALL);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (foc_keep_from_string (bad[i], &keep));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/split-group/random", test_random);
  g_test_add_func ("/split-group/not-torn", test_not_torn);
  g_test_add_func ("/split-group/names", test_names);
  g_test_add_func ("/split-group/pair", test_pair);
  g_test_add_func ("/split-group/huge-group", test_huge_group);
  g_test_add_func ("/split-group/folders", test_folders);
  g_test_add_func ("/split-group/unreadable", test_unreadable);
  g_test_add_func ("/split-group/keep-names", test_keep_names);

  return g_test_run ();
}
