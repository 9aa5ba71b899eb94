/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-photo.h"

#include <math.h>

#include "foc-demo-shapes.h"

static const FocDemoColour black = { 0.03, 0.02, 0.02 };
static const FocDemoColour white = { 1, 1, 1 };

void
foc_demo_photo_eye (cairo_t *cr, const FocDemoFace *face, int side)
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

void
foc_demo_photo_nose (cairo_t *cr, const FocDemoFace *face)
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

void
foc_demo_photo_mouth (cairo_t *cr, const FocDemoFace *face)
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

void
foc_demo_photo_beard (cairo_t *cr, const FocDemoFace *face, int size, FocRng *rng)
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

void
foc_demo_photo_glasses (cairo_t *cr, const FocDemoFace *face)
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
