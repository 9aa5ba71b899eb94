/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-result-plots.h"

#include "foc-figure.h"
#include "foc-plot-view.h"
#include "test-measurement.h"
#include "test-ui-window.h"
#include "test-ui.h"

/* A run with a validation set of 12 pictures and a holdout set of 14. */
typedef struct
{
  FocRun *run;
  FocResultPlots *plots;
  GtkWidget *window;
  GtkWidget *confusion;
  GtkWidget *validation, *holdout; /* the switch */
  guint asked[3];                  /* by the last signal */
} Fixture;

static void
note_pictures (Fixture *self, guint true_class, guint answer, guint part)
{
  memcpy (self->asked, (guint[]){ true_class, answer, part }, sizeof self->asked);
}

static void
note_export (Fixture *self, guint kind, guint part)
{
  memcpy (self->asked, (guint[]){ kind, part, 0 }, sizeof self->asked);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->run = foc_run_new ("run");
  self->run->class_names = g_strsplit ("comics faces", " ", -1);
  test_measurement_fill (&self->run->validation, 6);
  test_measurement_fill (&self->run->holdout, 7);
  self->plots = FOC_RESULT_PLOTS (foc_result_plots_new ());
  g_signal_connect_swapped (self->plots, "show-pictures", G_CALLBACK (note_pictures),
                            self);
  g_signal_connect_swapped (self->plots, "export-figure", G_CALLBACK (note_export), self);
  self->window = test_ui_show (GTK_WIDGET (self->plots), 1000, 500);
  self->confusion = test_ui_find (self->plots, FOC_TYPE_PLOT_VIEW);
  self->validation = test_ui_find_button (self->plots, "Validation Set");
  self->holdout = test_ui_find_button (self->plots, "Holdout Set");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  foc_run_unref (self->run);
}

static void
set_run (Fixture *self, gboolean with_holdout)
{
  foc_result_plots_set_run (self->plots, self->run, with_holdout);
  test_ui_settle (self->window);
}

static void
assert_asked (Fixture *self, guint first, guint second, guint third)
{
  g_assert_cmpuint (self->asked[0], ==, first);
  g_assert_cmpuint (self->asked[1], ==, second);
  g_assert_cmpuint (self->asked[2], ==, third);
}

/* Which set is shown, and which one can be chosen. */
static void
test_part (Fixture *self, gconstpointer data)
{
  set_run (self, FALSE);
  g_assert_true (test_ui_says (self->plots, "6 of 12 answers are right"));
  g_assert_true (test_ui_says (self->plots, "Area under the curve 0.7000"));
  g_assert_false (gtk_widget_is_sensitive (self->holdout));
  g_assert_nonnull (gtk_widget_get_tooltip_text (self->holdout));

  set_run (self, TRUE); /* this is what one has waited for */
  g_assert_true (test_ui_says (self->plots, "7 of 14 answers are right"));
  g_assert_true (gtk_widget_is_sensitive (self->holdout));
  g_assert_null (gtk_widget_get_tooltip_text (self->holdout));

  g_signal_emit_by_name (self->validation, "clicked");
  set_run (self, TRUE); /* what was chosen stays */
  g_assert_true (test_ui_says (self->plots, "6 of 12 answers are right"));
  g_signal_emit_by_name (self->holdout, "clicked");
  g_assert_true (test_ui_says (self->plots, "7 of 14 answers are right"));

  set_run (self, FALSE); /* of another run */
  g_assert_true (test_ui_says (self->plots, "6 of 12 answers are right"));
}

/* A look of which nothing is known. */
static void
test_not_measured (Fixture *self, gconstpointer data)
{
  foc_measurement_clear (&self->run->holdout);
  set_run (self, TRUE);
  g_assert_false (gtk_widget_is_sensitive (self->holdout));
  foc_measurement_clear (&self->run->validation);
  set_run (self, TRUE);
  g_assert_false (test_ui_says (self->plots, "6 of 12 answers are right"));
}

static void
test_pictures (Fixture *self, gconstpointer data)
{
  set_run (self, TRUE);
  g_signal_emit_by_name (self->confusion, "cell-activated", 1, 0);
  assert_asked (self, 1, 0, FOC_PART_HOLDOUT);
  g_signal_emit_by_name (self->validation, "clicked");
  g_signal_emit_by_name (self->confusion, "cell-activated", 0, 1);
  assert_asked (self, 0, 1, FOC_PART_VALIDATION);
}

static void
test_export (Fixture *self, gconstpointer data)
{
  const struct
  {
    const char *button, *name;
    FocFigureKind kind;
  } cases[] = {
    { "Export the Confusion Matrix…", "confusion", FOC_FIGURE_CONFUSION },
    { "Export the ROC Curve…", "roc", FOC_FIGURE_ROC },
    { "Export the Calibration Plot…", "calibration", FOC_FIGURE_CALIBRATION },
  };

  set_run (self, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *action = g_strdup_printf ("results.export('%s')", cases[i].name);
      g_autoptr (GPtrArray) views = test_ui_list (self->plots, FOC_TYPE_PLOT_VIEW);
      g_autofree char *of_view = NULL;

      g_object_get (views->pdata[i], "export-action", &of_view, NULL);
      g_assert_cmpstr (of_view, ==, action);
      g_signal_emit_by_name (test_ui_find_button (self->plots, cases[i].button),
                             "clicked");
      assert_asked (self, cases[i].kind, FOC_PART_HOLDOUT, 0);
    }

  g_signal_emit_by_name (self->validation, "clicked");
  g_signal_emit_by_name (test_ui_find_button (self->plots, cases[0].button), "clicked");
  assert_asked (self, FOC_FIGURE_CONFUSION, FOC_PART_VALIDATION, 0);
}

/* Beside each other, or below each other. */
static void
test_width (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) views = test_ui_list (self->plots, FOC_TYPE_PLOT_VIEW);
  GtkWidget *narrow, *scrolled = gtk_scrolled_window_new ();
  graphene_rect_t a, b;

  set_run (self, TRUE);
  g_assert_cmpuint (views->len, ==, 3);
  g_assert_true (gtk_widget_compute_bounds (views->pdata[0], self->window, &a));
  g_assert_true (gtk_widget_compute_bounds (views->pdata[1], self->window, &b));
  g_assert_cmpfloat (b.origin.x, >=, a.origin.x + a.size.width);
  g_assert_true (gtk_widget_compute_bounds (views->pdata[2], self->window, &a));
  g_assert_cmpfloat (a.origin.x, >=, b.origin.x + b.size.width);

  g_object_ref (self->plots);
  gtk_window_set_child (GTK_WINDOW (self->window), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled),
                                 GTK_WIDGET (self->plots));
  g_object_unref (self->plots);
  narrow = test_ui_show (scrolled, 360, 500);
  test_ui_settle (narrow);
  g_assert_true (gtk_widget_compute_bounds (views->pdata[0], narrow, &a));
  g_assert_true (gtk_widget_compute_bounds (views->pdata[1], narrow, &b));
  g_assert_cmpfloat (b.origin.y, >=, a.origin.y + a.size.height);
  g_assert_cmpfloat (a.origin.x + a.size.width, <=, 360);
  test_ui_destroy (narrow);
}

static int
measure_height (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Larger text leaves as much of the plot. */
static void
test_large_text (Fixture *self, gconstpointer data)
{
  GtkWidget *plot = foc_plot_view_new ();
  GtkWidget *window = test_ui_show (plot, 400, 200);
  int usual = measure_height (plot);

  test_ui_set_text_size (200);
  g_assert_cmpint (ABS (measure_height (plot) - 2 * usual), <=, 2);
  test_ui_set_text_size (100);
  test_ui_destroy (window);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/result-plots/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("part", test_part);
  ADD ("not-measured", test_not_measured);
  ADD ("large-text", test_large_text);
  ADD ("pictures", test_pictures);
  ADD ("export", test_export);
  ADD ("width", test_width);

  return g_test_run ();
}
