/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-results-pane.h"

#include "foc-compat.h"
#include "foc-result-plots.h"
#include "foc-widget.h"

#include <glib/gi18n.h>
#include <math.h>

struct _FocResultsPane
{
  GtkWidget parent_instance;

  GtkWidget *best; /* sections */
  GtkWidget *to_train;
  GtkWidget *model;
  GtkButton *use_model;
  GtkStack *seal; /* "sealed", "broken" */
  FocResultPlots *plots;

  GtkLabel *learning_rate;
  GtkLabel *epochs;
  GtkLabel *validation_accuracy;
  GtkLabel *validation_loss;
  GtkLabel *temperature;
  GtkLabel *calibration_error;

  GtkWidget *train_final;
  GtkLabel *lost_look;
  GtkWidget *look;

  GtkLabel *holdout_accuracy;
  GtkLabel *interval;
  GtkLabel *not_sure;
  GtkLabel *wrong;
  GtkLabel *looks;
  GtkLabel *copies;

  gboolean busy;
  gboolean has_unwritten_model;
  char *folder;        /* of the run, or NULL                          */
  GtkWindow *question; /* whether the seal is to be broken, while it stands */
};

G_DEFINE_FINAL_TYPE (FocResultsPane, foc_results_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_BUSY = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  TRAIN_FINAL,
  LOOK,
  USE_MODEL,
  SAVE_MODEL,
  SHOW_PICTURES,
  EXPORT_FIGURE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the user asks for */

static void
on_train_final (FocResultsPane *self)
{
  g_signal_emit (self, signals[TRAIN_FINAL], 0);
}

static void
on_use_model (FocResultsPane *self)
{
  g_signal_emit (self, signals[USE_MODEL], 0);
}

static void
on_save_model (FocResultsPane *self)
{
  g_signal_emit (self, signals[SAVE_MODEL], 0);
}

static void
on_show_pictures (FocResultsPane *self, guint true_class, guint answer, guint part)
{
  g_signal_emit (self, signals[SHOW_PICTURES], 0, true_class, answer, part);
}

static void
on_export_figure (FocResultsPane *self, guint kind, guint part)
{
  g_signal_emit (self, signals[EXPORT_FIGURE], 0, kind, part);
}

/* The run may have gone on while the question stood. */
static void
on_yes (FocResultsPane *self)
{
  if (!self->busy && gtk_widget_get_mapped (self->look))
    g_signal_emit (self, signals[LOOK], 0);
}

static void
withdraw_question (FocResultsPane *self)
{
  if (self->question != NULL)
    gtk_window_destroy (self->question);
}

static void
on_break_seal (FocResultsPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *question = foc_compat_ask (
    GTK_WINDOW (root), _ ("Break the Seal?"),
    _ (
      "The accuracy on the holdout set will be measured and shown. Each look is counted, "
      "and the count stays in the record of the run."),
    _ ("_Break the Seal"), G_CALLBACK (on_yes), G_OBJECT (self));

  g_set_weak_pointer (&self->question, question);
}

static void
update_busy (FocResultsPane *self)
{
  gtk_widget_set_sensitive (self->train_final, !self->busy);
  gtk_widget_set_sensitive (self->look, !self->busy);
}

static void
foc_results_pane_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, FOC_RESULTS_PANE (object)->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_results_pane_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  FocResultsPane *self = FOC_RESULTS_PANE (object);

  switch (id)
    {
    case PROP_BUSY:
      if (self->busy == g_value_get_boolean (value))
        return;
      self->busy = !self->busy;
      update_busy (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_results_pane_dispose (GObject *object)
{
  FocResultsPane *self = FOC_RESULTS_PANE (object);

  withdraw_question (self);
  g_clear_weak_pointer (&self->question);
  g_clear_pointer (&self->folder, g_free);
  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_RESULTS_PANE);
  G_OBJECT_CLASS (foc_results_pane_parent_class)->dispose (object);
}

static guint
new_signal (const char *name, guint n_params)
{
  return g_signal_new (name, FOC_TYPE_RESULTS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, n_params, G_TYPE_UINT, G_TYPE_UINT,
                       G_TYPE_UINT);
}

static void
bind_template (GtkWidgetClass *class)
{
#define BIND(child) gtk_widget_class_bind_template_child (class, FocResultsPane, child)
  BIND (best);
  BIND (to_train);
  BIND (model);
  BIND (use_model);
  BIND (seal);
  BIND (plots);
  BIND (learning_rate);
  BIND (epochs);
  BIND (validation_accuracy);
  BIND (validation_loss);
  BIND (temperature);
  BIND (calibration_error);
  BIND (train_final);
  BIND (lost_look);
  BIND (look);
  BIND (holdout_accuracy);
  BIND (interval);
  BIND (not_sure);
  BIND (wrong);
  BIND (looks);
  BIND (copies);
#undef BIND
  gtk_widget_class_bind_template_callback (class, on_train_final);
  gtk_widget_class_bind_template_callback (class, on_use_model);
  gtk_widget_class_bind_template_callback (class, on_save_model);
  gtk_widget_class_bind_template_callback (class, on_break_seal);
  gtk_widget_class_bind_template_callback (class, on_show_pictures);
  gtk_widget_class_bind_template_callback (class, on_export_figure);
}

static void
foc_results_pane_class_init (FocResultsPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_results_pane_get_property;
  object_class->set_property = foc_results_pane_set_property;
  object_class->dispose = foc_results_pane_dispose;

  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                             | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[TRAIN_FINAL] = new_signal ("train-final", 0);
  signals[LOOK] = new_signal ("look", 0);
  signals[USE_MODEL] = new_signal ("use-model", 0);
  signals[SAVE_MODEL] = new_signal ("save-model", 0);
  signals[SHOW_PICTURES] = new_signal ("show-pictures", 3);
  signals[EXPORT_FIGURE] = new_signal ("export-figure", 2);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (FOC_TYPE_RESULT_PLOTS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-results-pane.ui");
  bind_template (widget_class);
}

static void
foc_results_pane_init (FocResultsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_wrap_buttons (GTK_WIDGET (self));
}

GtkWidget *
foc_results_pane_new (void)
{
  return g_object_new (FOC_TYPE_RESULTS_PANE, NULL);
}

/* The run */

static void G_GNUC_PRINTF (2, 3) say (GtkLabel *label, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  gtk_label_set_text (label, text);
}

/* A part of all answers. */
static void
say_part (GtkLabel *label, guint64 n, guint64 total)
{
  /* Translators: how many answers, and how many per cent of all. */
  say (label, _ ("%u (%.1f %%)"), (guint) n,
       total > 0 ? 100.0 * (double) n / (double) total : 0.0);
}

static void
show_best (FocResultsPane *self, const FocRun *run)
{
  const FocCertainty *certainty = &run->certainty;

  say (self->learning_rate, "%g", run->best.learning_rate);
  say (self->epochs, "%u", run->best.epochs);
  say (self->validation_accuracy, _ ("%.2f %%"), 100 * run->best.accuracy);
  say (self->validation_loss, "%.3f", run->best.loss);
  if (certainty->temperature > 0)
    {
      say (self->temperature, "%.3f", certainty->temperature);
      /* Translators: an error before and after calibration. */
      say (self->calibration_error, _ ("%.4f before, %.4f after"),
           certainty->error_before, certainty->error_after);
    }
  else
    {
      say (self->temperature, "–");
      say (self->calibration_error, "–");
    }
}

static void
show_sealed (FocResultsPane *self, guint n_looks)
{
  gtk_stack_set_visible_child_name (self->seal, "sealed");
  gtk_widget_set_visible (GTK_WIDGET (self->lost_look), n_looks > 0);
  say (self->lost_look,
       ngettext ("It was looked at once already, but what was seen is not recorded.",
                 "It was looked at %u times already, but what was seen is not recorded.",
                 n_looks),
       n_looks);
  for (GtkLabel **label =
         (GtkLabel *[]){ self->holdout_accuracy, self->interval, self->not_sure,
                         self->wrong, self->looks, self->copies, NULL };
       *label != NULL; label++)
    gtk_label_set_text (*label, "");
}

static void
show_holdout (FocResultsPane *self, const FocRun *run)
{
  const FocMeasurement *result = &run->holdout;
  guint64 total = foc_confusion_total (&result->confusion);

  gtk_stack_set_visible_child_name (self->seal, "broken");
  say (self->holdout_accuracy, _ ("%.2f %%"), 100 * result->accuracy);
  /* Translators: from the lower to the upper end of an interval. */
  say (self->interval, _ ("%.2f %% to %.2f %%"), 100 * result->interval[0],
       100 * result->interval[1]);
  say_part (self->not_sure, total - result->n_answered, total);
  say_part (self->wrong, result->n_answered_wrongly, total);
  say (self->looks, ngettext ("looked at once", "looked at %u times", run->n_looks),
       run->n_looks);
  gtk_widget_set_visible (GTK_WIDGET (self->copies), run->n_copies > 0);
  say (
    self->copies,
    ngettext ("%'u of these pictures is a copy, or nearly, of one that the model was "
              "trained on: on new pictures it does less well.",
              "%'u of these pictures are copies, or nearly, of some that the model was "
              "trained on: on new pictures it does less well.",
              run->n_copies),
    run->n_copies);
}

void
foc_results_pane_set_has_unwritten_model (FocResultsPane *self, gboolean has_it)
{
  self->has_unwritten_model = has_it;
}

void
foc_results_pane_set_in_use (FocResultsPane *self, gboolean in_use)
{
  gtk_button_set_label (self->use_model,
                        in_use ? _ ("In Use on All Pages") : _ ("_Use This Model"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->use_model), !in_use);
}

void
foc_results_pane_set_run (FocResultsPane *self, const FocRun *run)
{
  gboolean has_grid = run != NULL && run->grid != NULL && !foc_run_has_diverged (run);
  gboolean has_model =
    has_grid && (run->model_sha256 != NULL || self->has_unwritten_model);
  gboolean is_broken = has_model && run->n_looks > 0 && run->holdout.measured;

  g_return_if_fail (FOC_IS_RESULTS_PANE (self));

  if (g_strcmp0 (self->folder, run != NULL ? run->folder : NULL) != 0)
    {
      withdraw_question (self); /* it was about another one */
      g_free (self->folder);
      self->folder = run != NULL ? g_strdup (run->folder) : NULL;
    }

  gtk_widget_set_visible (self->best, has_grid);
  if (has_grid)
    show_best (self, run);
  gtk_widget_set_visible (self->to_train, has_grid && !has_model);
  gtk_widget_set_visible (self->model, has_model);
  if (is_broken)
    show_holdout (self, run);
  else
    show_sealed (self, has_model ? run->n_looks : 0);

  gtk_widget_set_visible (GTK_WIDGET (self->plots),
                          has_grid && (run->validation.measured || is_broken));
  foc_result_plots_set_run (self->plots, run, is_broken);
}
