/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-pane.h"
#include "foc-network-grid.h"
#include "foc-network-view.h"
#include "foc-one-picture.h"
#include "foc-square-view.h"
#include "test-explained.h"
#include "test-ui.h"
#include "test-widgets.h"

static void
fill_answer_pane (Fixture *self, gpointer widget, gboolean full)
{
  TestExplained answer;

  test_explained_init (&answer, 100);
  if (full)
    foc_answer_pane_set (widget, answer.model, &answer.explained);
  else
    foc_answer_pane_set_message (widget, "nothing");
  test_explained_clear (&answer);
}

static void
fill_network_grid (Fixture *self, gpointer widget, gboolean full)
{
  const guint8 features[FOC_N_FEATURES] = { full ? 255 : 0 };

  foc_network_grid_set_pixels (widget, features);
}

static void
fill_network_view (Fixture *self, gpointer widget, gboolean full)
{
  TestExplained answer;

  test_explained_init (&answer, 100);
  foc_network_view_set (widget, answer.features, answer.model,
                        full ? &answer.explained : NULL, full, full);
  test_explained_clear (&answer);
}

static GtkWidget *
make_one_picture (Fixture *self)
{
  g_autoptr (FocExamination) examination = foc_examination_new ();
  GtkWidget *one = foc_one_picture_new ();

  foc_one_picture_set_examination (FOC_ONE_PICTURE (one), examination);
  g_object_set_data (G_OBJECT (one), "examination", examination); /* it has it */
  return one;
}

static gboolean
is_loaded (gpointer examination)
{
  return foc_examination_get_state (examination) != FOC_EXAMINATION_LOADING;
}

static void
fill_one_picture (Fixture *self, gpointer widget, gboolean full)
{
  FocExamination *examination = g_object_get_data (widget, "examination");
  g_autoptr (FocPictureItem) item = NULL;
  g_autoptr (FocSource) source = NULL;

  if (full)
    {
      test_ui_dataset_open (&self->data);
      item = test_ui_dataset_find (&self->data, "faces/3.jpg");
      source = foc_source_new_for_path (foc_picture_item_get_path (item));
    }
  foc_examination_set_source (examination, source);
  test_ui_wait (is_loaded, examination);
}

static void
fill_square_view (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (GPtrArray) levels = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (levels, gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 2, 1));
  foc_square_view_set_picture (widget, full ? levels : NULL, 200, 100);
}

/* clang-format off */
const Case widgets_of_one_picture[] = {
  { "foc-answer-pane", foc_answer_pane_get_type, NULL, fill_answer_pane },
  { "foc-network-grid", foc_network_grid_get_type, NULL, fill_network_grid },
  { "foc-network-view", foc_network_view_get_type, NULL, fill_network_view },
  { "foc-one-picture", foc_one_picture_get_type, make_one_picture, fill_one_picture },
  { "foc-square-view", foc_square_view_get_type, NULL, fill_square_view },
  { NULL },
};
/* clang-format on */
