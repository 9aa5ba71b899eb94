/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-dataset-sidebar.h"

#include "foc-class-balance.h"
#include "foc-filter-button.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

typedef struct
{
  UiDataset data;
  FocDatasetSidebar *sidebar;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, data);
  self->sidebar = g_object_new (FOC_TYPE_DATASET_SIDEBAR, NULL);
  foc_dataset_sidebar_set_session (self->sidebar, self->data.session);
  self->window = test_ui_show (GTK_WIDGET (self->sidebar), 300, 700);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->sidebar);
  test_ui_destroy (self->window);
  test_ui_finalize (self->sidebar);
  test_ui_dataset_tear_down (&self->data, data);
}

static GtkToggleButton *
find_row (Fixture *self, const char *title)
{
  g_autoptr (GPtrArray) rows = test_ui_list (self->sidebar, FOC_TYPE_FILTER_BUTTON);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *its = NULL;

      g_object_get (rows->pdata[i], "title", &its, NULL);
      if (g_str_equal (its, title))
        return rows->pdata[i];
    }
  g_assert_not_reached ();
}

/* What a row says, such as "faces 14"; that it is hidden, or pressed in. */
static void
assert_row (Fixture *self, const char *title, const char *expected)
{
  GtkToggleButton *row = find_row (self, title);
  g_autoptr (GPtrArray) labels = test_ui_list (row, GTK_TYPE_LABEL);
  g_autofree char *said = NULL;

  test_ui_settle (self->window);
  g_assert_cmpuint (labels->len, ==, 2);
  said = g_strdup_printf ("%s%s%s", gtk_label_get_text (labels->pdata[1]),
                          gtk_widget_get_mapped (GTK_WIDGET (row)) ? "" : " hidden",
                          gtk_toggle_button_get_active (row) ? " pressed" : "");
  g_assert_cmpstr (said, ==, expected);
}

static void
toggle (Fixture *self, const char *title)
{
  GtkToggleButton *row = find_row (self, title);

  gtk_toggle_button_set_active (row, !gtk_toggle_button_get_active (row));
}

static guint
count_shown (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->data.pictures));
}

static void
test_counts (Fixture *self, gconstpointer data)
{
  const FocPredictions *predictions;
  g_autofree char *n_wrong = NULL;
  GtkWidget *balance = test_ui_find (self->sidebar, FOC_TYPE_CLASS_BALANCE);

  test_ui_dataset_open (&self->data);
  assert_row (self, "comics", "12");
  assert_row (self, "faces", "14");
  assert_row (self, "Training set", "13");
  assert_row (self, "Validation set", "5");
  assert_row (self, "Holdout set", "7");
  assert_row (self, "Unreadable", "1");
  assert_row (self, "In leaks", "8"); /* 0 and zz; 6, 8 and 9 of either class */
  assert_row (self, "Duplicates", "2");
  predictions = foc_picture_list_get_predictions (self->data.pictures);
  n_wrong = g_strdup_printf ("%u%s", predictions->n_wrong,
                             predictions->n_wrong > 0 ? "" : " hidden");
  assert_row (self, "Misclassified", n_wrong);

  g_assert_cmpstr (gtk_widget_get_tooltip_text (balance), ==,
                   "comics: 46 %\nfaces: 54 %");
  g_assert_true (test_ui_says (self->sidebar, "Shipped with the program"));
  g_assert_true (test_ui_says (self->sidebar, "1 hidden entry was ignored.\n"
                                              "1 file that is no picture was ignored."));
}

static void
test_filter (Fixture *self, gconstpointer data)
{
  const FocPictureFilter *filter = foc_picture_list_get_filter (self->data.pictures);
  FocPictureFilter other = FOC_PICTURE_FILTER_INIT;

  test_ui_dataset_open (&self->data);
  toggle (self, "faces");
  g_assert_cmpuint (count_shown (self), ==, 14);
  toggle (self, "Training set");
  g_assert_cmpint (filter->label, ==, 1);
  g_assert_cmpint (filter->part, ==, FOC_PART_TRAIN);
  g_assert_cmpuint (count_shown (self), ==, 7);
  toggle (self, "Holdout set");
  assert_row (self, "Training set", "13");
  assert_row (self, "Holdout set", "7 pressed");
  toggle (self, "comics");
  assert_row (self, "faces", "14");
  g_assert_cmpint (filter->label, ==, 0);
  toggle (self, "comics");
  toggle (self, "Holdout set");
  g_assert_cmpuint (count_shown (self), ==, UI_N_PICTURES);

  /* Chosen elsewhere. */
  other.label = 1;
  other.part = FOC_PART_VALIDATION;
  other.show = FOC_SHOW_DUPLICATES;
  foc_picture_list_set_filter (self->data.pictures, &other);
  assert_row (self, "comics", "12");
  assert_row (self, "faces", "14 pressed");
  assert_row (self, "Validation set", "5 pressed");
  assert_row (self, "Duplicates", "2 pressed");
  g_assert_cmpint (filter->label, ==, 1);
  g_assert_cmpint (filter->show, ==, FOC_SHOW_DUPLICATES);
}

static void
test_unreadable (Fixture *self, gconstpointer data)
{
  g_autoptr (FocPictureItem) item = NULL;
  g_autofree char *broken = test_path (self->data.faces, "faces/broken.jpg");

  test_ui_dataset_open (&self->data);
  toggle (self, "Unreadable");
  g_assert_cmpuint (count_shown (self), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (self->data.pictures), 0);
  g_assert_cmpstr (foc_picture_item_get_name (item), ==, "broken.jpg");

  /* The last one has gone; the row stays until it is let go of. */
  test_folder_delete (broken);
  foc_open_dataset_refresh (self->data.dataset);
  test_ui_dataset_wait (&self->data);
  g_assert_cmpuint (count_shown (self), ==, 0);
  assert_row (self, "Unreadable", "0 pressed");
  toggle (self, "Unreadable");
  g_assert_cmpuint (count_shown (self), ==, UI_N_PICTURES - 1);
}

static void
keep (FocDatasetSidebar *sidebar, FocCatalog *before, gpointer kept)
{
  g_assert_null (*(FocCatalog **) kept);
  *(FocCatalog **) kept = foc_catalog_ref (before);
}

static void
test_leaks (Fixture *self, gconstpointer data)
{
  g_autoptr (FocCatalog) before = NULL;
  g_autoptr (FocPictureItem) first = NULL;
  g_autoptr (FocPictureItem) same = NULL;
  FocCatalog *opened;

  test_ui_dataset_open (&self->data);
  opened = foc_open_dataset_get_catalog (self->data.dataset);
  toggle (self, "In leaks");
  g_assert_cmpuint (count_shown (self), ==, 8);
  first = test_ui_dataset_find (&self->data, "faces/0.jpg");
  same = test_ui_dataset_find (&self->data, "faces/zz.jpg");
  g_assert_cmpint (foc_picture_item_get_part (first), !=,
                   foc_picture_item_get_part (same));
  toggle (self, "In leaks");

  g_signal_connect (self->sidebar, "leaks-mended", G_CALLBACK (keep), &before);
  g_signal_emit_by_name (test_ui_find_button (self->sidebar, "_Fix"), "clicked");
  g_assert_true (before == opened);
  g_assert_cmpint (foc_picture_item_get_part (first), ==,
                   foc_picture_item_get_part (same));
  assert_row (self, "In leaks", "0 hidden");
  assert_row (self, "Duplicates", "2");
  g_assert_false (gtk_widget_get_mapped (test_ui_find_button (self->sidebar, "_Fix")));
}

/* faces/zz.jpg leaves its set for that of its duplicate, and a comic of its name behind. */
static void
test_leaks_that_follow (Fixture *self, gconstpointer data)
{
  const char header[] = "P6 24 24 255\n";
  g_autoptr (FocCatalog) before = NULL;
  g_autoptr (GString) picture = g_string_new (header);

  for (int i = 0; i < 24 * 24 * 3; i++)
    g_string_append_c (picture, (char) (i * i));
  test_add_file (self->data.faces, "comics/zz.jpg", picture->str, picture->len);
  test_add_file (self->data.faces, "comics/broken.jpg", "no picture", 10);

  test_ui_dataset_open (&self->data);
  assert_row (self, "In leaks", "2"); /* faces/0 and faces/zz */
  g_signal_connect (self->sidebar, "leaks-mended", G_CALLBACK (keep), &before);
  g_signal_emit_by_name (test_ui_find_button (self->sidebar, "_Fix"), "clicked");
  g_assert_nonnull (before);
  assert_row (self, "In leaks", "0 hidden");
}

/* More classes than have colours, or room. */
static void
test_many_classes (Fixture *self, gconstpointer data)
{
  g_autofree char *many = test_path (self->data.root, "many");
  GtkWidget *balance = test_ui_find (self->sidebar, FOC_TYPE_CLASS_BALANCE);

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("class %d/picture.png", i);

      test_add_file (many, name, "", 0);
    }
  foc_open_dataset_open (self->data.dataset, many, NULL);
  test_ui_dataset_wait (&self->data);
  assert_row (self, "Unreadable", "100");
  assert_row (self, "class 0", "1");
  g_assert_nonnull (find_row (self, "class 99"));
  g_assert_true (g_str_has_suffix (gtk_widget_get_tooltip_text (balance), ": 1 %\n…"));
  toggle (self, "class 42");
  g_assert_cmpuint (count_shown (self), ==, 1);

  /* And back to few. */
  test_ui_dataset_open (&self->data);
  assert_row (self, "faces", "14");
  g_assert_cmpuint (count_shown (self), ==, UI_N_PICTURES);
}

static gboolean
has_note (gpointer sidebar)
{
  return test_ui_says (sidebar,
                       "It knows other classes than these (cats, dogs), so none of its "
                       "answers can be called wrong.");
}

static void
test_model (Fixture *self, gconstpointer data)
{
  g_autofree char *model = test_write_model (self->data.root, "cats dogs", 1);

  test_ui_dataset_open (&self->data);
  g_assert_false (has_note (self->sidebar));
  foc_session_load_model (self->data.session, model);
  test_ui_wait (has_note, self->sidebar);
  g_assert_true (test_ui_says (self->sidebar, "model.safetensors"));
  assert_row (self, "Misclassified", "0 hidden");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/dataset-sidebar/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("counts", test_counts);
  ADD ("filter", test_filter);
  ADD ("unreadable", test_unreadable);
  ADD ("leaks", test_leaks);
  ADD ("leaks-that-follow", test_leaks_that_follow);
  ADD ("many-classes", test_many_classes);
  ADD ("model", test_model);

  return g_test_run ();
}
