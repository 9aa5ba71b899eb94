/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-share-colours.h"

#include "foc-palette.h"

#include <glib/gi18n.h>
#include <math.h>

static guint8
to_byte (double value)
{
  return (guint8) lround (255 * value);
}

/* How much of what is below the shares is to be seen: on black, dark colours are not. */
#define UNDER 0.4

/* Faintly, how light it is to the eye: the luma of ITU-R BT.601. */
static FocPlotColour
make_ground (const guint8 *rgb)
{
  double grey = (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2]) / 255;

  return foc_plot_colour_mix (&foc_palette_get ()->neutral,
                              &(FocPlotColour){ grey, grey, grey }, UNDER);
}

void
foc_share_colours_paint (const double shares[FOC_N_PIXELS],
                         guint answer_label,
                         guint runner_up_label,
                         const guint8 *under,
                         guint8 pixels[FOC_N_FEATURES])
{
  const FocPlotColour answer = foc_palette_get_class_colour (answer_label);
  const FocPlotColour runner_up = foc_palette_get_class_colour (runner_up_label);
  double largest = 0;

  for (guint i = 0; i < FOC_N_PIXELS; i++)
    largest = MAX (largest, fabs (shares[i]));

  for (guint i = 0; i < FOC_N_PIXELS; i++)
    {
      FocPlotColour ground =
        under != NULL ? make_ground (under + 3 * i) : foc_palette_get ()->neutral;
      FocPlotColour colour =
        foc_plot_colour_mix (&ground, shares[i] > 0 ? &answer : &runner_up,
                             largest > 0 ? fabs (shares[i]) / largest : 0);

      pixels[3 * i] = to_byte (colour.red);
      pixels[3 * i + 1] = to_byte (colour.green);
      pixels[3 * i + 2] = to_byte (colour.blue);
    }
}

char *
foc_share_colours_make_legend (const char *answer,
                               guint answer_label,
                               const char *runner_up,
                               guint runner_up_label)
{
  const FocPlotColour colour = foc_palette_get_class_colour (answer_label);
  const FocPlotColour other = foc_palette_get_class_colour (runner_up_label);

  /* Translators: the squares are in the colours of the two classes, whose names follow;
   * keep the markup. */
  return g_markup_printf_escaped (
    _ ("<span color=\"#%02x%02x%02x\">■</span> speaks for %s\n"
       "<span color=\"#%02x%02x%02x\">■</span> speaks for %s"),
    to_byte (colour.red), to_byte (colour.green), to_byte (colour.blue), answer,
    to_byte (other.red), to_byte (other.green), to_byte (other.blue), runner_up);
}
