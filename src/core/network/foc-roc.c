/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-roc.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  double score;
  gboolean positive;
} Ranked;

static int
compare (const void *a, const void *b)
{
  double x = ((const Ranked *) a)->score, y = ((const Ranked *) b)->score;

  return x > y ? -1 : x < y; /* the highest first */
}

/* All places where the curve may turn, as counts. */
typedef struct
{
  guint32 negatives, positives;
} Corner;

/* Drops corners in the middle of a straight line. */
static void
add_corner (GArray *corners, guint32 negatives, guint32 positives)
{
  Corner corner = { negatives, positives };

  if (corners->len >= 2)
    {
      Corner *b = &g_array_index (corners, Corner, corners->len - 1);
      const Corner *a = &g_array_index (corners, Corner, corners->len - 2);
      gint64 cross =
        (gint64) (b->negatives - a->negatives) * (positives - b->positives)
        - (gint64) (b->positives - a->positives) * (negatives - b->negatives);

      if (cross == 0)
        {
          *b = corner;
          return;
        }
    }
  g_array_append_val (corners, corner);
}

/* Keeps a corner each time the curve has gone on for long enough. */
static void
choose_points (FocRoc *self, const GArray *corners, guint32 negatives, guint32 positives)
{
  double step = corners->len > FOC_ROC_MAX_POINTS ? 2.0 / (FOC_ROC_MAX_POINTS - 2) : 0.0;
  double last = 0.0;

  self->n_points = 0;
  for (guint i = 0; i < corners->len; i++)
    {
      const Corner *corner = &g_array_index (corners, Corner, i);
      FocRocPoint point = { (double) corner->negatives / negatives,
                            (double) corner->positives / positives };
      double length = point.false_positive_rate + point.true_positive_rate;

      if (i > 0 && i + 1 < corners->len && length - last < step)
        continue;
      self->points[self->n_points++] = point;
      last = length;
    }
}

void
foc_roc_measure (FocRoc *self, const FocScores *scores, guint label)
{
  guint32 n = scores->n, negatives = 0, positives = 0;
  g_autofree Ranked *ranked = g_new (Ranked, n);
  g_autoptr (GArray) corners = g_array_new (FALSE, FALSE, sizeof (Corner));
  double area = 0.0; /* in pairs of a positive and a negative */

  self->n_points = 0;
  self->auc = NAN;

  for (guint32 i = 0; i < n; i++)
    ranked[i] =
      (Ranked){ foc_scores_log_odds (scores, i, label), scores->labels[i] == label };
  if (n > 0)
    qsort (ranked, n, sizeof *ranked, compare);

  add_corner (corners, 0, 0);
  for (guint32 i = 0; i < n;)
    {
      guint32 negatives_before = negatives, positives_before = positives;
      double score = ranked[i].score;

      /* What has the same score passes a threshold together. */
      for (; i < n && ranked[i].score == score; i++)
        if (ranked[i].positive)
          positives++;
        else
          negatives++;

      area +=
        (negatives - negatives_before) * ((double) positives + positives_before) / 2;
      add_corner (corners, negatives, positives);
    }

  if (negatives == 0 || positives == 0)
    return;
  self->auc = area / ((double) negatives * positives);
  choose_points (self, corners, negatives, positives);
}
