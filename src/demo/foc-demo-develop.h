/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-demo-paint.h"

/* What a camera, a film or a printing press does to a picture as a whole. */
typedef struct
{
  double softness;    /* 0 ... 0.25, the weight of each neighbour            */
  double contrast;    /* 1 changes nothing                                   */
  double exposure;    /* 1 changes nothing                                   */
  double saturation;  /* 0 is black and white, 1 changes nothing             */
  double vignette;    /* the part of the light that the corners lose         */
  double noise;       /* standard deviation in steps of 1/255                */
  FocDemoColour tint; /* multiplies; white changes nothing                   */
} FocDemoDeveloping;

/* Develops a CAIRO_FORMAT_RGB24 surface in place. */
void
foc_demo_develop (cairo_surface_t *surface, const FocDemoDeveloping *how, FocRng *rng);
