/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-bars.h"
#include "foc-class-balance.h"
#include "foc-class-dot.h"
#include "foc-dataset-page.h"
#include "foc-dataset-sidebar.h"
#include "foc-features-view.h"
#include "foc-filter-button.h"
#include "foc-filter-menu.h"
#include "foc-picture-detail.h"
#include "foc-picture-grid.h"
#include "foc-picture-tile.h"
#include "foc-picture-view.h"
#include "foc-picture-viewer.h"
#include "foc-preprocess.h"
#include "foc-split-chooser.h"
#include "foc-thumbnail-view.h"
#include "foc-welcome-page.h"
#include "test-widgets.h"

static void
fill_answer_bars (Fixture *self, gpointer widget, gboolean full)
{
  const char *const names[] = { "comics", "faces" };
  const float probabilities[] = { 0.25f, 0.75f };

  foc_answer_bars_set (widget, names, probabilities, NULL, full ? 2 : 0);
}

static void
fill_class_balance (Fixture *self, gpointer widget, gboolean full)
{
  const guint32 counts[] = { 1, 2, 3 };

  foc_class_balance_set_counts (widget, counts, full ? 3 : 0, full ? "1, 2, 3" : "");
}

static GtkWidget *
make_class_dot (Fixture *self)
{
  return foc_class_dot_new (1);
}

void
test_widgets_fill_dataset (Fixture *self, gpointer widget, gboolean full)
{
  if (full)
    test_ui_dataset_open (&self->data);
  else
    foc_open_dataset_close (self->data.dataset);
}

static GtkWidget *
make_dataset_page (Fixture *self)
{
  GtkWidget *page = g_object_new (FOC_TYPE_DATASET_PAGE, NULL);

  foc_dataset_page_set_session (FOC_DATASET_PAGE (page), self->data.session);
  return page;
}

static GtkWidget *
make_dataset_sidebar (Fixture *self)
{
  GtkWidget *sidebar = g_object_new (FOC_TYPE_DATASET_SIDEBAR, NULL);

  foc_dataset_sidebar_set_session (FOC_DATASET_SIDEBAR (sidebar), self->data.session);
  return sidebar;
}

static void
fill_features_view (Fixture *self, gpointer widget, gboolean full)
{
  const guint8 features[FOC_N_FEATURES] = { full ? 255 : 0 };

  foc_features_view_set_features (widget, features);
}

static void
fill_filter_button (Fixture *self, gpointer widget, gboolean full)
{
  g_object_set (widget, "title", full ? "faces" : "", "symbol",
                full ? "edit-copy-symbolic" : NULL, NULL);
  foc_filter_button_set_count (widget, full ? 12 : 0);
  if (full)
    foc_filter_button_set_prefix (widget, foc_class_dot_new (0));
}

static GtkWidget *
make_filter_menu (Fixture *self)
{
  GtkWidget *menu = g_object_new (FOC_TYPE_FILTER_MENU, NULL);

  foc_filter_menu_set_pictures (FOC_FILTER_MENU (menu), self->data.pictures);
  return menu;
}

static GtkWidget *
make_picture_detail (Fixture *self)
{
  GtkWidget *detail = g_object_new (FOC_TYPE_PICTURE_DETAIL, NULL);

  foc_picture_detail_set_session (FOC_PICTURE_DETAIL (detail), self->data.session);
  return detail;
}

/* A picture for who is to be full, NULL for the others. */
static FocPictureItem *
open_picture (Fixture *self, gboolean full)
{
  if (!full)
    return NULL;
  test_ui_dataset_open (&self->data);
  return test_ui_dataset_find (&self->data, "faces/3.jpg");
}

static void
fill_picture_detail (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_detail_set_item (widget, item);
}

static void
fill_picture_grid (Fixture *self, gpointer widget, gboolean full)
{
  if (full)
    test_ui_dataset_open (&self->data);
  foc_picture_grid_set_pictures (widget, full ? self->data.pictures : NULL);
  if (full)
    foc_picture_grid_select (widget, 3);
}

static GtkWidget *
make_picture_tile (Fixture *self)
{
  return foc_picture_tile_new (self->thumbnailer, 112);
}

static void
fill_picture_tile (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_tile_set_item (widget, item);
}

static void
fill_picture_view (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_view_set_item (widget, item);
}

static void
fill_picture_viewer (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_picture_viewer_set_item (widget, item);
}

static GtkWidget *
make_split_chooser (Fixture *self)
{
  GtkWidget *chooser = g_object_new (FOC_TYPE_SPLIT_CHOOSER, NULL);

  foc_split_chooser_set_dataset (FOC_SPLIT_CHOOSER (chooser), self->data.dataset);
  return chooser;
}

static GtkWidget *
make_thumbnail_view (Fixture *self)
{
  return foc_thumbnail_view_new (self->thumbnailer, 112);
}

static void
fill_thumbnail_view (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocPictureItem) item = open_picture (self, full);

  foc_thumbnail_view_set_file (widget, full ? foc_picture_item_get_path (item) : NULL, 0);
  foc_thumbnail_view_set_problem (widget, full ? "it is no picture" : NULL);
}

/* clang-format off */
const Case widgets_of_dataset[] = {
  { "foc-answer-bars", foc_answer_bars_get_type, NULL, fill_answer_bars },
  { "foc-class-balance", foc_class_balance_get_type, NULL, fill_class_balance },
  { "foc-class-dot", foc_class_dot_get_type, make_class_dot, NULL },
  { "foc-dataset-page", foc_dataset_page_get_type, make_dataset_page, test_widgets_fill_dataset },
  { "foc-dataset-sidebar", foc_dataset_sidebar_get_type, make_dataset_sidebar, test_widgets_fill_dataset },
  { "foc-features-view", foc_features_view_get_type, NULL, fill_features_view },
  { "foc-filter-button", foc_filter_button_get_type, NULL, fill_filter_button },
  { "foc-filter-menu", foc_filter_menu_get_type, make_filter_menu, test_widgets_fill_dataset },
  { "foc-picture-detail", foc_picture_detail_get_type, make_picture_detail, fill_picture_detail },
  { "foc-picture-grid", foc_picture_grid_get_type, NULL, fill_picture_grid },
  { "foc-picture-tile", foc_picture_tile_get_type, make_picture_tile, fill_picture_tile },
  { "foc-picture-view", foc_picture_view_get_type, NULL, fill_picture_view },
  { "foc-picture-viewer", foc_picture_viewer_get_type, NULL, fill_picture_viewer },
  { "foc-split-chooser", foc_split_chooser_get_type, make_split_chooser, test_widgets_fill_dataset },
  { "foc-thumbnail-view", foc_thumbnail_view_get_type, make_thumbnail_view, fill_thumbnail_view },
  { "foc-welcome-page", foc_welcome_page_get_type, NULL, NULL },
  { NULL },
};
/* clang-format on */
