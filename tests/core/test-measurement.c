/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-measurement.h"

#include <math.h>

void
test_measurement_fill (FocMeasurement *self, guint per_class)
{
  guint n = 2 * per_class;

  foc_measurement_clear (self);
  foc_confusion_init (&self->confusion, 2);
  for (guint i = 0; i < n; i++)
    foc_confusion_add (&self->confusion, i / per_class, i % per_class == per_class - 1);
  self->mistakes = g_array_new (FALSE, FALSE, sizeof (FocMistake));
  for (guint i = 0; i < n; i++)
    if (i / per_class != (i % per_class == per_class - 1))
      {
        const FocMistake mistake = { i, i < per_class ? 1 : 0 };

        g_array_append_val (self->mistakes, mistake);
      }
  self->accuracy = foc_confusion_accuracy (&self->confusion);
  self->loss = 1.0 / 3;
  foc_wilson_interval (foc_confusion_correct (&self->confusion), n, &self->interval[0],
                       &self->interval[1]);
  self->n_answered = n - 1;
  self->n_answered_wrongly = 1;

  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    self->calibration.bins[i].confidence = self->calibration.bins[i].accuracy = NAN;
  self->uncalibrated = self->calibration;
  self->uncalibrated.bins[10] = (FocCalibrationBin){ n, 2.1 / 3, 2.0 / 3 };
  self->uncalibrated.error = foc_calibration_sum_up (&self->uncalibrated);
  self->calibration.bins[8] = (FocCalibrationBin){ 1, 0.1 + 0.46, 1.0 };
  self->calibration.bins[14] = (FocCalibrationBin){ n - 1, 2.9 / 3, 2.0 / 3 };
  self->calibration.error = foc_calibration_sum_up (&self->calibration);

  self->n_rocs = 1;
  self->rocs = g_new0 (FocRoc, 1);
  self->rocs[0].n_points = 3;
  self->rocs[0].points[1] = (FocRocPoint){ 1.0 / 7, 2.0 / 3 };
  self->rocs[0].points[2] = (FocRocPoint){ 1, 1 };
  self->rocs[0].auc = 0.7 + 1e-9 / 3;
  self->measured = TRUE;
}

static void
check_equal_double (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
check_equal_calibration (const FocCalibration *a, const FocCalibration *b)
{
  check_equal_double (a->error, b->error);
  for (guint i = 0; i < FOC_CALIBRATION_BINS; i++)
    {
      g_assert_cmpuint (a->bins[i].n, ==, b->bins[i].n);
      check_equal_double (a->bins[i].confidence, b->bins[i].confidence);
      check_equal_double (a->bins[i].accuracy, b->bins[i].accuracy);
    }
}

void
test_measurement_check_equal (const FocMeasurement *a, const FocMeasurement *b)
{
  g_assert_cmpint (a->mistakes != NULL, ==, b->mistakes != NULL);
  if (a->mistakes != NULL)
    g_assert_cmpmem (a->mistakes->data, a->mistakes->len * sizeof (FocMistake),
                     b->mistakes->data, b->mistakes->len * sizeof (FocMistake));
  gsize n = a->confusion.n_classes;

  g_assert_cmpint (a->measured, ==, b->measured);
  if (!a->measured)
    return;

  check_equal_double (a->accuracy, b->accuracy);
  check_equal_double (a->loss, b->loss);
  check_equal_double (a->interval[0], b->interval[0]);
  check_equal_double (a->interval[1], b->interval[1]);
  g_assert_cmpuint (n, ==, b->confusion.n_classes);
  g_assert_cmpmem (a->confusion.counts, n * n * sizeof (guint64), b->confusion.counts,
                   n * n * sizeof (guint64));
  g_assert_cmpuint (a->n_answered, ==, b->n_answered);
  g_assert_cmpuint (a->n_answered_wrongly, ==, b->n_answered_wrongly);

  check_equal_calibration (&a->calibration, &b->calibration);
  check_equal_calibration (&a->uncalibrated, &b->uncalibrated);

  g_assert_cmpuint (a->n_rocs, ==, b->n_rocs);
  for (guint i = 0; i < a->n_rocs; i++)
    {
      check_equal_double (a->rocs[i].auc, b->rocs[i].auc);
      g_assert_cmpuint (a->rocs[i].n_points, ==, b->rocs[i].n_points);
      for (guint j = 0; j < a->rocs[i].n_points; j++)
        {
          check_equal_double (a->rocs[i].points[j].false_positive_rate,
                              b->rocs[i].points[j].false_positive_rate);
          check_equal_double (a->rocs[i].points[j].true_positive_rate,
                              b->rocs[i].points[j].true_positive_rate);
        }
    }
}
