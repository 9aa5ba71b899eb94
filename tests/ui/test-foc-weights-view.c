/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-weights-view.h"

#include "test-folders.h"
#include "test-ui.h"

#include "foc-model-file.h"

#define SIDE FOC_FEATURE_SIDE
#define TILE (2 * SIDE)
#define GAP 6

/* Of `n_units`, the weight (row, column, channel) of which is made by `weigh`. */
static FocLoadedModel *
make_model (guint n_units, float (*weigh) (guint unit, guint i))
{
  const char *const names[] = { "a", "b", NULL };
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = test_path (folder, "model.safetensors");
  g_autoptr (FocModel) model = NULL;
  FocLoadedModel *loaded;
  FocMlpShape shape;
  FocMlp *mlp;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, &n_units, 1, 2);
  mlp = foc_mlp_new (&shape);
  for (guint unit = 0; unit < n_units; unit++)
    for (guint i = 0; i < FOC_N_FEATURES; i++)
      mlp->parameters[unit * FOC_N_FEATURES + i] = weigh (unit, i);
  model = foc_model_new (mlp, names);
  g_assert_true (foc_model_save (model, path, NULL));
  loaded = foc_loaded_model_read (path, NULL);
  g_assert_nonnull (loaded);
  test_folder_delete (folder);
  return loaded;
}

/* The pixel at row 2, column 3 has the largest weights, either way; unit 1 is ten times
 * weaker, and unit 2 has no weights. */
static float
weigh_pixel (guint unit, guint i)
{
  const float scale[] = { 1.0f, 0.1f, 0.0f, 1.0f, 1.0f };
  guint first = (2 * SIDE + 3) * 3;

  if (i == first)
    return 0.5f * scale[unit];
  if (i == first + 1)
    return -0.5f * scale[unit];
  return i == first + 2 ? 0.25f * scale[unit] : 0;
}

static void
test_pictures (void)
{
  g_autoptr (FocLoadedModel) model = make_model (3, weigh_pixel);
  FocWeightsView *view = g_object_ref_sink (g_object_new (FOC_TYPE_WEIGHTS_VIEW, NULL));
  guint first = (2 * SIDE + 3) * 3;

  g_assert_cmpuint (foc_weights_view_get_n_pictures (view), ==, 0);
  foc_weights_view_set_model (view, model);
  g_assert_cmpuint (foc_weights_view_get_n_pictures (view), ==, 3);
  for (guint unit = 0; unit < 3; unit++)
    {
      const guint8 *picture = foc_weights_view_get_picture (view, unit);

      for (guint i = 0; i < FOC_N_FEATURES; i++)
        {
          guint8 expected = unit == 2        ? 128
                            : i == first     ? 255
                            : i == first + 1 ? 1
                            : i == first + 2 ? 192
                                             : 128;

          g_assert_cmpuint (picture[i], ==, expected);
        }
    }
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "The weights of 3 units of the first layer, a "
                                       "picture each: grey is zero, brighter is "
                                       "above it, darker below");
  test_ui_finalize (view);
}

static void
assert_drawn (FocWeightsView *view, guint columns)
{
  cairo_surface_t *surface = test_ui_draw (view);
  int width = gtk_widget_get_width (GTK_WIDGET (view));
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL;

  for (guint unit = 0; unit < 5; unit++)
    {
      int x = (int) (unit % columns) * (TILE + GAP);
      int y = (int) (unit / columns) * (TILE + GAP);

      if (is_rtl)
        x = width - x - TILE;
      g_assert_cmphex (test_ui_get_pixel (surface, x, y), ==, 0x808080);
      g_assert_cmphex (test_ui_get_pixel (surface, x + TILE - 1, y + TILE - 1), ==,
                       0x808080);
      for (int i = 0; i < 4; i++)
        g_assert_cmphex (test_ui_get_pixel (surface, x + 6 + i % 2, y + 4 + i / 2), ==,
                         unit == 2 ? 0x808080 : 0xff01c0);
    }
  /* Between two of them, and beside the last one of a row that is not full. */
  g_assert_cmphex (
    test_ui_get_pixel (surface, is_rtl ? width - TILE - GAP / 2 : TILE + GAP / 2, 0), ==,
    0);
  if (columns == 4)
    g_assert_cmphex (test_ui_get_pixel (surface, TILE + GAP, TILE + GAP), ==, 0);
  cairo_surface_destroy (surface);
}

/* In rows as long as there is room, from the right where people read so. */
static void
test_rows (void)
{
  g_autoptr (FocLoadedModel) model = make_model (5, weigh_pixel);
  FocWeightsView *view = g_object_new (FOC_TYPE_WEIGHTS_VIEW, "valign", GTK_ALIGN_START,
                                       "halign", GTK_ALIGN_FILL, NULL);
  GtkWidget *window = test_ui_show (GTK_WIDGET (view), 5 * (TILE + GAP), 200);

  foc_weights_view_set_model (view, model);
  test_ui_settle (view);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (view)), ==, TILE);
  assert_drawn (view, 5);
  gtk_widget_set_direction (GTK_WIDGET (view), GTK_TEXT_DIR_RTL);
  test_ui_settle (view);
  assert_drawn (view, 5);
  gtk_widget_set_direction (GTK_WIDGET (view), GTK_TEXT_DIR_LTR);

  gtk_window_set_default_size (GTK_WINDOW (window), 5 * (TILE + GAP) - GAP - 1, 200);
  test_ui_settle (view);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (view)), ==, 2 * TILE + GAP);
  assert_drawn (view, 4);
  test_ui_destroy (window);
}

static float
weigh_any (guint unit, guint i)
{
  return (float) (unit + i) / 1000;
}

static void
test_many (void)
{
  g_autoptr (FocLoadedModel) model = make_model (FOC_WEIGHTS_VIEW_MAX + 1, weigh_any);
  FocWeightsView *view = g_object_ref_sink (g_object_new (FOC_TYPE_WEIGHTS_VIEW, NULL));

  foc_weights_view_set_model (view, model);
  g_assert_cmpuint (foc_weights_view_get_n_pictures (view), ==, FOC_WEIGHTS_VIEW_MAX);
  foc_weights_view_set_model (view, NULL);
  g_assert_cmpuint (foc_weights_view_get_n_pictures (view), ==, 0);
  test_ui_finalize (view);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add_func ("/weights-view/pictures", test_pictures);
  g_test_add_func ("/weights-view/rows", test_rows);
  g_test_add_func ("/weights-view/many", test_many);
  return g_test_run ();
}
