/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-catalog.h"

#include "foc-error.h"
#include "test-catalog.h"
#include "test-feature-build.h"
#include "test-folders.h"

/* Ten pictures a class, of which the paper's split trains on five and keeps three: picture
 * 0 trains in "a" and is held out; what is no picture stands among them. */
static void
add_pictures (const BuildFixture *self)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *a = g_strdup_printf ("a/%u.pnm", i);
      g_autofree char *b = g_strdup_printf ("b/other-%u.pnm", i);

      if (i == 0 || i == 9)
        test_build_add (self, a, 0);
      else
        test_add_file (self->root, a, "P6 damaged", 10);
      if (i == 1 || i == 2)
        test_build_add (self, b, 1);
      else
        test_add_file (self->root, b, "", 0);
    }
}

static void
test_steps (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) scanned = NULL;
  g_autoptr (FocCatalog) read = NULL;
  g_autoptr (FocCatalog) complete = NULL;
  g_autoptr (GError) error = NULL;

  add_pictures (self);
  scanned = test_catalog_scan (self->root);
  g_assert_null (scanned->store);
  g_assert_null (scanned->duplicates);
  g_assert_null (scanned->flags);
  g_assert_cmpuint (scanned->n_unreadable, ==, 0);
  g_assert_cmpuint (foc_catalog_count (scanned, 0, FOC_PART_TRAIN), ==, 5);
  g_assert_cmpuint (foc_catalog_count (scanned, -1, FOC_PART_HOLDOUT), ==, 6);
  g_assert_cmpuint (foc_catalog_count (scanned, -1, FOC_PART_NONE), ==, 0);
  g_assert_cmpint (foc_catalog_get_status (scanned, 1), ==, 0);

  read = foc_catalog_read (scanned, self->cache, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (read->dataset == scanned->dataset);
  g_assert_nonnull (read->store);
  g_assert_null (read->flags);
  g_assert_cmpuint (read->n_unreadable, ==, 16);
  g_assert_cmpint (foc_catalog_get_status (read, 0), ==, 0);
  g_assert_cmpint (foc_catalog_get_status (read, 1), !=, 0);
  g_assert_cmpint (foc_catalog_get_status (read, 10), ==, FOC_ERROR_IMAGE_EMPTY);
  g_assert_cmpuint (foc_catalog_count (read, 0, FOC_PART_TRAIN), ==, 1);
  g_assert_cmpuint (foc_catalog_count (read, 0, FOC_PART_NONE), ==, 8);
  g_assert_cmpuint (foc_catalog_count (read, 1, FOC_PART_TRAIN), ==, 2);
  g_assert_cmpuint (foc_catalog_count (read, -1, FOC_PART_TRAIN), ==, 3);
  g_assert_cmpuint (foc_catalog_count (read, -1, FOC_PART_NONE), ==, 16);

  complete = foc_catalog_complete (read, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (complete->store == read->store);
  g_assert_nonnull (complete->duplicates);
  g_assert_cmpuint (complete->n_unreadable, ==, 16);
  g_assert_cmpstr (complete->notice, ==, NULL);
  /* What was there before is as it was. */
  g_assert_null (read->duplicates);
  g_assert_cmpuint (scanned->n_unreadable, ==, 0);
}

static void
test_leaks (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (FocCatalog) mended = NULL;
  g_autoptr (GError) error = NULL;
  FocSplitSettings settings;

  add_pictures (self);
  catalog = test_catalog_complete (self->root, NULL);
  /* Picture 0 of "a" in training and holdout set; two of "b" are in one part. */
  g_assert_cmpuint (foc_leaks_total (&catalog->leaks), ==, 1);
  g_assert_cmpint (catalog->flags[0], ==, FOC_PICTURE_DUPLICATE | FOC_PICTURE_LEAK);
  g_assert_cmpint (catalog->flags[9], ==, FOC_PICTURE_DUPLICATE | FOC_PICTURE_LEAK);
  g_assert_cmpint (catalog->flags[1], ==, 0);
  g_assert_cmpint (catalog->flags[11], ==, FOC_PICTURE_DUPLICATE);
  g_assert_cmpint (catalog->flags[12], ==, FOC_PICTURE_DUPLICATE);

  settings = catalog->split_settings;
  settings.group = foc_leaks_get_remedy (&catalog->leaks);
  g_assert_cmpint (settings.group, ==, FOC_KEEP_DUPLICATES);
  mended = foc_catalog_split_anew (catalog, &settings, &error);
  g_assert_no_error (error);
  g_assert_cmpint (mended->split_settings.group, ==, FOC_KEEP_DUPLICATES);
  g_assert_cmpuint (foc_leaks_total (&mended->leaks), ==, 0);
  g_assert_cmpint (mended->flags[0], ==, FOC_PICTURE_DUPLICATE);
  g_assert_cmpint (foc_split_get_part (mended->split, 0), ==,
                   foc_split_get_part (mended->split, 9));
  g_assert_true (mended->duplicates == catalog->duplicates);
  g_assert_cmpuint (mended->n_unreadable, ==, 16);
  g_assert_cmpuint (foc_leaks_total (&catalog->leaks), ==, 1);
}

/* Names in both classes leak, but are no duplicates. */
static void
test_names (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (FocCatalog) mended = NULL;
  FocSplitSettings settings;

  test_build_add (self, "a/1.pnm", 0);
  test_build_add (self, "a/2.pnm", 1);
  test_build_add (self, "b/0.pnm", 2);
  test_add_file (self->root, "b/0b.pnm", "", 0);
  test_build_add_bytes (self, "b/1.pnm", self->pictures[2]);
  catalog = test_catalog_complete (self->root, NULL);
  g_assert_cmpuint (catalog->leaks.counts[FOC_RELATION_NAMES].leaks, ==, 1);
  g_assert_cmpint (catalog->flags[0], ==, FOC_PICTURE_LEAK);
  g_assert_cmpint (catalog->flags[1], ==, 0);

  settings = catalog->split_settings;
  settings.group = foc_leaks_get_remedy (&catalog->leaks);
  mended = foc_catalog_split_anew (catalog, &settings, NULL);
  g_assert_cmpuint (foc_leaks_total (&mended->leaks), ==, 0);
}

/* What is kept together is asked for before it is known what that is. */
static void
test_keep_from_the_start (BuildFixture *self, gconstpointer data)
{
  FocSplitSettings settings = foc_split_settings_default;
  g_autoptr (FocCatalog) scanned = NULL;
  g_autoptr (FocCatalog) read = NULL;
  g_autoptr (FocCatalog) complete = NULL;
  g_autoptr (GError) error = NULL;

  add_pictures (self);
  settings.group = FOC_KEEP_ALL;
  scanned = foc_catalog_scan (self->root, &settings, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  read = foc_catalog_read (scanned, NULL, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  complete = foc_catalog_complete (read, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (complete->split_settings.group, ==, FOC_KEEP_ALL);
  g_assert_cmpuint (foc_leaks_total (&complete->leaks), ==, 0);
}

static void
test_settings (BuildFixture *self, gconstpointer data)
{
  FocSplitSettings settings = { FOC_SPLIT_STRATIFIED, { 1, 0, 1 }, 3, FOC_KEEP_NONE };
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (FocCatalog) anew = NULL;
  g_autoptr (GError) error = NULL;

  add_pictures (self);
  catalog = foc_catalog_scan (self->root, &settings, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (catalog->split_settings.method, ==, FOC_SPLIT_PAPER);
  g_assert_cmpuint (foc_catalog_count (catalog, 0, FOC_PART_VALIDATION), ==, 2);

  anew = foc_catalog_split_anew (catalog, &settings, &error);
  g_assert_null (anew);
  g_assert_error (error, FOC_ERROR, FOC_ERROR_SETTINGS);
  g_clear_error (&error);

  settings.shares[FOC_PART_VALIDATION] = 8;
  anew = foc_catalog_split_anew (catalog, &settings, &error);
  g_assert_no_error (error);
  g_assert_cmpint (anew->step, ==, FOC_CATALOG_SCANNED);
  g_assert_cmpuint (foc_catalog_count (anew, 0, FOC_PART_VALIDATION), ==, 8);
}

static void
test_nothing_readable (BuildFixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) catalog = NULL;

  test_add_files (self->root, "a/1.png a/2.png b/1.png");
  catalog = test_catalog_complete (self->root, NULL);
  g_assert_cmpuint (catalog->n_unreadable, ==, 3);
  g_assert_cmpuint (foc_catalog_count (catalog, -1, FOC_PART_NONE), ==, 3);
  g_assert_cmpuint (foc_leaks_total (&catalog->leaks), ==, 0);
}

static void
test_errors (BuildFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (FocCatalog) catalog = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (
    foc_catalog_scan (self->root, &foc_split_settings_default, NULL, NULL, NULL, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_DATASET);
  g_clear_error (&error);

  add_pictures (self);
  catalog = test_catalog_read (self->root, self->cache);
  g_cancellable_cancel (cancelled);
  g_assert_null (
    foc_catalog_read (catalog, self->cache, 1, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (foc_catalog_complete (catalog, 1, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function)                                                              \
  g_test_add ("/catalog/" name, BuildFixture, NULL, test_build_set_up, function,         \
              test_build_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("steps", test_steps);
  ADD ("leaks", test_leaks);
  ADD ("names", test_names);
  ADD ("keep-from-the-start", test_keep_from_the_start);
  ADD ("settings", test_settings);
  ADD ("nothing-readable", test_nothing_readable);
  ADD ("errors", test_errors);

  return g_test_run ();
}
