/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* What a long curve keeps of its points. */

#define FOC_PLOT_POINTS_MAX 4096

/* Of more than FOC_PLOT_POINTS_MAX points (x, y), keeps no more than these, in their order:
 * the first and last of each of equally many in a row, the lowest and the highest, and one
 * that is not finite, where there is one, so that a gap stays. In place; returns their
 * number. */
gsize foc_plot_thin (double *x, double *y, gsize n);
