/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-shapes.h"

#include <math.h>

/* The haircuts. All are one outline over the skull, one hairline below it, and
 * for long hair one more shape behind the head; what differs is numbers. */

typedef struct
{
  double top;    /* how far the outline stands above the skull         */
  double side;   /* and beside it                                      */
  double down;   /* where it ends beside the face                      */
  double line;   /* y of the hairline in the middle                    */
  double temple; /* part of the head's half width left open at temples */
  gboolean parted;
  gboolean curls;
} HairCut;

static HairCut
hair_cut (const FocDemoFace *face)
{
  double v = face->hair_volume;

  switch (face->hair)
    {
    case FOC_DEMO_HAIR_BUZZ:
      return (HairCut){ 0.02, 0.01, -0.08, -0.62, 0.82, FALSE, FALSE };
    case FOC_DEMO_HAIR_RECEDING:
      return (HairCut){ -0.02, 0.05, 0.0, -0.90, 0.90, FALSE, FALSE };
    case FOC_DEMO_HAIR_PARTED:
      return (HairCut){ 0.08 + 0.08 * v, 0.05, -0.04, -0.66, 0.88, TRUE, FALSE };
    case FOC_DEMO_HAIR_QUIFF:
      return (HairCut){ 0.20 + 0.14 * v, 0.03, -0.08, -0.66, 0.84, FALSE, FALSE };
    case FOC_DEMO_HAIR_CURLY:
      return (HairCut){ 0.14 + 0.08 * v, 0.12, 0.02, -0.60, 0.84, FALSE, TRUE };
    case FOC_DEMO_HAIR_AFRO:
      return (HairCut){ 0.30 + 0.12 * v, 0.34, 0.25, -0.60, 0.90, FALSE, TRUE };
    case FOC_DEMO_HAIR_BOB:
    case FOC_DEMO_HAIR_LONG:
    case FOC_DEMO_HAIR_WAVY:
      return (HairCut){
        0.08 + 0.08 * v, 0.12 + 0.06 * v, 0.95, -0.68, 0.93, !face->fringe, FALSE
      };
    case FOC_DEMO_HAIR_BUN:
      return (HairCut){ 0.06, 0.03, 0.0, -0.66, 0.90, face->hair_part > 0, FALSE };
    case FOC_DEMO_HAIR_SCARF:
      return (HairCut){ 0.12, 0.14, 0.70, -0.60, 0.95, FALSE, FALSE };
    case FOC_DEMO_HAIR_BEANIE:
      return (HairCut){ 0.18, 0.06, -0.30, -0.42, 0.99, FALSE, FALSE };
    case FOC_DEMO_HAIR_NONE:
    case FOC_DEMO_N_HAIR:
    default:
      return (HairCut){ 0 };
    }
}

gboolean
foc_demo_face_has_curls (const FocDemoFace *face)
{
  return face->hair == FOC_DEMO_HAIR_CURLY || face->hair == FOC_DEMO_HAIR_AFRO;
}

gboolean
foc_demo_face_has_cloth (const FocDemoFace *face)
{
  return face->hair == FOC_DEMO_HAIR_SCARF || face->hair == FOC_DEMO_HAIR_BEANIE;
}

/* Scallops along an ellipse from one angle to another: the rim of curls. */
static void
scallops (cairo_t *cr, double rx, double ry, double cy, double from, double to, guint n)
{
  double step = (to - from) / n;

  for (guint i = 0; i < n; i++)
    {
      double a = from + step * i, b = a + step, bulge = i % 2 ? 1.16 : 1.11;

      cairo_curve_to (
        cr, rx * bulge * cos (a + 0.1 * step), cy + ry * bulge * sin (a + 0.1 * step),
        rx * bulge * cos (b - 0.1 * step), cy + ry * bulge * sin (b - 0.1 * step),
        rx * cos (b), cy + ry * sin (b));
    }
}

/* From the sideburn on the left over the skull to the one on the right. */
static void
outline (cairo_t *cr, const FocDemoFace *face, const HairCut *cut)
{
  double w = face->width + cut->side, top = 1.0 + cut->top;
  /* Hair heaps up beside the parting, or where the quiff is combed. */
  double lean = 0.25 * face->hair_part * w;

  cairo_move_to (cr, -w, cut->down);
  if (cut->curls)
    {
      double angle = asin (CLAMP ((cut->down + 0.15) / top, -0.9, 0.9));

      cairo_line_to (cr, w * cos (G_PI - angle), -0.15 + (top - 0.15) * sin (angle));
      scallops (cr, w, top - 0.15, -0.15, G_PI - angle, 2 * G_PI + angle,
                face->hair == FOC_DEMO_HAIR_AFRO ? 15 : 11);
    }
  else
    {
      cairo_curve_to (cr, -w * 1.03, -0.55 * top, -w * 0.72 + lean, -top, lean * 0.6,
                      -top);
      cairo_curve_to (cr, w * 0.72 + lean, -top, w * 1.03, -0.55 * top, w, cut->down);
    }
}

static void
hairline (cairo_t *cr, const FocDemoFace *face, const HairCut *cut)
{
  double inner = face->width * cut->temple, line = cut->line;
  double right = foc_demo_face_turn (face, inner),
         left = foc_demo_face_turn (face, -inner);
  double middle = foc_demo_face_turn (face, 0);
  double bottom = cut->down, tip;

  right = MAX (right, face->width * 0.55);
  left = MIN (left, -face->width * 0.55);
  /* Sideburns narrow downwards; long locks end in a point, over the hair behind. */
  tip = face->width + cut->side;
  tip -= bottom > 0.5 ? 0.01 : 0.55 * (tip - right);
  cairo_line_to (cr, tip, bottom + 0.02);

  if (face->fringe && face->hair >= FOC_DEMO_HAIR_BOB && face->hair <= FOC_DEMO_HAIR_WAVY)
    {
      double brow = face->eye_y - face->brow_y - 0.06;

      cairo_curve_to (cr, right * 1.02, 0.1, right, brow, right * 0.93, brow + 0.03);
      cairo_curve_to (cr, right * 0.5, brow - 0.06, left * 0.5, brow - 0.06, left * 0.93,
                      brow + 0.03);
      cairo_curve_to (cr, left, brow, left * 1.02, 0.1, -tip, bottom + 0.02);
    }
  else if (cut->parted)
    {
      double part = middle + face->hair_part * face->width * 0.7;

      cairo_curve_to (cr, right * 1.02, -0.25, part + 0.5 * (right - part), line * 1.05,
                      part, line - 0.12);
      cairo_curve_to (cr, part + 0.5 * (left - part), line * 1.05, left * 1.02, -0.25,
                      -tip, bottom + 0.02);
    }
  else
    {
      double corner = MIN (bottom - 0.05, -0.28);

      cairo_curve_to (cr, right, corner, right * 0.98, line * 0.72, right * 0.80,
                      line * 0.92);
      cairo_curve_to (cr, right * 0.4, line * 1.10, middle + 0.1, line, middle, line);
      cairo_curve_to (cr, middle - 0.1, line, left * 0.4, line * 1.10, left * 0.80,
                      line * 0.92);
      cairo_curve_to (cr, left * 0.98, line * 0.72, left, corner, -tip, bottom + 0.02);
    }
  cairo_close_path (cr);
}

gboolean
foc_demo_path_hair_front (cairo_t *cr, const FocDemoFace *face)
{
  HairCut cut = hair_cut (face);

  if (face->hair == FOC_DEMO_HAIR_NONE)
    return FALSE;

  outline (cr, face, &cut);
  if (face->hair == FOC_DEMO_HAIR_SCARF)
    {
      /* The cloth closes under the chin; the face shows through an oval. */
      double middle = 0.12 * face->yaw, w = face->width * 0.93;

      cairo_curve_to (cr, face->width + 0.18, 1.05, 0.80, 1.25, 0.98, 1.45);
      cairo_curve_to (cr, 0.85, 1.80, 0.40, 2.05, 0, 2.05);
      cairo_curve_to (cr, -0.40, 2.05, -0.85, 1.80, -0.98, 1.45);
      cairo_curve_to (cr, -0.80, 1.25, -face->width - 0.18, 1.05, -face->width - cut.side,
                      cut.down);
      cairo_close_path (cr);
      /* The other way round, so that the winding rule leaves it open. */
      cairo_new_sub_path (cr);
      cairo_move_to (cr, middle, -0.62);
      cairo_curve_to (cr, middle - w * 0.8, -0.62, -w, -0.25, -w, 0.1);
      cairo_curve_to (cr, -w, 0.6, middle - 0.42, 0.97, middle, 0.97);
      cairo_curve_to (cr, middle + 0.42, 0.97, w, 0.6, w, 0.1);
      cairo_curve_to (cr, w, -0.25, middle + w * 0.8, -0.62, middle, -0.62);
      cairo_close_path (cr);
      return TRUE;
    }
  if (face->hair == FOC_DEMO_HAIR_BEANIE)
    {
      double w = face->width + cut.side;

      cairo_curve_to (cr, w * 0.9, -0.40, w * 0.5, -0.44, 0, -0.44);
      cairo_curve_to (cr, -w * 0.5, -0.44, -w * 0.9, -0.40, -w, cut.down);
      cairo_close_path (cr);
      return TRUE;
    }
  hairline (cr, face, &cut);
  return TRUE;
}

/* Down the left side in waves that widen, and up the right one. */
static void
wavy_sides (cairo_t *cr, double w, double end)
{
  double height = (end + 0.3) / 3;

  cairo_move_to (cr, w * 0.7, -0.7);
  cairo_line_to (cr, -w * 0.7, -0.7);
  cairo_curve_to (cr, -w * 0.9, -0.6, -w, -0.5, -w, -0.3);
  for (int i = 0; i < 3; i++)
    {
      double x = w * (1.02 + 0.07 * i), y = -0.3 + height * i;

      cairo_curve_to (cr, -x * 1.24, y + height * 0.42, -x * 1.08, y + height * 0.80,
                      -x * 1.06, y + height);
    }
  cairo_line_to (cr, w * 1.22, end);
  for (int i = 2; i >= 0; i--)
    {
      double x = w * (1.02 + 0.07 * i), y = -0.3 + height * i;

      cairo_curve_to (cr, x * 1.08, y + height * 0.80, x * 1.24, y + height * 0.42,
                      x * (i ? 0.99 : 0.98), y);
    }
  cairo_curve_to (cr, w, -0.5, w * 0.9, -0.6, w * 0.7, -0.7);
  cairo_close_path (cr);
}

gboolean
foc_demo_path_hair_back (cairo_t *cr, const FocDemoFace *face)
{
  HairCut cut = hair_cut (face);
  double w = face->width + cut.side, end;

  switch (face->hair)
    {
    case FOC_DEMO_HAIR_BUN:
      foc_demo_ellipse (cr, 0.3 * face->yaw, -1.18, 0.30 + 0.08 * face->hair_volume,
                        0.26 + 0.06 * face->hair_volume);
      return TRUE;

    case FOC_DEMO_HAIR_AFRO:
      cairo_move_to (cr, w, -0.15);
      scallops (cr, w, 1.05, -0.15, 0, 2 * G_PI, 23);
      cairo_close_path (cr);
      return TRUE;

    case FOC_DEMO_HAIR_BOB:
      end = 0.82 + 0.25 * face->hair_length;
      cairo_move_to (cr, 0, -0.9);
      cairo_curve_to (cr, -w * 1.1, -0.9, -w * 1.08, 0.2, -w * 1.10, 0.5);
      cairo_curve_to (cr, -w * 1.12, end, -w * 0.9, end + 0.06, -w * 0.5, end);
      cairo_line_to (cr, w * 0.5, end);
      cairo_curve_to (cr, w * 0.9, end + 0.06, w * 1.12, end, w * 1.10, 0.5);
      cairo_curve_to (cr, w * 1.08, 0.2, w * 1.1, -0.9, 0, -0.9);
      cairo_close_path (cr);
      return TRUE;

    case FOC_DEMO_HAIR_LONG:
      end = 1.5 + 0.6 * face->hair_length;
      cairo_move_to (cr, 0, -0.9);
      cairo_curve_to (cr, -w * 1.1, -0.9, -w * 1.02, 0.2, -w * 1.06, 0.6);
      cairo_curve_to (cr, -w * 1.12, 1.0, -w * 1.15, 1.2, -w * 1.05, end);
      cairo_line_to (cr, w * 1.05, end);
      cairo_curve_to (cr, w * 1.15, 1.2, w * 1.12, 1.0, w * 1.06, 0.6);
      cairo_curve_to (cr, w * 1.02, 0.2, w * 1.1, -0.9, 0, -0.9);
      cairo_close_path (cr);
      return TRUE;

    case FOC_DEMO_HAIR_WAVY:
      wavy_sides (cr, w, 1.5 + 0.6 * face->hair_length);
      return TRUE;

    case FOC_DEMO_HAIR_NONE:
    case FOC_DEMO_HAIR_BUZZ:
    case FOC_DEMO_HAIR_RECEDING:
    case FOC_DEMO_HAIR_PARTED:
    case FOC_DEMO_HAIR_QUIFF:
    case FOC_DEMO_HAIR_CURLY:
    case FOC_DEMO_HAIR_SCARF:
    case FOC_DEMO_HAIR_BEANIE:
    case FOC_DEMO_N_HAIR:
    default:
      return FALSE;
    }
}

void
foc_demo_path_strand (cairo_t *cr,
                      const FocDemoFace *face,
                      gboolean front,
                      double u,
                      FocRng *rng)
{
  HairCut cut = hair_cut (face);
  double w = face->width + cut.side, top = 1.0 + cut.top;
  double jitter = foc_demo_between (rng, -0.06, 0.06);
  double reach = foc_demo_between (rng, 0.55, 1.0);

  if (face->hair == FOC_DEMO_HAIR_BUN && !front)
    {
      double r = foc_demo_between (rng, 0.03, 0.33), a = foc_demo_between (rng, 0, 6.28);

      cairo_new_sub_path (cr);
      cairo_arc (cr, 0.3 * face->yaw + 0.05 * u, -1.16, r, a, a + 1.6);
    }
  else if (cut.curls)
    {
      double x = u * w * 1.1, y = foc_demo_between (rng, -top * 1.1, 0.3);
      double r = foc_demo_between (rng, 0.04, 0.10), a = foc_demo_between (rng, 0, 6.28);

      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, r, a, a + 3.4);
    }
  else if (face->hair == FOC_DEMO_HAIR_BEANIE)
    {
      cairo_move_to (cr, u * 0.25, -top);
      cairo_curve_to (cr, u * w * 0.7, -top * 0.95, u * w, -0.8, u * w, -0.4);
    }
  else if (face->hair == FOC_DEMO_HAIR_SCARF)
    {
      double side = u < 0 ? -1 : 1, x = fabs (u) * (w + 0.05);

      cairo_move_to (cr, side * x * 0.3, -top * (0.75 + 0.25 * fabs (u)));
      cairo_curve_to (cr, side * (x + 0.1), -top * 0.7, side * (x + 0.12), 0.7,
                      jitter * 3, 1.05 + 0.3 * fabs (u));
    }
  else if (face->hair == FOC_DEMO_HAIR_QUIFF)
    {
      /* Combed back from the forehead, over to one side. */
      double x = u * w;
      double lean = face->hair_part * 0.4;

      cairo_move_to (cr, x * 0.95, -0.45 + 0.2 * fabs (u) + jitter);
      cairo_curve_to (cr, x * 1.0 - lean * 0.2, -0.75, x + lean * 0.3, -0.95,
                      x * 0.8 + lean, -top * (0.8 + 0.22 * reach));
    }
  else
    {
      double part = face->hair_part * face->width * 0.7;
      double land = u * w * 1.06, end;

      end = cut.down;
      if (face->hair >= FOC_DEMO_HAIR_BOB && face->hair <= FOC_DEMO_HAIR_WAVY)
        end = fabs (u) > 0.72 ? 2.0 : face->fringe ? -0.1 : 0.4;
      end = -0.5 + (end + 0.5) * reach;
      cairo_move_to (cr, part + 0.12 * (land - part) + jitter,
                     -top * 0.99 + 0.1 * fabs (u));
      cairo_curve_to (cr, part + 0.55 * (land - part) + jitter, -top * 0.98,
                      land + jitter * 0.5, -0.75, land, -0.35);
      if (end > -0.3)
        cairo_curve_to (cr, land * 1.03, 0.0,
                        land * (face->hair == FOC_DEMO_HAIR_WAVY ? 1.16 : 1.04),
                        end * 0.5, land * 1.0 + jitter, end);
    }
}
