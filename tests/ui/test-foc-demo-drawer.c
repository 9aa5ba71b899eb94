/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-demo-drawer.h"
#include "test-folders.h"
#include "test-ui.h"

#include <string.h>

typedef struct
{
  char *root;
  char *folder; /* where to draw */
  FocDemoDrawer *drawer;
  gboolean done;
  char *drawn;
  GError *error;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  const FocDemoOptions options = { .per_class = 4, .size = 16, .seed = 1, .jobs = 1 };

  self->root = test_folder_new ();
  self->folder = test_path (self->root, "new/demo");
  self->drawer = foc_demo_drawer_new (self->folder, &options);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->drawer);
  g_clear_error (&self->error);
  test_folder_delete (self->root);
  g_free (self->drawn);
  g_free (self->folder);
  g_free (self->root);
}

static void
finish (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->drawn =
    foc_demo_drawer_draw_finish (FOC_DEMO_DRAWER (source), result, &self->error);
  self->done = TRUE;
}

static gboolean
is_done (gpointer fixture)
{
  return ((Fixture *) fixture)->done;
}

static void
draw (Fixture *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->drawn, g_free);
  self->done = FALSE;
  foc_demo_drawer_draw (self->drawer, finish, self);
  g_assert_nonnull (foc_demo_drawer_get_job (self->drawer));
}

static void
draw_all (Fixture *self)
{
  draw (self);
  test_ui_wait (is_done, self);
  g_assert_no_error (self->error);
  g_assert_null (foc_demo_drawer_get_job (self->drawer));
}

static void
test_draw (Fixture *self, gconstpointer data)
{
  g_autofree char *faces = test_path (self->folder, "faces");
  g_autofree char *first = test_path (self->folder, "faces/0.jpg");

  draw_all (self);
  g_assert_cmpstr (self->drawn, ==, self->folder);
  g_assert_cmpuint (test_folder_count (faces), ==, 4);

  /* The second time it is taken as it is, even with a picture less. */
  test_folder_delete (first);
  draw_all (self);
  g_assert_cmpstr (self->drawn, ==, self->folder);
  g_assert_cmpuint (test_folder_count (faces), ==, 3);

  /* The user has removed it. */
  test_folder_delete (self->folder);
  draw_all (self);
  g_assert_cmpuint (test_folder_count (faces), ==, 4);
}

/* What a killed program has left is left alone. */
static void
test_unfinished (Fixture *self, gconstpointer data)
{
  g_autofree char *second = g_strconcat (self->folder, "-2", NULL);
  g_autofree char *faces = test_path (self->folder, "faces");

  test_add_files (self->root, "new/demo/faces/0.jpg new/demo/comics/0.jpg");
  draw_all (self);
  g_assert_cmpstr (self->drawn, ==, second);
  g_assert_cmpuint (test_folder_count (faces), ==, 1);
  draw_all (self);
  g_assert_cmpstr (self->drawn, ==, second);
}

static void
test_failure (Fixture *self, gconstpointer data)
{
  test_add_file (self->root, "new", "", 0);
  draw (self);
  test_ui_wait (is_done, self);
  g_assert_null (self->drawn);
  g_assert_nonnull (self->error);
  g_assert_nonnull (strstr (self->error->message, "new"));
}

static gboolean
is_gone (gpointer path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_cancel (Fixture *self, gconstpointer data)
{
  const FocDemoOptions many = { .per_class = 10000, .size = 64, .seed = 1, .jobs = 1 };
  g_autofree char *faces = test_path (self->folder, "faces");
  g_autofree char *mark = g_strconcat (self->folder, ".complete", NULL);
  gint64 begin;

  g_object_unref (self->drawer);
  self->drawer = foc_demo_drawer_new (self->folder, &many);
  draw (self);
  foc_demo_drawer_draw (self->drawer, finish, NULL); /* it draws already */
  test_ui_run (200);
  g_assert_false (is_gone (faces));

  begin = g_get_monotonic_time ();
  foc_demo_drawer_cancel (self->drawer);
  test_ui_wait (is_done, self);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 100 * G_TIME_SPAN_MILLISECOND);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_ui_wait (is_gone, self->folder);
  g_assert_true (is_gone (mark));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add ("/demo-drawer/draw", Fixture, NULL, set_up, test_draw, tear_down);
  g_test_add ("/demo-drawer/unfinished", Fixture, NULL, set_up, test_unfinished,
              tear_down);
  g_test_add ("/demo-drawer/failure", Fixture, NULL, set_up, test_failure, tear_down);
  g_test_add ("/demo-drawer/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  return g_test_run ();
}
