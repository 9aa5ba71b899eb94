/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-leaks.h"

#include "foc-experiment.h"
#include "test-experiment.h"
#include "test-folders.h"

/* Two classes of 20 pictures, of which the paper's split trains on 10 and holds 6 out;
 * then copies: of training picture 1 in validation (11) and holdout set (19), of 2 in the
 * training set (3), and names that both classes have. */
static char *
make_pictures (void)
{
  static const char *const copies[][2] = { { "1", "11" }, { "1", "19" }, { "2", "3" } };
  char *root = test_make_pictures (20, 20);

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autofree char *from = g_strdup_printf ("%s/comics/%s.png", root, copies[i][0]);
      g_autofree char *name = g_strdup_printf ("comics/%s.png", copies[i][1]);
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &content, &length, NULL));
      test_add_file (root, name, content, length);
    }
  return root;
}

static void
test_counts (void)
{
  g_autofree char *root = make_pictures ();
  g_autofree char *listing = NULL;
  FocExperimentOptions options = { .cache = test_cache, .jobs = 2 };
  g_autoptr (FocExperiment) experiment = test_open_pictures (root, &options);
  FocSplitSettings settings = { FOC_SPLIT_PAPER, { 50, 20, 30 }, 1, FOC_KEEP_NONE };
  g_autoptr (GError) error = NULL;
  const guint32 *group;
  FocLeaks leaks;
  guint32 n;

  g_assert_true (foc_experiment_find_duplicates (experiment, FOC_RELATIONS_ALL, &error));
  g_assert_true (foc_experiment_split (experiment, &settings, &error));
  foc_leaks_count (&leaks, experiment->duplicates, experiment->split);
  g_assert_cmpuint (leaks.counts[FOC_RELATION_EXACT].groups, ==, 2);
  g_assert_cmpuint (leaks.counts[FOC_RELATION_EXACT].pictures, ==, 5);
  g_assert_cmpuint (leaks.counts[FOC_RELATION_EXACT].leaks, ==, 1);
  for (guint pair = 0; pair < FOC_N_PART_PAIRS; pair++)
    g_assert_cmpuint (leaks.counts[FOC_RELATION_EXACT].between[pair], ==, 1);
  g_assert_cmpuint (leaks.counts[FOC_RELATION_NAMES].leaks, ==, 0);
  g_assert_cmpuint (foc_leaks_total (&leaks), ==,
                    1 + leaks.counts[FOC_RELATION_NEAR].leaks);
  group = foc_duplicates_get_group (experiment->duplicates, FOC_RELATION_EXACT, 0, &n);
  g_assert_true (foc_leaks_is_leak (experiment->split, group, n));
  g_assert_false (foc_leaks_is_leak (experiment->split, group, 1));
  g_assert_cmpuint (foc_leaks_count_copies (experiment->duplicates, experiment->split),
                    ==, 1);

  /* With the groups kept together there are none left. */
  settings.group = FOC_KEEP_DUPLICATES;
  g_assert_true (foc_experiment_split (experiment, &settings, &error));
  foc_leaks_count (&leaks, experiment->duplicates, experiment->split);
  g_assert_cmpuint (foc_leaks_total (&leaks), ==, leaks.counts[FOC_RELATION_NAMES].leaks);
  g_assert_cmpuint (leaks.counts[FOC_RELATION_EXACT].groups, ==, 2);
  g_assert_cmpuint (foc_leaks_count_copies (experiment->duplicates, experiment->split),
                    ==, 0);

  settings.group = FOC_KEEP_ALL;
  g_assert_true (foc_experiment_split (experiment, &settings, &error));
  foc_leaks_count (&leaks, experiment->duplicates, experiment->split);
  g_assert_cmpuint (foc_leaks_total (&leaks), ==, 0);
  g_assert_no_error (error);
  test_folder_delete (root);
}

/* The split is the same whether all relations are known or only what it needs. */
static void
test_same_split (void)
{
  g_autofree char *root = make_pictures ();

  for (guint keep = FOC_KEEP_NONE; keep <= FOC_KEEP_ALL; keep++)
    for (FocSplitMethod method = 0; method <= FOC_SPLIT_STRATIFIED; method++)
      {
        FocExperimentOptions options = { .cache = test_cache, .jobs = 1 + keep };
        FocSplitSettings settings = { method, { 50, 20, 30 }, 7, (FocKeep) keep };
        g_autoptr (FocExperiment) one = test_open_pictures (root, &options);
        g_autoptr (FocExperiment) other = test_open_pictures (root, &options);

        g_assert_true (foc_experiment_find_duplicates (one, FOC_RELATIONS_ALL, NULL));
        g_assert_true (foc_experiment_split (one, &settings, NULL));
        g_assert_true (foc_experiment_split (other, &settings, NULL));
        g_assert_cmpint (other->duplicates != NULL, ==, keep != FOC_KEEP_NONE);
        for (guint32 i = 0; i < foc_dataset_get_n_pictures (one->dataset); i++)
          g_assert_cmpint (foc_split_get_part (one->split, i), ==,
                           foc_split_get_part (other->split, i));
      }
  test_folder_delete (root);
}

static void
test_pairs (void)
{
  FocPart first, second, last_first = FOC_PART_TRAIN, last_second = FOC_PART_TRAIN;

  for (guint pair = 0; pair < FOC_N_PART_PAIRS; pair++)
    {
      foc_leaks_get_pair (pair, &first, &second);
      g_assert_cmpint (first, <, second);
      g_assert_cmpint (second, <, FOC_PART_NONE);
      g_assert_true (first > last_first || second > last_second);
      last_first = first;
      last_second = second;
    }
}

int
main (int argc, char *argv[])
{
  test_experiment_init (&argc, &argv);

  g_test_add_func ("/leaks/counts", test_counts);
  g_test_add_func ("/leaks/same-split", test_same_split);
  g_test_add_func ("/leaks/pairs", test_pairs);

  return test_experiment_run ();
}
