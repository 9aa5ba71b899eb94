/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-features-view.h"

#include "foc-preprocess.h"

#include <glib/gi18n.h>
#include <string.h>

#define MIN_SIDE 48
#define NATURAL_SIDE 120

struct _FocFeaturesView
{
  GtkWidget parent_instance;

  guint8 features[FOC_N_FEATURES];
  gboolean has_features;
  GdkTexture *texture; /* of the features, `factor` times as large; or NULL */
  int factor;
  int natural_side;
};

enum
{
  PROP_NATURAL_SIDE = 1
};

G_DEFINE_FINAL_TYPE (FocFeaturesView, foc_features_view, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
foc_features_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Pixels of the display for each value, in `room` pixels of the application. */
static int
get_factor (int room, int scale)
{
  return MAX (room * scale / FOC_FEATURE_SIDE, 1);
}

static void
foc_features_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  FocFeaturesView *self = FOC_FEATURES_VIEW (widget);
  int scale = gtk_widget_get_scale_factor (widget);

  *minimum = MIN_SIDE;
  *natural = self->natural_side;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  /* As high as what is drawn, in which each value is a whole number of pixels wide. The
   * minimum may not grow with the width: to GTK, more width never needs more height. */
  if (for_size >= 0)
    *natural = CLAMP (get_factor (for_size, scale) * FOC_FEATURE_SIDE / scale, MIN_SIDE,
                      self->natural_side);
}

static GdkTexture *
enlarge (const guint8 *features, int factor)
{
  int side = FOC_FEATURE_SIDE * factor;
  gsize stride = (gsize) side * 3;
  guint8 *pixels = g_malloc (stride * (gsize) side);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize) side);

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      memcpy (pixels + (gsize) y * stride + (gsize) x * 3,
              features + (y / factor * FOC_FEATURE_SIDE + x / factor) * 3, 3);

  return gdk_memory_texture_new (side, side, GDK_MEMORY_R8G8B8, bytes, stride);
}

void
foc_features_view_get_area (FocFeaturesView *self, graphene_rect_t *area)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  int width = gtk_widget_get_width (widget);
  int factor = get_factor (MIN (width, gtk_widget_get_height (widget)), scale);
  float side = (float) (factor * FOC_FEATURE_SIDE) / (float) scale;
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  graphene_rect_init (area, is_rtl ? (float) width - side : 0, 0, side, side);
}

static void
foc_features_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocFeaturesView *self = FOC_FEATURES_VIEW (widget);
  int room = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  int factor = get_factor (room, gtk_widget_get_scale_factor (widget));
  graphene_rect_t area;

  if (!self->has_features)
    return;
  if (self->texture == NULL || self->factor != factor)
    {
      g_clear_object (&self->texture);
      self->texture = enlarge (self->features, factor);
      self->factor = factor;
    }
  foc_features_view_get_area (self, &area);
  gtk_snapshot_append_texture (snapshot, self->texture, &area);
}

static void
foc_features_view_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  g_value_set_int (value, FOC_FEATURES_VIEW (object)->natural_side);
}

static void
foc_features_view_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  FOC_FEATURES_VIEW (object)->natural_side = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
foc_features_view_finalize (GObject *object)
{
  g_clear_object (&FOC_FEATURES_VIEW (object)->texture);
  G_OBJECT_CLASS (foc_features_view_parent_class)->finalize (object);
}

static void
foc_features_view_class_init (FocFeaturesViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->get_property = foc_features_view_get_property;
  G_OBJECT_CLASS (class)->set_property = foc_features_view_set_property;
  G_OBJECT_CLASS (class)->finalize = foc_features_view_finalize;
  widget_class->get_request_mode = foc_features_view_get_request_mode;
  widget_class->measure = foc_features_view_measure;
  widget_class->snapshot = foc_features_view_snapshot;
  g_object_class_install_property (
    G_OBJECT_CLASS (class), PROP_NATURAL_SIDE,
    g_param_spec_int ("natural-side", NULL, NULL, MIN_SIDE, G_MAXINT, NATURAL_SIDE,
                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foc_features_view_init (FocFeaturesView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the network sees"), -1);
}

void
foc_features_view_set_features (FocFeaturesView *self, const guint8 *features)
{
  memcpy (self->features, features, sizeof self->features);
  self->has_features = TRUE;
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
