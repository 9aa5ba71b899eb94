/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-run.h"

#include "test-measurement.h"

#include <math.h>

FocRun *
test_make_run (const char *folder, TestRunProgress progress)
{
  static const char *const names[] = { "comics", "Gesichter \"☺\"\n", NULL };
  FocRun *run = foc_run_new (folder);
  FocLookSums looks = { 0 };

  foc_settings_init (&run->settings, FOC_PRESET_PAPER, 0);
  run->settings.learning_rates[1] = 2e-8;
  run->dataset_name = g_strdup ("pictures");
  run->data_digest = g_strdup (TEST_RUN_SHA256);
  run->class_names = g_strdupv ((GStrv) names);
  run->n_pictures = 21;
  run->n_rows[FOC_PART_TRAIN] = 10;
  run->n_rows[FOC_PART_VALIDATION] = 4;
  run->n_rows[FOC_PART_HOLDOUT] = 6;

  if (progress >= TEST_RUN_SEARCHED)
    {
      run->grid = foc_grid_new (&run->settings);
      for (guint epoch = 1; epoch <= 5; epoch++)
        {
          FocCurvePoint point = { epoch, 1.0 / epoch, 0.7, 2e-8 * epoch,
                                  1 - 0.1 / epoch };

          if (epoch < 3)
            g_array_append_val (run->grid->trajectories[0].curve, point);
          point.validation_loss /= 3;
          point.training_accuracy = NAN;
          g_array_append_val (run->grid->trajectories[1].curve, point);
        }
      run->grid->trajectories[0].diverged = TRUE;
      g_assert_true (foc_grid_get_best (run->grid, &run->best));
    }
  if (progress >= TEST_RUN_CALIBRATED)
    {
      run->certainty = (FocCertainty){ 0.1 + 0.2, 1.0 / 3, 1.0 / 7, 0.9471, NULL };
      run->certainty.novelty = foc_novelty_new (2, &looks);
      run->certainty.novelty->weights[3] = -1.0 / 3;
      run->certainty.novelty->max_distance = 12.5;
      test_measurement_fill (&run->validation, 2);
    }
  if (progress >= TEST_RUN_TRAINED)
    {
      FocCurvePoint point = { 1, 0.1, 0.9, NAN, NAN };

      run->model_sha256 = g_strdup (TEST_RUN_SHA256);
      run->final_curve = foc_curve_new ();
      g_array_append_val (run->final_curve, point);
    }
  if (progress >= TEST_RUN_LOOKED)
    {
      run->n_looks = 2;
      run->title = g_strdup ("the one, “named”");
    }
  if (progress >= TEST_RUN_FINISHED)
    {
      test_measurement_fill (&run->holdout, 3);
      run->n_copies = 1;
    }

  return run;
}

FocRun *
test_make_diverged_run (const char *folder)
{
  FocRun *run = test_make_run (folder, TEST_RUN_BEGUN);

  run->grid = foc_grid_new (&run->settings);
  for (guint i = 0; i < run->grid->n_learning_rates; i++)
    {
      FocCurvePoint point = { 0.5, 2.5, 0.5, NAN, NAN };

      g_array_append_val (run->grid->trajectories[i].curve, point);
      run->grid->trajectories[i].diverged = TRUE;
    }
  return run;
}
