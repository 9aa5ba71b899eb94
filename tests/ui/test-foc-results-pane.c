/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-results-pane.h"

#include "foc-blas.h"
#include "foc-figure.h"
#include "foc-plot-view.h"
#include "test-experiment.h"
#include "test-folders.h"
#include "test-measurement.h"
#include "test-ui-window.h"
#include "test-ui.h"

#include <string.h>

/* A run that the core makes, step by step, and what the pane shows of it. */
typedef struct
{
  char *output;
  FocExperimentOptions options;
  FocExperiment *experiment;
  FocRun *run; /* of the experiment */
  FocResultsPane *pane;
  GtkWidget *window;
} Fixture;

static GString *asked; /* "train-final;look;", as the pane has asked */

static const char *const plain_signals[] = { "train-final", "look", "use-model",
                                             "save-model" };

static void
note_plain (const char *name)
{
  g_string_append_printf (asked, "%s;", name);
}

static void
note_show_pictures (FocResultsPane *pane, guint true_class, guint answer, guint part)
{
  g_string_append_printf (asked, "show %u %u %s;", true_class, answer,
                          foc_part_to_string (part));
}

static void
note_export_figure (FocResultsPane *pane, guint kind, guint part)
{
  g_string_append_printf (asked, "export %u %s;", kind, foc_part_to_string (part));
}

static void
set_up (Fixture *self, gconstpointer data)
{
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);
  g_autoptr (GError) error = NULL;

  self->output = test_folder_new ();
  self->options =
    (FocExperimentOptions){ .cache = test_cache, .output = self->output, .jobs = 1 };
  self->experiment = test_open_pictures (test_pictures, &self->options);
  foc_experiment_begin (self->experiment, &settings, &error);
  g_assert_no_error (error);
  self->run = self->experiment->run;

  self->pane = FOC_RESULTS_PANE (foc_results_pane_new ());
  asked = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (plain_signals); i++)
    g_signal_connect_swapped (self->pane, plain_signals[i], G_CALLBACK (note_plain),
                              (gpointer) plain_signals[i]);
  g_signal_connect (self->pane, "show-pictures", G_CALLBACK (note_show_pictures), NULL);
  g_signal_connect (self->pane, "export-figure", G_CALLBACK (note_export_figure), NULL);
  self->window = test_ui_show (
    g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->pane, NULL), 900, 700);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  g_string_free (asked, TRUE);
  foc_experiment_free (self->experiment);
  test_folder_delete (self->output);
  g_free (self->output);
}

typedef enum
{
  SEARCHED,
  TRAINED,
  LOOKED,
} Step;

static void
carry_out (Fixture *self, Step step)
{
  g_autoptr (GError) error = NULL;

  foc_experiment_search (self->experiment, NULL, NULL, &error);
  g_assert_no_error (error);
  foc_experiment_calibrate (self->experiment, &error);
  g_assert_no_error (error);
  if (step >= TRAINED)
    foc_experiment_train_final (self->experiment, &error);
  g_assert_no_error (error);
  if (step >= LOOKED)
    foc_experiment_look (self->experiment, &error);
  g_assert_no_error (error);
}

static void
show (Fixture *self)
{
  foc_results_pane_set_run (self->pane, self->run);
  test_ui_settle (self->window);
}

static void
assert_asked (const char *expected)
{
  g_assert_cmpstr (asked->str, ==, expected);
  g_string_truncate (asked, 0);
}

/* The button that can be seen and has this text, as in its source; or NULL. */
static GtkWidget *
find_button (Fixture *self, const char *label)
{
  g_autoptr (GPtrArray) buttons = test_ui_list (self->pane, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (gtk_widget_get_mapped (buttons->pdata[i])
        && g_strcmp0 (gtk_button_get_label (buttons->pdata[i]), label) == 0)
      return buttons->pdata[i];

  return NULL;
}

static void
click (Fixture *self, const char *label)
{
  GtkWidget *button = find_button (self, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
assert_says (Fixture *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (!test_ui_says (self->pane, text))
    g_error ("“%s” is not said", text);
}

/* The question, and its answers */

static GtkWidget *
find_answer (const char *text)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      g_autoptr (GPtrArray) labels = test_ui_list (l->data, GTK_TYPE_LABEL);

      for (guint i = 0; i < labels->len; i++)
        if (g_str_equal (gtk_label_get_text (labels->pdata[i]), text)
            && gtk_widget_get_mapped (labels->pdata[i]))
          return gtk_widget_get_ancestor (labels->pdata[i], GTK_TYPE_BUTTON);
    }

  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return find_answer ("Break the Seal") != NULL;
}

static gboolean
is_not_asked (gpointer data)
{
  return !is_asked (data);
}

static void
answer (const char *text)
{
  test_ui_wait (is_asked, NULL);
  test_ui_run (300); /* it does not listen while it comes */
  g_signal_emit_by_name (find_answer (text), "clicked");
  test_ui_wait (is_not_asked, NULL);
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) labels = test_ui_list (self->pane, GTK_TYPE_LABEL);

      foc_results_pane_set_run (self->pane, i == 0 ? NULL : self->run);
      test_ui_settle (self->window);
      for (guint j = 0; j < labels->len; j++)
        g_assert_false (gtk_widget_get_mapped (labels->pdata[j]));
    }
}

static void
test_searched (Fixture *self, gconstpointer data)
{
  const FocCell *best = &self->run->best;
  const FocCertainty *certainty = &self->run->certainty;

  carry_out (self, SEARCHED);
  show (self);
  assert_says (self, "%g", best->learning_rate);
  assert_says (self, "%u", best->epochs);
  assert_says (self, "%.2f %%", 100 * best->accuracy);
  assert_says (self, "%.3f", best->loss);
  assert_says (self, "%.3f", certainty->temperature);
  assert_says (self, "%.4f before, %.4f after", certainty->error_before,
               certainty->error_after);
  g_assert_null (find_button (self, "_Use This Model"));
  g_assert_null (find_button (self, "Save Model _As…"));
  g_assert_null (find_button (self, "_Break the Seal…"));

  click (self, "Train _Final Model");
  assert_asked ("train-final;");
  g_object_set (self->pane, "busy", TRUE, NULL);
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "Train _Final Model")));
  g_object_set (self->pane, "busy", FALSE, NULL);
  click (self, "Train _Final Model");
  assert_asked ("train-final;");
}

static void
test_trained (Fixture *self, gconstpointer data)
{
  carry_out (self, TRAINED);
  show (self);
  g_assert_null (find_button (self, "Train _Final Model"));
  click (self, "_Use This Model");
  assert_asked ("use-model;");
  click (self, "Save Model _As…");
  assert_asked ("save-model;");
}

static void
test_break_seal (Fixture *self, gconstpointer data)
{
  const FocMeasurement *result = &self->run->holdout;
  const char *copies =
    "2 of these pictures are copies, or nearly, of some that the model "
    "was trained on: on new pictures it does less well.";

  carry_out (self, TRAINED);
  show (self);
  g_object_set (self->pane, "busy", TRUE, NULL);
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "_Break the Seal…")));
  g_object_set (self->pane, "busy", FALSE, NULL);

  click (self, "_Break the Seal…");
  answer ("Cancel");
  assert_asked ("");
  click (self, "_Break the Seal…");
  answer ("Break the Seal");
  assert_asked ("look;");

  /* Something has begun in the meantime. */
  click (self, "_Break the Seal…");
  g_object_set (self->pane, "busy", TRUE, NULL);
  answer ("Break the Seal");
  assert_asked ("");
  g_object_set (self->pane, "busy", FALSE, NULL);

  carry_out (self, LOOKED);
  show (self);
  g_assert_null (find_button (self, "_Break the Seal…"));
  assert_says (self, "%.2f %%", 100 * result->accuracy);
  assert_says (self, "%.2f %% to %.2f %%", 100 * result->interval[0],
               100 * result->interval[1]);
  assert_says (self, "looked at once");
  self->run->n_looks = 3;
  self->run->n_copies = 0;
  show (self);
  assert_says (self, "looked at 3 times");
  g_assert_false (test_ui_says (self->pane, copies));
  self->run->n_copies = 2;
  show (self);
  assert_says (self, "%s", copies);
}

/* Of 14 answers 13 are sure, and one of these is wrong. */
static void
test_not_sure (Fixture *self, gconstpointer data)
{
  carry_out (self, LOOKED);
  test_measurement_fill (&self->run->holdout, 7);
  self->run->holdout.n_answered = 12;
  show (self);
  assert_says (self, "2 (14.3 %%)");
  assert_says (self, "1 (7.1 %%)");
}

/* A look that was counted, and of which there is nothing. */
static void
test_lost_look (Fixture *self, gconstpointer data)
{
  carry_out (self, TRAINED);
  self->run->n_looks = 1;
  show (self);
  assert_says (self, "It was looked at once already, but what was seen is not recorded.");
  g_assert_nonnull (find_button (self, "_Break the Seal…"));
  self->run->n_looks = 0;
  show (self);
  g_assert_false (test_ui_says (
    self->pane, "It was looked at once already, but what was seen is not recorded."));
}

/* A question about a run is not answered for another one. */
static void
test_other_run (Fixture *self, gconstpointer data)
{
  carry_out (self, TRAINED);
  show (self);
  click (self, "_Break the Seal…");
  test_ui_wait (is_asked, NULL);
  show (self);
  test_ui_run (50);
  g_assert_true (is_asked (NULL));

  g_free (self->run->folder);
  self->run->folder = g_strdup ("another");
  foc_results_pane_set_run (self->pane, self->run);
  test_ui_wait (is_not_asked, NULL);
  assert_asked ("");
  g_free (self->run->folder);
  self->run->folder = g_strdup (self->output);
}

/* The seal keeps it */

static void
add_property (GtkWidget *widget, GtkAccessibleProperty property, GString *all)
{
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), property))
    {
      g_autofree char *text =
        gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), property, "?");

      g_string_append_printf (all, "%s\n", text);
    }
}

/* All that a widget says, seen or not. */
static void
add_texts (gpointer widget, gpointer all)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (all, "%s\n", gtk_label_get_text (widget));
  if (tooltip != NULL)
    g_string_append_printf (all, "%s\n", tooltip);
  add_property (widget, GTK_ACCESSIBLE_PROPERTY_LABEL, all);
  add_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all);
  add_property (widget, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, all);
}

/* Which of `secrets` can be found. */
static guint
count_told (Fixture *self, const char *const *secrets)
{
  g_autoptr (GString) all = g_string_new (NULL);
  guint n = 0;

  test_ui_foreach (self->window, add_texts, all);
  for (guint i = 0; secrets[i] != NULL; i++)
    n += strstr (all->str, secrets[i]) != NULL;
  return n;
}

/* Even what is known is not told, not for a moment, and not any more when another run comes
 * whose seal is unbroken. */
static void
test_seal_keeps (Fixture *self, gconstpointer data)
{
  const char *const secrets[] = { "43.21 %", "26.80 %", "73.20 %", "0.7000",
                                  "7 of 14", "7.1 %",   NULL };
  guint n = g_strv_length ((GStrv) secrets);
  GtkWidget *holdout;

  carry_out (self, TRAINED);
  test_measurement_fill (&self->run->holdout, 7);
  self->run->holdout.accuracy = 0.4321;
  show (self);
  g_assert_cmpuint (count_told (self, secrets), ==, 0);
  holdout = find_button (self, "Holdout Set");
  g_assert_false (gtk_widget_is_sensitive (holdout));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (holdout)));

  self->run->n_looks = 1;
  show (self);
  g_assert_cmpuint (count_told (self, secrets), ==, n);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (holdout)));

  self->run->n_looks = 0;
  show (self);
  g_assert_cmpuint (count_told (self, secrets), ==, 0);
  g_assert_false (gtk_widget_is_sensitive (holdout));
}

/* What is asked for of the plots is passed on. */
static void
test_plots (Fixture *self, gconstpointer data)
{
  GtkWidget *confusion = test_ui_find (self->pane, FOC_TYPE_PLOT_VIEW);

  carry_out (self, LOOKED);
  show (self);
  g_signal_emit_by_name (confusion, "cell-activated", 1, 0);
  assert_asked ("show 1 0 holdout;");
  g_assert_true (gtk_widget_activate_action (confusion, "results.export", "s", "roc"));
  g_assert_cmpint (FOC_FIGURE_ROC, ==, 2);
  assert_asked ("export 2 holdout;");
}

/* Trained, but in memory only. */
static void
test_unwritten_model (Fixture *self, gconstpointer data)
{
  carry_out (self, SEARCHED);
  show (self);
  g_assert_null (find_button (self, "Save Model _As…"));
  g_assert_nonnull (find_button (self, "Train _Final Model"));

  foc_results_pane_set_has_unwritten_model (self->pane, TRUE);
  foc_results_pane_set_run (self->pane, self->run);
  test_ui_settle (self->window);
  g_assert_nonnull (find_button (self, "Save Model _As…"));
  g_assert_null (find_button (self, "Train _Final Model"));
}

/* Twice the text, 360 pixels, all steps. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  carry_out (self, LOOKED);
  test_ui_set_text_size (200);
  for (int i = 0; i < 3; i++)
    {
      int width;

      if (i == 1)
        self->run->n_looks = 0;
      else if (i == 2)
        g_clear_pointer (&self->run->model_sha256, g_free);
      show (self);
      gtk_widget_measure (GTK_WIDGET (self->pane), GTK_ORIENTATION_HORIZONTAL, -1, &width,
                          NULL, NULL, NULL);
      g_assert_cmpint (width, <=, 360);
    }
  test_ui_set_text_size (100);
}

int
main (int argc, char *argv[])
{
  int status;

  test_ui_init (&argc, &argv);
  foc_blas_begin_thread ();
  test_pictures = test_make_pictures (TEST_PER_CLASS, TEST_PER_CLASS);
  test_cache = test_folder_new ();

#define ADD(name, function)                                                              \
  g_test_add ("/results-pane/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing", test_nothing);
  ADD ("searched", test_searched);
  ADD ("trained", test_trained);
  ADD ("break-seal", test_break_seal);
  ADD ("not-sure", test_not_sure);
  ADD ("lost-look", test_lost_look);
  ADD ("other-run", test_other_run);
  ADD ("seal-keeps", test_seal_keeps);
  ADD ("plots", test_plots);
  ADD ("unwritten-model", test_unwritten_model);
  ADD ("narrow", test_narrow);

  status = g_test_run ();
  test_folder_delete (test_pictures);
  test_folder_delete (test_cache);
  g_free (test_pictures);
  g_free (test_cache);
  return status;
}
