/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-grid-cell.h"

#include "foc-palette.h"

#include <glib/gi18n.h>
#include <string.h>

#define BAR_HEIGHT 3
#define STAR_SIZE 12
#define SPACING 2

struct _FocGridCell
{
  GtkWidget parent_instance;

  GtkWidget *star;
  GtkLabel *label;

  char *where;
  guint look;
  FocGridCellValue value;
};

G_DEFINE_FINAL_TYPE (FocGridCell, foc_grid_cell, GTK_TYPE_WIDGET)

static void
foc_grid_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocGridCell *self = FOC_GRID_CELL (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float top = (float) gtk_widget_get_height (widget) - BAR_HEIGHT;
  float length = (float) self->value.progress * width;
  const FocPlotPalette *palette = foc_palette_get ();
  GdkRGBA trough = foc_plot_colour_to_rgba (palette->grid);
  GdkRGBA colour =
    foc_plot_colour_to_rgba (palette->series[self->look % FOC_PLOT_N_COLOURS]);

  GTK_WIDGET_CLASS (foc_grid_cell_parent_class)->snapshot (widget, snapshot);
  if (self->value.state != FOC_GRID_CELL_WORKING)
    return;

  gtk_snapshot_append_color (snapshot, &trough,
                             &GRAPHENE_RECT_INIT (0, top, width, BAR_HEIGHT));
  gtk_snapshot_append_color (
    snapshot, &colour,
    &GRAPHENE_RECT_INIT (is_rtl ? width - length : 0, top, length, BAR_HEIGHT));
}

/* The label is in the middle, as the header of the column, and the star beside it: that keeps
 * its room where it is not seen, so that columns do not move. */
static void
foc_grid_cell_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  FocGridCell *self = FOC_GRID_CELL (widget);

  gtk_widget_measure (GTK_WIDGET (self->label), orientation, -1, minimum, natural, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum += 2 * (STAR_SIZE + SPACING);
      *natural += 2 * (STAR_SIZE + SPACING);
    }
}

static void
foc_grid_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocGridCell *self = FOC_GRID_CELL (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int star;

  /* Of one that is not measured, GTK complains. */
  gtk_widget_measure (self->star, GTK_ORIENTATION_HORIZONTAL, -1, &star, NULL, NULL,
                      NULL);
  gtk_widget_size_allocate (
    self->star, &(GtkAllocation){ is_rtl ? width - star : 0, 0, star, height }, -1);
  gtk_widget_size_allocate (
    GTK_WIDGET (self->label),
    &(GtkAllocation){ STAR_SIZE + SPACING, 0, width - 2 * (STAR_SIZE + SPACING), height },
    -1);
}

static void
foc_grid_cell_dispose (GObject *object)
{
  FocGridCell *self = FOC_GRID_CELL (object);

  g_clear_pointer (&self->star, gtk_widget_unparent);
  if (self->label != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->label));
  self->label = NULL;
  G_OBJECT_CLASS (foc_grid_cell_parent_class)->dispose (object);
}

static void
foc_grid_cell_finalize (GObject *object)
{
  g_free (FOC_GRID_CELL (object)->where);
  G_OBJECT_CLASS (foc_grid_cell_parent_class)->finalize (object);
}

static void
foc_grid_cell_class_init (FocGridCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_grid_cell_dispose;
  G_OBJECT_CLASS (class)->finalize = foc_grid_cell_finalize;
  widget_class->measure = foc_grid_cell_measure;
  widget_class->size_allocate = foc_grid_cell_size_allocate;
  widget_class->snapshot = foc_grid_cell_snapshot;
  gtk_widget_class_set_css_name (widget_class, "gridcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
foc_grid_cell_init (FocGridCell *self)
{
  self->star = g_object_new (GTK_TYPE_IMAGE, "icon-name", "starred-symbolic",
                             "pixel-size", STAR_SIZE, "opacity", 0.0, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->star, GTK_WIDGET (self));
  self->label = g_object_new (GTK_TYPE_LABEL, "width-chars", 11, "css-classes",
                              (const char *const[]){ "numeric", NULL }, NULL);
  /* Accuracy, loss: two numbers keep their order. */
  gtk_widget_set_direction (GTK_WIDGET (self->label), GTK_TEXT_DIR_LTR);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  foc_palette_follow (GTK_WIDGET (self));
}

/* A loss may be of any size, and has little room. */
static char *
format_loss (double loss)
{
  return loss < 1000 ? g_strdup_printf ("%.3f", loss) : g_strdup_printf ("%.3g", loss);
}

static char *
make_text (const FocGridCellValue *value)
{
  g_autofree char *accuracy = g_strdup_printf ("%.3f", value->accuracy);
  g_autofree char *loss = format_loss (value->loss);

  switch (value->state)
    {
    case FOC_GRID_CELL_DONE:
      /* The comma between them is not to be taken for one within. */
      return g_strdup_printf (strchr (accuracy, ',') != NULL ? "%s; %s" : "%s, %s",
                              accuracy, loss);
    case FOC_GRID_CELL_DIVERGED:
      return g_strdup (_ ("diverged"));
    case FOC_GRID_CELL_WORKING:
      return g_strdup ("…");
    case FOC_GRID_CELL_ABSENT:
    default:
      return g_strdup ("–");
    }
}

static char *
make_name (FocGridCell *self)
{
  g_autofree char *accuracy = g_strdup_printf ("%.3f", self->value.accuracy);
  g_autofree char *loss = format_loss (self->value.loss);

  switch (self->value.state)
    {
    case FOC_GRID_CELL_DONE:
      return g_strdup_printf (
        self->value.best
          /* Translators: the first %s is “learning rate 0.01, 30 epochs”. */
          ? _ ("%s: accuracy %s, loss %s, best")
          /* Translators: the first %s is “learning rate 0.01, 30 epochs”. */
          : _ ("%s: accuracy %s, loss %s"),
        self->where, accuracy, loss);
    case FOC_GRID_CELL_DIVERGED:
      /* Translators: %s is “learning rate 0.01, 30 epochs”. */
      return g_strdup_printf (_ ("%s: diverged"), self->where);
    case FOC_GRID_CELL_WORKING:
      /* Translators: %s is “learning rate 0.01, 30 epochs”. */
      return g_strdup_printf (_ ("%s: under way"), self->where);
    case FOC_GRID_CELL_ABSENT:
    default:
      /* Translators: %s is “learning rate 0.01, 30 epochs”. */
      return g_strdup_printf (_ ("%s: not trained"), self->where);
    }
}

static void
set_class (FocGridCell *self, const char *name, gboolean has)
{
  if (has)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
show (FocGridCell *self)
{
  g_autofree char *text = make_text (&self->value);
  g_autofree char *name = make_name (self);
  gboolean is_done = self->value.state == FOC_GRID_CELL_DONE;

  gtk_label_set_text (self->label, text);
  gtk_widget_set_opacity (self->star, is_done && self->value.best ? 1 : 0);
  set_class (self, "best", is_done && self->value.best);
  set_class (self, "dim", !is_done);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

GtkWidget *
foc_grid_cell_new (const char *where, guint look)
{
  FocGridCell *self = g_object_new (FOC_TYPE_GRID_CELL, NULL);

  self->where = g_strdup (where);
  self->look = look;
  show (self);
  return GTK_WIDGET (self);
}

void
foc_grid_cell_set (FocGridCell *self, const FocGridCellValue *value)
{
  const FocGridCellValue old = self->value;

  self->value = *value;
  if (old.state == FOC_GRID_CELL_WORKING && value->state == FOC_GRID_CELL_WORKING)
    {
      if (old.progress != value->progress)
        gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  else if (old.state != value->state
           || (value->state == FOC_GRID_CELL_DONE
               && (old.accuracy != value->accuracy || old.loss != value->loss
                   || old.best != value->best)))
    {
      show (self);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

const char *
foc_grid_cell_get_text (FocGridCell *self)
{
  return gtk_label_get_text (self->label);
}
