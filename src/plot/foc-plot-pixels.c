/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-pixels.h"

#include <math.h>

#define SIDE_MAX 512
#define CHANNELS 3

cairo_surface_t *
foc_plot_pixels_new (const guint8 *rgb, guint width, guint height)
{
  guint block = (MAX (width, height) + SIDE_MAX - 1) / SIDE_MAX;
  /* The last block may be a part of one. */
  guint n_columns = (width + block - 1) / block, n_rows = (height + block - 1) / block;
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) n_columns, (int) n_rows);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  for (guint row = 0; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        guint right = MIN ((column + 1) * block, width);
        guint bottom = MIN ((row + 1) * block, height);
        guint64 sums[CHANNELS] = { 0 }, n = 0;
        guint32 *pixel = (guint32 *) (gpointer) (pixels + row * stride) + column;

        for (guint y = row * block; y < bottom; y++)
          for (guint x = column * block; x < right; x++, n++)
            for (guint channel = 0; channel < CHANNELS; channel++)
              sums[channel] += rgb[((gsize) y * width + x) * CHANNELS + channel];
        *pixel = (guint32) ((sums[0] + n / 2) / n << 16 | (sums[1] + n / 2) / n << 8
                            | (sums[2] + n / 2) / n);
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_edge (FocPlotCanvas *canvas, double x, double y, double width, double height)
{
  cairo_rectangle (canvas->cr, x, y, width, height);
  cairo_set_line_width (canvas->cr, 0.08 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->faint);
  cairo_stroke (canvas->cr);
}

void
foc_plot_pixels_draw_picture (FocPlotCanvas *canvas,
                              cairo_surface_t *picture,
                              const FocPlotBox *box)
{
  double width = cairo_image_surface_get_width (picture);
  double height = cairo_image_surface_get_height (picture);
  double scale = MIN (box->width / width, box->height / height);
  double x = box->x + (box->width - width * scale) / 2;
  double y = box->y + (box->height - height * scale) / 2;

  cairo_save (canvas->cr);
  cairo_rectangle (canvas->cr, x, y, width * scale, height * scale);
  cairo_clip (canvas->cr);
  cairo_translate (canvas->cr, x, y);
  cairo_scale (canvas->cr, scale, scale);
  cairo_set_source_surface (canvas->cr, picture, 0, 0);
  /* Else the edges fade into what is beyond the picture. */
  cairo_pattern_set_extend (cairo_get_source (canvas->cr), CAIRO_EXTEND_PAD);
  cairo_paint (canvas->cr);
  cairo_restore (canvas->cr);
  draw_edge (canvas, x, y, width * scale, height * scale);
}

/* Squares and no image, which viewers of PDF and SVG would blur. Each reaches under the
 * next ones, so that nothing shines through between them. */
void
foc_plot_pixels_draw_cells (FocPlotCanvas *canvas,
                            const FocPlotColour *colours,
                            guint side,
                            const FocPlotBox *box)
{
  double width = box->width / side, height = box->height / side;

  cairo_save (canvas->cr);
  cairo_set_antialias (canvas->cr, CAIRO_ANTIALIAS_NONE);
  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++)
      {
        cairo_rectangle (canvas->cr, box->x + column * width, box->y + row * height,
                         width * (column + 1 < side ? 1.3 : 1),
                         height * (row + 1 < side ? 1.3 : 1));
        foc_plot_canvas_set_colour (canvas, &colours[(gsize) row * side + column]);
        cairo_fill (canvas->cr);
      }
  cairo_restore (canvas->cr);
  draw_edge (canvas, box->x, box->y, box->width, box->height);
}
