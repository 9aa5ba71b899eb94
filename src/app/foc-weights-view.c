/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-weights-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* In pixels of the application; a tile is two of them for each weight. */
#define TILE (2 * FOC_FEATURE_SIDE)
#define GAP 6
#define MIN_COLUMNS 4
#define NATURAL_COLUMNS 8

#define GREY 128

struct _FocWeightsView
{
  GtkWidget parent_instance;

  guint n_units;       /* shown */
  guint8 *pictures;    /* n_units x FOC_N_FEATURES */
  GPtrArray *textures; /* of them, enlarged `factor` times; or NULL */
  int factor;
};

G_DEFINE_FINAL_TYPE (FocWeightsView, foc_weights_view, GTK_TYPE_WIDGET)

static void
draw_unit (const float *weights, guint8 *picture)
{
  float largest = 0;

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    largest = MAX (largest, fabsf (weights[i]));
  if (largest == 0)
    largest = 1;
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    picture[i] = (guint8) (GREY + lrintf (weights[i] / largest * (255 - GREY)));
}

static GdkTexture *
enlarge (const guint8 *picture, int factor)
{
  int side = FOC_FEATURE_SIDE * factor;
  gsize stride = (gsize) side * FOC_FEATURE_CHANNELS;
  guint8 *pixels = g_malloc (stride * (gsize) side);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize) side);

  for (int y = 0; y < side; y++)
    {
      guint8 *row = pixels + (gsize) y * stride;

      if (y % factor != 0)
        memcpy (row, row - stride, stride);
      for (int x = 0; y % factor == 0 && x < side; x++)
        memcpy (row + x * FOC_FEATURE_CHANNELS,
                picture
                  + (y / factor * FOC_FEATURE_SIDE + x / factor) * FOC_FEATURE_CHANNELS,
                FOC_FEATURE_CHANNELS);
    }

  return gdk_memory_texture_new (side, side, GDK_MEMORY_R8G8B8, bytes, stride);
}

static void
ensure_textures (FocWeightsView *self)
{
  int factor = TILE / FOC_FEATURE_SIDE * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->textures != NULL && self->factor == factor)
    return;

  g_clear_pointer (&self->textures, g_ptr_array_unref);
  self->textures = g_ptr_array_new_with_free_func (g_object_unref);
  self->factor = factor;
  for (guint i = 0; i < self->n_units; i++)
    g_ptr_array_add (self->textures,
                     enlarge (self->pictures + i * FOC_N_FEATURES, factor));
}

static int
get_columns (int width)
{
  return MAX ((width + GAP) / (TILE + GAP), 1);
}

static int
get_length (int n_tiles)
{
  return MAX (n_tiles * (TILE + GAP) - GAP, 0);
}

static GtkSizeRequestMode
foc_weights_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
foc_weights_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  FocWeightsView *self = FOC_WEIGHTS_VIEW (widget);
  int n = (int) self->n_units;
  int columns = for_size >= 0 ? get_columns (for_size) : NATURAL_COLUMNS;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = get_length (MIN (n, MIN_COLUMNS));
      *natural = get_length (MIN (n, NATURAL_COLUMNS));
    }
  else
    *minimum = *natural = get_length ((n + columns - 1) / columns);
}

static void
foc_weights_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocWeightsView *self = FOC_WEIGHTS_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int columns = get_columns (width);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  ensure_textures (self);
  for (int i = 0; i < (int) self->n_units; i++)
    {
      int x = i % columns * (TILE + GAP);
      int y = i / columns * (TILE + GAP);

      gtk_snapshot_append_texture (
        snapshot, self->textures->pdata[i],
        &GRAPHENE_RECT_INIT ((float) (is_rtl ? width - x - TILE : x), (float) y, TILE,
                             TILE));
    }
}

static void
foc_weights_view_finalize (GObject *object)
{
  FocWeightsView *self = FOC_WEIGHTS_VIEW (object);

  g_clear_pointer (&self->textures, g_ptr_array_unref);
  g_free (self->pictures);
  G_OBJECT_CLASS (foc_weights_view_parent_class)->finalize (object);
}

static void
foc_weights_view_class_init (FocWeightsViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = foc_weights_view_finalize;
  widget_class->get_request_mode = foc_weights_view_get_request_mode;
  widget_class->measure = foc_weights_view_measure;
  widget_class->snapshot = foc_weights_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foc_weights_view_init (FocWeightsView *self)
{
  foc_weights_view_set_model (self, NULL);
}

static void
update_accessible (FocWeightsView *self)
{
  g_autofree char *text = g_strdup_printf (
    ngettext ("The weights of %u unit of the first layer as a picture: grey is zero, "
              "brighter is above it, darker below",
              "The weights of %u units of the first layer, a picture each: grey is zero, "
              "brighter is above it, darker below",
              self->n_units),
    self->n_units);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

void
foc_weights_view_set_model (FocWeightsView *self, FocLoadedModel *model)
{
  const FocMlp *mlp = model != NULL ? foc_loaded_model_get_model (model)->mlp : NULL;

  self->n_units = mlp != NULL ? MIN (mlp->shape.widths[1], FOC_WEIGHTS_VIEW_MAX) : 0;
  g_free (self->pictures);
  self->pictures = g_new (guint8, self->n_units * FOC_N_FEATURES);
  for (guint i = 0; i < self->n_units; i++)
    draw_unit (mlp->parameters + i * FOC_N_FEATURES, self->pictures + i * FOC_N_FEATURES);
  g_clear_pointer (&self->textures, g_ptr_array_unref);

  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const guint8 *
foc_weights_view_get_picture (FocWeightsView *self, guint unit)
{
  g_return_val_if_fail (unit < self->n_units, NULL);

  return self->pictures + unit * FOC_N_FEATURES;
}

guint
foc_weights_view_get_n_pictures (FocWeightsView *self)
{
  return self->n_units;
}
