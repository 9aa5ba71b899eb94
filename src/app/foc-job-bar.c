/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-job-bar.h"

#define PULSE_INTERVAL 100 /* milliseconds */

struct _FocJobBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkProgressBar *progress;
  GtkWidget *cancel;
  GtkWidget *cancel_all;

  FocJob *job;
  FocJobTextFunc text_func;
  char *waiting; /* what for, or NULL */
  guint reveal_id;
  guint pulse_id;
};

G_DEFINE_FINAL_TYPE (FocJobBar, foc_job_bar, ADW_TYPE_BIN)

enum
{
  PROP_JOB = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  CANCEL,
  CANCEL_ALL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
pulse (gpointer user_data)
{
  gtk_progress_bar_pulse (FOC_JOB_BAR (user_data)->progress);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_busy (FocJobBar *self)
{
  return self->waiting != NULL || (self->job != NULL && foc_job_get_running (self->job));
}

static void
show (FocJobBar *self, gboolean is_shown)
{
  /* What fades keeps its place also where it is not shown. */
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), is_shown);
  gtk_revealer_set_reveal_child (self->revealer, is_shown);
}

/* Only what is seen is kept up to date. */
static void
update (FocJobBar *self)
{
  g_autofree char *text = NULL;
  double fraction;

  if ((self->job == NULL && self->waiting == NULL)
      || !gtk_revealer_get_reveal_child (self->revealer))
    return;

  text = self->waiting != NULL ? g_strdup (self->waiting) : self->text_func (self->job);
  gtk_label_set_text (self->label, text);

  fraction = self->waiting != NULL ? -1 : foc_job_get_fraction (self->job);
  if (fraction >= 0)
    {
      g_clear_handle_id (&self->pulse_id, g_source_remove);
      gtk_progress_bar_set_fraction (self->progress, fraction);
    }
  else if (self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_INTERVAL, pulse, self);
}

static gboolean
reveal (gpointer user_data)
{
  FocJobBar *self = user_data;

  self->reveal_id = 0;
  gtk_progress_bar_set_fraction (self->progress, 0);
  show (self, TRUE);
  update (self);

  return G_SOURCE_REMOVE;
}

static void
follow_running (FocJobBar *self)
{
  if (is_busy (self))
    {
      if (self->reveal_id == 0 && !gtk_revealer_get_reveal_child (self->revealer))
        self->reveal_id = g_timeout_add (FOC_JOB_BAR_DELAY, reveal, self);
    }
  else
    {
      g_clear_handle_id (&self->reveal_id, g_source_remove);
      g_clear_handle_id (&self->pulse_id, g_source_remove);
      show (self, FALSE);
    }
}

static void
press_cancel (FocJobBar *self)
{
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
press_cancel_all (FocJobBar *self)
{
  g_signal_emit (self, signals[CANCEL_ALL], 0);
}

static void
foc_job_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_JOB:
      g_value_set_object (value, FOC_JOB_BAR (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_job_bar_set_property (GObject *object,
                          guint id,
                          const GValue *value,
                          GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_JOB:
      foc_job_bar_set_job (FOC_JOB_BAR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_job_bar_dispose (GObject *object)
{
  FocJobBar *self = FOC_JOB_BAR (object);

  if (self->revealer != NULL)
    {
      foc_job_bar_set_waiting (self, NULL);
      foc_job_bar_set_job (self, NULL);
    }
  /* The template would take it away behind the back of its parent. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_JOB_BAR);
  G_OBJECT_CLASS (foc_job_bar_parent_class)->dispose (object);
}

static void
foc_job_bar_class_init (FocJobBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = foc_job_bar_get_property;
  object_class->set_property = foc_job_bar_set_property;
  object_class->dispose = foc_job_bar_dispose;

  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, FOC_TYPE_JOB,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CANCEL] = g_signal_new ("cancel", FOC_TYPE_JOB_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCEL_ALL] = g_signal_new ("cancel-all", FOC_TYPE_JOB_BAR, G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-job-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, FocJobBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, FocJobBar, label);
  gtk_widget_class_bind_template_child (widget_class, FocJobBar, progress);
  gtk_widget_class_bind_template_child (widget_class, FocJobBar, cancel);
  gtk_widget_class_bind_template_child (widget_class, FocJobBar, cancel_all);
  gtk_widget_class_bind_template_callback (widget_class, press_cancel);
  gtk_widget_class_bind_template_callback (widget_class, press_cancel_all);
}

static void
foc_job_bar_init (FocJobBar *self)
{
  self->text_func = foc_job_text_opening;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
foc_job_bar_new (void)
{
  return g_object_new (FOC_TYPE_JOB_BAR, NULL);
}

void
foc_job_bar_set_text_func (FocJobBar *self, FocJobTextFunc func)
{
  g_return_if_fail (FOC_IS_JOB_BAR (self));

  self->text_func = func;
  update (self);
}

void
foc_job_bar_set_cancel_tooltip (FocJobBar *self, const char *tooltip)
{
  g_return_if_fail (FOC_IS_JOB_BAR (self));

  gtk_widget_set_tooltip_text (self->cancel, tooltip);
}

void
foc_job_bar_set_has_more (FocJobBar *self, gboolean has_more)
{
  g_return_if_fail (FOC_IS_JOB_BAR (self));

  gtk_widget_set_visible (self->cancel_all, has_more);
}

void
foc_job_bar_set_job (FocJobBar *self, FocJob *job)
{
  g_return_if_fail (FOC_IS_JOB_BAR (self));

  if (self->job == job)
    return;

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  if (job != NULL)
    {
      g_signal_connect_swapped (job, "notify", G_CALLBACK (update), self);
      g_signal_connect_swapped (job, "notify::running", G_CALLBACK (follow_running),
                                self);
    }
  follow_running (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}

FocJob *
foc_job_bar_get_job (FocJobBar *self)
{
  g_return_val_if_fail (FOC_IS_JOB_BAR (self), NULL);

  return self->job;
}

void
foc_job_bar_set_waiting (FocJobBar *self, const char *text)
{
  g_return_if_fail (FOC_IS_JOB_BAR (self));

  g_free (self->waiting);
  self->waiting = g_strdup (text);
  follow_running (self);
  update (self);
}
