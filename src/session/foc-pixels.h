/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-image.h"

/* Scales the region of `image` to width x height pixels, on a white ground: 4 bytes a
 * pixel, B G R A of memory order, opaque, without gaps between rows, which is what Cairo
 * draws without converting. Any thread. */
GBytes *foc_pixels_new (const FocImage *image, int width, int height);
