/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-error.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-open.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What happens to the files of a data set while it is open. */

static void
add_some (OpenFixture *self)
{
  test_build_add (&self->build, "a/1.pnm", 0);
  test_build_add (&self->build, "a/2.pnm", 1);
  test_build_add (&self->build, "b/1.pnm", 2);
}

static void
open_some (OpenFixture *self)
{
  add_some (self);
  test_open (self, self->build.root);
  test_assert_said (self, "job scanned read complete idle opened");
}

static void
test_unchanged (OpenFixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) before = NULL;

  open_some (self);
  before = foc_catalog_ref (foc_open_dataset_get_catalog (self->dataset));
  test_refresh (self);
  test_assert_said (self, "job idle");
  g_assert_true (foc_open_dataset_get_catalog (self->dataset) == before);

  /* While a job runs, another refresh is nothing. */
  foc_open_dataset_refresh (self->dataset);
  foc_open_dataset_refresh (self->dataset);
  test_wait_for_job (self);
  test_assert_said (self, "job idle");
}

static void
test_changed (OpenFixture *self, gconstpointer data)
{
  GListModel *list = G_LIST_MODEL (foc_open_dataset_get_pictures (self->dataset));
  g_autofree char *gone = test_path (self->build.root, "a/1.pnm");
  g_autoptr (FocPictureItem) item = NULL;
  g_autoptr (GString) said = g_string_new (NULL);

  open_some (self);
  item = g_list_model_get_item (list, 2);
  test_log_signals (G_OBJECT (item), "changed", said);

  test_build_add (&self->build, "a/3.pnm", 2);
  test_refresh (self);
  test_assert_said (self, "job complete idle");
  test_assert_open (self, "a/1.pnm a/2.pnm a/3.pnm b/1.pnm");
  g_assert_cmpuint (foc_picture_item_get_row (item), ==, 3);
  test_assert_log (said, "changed");

  g_assert_cmpint (g_remove (gone), ==, 0);
  test_refresh (self);
  test_assert_said (self, "job complete idle");
  test_assert_open (self, "a/2.pnm a/3.pnm b/1.pnm");

  /* The same name, another picture. */
  test_build_add_at (&self->build, "b/1.pnm", 1, 2000);
  test_refresh (self);
  test_assert_said (self, "job complete idle");
  test_assert_rows (foc_open_dataset_get_catalog (self->dataset)->store, "121");
  g_assert_cmpint (foc_picture_item_get_mtime (item) / 1000000000, ==, 2000);
  g_assert_true (foc_picture_item_get_flags (item) & FOC_PICTURE_DUPLICATE);
  test_refresh (self);
  test_assert_said (self, "job idle");
}

static void
test_class_added (OpenFixture *self, gconstpointer data)
{
  open_some (self);
  test_build_add (&self->build, "0/1.pnm", 0);
  test_refresh (self);
  test_assert_said (self, "job complete idle");
  test_assert_open (self, "0/1.pnm a/1.pnm a/2.pnm b/1.pnm");
}

static void
test_lost (OpenFixture *self, gconstpointer data)
{
  g_autofree char *elsewhere = test_path (self->other, "moved");

  open_some (self);
  g_assert_cmpint (g_rename (self->build.root, elsewhere), ==, 0);
  test_refresh (self);
  test_assert_said (self, "job idle lost");
  g_assert_nonnull (strstr (self->message, self->build.root));
  test_assert_open (self, "a/1.pnm a/2.pnm b/1.pnm");
  test_refresh (self); /* said once is enough */
  test_assert_said (self, "job idle");

  g_assert_cmpint (g_rename (elsewhere, self->build.root), ==, 0);
  test_refresh (self);
  test_assert_said (self, "job idle found");
  test_refresh (self);
  test_assert_said (self, "job idle");
}

/* Without a class there is no data set any more. */
static void
test_class_lost (OpenFixture *self, gconstpointer data)
{
  g_autofree char *b = test_path (self->build.root, "b");

  open_some (self);
  test_folder_delete (b);
  test_refresh (self);
  test_assert_said (self, "job idle lost");
  test_assert_open (self, "a/1.pnm a/2.pnm b/1.pnm");
  test_build_add (&self->build, "b/4.pnm", 1);
  test_refresh (self);
  test_assert_said (self, "job complete idle found");
  test_assert_open (self, "a/1.pnm a/2.pnm b/4.pnm");
}

/* Another data set is shown: nothing is lost. After coming back, it is again. */
static void
test_lost_and_another (OpenFixture *self, gconstpointer data)
{
  g_autofree char *x = test_path (self->other, "x");

  test_add_files (self->other, "x/1.png y/1.png");
  test_open (self, self->other);
  test_folder_delete (x);
  test_refresh (self);
  test_assert_said (self, "job scanned read complete idle opened job idle lost");

  test_add_slow (self, "a", 30);
  test_add_slow (self, "b", 30);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  foc_open_dataset_cancel (self->dataset);
  test_assert_said (self, "job idle");

  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (strstr (self->log->str, "found") != NULL);
  test_assert_said (self, "job scanned found");
  foc_open_dataset_cancel (self->dataset);
  test_assert_said (self, "complete lost idle");
  test_open (self, self->build.root);
  test_assert_said (self, "job scanned found read complete idle opened");
  test_refresh (self);
  test_assert_said (self, "job idle");
}

/* A class folder goes while its pictures are read: they cannot be read, and afterwards it
 * is seen why. */
static void
test_class_deleted_during_import (OpenFixture *self, gconstpointer data)
{
  g_autofree char *c = test_path (self->build.root, "c");
  FocCatalog *catalog;

  test_add_slow (self, "a", 60);
  test_build_add (&self->build, "b/1.pnm", 0);
  test_build_add (&self->build, "c/1.pnm", 1);
  foc_open_dataset_open (self->dataset, self->build.root, NULL);
  TEST_WAIT (foc_open_dataset_get_catalog (self->dataset) != NULL);
  test_folder_delete (c);
  test_wait_for_job (self);
  test_assert_said (self, "job scanned read complete idle opened");
  catalog = foc_open_dataset_get_catalog (self->dataset);
  g_assert_cmpuint (catalog->n_unreadable, ==, 1);
  g_assert_cmpint (foc_catalog_get_status (catalog, 61), ==, FOC_ERROR_IMAGE_NO_ACCESS);

  test_refresh (self);
  test_assert_said (self, "job complete idle");
  catalog = foc_open_dataset_get_catalog (self->dataset);
  g_assert_cmpuint (catalog->n_unreadable, ==, 0);
  g_assert_cmpuint (foc_dataset_get_n_classes (catalog->dataset), ==, 2);
}

/* A file that could not be read, and can, without having changed. */
static void
test_readable_again (OpenFixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  FocCatalog *catalog;

  if (getuid () == 0)
    {
      g_test_skip ("The superuser may read every file.");
      return;
    }
  add_some (self);
  path = test_path (self->build.root, "a/1.pnm");
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  test_open (self, self->build.root);
  catalog = foc_open_dataset_get_catalog (self->dataset);
  g_assert_cmpuint (catalog->n_unreadable, ==, 1);
  test_assert_said (self, "job scanned read complete idle opened");
  test_refresh (self);
  test_assert_said (self, "job idle");

  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  test_refresh (self);
  test_assert_said (self, "job complete idle");
  catalog = foc_open_dataset_get_catalog (self->dataset);
  g_assert_cmpuint (catalog->n_unreadable, ==, 0);
}

static void
test_mended (OpenFixture *self, gconstpointer data)
{
  add_some (self);
  test_add_files (self->build.root, "b/2.pnm");
  test_open (self, self->build.root);
  g_assert_cmpuint (foc_open_dataset_get_catalog (self->dataset)->n_unreadable, ==, 1);
  test_build_add (&self->build, "b/2.pnm", 0);
  test_refresh (self);
  g_assert_cmpuint (foc_open_dataset_get_catalog (self->dataset)->n_unreadable, ==, 0);
  test_assert_said (self, "job scanned read complete idle opened job complete idle");
}

static void
test_no_permission (OpenFixture *self, gconstpointer data)
{
  g_autofree char *folder = NULL;

  if (getuid () == 0)
    {
      g_test_skip ("The superuser may read every folder.");
      return;
    }
  add_some (self);
  folder = test_path (self->build.root, "b");
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  test_open (self, self->build.root);
  test_assert_said (self, "job idle failed");
  g_assert_nonnull (strstr (self->message, folder));
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  test_open (self, self->build.root);
  test_assert_said (self, "job scanned read complete idle opened");

  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  test_refresh (self);
  test_assert_said (self, "job idle lost");
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  test_refresh (self);
  test_assert_said (self, "job idle found");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_OPEN_TEST ("unchanged", test_unchanged);
  ADD_OPEN_TEST ("changed", test_changed);
  ADD_OPEN_TEST ("class-added", test_class_added);
  ADD_OPEN_TEST ("lost", test_lost);
  ADD_OPEN_TEST ("class-lost", test_class_lost);
  ADD_OPEN_TEST ("lost-and-another", test_lost_and_another);
  ADD_OPEN_TEST ("class-deleted-during-import", test_class_deleted_during_import);
  ADD_OPEN_TEST ("readable-again", test_readable_again);
  ADD_OPEN_TEST ("mended", test_mended);
  ADD_OPEN_TEST ("no-permission", test_no_permission);

  return g_test_run ();
}
