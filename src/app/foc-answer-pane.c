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

  GtkWidget *answers; /* stacks: what is said, and what may be */
  GtkLabel *answer;
  GtkLabel *longest_answer;
  FocAnswerBars *bars;
  GtkWidget *reasons;
  GtkLabel *reason;
  GtkLabel *reasons_there_are[FOC_DOUBT_NOVELTY];
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
  BIND (answers);
  BIND (answer);
  BIND (bars);
  BIND (reasons);
  BIND (reason);
#undef BIND
}

/* As the label that is seen, and nothing to a screen reader. */
static GtkLabel *
add_room (GtkWidget *stack, GtkLabel *seen)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (GTK_WIDGET (seen));
  GtkWidget *room =
    g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_NONE, "wrap",
                  TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "max-width-chars",
                  gtk_label_get_max_width_chars (seen), "css-classes", classes, NULL);

  gtk_stack_add_child (GTK_STACK (stack), room);
  return GTK_LABEL (room);
}

static void
foc_answer_pane_init (FocAnswerPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->longest_answer = add_room (self->answers, self->answer);
  for (guint i = 0; i < G_N_ELEMENTS (self->reasons_there_are); i++)
    self->reasons_there_are[i] = add_room (self->reasons, self->reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Model’s Answer"), -1);
  foc_answer_pane_set_message (self, "");
}

GtkWidget *
foc_answer_pane_new (void)
{
  return g_object_new (FOC_TYPE_ANSWER_PANE, NULL);
}

/* A child of a stack that takes as much room as `text` would, and is never seen. */
static void
reserve (GtkLabel *room, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (room), text) != 0)
    gtk_label_set_text (room, text);
}

static char *
describe_answer (const char *class_name, double probability, gboolean is_sure)
{
  g_autofree char *name = foc_text_escape (class_name);
  g_autofree char *percent = foc_text_describe_probability (probability, 0);

  if (is_sure)
    /* Translators: the answer of the model, a class and its probability. */
    return g_strdup_printf (_ ("%s, %s"), name, percent);
  return g_strdup_printf (_ ("Not sure: %s, %s"), name, percent);
}

/* For the longest name, and for each reason that the model can have. */
static void
reserve_all (FocAnswerPane *self, const FocModel *model)
{
  const char *longest = "";
  g_autofree char *answer = NULL;

  for (guint i = 0; model->class_names[i] != NULL; i++)
    if (g_utf8_strlen (model->class_names[i], -1) > g_utf8_strlen (longest, -1))
      longest = model->class_names[i];
  answer = describe_answer (longest, 1 - 1e-9, FALSE);
  reserve (self->longest_answer, answer);

  for (FocDoubt doubt = FOC_DOUBT_PROBABILITY; doubt <= FOC_DOUBT_NOVELTY; doubt++)
    {
      const FocAnswer doubtful = {
        .probability = model->threshold - 1e-4,
        .certainty = model->novelty != NULL ? model->novelty->min_certainty - 1e-4 : 0,
        .doubt = doubt,
      };
      g_autofree char *reason = NULL;

      if (doubt == FOC_DOUBT_PROBABILITY || model->novelty != NULL)
        reason = foc_model_describe_doubt (model, &doubtful);
      reserve (self->reasons_there_are[doubt - 1], reason != NULL ? reason : "");
    }
}

static void
set_visible (FocAnswerPane *self, gboolean answer, gboolean rest)
{
  gtk_widget_set_visible (self->answers, answer);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), rest);
  gtk_widget_set_visible (self->reasons, rest);
}

void
foc_answer_pane_set (FocAnswerPane *self,
                     const FocModel *model,
                     const FocExplained *explained)
{
  const FocAnswer *answer = &explained->answer;
  const char *const *names = (const char *const *) model->class_names;
  g_autofree char *reason = foc_model_describe_doubt (model, answer);
  g_autofree char *words =
    describe_answer (names[answer->label], answer->probability, reason == NULL);

  reserve_all (self, model);
  gtk_label_set_text (self->answer, words);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  foc_answer_bars_set (self->bars, names, explained->probabilities, NULL,
                       explained->n_classes);
  set_visible (self, TRUE, TRUE);
}

void
foc_answer_pane_set_message (FocAnswerPane *self, const char *message)
{
  reserve (self->longest_answer, "");
  gtk_label_set_text (self->answer, message);
  set_visible (self, message[0] != '\0', FALSE);
}
