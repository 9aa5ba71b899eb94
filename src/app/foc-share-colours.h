/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "foc-explained.h"

/* An explanation as a picture: the share of each pixel in the colour of the class that it
 * speaks for, the stronger, the more of it. The colours are those of the style that the
 * window has now, by foc_palette_get_class_colour() of `answer_label` and
 * `runner_up_label`. */

/* FOC_N_FEATURES bytes as of features. What has no share is neutral; with `under`,
 * features, what they show is faintly there, in grey. */
void foc_share_colours_paint (const double shares[FOC_N_PIXELS],
                              guint answer_label,
                              guint runner_up_label,
                              const guint8 *under,
                              guint8 pixels[FOC_N_FEATURES]);

/* Two lines of markup that say which colour speaks for which class. Free with g_free(). */
char *foc_share_colours_make_legend (const char *answer,
                                     guint answer_label,
                                     const char *runner_up,
                                     guint runner_up_label);
