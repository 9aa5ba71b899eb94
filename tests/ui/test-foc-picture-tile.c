/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-tile.h"

#include "foc-picture-words.h"
#include "test-catalog.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

#include <math.h>

typedef struct
{
  UiDataset data;
  FocLoadedModel *model;
  FocPredictions *predictions; /* sure and right of all */
  FocThumbnailer *thumbnailer;
  FocPictureTile *tile;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, data);
  test_ui_dataset_open (&self->data);
  self->model = test_model_new ("comics faces", 1);
  self->predictions = test_predictions_new (self->model, UI_N_PICTURES, 1);
  for (guint i = 0; i < UI_N_PICTURES; i++)
    {
      self->predictions->probabilities[i] = 0.75f;
      self->predictions->doubts[i] = FOC_DOUBT_NONE;
      self->predictions->wrong[i] = FALSE;
    }
  self->thumbnailer = foc_thumbnailer_new (1, 1024 * 1024);
  self->tile = FOC_PICTURE_TILE (foc_picture_tile_new (self->thumbnailer, 112));
  self->window = test_ui_show (GTK_WIDGET (self->tile), 200, 200);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->tile);
  test_ui_destroy (self->window);
  test_ui_finalize (self->tile);
  g_object_unref (self->thumbnailer);
  foc_predictions_unref (self->predictions);
  g_object_unref (self->model);
  test_ui_dataset_tear_down (&self->data, data);
}

static void
show (Fixture *self, const char *name)
{
  g_autoptr (FocPictureItem) item = test_ui_dataset_find (&self->data, name);

  foc_picture_tile_set_item (self->tile, item);
  g_assert_true (foc_picture_tile_get_item (self->tile) == item);
}

#define assert_label(accessible, text)                                                   \
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, text)

static void
test_name (Fixture *self, gconstpointer data)
{
  GtkInscription *caption = test_ui_find (self->tile, GTK_TYPE_INSCRIPTION);

  show (self, "faces/0.jpg");
  assert_label (self->tile, "0.jpg, faces, Training set");
  assert_label (gtk_widget_get_parent (GTK_WIDGET (self->tile)),
                "0.jpg, faces, Training set");
  g_assert_cmpstr (gtk_inscription_get_text (caption), ==, "0.jpg");
  show (self, "comics/11.jpg");
  assert_label (self->tile, "11.jpg, comics, Holdout set");
  g_assert_cmpstr (gtk_inscription_get_text (caption), ==, "11.jpg");
  show (self, "faces/broken.jpg");
  assert_label (self->tile, "broken.jpg, faces, In no set");
}

static void
test_split (Fixture *self, gconstpointer data)
{
  const FocSplitSettings settings = { FOC_SPLIT_PAPER, { 10, 10, 80 }, 1, FOC_KEEP_NONE };

  show (self, "faces/5.jpg");
  assert_label (self->tile, "5.jpg, faces, Training set");
  g_assert_true (foc_open_dataset_set_split (self->data.dataset, &settings, NULL));
  assert_label (self->tile, "5.jpg, faces, Holdout set");
}

static gboolean
is_badge (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "badge");
}

/* The mark in the corner; NULL: there is none. */
static void
assert_badge (Fixture *self, const char *style_class)
{
  g_autoptr (GPtrArray) images = test_ui_list (self->tile, GTK_TYPE_IMAGE);
  const char *shown = NULL;

  test_ui_settle (self->window);
  for (guint i = 0; i < images->len; i++)
    if (is_badge (images->pdata[i]) && gtk_widget_get_mapped (images->pdata[i]))
      for (FocMark mark = FOC_MARK_NONE + 1; mark < FOC_N_MARKS; mark++)
        if (gtk_widget_has_css_class (images->pdata[i], foc_mark_get_style_class (mark)))
          {
            g_assert_null (shown);
            shown = foc_mark_get_style_class (mark);
            g_assert_cmpstr (gtk_image_get_icon_name (images->pdata[i]), ==,
                             foc_mark_get_icon_name (mark));
          }
  g_assert_cmpstr (shown, ==, style_class);
}

/* What the model says of the picture that is shown. */
static void
predict (Fixture *self, float probability, FocDoubt doubt, gboolean wrong)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->data.dataset);
  guint32 row = foc_picture_item_get_row (foc_picture_tile_get_item (self->tile));
  g_autoptr (FocPredictions) predictions =
    test_predictions_new (self->model, UI_N_PICTURES, 1);

  predictions->probabilities[row] = probability;
  predictions->doubts[row] = (guint8) doubt;
  predictions->wrong[row] = (guint8) wrong;
  foc_picture_list_set_contents (self->data.pictures, catalog, predictions);
}

#define assert_description(text)                                                         \
  gtk_test_accessible_assert_property (self->tile, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,  \
                                       text)

static void
test_badges (Fixture *self, gconstpointer data)
{
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->data.dataset);

  foc_picture_list_set_contents (self->data.pictures, catalog, self->predictions);
  show (self, "comics/3.jpg");
  assert_badge (self, NULL);
  predict (self, 0.25f, FOC_DOUBT_NONE, TRUE);
  assert_badge (self, "wrong");
  predict (self, 0.25f, FOC_DOUBT_PROBABILITY, FALSE);
  assert_badge (self, "not-sure");
  predict (self, 0.25f, FOC_DOUBT_NOVELTY, FALSE);
  assert_badge (self, "not-sure");
  assert_description ("The model is not sure: it has seen nothing like this.");
  predict (self, NAN, FOC_DOUBT_NONE, FALSE);
  assert_badge (self, NULL);
  assert_description ("");

  show (self, "faces/zz.jpg");
  predict (self, NAN, FOC_DOUBT_NONE, FALSE);
  assert_badge (self, "leak");
  assert_description ("A picture that belongs to it is in another set.\n"
                      "There is another file with the same picture.");
  predict (self, 0.25f, FOC_DOUBT_NONE, TRUE);
  assert_badge (self, "wrong"); /* which weighs more */

  /* The thumbnail says that in words. */
  show (self, "faces/broken.jpg");
  assert_badge (self, NULL);
  g_assert_true (gtk_widget_has_css_class (
    GTK_WIDGET (foc_picture_tile_get_thumbnail (self->tile)), "problem"));
}

static void
test_duplicate (Fixture *self, gconstpointer data)
{
  const FocSplitSettings settings = {
    FOC_SPLIT_PAPER, { 5, 2, 3 }, 1, FOC_KEEP_DUPLICATES
  };
  FocCatalog *catalog;

  g_assert_true (foc_open_dataset_set_split (self->data.dataset, &settings, NULL));
  catalog = foc_open_dataset_get_catalog (self->data.dataset);
  foc_picture_list_set_contents (self->data.pictures, catalog, NULL);
  show (self, "faces/zz.jpg");
  assert_badge (self, "duplicate");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/picture-tile/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("name", test_name);
  ADD ("split", test_split);
  ADD ("badges", test_badges);
  ADD ("duplicate", test_duplicate);

  return g_test_run ();
}
