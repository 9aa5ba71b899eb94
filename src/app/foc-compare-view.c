/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-compare-view.h"

#include "foc-curves-view.h"
#include "foc-figure-dialog.h"
#include "foc-run-compare.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

struct _FocCompareView
{
  GtkWidget parent_instance;

  FocCurvesView *curves;
  GtkGrid *table;
  GtkWidget *same; /* instead of an empty table */
  GtkWidget *scroller;

  GPtrArray *runs; /* or NULL */
  GStrv names;
};

G_DEFINE_FINAL_TYPE (FocCompareView, foc_compare_view, GTK_TYPE_WIDGET)

enum
{
  CLOSE,
  SAID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
draw (FocCompareView *self)
{
  FocPlot *plot = NULL;

  if (self->runs != NULL)
    plot = foc_figure_draw_comparison ((const FocRun *const *) self->runs->pdata,
                                       (const char *const *) self->names, self->runs->len,
                                       foc_curves_view_get_kind (self->curves),
                                       foc_curves_view_get_logarithmic (self->curves));
  foc_curves_view_set_plot (self->curves, plot, _ ("Curves of the runs"));
}

static void
add_cell (FocCompareView *self, const char *text, int column, int row, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_selectable (GTK_LABEL (label), column > 0);
  gtk_widget_set_hexpand (label, column > 0);
  gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->table, label, column, row, 1, 1);
}

static void
fill_table (FocCompareView *self)
{
  g_autoptr (GPtrArray) rows =
    foc_run_compare_settings ((const FocRun *const *) self->runs->pdata, self->runs->len);

  for (guint j = 0; j < self->runs->len; j++)
    add_cell (self, self->names[j], (int) j + 1, 0, "heading");
  for (guint i = 0; i < rows->len; i++)
    {
      const FocRunDifference *row = rows->pdata[i];

      add_cell (self, row->name, 0, (int) i + 1, "dim-label");
      for (guint j = 0; j < self->runs->len; j++)
        add_cell (self, row->values[j], (int) j + 1, (int) i + 1, "numeric");
    }
  gtk_widget_set_visible (self->same, rows->len == 0 && self->runs->len > 1);
  gtk_widget_set_visible (self->scroller, rows->len > 0);
}

void
foc_compare_view_set_runs (FocCompareView *self,
                           GPtrArray *runs,
                           const char *const *names)
{
  GtkWidget *child;

  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_strfreev);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);

  if (runs != NULL)
    {
      self->runs = g_ptr_array_ref (runs);
      self->names = g_strdupv ((GStrv) names);
      fill_table (self);
    }
  draw (self);
}

static void
on_said (const char *message, gboolean failed, gpointer self)
{
  g_signal_emit (self, signals[SAID], 0, message, failed);
}

static void
on_export (FocCompareView *self)
{
  foc_figure_dialog_export (
    GTK_WIDGET (self), g_ptr_array_ref (self->runs), g_strdupv (self->names),
    foc_curves_view_get_kind (self->curves), FOC_PART_NONE,
    foc_curves_view_get_logarithmic (self->curves), on_said, G_OBJECT (self));
}

static void
on_close (FocCompareView *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static void
foc_compare_view_dispose (GObject *object)
{
  FocCompareView *self = FOC_COMPARE_VIEW (object);

  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_COMPARE_VIEW);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_strfreev);

  G_OBJECT_CLASS (foc_compare_view_parent_class)->dispose (object);
}

static void
foc_compare_view_class_init (FocCompareViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_compare_view_dispose;
  signals[CLOSE] =
    g_signal_new ("close", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  g_type_ensure (FOC_TYPE_CURVES_VIEW);
  gtk_widget_class_set_css_name (widget_class, "compareview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-compare-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FocCompareView, curves);
  gtk_widget_class_bind_template_child (widget_class, FocCompareView, table);
  gtk_widget_class_bind_template_child (widget_class, FocCompareView, same);
  gtk_widget_class_bind_template_child (widget_class, FocCompareView, scroller);
  gtk_widget_class_bind_template_callback (widget_class, draw);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
foc_compare_view_init (FocCompareView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
