/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-result-plots.h"

#include "foc-figure.h"
#include "foc-plot-view.h"
#include "foc-widget.h"

#include <glib/gi18n.h>
#include <math.h>

static const FocFigureKind kinds[] = { FOC_FIGURE_CONFUSION, FOC_FIGURE_ROC,
                                       FOC_FIGURE_CALIBRATION };

#define N_KINDS G_N_ELEMENTS (kinds)

/* What is drawn of one part. */
typedef struct
{
  FocPlot *plots[N_KINDS];
  char *summaries[N_KINDS];
} Drawings;

struct _FocResultPlots
{
  GtkWidget parent_instance;

  GtkToggleButton *validation;
  GtkToggleButton *holdout;
  GtkWidget *flow; /* of the plots */
  FocPlotView *confusion;
  FocPlotView *roc;
  FocPlotView *calibration;
  GtkLabel *confusion_summary;
  GtkLabel *roc_summary;
  GtkLabel *calibration_summary;

  Drawings drawings[2]; /* of the validation set, of the holdout set */
};

G_DEFINE_FINAL_TYPE (FocResultPlots, foc_result_plots, GTK_TYPE_WIDGET)

enum
{
  SHOW_PICTURES,
  EXPORT_FIGURE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static FocPart
get_part (FocResultPlots *self)
{
  return gtk_toggle_button_get_active (self->holdout) ? FOC_PART_HOLDOUT
                                                      : FOC_PART_VALIDATION;
}

static void
show (FocResultPlots *self)
{
  FocPlotView *views[N_KINDS] = { self->confusion, self->roc, self->calibration };
  GtkLabel *labels[N_KINDS] = { self->confusion_summary, self->roc_summary,
                                self->calibration_summary };
  const Drawings *drawings = &self->drawings[get_part (self) == FOC_PART_HOLDOUT];

  for (guint i = 0; i < N_KINDS; i++)
    {
      const char *summary = drawings->summaries[i] != NULL ? drawings->summaries[i] : "";

      foc_plot_view_set_plot (views[i], drawings->plots[i]);
      foc_plot_view_set_summary (views[i], summary);
      gtk_label_set_text (labels[i], summary);
    }
}

static void
on_part_toggled (FocResultPlots *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button)) /* the other one tells it too */
    show (self);
}

static void
on_cell_activated (FocResultPlots *self, guint true_class, guint answer)
{
  g_signal_emit (self, signals[SHOW_PICTURES], 0, true_class, answer,
                 (guint) get_part (self));
}

static void
export_figure (GtkWidget *widget, const char *name, GVariant *kind)
{
  FocResultPlots *self = FOC_RESULT_PLOTS (widget);
  const char *names[N_KINDS] = { "confusion", "roc", "calibration" };

  for (guint i = 0; i < N_KINDS; i++)
    if (g_str_equal (g_variant_get_string (kind, NULL), names[i]))
      g_signal_emit (self, signals[EXPORT_FIGURE], 0, (guint) kinds[i],
                     (guint) get_part (self));
}

static void
drawings_clear (Drawings *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    {
      g_clear_object (&self->plots[i]);
      g_clear_pointer (&self->summaries[i], g_free);
    }
}

static void
foc_result_plots_dispose (GObject *object)
{
  FocResultPlots *self = FOC_RESULT_PLOTS (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->drawings); i++)
    drawings_clear (&self->drawings[i]);
  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_RESULT_PLOTS);
  G_OBJECT_CLASS (foc_result_plots_parent_class)->dispose (object);
}

static void
foc_result_plots_class_init (FocResultPlotsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_result_plots_dispose;
  signals[SHOW_PICTURES] =
    g_signal_new ("show-pictures", FOC_TYPE_RESULT_PLOTS, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  signals[EXPORT_FIGURE] =
    g_signal_new ("export-figure", FOC_TYPE_RESULT_PLOTS, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "results.export", "s", export_figure);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "resultplots");

  g_type_ensure (FOC_TYPE_PLOT_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-result-plots.ui");
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, validation);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, holdout);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, flow);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, confusion);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, roc);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, calibration);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, confusion_summary);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots, roc_summary);
  gtk_widget_class_bind_template_child (widget_class, FocResultPlots,
                                        calibration_summary);
  gtk_widget_class_bind_template_callback (widget_class, on_part_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_activated);
}

/* A plot would like to be large; how many stand side by side goes by how small it may be. */
static void
measure_plot (GtkWidget *widget,
              GtkOrientation orientation,
              int for_size,
              int *minimum,
              int *natural,
              int *minimum_baseline,
              int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum,
                      NULL, NULL, NULL);
  *natural = *minimum;
}

static void
allocate_plot (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline,
                       NULL);
}

static GtkSizeRequestMode
get_plot_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
foc_result_plots_init (FocResultPlots *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_wrap_buttons (GTK_WIDGET (self));
  for (GtkWidget *child = gtk_widget_get_first_child (self->flow); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_layout_manager (
      child, gtk_custom_layout_new (get_plot_mode, measure_plot, allocate_plot));
}

GtkWidget *
foc_result_plots_new (void)
{
  return g_object_new (FOC_TYPE_RESULT_PLOTS, NULL);
}

static char *
summarise_confusion (const FocMeasurement *result)
{
  guint n = (guint) foc_confusion_total (&result->confusion);
  guint n_correct = (guint) foc_confusion_correct (&result->confusion);

  return g_strdup_printf (
    ngettext ("%u of %u answer is right", "%u of %u answers are right", n), n_correct, n);
}

static char *
summarise_roc (const FocMeasurement *result)
{
  double area = 0;

  for (guint i = 0; i < result->n_rocs; i++)
    area += result->rocs[i].auc / result->n_rocs;

  if (!isfinite (area) || result->n_rocs == 0)
    return g_strdup (_ ("No curve, since the set has pictures of one class only"));
  if (result->n_rocs > 1)
    return g_strdup_printf (_ ("Area under the curves %.4f on average"), area);
  return g_strdup_printf (_ ("Area under the curve %.4f"), area);
}

static char *
summarise_calibration (const FocMeasurement *result)
{
  return g_strdup_printf (
    _ ("Expected calibration error %.4f (%.4f without calibration)"),
    result->calibration.error, result->uncalibrated.error);
}

static void
draw (Drawings *self, const FocRun *run, FocPart part)
{
  const FocMeasurement *result =
    part == FOC_PART_HOLDOUT ? &run->holdout : &run->validation;

  for (guint i = 0; i < N_KINDS; i++)
    self->plots[i] = foc_figure_draw (run, kinds[i], part, FALSE);
  self->summaries[0] = summarise_confusion (result);
  self->summaries[1] = summarise_roc (result);
  self->summaries[2] = summarise_calibration (result);
}

void
foc_result_plots_set_run (FocResultPlots *self, const FocRun *run, gboolean with_holdout)
{
  gboolean had_holdout;

  g_return_if_fail (FOC_IS_RESULT_PLOTS (self));

  had_holdout = gtk_widget_get_sensitive (GTK_WIDGET (self->holdout));
  for (guint i = 0; i < G_N_ELEMENTS (self->drawings); i++)
    drawings_clear (&self->drawings[i]);
  if (run != NULL && run->validation.measured)
    draw (&self->drawings[0], run, FOC_PART_VALIDATION);
  with_holdout = with_holdout && run != NULL && run->holdout.measured;
  if (with_holdout)
    draw (&self->drawings[1], run, FOC_PART_HOLDOUT);

  gtk_widget_set_sensitive (GTK_WIDGET (self->holdout), with_holdout);
  gtk_widget_set_tooltip_text (
    GTK_WIDGET (self->holdout),
    with_holdout ? NULL : _ ("Under seal until somebody looks at its result"));
  if (with_holdout && !had_holdout)
    gtk_toggle_button_set_active (self->holdout, TRUE);
  else if (!with_holdout)
    gtk_toggle_button_set_active (self->validation, TRUE);
  show (self);
}
