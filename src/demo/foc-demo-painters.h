/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-demo-face.h"

/* The two painters and what they share. All fill a CAIRO_FORMAT_RGB24 surface
 * of size x size pixels through `cr`, and take their own choices from `rng`. */

/* A place out of focus, as behind a portrait: garden, room, street, sky ... or,
 * if `plain`, the paper backdrop of a studio in any colour. */
void foc_demo_background_blurred (cairo_t *cr, int size, gboolean plain, FocRng *rng);

/* A panel's background: flat, rays, dots, stripes, balloons ... in the colours of
 * print, or in pastel if `muted`, or in greys. */
void foc_demo_background_printed (cairo_t *cr,
                                  int size,
                                  gboolean muted,
                                  gboolean grey,
                                  FocRng *rng);

/* The light on the skin of the head, as a picture over the head's box, painted
 * through the current clip in head units: the face's heights (forehead, brow
 * ridges, sockets, nose, cheeks, lips, chin) lit from the face's light. `depth`
 * 0 is flat, 1 is natural; with `steps` > 0 the light falls in so many steps, as
 * a brush would lay it. */
void foc_demo_skin_paint (cairo_t *cr,
                          const FocDemoFace *face,
                          int size,
                          double depth,
                          guint steps);

/* Paints the face as a camera would have seen it. `plain` is a hard, frontal
 * light before a backdrop of one colour. */
void foc_demo_photo_paint (cairo_t *cr,
                           const FocDemoFace *face,
                           int size,
                           gboolean plain,
                           FocRng *rng);

/* How a comic is drawn. */
typedef struct
{
  double outline;        /* width in head units, 0 is none           */
  gboolean dots;         /* halftone in the shadows                  */
  gboolean hatching;     /* pen strokes in the shadows               */
  gboolean grey;         /* ink and paper alone                      */
  gboolean muted;        /* pastel instead of printer's colours      */
  gboolean painted;      /* soft shading before a blurred background */
  gboolean framed;       /* a panel in the white gutter of its page  */
  gboolean strange_skin; /* blue, green, violet ...                  */
} FocDemoComicStyle;

void foc_demo_comic_paint (cairo_t *cr,
                           const FocDemoFace *face,
                           int size,
                           const FocDemoComicStyle *style,
                           FocRng *rng);
