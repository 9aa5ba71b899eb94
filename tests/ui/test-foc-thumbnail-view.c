/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-thumbnail-view.h"

#include "test-ui-dataset.h"
#include "test-ui.h"

typedef struct
{
  UiDataset data;
  char *path;
  char *other;
  FocThumbnailer *thumbnailer;
  FocThumbnailView *view;
  GtkWidget *stack; /* "view", "elsewhere" */
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, data);
  self->path = g_build_filename (self->data.faces, "faces", "0.jpg", NULL);
  self->other = g_build_filename (self->data.faces, "comics", "0.jpg", NULL);
  self->thumbnailer = foc_thumbnailer_new (1, 16 * 1024 * 1024);
  self->view = FOC_THUMBNAIL_VIEW (foc_thumbnail_view_new (self->thumbnailer, 112));
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (""), "elsewhere");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->view), "view");
  self->window = test_ui_show (self->stack, 200, 200);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->view);
  test_ui_destroy (self->window);
  test_ui_finalize (self->view);
  test_ui_finalize (self->thumbnailer); /* the view has let go of it */
  g_free (self->path);
  g_free (self->other);
  test_ui_dataset_tear_down (&self->data, data);
}

static void
set_shown (Fixture *self, gboolean shown)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    shown ? "view" : "elsewhere");
  g_assert_cmpint (gtk_widget_get_mapped (GTK_WIDGET (self->view)), ==, shown);
}

static gboolean
is_loaded (gpointer view)
{
  return foc_thumbnail_view_is_loaded (view);
}

static gboolean
has_problem (gpointer view)
{
  return gtk_widget_has_css_class (view, "problem");
}

static void
ignore (FocThumbnail *thumbnail, const GError *error, gpointer done)
{
  *(gboolean *) done = TRUE;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

/* With one thread, what is asked for now is done after all that was asked for before. */
static void
finish_all (Fixture *self)
{
  gboolean done = FALSE;

  foc_thumbnailer_request (self->thumbnailer, self->other, 0, 1, FOC_THUMBNAIL_SOON,
                           ignore, &done);
  test_ui_wait (is_true, &done);
}

static void
test_mapped (Fixture *self, gconstpointer data)
{
  foc_thumbnail_view_set_file (self->view, self->path, 1);
  finish_all (self);
  g_assert_cmpuint (foc_thumbnailer_get_n_decoded (self->thumbnailer), ==, 1);
  g_assert_false (is_loaded (self->view));

  set_shown (self, TRUE);
  test_ui_wait (is_loaded, self->view);
  g_assert_cmpuint (foc_thumbnailer_get_n_decoded (self->thumbnailer), ==, 2);

  /* Given back, and found again in memory. */
  set_shown (self, FALSE);
  g_assert_false (is_loaded (self->view));
  set_shown (self, TRUE);
  g_assert_true (is_loaded (self->view));
  g_assert_cmpuint (foc_thumbnailer_get_n_decoded (self->thumbnailer), ==, 2);
}

static void
test_unmapped (Fixture *self, gconstpointer data)
{
  enum
  {
    ROUNDS = 20
  };
  int n_kept = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      foc_thumbnail_view_set_file (self->view, self->path, round);
      set_shown (self, TRUE);
      set_shown (self, FALSE);
    }
  finish_all (self);
  g_assert_false (is_loaded (self->view));

  /* One may have been finished before it was cancelled, but not each. */
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autoptr (FocThumbnail) kept =
        foc_thumbnailer_lookup (self->thumbnailer, self->path, round, 112);

      n_kept += kept != NULL;
    }
  g_assert_cmpint (n_kept, <, ROUNDS);
}

static void
test_demand (Fixture *self, gconstpointer data)
{
  set_shown (self, TRUE);
  foc_thumbnail_view_set_demand (self->view, FOC_DEMAND_NONE);
  foc_thumbnail_view_set_file (self->view, self->path, 1);
  finish_all (self);
  g_assert_false (is_loaded (self->view));
  foc_thumbnail_view_set_demand (self->view, FOC_DEMAND_SOON);
  foc_thumbnail_view_set_demand (self->view, FOC_DEMAND_NOW);
  test_ui_wait (is_loaded, self->view);
  foc_thumbnail_view_set_demand (self->view, FOC_DEMAND_NONE);
  g_assert_false (is_loaded (self->view));
}

static void
test_problem (Fixture *self, gconstpointer data)
{
  g_autofree char *broken =
    g_build_filename (self->data.faces, "faces", "broken.jpg", NULL);

  set_shown (self, TRUE);
  foc_thumbnail_view_set_file (self->view, broken, 1);
  test_ui_wait (has_problem, self->view);
  g_assert_false (is_loaded (self->view));
  foc_thumbnail_view_set_file (self->view, self->path, 1);
  g_assert_false (has_problem (self->view));
  test_ui_wait (is_loaded, self->view);

  /* Known before: it is not tried. */
  foc_thumbnail_view_set_problem (self->view, "it is empty");
  g_assert_true (has_problem (self->view));
  g_assert_false (is_loaded (self->view));
  g_assert_cmpstr (
    gtk_inscription_get_text (test_ui_find (self->view, GTK_TYPE_INSCRIPTION)), ==,
    "it is empty");
  foc_thumbnail_view_set_problem (self->view, NULL);
  g_assert_true (is_loaded (self->view));
  foc_thumbnail_view_set_file (self->view, NULL, 0);
  g_assert_false (is_loaded (self->view));
}

static void
test_size (Fixture *self, gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (self->view);
  int size;

  set_shown (self, TRUE);
  foc_thumbnail_view_set_file (self->view, self->path, 1);
  test_ui_wait (is_loaded, self->view);
  foc_thumbnail_view_set_size (self->view, 64);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
  g_assert_cmpint (size, ==, 64);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &size, NULL, NULL, NULL);
  g_assert_cmpint (size, ==, 64);
  g_assert_false (is_loaded (self->view)); /* that was of another size */
  test_ui_wait (is_loaded, self->view);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/thumbnail-view/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("mapped", test_mapped);
  ADD ("unmapped", test_unmapped);
  ADD ("demand", test_demand);
  ADD ("problem", test_problem);
  ADD ("size", test_size);

  return g_test_run ();
}
