/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-plots.h"

#include <math.h>

#include "foc-calibration-plot.h"
#include "foc-confusion-plot.h"
#include "foc-explanation-plot.h"
#include "foc-line-chart.h"
#include "foc-roc-plot.h"

/* The same numbers every time, -1 ... 1. */
static double
noise (guint *state)
{
  *state = *state * 1664525u + 1013904223u;
  return (*state >> 8) / (double) (1 << 23) - 1;
}

/* Curves as training makes them: a training point each tenth of an epoch, and a validation
 * point each epoch, for each of `n_rates`. */
static FocPlot *
make_curves (guint n_rates, guint n_epochs, gboolean logarithmic)
{
  FocLineChart *chart = foc_line_chart_new ();
  FocLineChartAxis x_axis = { .title = "epoch", .from = 0, .to = NAN };
  FocLineChartAxis y_axis = {
    .title = "loss (nats)", .logarithmic = logarithmic, .from = NAN, .to = NAN
  };
  guint n = n_epochs * 10;
  g_autofree double *x = g_new (double, n + 1);
  g_autofree double *y = g_new (double, n + 1);
  guint state = 1;

  foc_plot_set_title (FOC_PLOT (chart), "Loss of training and validation");
  foc_line_chart_set_x_axis (chart, &x_axis);
  foc_line_chart_set_y_axis (chart, &y_axis);
  foc_line_chart_set_legend_heading (chart, "learning rate");
  for (guint rate = 0; rate < n_rates; rate++)
    for (guint bold = 0; bold < 2; bold++)
      {
        g_autofree char *name = g_strdup_printf ("%g", 0.3 / pow (1.6, rate));
        FocSeries series = { .name = name,
                             .kind = bold ? "validation" : "training",
                             .look = rate,
                             .bold = bold != 0,
                             .x = x,
                             .y = y,
                             .n = bold ? n_epochs : n };

        for (guint i = 0; i < series.n; i++)
          {
            x[i] = bold ? i + 1 : (i + 1) / 10.0;
            y[i] = 0.02 + 0.03 * rate + 0.67 * exp (-x[i] / (1 + 0.4 * rate))
                   + (bold ? 0.02 : 0) + (bold ? 0.002 : 0.02) * noise (&state);
          }
        foc_line_chart_add_series (chart, &series);
      }
  foc_line_chart_set_best (chart, n_epochs, 0.04 + 0.67 * exp (-(double) n_epochs),
                           "best cell: 0.3, epoch 5");
  return FOC_PLOT (chart);
}

static FocPlot *
curves_paper (void)
{
  return make_curves (2, 5, FALSE);
}

static FocPlot *
curves_logarithmic (void)
{
  return make_curves (4, 20, TRUE);
}

static FocPlot *
curves_many (void)
{
  return make_curves (16, 30, FALSE);
}

static FocPlot *
curves_long (void)
{
  return make_curves (3, 1000, FALSE);
}

/* Thirty-two names, some of them long, some from right to left. */
static FocPlot *
curves_names (void)
{
  FocLineChart *chart = foc_line_chart_new ();
  FocLineChartAxis x_axis = { .title = "epoch", .from = 0, .to = NAN };
  FocLineChartAxis y_axis = { .title = "accuracy (%)", .from = NAN, .to = 100 };
  const double x[] = { 1, 2, 3 };

  foc_line_chart_set_x_axis (chart, &x_axis);
  foc_line_chart_set_y_axis (chart, &y_axis);
  for (guint i = 0; i < 32; i++)
    {
      const double y[] = { 60 + i, 65 + i * 0.9, 70 + i * 0.9 };
      g_autofree char *name =
        g_strdup_printf (i % 3   ? "series %u"
                         : i % 2 ? "\u05e9\u05dc\u05d5\u05dd %u"
                                 : "a series with a name of many words, %u",
                         i);
      FocSeries series = {
        .name = name, .look = i, .bold = TRUE, .x = x, .y = y, .n = 3
      };

      foc_line_chart_add_series (chart, &series);
    }
  return FOC_PLOT (chart);
}

static FocPlot *
make_one_series (const double *x, const double *y, gsize n, gboolean logarithmic)
{
  FocLineChart *chart = foc_line_chart_new ();
  FocLineChartAxis x_axis = { .title = "epoch", .from = 0, .to = NAN };
  FocLineChartAxis y_axis = {
    .title = "loss (nats)", .logarithmic = logarithmic, .from = NAN, .to = NAN
  };
  FocSeries series = { .name = "0.01", .look = 0, .bold = TRUE, .x = x, .y = y, .n = n };

  foc_line_chart_set_x_axis (chart, &x_axis);
  foc_line_chart_set_y_axis (chart, &y_axis);
  foc_line_chart_add_series (chart, &series);
  return FOC_PLOT (chart);
}

static FocPlot *
curves_one_point (void)
{
  return make_one_series ((double[]){ 1 }, (double[]){ 0.3 }, 1, FALSE);
}

static FocPlot *
curves_gap (void)
{
  return make_one_series ((double[]){ 1, 2, 3, 4, 5, 6, 7 },
                          (double[]){ 0.6, 0.5, NAN, 0.45, INFINITY, 0.3, 0.25 }, 7,
                          FALSE);
}

static FocPlot *
curves_zero_logarithmic (void)
{
  return make_one_series ((double[]){ 1, 2, 3, 4, 5, 6 },
                          (double[]){ 0.6, 0.05, 0, 1e-5, -1, 1e-6 }, 6, TRUE);
}

static FocPlot *
curves_huge (void)
{
  return make_one_series ((double[]){ 1, 2, 3 }, (double[]){ -1.7e308, 0, 1.7e308 }, 3,
                          FALSE);
}

static FocPlot *
curves_none (void)
{
  return FOC_PLOT (foc_line_chart_new ());
}

static FocPlot *
curves_not_above_zero (void)
{
  return make_one_series ((double[]){ 1, 2 }, (double[]){ 0, -1 }, 2, TRUE);
}

static FocPlot *
curves_diverged (void)
{
  FocPlot *plot = make_curves (2, 5, FALSE);
  const double x[] = { 0.2, 0.4, 0.6, 0.8, 1.0 };
  const double y[] = { 0.7, 0.65, 4, 1e7, NAN };
  FocSeries series = {
    .name = "10", .kind = "training", .look = 2, .diverged = TRUE, .x = x, .y = y, .n = 5
  };

  foc_line_chart_add_series (FOC_LINE_CHART (plot), &series);
  return plot;
}

static FocPlot *
risk_coverage (void)
{
  FocLineChart *chart = foc_line_chart_new ();
  FocLineChartAxis x_axis = { .title = "coverage (%)", .from = 0, .to = 100 };
  FocLineChartAxis y_axis = { .title = "risk: wrong among the answers (%)",
                              .from = 0,
                              .to = NAN };
  double x[2000], y[2000];

  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    {
      x[i] = 100 * (i + 1) / 2000.0;
      y[i] = 14 * pow (x[i] / 100, 3) + 2 * sin (i / 9.0) / (1 + i / 30.0)
             + 1.9 / (1 + i / 30.0);
    }
  foc_line_chart_set_x_axis (chart, &x_axis);
  foc_line_chart_set_y_axis (chart, &y_axis);
  foc_plot_set_title (FOC_PLOT (chart), "Risk and coverage");
  foc_line_chart_add_series (
    chart,
    &(FocSeries){
      .name = "all sources", .x = x, .y = y, .n = G_N_ELEMENTS (x), .bold = TRUE });
  return FOC_PLOT (chart);
}

static FocPlot *
make_roc (guint n_classes)
{
  FocRocPlot *plot = foc_roc_plot_new ();
  guint state = 7;

  for (guint k = 0; k < n_classes; k++)
    {
      g_autofree char *name =
        n_classes == 1 ? g_strdup ("faces") : g_strdup_printf ("class %u", k);
      double x[401] = { 0 }, y[401] = { 0 };

      /* Positive ones come first, mostly. */
      for (guint i = 1; i < G_N_ELEMENTS (x); i++)
        {
          gboolean positive =
            y[i - 1] < 1
            && (x[i - 1] >= 1 || noise (&state) > (i < 190 ? -0.9 + 0.15 * k : 0.7));

          x[i] = MIN (x[i - 1] + (positive ? 0 : 0.005), 1);
          y[i] = MIN (y[i - 1] + (positive ? 0.005 : 0), 1);
        }
      foc_roc_plot_add_curve (
        plot, &(FocRocCurve){ name, x, y, G_N_ELEMENTS (x), 0.9873 - 0.04 * k });
    }
  foc_plot_set_title (FOC_PLOT (plot), "Receiver operating characteristic");
  return FOC_PLOT (plot);
}

static FocPlot *
roc (void)
{
  return make_roc (1);
}

static FocPlot *
roc_classes (void)
{
  return make_roc (6);
}

static FocPlot *
roc_none (void)
{
  return FOC_PLOT (foc_roc_plot_new ());
}

static FocPlot *
make_confusion (guint n)
{
  g_auto (GStrv) names = g_new0 (char *, n + 1);
  g_autofree guint64 *counts = g_new0 (guint64, (gsize) n * n);
  guint state = 5;
  FocPlot *plot;

  for (guint i = 0; i < n; i++)
    {
      names[i] = n == 2 ? g_strdup (i ? "comics" : "faces")
                        : g_strdup_printf (i % 4 == 1 ? "a class with a very long name %u"
                                           : i % 4 == 3 ? "\u05e9\u05dc\u05d5\u05dd %u"
                                                        : "class %u",
                                           i);
      for (guint k = 0; k < n; k++)
        counts[i * n + k] =
          (guint64) ((i == k ? 1480 : 40.0 / n) * (1.2 + noise (&state)));
    }
  plot = FOC_PLOT (foc_confusion_plot_new (n, (const char *const *) names, counts));
  foc_plot_set_title (plot, "Confusion matrix of the holdout set");
  return plot;
}

static FocPlot *
confusion (void)
{
  return make_confusion (2);
}

static FocPlot *
confusion_6 (void)
{
  return make_confusion (6);
}

static FocPlot *
confusion_30 (void)
{
  return make_confusion (30);
}

static FocPlot *
confusion_100 (void)
{
  return make_confusion (100);
}

static FocPlot *
confusion_none (void)
{
  return FOC_PLOT (foc_confusion_plot_new (0, NULL, NULL));
}

static FocPlot *
calibration (void)
{
  FocCalibrationPlot *plot = foc_calibration_plot_new ();
  double confidence[15], accuracy[2][15];
  guint64 counts[2][15];

  for (guint i = 0; i < 15; i++)
    {
      confidence[i] = (i + 0.55) / 15;
      accuracy[0][i] =
        confidence[i] - 0.5 * (confidence[i] - 0.45) * (1 - confidence[i]) - 0.05;
      accuracy[1][i] = confidence[i] + 0.02 * sin (i);
      counts[0][i] = i < 7 ? 0 : (guint64) exp (i * 0.6);
      counts[1][i] = i < 7 ? 0 : (guint64) exp (2 + i * 0.45);
    }
  foc_plot_set_title (FOC_PLOT (plot), "Calibration");
  foc_calibration_plot_add_curve (
    plot,
    &(FocCalibrationCurve){ "before", 15, confidence, accuracy[0], counts[0], 0.0712 });
  foc_calibration_plot_add_curve (
    plot, &(FocCalibrationCurve){ "after (temperature 1.73)", 15, confidence, accuracy[1],
                                  counts[1], 0.0089 });
  return FOC_PLOT (plot);
}

static FocPlot *
calibration_none (void)
{
  FocCalibrationPlot *plot = foc_calibration_plot_new ();

  foc_calibration_plot_add_curve (
    plot, &(FocCalibrationCurve){ "before", 2, (double[]){ NAN, NAN },
                                  (double[]){ NAN, NAN }, (guint64[]){ 0, 0 }, NAN });
  return FOC_PLOT (plot);
}

/* A head in front of a wall, with shares where the eyes are. */
static FocPlot *
make_explanation (const char *reason, guint picture_side)
{
  FocExplanation explanation = { .width = picture_side,
                                 .height = picture_side,
                                 .side = 24,
                                 .answer = "faces",
                                 .runner_up = "comics",
                                 .answer_logit = 3.127,
                                 .runner_up_logit = 3.127,
                                 .probability = reason ? 0.614 : 0.996,
                                 .reason = reason };
  g_autofree guint8 *picture = g_new (guint8, (gsize) picture_side * picture_side * 3);
  guint8 features[24 * 24 * 3];
  double shares[24 * 24 * 3];
  guint state = 3;

  for (guint pass = 0; pass < 2; pass++)
    {
      guint side = pass ? 24 : picture_side;

      for (guint i = 0; i < side * side; i++)
        {
          double x = (i % side + 0.5) / side * 2 - 1, y = (i / side + 0.5) / side * 2 - 1;
          gboolean head = hypot (x, y * 0.8) < 0.65;
          gboolean eye = hypot (fabs (x) - 0.25, y + 0.15) < 0.1;
          guint8 *rgb = (pass ? features : picture) + i * 3;

          rgb[0] = eye ? 30 : head ? 224 : (guint8) (120 + 40 * x);
          rgb[1] = eye ? 40 : head ? 172 : (guint8) (140 + 40 * y);
          rgb[2] = eye ? 60 : head ? 140 : 170;
          for (guint channel = 0; pass && channel < 3; channel++)
            shares[i * 3 + channel] = (eye    ? 0.12
                                       : head ? 0.02
                                              : -0.005)
                                        * (1 - 0.3 * channel)
                                      + 0.02 * noise (&state);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    explanation.runner_up_logit -= shares[i];
  explanation.picture = picture_side > 0 ? picture : NULL;
  explanation.features = features;
  explanation.shares = shares;
  return FOC_PLOT (foc_explanation_plot_new (&explanation));
}

static FocPlot *
explanation (void)
{
  return make_explanation (NULL, 256);
}

static FocPlot *
explanation_not_sure (void)
{
  return make_explanation (
    "The probability is below 80\u00a0%, and the picture is unlike anything "
    "in the training data.",
    1300);
}

static FocPlot *
explanation_no_picture (void)
{
  return make_explanation (NULL, 0);
}

const TestPlot test_plots[] = {
  { "curves-paper", curves_paper },
  { "curves-logarithmic", curves_logarithmic },
  { "curves-many", curves_many },
  { "curves-long", curves_long },
  { "curves-names", curves_names },
  { "curves-one-point", curves_one_point },
  { "curves-gap", curves_gap },
  { "curves-zero-logarithmic", curves_zero_logarithmic },
  { "curves-huge", curves_huge },
  { "curves-none", curves_none },
  { "curves-not-above-zero", curves_not_above_zero },
  { "curves-diverged", curves_diverged },
  { "risk-coverage", risk_coverage },
  { "roc", roc },
  { "roc-classes", roc_classes },
  { "roc-none", roc_none },
  { "confusion", confusion },
  { "confusion-6", confusion_6 },
  { "confusion-30", confusion_30 },
  { "confusion-100", confusion_100 },
  { "confusion-none", confusion_none },
  { "calibration", calibration },
  { "calibration-none", calibration_none },
  { "explanation", explanation },
  { "explanation-not-sure", explanation_not_sure },
  { "explanation-no-picture", explanation_no_picture },
  { NULL, NULL },
};
