/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-demo-face.h"

/* The features of a photographed face, for foc-demo-photo.c alone: each is
 * painted over the lit skin, in head units (foc_demo_face_enter()). */

/* `side` is -1 for the eye on the left of the picture, 1 for the right. */
void foc_demo_photo_eye (cairo_t *cr, const FocDemoFace *face, int side);
void foc_demo_photo_nose (cairo_t *cr, const FocDemoFace *face);
void foc_demo_photo_mouth (cairo_t *cr, const FocDemoFace *face);
void foc_demo_photo_beard (cairo_t *cr, const FocDemoFace *face, int size, FocRng *rng);
void foc_demo_photo_glasses (cairo_t *cr, const FocDemoFace *face);
