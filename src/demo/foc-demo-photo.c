/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-painters.h"

#include <math.h>

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
      cairo_move_to (cr, -w * 1.05, 1.12);
      cairo_curve_to (cr, -w * 0.5, 1.24, w * 0.5, 1.24, w * 1.05, 1.12);
      cairo_line_to (cr, w * 1.2, 1.42);
      cairo_curve_to (cr, w * 0.5, 1.54, -w * 0.5, 1.54, -w * 1.2, 1.42);
      cairo_close_path (cr);
      fill_lit (cr, face, foc_demo_colour_scale (face->clothes_colour, 1.08), 0.9, 1.3);
    }
  else if (face->clothes == FOC_DEMO_CLOTHES_COLLAR)
    {
      for (int side = -1; side <= 1; side += 2)
        {
          cairo_move_to (cr, side * w * 1.05, 1.10);
          cairo_line_to (cr, side * w * 1.45, 1.42);
          cairo_line_to (cr, side * w * 0.72, 1.78);
          cairo_line_to (cr, side * 0.02, 1.58);
          cairo_curve_to (cr, side * w * 0.5, 1.50, side * w * 0.9, 1.35, side * w * 1.05,
                          1.10);
          fill_lit (cr, face, foc_demo_colour_mix (face->clothes_colour, white, 0.18),
                    0.9, 1.5);
        }
    }

  /* Folds. */
  for (int i = 0; i < 4; i++)
    foc_demo_soft_spot (cr, foc_demo_between (rng, -1.3, 1.3),
                        foc_demo_between (rng, 1.8, 2.3), 0.10, 0.45,
                        i % 2 ? white : black, 0.10);
}

static void
paint_eye (cairo_t *cr, const FocDemoFace *face, int side)
{
  FocDemoColour shade =
    foc_demo_colour_mix (foc_demo_colour_scale (face->skin, 0.35), black, 0.3);
  FocDemoColour ball = { 0.93, 0.91, 0.89 };
  double w = face->eye_width, o = face->eye_open, x, y;
  cairo_pattern_t *pattern;

  cairo_save (cr);
  foc_demo_enter_eye (cr, face, side);
  foc_demo_soft_spot (cr, 0, -o * 0.9, w * 1.25, o * 1.6, shade, 0.30);

  cairo_save (cr);
  foc_demo_path_eye (cr, face);
  cairo_clip (cr);
  pattern = cairo_pattern_create_linear (0, -o, 0, o * 0.9);
  foc_demo_add_stop (pattern, 0.0, foc_demo_colour_scale (ball, 0.55), 1);
  foc_demo_add_stop (pattern, 0.45, foc_demo_colour_scale (ball, 0.93), 1);
  foc_demo_add_stop (pattern, 1.0, foc_demo_colour_scale (ball, 0.88), 1);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);

  foc_demo_iris_place (face, side, &x, &y);
  pattern = cairo_pattern_create_radial (x, y + face->iris * 0.35, face->iris * 0.1, x, y,
                                         face->iris);
  foc_demo_add_stop (pattern, 0.0, foc_demo_colour_scale (face->iris_colour, 1.35), 1);
  foc_demo_add_stop (pattern, 0.75, face->iris_colour, 1);
  foc_demo_add_stop (pattern, 1.0, foc_demo_colour_scale (face->iris_colour, 0.4), 1);
  foc_demo_ellipse (cr, x, y, face->iris, face->iris);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
  foc_demo_ellipse (cr, x, y, face->iris * 0.42, face->iris * 0.42);
  foc_demo_set_source (cr, black, 1);
  cairo_fill (cr);
  foc_demo_soft_spot (cr, 0, -o, w * 1.1, o * 0.9, black, 0.45);
  foc_demo_ellipse (cr, x + side * face->light_x * face->iris * 0.5,
                    y - face->iris * 0.35, face->iris * 0.17, face->iris * 0.17);
  foc_demo_set_source (cr, white, 0.9);
  cairo_fill (cr);
  foc_demo_ellipse (cr, -w * 0.93, 0.22 * o, w * 0.12, o * 0.2);
  foc_demo_set_source (cr, (FocDemoColour){ 0.75, 0.45, 0.42 }, 0.6);
  cairo_fill (cr);
  cairo_restore (cr);

  foc_demo_path_upper_lid (cr, face, 0);
  foc_demo_set_source (cr, foc_demo_colour_mix (shade, black, face->lashes ? 0.9 : 0.4),
                       0.9);
  cairo_set_line_width (cr, face->lashes ? 0.034 : 0.020);
  cairo_stroke (cr);
  if (face->lashes)
    {
      for (int i = 0; i < 4; i++)
        {
          double t = 0.45 + 0.17 * i;

          cairo_move_to (cr, w * t, -o * (0.95 - 0.85 * (t - 0.4) * t));
          cairo_rel_line_to (cr, 0.02 + 0.012 * i, -0.045 + 0.006 * i);
        }
      cairo_set_line_width (cr, 0.012);
      cairo_stroke (cr);
    }
  foc_demo_path_upper_lid (cr, face, 0.045);
  foc_demo_set_source (cr, shade, 0.40);
  cairo_set_line_width (cr, 0.016);
  cairo_stroke (cr);
  foc_demo_path_lower_lid (cr, face, 0.004);
  foc_demo_set_source (cr, shade, 0.38);
  cairo_set_line_width (cr, 0.012);
  cairo_stroke (cr);
  if (face->age > 0.6)
    {
      foc_demo_path_lower_lid (cr, face, 0.06);
      foc_demo_set_source (cr, shade, 0.45 * (face->age - 0.5));
      cairo_stroke (cr);
    }

  foc_demo_path_brow (cr, face);
  foc_demo_set_source (cr, face->brow_colour, 0.82);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
paint_nose (cairo_t *cr, const FocDemoFace *face)
{
  FocDemoColour shade =
    foc_demo_colour_mix (foc_demo_colour_scale (face->skin, 0.35), black, 0.2);
  double x, y, w = face->nose_width;

  foc_demo_nose_place (face, &x, &y);
  foc_demo_soft_spot (cr, x - 0.3 * w * face->light_x, y + 0.11, w * 1.2, 0.06, shade,
                      0.45);
  for (int side = -1; side <= 1; side += 2)
    {
      foc_demo_soft_spot (cr, x + side * w * 0.45, y + 0.06, w * 0.34, 0.034, shade, 1.0);
      cairo_move_to (cr, x + side * w * 0.80, y + 0.075);
      cairo_curve_to (cr, x + side * w * 1.05, y + 0.06, x + side * w * 1.1, y - 0.03,
                      x + side * w * 0.85, y - 0.05);
      foc_demo_set_source (cr, shade, 0.28);
      cairo_set_line_width (cr, 0.018);
      cairo_stroke (cr);
    }
  foc_demo_soft_spot (cr, x + 0.25 * w * face->light_x, y - 0.05, w * 0.36, 0.05, white,
                      0.30);
}

static void
paint_mouth (cairo_t *cr, const FocDemoFace *face)
{
  FocDemoColour dark =
    foc_demo_colour_mix (foc_demo_colour_scale (face->lips, 0.35), black, 0.3);

  cairo_save (cr);
  foc_demo_enter_mouth (cr, face);
  foc_demo_path_upper_lip (cr, face);
  foc_demo_set_source (cr, foc_demo_colour_scale (face->lips, 0.82), 0.72);
  cairo_fill (cr);
  foc_demo_path_lower_lip (cr, face);
  foc_demo_set_source (cr, face->lips, 0.72);
  cairo_fill (cr);
  foc_demo_soft_spot (cr, 0.1 * face->light_x,
                      face->smile * 0.6 + face->mouth_open + face->lip * 0.62,
                      face->mouth_width * 0.5, face->lip * 0.45, white, 0.28);

  if (face->mouth_open > 0)
    {
      cairo_save (cr);
      foc_demo_path_mouth (cr, face);
      cairo_clip_preserve (cr);
      foc_demo_set_source (cr, (FocDemoColour){ 0.24, 0.08, 0.08 }, 1);
      cairo_fill (cr);
      cairo_rectangle (cr, -face->mouth_width * 0.82, -0.1, face->mouth_width * 1.64,
                       0.1 + face->smile * 0.6 + face->mouth_open * 0.75);
      foc_demo_set_source (cr, (FocDemoColour){ 0.92, 0.90, 0.86 }, 1);
      cairo_fill (cr);
      foc_demo_soft_spot (cr, 0, 0, face->mouth_width, 0.05, black, 0.25);
      cairo_restore (cr);
    }
  foc_demo_path_mouth_line (cr, face);
  foc_demo_set_source (cr, dark, 0.75);
  cairo_set_line_width (cr, 0.018);
  cairo_stroke (cr);
  foc_demo_soft_spot (cr, 0,
                      face->smile * 0.7 + face->mouth_open + face->lip * 1.6 + 0.02,
                      face->mouth_width * 0.7, 0.05, dark, 0.28);
  cairo_restore (cr);
}

static void
paint_beard (cairo_t *cr, const FocDemoFace *face, int size, FocRng *rng)
{
  if (!foc_demo_path_beard (cr, face))
    return;
  foc_demo_set_source (cr, foc_demo_colour_scale (face->brow_colour, 0.95), 0.86);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  for (int tone = 0; tone < 2; tone++)
    {
      for (int i = 0; i < 70; i++)
        {
          double x = foc_demo_between (rng, -0.7, 0.7),
                 y = foc_demo_between (rng, 0.3, 1.05);

          cairo_move_to (cr, x, y);
          cairo_rel_line_to (cr, 0.06 * x, 0.08);
        }
      foc_demo_set_source (
        cr, foc_demo_colour_scale (face->brow_colour, tone ? 1.6 : 0.5), 0.5);
      foc_demo_stroke_softly (cr, size, 0.014);
    }
  foc_demo_soft_spot (cr, -0.8 * face->light_x, 0.8, 0.9, 0.6, black, 0.35);
  cairo_restore (cr);
}

static void
paint_glasses (cairo_t *cr, const FocDemoFace *face)
{
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_save (cr);
      foc_demo_enter_eye (cr, face, side);
      foc_demo_path_glass (cr, face);
      foc_demo_set_source (cr, white, 0.07);
      cairo_fill_preserve (cr);
      foc_demo_set_source (cr, face->glasses_colour, 1);
      cairo_set_line_width (cr, 0.036);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
  foc_demo_path_glasses_bridge (cr, face);
  cairo_set_line_width (cr, 0.034);
  cairo_stroke (cr);
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
    paint_eye (cr, face, side);
  paint_nose (cr, face);
  paint_mouth (cr, face);
  paint_beard (cr, face, size, rng);
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
    paint_glasses (cr, &lit);
  paint_hair (cr, &lit, size, TRUE, rng);
}
