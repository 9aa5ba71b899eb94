/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-dataset.h"

#include "foc-demo.h"
#include "test-folders.h"
#include "test-ui.h"

void
test_ui_dataset_set_up (UiDataset *self, gconstpointer data)
{
  const FocDemoOptions options = {
    .per_class = UI_N_DRAWN, .size = 32, .seed = 1, .jobs = 1
  };
  g_autofree char *first = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  self->root = test_folder_new ();
  self->faces = test_path (self->root, "people");
  g_assert_true (foc_demo_write (self->faces, &options, NULL, NULL, NULL, NULL));
  first = test_path (self->faces, "faces/0.jpg");
  g_assert_true (g_file_get_contents (first, &bytes, &length, NULL));
  test_add_file (self->faces, "faces/zz.jpg", bytes, length);
  test_add_file (self->faces, "faces/broken.jpg", "no picture", 10);
  test_add_files (self->faces, ".hidden notes.txt");

  self->session = foc_session_new (NULL);
  self->dataset = foc_session_get_dataset (self->session);
  self->pictures = foc_open_dataset_get_pictures (self->dataset);
}

void
test_ui_dataset_tear_down (UiDataset *self, gconstpointer data)
{
  g_object_unref (self->session);
  test_folder_delete (self->root);
  g_free (self->faces);
  g_free (self->root);
}

static gboolean
is_complete (gpointer dataset)
{
  UiDataset *self = dataset;
  FocCatalog *catalog = foc_open_dataset_get_catalog (self->dataset);

  return catalog != NULL && catalog->step == FOC_CATALOG_COMPLETE
         && foc_open_dataset_get_job (self->dataset) == NULL
         && foc_picture_list_get_predictions (self->pictures) != NULL;
}

void
test_ui_dataset_wait (UiDataset *self)
{
  test_ui_wait (is_complete, self);
}

void
test_ui_dataset_open (UiDataset *self)
{
  foc_open_dataset_open (self->dataset, self->faces, NULL);
  test_ui_dataset_wait (self);
}

FocPictureItem *
test_ui_dataset_find (UiDataset *self, const char *name)
{
  GListModel *list = G_LIST_MODEL (self->pictures);
  g_autofree char *path = test_path (self->faces, name);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (FocPictureItem) item = g_list_model_get_item (list, i);

      if (g_str_equal (foc_picture_item_get_path (item), path))
        return g_steal_pointer (&item);
    }
  g_assert_not_reached ();
}
