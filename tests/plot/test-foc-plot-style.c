/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-plot-style.h"

#include <math.h>

static const FocPlotPalette *const palettes[] = { &foc_plot_palette_light,
                                                  &foc_plot_palette_dark,
                                                  &foc_plot_palette_light_contrast,
                                                  &foc_plot_palette_dark_contrast };

/* How a colour looks to readers of full colour vision, and without the cones for long,
 * middle and short waves: linear RGB to linear RGB (G. M. Machado, M. M. Oliveira and L. A. F.
 * Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009,
 * severity 1). */
static const double visions[4][3][3] = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  { { 0.152286, 1.052583, -0.204868 },
    { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 },
    { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 },
    { -0.078411, 0.930809, 0.147602 },
    { 0.004733, 0.691367, 0.303900 } },
};

static double
linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
lab_part (double value)
{
  return value > 0.008856 ? cbrt (value) : 7.787 * value + 16.0 / 116;
}

/* CIELAB of a colour as seen with that vision. */
static void
to_lab (const FocPlotColour *colour, const double vision[3][3], double lab[3])
{
  const double rgb[3] = { linear (colour->red), linear (colour->green),
                          linear (colour->blue) };
  double seen[3], x, y, z;

  for (guint i = 0; i < 3; i++)
    {
      seen[i] = vision[i][0] * rgb[0] + vision[i][1] * rgb[1] + vision[i][2] * rgb[2];
      seen[i] = CLAMP (seen[i], 0, 1);
    }
  x = lab_part ((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505);
  y = lab_part (0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
  z = lab_part ((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089);
  lab[0] = 116 * y - 16;
  lab[1] = 500 * (x - y);
  lab[2] = 200 * (y - z);
}

static double
distance (const FocPlotColour *a, const FocPlotColour *b, const double vision[3][3])
{
  double first[3], second[3];

  to_lab (a, vision, first);
  to_lab (b, vision, second);
  return sqrt (pow (first[0] - second[0], 2) + pow (first[1] - second[1], 2)
               + pow (first[2] - second[2], 2));
}

static void
test_colour_blind (void)
{
  for (guint p = 0; p < G_N_ELEMENTS (palettes); p++)
    for (guint v = 0; v < G_N_ELEMENTS (visions); v++)
      {
        const FocPlotColour *series = palettes[p]->series;

        for (guint i = 0; i < FOC_PLOT_N_COLOURS; i++)
          for (guint k = 0; k < i; k++)
            g_assert_cmpfloat (distance (&series[i], &series[k], visions[v]), >, 26);
        g_assert_cmpfloat (
          distance (&palettes[p]->positive, &palettes[p]->negative, visions[v]), >, 50);
      }
}

static void
test_contrast (void)
{
  for (guint p = 0; p < G_N_ELEMENTS (palettes); p++)
    {
      const FocPlotPalette *palette = palettes[p];
      const FocPlotColour *ground = &palette->background;

      g_assert_cmpfloat (foc_plot_colour_contrast (&palette->text, ground), >=, 7);
      g_assert_cmpfloat (foc_plot_colour_contrast (&palette->faint, ground), >=,
                         p < 2 ? 4.5 : 7);
      g_assert_cmpfloat (foc_plot_colour_contrast (&palette->grid, ground), >=,
                         p < 2 ? 1.2 : 3);
      for (guint i = 0; i < FOC_PLOT_N_COLOURS; i++)
        g_assert_cmpfloat (foc_plot_colour_contrast (&palette->series[i], ground), >=, 3);

      /* Text on whatever a cell of a confusion matrix may be. */
      for (guint percent = 0; percent <= 100; percent++)
        {
          FocPlotColour cell =
            foc_plot_colour_mix (ground, &palette->heat, percent / 100.0);

          g_assert_cmpfloat (
            foc_plot_colour_contrast (foc_plot_colour_text_on (&cell), &cell), >=, 4);
        }
    }
}

static void
test_diverging (void)
{
  for (guint p = 0; p < G_N_ELEMENTS (palettes); p++)
    {
      FocPlotColour zero = foc_plot_palette_diverging (palettes[p], 0);
      FocPlotColour above = foc_plot_palette_diverging (palettes[p], 7);
      FocPlotColour below = foc_plot_palette_diverging (palettes[p], -1);
      FocPlotColour none = foc_plot_palette_diverging (palettes[p], NAN);

      g_assert_cmpmem (&zero, sizeof zero, &palettes[p]->neutral, sizeof zero);
      g_assert_cmpmem (&above, sizeof above, &palettes[p]->positive, sizeof above);
      g_assert_cmpmem (&below, sizeof below, &palettes[p]->negative, sizeof below);
      g_assert_cmpmem (&none, sizeof none, &palettes[p]->neutral, sizeof none);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/style/colour-blind", test_colour_blind);
  g_test_add_func ("/plot/style/contrast", test_contrast);
  g_test_add_func ("/plot/style/diverging", test_diverging);
  return g_test_run ();
}
