/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* Plots as files, of the format that the ending of the name tells: .png, .svg, .pdf. */

/* Whether a plot may be written to `path`, or its numbers as .csv where there are some,
 * to be asked before any work is done. FOC_ERROR_SETTINGS for another ending or a
 * folder; FOC_ERROR_RUN for a file that is there, unless `replace`: it may be the user's
 * only copy of a picture. */
gboolean foc_figure_check_file (const char *path,
                                gboolean has_numbers,
                                gboolean replace,
                                GError **error);
gboolean foc_figure_is_csv (const char *path);

/* Writes the plot, `width` x `height` units large (points, or two pixels each). */
gboolean foc_figure_write_plot (FocPlot *plot,
                                const char *path,
                                double width,
                                double height,
                                GError **error);
