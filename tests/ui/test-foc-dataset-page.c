/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-dataset-page.h"
#include "foc-dataset-sidebar.h"
#include "foc-demo.h"
#include "foc-filter-button.h"
#include "foc-picture-detail.h"
#include "foc-picture-grid.h"
#include "foc-picture-viewer.h"
#include "foc-split-chooser.h"
#include "test-folders.h"
#include "test-ui.h"

#define PER_CLASS 12

typedef struct
{
  char *root;
  FocSession *session;
  FocOpenDataset *dataset;
  FocPictureList *pictures;
  GtkWidget *window;
  FocPictureGrid *grid;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  const FocDemoOptions options = {
    .per_class = PER_CLASS, .size = 32, .seed = 1, .jobs = 1
  };
  GtkWidget *page = g_object_new (FOC_TYPE_DATASET_PAGE, NULL);

  self->root = test_folder_new ();
  g_assert_true (foc_demo_write (self->root, &options, NULL, NULL, NULL, NULL));
  test_add_file (self->root, "faces/broken.jpg", "no picture", 10);

  self->session = foc_session_new (NULL);
  self->dataset = foc_session_get_dataset (self->session);
  self->pictures = foc_open_dataset_get_pictures (self->dataset);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1200, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), page);
  foc_dataset_page_set_session (FOC_DATASET_PAGE (page), self->session);
  self->grid = test_ui_find (page, FOC_TYPE_PICTURE_GRID);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  g_object_unref (self->session);
  test_folder_delete (self->root);
  g_free (self->root);
}

static gboolean
is_complete (gpointer data)
{
  Fixture *self = data;
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);

  return catalog != NULL && catalog->step == FOC_CATALOG_COMPLETE
         && foc_open_dataset_get_job (self->dataset) == NULL;
}

static void
open_dataset (Fixture *self)
{
  foc_open_dataset_open (self->dataset, self->root, NULL);
  test_ui_wait (is_complete, self);
}

/* The name of the page that a stack shows; the `nth` stack below the page. */
static const char *
get_shown (Fixture *self, GtkWidget *inside)
{
  GtkWidget *stack = gtk_widget_get_ancestor (inside, GTK_TYPE_STACK);

  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->pictures));
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (
    get_shown (self, gtk_widget_get_ancestor (
                       gtk_widget_get_ancestor (GTK_WIDGET (self->grid), GTK_TYPE_STACK),
                       GTK_TYPE_BOX)),
    ==, "nothing");
}

static void
test_open (Fixture *self, gconstpointer data)
{
  open_dataset (self);

  g_assert_cmpuint (count (self), ==, 2 * PER_CLASS + 1);
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "grid");
  test_ui_run (200); /* thumbnails on their way when the window goes */
}

static void
test_select (Fixture *self, gconstpointer data)
{
  FocPictureDetail *detail = test_ui_find (self->window, FOC_TYPE_PICTURE_DETAIL);
  FocPictureItem *item = NULL;

  open_dataset (self);
  foc_picture_grid_select (self->grid, 3);
  g_object_get (detail, "item", &item, NULL);
  g_assert_true (item == foc_picture_grid_get_selected (self->grid));
  g_assert_cmpstr (foc_picture_item_get_name (item), ==, "3.jpg");
  g_object_unref (item);
  test_ui_run (200);
}

static void
test_refresh_keeps (Fixture *self, gconstpointer data)
{
  FocPictureItem *item;

  open_dataset (self);
  foc_picture_grid_select (self->grid, 3);
  item = g_object_ref (foc_picture_grid_get_selected (self->grid));

  test_add_file (self->root, "comics/00.jpg", "one more, before it", 19);
  foc_open_dataset_refresh (self->dataset);
  test_ui_wait (is_complete, self);

  g_assert_cmpuint (count (self), ==, 2 * PER_CLASS + 2);
  g_assert_true (item == foc_picture_grid_get_selected (self->grid));
  g_assert_cmpuint (foc_picture_grid_get_position (self->grid), ==, 4);
  g_object_unref (item);
}

static void
test_filter (Fixture *self, gconstpointer data)
{
  FocFilterButton *unreadable = NULL;
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;

  open_dataset (self);
  unreadable = FOC_FILTER_BUTTON (
    test_ui_find_button (test_ui_find (self->window, FOC_TYPE_DATASET_SIDEBAR),
                         "Files that cannot be used; they are in no set"));
  g_assert_nonnull (unreadable);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (unreadable)));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (unreadable), TRUE);
  g_assert_cmpuint (count (self), ==, 1);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (unreadable), FALSE);
  g_assert_cmpuint (count (self), ==, 2 * PER_CLASS + 1);

  filter.search = "nowhere";
  foc_picture_list_set_filter (self->pictures, &filter);
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "none-found");
}

/* The button says that there is a filter. What cannot be read has no answer. */
static void
test_filter_answer (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  GtkWidget *button = test_ui_find (self->window, GTK_TYPE_MENU_BUTTON);

  open_dataset (self);
  g_assert_false (gtk_widget_has_css_class (button, "accent"));
  filter.answer = 0;
  foc_picture_list_set_filter (self->pictures, &filter);
  g_assert_true (gtk_widget_has_css_class (button, "accent"));
  filter.part = FOC_PART_NONE;
  foc_picture_list_set_filter (self->pictures, &filter);
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "none-found");
  filter = (FocPictureFilter) FOC_PICTURE_FILTER_INIT;
  foc_picture_list_set_filter (self->pictures, &filter);
  g_assert_false (gtk_widget_has_css_class (button, "accent"));
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "grid");
}

static void
test_viewer (Fixture *self, gconstpointer data)
{
  open_dataset (self);
  foc_picture_grid_select (self->grid, 0);
  g_signal_emit_by_name (self->grid, "open", foc_picture_grid_get_selected (self->grid));
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "viewer");

  g_signal_emit_by_name (test_ui_find (self->window, FOC_TYPE_PICTURE_VIEWER), "step", 1);
  g_assert_cmpuint (foc_picture_grid_get_position (self->grid), ==, 1);
  g_signal_emit_by_name (test_ui_find (self->window, FOC_TYPE_PICTURE_VIEWER), "close");
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "grid");
}

/* What changes while it is open, and what is filtered. */
static void
test_viewer_follows (Fixture *self, gconstpointer data)
{
  const FocSplitSettings split = { .method = FOC_SPLIT_PAPER, .shares = { 10, 10, 80 } };
  FocPictureViewer *viewer = test_ui_find (self->window, FOC_TYPE_PICTURE_VIEWER);
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;

  open_dataset (self);
  foc_picture_grid_select (self->grid, 3);
  g_signal_emit_by_name (self->grid, "open", foc_picture_grid_get_selected (self->grid));
  g_assert_true (test_ui_has_label (viewer, "3.jpg, comics, Training set"));

  g_assert_true (foc_open_dataset_set_split (self->dataset, &split, NULL));
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "viewer");
  g_assert_true (test_ui_has_label (viewer, "3.jpg, comics, Holdout set"));

  filter.label = 0;
  foc_picture_list_set_filter (self->pictures, &filter);
  g_assert_cmpstr (get_shown (self, GTK_WIDGET (self->grid)), ==, "grid");
}

/* The entry tells late what is typed into it. */
static void
test_typed_search (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  GtkEditable *search = test_ui_find (self->window, GTK_TYPE_SEARCH_ENTRY);

  open_dataset (self);
  gtk_editable_set_text (search, "3.jpg");
  filter.label = 0;
  foc_picture_list_set_filter (self->pictures, &filter);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "3.jpg");

  filter.search = "4.jpg";
  foc_picture_list_set_filter (self->pictures, &filter);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "4.jpg");
}

static void
test_close (Fixture *self, gconstpointer data)
{
  open_dataset (self);
  foc_open_dataset_close (self->dataset);
  test_empty (self, data);
}

int
main (int argc, char **argv)
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/dataset-page/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("empty", test_empty);
  ADD ("open", test_open);
  ADD ("select", test_select);
  ADD ("refresh-keeps", test_refresh_keeps);
  ADD ("filter", test_filter);
  ADD ("filter-answer", test_filter_answer);
  ADD ("viewer", test_viewer);
  ADD ("viewer-follows", test_viewer_follows);
  ADD ("typed-search", test_typed_search);
  ADD ("close", test_close);

  return g_test_run ();
}
