/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-tile.h"

#include "foc-error.h"
#include "foc-picture-words.h"

struct _FocPictureTile
{
  GtkWidget parent_instance;

  FocPictureItem *item; /* or NULL */
  FocMark mark;

  GtkWidget *thumbnail;
  GtkWidget *caption;
  GtkWidget *badge; /* NULL until the first mark */
};

G_DEFINE_FINAL_TYPE (FocPictureTile, foc_picture_tile, GTK_TYPE_WIDGET)

/* Between thumbnail and name, and between the badge and the corner. */
#define GAP 6
#define BADGE_INSET 4

static void
set_mark (FocPictureTile *self, FocMark mark)
{
  if (mark == FOC_MARK_UNREADABLE) /* the thumbnail says it, in words */
    mark = FOC_MARK_NONE;
  if (mark == self->mark)
    return;

  if (self->badge == NULL)
    {
      self->badge = gtk_image_new ();
      gtk_widget_add_css_class (self->badge, "badge");
      gtk_widget_set_parent (self->badge, GTK_WIDGET (self));
    }

  if (self->mark != FOC_MARK_NONE)
    gtk_widget_remove_css_class (self->badge, foc_mark_get_style_class (self->mark));
  self->mark = mark;
  if (mark != FOC_MARK_NONE)
    {
      gtk_widget_add_css_class (self->badge, foc_mark_get_style_class (mark));
      gtk_image_set_from_icon_name (GTK_IMAGE (self->badge),
                                    foc_mark_get_icon_name (mark));
    }
  gtk_widget_set_child_visible (self->badge, mark != FOC_MARK_NONE);
}

/* What the list made around the tile takes the focus: it must be called the same. */
static void
set_accessible (FocPictureTile *self, const char *name, const char *description)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkAccessible *both[] = { GTK_ACCESSIBLE (self),
                            cell != NULL ? GTK_ACCESSIBLE (cell) : NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    if (both[i] != NULL)
      gtk_accessible_update_property (both[i], GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      description != NULL ? description : "", -1);
}

static void
update (FocPictureTile *self)
{
  FocThumbnailView *thumbnail = FOC_THUMBNAIL_VIEW (self->thumbnail);
  int status = foc_picture_item_get_status (self->item);
  g_autofree char *name = foc_picture_get_accessible_name (self->item);
  g_autofree char *description = foc_picture_describe (self->item);

  foc_thumbnail_view_set_problem (thumbnail,
                                  status != 0 ? foc_error_image_reason (status) : NULL);
  foc_thumbnail_view_set_file (thumbnail, foc_picture_item_get_path (self->item),
                               foc_picture_item_get_mtime (self->item));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->caption),
                            foc_picture_item_get_name (self->item));
  set_mark (self, foc_picture_get_mark (self->item));
  set_accessible (self, name, description);
}

static gboolean
on_query_tooltip (FocPictureTile *self,
                  int x,
                  int y,
                  gboolean keyboard_mode,
                  GtkTooltip *tooltip)
{
  g_autofree char *description = NULL;
  g_autofree char *text = NULL;

  if (self->item == NULL)
    return FALSE;

  description = foc_picture_describe (self->item);
  text =
    description == NULL
      ? g_strdup (foc_picture_item_get_name (self->item))
      : g_strdup_printf ("%s\n%s", foc_picture_item_get_name (self->item), description);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
foc_picture_tile_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  FocPictureTile *self = FOC_PICTURE_TILE (widget);
  int caption;

  /* As wide as the thumbnail: names are shortened. */
  gtk_widget_measure (self->thumbnail, orientation, -1, minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->caption, orientation, -1, &caption, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MAX (*minimum, caption);
  else
    *minimum += GAP + caption;
  *natural = *minimum;
}

static void
allocate_badge (FocPictureTile *self, int left, int size)
{
  GtkAllocation place;
  int side;

  gtk_widget_measure (self->badge, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &side, NULL,
                      NULL);
  place.width = side;
  gtk_widget_measure (self->badge, GTK_ORIENTATION_VERTICAL, -1, NULL, &side, NULL, NULL);
  place.height = side;
  place.y = BADGE_INSET;
  place.x = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
              ? left + BADGE_INSET
              : left + size - BADGE_INSET - place.width;
  gtk_widget_size_allocate (self->badge, &place, -1);
}

static void
foc_picture_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocPictureTile *self = FOC_PICTURE_TILE (widget);
  GtkAllocation place;
  int size;
  int left;

  gtk_widget_measure (self->thumbnail, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL,
                      NULL);
  left = (width - size) / 2;

  place = (GtkAllocation){ left, 0, size, size };
  gtk_widget_size_allocate (self->thumbnail, &place, -1);

  place = (GtkAllocation){ 0, size + GAP, width, height - size - GAP };
  gtk_widget_size_allocate (self->caption, &place, -1);

  if (self->badge != NULL)
    allocate_badge (self, left, size);
}

static void
foc_picture_tile_dispose (GObject *object)
{
  FocPictureTile *self = FOC_PICTURE_TILE (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->thumbnail, gtk_widget_unparent);
  g_clear_pointer (&self->caption, gtk_widget_unparent);
  g_clear_pointer (&self->badge, gtk_widget_unparent);

  G_OBJECT_CLASS (foc_picture_tile_parent_class)->dispose (object);
}

static void
foc_picture_tile_class_init (FocPictureTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foc_picture_tile_dispose;
  widget_class->measure = foc_picture_tile_measure;
  widget_class->size_allocate = foc_picture_tile_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "picturetile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foc_picture_tile_init (FocPictureTile *self)
{
  GtkInscription *caption;

  self->caption = gtk_inscription_new (NULL);
  caption = GTK_INSCRIPTION (self->caption);
  gtk_inscription_set_min_chars (caption, 3);
  gtk_inscription_set_min_lines (caption, 1);
  gtk_inscription_set_text_overflow (caption, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  gtk_inscription_set_xalign (caption, 0.5f);
  gtk_widget_add_css_class (self->caption, "caption");
  gtk_widget_set_parent (self->caption, GTK_WIDGET (self));

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}

GtkWidget *
foc_picture_tile_new (FocThumbnailer *thumbnailer, int thumbnail_size)
{
  FocPictureTile *self = g_object_new (FOC_TYPE_PICTURE_TILE, NULL);

  self->thumbnail = foc_thumbnail_view_new (thumbnailer, thumbnail_size);
  gtk_widget_insert_before (self->thumbnail, GTK_WIDGET (self), self->caption);
  return GTK_WIDGET (self);
}

void
foc_picture_tile_set_item (FocPictureTile *self, FocPictureItem *item)
{
  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    {
      g_signal_connect_swapped (item, "changed", G_CALLBACK (update), self);
      update (self);
    }
  else
    {
      foc_thumbnail_view_set_file (FOC_THUMBNAIL_VIEW (self->thumbnail), NULL, 0);
    }
}

FocPictureItem *
foc_picture_tile_get_item (FocPictureTile *self)
{
  return self->item;
}

void
foc_picture_tile_set_thumbnail_size (FocPictureTile *self, int size)
{
  foc_thumbnail_view_set_size (FOC_THUMBNAIL_VIEW (self->thumbnail), size);
}

void
foc_picture_tile_set_demand (FocPictureTile *self, FocDemand demand)
{
  foc_thumbnail_view_set_demand (FOC_THUMBNAIL_VIEW (self->thumbnail), demand);
}

FocThumbnailView *
foc_picture_tile_get_thumbnail (FocPictureTile *self)
{
  return FOC_THUMBNAIL_VIEW (self->thumbnail);
}
