/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-demo-painters.h"

/* One comic while it is drawn, for foc-demo-comic.c and its features alone. */

typedef struct
{
  cairo_t *cr;
  const FocDemoFace *face;
  const FocDemoComicStyle *style;
  int size;
  FocDemoColour ink, skin, lips, hair, brow, clothes, iris;
  cairo_surface_t *dots; /* or NULL */
  double shadow_x, shadow_y;
} FocDemoComic;

/* Mixes the colours of life as ink prints them. */
void foc_demo_comic_choose_inks (FocDemoComic *comic, FocRng *rng);

/* Outlines the path, `weight` times as wide as the style says, and ends it. */
void foc_demo_comic_ink (FocDemoComic *comic, double weight);

/* In head units (foc_demo_face_enter()); `side` is -1 for the eye on the left. */
void foc_demo_comic_eye (FocDemoComic *comic, int side);
void foc_demo_comic_nose_and_mouth (FocDemoComic *comic);
void foc_demo_comic_glasses (FocDemoComic *comic);

/* The panel's frame; leaves `cr` in pixels. */
void foc_demo_comic_frame (FocDemoComic *comic, FocRng *rng);
