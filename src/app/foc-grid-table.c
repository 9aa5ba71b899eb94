/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-grid-table.h"

#include "foc-grid-cell.h"
#include "foc-widget.h"

#include <glib/gi18n.h>
#include <math.h>

struct _FocGridTable
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkGrid *grid;

  /* What the cells are made for. */
  guint n_rates, n_epochs;
  double rates[FOC_LIMIT_LEARNING_RATES];
  guint epochs[FOC_LIMIT_EPOCH_COUNTS];

  FocGridCell *cells[FOC_LIMIT_LEARNING_RATES][FOC_LIMIT_EPOCH_COUNTS];
  guint row, column; /* of the cell that has the focus, or had it last */
};

G_DEFINE_FINAL_TYPE (FocGridTable, foc_grid_table, GTK_TYPE_WIDGET)

/* Room for the header and this many rows is asked for; what is beyond is scrolled to. */
#define LEAST_ROWS 6

static GtkSizeRequestMode
foc_grid_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
foc_grid_table_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  FocGridTable *self = FOC_GRID_TABLE (widget);
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (self->scrolled);
  int n = (int) self->n_rates;
  int width, bar = 0;

  gtk_widget_measure (self->scrolled, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  *minimum = MAX (*minimum, *natural * (MIN (n, LEAST_ROWS) + 1) / (n + 1));
  /* A bar below the table takes nothing of its rows. */
  gtk_widget_measure (self->scrolled, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL,
                      NULL);
  if (for_size >= 0 && for_size < width)
    gtk_widget_measure (gtk_scrolled_window_get_hscrollbar (scrolled),
                        GTK_ORIENTATION_VERTICAL, -1, NULL, &bar, NULL, NULL);
  *minimum += bar;
  *natural += bar;
}

static void
foc_grid_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (FOC_GRID_TABLE (widget)->scrolled, width, height, baseline, NULL);
}

/* The keyboard */

static gboolean
focus_cell (FocGridTable *self, guint row, guint column)
{
  return gtk_widget_grab_focus (GTK_WIDGET (self->cells[row][column]));
}

static gboolean
foc_grid_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  FocGridTable *self = FOC_GRID_TABLE (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean is_forward = (direction == GTK_DIR_RIGHT) != is_rtl;
  guint row = self->row, column = self->column;

  if (self->n_rates == 0 || self->n_epochs == 0)
    return FALSE;
  if (gtk_widget_get_focus_child (widget) == NULL)
    return focus_cell (self, row, column);

  switch (direction)
    {
    case GTK_DIR_UP:
      row -= row > 0;
      break;
    case GTK_DIR_DOWN:
      row += row + 1 < self->n_rates;
      break;
    case GTK_DIR_LEFT:
    case GTK_DIR_RIGHT:
      if (is_forward)
        column += column + 1 < self->n_epochs;
      else
        column -= column > 0;
      break;
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return FALSE;
    }

  return focus_cell (self, row, column);
}

static void
on_enter (GtkEventControllerFocus *controller, FocGridTable *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  for (guint i = 0; i < self->n_rates; i++)
    for (guint j = 0; j < self->n_epochs; j++)
      if (GTK_WIDGET (self->cells[i][j]) == cell)
        {
          self->row = i;
          self->column = j;
        }
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, gpointer user_data)
{
  gtk_widget_grab_focus (
    gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)));
}

static gboolean
copy (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_autofree char *text = foc_grid_table_get_text (FOC_GRID_TABLE (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  return TRUE;
}

static void
foc_grid_table_dispose (GObject *object)
{
  FOC_GRID_TABLE (object)->n_rates = 0; /* the cells go */
  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_GRID_TABLE);
  G_OBJECT_CLASS (foc_grid_table_parent_class)->dispose (object);
}

static void
foc_grid_table_class_init (FocGridTableClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_grid_table_dispose;
  widget_class->get_request_mode = foc_grid_table_get_request_mode;
  widget_class->measure = foc_grid_table_measure;
  widget_class->size_allocate = foc_grid_table_size_allocate;
  widget_class->focus = foc_grid_table_focus;
  gtk_widget_class_set_css_name (widget_class, "gridtable");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, copy, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Insert, GDK_CONTROL_MASK, copy,
                                NULL);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-grid-table.ui");
  gtk_widget_class_bind_template_child (widget_class, FocGridTable, scrolled);
  gtk_widget_class_bind_template_child (widget_class, FocGridTable, grid);
}

static void
foc_grid_table_init (FocGridTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
foc_grid_table_new (void)
{
  return g_object_new (FOC_TYPE_GRID_TABLE, NULL);
}

/* The cells */

static void
add_header (FocGridTable *self,
            GtkAccessibleRole role,
            guint column,
            guint row,
            const char *text,
            const char *name)
{
  GtkWidget *label = g_object_new (
    GTK_TYPE_LABEL, "label", text, "xalign", column == 0 ? 0.0 : 0.5, "accessible-role",
    role, "css-classes", (const char *const[]){ "numeric", NULL }, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_grid_attach (self->grid, label, (int) column, (int) row, 1, 1);
}

static FocGridCell *
add_cell (FocGridTable *self, guint row, guint column)
{
  guint epochs = self->epochs[column];
  g_autofree char *rate = g_strdup_printf ("%g", self->rates[row]);
  g_autofree char *where = g_strdup_printf (
    ngettext ("learning rate %s, %u epoch", "learning rate %s, %u epochs", epochs), rate,
    epochs);
  GtkWidget *cell = foc_grid_cell_new (where, row);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (focus, "enter", G_CALLBACK (on_enter), self);
  gtk_widget_add_controller (cell, focus);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), NULL);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (click));
  gtk_accessible_update_relation (
    GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_RELATION_ROW_INDEX, (int) row + 2,
    GTK_ACCESSIBLE_RELATION_COL_INDEX, (int) column + 2, -1);
  gtk_grid_attach (self->grid, cell, (int) column + 1, (int) row + 1, 1, 1);
  return FOC_GRID_CELL (cell);
}

static void
clear (FocGridTable *self)
{
  GtkWidget *child;

  self->n_rates = self->n_epochs = self->row = self->column = 0;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

/* Headers and absent cells for all of `grid`. */
static void
build (FocGridTable *self, const FocGrid *grid)
{
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  clear (self);
  self->n_rates = grid->n_learning_rates;
  self->n_epochs = grid->n_epochs;
  add_header (self, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, 0, 0, _ ("Learning rate"),
              _ ("Learning rate"));

  for (guint j = 0; j < self->n_epochs; j++)
    {
      guint n = self->epochs[j] = grid->epochs[j];
      g_autofree char *text = g_strdup_printf (ngettext ("%u epoch", "%u epochs", n), n);

      add_header (self, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, j + 1, 0, text, text);
    }

  for (guint i = 0; i < self->n_rates; i++)
    {
      double rate = self->rates[i] = grid->trajectories[i].learning_rate;
      g_autofree char *text = g_strdup_printf ("%g", rate);
      /* Translators: %s is a number. */
      g_autofree char *name = g_strdup_printf (_ ("learning rate %s"), text);

      add_header (self, GTK_ACCESSIBLE_ROLE_ROW_HEADER, 0, i + 1, text, name);
      for (guint j = 0; j < self->n_epochs; j++)
        self->cells[i][j] = add_cell (self, i, j);
    }

  if (has_focus)
    focus_cell (self, 0, 0);
}

static gboolean
is_built (FocGridTable *self, const FocGrid *grid)
{
  if (self->n_rates != grid->n_learning_rates || self->n_epochs != grid->n_epochs)
    return FALSE;
  for (guint i = 0; i < self->n_rates; i++)
    if (self->rates[i] != grid->trajectories[i].learning_rate)
      return FALSE;
  for (guint j = 0; j < self->n_epochs; j++)
    if (self->epochs[j] != grid->epochs[j])
      return FALSE;

  return TRUE;
}

/* How far the trajectory is between the cell before and this one; of neither: -1. */
static double
get_progress (const FocGrid *grid, const FocTrajectory *trajectory, guint column)
{
  const FocCurve *curve = trajectory->curve;
  double before = column > 0 ? grid->epochs[column - 1] : 0;
  double epoch;

  if (curve->len == 0)
    return -1;
  epoch = foc_curve_get (curve, curve->len - 1)->epoch;
  return epoch < before ? -1 : (epoch - before) / (grid->epochs[column] - before);
}

static void
get_value (const FocGrid *grid,
           guint row,
           guint column,
           const FocCell *best,
           gboolean running,
           FocGridCellValue *value)
{
  const FocTrajectory *trajectory = &grid->trajectories[row];
  double progress = get_progress (grid, trajectory, column);
  FocCell cell;

  foc_grid_get_cell (grid, row, column, &cell);
  *value = (FocGridCellValue){ .accuracy = cell.accuracy, .loss = cell.loss };
  if (isfinite (cell.accuracy))
    {
      value->state = FOC_GRID_CELL_DONE;
      value->best = best != NULL && best->learning_rate == cell.learning_rate
                    && best->epochs == cell.epochs;
    }
  else if (trajectory->diverged)
    value->state = FOC_GRID_CELL_DIVERGED;
  else if (running && progress >= 0 && progress < 1)
    {
      value->state = FOC_GRID_CELL_WORKING;
      value->progress = progress;
    }
}

void
foc_grid_table_set_grid (FocGridTable *self,
                         const FocGrid *grid,
                         const FocCell *best,
                         gboolean running)
{
  g_return_if_fail (FOC_IS_GRID_TABLE (self));

  if (grid == NULL)
    {
      clear (self);
      return;
    }
  if (!is_built (self, grid))
    build (self, grid);

  for (guint i = 0; i < self->n_rates; i++)
    for (guint j = 0; j < self->n_epochs; j++)
      {
        FocGridCellValue value;

        get_value (grid, i, j, best, running, &value);
        foc_grid_cell_set (self->cells[i][j], &value);
      }
}

/* What stands in a place of the grid, whose first row and column are headers. */
static const char *
get_text_at (FocGridTable *self, guint column, guint row)
{
  if (column > 0 && row > 0)
    return foc_grid_cell_get_text (self->cells[row - 1][column - 1]);
  return gtk_label_get_text (
    GTK_LABEL (gtk_grid_get_child_at (self->grid, (int) column, (int) row)));
}

char *
foc_grid_table_get_text (FocGridTable *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (FOC_IS_GRID_TABLE (self), NULL);

  for (guint row = 0; self->n_rates > 0 && row <= self->n_rates; row++)
    for (guint column = 0; column <= self->n_epochs; column++)
      g_string_append_printf (text, "%s%c", get_text_at (self, column, row),
                              column < self->n_epochs ? '\t' : '\n');

  return g_strdup (text->str);
}
