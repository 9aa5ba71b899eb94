/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-painters.h"

#include <math.h>

#include "foc-demo-comic.h"
#include "foc-demo-shapes.h"

/* Shades whatever is clipped: by dots, by the pen, or by a darker flat colour. */
static void
shade_clip (FocDemoComic *comic, FocDemoColour colour)
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
draw_part (FocDemoComic *comic,
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
  foc_demo_comic_ink (comic, weight);
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
draw_hair (FocDemoComic *comic, gboolean front)
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
      foc_demo_comic_ink (comic, 0.8);
    }
  cairo_restore (cr);
}

static void
draw_body (FocDemoComic *comic)
{
  const FocDemoFace *face = comic->face;
  cairo_t *cr = comic->cr;

  draw_part (comic, foc_demo_path_neck, comic->skin, 0.5, 1.0);
  draw_part (comic, foc_demo_path_body, comic->clothes, 1.2, 1.0);
  if (face->clothes != FOC_DEMO_CLOTHES_TURTLENECK)
    {
      foc_demo_path_neckline (cr, face);
      foc_demo_set_source (cr, comic->skin, 1);
      cairo_fill_preserve (cr);
      foc_demo_comic_ink (comic, 0.8);
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
        foc_demo_path_collar (cr, face, side);
        foc_demo_set_source (
          cr, foc_demo_colour_mix (comic->clothes, (FocDemoColour){ 1, 1, 1 }, 0.35), 1);
        cairo_fill_preserve (cr);
        foc_demo_comic_ink (comic, 0.8);
      }
  else if (face->clothes == FOC_DEMO_CLOTHES_TURTLENECK)
    {
      foc_demo_path_turtleneck (cr, face);
      foc_demo_set_source (cr, comic->clothes, 1);
      cairo_fill_preserve (cr);
      foc_demo_comic_ink (comic, 0.8);
    }
}

static void
draw_head (FocDemoComic *comic)
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
          foc_demo_comic_ink (comic, 0.6);
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
      foc_demo_comic_ink (comic, 0.6);
    }

  if (!comic->style->grey && !comic->style->painted && face->lashes)
    {
      cairo_save (cr);
      foc_demo_path_head (cr, face);
      cairo_clip (cr);
      for (int side = -1; side <= 1; side += 2)
        foc_demo_soft_spot (
          cr, foc_demo_face_turn (face, side * 0.46), 0.36, 0.20, 0.13,
          foc_demo_colour_mix (comic->skin, (FocDemoColour){ 0.95, 0.25, 0.3 }, 0.4),
          0.6);
      cairo_restore (cr);
    }
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
    foc_demo_comic_eye (comic, side);
  if (face->beard > FOC_DEMO_BEARD_STUBBLE)
    draw_part (comic, path_beard, comic->brow, 0.4, 0.7);
  foc_demo_comic_nose_and_mouth (comic);
}

void
foc_demo_comic_paint (cairo_t *cr,
                      const FocDemoFace *face,
                      int size,
                      const FocDemoComicStyle *style,
                      FocRng *rng)
{
  FocDemoComic comic = { .cr = cr, .face = face, .style = style, .size = size };

  comic.shadow_x = -0.30 * face->light_x;
  comic.shadow_y = -0.18 * face->light_y;
  foc_demo_comic_choose_inks (&comic, rng);
  if (style->painted && foc_demo_chance (rng, 0.4))
    foc_demo_background_blurred (cr, size, FALSE, rng);
  else
    foc_demo_background_printed (cr, size, style->muted || style->painted, style->grey,
                                 rng);
  if (style->dots)
    {
      double pitch = size * foc_demo_between (rng, 0.016, 0.026);

      comic.dots = foc_demo_halftone (size, MAX (2.5, pitch),
                                      foc_demo_between (rng, 0.2, 0.9), 0, 0.42, 0.42);
    }

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  foc_demo_face_enter (face, cr, size);
  draw_hair (&comic, FALSE);
  foc_demo_face_enter_body (face, cr, size);
  draw_body (&comic);
  foc_demo_face_enter (face, cr, size);
  draw_head (&comic);
  if (face->glasses != FOC_DEMO_GLASSES_NONE)
    foc_demo_comic_glasses (&comic);
  draw_hair (&comic, TRUE);

  if (style->framed)
    foc_demo_comic_frame (&comic, rng);

  g_clear_pointer (&comic.dots, cairo_surface_destroy);
}
