/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answer-bars.h"

#include "foc-palette.h"
#include "foc-text.h"

#include <glib/gi18n.h>

#define MAX_BARS 5

/* One bar. */
#define FOC_TYPE_ANSWER_BAR (foc_answer_bar_get_type ())

G_DECLARE_FINAL_TYPE (FocAnswerBar, foc_answer_bar, FOC, ANSWER_BAR, GtkWidget)

struct _FocAnswerBar
{
  GtkWidget parent_instance;

  float share;
  guint label;
};

G_DEFINE_FINAL_TYPE (FocAnswerBar, foc_answer_bar, GTK_TYPE_WIDGET)

#define BAR_HEIGHT 8

static void
foc_answer_bar_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 0;
}

static void
foc_answer_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocAnswerBar *self = FOC_ANSWER_BAR (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float length = MAX (self->share * width, 1);
  GdkRGBA trough = foc_plot_colour_to_rgba (foc_palette_get ()->grid);
  GdkRGBA colour = foc_plot_colour_to_rgba (foc_palette_get_class_colour (self->label));
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (
    &outline, &GRAPHENE_RECT_INIT (0, 0, width, BAR_HEIGHT), BAR_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &trough, &outline.bounds);
  gtk_snapshot_append_color (
    snapshot, &colour,
    &GRAPHENE_RECT_INIT (is_rtl ? width - length : 0, 0, length, BAR_HEIGHT));
  gtk_snapshot_pop (snapshot);
}

static void
foc_answer_bar_class_init (FocAnswerBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->measure = foc_answer_bar_measure;
  widget_class->snapshot = foc_answer_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
foc_answer_bar_init (FocAnswerBar *self)
{
  foc_palette_follow (GTK_WIDGET (self));
}

/* All of them */

struct _FocAnswerBars
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  GtkLabel *names[MAX_BARS];
  GtkLabel *percents[MAX_BARS];
  FocAnswerBar *bars[MAX_BARS];
  GtkLabel *rest; /* how many classes have no bar, and their probability */
  GtkLabel *rest_percent;
};

G_DEFINE_FINAL_TYPE (FocAnswerBars, foc_answer_bars, GTK_TYPE_WIDGET)

static void
foc_answer_bars_dispose (GObject *object)
{
  FocAnswerBars *self = FOC_ANSWER_BARS (object);

  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;

  G_OBJECT_CLASS (foc_answer_bars_parent_class)->dispose (object);
}

static void
foc_answer_bars_class_init (FocAnswerBarsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_answer_bars_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
make_label (float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  return GTK_LABEL (label);
}

static void
foc_answer_bars_init (FocAnswerBars *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 8);
  gtk_grid_set_row_spacing (self->grid, 2);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));

  /* The name and the number over the bar: names may be long. */
  for (int i = 0; i < MAX_BARS; i++)
    {
      self->names[i] = make_label (0);
      gtk_label_set_ellipsize (self->names[i], PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (GTK_WIDGET (self->names[i]), TRUE);
      self->percents[i] = make_label (1);
      gtk_widget_add_css_class (GTK_WIDGET (self->percents[i]), "numeric");
      self->bars[i] = g_object_new (FOC_TYPE_ANSWER_BAR, "margin-bottom", 6, NULL);
      gtk_grid_attach (self->grid, GTK_WIDGET (self->names[i]), 0, 2 * i, 1, 1);
      gtk_grid_attach (self->grid, GTK_WIDGET (self->percents[i]), 1, 2 * i, 1, 1);
      gtk_grid_attach (self->grid, GTK_WIDGET (self->bars[i]), 0, 2 * i + 1, 2, 1);
    }
  self->rest = make_label (0);
  gtk_label_set_ellipsize (self->rest, PANGO_ELLIPSIZE_END);
  self->rest_percent = make_label (1);
  gtk_widget_add_css_class (GTK_WIDGET (self->rest_percent), "numeric");
  gtk_widget_set_visible (GTK_WIDGET (self->rest), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->rest_percent), FALSE);
  gtk_grid_attach (self->grid, GTK_WIDGET (self->rest), 0, 2 * MAX_BARS, 1, 1);
  gtk_grid_attach (self->grid, GTK_WIDGET (self->rest_percent), 1, 2 * MAX_BARS, 1, 1);
}

GtkWidget *
foc_answer_bars_new (void)
{
  return g_object_new (FOC_TYPE_ANSWER_BARS, NULL);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const float *probabilities = user_data;
  float x = probabilities[*(const guint *) a], y = probabilities[*(const guint *) b];

  return (x < y) - (x > y);
}

/* Where all is from right to left, a number without a letter would be, too: "% 78.6". */
static void
show_percent (GtkLabel *label, double probability)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL;
  g_autofree char *percent = foc_text_describe_probability (probability, 1);

  if (is_rtl) /* isolated, as its first letter goes, or else from left to right */
    {
      g_autofree char *plain = g_steal_pointer (&percent);

      percent = g_strconcat ("\u2068", plain, "\u2069", NULL);
    }
  gtk_label_set_text (label, percent);
}

static void
show_bar (FocAnswerBars *self, guint i, const char *name, float probability, guint label)
{
  g_autofree char *shown = foc_text_escape (name);

  gtk_label_set_text (self->names[i], shown);
  show_percent (self->percents[i], (double) probability);
  self->bars[i]->share = probability;
  self->bars[i]->label = label;
  gtk_widget_queue_draw (GTK_WIDGET (self->bars[i]));
}

static void
show_rest (FocAnswerBars *self, const float *probabilities, const guint *order, guint n)
{
  guint n_more = n > MAX_BARS ? n - MAX_BARS : 0;
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u more class", "%u more classes", n_more), n_more);
  double sum = 0;

  for (guint i = MAX_BARS; i < n; i++)
    sum += (double) probabilities[order[i]];
  gtk_label_set_text (self->rest, text);
  show_percent (self->rest_percent, sum);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), n_more > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rest_percent), n_more > 0);
}

void
foc_answer_bars_set (FocAnswerBars *self,
                     const char *const *names,
                     const float *probabilities,
                     const guint16 *labels,
                     guint n)
{
  g_autofree guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare, (gpointer) probabilities);

  for (guint i = 0; i < MAX_BARS; i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->names[i]), i < n);
      gtk_widget_set_visible (GTK_WIDGET (self->percents[i]), i < n);
      gtk_widget_set_visible (GTK_WIDGET (self->bars[i]), i < n);
      if (i < n)
        show_bar (self, i, names[order[i]], probabilities[order[i]],
                  labels != NULL ? labels[order[i]] : order[i]);
    }
  show_rest (self, probabilities, order, n);
}
