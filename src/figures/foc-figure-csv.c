/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-figure-csv.h"

#include "foc-figure-curves.h"
#include "foc-text.h"

#include <math.h>

static void
append_number (GString *csv, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (isfinite (number))
    foc_text_print_double (text, number);
  g_string_append_c (csv, ',');
  g_string_append (csv, text);
}

#define CURVE_NAMES                                                                      \
  "epoch,training_loss,training_accuracy,validation_loss,validation_accuracy\r\n"

static void
append_curve (GString *csv, const char *name, const FocCurve *curve)
{
  for (guint i = 0; i < curve->len; i++)
    {
      const FocCurvePoint *point = foc_curve_get (curve, i);

      g_string_append (csv, name);
      append_number (csv, point->epoch);
      append_number (csv, point->training_loss);
      append_number (csv, point->training_accuracy);
      append_number (csv, point->validation_loss);
      append_number (csv, point->validation_accuracy);
      g_string_append (csv, "\r\n");
    }
}

void
foc_figure_curves_to_csv (const FocRun *run, GString *csv)
{
  g_string_append (csv, "learning_rate," CURVE_NAMES);
  for (guint i = 0; i < run->grid->n_learning_rates; i++)
    {
      const FocTrajectory *trajectory = &run->grid->trajectories[i];
      char rate[G_ASCII_DTOSTR_BUF_SIZE];

      foc_text_print_double (rate, trajectory->learning_rate);
      append_curve (csv, rate, trajectory->curve);
    }
  if (run->final_curve != NULL)
    append_curve (csv, "final", run->final_curve);
}

void
foc_figure_comparison_to_csv (const FocRun *const *runs,
                              const char *const *names,
                              guint n,
                              GString *csv)
{
  g_string_append (csv, "run,learning_rate," CURVE_NAMES);
  for (guint i = 0; i < n; i++)
    {
      const FocTrajectory *trajectory = foc_figure_find_best (runs[i]);
      g_autoptr (GString) begin = g_string_new (NULL);

      if (trajectory == NULL)
        continue;
      foc_text_append_csv_field (begin, names[i]);
      append_number (begin, trajectory->learning_rate);
      append_curve (csv, begin->str, trajectory->curve);
    }
}

void
foc_figure_roc_to_csv (const FocRun *run, const FocMeasurement *measurement, GString *csv)
{
  g_string_append (csv, "class,false_positive_rate,true_positive_rate\r\n");
  for (guint i = 0; i < measurement->n_rocs; i++)
    {
      const FocRoc *roc = &measurement->rocs[i];
      const char *name = run->class_names[foc_measurement_get_roc_class (measurement, i)];

      for (guint j = 0; j < roc->n_points; j++)
        {
          foc_text_append_csv_field (csv, name);
          append_number (csv, roc->points[j].false_positive_rate);
          append_number (csv, roc->points[j].true_positive_rate);
          g_string_append (csv, "\r\n");
        }
    }
}

void
foc_figure_confusion_to_csv (const FocRun *run,
                             const FocMeasurement *measurement,
                             GString *csv)
{
  const FocConfusion *confusion = &measurement->confusion;

  g_string_append (csv, "true_class,answer,pictures\r\n");
  for (guint t = 0; t < confusion->n_classes; t++)
    for (guint a = 0; a < confusion->n_classes; a++)
      {
        foc_text_append_csv_field (csv, run->class_names[t]);
        g_string_append_c (csv, ',');
        foc_text_append_csv_field (csv, run->class_names[a]);
        g_string_append_printf (csv, ",%" G_GUINT64_FORMAT "\r\n",
                                foc_confusion_get (confusion, t, a));
      }
}

static void
append_bins (GString *csv, const char *calibrated, const FocCalibration *calibration)
{
  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      const FocCalibrationBin *bin = &calibration->bins[i];

      g_string_append (csv, calibrated);
      append_number (csv, (double) i / FOC_CALIBRATION_BINS);
      append_number (csv, (i + 1.0) / FOC_CALIBRATION_BINS);
      g_string_append_printf (csv, ",%" G_GUINT64_FORMAT, bin->n);
      append_number (csv, bin->confidence);
      append_number (csv, bin->accuracy);
      g_string_append (csv, "\r\n");
    }
}

void
foc_figure_calibration_to_csv (const FocMeasurement *measurement, GString *csv)
{
  g_string_append (csv, "calibrated,from,to,answers,confidence,accuracy\r\n");
  append_bins (csv, "false", &measurement->uncalibrated);
  append_bins (csv, "true", &measurement->calibration);
}
