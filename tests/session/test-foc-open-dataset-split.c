/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-error.h"
#include "foc-settings.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-open.h"

/* The split of the data set that is open, and of those that open meanwhile. */

static const FocSplitSettings stratified = { .method = FOC_SPLIT_STRATIFIED,
                                             .shares = { 1, 8, 1 },
                                             .seed = 5,
                                             .group = FOC_KEEP_NONE };
static const FocSplitSettings impossible = { .method = FOC_SPLIT_PAPER,
                                             .shares = { 1, 0, 1 },
                                             .seed = 5,
                                             .group = FOC_KEEP_NONE };

static void
add_slow (OpenFixture *self)
{
  test_add_slow (self, "a", 30);
  test_add_slow (self, "b", 30);
}

static void
assert_split (OpenFixture *self, const FocSplitSettings *expected)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);
  g_autofree char *is = foc_split_settings_to_string (&catalog->split_settings);
  g_autofree char *shall = foc_split_settings_to_string (expected);

  g_assert_cmpstr (is, ==, shall);
}

static void
set_split (OpenFixture *self, const FocSplitSettings *settings)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (foc_open_dataset_set_split (self->dataset, settings, &error));
  g_assert_no_error (error);
  assert_split (self, settings);
}

static void
test_open_with (OpenFixture *self, gconstpointer data)
{
  test_add_files (self->other, "x/1.png x/2.png y/1.png");
  foc_open_dataset_open (self->dataset, self->other, &stratified);
  test_wait_for_job (self);
  assert_split (self, &stratified);
  test_assert_said (self, "job scanned read complete idle opened");

  /* One that does not suit it. */
  foc_open_dataset_open (self->dataset, self->other, &impossible);
  test_wait_for_job (self);
  assert_split (self, &foc_split_settings_default);

  test_add_files (self->other, "y/2.png");
  test_refresh (self);
  assert_split (self, &foc_split_settings_default);
}

static void
test_set (OpenFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  FocCatalog *catalog;

  test_add_files (self->other, "x/1.png x/2.png y/1.png");
  test_open (self, self->other);
  g_string_truncate (self->log, 0);
  set_split (self, &stratified);
  test_assert_said (self, "complete");

  catalog = foc_open_dataset_get_catalog (self->dataset);
  g_assert_false (foc_open_dataset_set_split (self->dataset, &impossible, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_SETTINGS);
  g_assert_true (foc_open_dataset_get_catalog (self->dataset) == catalog);
  test_assert_said (self, "");

  /* It stays through refreshing, with and without a change. */
  test_refresh (self);
  assert_split (self, &stratified);
  test_add_files (self->other, "y/2.png");
  test_refresh (self);
  assert_split (self, &stratified);
  test_assert_open (self, "x/1.png x/2.png y/1.png y/2.png");

  /* And is not that of the next one. */
  add_slow (self);
  test_open (self, self->build.root);
  assert_split (self, &foc_split_settings_default);
}

static void
test_set_while_opening (OpenFixture *self, gconstpointer data)
{
  add_slow (self);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (foc_open_dataset_get_catalog (self->dataset) != NULL);
  set_split (self, &stratified);
  test_wait_for_job (self);
  assert_split (self, &stratified);
  g_assert_cmpint (foc_open_dataset_get_catalog (self->dataset)->step, ==,
                   FOC_CATALOG_COMPLETE);
}

static void
test_set_while_refreshing (OpenFixture *self, gconstpointer data)
{
  test_add_files (self->other, "x/1.png x/2.png y/1.png");
  test_open (self, self->other);
  foc_open_dataset_refresh (self->dataset);
  set_split (self, &stratified);
  g_string_truncate (self->log, 0);
  test_wait_for_job (self);
  test_assert_said (self, "idle"); /* nothing has changed on the disk */
  assert_split (self, &stratified);

  test_add_files (self->other, "y/2.png");
  foc_open_dataset_refresh (self->dataset);
  set_split (self, &foc_split_settings_default);
  test_wait_for_job (self);
  assert_split (self, &foc_split_settings_default);
  test_assert_open (self, "x/1.png x/2.png y/1.png y/2.png");
}

/* What is chosen is meant for what is shown. */
static void
test_set_while_another_opens (OpenFixture *self, gconstpointer data)
{
  add_slow (self);
  test_add_files (self->other, "x/1.png x/2.png y/1.png");
  test_open (self, self->other);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  set_split (self, &stratified);
  foc_open_dataset_cancel (self->dataset);
  assert_split (self, &stratified);
  test_assert_open (self, "x/1.png x/2.png y/1.png");

  set_split (self, &foc_split_settings_default);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  set_split (self, &stratified);
  TEST_WAIT (
    foc_dataset_get_n_pictures (foc_open_dataset_get_catalog (self->dataset)->dataset)
    == 60);
  assert_split (self, &foc_split_settings_default);
  foc_open_dataset_cancel (self->dataset);
  assert_split (self, &stratified);
  test_refresh (self);
  assert_split (self, &stratified);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_OPEN_TEST ("split/open-with", test_open_with);
  ADD_OPEN_TEST ("split/set", test_set);
  ADD_OPEN_TEST ("split/set-while-opening", test_set_while_opening);
  ADD_OPEN_TEST ("split/set-while-refreshing", test_set_while_refreshing);
  ADD_OPEN_TEST ("split/set-while-another-opens", test_set_while_another_opens);

  return g_test_run ();
}
