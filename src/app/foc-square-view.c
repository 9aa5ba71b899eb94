/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-square-view-private.h"

#include "foc-shown-picture.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST_SIDE 120
#define NATURAL_SIDE 360
/* The marks in the corners. */
#define MARK 10

/* Outside the square, and its edge: dark and light, to be seen on every picture. */
static const GdkRGBA shade = { 0, 0, 0, 0.5f };
static const GdkRGBA dark = { 0, 0, 0, 0.8f };
static const GdkRGBA light = { 1, 1, 1, 1 };

enum
{
  PROP_DESCRIPTION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (FocSquareView, foc_square_view, GTK_TYPE_WIDGET)

double
foc_square_view_find_picture (FocSquareView *self, graphene_rect_t *picture)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN (width / self->width, height / self->height);

  graphene_rect_init (picture, (float) round ((width - scale * self->width) / 2),
                      (float) round ((height - scale * self->height) / 2),
                      (float) round (scale * self->width),
                      (float) round (scale * self->height));
  return scale;
}

/* What is said */

static void
describe (FocSquareView *self)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self);

  g_free (self->description);
  self->description =
    self->levels != NULL
      /* Translators: the side of a square in a picture, and where its upper left corner
       * is. */
      ? g_strdup_printf (_ ("Square of %.0f pixels at %.0f, %.0f"), self->square.width,
                         self->square.x, self->square.y)
      : g_strdup ("");
  gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->description, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DESCRIPTION]);
}

static void
stop_telling (FocSquareView *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static gboolean
tell (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  FocSquareView *self = FOC_SQUARE_VIEW (widget);

  self->tick_id = 0;
  describe (self);
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

void
foc_square_view_move (FocSquareView *self, const FocRectangle *square)
{
  if (foc_square_equal (square, &self->square))
    return;
  self->square = *square;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tell, NULL, NULL);
}

void
foc_square_view_reset_square (FocSquareView *self)
{
  FocRectangle square;

  if (self->levels == NULL)
    return;
  foc_image_choose_region (NULL, self->width, self->height, &square);
  foc_square_view_move (self, &square);
}

/* Drawing */

/* The smallest one that need not be enlarged. */
static GdkPixbuf *
choose_level (FocSquareView *self, int width, int height)
{
  guint i = self->levels->len - 1;

  while (i > 0
         && (gdk_pixbuf_get_width (self->levels->pdata[i]) < width
             || gdk_pixbuf_get_height (self->levels->pdata[i]) < height))
    i--;
  return self->levels->pdata[i];
}

static GdkTexture *
scale_level (GdkPixbuf *level, int width, int height)
{
  int from_width = gdk_pixbuf_get_width (level);
  int from_height = gdk_pixbuf_get_height (level);
  cairo_surface_t *from = cairo_image_surface_create_for_data (
    (guchar *) gdk_pixbuf_read_pixels (level), CAIRO_FORMAT_RGB24, from_width,
    from_height, gdk_pixbuf_get_rowstride (level));
  cairo_surface_t *to = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gsize stride = (gsize) cairo_image_surface_get_stride (to);
  cairo_t *cr = cairo_create (to);
  g_autoptr (GBytes) bytes = NULL;

  cairo_scale (cr, (double) width / from_width, (double) height / from_height);
  cairo_set_source_surface (cr, from, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  /* The other filter is good for any scale, and takes many times as long. */
  cairo_pattern_set_filter (cairo_get_source (cr), from_width > 2 * width
                                                     ? CAIRO_FILTER_GOOD
                                                     : CAIRO_FILTER_BILINEAR);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (from);

  cairo_surface_flush (to);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (to),
                                      stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, to);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* Renderers would scale it again for each frame, and coarsely. On a screen that is larger
 * than the largest level they enlarge it: to do so here would take too long. */
static void
draw_picture (FocSquareView *self, GtkSnapshot *snapshot, const graphene_rect_t *picture)
{
  double scale = MIN (gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                      FOC_SHOWN_PICTURE_MAX
                        / (double) MAX (picture->size.width, picture->size.height));
  int width = MAX ((int) lround ((double) picture->size.width * scale), 1);
  int height = MAX ((int) lround ((double) picture->size.height * scale), 1);

  if (self->scaled == NULL || gdk_texture_get_width (self->scaled) != width
      || gdk_texture_get_height (self->scaled) != height)
    {
      g_clear_object (&self->scaled);
      self->scaled = scale_level (choose_level (self, width, height), width, height);
    }
  gtk_snapshot_append_texture (snapshot, self->scaled, picture);
}

static void
draw_shade (GtkSnapshot *snapshot,
            const graphene_rect_t *all,
            const graphene_rect_t *hole)
{
  float right = hole->origin.x + hole->size.width;
  float bottom = hole->origin.y + hole->size.height;
  const graphene_rect_t parts[] = {
    GRAPHENE_RECT_INIT (all->origin.x, all->origin.y, all->size.width,
                        hole->origin.y - all->origin.y),
    GRAPHENE_RECT_INIT (all->origin.x, bottom, all->size.width,
                        all->origin.y + all->size.height - bottom),
    GRAPHENE_RECT_INIT (all->origin.x, hole->origin.y, hole->origin.x - all->origin.x,
                        hole->size.height),
    GRAPHENE_RECT_INIT (right, hole->origin.y, all->origin.x + all->size.width - right,
                        hole->size.height),
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].size.width > 0 && parts[i].size.height > 0)
      gtk_snapshot_append_color (snapshot, &shade, &parts[i]);
}

static void
draw_border (GtkSnapshot *snapshot,
             const graphene_rect_t *square,
             float inset,
             float width,
             const GdkRGBA *colour)
{
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, square, 0);
  gsk_rounded_rect_shrink (&outline, inset, inset, inset, inset);
  gtk_snapshot_append_border (snapshot, &outline, (float[]){ width, width, width, width },
                              colours);
}

/* What to take hold of. */
static void
draw_marks (GtkSnapshot *snapshot, const graphene_rect_t *square)
{
  float side = MIN (MARK, square->size.width / 3);
  float far = square->size.width - side;

  for (int i = 0; i < 4; i++)
    {
      graphene_rect_t mark =
        GRAPHENE_RECT_INIT (square->origin.x + (i & 1 ? far : 0),
                            square->origin.y + (i & 2 ? far : 0), side, side);

      gtk_snapshot_append_color (snapshot, &dark, &mark);
      graphene_rect_inset (&mark, 1, 1);
      gtk_snapshot_append_color (snapshot, &light, &mark);
    }
}

/* Where the square is drawn: on whole units, so that nothing is blurred. */
static void
find_square (FocSquareView *self,
             const graphene_rect_t *picture,
             double unit,
             graphene_rect_t *square)
{
  double left = round (unit * self->square.x);
  double top = round (unit * self->square.y);

  graphene_rect_init (
    square, picture->origin.x + (float) left, picture->origin.y + (float) top,
    (float) (round (unit * (self->square.x + self->square.width)) - left),
    (float) (round (unit * (self->square.y + self->square.height)) - top));
}

static void
foc_square_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocSquareView *self = FOC_SQUARE_VIEW (widget);
  graphene_rect_t picture, square;
  double unit;

  if (self->levels == NULL)
    return;
  unit = foc_square_view_find_picture (self, &picture);
  find_square (self, &picture, unit, &square);

  draw_picture (self, snapshot, &picture);
  draw_shade (snapshot, &picture, &square);
  draw_border (snapshot, &square, 0, 1, &dark);
  draw_border (snapshot, &square, 1, 1, &light);
  draw_marks (snapshot, &square);
}

/* The widget */

static GtkSizeRequestMode
foc_square_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
foc_square_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  FocSquareView *self = FOC_SQUARE_VIEW (widget);

  *minimum = LEAST_SIDE;
  *natural = NATURAL_SIDE;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0 && self->levels != NULL)
    *natural = CLAMP ((int) ((gint64) for_size * self->height / self->width), LEAST_SIDE,
                      NATURAL_SIDE);
}

static void
foc_square_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, FOC_SQUARE_VIEW (object)->description);
}

static void
foc_square_view_dispose (GObject *object)
{
  FocSquareView *self = FOC_SQUARE_VIEW (object);

  stop_telling (self);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_object (&self->scaled);

  G_OBJECT_CLASS (foc_square_view_parent_class)->dispose (object);
}

static void
foc_square_view_finalize (GObject *object)
{
  g_free (FOC_SQUARE_VIEW (object)->description);
  G_OBJECT_CLASS (foc_square_view_parent_class)->finalize (object);
}

static void
foc_square_view_class_init (FocSquareViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_square_view_get_property;
  object_class->dispose = foc_square_view_dispose;
  object_class->finalize = foc_square_view_finalize;
  widget_class->get_request_mode = foc_square_view_get_request_mode;
  widget_class->measure = foc_square_view_measure;
  widget_class->snapshot = foc_square_view_snapshot;

  props[PROP_DESCRIPTION] = g_param_spec_string (
    "description", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("square-changed", FOC_TYPE_SQUARE_VIEW,
                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "squareview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foc_square_view_init (FocSquareView *self)
{
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
    _ ("The picture, and the square that the network looks at"), -1);
  self->description = g_strdup ("");

  foc_square_view_add_controllers (self);
}

GtkWidget *
foc_square_view_new (void)
{
  return g_object_new (FOC_TYPE_SQUARE_VIEW, NULL);
}

void
foc_square_view_set_picture (FocSquareView *self,
                             GPtrArray *levels,
                             int width,
                             int height)
{
  g_return_if_fail (levels == NULL || (width > 0 && height > 0));

  stop_telling (self);
  self->is_dragging = FALSE;
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  self->levels = levels != NULL ? g_ptr_array_ref (levels) : NULL;
  g_clear_object (&self->scaled);
  self->width = width;
  self->height = height;
  self->square = (FocRectangle){ 0 };
  if (levels != NULL)
    foc_image_choose_region (NULL, width, height, &self->square);
  gtk_widget_set_focusable (GTK_WIDGET (self), levels != NULL);
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
foc_square_view_set_square (FocSquareView *self, const FocRectangle *square)
{
  if (self->levels == NULL || self->tick_id != 0
      || foc_square_equal (square, &self->square))
    return;
  self->square = *square;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
foc_square_view_get_square (FocSquareView *self, FocRectangle *square)
{
  *square = self->square;
}
