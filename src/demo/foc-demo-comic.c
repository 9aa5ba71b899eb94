/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-painters.h"

#include <math.h>

#include "foc-demo-shapes.h"

/* What one comic is drawn with. */
typedef struct
{
  cairo_t *cr;
  const FocDemoFace *face;
  const FocDemoComicStyle *style;
  int size;
  FocDemoColour ink, skin, lips, hair, brow, clothes, iris;
  cairo_surface_t *dots; /* or NULL */
  double shadow_x, shadow_y;
} Comic;

/* Ink around the path, which is kept for nothing. */
static void
ink_line (Comic *comic, double weight)
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

/* Shades whatever is clipped: by dots, by the pen, or by a darker flat colour. */
static void
shade_clip (Comic *comic, FocDemoColour colour)
{
  cairo_t *cr = comic->cr;

  if (comic->dots != NULL)
    {
      cairo_matrix_t matrix;

      cairo_get_matrix (cr, &matrix);
      cairo_identity_matrix (cr);
      foc_demo_set_source (
        cr,
        comic->style->grey
          ? comic->ink
          : foc_demo_colour_scale (foc_demo_colour_saturate (colour, 1.2), 0.62),
        1);
      cairo_mask_surface (cr, comic->dots, 0, 0);
      cairo_set_matrix (cr, &matrix);
    }
  else if (comic->style->hatching)
    {
      for (int i = -26; i < 26; i++)
        {
          cairo_move_to (cr, i * 0.085 - 1.2, 3.0);
          cairo_line_to (cr, i * 0.085 + 1.2, -1.6);
        }
      foc_demo_set_source (cr, comic->ink, 0.9);
      cairo_set_line_width (cr, 0.020);
      cairo_stroke (cr);
    }
  else
    {
      foc_demo_set_source (
        cr, foc_demo_colour_scale (foc_demo_colour_saturate (colour, 1.15), 0.74), 1);
      cairo_paint (cr);
    }
}

typedef void (*PathFunction) (cairo_t *cr, const FocDemoFace *face);

/* Flat colour, the shadow that the shape casts on itself, and the outline. */
static void
draw_part (Comic *comic,
           PathFunction path,
           FocDemoColour colour,
           double depth,
           double weight)
{
  cairo_t *cr = comic->cr;

  path (cr, comic->face);
  foc_demo_set_source (cr, colour, 1);
  cairo_fill (cr);

  cairo_save (cr);
  path (cr, comic->face);
  cairo_clip (cr);
  /* Everything but the shape itself, moved towards the light. */
  cairo_save (cr);
  cairo_translate (cr, -comic->shadow_x * depth, -comic->shadow_y * depth);
  path (cr, comic->face);
  cairo_restore (cr);
  cairo_rectangle (cr, -4, -4, 8, 8);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
  shade_clip (comic, colour);
  cairo_restore (cr);

  path (cr, comic->face);
  ink_line (comic, weight);
}

static void
path_hair_back (cairo_t *cr, const FocDemoFace *face)
{
  foc_demo_path_hair_back (cr, face);
}

static void
path_hair_front (cairo_t *cr, const FocDemoFace *face)
{
  foc_demo_path_hair_front (cr, face);
}

static void
path_beard (cairo_t *cr, const FocDemoFace *face)
{
  foc_demo_path_beard (cr, face);
}

static void
path_left_ear (cairo_t *cr, const FocDemoFace *face)
{
  foc_demo_path_ear (cr, face, -1);
}

static void
path_right_ear (cairo_t *cr, const FocDemoFace *face)
{
  foc_demo_path_ear (cr, face, 1);
}

static void
draw_hair (Comic *comic, gboolean front)
{
  const FocDemoFace *face = comic->face;
  cairo_t *cr = comic->cr;
  FocDemoColour colour = front ? comic->hair : foc_demo_colour_scale (comic->hair, 0.82);
  FocRng rng;

  if (front ? face->hair == FOC_DEMO_HAIR_NONE : !foc_demo_path_hair_back (cr, face))
    return;
  cairo_new_path (cr);
  draw_part (comic, front ? path_hair_front : path_hair_back, colour, 0.8, 1.0);

  /* A few strands say which way it is combed, and a few more shine. */
  foc_rng_init (&rng, face->detail, FOC_RNG_STREAM_DEMO);
  cairo_save (cr);
  if (front)
    foc_demo_path_hair_front (cr, face);
  else
    foc_demo_path_hair_back (cr, face);
  cairo_clip (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int shine = 0; shine < (front ? 2 : 1); shine++)
    {
      int n = foc_demo_face_has_curls (face) ? 16 : 6;

      for (int i = 0; i < n; i++)
        foc_demo_path_strand (cr, face, front,
                              shine ? 0.45 * face->light_x
                                        + foc_demo_between (&rng, -0.2, 0.2)
                                    : 2.0 * (i + 0.5) / n - 1.0,
                              &rng);
      if (shine)
        foc_demo_set_source (
          cr, foc_demo_colour_mix (comic->hair, (FocDemoColour){ 1, 1, 1 }, 0.35), 0.8);
      else
        foc_demo_set_source (
          cr,
          foc_demo_colour_mix (foc_demo_colour_scale (comic->hair, 0.5), comic->ink, 0.3),
          0.9);
      cairo_set_line_width (cr, shine ? 0.024 : 0.020);
      cairo_stroke (cr);
    }
  if (face->hair == FOC_DEMO_HAIR_BEANIE)
    {
      cairo_rectangle (cr, -1.2, -0.68, 2.4, 0.5);
      foc_demo_set_source (cr, foc_demo_colour_scale (comic->hair, 0.72), 1);
      cairo_fill_preserve (cr);
      ink_line (comic, 0.8);
    }
  cairo_restore (cr);
}

static void
draw_body (Comic *comic)
{
  const FocDemoFace *face = comic->face;
  cairo_t *cr = comic->cr;
  double w = 0.62 * face->width;

  draw_part (comic, foc_demo_path_neck, comic->skin, 0.5, 1.0);
  draw_part (comic, foc_demo_path_body, comic->clothes, 1.2, 1.0);
  if (face->clothes != FOC_DEMO_CLOTHES_TURTLENECK)
    {
      foc_demo_path_neckline (cr, face);
      foc_demo_set_source (cr, comic->skin, 1);
      cairo_fill_preserve (cr);
      ink_line (comic, 0.8);
    }

  /* The head's shadow on the neck. */
  cairo_save (cr);
  foc_demo_path_neck (cr, face);
  cairo_clip (cr);
  foc_demo_ellipse (cr, comic->shadow_x * 0.6, 0.75, 0.62, 0.52);
  cairo_clip (cr);
  shade_clip (comic, comic->skin);
  cairo_restore (cr);

  if (face->clothes == FOC_DEMO_CLOTHES_COLLAR)
    for (int side = -1; side <= 1; side += 2)
      {
        cairo_move_to (cr, side * w * 1.05, 1.10);
        cairo_line_to (cr, side * w * 1.45, 1.42);
        cairo_line_to (cr, side * w * 0.72, 1.78);
        cairo_line_to (cr, side * 0.02, 1.58);
        cairo_curve_to (cr, side * w * 0.5, 1.50, side * w * 0.9, 1.35, side * w * 1.05,
                        1.10);
        cairo_close_path (cr);
        foc_demo_set_source (
          cr, foc_demo_colour_mix (comic->clothes, (FocDemoColour){ 1, 1, 1 }, 0.35), 1);
        cairo_fill_preserve (cr);
        ink_line (comic, 0.8);
      }
  else if (face->clothes == FOC_DEMO_CLOTHES_TURTLENECK)
    {
      cairo_move_to (cr, -w * 1.05, 1.12);
      cairo_curve_to (cr, -w * 0.5, 1.24, w * 0.5, 1.24, w * 1.05, 1.12);
      cairo_line_to (cr, w * 1.2, 1.42);
      cairo_curve_to (cr, w * 0.5, 1.54, -w * 0.5, 1.54, -w * 1.2, 1.42);
      cairo_close_path (cr);
      foc_demo_set_source (cr, comic->clothes, 1);
      cairo_fill_preserve (cr);
      ink_line (comic, 0.8);
    }
}

static void
draw_eye (Comic *comic, int side)
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
  ink_line (comic, 0.6);
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

static void
draw_nose_and_mouth (Comic *comic)
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
      ink_line (comic, 0.6);
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

static void
draw_head (Comic *comic)
{
  const FocDemoFace *face = comic->face;
  cairo_t *cr = comic->cr;

  if (face->hair != FOC_DEMO_HAIR_SCARF)
    {
      draw_part (comic, path_left_ear, comic->skin, 0.3, 1.0);
      draw_part (comic, path_right_ear, comic->skin, 0.3, 1.0);
      for (int side = -1; side <= 1 && face->earrings; side += 2)
        {
          foc_demo_ellipse (cr, side * (face->width + 0.03) - 0.16 * face->yaw,
                            0.15 + face->ear, 0.05, 0.05);
          foc_demo_set_source (cr, (FocDemoColour){ 1.0, 0.82, 0.25 }, 1);
          cairo_fill_preserve (cr);
          ink_line (comic, 0.6);
        }
    }

  draw_part (comic, foc_demo_path_head, comic->skin, 1.0, 1.0);
  if (comic->style->painted)
    {
      cairo_save (cr);
      foc_demo_path_head (cr, face);
      cairo_clip (cr);
      foc_demo_skin_paint (cr, face, comic->size, 0.6, 4);
      cairo_restore (cr);
      foc_demo_path_head (cr, face);
      ink_line (comic, 0.6);
    }

  if (!comic->style->grey && !comic->style->painted && face->lashes)
    for (int side = -1; side <= 1; side += 2)
      foc_demo_soft_spot (
        cr, foc_demo_face_turn (face, side * 0.46), 0.36, 0.20, 0.13,
        foc_demo_colour_mix (comic->skin, (FocDemoColour){ 0.95, 0.25, 0.3 }, 0.4), 0.6);
  if (face->freckles)
    {
      for (int i = 0; i < 6; i++)
        foc_demo_ellipse (
          cr, foc_demo_face_turn (face, (i % 2 ? 1 : -1) * (0.34 + 0.08 * (i / 2))),
          0.25 + 0.035 * (i / 2 % 2) + face->pitch, 0.016, 0.016);
      foc_demo_set_source (cr, foc_demo_colour_scale (comic->skin, 0.6), 1);
      cairo_fill (cr);
    }

  for (int side = -1; side <= 1; side += 2)
    draw_eye (comic, side);
  if (face->beard > FOC_DEMO_BEARD_STUBBLE)
    {
      draw_part (comic, path_beard, comic->brow, 0.4, 0.7);
    }
  draw_nose_and_mouth (comic);
}

static void
draw_glasses (Comic *comic)
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

/* The colours of life as ink prints them. */
static void
choose_inks (Comic *comic, FocRng *rng)
{
  const FocDemoFace *face = comic->face;
  const FocDemoComicStyle *style = comic->style;
  double strength = style->painted ? 1.1 : style->muted ? 0.9 : 1.45;
  FocDemoColour paper = { 1.0, 0.98, 0.95 };

  comic->ink = foc_demo_colour_hsv (foc_rng_uniform (rng), style->grey ? 0 : 0.4, 0.09);
  comic->skin = foc_demo_colour_saturate (face->skin, strength);
  comic->skin = foc_demo_colour_mix (comic->skin, paper, style->painted ? 0.1 : 0.22);
  if (style->strange_skin)
    comic->skin =
      foc_demo_colour_hsv (foc_demo_between (rng, 0.2, 0.9),
                           foc_demo_between (rng, 0.3, 0.6), 0.35 + 0.65 * face->skin.r);
  comic->lips = foc_demo_colour_saturate (face->lips, strength * 1.15);
  comic->hair = foc_demo_colour_saturate (face->hair_colour, strength * 1.15);
  comic->hair = foc_demo_colour_mix (comic->hair, paper, 0.11);
  if (!style->painted && foc_demo_chance (rng, style->strange_skin ? 0.6 : 0.22))
    comic->hair = foc_demo_colour_hsv (foc_rng_uniform (rng), style->muted ? 0.4 : 0.7,
                                       foc_demo_between (rng, 0.5, 0.95));
  comic->brow =
    foc_demo_colour_mix (foc_demo_colour_scale (comic->hair, 0.6), comic->ink, 0.3);
  comic->clothes =
    style->painted
      ? face->clothes_colour
      : foc_demo_colour_hsv (foc_rng_uniform (rng), style->muted ? 0.35 : 0.8,
                             foc_demo_between (rng, 0.62, 1.0));
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

/* The white gutter between the panels of a page, and the panel's frame. */
static void
draw_frame (Comic *comic, FocRng *rng)
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
foc_demo_comic_paint (cairo_t *cr,
                      const FocDemoFace *face,
                      int size,
                      const FocDemoComicStyle *style,
                      FocRng *rng)
{
  Comic comic = { .cr = cr, .face = face, .style = style, .size = size };

  comic.shadow_x = -0.30 * face->light_x;
  comic.shadow_y = -0.18 * face->light_y;
  choose_inks (&comic, rng);
  if (style->painted && foc_demo_chance (rng, 0.5))
    foc_demo_background_blurred (cr, size, FALSE, rng);
  else
    foc_demo_background_printed (cr, size, style->muted || style->painted, style->grey,
                                 rng);
  if (style->dots)
    comic.dots =
      foc_demo_halftone (size, MAX (2.5, size * foc_demo_between (rng, 0.016, 0.026)),
                         foc_demo_between (rng, 0.2, 0.9), 0, 0.42, 0.42);

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  foc_demo_face_enter (face, cr, size);
  draw_hair (&comic, FALSE);
  foc_demo_face_enter_body (face, cr, size);
  draw_body (&comic);
  foc_demo_face_enter (face, cr, size);
  draw_head (&comic);
  if (face->glasses != FOC_DEMO_GLASSES_NONE)
    draw_glasses (&comic);
  draw_hair (&comic, TRUE);

  if (style->framed)
    draw_frame (&comic, rng);

  g_clear_pointer (&comic.dots, cairo_surface_destroy);
}
