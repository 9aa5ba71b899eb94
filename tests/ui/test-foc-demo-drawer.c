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
  char *drawn;
  char *error;
} Fixture;

static void
keep_string (FocDemoDrawer *drawer, const char *string, char **kept)
{
  g_assert_null (*kept);
  g_assert_null (foc_demo_drawer_get_job (drawer));
  *kept = g_strdup (string);
}

static void
connect_to_drawer (Fixture *self)
{
  g_signal_connect (self->drawer, "drawn", G_CALLBACK (keep_string), &self->drawn);
  g_signal_connect (self->drawer, "failed", G_CALLBACK (keep_string), &self->error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  const FocDemoOptions options = { .per_class = 4, .size = 16, .seed = 1, .jobs = 1 };

  self->root = test_folder_new ();
  self->folder = test_path (self->root, "new/demo");
  self->drawer = foc_demo_drawer_new (self->folder, &options);
  connect_to_drawer (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->drawer);
  test_folder_delete (self->root);
  g_free (self->drawn);
  g_free (self->error);
  g_free (self->folder);
  g_free (self->root);
}

static void
draw (Fixture *self)
{
  g_clear_pointer (&self->drawn, g_free);
  foc_demo_drawer_draw (self->drawer);
  g_assert_nonnull (foc_demo_drawer_get_job (self->drawer));
}

static gboolean
is_done (gpointer fixture)
{
  const Fixture *self = fixture;

  return self->drawn != NULL || self->error != NULL;
}

static void
draw_all (Fixture *self)
{
  draw (self);
  test_ui_wait (is_done, self);
  g_assert_cmpstr (self->error, ==, NULL);
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
  g_assert_nonnull (strstr (self->error, "new"));
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

  g_object_unref (self->drawer);
  self->drawer = foc_demo_drawer_new (self->folder, &many);
  connect_to_drawer (self);
  draw (self);
  foc_demo_drawer_draw (self->drawer); /* it does already */
  test_ui_run (200);
  g_assert_false (is_gone (faces));

  foc_demo_drawer_cancel (self->drawer);
  g_assert_null (foc_demo_drawer_get_job (self->drawer));
  test_ui_wait (is_gone, self->folder);
  g_assert_true (is_gone (mark));
  g_assert_false (is_done (self));
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
