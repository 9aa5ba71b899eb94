/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo.h"

#include "foc-demo-develop.h"
#include "foc-demo-painters.h"

/* How often each class looks a little like the other. Chosen so that the
 * recommended settings reach about 98.5 % on the default 500 pictures a class: with
 * less of it the demo would teach nothing about errors. Measured on the holdout set
 * by "experiment --preset recommended": 0.973 ... 0.997, mean 0.987, over the seeds
 * 1 ... 8 of the data and 1 ... 3 of the network. Measure again when a colour changes. */
#define PHOTO_GREY 0.06     /* black and white film              */
#define PHOTO_PLAIN 0.02    /* flat light, coloured backdrop     */
#define PHOTO_VIVID 0.08    /* a camera that likes colours       */
#define COMIC_GREY 0.08     /* ink on paper                      */
#define COMIC_PAINTED 0.010 /* soft shading, natural colours     */
#define COMIC_MUTED 0.17    /* pastel                            */
#define COMIC_FRAMED 0.90   /* a panel in the gutter of its page */

static void
draw_photo (cairo_surface_t *surface,
            cairo_t *cr,
            const FocDemoFace *face,
            int size,
            FocRng *rng)
{
  gboolean grey = foc_demo_chance (rng, PHOTO_GREY);
  gboolean plain = foc_demo_chance (rng, PHOTO_PLAIN);
  gboolean vivid = foc_demo_chance (rng, PHOTO_VIVID);
  double warm = foc_demo_normal (rng, 0.035, 0.1);
  FocDemoDeveloping how;

  how.softness = foc_demo_between (rng, 0.08, 0.20);
  how.contrast = foc_demo_between (rng, 0.90, 1.10);
  how.exposure = foc_demo_between (rng, 0.92, 1.15);
  how.saturation = foc_demo_between (rng, 0.75, 1.05);
  how.vignette = foc_demo_between (rng, 0.15, 0.45);
  how.noise = foc_demo_between (rng, 0.8, 3.0);
  how.tint = (FocDemoColour){ 1.0 + warm, 1.0, 1.0 - warm };
  if (vivid)
    {
      how.saturation = 1.3;
      how.exposure = 1.12;
    }
  if (grey)
    {
      how.saturation = 0.0;
      how.noise *= 1.5;
      /* Now and then the print is brown with age. */
      how.tint = foc_demo_chance (rng, 0.3) ? (FocDemoColour){ 1.06, 0.98, 0.84 }
                                            : (FocDemoColour){ 1, 1, 1 };
    }

  foc_demo_photo_paint (cr, face, size, plain, rng);
  foc_demo_develop (surface, &how, rng);
}

static void
draw_comic (cairo_surface_t *surface,
            cairo_t *cr,
            const FocDemoFace *face,
            int size,
            FocRng *rng)
{
  FocDemoComicStyle style = { 0 };
  FocDemoDeveloping how = {
    .contrast = 1, .exposure = 1, .saturation = 1, .tint = { 1, 1, 1 }
  };

  style.grey = foc_demo_chance (rng, COMIC_GREY);
  style.painted = !style.grey && foc_demo_chance (rng, COMIC_PAINTED);
  style.muted = foc_demo_chance (rng, COMIC_MUTED);
  style.strange_skin = !style.grey && !style.painted && foc_demo_chance (rng, 0.12);
  style.framed = !style.painted && foc_demo_chance (rng, COMIC_FRAMED);
  style.outline = foc_demo_between (rng, 0.028, 0.055);
  if (style.painted)
    style.outline = foc_demo_chance (rng, 0.5) ? 0.0 : 0.018;
  else if (style.muted && foc_demo_chance (rng, 0.4))
    style.outline = 0.0;
  switch (foc_rng_below (rng, 3))
    {
    case 0:
      style.dots = TRUE;
      break;
    case 1:
      style.hatching = style.grey || foc_demo_chance (rng, 0.4);
      break;
    default:
      break;
    }
  if (style.painted)
    style.dots = style.hatching = FALSE;

  foc_demo_comic_paint (cr, face, size, &style, rng);

  if (style.painted)
    {
      /* Photographed from paper, a little. */
      how.softness = 0.08;
      how.exposure = 1.12;
      how.saturation = 0.95;
      how.noise = 2.0;
    }
  else if (foc_demo_chance (rng, 0.3))
    {
      how.noise = 2.0; /* rough paper, yellowed */
      how.tint = (FocDemoColour){ 1.0, 0.97, foc_demo_between (rng, 0.80, 0.95) };
      how.exposure = 0.98;
    }
  else
    return;
  foc_demo_develop (surface, &how, rng);
}

cairo_surface_t *
foc_demo_draw (FocDemoKind kind, guint64 seed, guint index, guint size)
{
  guint64 what[3] = { GUINT64_TO_LE (seed), GUINT64_TO_LE ((guint64) index),
                      GUINT64_TO_LE ((guint64) kind) };
  cairo_surface_t *surface;
  cairo_t *cr;
  FocDemoFace face;
  FocRng rng;

  g_return_val_if_fail (size >= FOC_DEMO_SIZE_MIN && size <= FOC_DEMO_SIZE_MAX, NULL);

  surface = foc_demo_surface_new (CAIRO_FORMAT_RGB24, (int) size, (int) size);
  cr = cairo_create (surface);
  foc_demo_face_init (&face, seed, index);
  foc_rng_init (&rng, foc_hash (what, sizeof what, 1), FOC_RNG_STREAM_DEMO);

  if (kind == FOC_DEMO_FACE)
    draw_photo (surface, cr, &face, (int) size, &rng);
  else
    draw_comic (surface, cr, &face, (int) size, &rng);

  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}
