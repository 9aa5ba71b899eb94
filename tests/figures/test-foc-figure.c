/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-figure.h"

#include "foc-error.h"
#include "foc-plot-export.h"
#include "test-folders.h"
#include "test-measurement.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Figures of a run that nobody trained. What they look like is the tests' of libfoc-plot;
 * numbers of a real run are those of test-cli-plot. */

static char *folder;

#define N_RATES 3
#define N_EPOCHS 4

static void
append (FocTrajectory *trajectory, guint point, double loss)
{
  gboolean end = point % 10 == 0;
  FocCurvePoint of = {
    .epoch = point / 10.0,
    .training_loss = loss,
    .training_accuracy = 1 - loss,
    .validation_loss = end ? loss + 0.05 : NAN,
    .validation_accuracy = end ? 0.9 : NAN,
  };

  g_array_append_val (trajectory->curve, of);
}

/* A run of one, two, four epochs; the first rate diverged. */
static FocRun *
make_run (void)
{
  FocRun *run = foc_run_new (folder);

  foc_settings_init (&run->settings, FOC_PRESET_PAPER, 0);
  run->settings.n_learning_rates = N_RATES;
  run->settings.n_epochs = 3;
  for (guint i = 0; i < N_RATES; i++)
    {
      run->settings.learning_rates[i] = (double[]){ 10, 0.01, 0.001 }[i];
      run->settings.epochs[i] = 1u << i;
    }
  run->dataset_name = g_strdup ("people");
  run->class_names = g_strsplit ("comics,faces", ",", -1);
  run->grid = foc_grid_new (&run->settings);
  for (guint point = 1; point <= 10 * N_EPOCHS; point++)
    {
      if (point < 6)
        append (&run->grid->trajectories[0], point, pow (10, point));
      for (guint i = 1; i < N_RATES; i++)
        append (&run->grid->trajectories[i], point, 0.1 * i + 0.5 / point);
    }
  run->grid->trajectories[0].diverged = TRUE;
  foc_grid_get_best (run->grid, &run->best);
  return run;
}

static GBytes *
draw (FocPlot *plot)
{
  const FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  g_autoptr (GError) error = NULL;
  GBytes *png = foc_plot_to_png (plot, 400, 300, 1, &style, &error);

  g_assert_no_error (error);
  g_object_unref (plot);
  return png;
}

static void
assert_same (FocPlot *a, FocPlot *b, gboolean same)
{
  g_autoptr (GBytes) first = draw (a), second = draw (b);

  g_assert_cmpint (g_bytes_equal (first, second), ==, same);
}

static void
test_draw (void)
{
  g_autoptr (FocRun) run = make_run ();

  /* A run is its grid; each kind and scale is another plot. */
  assert_same (foc_figure_draw (run, FOC_FIGURE_LOSS, FOC_PART_NONE, FALSE),
               foc_figure_draw_grid (run->grid, &run->best, 2, FOC_FIGURE_LOSS, FALSE),
               TRUE);
  assert_same (foc_figure_draw (run, FOC_FIGURE_LOSS, FOC_PART_NONE, FALSE),
               foc_figure_draw_grid (run->grid, NULL, 2, FOC_FIGURE_LOSS, FALSE), FALSE);
  assert_same (foc_figure_draw (run, FOC_FIGURE_LOSS, FOC_PART_NONE, FALSE),
               foc_figure_draw (run, FOC_FIGURE_LOSS, FOC_PART_NONE, TRUE), FALSE);
  assert_same (foc_figure_draw (run, FOC_FIGURE_LOSS, FOC_PART_NONE, FALSE),
               foc_figure_draw (run, FOC_FIGURE_ACCURACY, FOC_PART_NONE, FALSE), FALSE);
  assert_same (foc_figure_draw (run, FOC_FIGURE_ACCURACY, FOC_PART_NONE, FALSE),
               foc_figure_draw (run, FOC_FIGURE_ACCURACY, FOC_PART_NONE, TRUE), TRUE);
}

/* Nothing measured is a plot that says so, and an error of the export. */
static void
test_nothing (void)
{
  g_autoptr (FocRun) run = make_run ();
  g_autofree char *path = g_build_filename (folder, "none.png", NULL);

  for (FocFigureKind kind = FOC_FIGURE_ROC; kind <= FOC_FIGURE_CALIBRATION; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) png =
        draw (foc_figure_draw (run, kind, FOC_PART_HOLDOUT, FALSE));

      g_assert_false (foc_figure_check (run, kind, FOC_PART_HOLDOUT, NULL));
      g_assert_false (
        foc_figure_export (run, kind, FOC_PART_HOLDOUT, FALSE, path, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
    }
  g_clear_pointer (&run->grid, foc_grid_free);
  g_assert_false (foc_figure_check (run, FOC_FIGURE_LOSS, FOC_PART_NONE, NULL));
  g_bytes_unref (draw (foc_figure_draw (run, FOC_FIGURE_LOSS, FOC_PART_NONE, FALSE)));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* The part that is meant where none is named. */
static void
test_part (void)
{
  g_autoptr (FocRun) run = make_run ();

  test_measurement_fill (&run->validation, 50);
  assert_same (foc_figure_draw (run, FOC_FIGURE_CONFUSION, FOC_PART_NONE, FALSE),
               foc_figure_draw (run, FOC_FIGURE_CONFUSION, FOC_PART_VALIDATION, FALSE),
               TRUE);
  test_measurement_fill (&run->holdout, 70);
  assert_same (foc_figure_draw (run, FOC_FIGURE_CONFUSION, FOC_PART_NONE, FALSE),
               foc_figure_draw (run, FOC_FIGURE_CONFUSION, FOC_PART_HOLDOUT, FALSE),
               TRUE);
  assert_same (foc_figure_draw (run, FOC_FIGURE_CONFUSION, FOC_PART_NONE, FALSE),
               foc_figure_draw (run, FOC_FIGURE_CONFUSION, FOC_PART_VALIDATION, FALSE),
               FALSE);
}

/* Of a search that has just begun, has gone on, and has a rate without any point. */
static void
test_grid (void)
{
  g_autoptr (FocRun) run = make_run ();
  g_autoptr (FocGrid) grid = foc_grid_new (&run->settings);

  for (guint point = 1; point <= 25; point++)
    for (guint logarithmic = 0; logarithmic < 2; logarithmic++)
      for (FocFigureKind kind = FOC_FIGURE_LOSS; kind <= FOC_FIGURE_ACCURACY; kind++)
        {
          g_bytes_unref (
            draw (foc_figure_draw_grid (grid, NULL, 2, kind, logarithmic != 0)));
          append (&grid->trajectories[1], point, 0.5);
        }
}

/* Of many epochs, a search shows the means of each from the beginning, as in the end. */
static void
test_long (void)
{
  g_autoptr (FocRun) run = make_run ();
  g_autoptr (FocGrid) few = foc_grid_new (&run->settings), many = NULL;
  g_autoptr (GBytes) first = NULL, second = NULL;

  run->settings.epochs[2] = 40;
  many = foc_grid_new (&run->settings);
  for (guint point = 1; point <= 20; point++)
    {
      append (&few->trajectories[1], point, 0.5 + 0.1 * (point % 2));
      append (&many->trajectories[1], point, 0.5 + 0.1 * (point % 2));
    }
  assert_same (foc_figure_draw_grid (few, NULL, 2, FOC_FIGURE_LOSS, FALSE),
               foc_figure_draw_grid (many, NULL, 2, FOC_FIGURE_LOSS, FALSE), FALSE);

  /* Other points with the same means. */
  first = draw (foc_figure_draw_grid (many, NULL, 2, FOC_FIGURE_LOSS, FALSE));
  for (guint i = 0; i < 20; i++)
    foc_curve_get (many->trajectories[1].curve, i)->training_loss = 0.55;
  second = draw (foc_figure_draw_grid (many, NULL, 2, FOC_FIGURE_LOSS, FALSE));
  g_assert_true (g_bytes_equal (first, second));
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Runs of which one has no grid yet; names that have to be quoted. */
static void
test_comparison (void)
{
  g_autoptr (FocRun) first = make_run ();
  g_autoptr (FocRun) second = make_run ();
  g_autoptr (FocRun) third = make_run ();
  const FocRun *const runs[] = { first, second, third };
  const char *const names[] = { "one", "two, \"again\"", "three" };
  const char *const endings[] = { ".png", ".svg", ".pdf", ".csv" };
  g_autofree char *csv = g_build_filename (folder, "c.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_clear_pointer (&second->grid, foc_grid_free);
  third->best.learning_rate = 0.01;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (folder, "/c", endings[i], NULL);
      g_autoptr (GError) error = NULL;
      GStatBuf status;

      foc_figure_export_comparison (runs, names, 3, FOC_FIGURE_LOSS, FALSE, path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_size, >, 1000);
    }

  text = read_text (csv);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==,
                   "run,learning_rate,epoch,training_loss,training_accuracy,"
                   "validation_loss,validation_accuracy");
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 2 * 10 * N_EPOCHS + 1);
  g_assert_cmpstr (lines[1], ==, "one,0.01,0.1,0.6,0.4,,");
  g_assert_true (g_str_has_prefix (lines[10], "one,0.01,1,0.15"));
  g_assert_true (g_str_has_prefix (lines[1 + 10 * N_EPOCHS], "three,0.01,0.1,"));

  /* It is the best rate of each that is drawn, and the look goes by the place. */
  third->best.learning_rate = 0.001;
  foc_figure_export_comparison (runs, names, 3, FOC_FIGURE_LOSS, FALSE, csv, NULL);
  g_free (text);
  text = read_text (csv);
  g_assert_nonnull (strstr (text, "\r\nthree,0.001,0.1,"));
  g_assert_null (strstr (text, "three,0.01,"));
  assert_same (foc_figure_draw_comparison (runs, names, 1, FOC_FIGURE_LOSS, FALSE),
               foc_figure_draw_comparison (runs + 2, names, 1, FOC_FIGURE_LOSS, FALSE),
               FALSE);
  assert_same (foc_figure_draw_comparison (runs, names, 2, FOC_FIGURE_ACCURACY, FALSE),
               foc_figure_draw_comparison (runs, names, 1, FOC_FIGURE_ACCURACY, FALSE),
               TRUE);
}

static void
test_quoted (void)
{
  g_autoptr (FocRun) run = make_run ();
  const FocRun *const runs[] = { run };
  const char *const names[] = { "two, \"again\"" };
  g_autofree char *path = g_build_filename (folder, "q.CSV", NULL);
  g_autofree char *text = NULL;

  g_assert_true (foc_figure_export_comparison (runs, names, 1, FOC_FIGURE_ACCURACY, FALSE,
                                               path, NULL));
  text = read_text (path);
  g_assert_nonnull (strstr (text, "\r\n\"two, \"\"again\"\"\",0.01,0.1,"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = test_folder_new ();
  g_test_add_func ("/figure/draw", test_draw);
  g_test_add_func ("/figure/nothing", test_nothing);
  g_test_add_func ("/figure/part", test_part);
  g_test_add_func ("/figure/grid", test_grid);
  g_test_add_func ("/figure/long", test_long);
  g_test_add_func ("/figure/comparison", test_comparison);
  g_test_add_func ("/figure/quoted", test_quoted);
  status = g_test_run ();
  test_folder_delete (folder);
  g_free (folder);
  return status;
}
