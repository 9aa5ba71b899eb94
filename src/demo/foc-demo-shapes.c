/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-shapes.h"

#include <math.h>

void
foc_demo_path_head (cairo_t *cr, const FocDemoFace *face)
{
  double w = face->width, j = face->jaw, c = face->chin;
  double turn = 0.10 * face->yaw; /* the chin goes where the face looks */

  cairo_move_to (cr, 0, -1);
  cairo_curve_to (cr, 0.60 * w, -1, w, -0.66, w, -0.10);
  cairo_curve_to (cr, w, 0.18, 1.06 * j, 0.36, j * 0.95 + turn, 0.56);
  cairo_curve_to (cr, j * 0.84 + turn, 0.78, c * 1.25 + turn, 1, turn, 1);
  cairo_curve_to (cr, -c * 1.25 + turn, 1, -j * 0.84 + turn, 0.78, -j * 0.95 + turn,
                  0.56);
  cairo_curve_to (cr, -1.06 * j, 0.36, -w, 0.18, -w, -0.10);
  cairo_curve_to (cr, -w, -0.66, -0.60 * w, -1, 0, -1);
  cairo_close_path (cr);
}

void
foc_demo_path_ear (cairo_t *cr, const FocDemoFace *face, int side)
{
  double x = side * face->width * 0.985 - 0.16 * face->yaw;
  double y = 0.11 + 0.5 * face->pitch, h = face->ear, o = side * h;

  cairo_move_to (cr, x - 0.2 * o, y - 0.7 * h);
  cairo_curve_to (cr, x + 0.2 * o, y - 1.25 * h, x + 0.75 * o, y - 0.9 * h, x + 0.58 * o,
                  y - 0.1 * h);
  cairo_curve_to (cr, x + 0.50 * o, y + 0.5 * h, x + 0.28 * o, y + 1.15 * h, x - 0.2 * o,
                  y + 0.95 * h);
  cairo_close_path (cr);
}

void
foc_demo_path_neck (cairo_t *cr, const FocDemoFace *face)
{
  double w = 0.55 * face->width + 0.12 * (face->jaw - 0.6);

  cairo_move_to (cr, -w * 0.95, 0.3);
  cairo_curve_to (cr, -w * 0.92, 0.9, -w * 0.95, 1.1, -w * 1.15, 1.30);
  cairo_line_to (cr, -w * 1.6, 1.6);
  cairo_line_to (cr, w * 1.6, 1.6);
  cairo_line_to (cr, w * 1.15, 1.30);
  cairo_curve_to (cr, w * 0.95, 1.1, w * 0.92, 0.9, w * 0.95, 0.3);
  cairo_close_path (cr);
}

void
foc_demo_path_body (cairo_t *cr, const FocDemoFace *face)
{
  double neck = 0.62 * face->width, shoulder = 1.45 + 0.35 * (face->jaw - 0.6);

  cairo_move_to (cr, -neck, 1.20);
  cairo_curve_to (cr, -neck * 1.5, 1.36, -shoulder * 0.9, 1.34, -shoulder, 1.62);
  cairo_curve_to (cr, -shoulder * 1.12, 1.9, -shoulder * 1.15, 2.2, -shoulder * 1.2, 2.9);
  cairo_line_to (cr, shoulder * 1.2, 2.9);
  cairo_curve_to (cr, shoulder * 1.15, 2.2, shoulder * 1.12, 1.9, shoulder, 1.62);
  cairo_curve_to (cr, shoulder * 0.9, 1.34, neck * 1.5, 1.36, neck, 1.20);
  cairo_close_path (cr);
}

void
foc_demo_path_neckline (cairo_t *cr, const FocDemoFace *face)
{
  double w = 0.62 * face->width;

  switch (face->clothes)
    {
    case FOC_DEMO_CLOTHES_V:
    case FOC_DEMO_CLOTHES_COLLAR:
      cairo_move_to (cr, -w, 1.15);
      cairo_curve_to (cr, -w * 0.9, 1.4, -w * 0.4, 1.65, 0,
                      face->clothes == FOC_DEMO_CLOTHES_V ? 1.92 : 1.62);
      cairo_curve_to (cr, w * 0.4, 1.65, w * 0.9, 1.4, w, 1.15);
      break;
    case FOC_DEMO_CLOTHES_ROUND:
      cairo_move_to (cr, -w * 1.02, 1.15);
      cairo_curve_to (cr, -w * 0.95, 1.62, w * 0.95, 1.62, w * 1.02, 1.15);
      break;
    case FOC_DEMO_CLOTHES_TURTLENECK:
    case FOC_DEMO_N_CLOTHES:
    default:
      break;
    }
}

void
foc_demo_path_turtleneck (cairo_t *cr, const FocDemoFace *face)
{
  double w = 0.62 * face->width;

  cairo_move_to (cr, -w * 1.05, 1.12);
  cairo_curve_to (cr, -w * 0.5, 1.24, w * 0.5, 1.24, w * 1.05, 1.12);
  cairo_line_to (cr, w * 1.2, 1.42);
  cairo_curve_to (cr, w * 0.5, 1.54, -w * 0.5, 1.54, -w * 1.2, 1.42);
  cairo_close_path (cr);
}

void
foc_demo_path_collar (cairo_t *cr, const FocDemoFace *face, int side)
{
  double w = side * 0.62 * face->width;

  cairo_move_to (cr, w * 1.05, 1.10);
  cairo_line_to (cr, w * 1.45, 1.42);
  cairo_line_to (cr, w * 0.72, 1.78);
  cairo_line_to (cr, side * 0.02, 1.58);
  cairo_curve_to (cr, w * 0.5, 1.50, w * 0.9, 1.35, w * 1.05, 1.10);
  cairo_close_path (cr);
}

void
foc_demo_enter_eye (cairo_t *cr, const FocDemoFace *face, int side)
{
  double x = side * face->eye_x;

  cairo_translate (cr, foc_demo_face_turn (face, x), face->eye_y);
  cairo_scale (cr, side * foc_demo_face_narrow (face, x), 1);
  cairo_rotate (cr, face->eye_slant);
}

void
foc_demo_path_eye (cairo_t *cr, const FocDemoFace *face)
{
  double w = face->eye_width, o = face->eye_open;

  cairo_move_to (cr, -w, 0.28 * o);
  cairo_curve_to (cr, -w * 0.62, -o * 1.15, w * 0.45, -o * 1.45, w, -0.05 * o);
  cairo_curve_to (cr, w * 0.62, o * 0.95, -w * 0.45, o * 1.2, -w, 0.28 * o);
  cairo_close_path (cr);
}

void
foc_demo_path_upper_lid (cairo_t *cr, const FocDemoFace *face, double lift)
{
  double w = face->eye_width, o = face->eye_open;

  cairo_move_to (cr, -w, 0.28 * o - lift);
  cairo_curve_to (cr, -w * 0.62, -o * 1.15 - lift, w * 0.45, -o * 1.45 - lift, w * 1.04,
                  -0.1 * o - lift * 0.7);
}

void
foc_demo_path_lower_lid (cairo_t *cr, const FocDemoFace *face, double drop)
{
  double w = face->eye_width, o = face->eye_open;

  cairo_move_to (cr, w, -0.05 * o + drop);
  cairo_curve_to (cr, w * 0.62, o * 0.95 + drop, -w * 0.45, o * 1.2 + drop, -w * 0.9,
                  0.36 * o + drop);
}

void
foc_demo_path_brow (cairo_t *cr, const FocDemoFace *face)
{
  double w = face->eye_width, t = face->brow_thick, y = -face->brow_y;
  double arch = face->brow_arch, slant = face->brow_slant * w;

  cairo_move_to (cr, -w * 1.0, y + slant + t * 1.1);
  cairo_curve_to (cr, -w * 1.05, y + slant - t * 0.4, -w * 0.8, y + slant - t * 0.8,
                  -w * 0.3, y - arch * 0.5 - t);
  cairo_curve_to (cr, w * 0.4, y - arch * 1.3 - t, w * 0.9, y - arch - slant, w * 1.35,
                  y + arch * 0.6 - slant);
  cairo_curve_to (cr, w * 0.8, y - arch * 0.6 - slant + t * 0.5, w * 0.3,
                  y - arch + t * 0.9, -w * 0.3, y - arch * 0.3 + t);
  cairo_curve_to (cr, -w * 0.6, y + t * 1.1, -w * 0.9, y + slant + t * 1.4, -w * 1.0,
                  y + slant + t * 1.1);
  cairo_close_path (cr);
}

void
foc_demo_iris_place (const FocDemoFace *face, int side, double *x, double *y)
{
  /* The frame of the left eye is mirrored, and looks where the right one does. */
  *x = side * face->gaze_x * (face->eye_width - face->iris) * 0.8;
  *y = face->gaze_y * face->eye_open * 0.3 - 0.12 * face->eye_open;
}

void
foc_demo_enter_mouth (cairo_t *cr, const FocDemoFace *face)
{
  cairo_translate (cr, foc_demo_face_turn (face, 0) * 0.95, face->mouth_y);
  cairo_scale (cr, foc_demo_face_narrow (face, 0), 1);
}

static void
line_above (cairo_t *cr, const FocDemoFace *face, double to_right)
{
  double w = face->mouth_width * to_right, s = face->smile;

  cairo_curve_to (cr, -w * 0.45, s * 0.8, -w * 0.2, s * 0.55, 0, s * 0.6);
  cairo_curve_to (cr, w * 0.2, s * 0.55, w * 0.45, s * 0.8, w, -s);
}

static void
line_below (cairo_t *cr, const FocDemoFace *face, double to_right, double drop)
{
  double w = face->mouth_width * to_right;
  double y = face->smile * 0.75 + face->mouth_open * 1.33 + drop;

  cairo_curve_to (cr, -w * 0.55, y, -w * 0.4, y + 0.01, 0, y + 0.01);
  cairo_curve_to (cr, w * 0.4, y + 0.01, w * 0.55, y, w, -face->smile);
}

void
foc_demo_path_upper_lip (cairo_t *cr, const FocDemoFace *face)
{
  double w = face->mouth_width, l = face->lip, s = face->smile;

  cairo_move_to (cr, -w, -s);
  cairo_curve_to (cr, -w * 0.6, -l * 0.55, -w * 0.35, -l * 1.1, -w * 0.18, -l * 1.05);
  cairo_curve_to (cr, -w * 0.1, -l, -w * 0.06, -l * 0.8, 0, -l * 0.78);
  cairo_curve_to (cr, w * 0.06, -l * 0.8, w * 0.1, -l, w * 0.18, -l * 1.05);
  cairo_curve_to (cr, w * 0.35, -l * 1.1, w * 0.6, -l * 0.55, w, -s);
  line_above (cr, face, -1);
  cairo_close_path (cr);
}

void
foc_demo_path_lower_lip (cairo_t *cr, const FocDemoFace *face)
{
  double w = face->mouth_width;

  cairo_move_to (cr, -w, -face->smile);
  line_below (cr, face, 1, 0);
  line_below (cr, face, -1, face->lip * 1.45);
  cairo_close_path (cr);
}

void
foc_demo_path_mouth (cairo_t *cr, const FocDemoFace *face)
{
  cairo_move_to (cr, -face->mouth_width, -face->smile);
  line_above (cr, face, 1);
  line_below (cr, face, -1, 0);
  cairo_close_path (cr);
}

void
foc_demo_path_mouth_line (cairo_t *cr, const FocDemoFace *face)
{
  cairo_move_to (cr, -face->mouth_width * 1.04, -face->smile * 1.1);
  line_above (cr, face, 1);
}

void
foc_demo_nose_place (const FocDemoFace *face, double *x, double *y)
{
  *x = foc_demo_face_turn (face, 0) + 0.20 * face->yaw;
  *y = face->nose_y;
}

gboolean
foc_demo_path_beard (cairo_t *cr, const FocDemoFace *face)
{
  double x = foc_demo_face_turn (face, 0) * 0.95, m = face->mouth_y;
  double w = face->mouth_width * foc_demo_face_narrow (face, 0), j = face->jaw;
  double nose = face->nose_y + 0.085, l = face->lip;

  if (face->beard == FOC_DEMO_BEARD_NONE || face->beard == FOC_DEMO_BEARD_STUBBLE)
    return FALSE;

  if (face->beard != FOC_DEMO_BEARD_GOATEE || face->hair_volume > 0.4)
    {
      cairo_move_to (cr, x - w * 1.15, m + 0.03);
      cairo_curve_to (cr, x - w, m - l - 0.05, x - w * 0.4, nose, x, nose + 0.03);
      cairo_curve_to (cr, x + w * 0.4, nose, x + w, m - l - 0.05, x + w * 1.15, m + 0.03);
      cairo_curve_to (cr, x + w * 0.9, m - l * 0.8, x + w * 0.4, m - l, x, m - l * 0.7);
      cairo_curve_to (cr, x - w * 0.4, m - l, x - w * 0.9, m - l * 0.8, x - w * 1.15,
                      m + 0.03);
      cairo_close_path (cr);
    }

  if (face->beard == FOC_DEMO_BEARD_GOATEE)
    {
      double y = m + face->mouth_open + l * 1.6 + 0.04;

      cairo_move_to (cr, x - w * 0.5, y);
      cairo_curve_to (cr, x - w * 0.6, 0.95, x - w * 0.4, 1.06, x, 1.06);
      cairo_curve_to (cr, x + w * 0.4, 1.06, x + w * 0.6, 0.95, x + w * 0.5, y);
      cairo_curve_to (cr, x + w * 0.2, y - 0.02, x - w * 0.2, y - 0.02, x - w * 0.5, y);
      cairo_close_path (cr);
    }
  else if (face->beard == FOC_DEMO_BEARD_FULL)
    {
      double down = 1.05 + 0.10 * face->hair_length, side = face->width * 0.98;

      cairo_move_to (cr, -side, 0.02);
      cairo_curve_to (cr, -side * 1.02, 0.4, -j * 0.98, 0.62, -j * 0.9, 0.75);
      cairo_curve_to (cr, -j * 0.7, 0.95, -j * 0.4, down, x * 0.5, down);
      cairo_curve_to (cr, j * 0.4, down, j * 0.7, 0.95, j * 0.9, 0.75);
      cairo_curve_to (cr, j * 0.98, 0.62, side * 1.02, 0.4, side, 0.02);
      cairo_curve_to (cr, side * 0.92, 0.3, j * 0.75, m - 0.12, x + w * 1.08, m - 0.05);
      cairo_curve_to (cr, x + w * 1.0, m + l * 1.6 + face->mouth_open + 0.05, x + w * 0.5,
                      m + l * 1.8 + face->mouth_open + 0.05, x,
                      m + l * 1.6 + face->mouth_open + 0.05);
      cairo_curve_to (cr, x - w * 0.5, m + l * 1.8 + face->mouth_open + 0.05, x - w * 1.0,
                      m + l * 1.6 + face->mouth_open + 0.05, x - w * 1.08, m - 0.05);
      cairo_curve_to (cr, -j * 0.75, m - 0.12, -side * 0.92, 0.3, -side, 0.02);
      cairo_close_path (cr);
    }
  return TRUE;
}

void
foc_demo_path_glass (cairo_t *cr, const FocDemoFace *face)
{
  double w = face->eye_x * 0.80, h = w * 0.80, r = 0.07;

  if (face->glasses == FOC_DEMO_GLASSES_ROUND)
    {
      foc_demo_ellipse (cr, 0.02, 0.03, w * 0.94, w * 0.92);
      return;
    }
  cairo_new_sub_path (cr);
  cairo_arc (cr, w - r, -h + r + 0.04, r, -G_PI_2, 0);
  cairo_arc (cr, w - 2 * r, h - 2 * r, 2 * r, 0, G_PI_2);
  cairo_arc (cr, -w + 2 * r, h - 2 * r, 2 * r, G_PI_2, G_PI);
  cairo_arc (cr, -w + r, -h + r + 0.04, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

void
foc_demo_path_glasses_bridge (cairo_t *cr, const FocDemoFace *face)
{
  double inner = face->eye_x * 0.22, outer = face->eye_x * 1.78, y = face->eye_y;
  double left = foc_demo_face_turn (face, -inner),
         right = foc_demo_face_turn (face, inner);

  cairo_move_to (cr, left, y);
  cairo_curve_to (cr, left, y - 0.06, right, y - 0.06, right, y);
  for (int side = -1; side <= 1; side += 2)
    {
      double x = side * face->eye_x;

      cairo_move_to (cr,
                     foc_demo_face_turn (face, x)
                       + side * face->eye_x * 0.8 * foc_demo_face_narrow (face, x),
                     y - 0.05);
      cairo_line_to (cr, side * MAX (face->width * 1.0, outer * 0.9) - 0.1 * face->yaw,
                     y - 0.03);
    }
}
