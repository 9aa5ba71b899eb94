/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-thumbnail-view.h"

#include "foc-error.h"

struct _FocThumbnailView
{
  GtkWidget parent_instance;

  FocThumbnailer *thumbnailer;
  int size;
  FocDemand demand;

  char *path; /* or NULL */
  gint64 mtime;
  char *problem; /* known without trying, or NULL */

  GdkTexture *texture; /* or NULL */
  FocThumbnailRequest *request;
  FocDemand requested; /* how urgently */

  GtkWidget *icon;   /* of a problem; NULL until the first one */
  GtkWidget *reason; /* the same */
};

G_DEFINE_FINAL_TYPE (FocThumbnailView, foc_thumbnail_view, GTK_TYPE_WIDGET)

/* Below this size there is room for the icon only. */
#define SIZE_WITH_REASON 96
#define ICON_SIZE 32

static guint
get_side (FocThumbnailView *self)
{
  int side = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return (guint) CLAMP (side, 1, FOC_THUMBNAIL_SIDE_MAX);
}

static void
cancel (FocThumbnailView *self)
{
  FocThumbnailRequest *request = g_steal_pointer (&self->request);

  if (request != NULL)
    foc_thumbnailer_cancel (self->thumbnailer, request);
}

static void
set_texture (FocThumbnailView *self, FocThumbnail *thumbnail)
{
  if (self->texture == NULL && thumbnail == NULL)
    return;

  g_clear_object (&self->texture);
  if (thumbnail != NULL)
    self->texture = gdk_memory_texture_new (
      (int) thumbnail->side, (int) thumbnail->side, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
      thumbnail->pixels, (gsize) thumbnail->side * 4);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The reason in the place of the picture; NULL removes it. The children stay, hidden: that
 * they come and go must not make the list measure anew. */
static void
show_problem (FocThumbnailView *self, const char *reason)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (reason != NULL && self->icon == NULL)
    {
      self->icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
      gtk_image_set_pixel_size (GTK_IMAGE (self->icon), ICON_SIZE);
      gtk_widget_set_parent (self->icon, widget);

      self->reason = gtk_inscription_new (NULL);
      gtk_inscription_set_min_lines (GTK_INSCRIPTION (self->reason), 1);
      gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (self->reason),
                                     PANGO_WRAP_WORD_CHAR);
      gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->reason),
                                         GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
      gtk_inscription_set_xalign (GTK_INSCRIPTION (self->reason), 0.5f);
      gtk_inscription_set_yalign (GTK_INSCRIPTION (self->reason), 0.0f);
      gtk_widget_add_css_class (self->reason, "caption");
      gtk_widget_set_parent (self->reason, widget);
    }

  if (self->icon == NULL)
    return;

  if (reason != NULL)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (self->reason), reason);
      gtk_widget_add_css_class (widget, "problem");
    }
  else
    {
      gtk_widget_remove_css_class (widget, "problem");
    }
  gtk_widget_set_child_visible (self->icon, reason != NULL);
  gtk_widget_set_child_visible (self->reason,
                                reason != NULL && self->size >= SIZE_WITH_REASON);
}

static void
on_ready (FocThumbnail *thumbnail, const GError *error, gpointer user_data)
{
  FocThumbnailView *self = user_data;

  self->request = NULL;
  set_texture (self, thumbnail);
  show_problem (self, thumbnail == NULL ? foc_error_image_reason (error->code) : NULL);
}

static void
request (FocThumbnailView *self)
{
  const FocThumbnailUrgency urgency =
    self->demand == FOC_DEMAND_NOW ? FOC_THUMBNAIL_NOW : FOC_THUMBNAIL_SOON;
  FocThumbnailRequest *old = self->request;

  if (old != NULL && self->requested == self->demand)
    return;

  /* First the new one, so that a decoding that has begun goes on. */
  self->requested = self->demand;
  self->request = foc_thumbnailer_request (self->thumbnailer, self->path, self->mtime,
                                           get_side (self), urgency, on_ready, self);
  if (old != NULL)
    foc_thumbnailer_cancel (self->thumbnailer, old);
}

static void
update (FocThumbnailView *self)
{
  g_autoptr (FocThumbnail) thumbnail = NULL;

  if (self->path == NULL || self->problem != NULL || self->demand == FOC_DEMAND_NONE
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      cancel (self);
      set_texture (self, NULL);
      return;
    }
  if (self->texture != NULL)
    return;

  thumbnail =
    foc_thumbnailer_lookup (self->thumbnailer, self->path, self->mtime, get_side (self));
  if (thumbnail != NULL)
    {
      cancel (self);
      set_texture (self, thumbnail);
    }
  else
    {
      request (self);
    }
}

/* What is shown or under way is of another file or size. */
static void
start_anew (FocThumbnailView *self)
{
  cancel (self);
  set_texture (self, NULL);
  show_problem (self, self->problem);
  update (self);
}

static void
foc_thumbnail_view_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = FOC_THUMBNAIL_VIEW (widget)->size;
}

static void
foc_thumbnail_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocThumbnailView *self = FOC_THUMBNAIL_VIEW (widget);
  gboolean with_reason = self->size >= SIZE_WITH_REASON;
  int top = with_reason ? height / 5 : (height - ICON_SIZE) / 2;
  GtkAllocation place = { 0, MAX (top, 0), width, ICON_SIZE };

  if (self->icon == NULL)
    return;

  gtk_widget_measure (self->icon, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->icon, &place, -1);

  place.x = 6;
  place.width = width - 12;
  place.y += ICON_SIZE + 6;
  place.height = height - place.y - 6;
  if (with_reason)
    {
      int least;

      gtk_widget_measure (self->reason, GTK_ORIENTATION_VERTICAL, place.width, &least,
                          NULL, NULL, NULL);
      place.height = MAX (place.height, least);
      gtk_widget_measure (self->reason, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL,
                          NULL, NULL);
      place.width = MAX (place.width, least);
      gtk_widget_size_allocate (self->reason, &place, -1);
    }
}

static void
foc_thumbnail_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocThumbnailView *self = FOC_THUMBNAIL_VIEW (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);

  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture,
                                 &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (self->icon != NULL)
    {
      gtk_widget_snapshot_child (widget, self->icon, snapshot);
      gtk_widget_snapshot_child (widget, self->reason, snapshot);
    }
}

static void
foc_thumbnail_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (foc_thumbnail_view_parent_class)->map (widget);
  update (FOC_THUMBNAIL_VIEW (widget));
}

static void
foc_thumbnail_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (foc_thumbnail_view_parent_class)->unmap (widget);
  update (FOC_THUMBNAIL_VIEW (widget));
}

static void
on_scale_factor_changed (FocThumbnailView *self)
{
  start_anew (self);
}

static void
foc_thumbnail_view_dispose (GObject *object)
{
  FocThumbnailView *self = FOC_THUMBNAIL_VIEW (object);

  if (self->thumbnailer != NULL)
    cancel (self);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->reason, gtk_widget_unparent);

  G_OBJECT_CLASS (foc_thumbnail_view_parent_class)->dispose (object);
}

static void
foc_thumbnail_view_finalize (GObject *object)
{
  FocThumbnailView *self = FOC_THUMBNAIL_VIEW (object);

  g_free (self->path);
  g_free (self->problem);

  G_OBJECT_CLASS (foc_thumbnail_view_parent_class)->finalize (object);
}

static void
foc_thumbnail_view_class_init (FocThumbnailViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = foc_thumbnail_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = foc_thumbnail_view_finalize;

  widget_class->measure = foc_thumbnail_view_measure;
  widget_class->size_allocate = foc_thumbnail_view_size_allocate;
  widget_class->snapshot = foc_thumbnail_view_snapshot;
  widget_class->map = foc_thumbnail_view_map;
  widget_class->unmap = foc_thumbnail_view_unmap;

  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
foc_thumbnail_view_init (FocThumbnailView *self)
{
  self->demand = FOC_DEMAND_NOW;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_factor_changed),
                    NULL);
}

GtkWidget *
foc_thumbnail_view_new (FocThumbnailer *thumbnailer, int size)
{
  FocThumbnailView *self = g_object_new (FOC_TYPE_THUMBNAIL_VIEW, NULL);

  self->thumbnailer = g_object_ref (thumbnailer);
  self->size = size;
  return GTK_WIDGET (self);
}

void
foc_thumbnail_view_set_size (FocThumbnailView *self, int size)
{
  if (self->size == size)
    return;

  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  start_anew (self);
}

void
foc_thumbnail_view_set_file (FocThumbnailView *self, const char *path, gint64 mtime)
{
  if (self->mtime == mtime && g_strcmp0 (self->path, path) == 0)
    return;

  g_free (self->path);
  self->path = g_strdup (path);
  self->mtime = mtime;
  start_anew (self);
}

void
foc_thumbnail_view_set_problem (FocThumbnailView *self, const char *reason)
{
  if (g_strcmp0 (self->problem, reason) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (reason);
  start_anew (self);
}

void
foc_thumbnail_view_set_demand (FocThumbnailView *self, FocDemand demand)
{
  if (self->demand == demand)
    return;

  self->demand = demand;
  update (self);
}

gboolean
foc_thumbnail_view_is_loaded (FocThumbnailView *self)
{
  return self->texture != NULL;
}
