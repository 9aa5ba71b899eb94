/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-grid.h"

#include "foc-picture-menu.h"
#include "foc-picture-tile.h"
#include "foc-thumbnailer.h"

#include <glib/gi18n.h>

/* The grid makes so many cells a row, of 30 rows, whatever fits: no more than can. */
#define MAX_COLUMNS 40
#define CELL_PADDING 12 /* at least, of style.css, on both sides together */
#define N_THREADS 2
/* Thumbnails that stay in memory. */
#define MAX_BYTES (64 * 1024 * 1024)
#define SIZE_DEFAULT 112

struct _FocPictureGrid
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkGridView *view;
  guint columns_id;
  guint rank_id;
  GtkSingleSelection *selection;
  FocThumbnailer *thumbnailer;
  int thumbnail_size;
};

G_DEFINE_FINAL_TYPE (FocPictureGrid, foc_picture_grid, GTK_TYPE_WIDGET)

enum
{
  PROP_SELECTED = 1,
  PROP_THUMBNAIL_SIZE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint open_signal;

/* What is in sight comes first. The grid has several times as many cells as that. */
static gboolean
rank (gpointer user_data)
{
  FocPictureGrid *self = user_data;
  const graphene_rect_t sight =
    GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (self->scroller),
                        (float) gtk_widget_get_height (self->scroller));

  self->rank_id = 0;
  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       cell != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget *tile = gtk_widget_get_first_child (cell);
      graphene_rect_t bounds;

      if (FOC_IS_PICTURE_TILE (tile)
          && gtk_widget_compute_bounds (tile, self->scroller, &bounds))
        foc_picture_tile_set_demand (FOC_PICTURE_TILE (tile),
                                     graphene_rect_intersection (&sight, &bounds, NULL)
                                       ? FOC_DEMAND_NOW
                                       : FOC_DEMAND_SOON);
    }
  return G_SOURCE_REMOVE;
}

/* Once the cells are where they belong: after the frame. */
static void
rank_later (FocPictureGrid *self)
{
  if (self->rank_id == 0)
    self->rank_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, rank, self, NULL);
}

static void
on_setup (FocPictureGrid *self, GtkListItem *cell)
{
  gtk_list_item_set_child (
    cell, foc_picture_tile_new (self->thumbnailer, self->thumbnail_size));
}

static void
on_bind (FocPictureGrid *self, GtkListItem *cell)
{
  FocPictureTile *tile = FOC_PICTURE_TILE (gtk_list_item_get_child (cell));

  foc_picture_tile_set_thumbnail_size (tile, self->thumbnail_size);
  foc_picture_tile_set_demand (tile, FOC_DEMAND_SOON);
  foc_picture_tile_set_item (tile, gtk_list_item_get_item (cell));
  rank_later (self);
}

static void
on_unbind (FocPictureGrid *self, GtkListItem *cell)
{
  foc_picture_tile_set_item (FOC_PICTURE_TILE (gtk_list_item_get_child (cell)), NULL);
}

static void
on_activate (FocPictureGrid *self, guint position)
{
  g_autoptr (FocPictureItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, open_signal, 0, item);
}

static gboolean
open_selected (FocPictureGrid *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  on_activate (self, position);
  return TRUE;
}

static gboolean
on_space (GtkWidget *view, GVariant *args, gpointer self)
{
  return open_selected (self);
}

static void
on_view (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_selected (FOC_PICTURE_GRID (widget));
}

/* The tile that `widget` is, is part of, or contains. */
static FocPictureTile *
get_tile (GtkWidget *widget)
{
  GtkWidget *tile = gtk_widget_get_ancestor (widget, FOC_TYPE_PICTURE_TILE);

  if (tile == NULL)
    tile = gtk_widget_get_first_child (widget);
  return FOC_IS_PICTURE_TILE (tile) ? FOC_PICTURE_TILE (tile) : NULL;
}

static FocPictureItem *
find_picture (GtkWidget *widget, GdkRectangle *place)
{
  FocPictureGrid *self = FOC_PICTURE_GRID (widget);
  FocPictureList *pictures =
    FOC_PICTURE_LIST (gtk_single_selection_get_model (self->selection));
  GtkWidget *cell = place->width > 0
                      ? gtk_widget_pick (widget, place->x, place->y, GTK_PICK_DEFAULT)
                      : gtk_widget_get_focus_child (GTK_WIDGET (self->view));
  FocPictureTile *tile = cell != NULL ? get_tile (cell) : NULL;
  FocPictureItem *item = tile != NULL ? foc_picture_tile_get_item (tile) : NULL;
  graphene_rect_t bounds;
  guint position;

  if (item == NULL
      || !foc_picture_list_find (pictures, foc_picture_item_get_row (item), &position))
    return NULL;

  gtk_single_selection_set_selected (self->selection, position);
  if (place->width == 0 && gtk_widget_compute_bounds (GTK_WIDGET (tile), widget, &bounds))
    *place = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                             (int) bounds.size.width, (int) bounds.size.height };
  return item;
}

/* Columns */

static gboolean
limit_columns (gpointer user_data)
{
  FocPictureGrid *self = user_data;
  int most =
    gtk_widget_get_width (self->scroller) / (self->thumbnail_size + CELL_PADDING);

  self->columns_id = 0;
  gtk_grid_view_set_max_columns (self->view, (guint) CLAMP (most, 1, MAX_COLUMNS));
  return G_SOURCE_REMOVE;
}

/* Sizes are being allocated: what changes them waits until that is done. */
static void
on_width_changed (FocPictureGrid *self)
{
  if (self->columns_id == 0)
    self->columns_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, limit_columns, self, NULL);
}

static void
on_selected (FocPictureGrid *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/* Other pictures, or in another order: what was in view may be anywhere now. */
static void
on_filter_changed (FocPictureGrid *self)
{
  guint position = foc_picture_grid_get_position (self);

  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u",
                              position != GTK_INVALID_LIST_POSITION ? position : 0);
}

void
foc_picture_grid_set_pictures (FocPictureGrid *self, FocPictureList *pictures)
{
  GListModel *before = gtk_single_selection_get_model (self->selection);

  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, on_filter_changed, self);
  if (pictures != NULL)
    g_signal_connect_object (pictures, "filter-changed", G_CALLBACK (on_filter_changed),
                             self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (pictures));
}

FocPictureItem *
foc_picture_grid_get_selected (FocPictureGrid *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

guint
foc_picture_grid_get_position (FocPictureGrid *self)
{
  return gtk_single_selection_get_selected (self->selection);
}

void
foc_picture_grid_select (FocPictureGrid *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u",
                              position);
}

static void
set_thumbnail_size (FocPictureGrid *self, int size)
{
  if (self->thumbnail_size == size)
    return;

  /* All cells are bound anew. */
  self->thumbnail_size = size;
  on_width_changed (self);
  g_object_ref (self->selection);
  gtk_grid_view_set_model (self->view, NULL);
  gtk_grid_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
}

static void
foc_picture_grid_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  FocPictureGrid *self = FOC_PICTURE_GRID (object);

  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, foc_picture_grid_get_selected (self));
      break;
    case PROP_THUMBNAIL_SIZE:
      g_value_set_int (value, self->thumbnail_size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_picture_grid_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_THUMBNAIL_SIZE:
      set_thumbnail_size (FOC_PICTURE_GRID (object), g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_picture_grid_dispose (GObject *object)
{
  FocPictureGrid *self = FOC_PICTURE_GRID (object);

  g_clear_handle_id (&self->columns_id, g_source_remove);
  g_clear_handle_id (&self->rank_id, g_source_remove);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (foc_picture_grid_parent_class)->dispose (object);
}

/* The selected picture's cell, where there is one: the grid would choose the one that had
 * the focus before. */
static gboolean
foc_picture_grid_grab_focus (GtkWidget *widget)
{
  FocPictureGrid *self = FOC_PICTURE_GRID (widget);
  FocPictureItem *selected = foc_picture_grid_get_selected (self);

  for (GtkWidget *cell = gtk_widget_get_first_child (GTK_WIDGET (self->view));
       cell != NULL && selected != NULL; cell = gtk_widget_get_next_sibling (cell))
    {
      FocPictureTile *tile = get_tile (cell);

      if (tile != NULL && foc_picture_tile_get_item (tile) == selected)
        return gtk_widget_grab_focus (cell);
    }

  return gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
foc_picture_grid_class_init (FocPictureGridClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_picture_grid_get_property;
  object_class->set_property = foc_picture_grid_set_property;
  object_class->dispose = foc_picture_grid_dispose;
  widget_class->grab_focus = foc_picture_grid_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "picture.view", NULL, on_view);

  props[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL, FOC_TYPE_PICTURE_ITEM,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_THUMBNAIL_SIZE] =
    g_param_spec_int ("thumbnail-size", NULL, NULL, 16, 1024, SIZE_DEFAULT,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  open_signal = g_signal_new ("open", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                              NULL, NULL, NULL, G_TYPE_NONE, 1, FOC_TYPE_PICTURE_ITEM);
}

static void
foc_picture_grid_init (FocPictureGrid *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkAdjustment *rows;

  self->thumbnail_size = SIZE_DEFAULT;
  self->thumbnailer = foc_thumbnailer_new (N_THREADS, MAX_BYTES);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self,
                           G_CONNECT_SWAPPED);

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item",
                            G_CALLBACK (on_selected), self);

  self->view = GTK_GRID_VIEW (
    gtk_grid_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "pictures");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pictures"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate), self,
                           G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (
    gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
    "notify::page-size", G_CALLBACK (on_width_changed), self, G_CONNECT_SWAPPED);
  rows = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (rows, "value-changed", G_CALLBACK (rank_later), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rows, "notify::page-size", G_CALLBACK (rank_later), self,
                           G_CONNECT_SWAPPED);

  /* Before the grid, in which Space selects. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_space, 0),
                      gtk_callback_action_new (on_space, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  foc_picture_menu_attach (GTK_WIDGET (self), find_picture);
}
