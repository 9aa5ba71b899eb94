/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-class-balance.h"

#include "foc-palette.h"

#define HEIGHT 10
#define GAP 2

struct _FocClassBalance
{
  GtkWidget parent_instance;

  guint32 *counts;
  guint n;
};

G_DEFINE_FINAL_TYPE (FocClassBalance, foc_class_balance, GTK_TYPE_WIDGET)

static void
foc_class_balance_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
}

static void
foc_class_balance_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocClassBalance *self = FOC_CLASS_BALANCE (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  /* Hundreds of classes have no room for gaps. */
  float gap = self->n <= 20 ? GAP : 0;
  GskRoundedRect outline;
  double total = 0, before = 0;

  for (guint i = 0; i < self->n; i++)
    total += self->counts[i];
  if (total == 0)
    return;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height),
                                   height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (guint i = 0; i < self->n; i++)
    {
      GdkRGBA colour = foc_plot_colour_to_rgba (foc_palette_get_class_colour (i));
      float start = (float) (before / total) * width;
      float end = (float) ((before + self->counts[i]) / total) * width;
      float length = end - start - (i + 1 < self->n ? gap : 0);

      before += self->counts[i];
      if (length > 0)
        gtk_snapshot_append_color (
          snapshot, &colour,
          &GRAPHENE_RECT_INIT (is_rtl ? width - start - length : start, 0, length,
                               height));
    }
  gtk_snapshot_pop (snapshot);
}

static void
foc_class_balance_finalize (GObject *object)
{
  g_free (FOC_CLASS_BALANCE (object)->counts);
  G_OBJECT_CLASS (foc_class_balance_parent_class)->finalize (object);
}

static void
foc_class_balance_class_init (FocClassBalanceClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = foc_class_balance_finalize;
  widget_class->measure = foc_class_balance_measure;
  widget_class->snapshot = foc_class_balance_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
foc_class_balance_init (FocClassBalance *self)
{
  foc_palette_follow (GTK_WIDGET (self));
}

GtkWidget *
foc_class_balance_new (void)
{
  return g_object_new (FOC_TYPE_CLASS_BALANCE, NULL);
}

void
foc_class_balance_set_counts (FocClassBalance *self,
                              const guint32 *counts,
                              guint n,
                              const char *summary)
{
  g_free (self->counts);
  self->counts = g_memdup2 (counts, n * sizeof *counts);
  self->n = n;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
