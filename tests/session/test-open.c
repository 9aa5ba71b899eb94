/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-open.h"

#include "test-dataset.h"
#include "test-encoders.h"
#include "test-folders.h"
#include "test-loop.h"
#include "test-pictures.h"

#include <unistd.h>

static void
on_catalog (OpenFixture *self)
{
  static const char *const steps[] = { "scanned", "read", "complete" };
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);
  FocPictureList *pictures = foc_open_dataset_get_pictures (self->dataset);

  g_string_append_printf (
    self->log, "%s%s ", catalog != NULL ? steps[catalog->step] : "nothing",
    foc_picture_list_get_predictions (pictures) != NULL ? "+model" : "");
}

static void
on_job (OpenFixture *self)
{
  g_string_append (self->log,
                   foc_open_dataset_get_job (self->dataset) != NULL ? "job " : "idle ");
}

static void
on_message (OpenFixture *self, const char *message)
{
  g_assert_cmpstr (message, !=, NULL);
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_assert_true (g_str_has_suffix (message, "."));
  g_free (self->message);
  self->message = g_strdup (message);
}

void
test_open_set_up (OpenFixture *self, gconstpointer data)
{
  static const char *const with_message[] = { "failed", "no-classes", "notice", "lost" };

  test_build_set_up (&self->build, NULL);
  self->other = test_folder_new ();
  self->dataset = foc_open_dataset_new (self->build.cache);
  self->log = g_string_new (NULL);
  self->message = NULL;
  g_signal_connect_swapped (self->dataset, "notify::catalog", G_CALLBACK (on_catalog),
                            self);
  g_signal_connect_swapped (self->dataset, "notify::job", G_CALLBACK (on_job), self);
  for (guint i = 0; i < G_N_ELEMENTS (with_message); i++)
    g_signal_connect_swapped (self->dataset, with_message[i], G_CALLBACK (on_message),
                              self);
  test_log_signals (G_OBJECT (self->dataset),
                    "failed no-classes notice opened lost found", self->log);
}

void
test_open_tear_down (OpenFixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->dataset);
  g_string_free (self->log, TRUE);
  g_free (self->message);
  test_folder_delete (self->other);
  g_free (self->other);
  test_build_tear_down (&self->build, NULL);
}

void
test_add_slow (OpenFixture *self, const char *folder, guint n)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (1500, 1500, FALSE);
  g_autoptr (GBytes) bytes = test_jpeg (picture, TEST_JPEG_COLOUR, TRUE, 0, FALSE);
  g_autofree char *first = g_strdup_printf ("%s/0.jpg", folder);
  g_autofree char *target = test_path (self->build.root, first);

  test_build_add_bytes (&self->build, first, bytes);
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/%u.jpg", folder, i);
      g_autofree char *path = test_path (self->build.root, name);

      g_assert_cmpint (link (target, path), ==, 0);
    }
}

void
test_wait_for_job (OpenFixture *self)
{
  TEST_WAIT (foc_open_dataset_get_job (self->dataset) == NULL);
}

void
test_open (OpenFixture *self, const char *path)
{
  foc_open_dataset_open (self->dataset, path, NULL);
  test_wait_for_job (self);
}

void
test_refresh (OpenFixture *self)
{
  foc_open_dataset_refresh (self->dataset);
  test_wait_for_job (self);
}

void
test_assert_open (OpenFixture *self, const char *expected)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);
  GListModel *pictures = G_LIST_MODEL (foc_open_dataset_get_pictures (self->dataset));
  g_autofree char *list = catalog != NULL ? test_list (catalog->dataset) : g_strdup ("-");

  g_assert_cmpstr (list, ==, expected);
  g_assert_cmpuint (g_list_model_get_n_items (pictures), ==,
                    catalog != NULL ? foc_dataset_get_n_pictures (catalog->dataset) : 0);
  g_assert_true (catalog == foc_picture_list_get_catalog (FOC_PICTURE_LIST (pictures)));
}

void
test_assert_said (OpenFixture *self, const char *expected)
{
  test_assert_log (self->log, expected);
}
