/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-comic.h"

#include <math.h>

#include "foc-demo-shapes.h"

void
foc_demo_comic_ink (FocDemoComic *comic, double weight)
{
  if (comic->style->outline > 0)
    {
      foc_demo_set_source (comic->cr, comic->ink, 1);
      cairo_set_line_width (comic->cr, comic->style->outline * weight);
      cairo_stroke (comic->cr);
    }
  else
    cairo_new_path (comic->cr);
}

void
foc_demo_comic_eye (FocDemoComic *comic, int side)
{
  const FocDemoFace *face = comic->face;
  cairo_t *cr = comic->cr;
  FocDemoColour paper = { 0.99, 0.99, 0.98 };
  double w = face->eye_width, o = face->eye_open, x, y;

  cairo_save (cr);
  foc_demo_enter_eye (cr, face, side);
  foc_demo_path_eye (cr, face);
  foc_demo_set_source (cr, paper, 1);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  foc_demo_iris_place (face, side, &x, &y);
  foc_demo_ellipse (cr, x, y, face->iris, face->iris * 1.05);
  foc_demo_set_source (cr, comic->iris, 1);
  cairo_fill_preserve (cr);
  foc_demo_comic_ink (comic, 0.6);
  foc_demo_ellipse (cr, x, y, face->iris * 0.5, face->iris * 0.5);
  foc_demo_set_source (cr, comic->ink, 1);
  cairo_fill (cr);
  foc_demo_ellipse (cr, x + side * 0.4 * face->iris * (face->light_x > 0 ? 1 : -1),
                    y - face->iris * 0.38, face->iris * 0.28, face->iris * 0.28);
  foc_demo_set_source (cr, paper, 1);
  cairo_fill (cr);
  cairo_restore (cr);

  foc_demo_path_upper_lid (cr, face, 0);
  foc_demo_set_source (cr, comic->ink, 1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, face->lashes ? 0.052 : 0.036);
  cairo_stroke (cr);
  if (face->lashes)
    {
      for (int i = 0; i < 3; i++)
        {
          cairo_move_to (cr, w * (0.72 + 0.13 * i), -o * (0.66 - 0.26 * i));
          cairo_rel_line_to (cr, 0.045 + 0.01 * i, -0.055 + 0.015 * i);
        }
      cairo_set_line_width (cr, 0.022);
      cairo_stroke (cr);
    }
  foc_demo_path_lower_lid (cr, face, 0);
  cairo_set_line_width (cr, 0.016);
  cairo_stroke (cr);

  foc_demo_path_brow (cr, face);
  foc_demo_set_source (cr, comic->brow, 1);
  cairo_fill (cr);
  cairo_restore (cr);
}

void
foc_demo_comic_nose_and_mouth (FocDemoComic *comic)
{
  const FocDemoFace *face = comic->face;
  cairo_t *cr = comic->cr;
  FocDemoColour line =
    comic->style->outline > 0 ? comic->ink : foc_demo_colour_scale (comic->skin, 0.55);
  double weight = comic->style->outline > 0 ? comic->style->outline : 0.035;
  double x, y, w = face->nose_width, away = face->light_x > 0 ? -1 : 1;

  foc_demo_nose_place (face, &x, &y);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  foc_demo_set_source (cr, line, 1);
  cairo_set_line_width (cr, weight * 0.8);
  /* The side of the nose that lies in the shadow, its wings, the nostrils. */
  cairo_move_to (cr, foc_demo_face_turn (face, 0) + away * 0.055, face->eye_y + 0.06);
  cairo_curve_to (cr, x + away * w * 0.4, y - 0.15, x + away * w * 0.55, y - 0.06,
                  x + away * w * 0.85, y + 0.02);
  cairo_curve_to (cr, x + away * w, y + 0.08, x + away * w * 0.6, y + 0.085,
                  x + away * w * 0.4, y + 0.07);
  cairo_move_to (cr, x - away * w * 0.85, y + 0.0);
  cairo_curve_to (cr, x - away * w, y + 0.07, x - away * w * 0.7, y + 0.085,
                  x - away * w * 0.4, y + 0.07);
  cairo_move_to (cr, x - w * 0.15, y + 0.09);
  cairo_line_to (cr, x + w * 0.15, y + 0.09);
  cairo_stroke (cr);

  cairo_save (cr);
  foc_demo_enter_mouth (cr, face);
  foc_demo_path_upper_lip (cr, face);
  foc_demo_path_lower_lip (cr, face);
  foc_demo_set_source (cr, comic->lips, 1);
  cairo_fill (cr);
  if (face->mouth_open > 0)
    {
      foc_demo_path_mouth (cr, face);
      cairo_save (cr);
      foc_demo_set_source (cr, foc_demo_colour_mix (comic->lips, comic->ink, 0.75), 1);
      cairo_fill_preserve (cr);
      cairo_clip (cr);
      cairo_rectangle (cr, -0.4, -0.2, 0.8,
                       0.2 + face->smile * 0.6 + face->mouth_open * 0.7);
      foc_demo_set_source (cr, (FocDemoColour){ 0.99, 0.99, 0.98 }, 1);
      cairo_fill (cr);
      cairo_restore (cr);
      foc_demo_path_mouth (cr, face);
      foc_demo_comic_ink (comic, 0.6);
    }
  foc_demo_path_mouth_line (cr, face);
  foc_demo_set_source (cr, line, 1);
  cairo_set_line_width (cr, weight * 0.9);
  cairo_stroke (cr);
  cairo_move_to (cr, -face->mouth_width * 0.3,
                 face->mouth_open + face->smile * 0.7 + face->lip * 1.5 + 0.03);
  cairo_rel_curve_to (cr, face->mouth_width * 0.2, 0.012, face->mouth_width * 0.4, 0.012,
                      face->mouth_width * 0.6, 0);
  cairo_set_line_width (cr, weight * 0.6);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
foc_demo_comic_glasses (FocDemoComic *comic)
{
  const FocDemoFace *face = comic->face;
  cairo_t *cr = comic->cr;

  foc_demo_set_source (cr, foc_demo_colour_mix (face->glasses_colour, comic->ink, 0.5),
                       1);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_save (cr);
      foc_demo_enter_eye (cr, face, side);
      foc_demo_path_glass (cr, face);
      cairo_set_line_width (cr, 0.05);
      cairo_stroke (cr);
      cairo_move_to (cr, -0.02 * side, -0.12);
      cairo_rel_line_to (cr, -0.09, 0.16);
      cairo_restore (cr);
      cairo_save (cr);
      cairo_set_source_rgba (cr, 1, 1, 1, 0.6);
      cairo_set_line_width (cr, 0.03);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
  foc_demo_set_source (cr, foc_demo_colour_mix (face->glasses_colour, comic->ink, 0.5),
                       1);
  foc_demo_path_glasses_bridge (cr, face);
  cairo_set_line_width (cr, 0.045);
  cairo_stroke (cr);
}

/* The white gutter between the panels of a page, and the panel's frame. */
void
foc_demo_comic_frame (FocDemoComic *comic, FocRng *rng)
{
  cairo_t *cr = comic->cr;
  double gutter = comic->size * foc_demo_between (rng, 0.028, 0.045);
  double line = MAX (1.0, comic->size * 0.010), inner = comic->size - 2 * gutter;

  cairo_identity_matrix (cr);
  cairo_rectangle (cr, 0, 0, comic->size, comic->size);
  cairo_rectangle (cr, gutter, gutter, inner, inner);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  foc_demo_set_source (cr, (FocDemoColour){ 0.98, 0.97, 0.95 }, 1);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_rectangle (cr, gutter, gutter, inner, inner);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  foc_demo_set_source (cr, comic->ink, 1);
  cairo_set_line_width (cr, line);
  cairo_stroke (cr);
}

void
foc_demo_comic_choose_inks (FocDemoComic *comic, FocRng *rng)
{
  const FocDemoFace *face = comic->face;
  const FocDemoComicStyle *style = comic->style;
  double strength = style->painted ? 1.1 : style->muted ? 0.9 : 1.45;
  FocDemoColour paper = { 1.0, 0.98, 0.95 };

  comic->ink = foc_demo_colour_hsv (foc_rng_uniform (rng), style->grey ? 0 : 0.4, 0.09);
  comic->skin = foc_demo_colour_saturate (face->skin, strength);
  comic->skin = foc_demo_colour_mix (comic->skin, paper, style->painted ? 0.1 : 0.22);
  if (style->strange_skin)
    comic->skin = foc_demo_random_colour (
      rng, 0.2, 0.9, 0.3, 0.6, 0.35 + 0.65 * face->skin.r, 0.35 + 0.65 * face->skin.r);
  comic->lips = foc_demo_colour_saturate (face->lips, strength * 1.15);
  comic->hair = foc_demo_colour_saturate (face->hair_colour, strength * 1.15);
  comic->hair = foc_demo_colour_mix (comic->hair, paper, 0.11);
  if (!style->painted && foc_demo_chance (rng, style->strange_skin ? 0.6 : 0.22))
    comic->hair = foc_demo_random_colour (rng, 0, 1, style->muted ? 0.4 : 0.7,
                                          style->muted ? 0.4 : 0.7, 0.5, 0.95);
  /* Under a cloth, `hair` is the colour of the cloth. */
  comic->brow = foc_demo_face_has_cloth (face) ? face->brow_colour
                                               : foc_demo_colour_scale (comic->hair, 0.6);
  comic->brow = foc_demo_colour_mix (comic->brow, comic->ink, 0.3);
  comic->clothes = style->painted
                     ? face->clothes_colour
                     : foc_demo_random_colour (rng, 0, 1, style->muted ? 0.35 : 0.8,
                                               style->muted ? 0.35 : 0.8, 0.62, 1.0);
  comic->iris =
    foc_demo_colour_saturate (foc_demo_colour_scale (face->iris_colour, 1.15), 1.5);

  if (style->grey)
    {
      /* Paper where there is little to print, ink where there is much. */
      comic->skin =
        foc_demo_colour_mix (foc_demo_colour_saturate (face->skin, 0), paper, 0.6);
      comic->skin = foc_demo_colour_saturate (comic->skin, 0);
      comic->hair = foc_demo_colour_saturate (comic->hair, 0);
      comic->brow = comic->ink;
      comic->lips =
        foc_demo_colour_saturate (foc_demo_colour_scale (comic->skin, 0.7), 0);
      comic->clothes = foc_demo_colour_saturate (comic->clothes, 0);
      comic->iris = foc_demo_colour_saturate (comic->iris, 0);
    }
}
