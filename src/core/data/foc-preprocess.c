/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-preprocess.h"

#include <math.h>
#include <string.h>

/* Not gdk_pixbuf_scale(): it averages areas too, but at places rounded to 1/16
 * of a pixel and over windows of whole pixels, which differs from the average by
 * up to five levels when 100 or 128 pixels become 24; it builds a table for
 * every call, which takes 2 ms when 1000 pixels do; and it interpolates when it
 * enlarges. This is exact to half a level at any factor, in integers, so that
 * every machine and compiler gives the same features. */

/* The weights of one output pixel sum to exactly this. */
#define WEIGHT_BITS 24
#define WEIGHT_ONE ((guint32) 1 << WEIGHT_BITS)

/* Along one axis: the source pixels `first` ... `last` that the cell number
 * `index` of FOC_FEATURE_SIDE covers, of which it begins at `start` and is `side`
 * pixels long. */
typedef struct
{
  double start;
  double side;
  int first;
  int last;
} Cell;

static Cell
cell_at (double start, double length, int n_pixels, int index)
{
  Cell cell;

  cell.side = length / FOC_FEATURE_SIDE;
  cell.start = start + cell.side * index;
  cell.first = CLAMP ((int) floor (cell.start), 0, n_pixels - 1);
  cell.last = CLAMP ((int) ceil (cell.start + cell.side) - 1, cell.first, n_pixels - 1);
  return cell;
}

/* The share of the cell before the left edge of `pixel`. Weights are differences
 * of these, so that, rounded as they are, they still sum to one. */
static guint32
share_before (const Cell *cell, int pixel)
{
  double share = (pixel - cell->start) / cell->side;

  if (pixel <= cell->first)
    return 0;
  if (pixel > cell->last)
    return WEIGHT_ONE;
  return (guint32) lrint (CLAMP (share, 0.0, 1.0) * WEIGHT_ONE);
}

static guint32
weight_of (const Cell *cell, int pixel)
{
  return share_before (cell, pixel + 1) - share_before (cell, pixel);
}

/* A row of RGBA as RGB on a white ground. */
static void
lay_on_white (guint8 *rgb, const guint8 *rgba, int n_pixels)
{
  for (int i = 0; i < n_pixels; i++, rgb += 3, rgba += 4)
    {
      guint alpha = rgba[3];

      for (int channel = 0; channel < 3; channel++)
        rgb[channel] =
          (guint8) ((rgba[channel] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

/* One output row from the sums of its source rows: `sums` begins at the source
 * column `left`; its values are levels times WEIGHT_ONE. */
static void
average_columns (guint8 *out,
                 const guint32 *sums,
                 const FocRectangle *region,
                 int n_columns,
                 int left)
{
  for (int x = 0; x < FOC_FEATURE_SIDE; x++)
    {
      const Cell cell = cell_at (region->x, region->width, n_columns, x);
      guint64 total[FOC_FEATURE_CHANNELS] = { 0 };

      for (int column = cell.first; column <= cell.last; column++)
        {
          const guint32 *sum = sums + (column - left) * FOC_FEATURE_CHANNELS;
          guint64 weight = weight_of (&cell, column);

          for (int channel = 0; channel < FOC_FEATURE_CHANNELS; channel++)
            total[channel] += weight * sum[channel];
        }

      for (int channel = 0; channel < FOC_FEATURE_CHANNELS; channel++)
        *out++ = (guint8) ((total[channel] + ((guint64) 1 << (2 * WEIGHT_BITS - 1)))
                           >> (2 * WEIGHT_BITS));
    }
}

void
foc_preprocess_image (const FocImage *image, guint8 features[FOC_N_FEATURES])
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (image->pixbuf);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (image->pixbuf);
  const int n_channels = gdk_pixbuf_get_n_channels (image->pixbuf);
  const int n_rows = gdk_pixbuf_get_height (image->pixbuf);
  const int n_columns = gdk_pixbuf_get_width (image->pixbuf);
  const FocRectangle *region = &image->region;
  const int left = cell_at (region->x, region->width, n_columns, 0).first;
  const int right =
    cell_at (region->x, region->width, n_columns, FOC_FEATURE_SIDE - 1).last + 1;
  const gsize n_sums = (gsize) (right - left) * FOC_FEATURE_CHANNELS;
  g_autofree guint32 *sums = g_new (guint32, n_sums);
  g_autofree guint8 *opaque = n_channels == 4 ? g_new (guint8, n_sums) : NULL;

  for (int y = 0; y < FOC_FEATURE_SIDE; y++)
    {
      const Cell cell = cell_at (region->y, region->height, n_rows, y);

      memset (sums, 0, n_sums * sizeof *sums);
      for (int row = cell.first; row <= cell.last; row++)
        {
          const guint8 *levels =
            pixels + (gsize) row * stride + (gsize) left * (gsize) n_channels;
          const guint32 weight = weight_of (&cell, row);

          if (opaque != NULL)
            {
              lay_on_white (opaque, levels, right - left);
              levels = opaque;
            }
          for (gsize i = 0; i < n_sums; i++)
            sums[i] += weight * levels[i];
        }

      average_columns (features + y * FOC_FEATURE_SIDE * FOC_FEATURE_CHANNELS, sums,
                       region, n_columns, left);
    }
}

gboolean
foc_preprocess_file (const char *path,
                     const FocRectangle *region,
                     guint8 features[FOC_N_FEATURES],
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (FocImage) image = { 0 };

  if (!foc_image_load (path, region, FOC_PREPROCESS_MIN_SIDE, &image, cancellable, error))
    return FALSE;

  foc_preprocess_image (&image, features);
  return TRUE;
}
