/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-source.h"

/* A picture that was decoded to be shown, and to be asked about one square after the other.
 * Immutable; any thread may use it, and only one may free it. */

/* No side of what is shown is longer. */
#define FOC_SHOWN_PICTURE_MAX 2048

typedef struct
{
  FocSource *source;           /* with the bytes of its file in memory */
  int full_width, full_height; /* of the picture in its file, upright */

  /* The pixels that foc_pixels_new() makes, and the same at half their size, a quarter and
   * so on: GdkPixbuf, B G R A where they say R G B A, the alpha always 255. */
  GPtrArray *levels;

  FocRectangle square;             /* the centred largest one, in pixels of the file */
  guint8 features[FOC_N_FEATURES]; /* of it, as foc_preprocess_file() makes them */
} FocShownPicture;

/* Blocks; errors of foc_image_load(). */
FocShownPicture *
foc_shown_picture_load (FocSource *source, GCancellable *cancellable, GError **error);
void foc_shown_picture_free (FocShownPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocShownPicture, foc_shown_picture_free)

/* Features of any square, in pixels of the file and within it, from what is shown: a
 * fraction of a millisecond, whatever its size. They are near to those of the file, not the
 * same: a JPEG is decoded at a scale that fits the square. */
void foc_shown_picture_preprocess (const FocShownPicture *self,
                                   const FocRectangle *square,
                                   guint8 features[FOC_N_FEATURES]);
