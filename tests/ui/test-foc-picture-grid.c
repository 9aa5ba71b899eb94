/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-grid.h"

#include "foc-picture-tile.h"
#include "test-catalog.h"
#include "test-folders.h"
#include "test-ui.h"

/* A hundred thousand pictures, which cannot be read, in a grid. */

enum
{
  N_PICTURES = 100000,
  /* GTK makes some more cells than can be seen, whatever the length of the list. */
  MAX_TILES = 500
};

static char *root;
static FocCatalog *catalog;
static FocLoadedModel *model;
static FocPredictions *predictions;

static void
make_pictures (void)
{
  root = test_folder_new_of_many (N_PICTURES);
  catalog = test_catalog_scan (root);
  model = test_model_new ("comics faces", 1);
  predictions = test_predictions_new (model, N_PICTURES, 1);
}

typedef struct
{
  FocPictureList *pictures;
  FocPictureGrid *grid;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pictures = foc_picture_list_new ();
  foc_picture_list_set_contents (self->pictures, catalog, predictions);
  self->grid = g_object_new (FOC_TYPE_PICTURE_GRID, NULL);
  foc_picture_grid_set_pictures (self->grid, self->pictures);
  self->window = test_ui_show (GTK_WIDGET (self->grid), 900, 600);
  test_ui_settle (self->window);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->grid);
  test_ui_destroy (self->window);
  test_ui_finalize (self->grid);
  test_ui_finalize (self->pictures); /* nor does anything else hold it */
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->pictures));
}

/* Those with a picture. */
static guint
count_tiles (Fixture *self)
{
  g_autoptr (GPtrArray) tiles = test_ui_list (self->grid, FOC_TYPE_PICTURE_TILE);
  guint n = 0;

  for (guint i = 0; i < tiles->len; i++)
    n += foc_picture_tile_get_item (tiles->pdata[i]) != NULL;
  g_assert_cmpuint (tiles->len, <=, MAX_TILES);
  return n;
}

/* Whether the picture at `position` can be seen. */
static gboolean
is_in_sight (Fixture *self, guint position)
{
  g_autoptr (FocPictureItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->pictures), position);
  g_autoptr (GPtrArray) tiles = test_ui_list (self->grid, FOC_TYPE_PICTURE_TILE);

  for (guint i = 0; i < tiles->len; i++)
    {
      graphene_rect_t place;

      if (foc_picture_tile_get_item (tiles->pdata[i]) == item
          && gtk_widget_get_mapped (tiles->pdata[i])
          && gtk_widget_compute_bounds (tiles->pdata[i], GTK_WIDGET (self->grid), &place))
        return place.origin.y < (float) gtk_widget_get_height (GTK_WIDGET (self->grid))
               && place.origin.y + place.size.height > 0;
    }
  return FALSE;
}

static GtkAdjustment *
get_adjustment (Fixture *self)
{
  GtkScrolledWindow *scroller = test_ui_find (self->grid, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (scroller);
}

static void
test_scroll (Fixture *self, gconstpointer data)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double end = gtk_adjustment_get_upper (adjustment);

  g_assert_cmpuint (count (self), ==, N_PICTURES);
  g_assert_cmpuint (count_tiles (self), >, 20);
  g_assert_true (is_in_sight (self, 0));
  g_assert_false (is_in_sight (self, N_PICTURES - 1));

  for (int step = 1; step <= 20; step++)
    {
      gtk_adjustment_set_value (adjustment, end * step / 20);
      test_ui_settle (self->window);
      g_assert_cmpuint (count_tiles (self), >, 0);
    }
  g_assert_true (is_in_sight (self, N_PICTURES - 1));
  g_assert_false (is_in_sight (self, 0));

  gtk_adjustment_set_value (adjustment, 0);
  test_ui_settle (self->window);
  g_assert_true (is_in_sight (self, 0));
  g_assert_cmpuint (count_tiles (self), >, 20);
}

static void
test_select (Fixture *self, gconstpointer data)
{
  const guint positions[] = { N_PICTURES - 1, 0, N_PICTURES / 2 };

  g_assert_null (foc_picture_grid_get_selected (self->grid));
  g_assert_cmpuint (foc_picture_grid_get_position (self->grid), ==,
                    GTK_INVALID_LIST_POSITION);
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr (FocPictureItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->pictures), positions[i]);

      foc_picture_grid_select (self->grid, positions[i]);
      test_ui_settle (self->window);
      g_assert_true (is_in_sight (self, positions[i]));
      g_assert_cmpuint (foc_picture_grid_get_position (self->grid), ==, positions[i]);
      g_assert_true (foc_picture_grid_get_selected (self->grid) == item);
    }
  count_tiles (self);
}

static void
test_filter (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;

  foc_picture_grid_select (self->grid, 70000);
  filter.search = "nowhere";
  foc_picture_list_set_filter (self->pictures, &filter);
  test_ui_settle (self->window);
  g_assert_cmpuint (count (self), ==, 0);
  g_assert_cmpuint (count_tiles (self), ==, 0);
  g_assert_null (foc_picture_grid_get_selected (self->grid));

  filter.search = NULL;
  foc_picture_list_set_filter (self->pictures, &filter);
  test_ui_settle (self->window);
  g_assert_cmpuint (count (self), ==, N_PICTURES);
  g_assert_cmpuint (count_tiles (self), >, 20);

  filter.label = 1;
  foc_picture_list_set_filter (self->pictures, &filter);
  test_ui_settle (self->window);
  g_assert_cmpuint (count (self), ==, N_PICTURES / 2);
  g_assert_true (is_in_sight (self, 0));
}

static void
test_sort (Fixture *self, gconstpointer data)
{
  g_autoptr (FocPictureItem) item = NULL;
  guint position;

  foc_picture_grid_select (self->grid, 12345);
  item = g_object_ref (foc_picture_grid_get_selected (self->grid));
  for (FocSortOrder order = FOC_SORT_LOSS + 1; order-- > FOC_SORT_NAME;)
    {
      foc_picture_list_set_sort_order (self->pictures, order);
      test_ui_settle (self->window);
      g_assert_true (foc_picture_grid_get_selected (self->grid) == item);
      g_assert_true (foc_picture_list_find (self->pictures,
                                            foc_picture_item_get_row (item), &position));
      g_assert_cmpuint (foc_picture_grid_get_position (self->grid), ==, position);
      g_assert_cmpint (position == 12345, ==, order == FOC_SORT_NAME);
      g_assert_true (is_in_sight (self, position));
      count_tiles (self);
    }
}

/* The first of another order, and not what was in sight, which may be its last. */
static void
test_sort_none_selected (Fixture *self, gconstpointer data)
{
  foc_picture_list_set_sort_order (self->pictures, FOC_SORT_LOSS);
  test_ui_settle (self->window);
  g_assert_true (is_in_sight (self, 0));
}

static void
note (FocPictureGrid *grid, FocPictureItem *item, gpointer opened)
{
  g_set_object ((FocPictureItem **) opened, item);
}

static void
test_open (Fixture *self, gconstpointer data)
{
  GtkWidget *view = test_ui_find (self->grid, GTK_TYPE_GRID_VIEW);
  g_autoptr (FocPictureItem) opened = NULL;

  g_signal_connect (self->grid, "open", G_CALLBACK (note), &opened);
  g_assert_false (test_ui_press (view, GDK_KEY_space, 0)); /* nothing is selected */
  g_assert_null (opened);

  foc_picture_grid_select (self->grid, 5);
  g_assert_true (test_ui_press (view, GDK_KEY_space, 0));
  g_assert_nonnull (opened);
  g_assert_true (opened == foc_picture_grid_get_selected (self->grid));

  /* A double click, or Enter: it is selected, too. */
  g_signal_emit_by_name (view, "activate", 7);
  g_assert_cmpuint (foc_picture_grid_get_position (self->grid), ==, 7);
  g_assert_true (opened == foc_picture_grid_get_selected (self->grid));
}

static void
test_size (Fixture *self, gconstpointer data)
{
  FocPictureTile *tile;
  int size;

  foc_picture_grid_select (self->grid, 3);
  g_object_set (self->grid, "thumbnail-size", 200, NULL);
  g_object_get (self->grid, "thumbnail-size", &size, NULL);
  test_ui_settle (self->window);
  g_assert_cmpint (size, ==, 200);
  g_assert_cmpuint (foc_picture_grid_get_position (self->grid), ==, 3);
  tile = test_ui_find (self->grid, FOC_TYPE_PICTURE_TILE);
  g_assert_cmpint (
    gtk_widget_get_width (GTK_WIDGET (foc_picture_tile_get_thumbnail (tile))), ==, 200);
  count_tiles (self);
}

int
main (int argc, char *argv[])
{
  int status;

  test_ui_init (&argc, &argv);
  make_pictures ();

#define ADD(name, function)                                                              \
  g_test_add ("/picture-grid/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("scroll", test_scroll);
  ADD ("select", test_select);
  ADD ("filter", test_filter);
  ADD ("sort", test_sort);
  ADD ("sort-none-selected", test_sort_none_selected);
  ADD ("open", test_open);
  ADD ("size", test_size);

  status = g_test_run ();
  foc_predictions_unref (predictions);
  g_object_unref (model);
  foc_catalog_unref (catalog);
  test_folder_delete (root);
  g_free (root);
  return status;
}
