/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-painters.h"

#include <math.h>

#include "foc-demo-photo.h"
#include "foc-demo-shapes.h"

static const FocDemoColour black = { 0.03, 0.02, 0.02 };
static const FocDemoColour white = { 1, 1, 1 };

/* Fills the path with a colour that is brighter on the light's side. */
static void
fill_lit (cairo_t *cr,
          const FocDemoFace *face,
          FocDemoColour colour,
          double reach,
          double y)
{
  cairo_pattern_t *pattern =
    cairo_pattern_create_linear (reach * face->light_x, y + reach * face->light_y,
                                 -reach * face->light_x, y - reach * face->light_y);

  foc_demo_add_stop (pattern, 0.0, foc_demo_colour_scale (colour, 1.15), 1);
  foc_demo_add_stop (pattern, 0.5, foc_demo_colour_scale (colour, 0.88), 1);
  foc_demo_add_stop (pattern, 1.0, foc_demo_colour_scale (colour, 0.5), 1);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

static void
paint_strands (cairo_t *cr,
               const FocDemoFace *face,
               int size,
               gboolean front,
               guint n,
               FocRng *rng)
{
  gboolean cloth = foc_demo_face_has_cloth (face);
  double thin = 0.012;

  /* Few strokes of many strands: one tone a stroke. */
  for (int tone = 0; tone < 4; tone++)
    {
      double k = tone < 2 ? 0.45 + 0.25 * tone : 1.0 + 0.35 * (tone - 1);
      FocDemoColour colour = foc_demo_colour_scale (face->hair_colour, k);

      if (tone >= 2)
        colour = foc_demo_colour_mix (colour, white, 0.05 * (tone - 1));
      for (guint i = 0; i < (cloth ? 3 : n); i++)
        {
          double u = foc_demo_between (rng, -1, 1);

          /* Strands that shine are on the light's side. */
          if (tone >= 2)
            u = 0.6 * u + 0.5 * face->light_x;
          foc_demo_path_strand (cr, face, front, u, rng);
        }
      foc_demo_set_source (cr, colour, cloth ? 0.25 : 0.45);
      if (cloth)
        {
          cairo_set_line_width (cr, 0.06);
          cairo_stroke (cr);
        }
      else
        foc_demo_stroke_softly (cr, size, thin * (tone == 0 ? 2.0 : 1.1));
    }
}

static void
paint_hair (cairo_t *cr, const FocDemoFace *face, int size, gboolean front, FocRng *rng)
{
  cairo_save (cr);
  if (!(front ? foc_demo_path_hair_front (cr, face) : foc_demo_path_hair_back (cr, face)))
    {
      cairo_restore (cr);
      return;
    }
  if (front)
    {
      cairo_clip_preserve (cr);
      fill_lit (cr, face, face->hair_colour, 1.2, -0.4);
      paint_strands (cr, face, size, TRUE, 60, rng);
      if (face->hair == FOC_DEMO_HAIR_BEANIE)
        {
          cairo_rectangle (cr, -1, -0.66, 2, 0.4);
          foc_demo_set_source (cr, foc_demo_colour_scale (face->hair_colour, 0.75), 0.7);
          cairo_fill (cr);
        }
      foc_demo_soft_spot (cr, 0.6 * face->light_x, -0.95, 0.6, 0.30, white,
                          foc_demo_face_has_cloth (face) ? 0.08 : 0.16);
    }
  else
    {
      cairo_clip_preserve (cr);
      fill_lit (cr, face, foc_demo_colour_scale (face->hair_colour, 0.7), 1.6, 0);
      paint_strands (cr, face, size, FALSE, 30, rng);
    }
  cairo_restore (cr);
}

static void
paint_body (cairo_t *cr, const FocDemoFace *face, FocRng *rng)
{
  FocDemoColour shade = foc_demo_colour_mix (face->skin, black, 0.5);
  double w = 0.62 * face->width;

  foc_demo_path_neck (cr, face);
  fill_lit (cr, face, foc_demo_colour_scale (face->skin, 0.86), 0.9, 0.9);

  foc_demo_path_body (cr, face);
  fill_lit (cr, face, face->clothes_colour, 1.7, 2.0);

  cairo_save (cr);
  foc_demo_path_neckline (cr, face);
  if (cairo_has_current_point (cr))
    {
      cairo_clip_preserve (cr);
      fill_lit (cr, face, foc_demo_colour_scale (face->skin, 0.86), 0.9, 0.9);
      cairo_restore (cr);
      cairo_save (cr);
      foc_demo_path_neckline (cr, face);
      foc_demo_set_source (cr, foc_demo_colour_scale (face->clothes_colour, 0.6), 0.8);
      cairo_set_line_width (cr, 0.05);
      cairo_stroke (cr);
    }
  cairo_restore (cr);

  /* The head's shadow on neck and chest, away from the light. */
  cairo_save (cr);
  foc_demo_path_neck (cr, face);
  foc_demo_path_neckline (cr, face);
  cairo_clip (cr);
  foc_demo_soft_spot (cr, -0.35 * face->light_x, 0.98, w * 1.7, 0.52, shade, 0.85);
  cairo_restore (cr);

  if (face->clothes == FOC_DEMO_CLOTHES_TURTLENECK)
    {
      foc_demo_path_turtleneck (cr, face);
      fill_lit (cr, face, foc_demo_colour_scale (face->clothes_colour, 1.08), 0.9, 1.3);
    }
  else if (face->clothes == FOC_DEMO_CLOTHES_COLLAR)
    {
      for (int side = -1; side <= 1; side += 2)
        {
          foc_demo_path_collar (cr, face, side);
          fill_lit (cr, face, foc_demo_colour_mix (face->clothes_colour, white, 0.18),
                    0.9, 1.5);
        }
    }

  /* Folds. */
  for (int i = 0; i < 4; i++)
    {
      double x = foc_demo_between (rng, -1.3, 1.3), y = foc_demo_between (rng, 1.8, 2.3);

      foc_demo_soft_spot (cr, x, y, 0.10, 0.45, i % 2 ? white : black, 0.10);
    }
}

static void
paint_head (cairo_t *cr, const FocDemoFace *face, int size, double depth, FocRng *rng)
{
  gboolean covered = face->hair == FOC_DEMO_HAIR_SCARF;
  FocDemoColour shade = foc_demo_colour_mix (face->skin, black, 0.6);

  for (int side = -1; side <= 1 && !covered; side += 2)
    {
      double x = side * face->width - 0.16 * face->yaw;

      foc_demo_path_ear (cr, face, side);
      fill_lit (cr, face, foc_demo_colour_mix (face->skin, face->lips, 0.18), 0.9, 0);
      foc_demo_soft_spot (cr, x + 0.03 * side, 0.1, 0.07, 0.13, shade, 0.5);
      if (face->earrings)
        {
          foc_demo_ellipse (cr, x + 0.03 * side, 0.13 + face->ear, 0.035, 0.035);
          foc_demo_set_source (cr, (FocDemoColour){ 0.90, 0.78, 0.45 }, 1);
          cairo_fill (cr);
        }
    }

  cairo_save (cr);
  foc_demo_path_head (cr, face);
  cairo_clip (cr);
  foc_demo_skin_paint (cr, face, size, depth, 0);
  if (face->hair != FOC_DEMO_HAIR_NONE)
    foc_demo_soft_spot (cr, -0.1 * face->light_x, -0.62, 0.85, 0.34, shade, 0.5);
  if (face->freckles)
    {
      for (int i = 0; i < 40; i++)
        {
          double u = 0.3 * foc_rng_normal (rng);
          double r = foc_demo_between (rng, 0.006, 0.013);

          foc_demo_ellipse (
            cr, foc_demo_face_turn (face, u),
            0.24 + face->pitch + 0.08 * foc_rng_normal (rng) - 0.15 * u * u, r, r);
        }
      foc_demo_set_source (
        cr, foc_demo_colour_mix (face->skin, (FocDemoColour){ 0.45, 0.22, 0.1 }, 0.6),
        0.5);
      cairo_fill (cr);
    }
  cairo_restore (cr);

  for (int side = -1; side <= 1; side += 2)
    foc_demo_photo_eye (cr, face, side);
  foc_demo_photo_nose (cr, face);
  foc_demo_photo_mouth (cr, face);
  foc_demo_photo_beard (cr, face, size, rng);
}

void
foc_demo_photo_paint (cairo_t *cr,
                      const FocDemoFace *face,
                      int size,
                      gboolean plain,
                      FocRng *rng)
{
  FocDemoFace lit = *face;
  double depth = plain ? 0.55 : foc_demo_between (rng, 0.72, 1.0);

  if (plain)
    {
      /* A ring of light around the lens. */
      lit.light_x *= 0.25;
      lit.light_y *= 0.5;
      lit.light_z = sqrt (1.0 - lit.light_x * lit.light_x - lit.light_y * lit.light_y);
    }

  foc_demo_background_blurred (cr, size, plain, rng);

  foc_demo_face_enter (&lit, cr, size);
  paint_hair (cr, &lit, size, FALSE, rng);
  foc_demo_face_enter_body (&lit, cr, size);
  paint_body (cr, &lit, rng);
  foc_demo_face_enter (&lit, cr, size);
  paint_head (cr, &lit, size, depth, rng);
  if (lit.glasses != FOC_DEMO_GLASSES_NONE)
    foc_demo_photo_glasses (cr, &lit);
  paint_hair (cr, &lit, size, TRUE, rng);
}
