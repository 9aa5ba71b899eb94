/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-thin.h"

#include <math.h>

#define KEPT 5 /* of each row of points */
#define ROWS (FOC_PLOT_POINTS_MAX / KEPT)

/* In ascending order. */
static void
sort (gsize *places, guint n)
{
  for (guint i = 1; i < n; i++)
    for (guint k = i; k > 0 && places[k] < places[k - 1]; k--)
      {
        gsize place = places[k];

        places[k] = places[k - 1];
        places[k - 1] = place;
      }
}

gsize
foc_plot_thin (double *x, double *y, gsize n)
{
  gsize kept = 0;

  if (n <= FOC_PLOT_POINTS_MAX)
    return n;

  for (gsize row = 0; row < ROWS; row++)
    {
      gsize from = row * n / ROWS, to = (row + 1) * n / ROWS;
      /* First, last, lowest, highest, not finite. */
      gsize places[KEPT] = { from, to - 1, from, from, from };

      for (gsize i = from; i < to; i++)
        if (!isfinite (y[i]))
          places[4] = i;
        else
          {
            if (!isfinite (y[places[2]]) || y[i] < y[places[2]])
              places[2] = i;
            if (!isfinite (y[places[3]]) || y[i] > y[places[3]])
              places[3] = i;
          }
      sort (places, KEPT);
      for (guint k = 0; k < KEPT; k++)
        if (k == 0 || places[k] != places[k - 1])
          {
            x[kept] = x[places[k]];
            y[kept++] = y[places[k]];
          }
    }
  return kept;
}
