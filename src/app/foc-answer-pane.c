/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answer-pane.h"

#include "foc-answer-bars.h"
#include "foc-numerals.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

struct _FocAnswerPane
{
  GtkWidget parent_instance;

  GtkLabel *answer;
  GtkLabel *reason;
  GtkWidget *painted;
  FocAnswerBars *bars;
  GtkLabel *sums;
};

G_DEFINE_FINAL_TYPE (FocAnswerPane, foc_answer_pane, GTK_TYPE_WIDGET)

static void
foc_answer_pane_dispose (GObject *object)
{
  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_ANSWER_PANE);

  G_OBJECT_CLASS (foc_answer_pane_parent_class)->dispose (object);
}

static void
foc_answer_pane_class_init (FocAnswerPaneClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_answer_pane_dispose;

  g_type_ensure (FOC_TYPE_ANSWER_BARS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-answer-pane.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocAnswerPane, name)
  BIND (answer);
  BIND (reason);
  BIND (painted);
  BIND (bars);
  BIND (sums);
#undef BIND
}

static void
foc_answer_pane_init (FocAnswerPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Model’s Answer"), -1);
  foc_answer_pane_set_message (self, "");
}

GtkWidget *
foc_answer_pane_new (void)
{
  return g_object_new (FOC_TYPE_ANSWER_PANE, NULL);
}

/* Nothing but the answer, or what stands in its place. */
static void
show_words (FocAnswerPane *self, const char *words)
{
  gtk_label_set_text (self->answer, words);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), words[0] != '\0');
}

static void
show_sums (FocAnswerPane *self, const FocShares *shares)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->sums), shares != NULL);
  if (shares == NULL)
    return;
  /* Translators: numbers, in this order: what speaks for the answer, and against it, and
   * their sum; two logits, and their difference. */
  text = g_strdup_printf (_ ("Shares: %+.4f %+.4f = %.4f\nLogits: %.4f − (%.4f) = %.4f"),
                          shares->positive, shares->negative, shares->difference,
                          shares->answer_logit, shares->runner_up_logit,
                          shares->answer_logit - shares->runner_up_logit);
  text = foc_numerals_set_minus (text);
  gtk_label_set_text (self->sums, text);
}

void
foc_answer_pane_set (FocAnswerPane *self,
                     const FocModel *model,
                     const FocExplained *explained,
                     gboolean is_painted)
{
  const FocAnswer *answer = &explained->answer;
  const char *const *names = (const char *const *) model->class_names;
  double percent = 100 * answer->probability;
  g_autofree char *name = foc_text_escape (names[answer->label]);
  g_autofree char *reason = foc_model_describe_doubt (model, answer);
  g_autofree char *words =
    reason == NULL
      /* Translators: the answer of the model, a class and its probability. */
      ? g_strdup_printf (_ ("%s, %.0f %%"), name, percent)
      : g_strdup_printf (_ ("Not sure: %s, %.0f %%"), name, percent);

  show_words (self, words);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  gtk_widget_set_visible (self->painted, is_painted);
  foc_answer_bars_set (self->bars, names, explained->probabilities, NULL,
                       explained->n_classes);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), TRUE);
  show_sums (self, explained->shares);
}

void
foc_answer_pane_set_message (FocAnswerPane *self, const char *message)
{
  show_words (self, message);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), FALSE);
  gtk_widget_set_visible (self->painted, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), FALSE);
  show_sums (self, NULL);
}
