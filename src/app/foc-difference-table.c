/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-difference-table.h"

/* Longer texts are broken into lines. */
#define MAX_CHARS 28

struct _FocDifferenceTable
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
};

G_DEFINE_FINAL_TYPE (FocDifferenceTable, foc_difference_table, GTK_TYPE_WIDGET)

static GtkWidget *
new_label (const char *text, const char *class, gboolean selectable)
{
  return g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0f, "yalign", 0.0f,
                       "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "max-width-chars",
                       MAX_CHARS, "selectable", selectable, "css-classes",
                       (const char *const[]){ class, NULL }, NULL);
}

static void
add (GtkWidget *grid, GtkWidget *label, int column, int row)
{
  gtk_grid_attach (GTK_GRID (grid), label, column, row, 1, 1);
}

static void
add_row (GtkWidget *grid, const FocRunDifference *difference, int row)
{
  GtkWidget *name = new_label (difference->name, "dim-label", FALSE);

  add (grid, name, 0, row);
  for (int i = 0; difference->values[i] != NULL; i++)
    {
      GtkWidget *value = new_label (difference->values[i], "numeric", TRUE);

      gtk_accessible_update_relation (
        GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, name, NULL, -1);
      add (grid, value, i + 1, row);
    }
}

void
foc_difference_table_set (FocDifferenceTable *self,
                          const char *const *names,
                          const GPtrArray *rows,
                          const char *nothing)
{
  GtkWidget *grid =
    g_object_new (GTK_TYPE_GRID, "column-spacing", 18, "row-spacing", 6, "margin-top", 6,
                  "margin-bottom", 6, "margin-start", 6, "margin-end", 6, NULL);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), grid);

  if (rows->len == 0)
    {
      add (grid, new_label (nothing, "body", FALSE), 0, 0);
      return;
    }
  for (int i = 0; names[i] != NULL; i++)
    add (grid, new_label (names[i], "heading", FALSE), i + 1, 0);
  for (guint i = 0; i < rows->len; i++)
    add_row (grid, rows->pdata[i], (int) i + 1);
}

static void
foc_difference_table_dispose (GObject *object)
{
  FocDifferenceTable *self = FOC_DIFFERENCE_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (foc_difference_table_parent_class)->dispose (object);
}

static void
foc_difference_table_class_init (FocDifferenceTableClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_difference_table_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "differences");
}

static void
foc_difference_table_init (FocDifferenceTable *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller),
                                                    TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
foc_difference_table_new (void)
{
  return g_object_new (FOC_TYPE_DIFFERENCE_TABLE, NULL);
}
