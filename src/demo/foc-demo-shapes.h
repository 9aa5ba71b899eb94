/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-demo-face.h"

/* The outlines of a described face, as paths: both painters fill, shade and
 * stroke the same ones. Every function appends to the current path of `cr`,
 * which is in head units (foc_demo_face_enter()) unless it says otherwise. */

void foc_demo_path_head (cairo_t *cr, const FocDemoFace *face);

/* `side` is -1 for the ear on the left of the picture, 1 for the right. */
void foc_demo_path_ear (cairo_t *cr, const FocDemoFace *face, int side);

/* These five with foc_demo_face_enter_body(). The neckline is what the clothes
 * leave open of neck and chest, in the skin's colour; its path is left open above,
 * where a stroke would cross the neck. */
void foc_demo_path_neck (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_body (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_neckline (cairo_t *cr, const FocDemoFace *face);
/* What clothes of the kind have at the neck; `side`, of a collar, is -1 or 1. */
void foc_demo_path_turtleneck (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_collar (cairo_t *cr, const FocDemoFace *face, int side);

/* Hair behind the head, and hair (or cloth) over it. FALSE, with nothing added,
 * if there is none. */
gboolean foc_demo_path_hair_back (cairo_t *cr, const FocDemoFace *face);
gboolean foc_demo_path_hair_front (cairo_t *cr, const FocDemoFace *face);

/* One strand (or curl, or fold of a headscarf) at the place u along the head,
 * -1 ... 1 from left to right. The caller clips to the hair. */
void foc_demo_path_strand (cairo_t *cr,
                           const FocDemoFace *face,
                           gboolean front,
                           double u,
                           FocRng *rng);
gboolean foc_demo_face_has_curls (const FocDemoFace *face);
gboolean foc_demo_face_has_cloth (const FocDemoFace *face);

/* Moves the origin into an eye, x pointing to the temple: the eye, brow and lid
 * paths are drawn there, the same for both sides. Save and restore around it. */
void foc_demo_enter_eye (cairo_t *cr, const FocDemoFace *face, int side);
void foc_demo_path_eye (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_upper_lid (cairo_t *cr, const FocDemoFace *face, double lift);
void foc_demo_path_lower_lid (cairo_t *cr, const FocDemoFace *face, double drop);
void foc_demo_path_brow (cairo_t *cr, const FocDemoFace *face);
void foc_demo_iris_place (const FocDemoFace *face, int side, double *x, double *y);

/* Moves the origin to the middle of the mouth. */
void foc_demo_enter_mouth (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_upper_lip (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_lower_lip (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_mouth (cairo_t *cr, const FocDemoFace *face);
void foc_demo_path_mouth_line (cairo_t *cr, const FocDemoFace *face);

/* The tip of the nose. */
void foc_demo_nose_place (const FocDemoFace *face, double *x, double *y);

/* FALSE if there is none. */
gboolean foc_demo_path_beard (cairo_t *cr, const FocDemoFace *face);

/* The rim of one glass, in the frame of foc_demo_enter_eye(). */
void foc_demo_path_glass (cairo_t *cr, const FocDemoFace *face);
/* Bridge and temples, in head units. */
void foc_demo_path_glasses_bridge (cairo_t *cr, const FocDemoFace *face);
