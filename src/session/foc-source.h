/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-preprocess.h"

/* Where one picture comes from: a file, or bytes that were dropped or pasted. Both are
 * decoded by the same code under the same limits: what is made of bytes is what is made of a
 * file that holds them. Immutable, reference-counted; any thread may use it. */

typedef struct _FocSource FocSource;

/* The file is not looked at before it is loaded. */
FocSource *foc_source_new_for_path (const char *path);

/* An encoded picture, such as a PNG; `name`, UTF-8, is what it is called: "Pasted
 * picture". */
FocSource *foc_source_new_for_bytes (GBytes *bytes, const char *name);

FocSource *foc_source_ref (FocSource *self);
void foc_source_unref (FocSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocSource, foc_source_unref)

const char *foc_source_get_path (const FocSource *self); /* NULL: it is no file */

/* To be shown, on one line (foc_text_escape()): of a file its name without folders. */
const char *foc_source_get_name (const FocSource *self);

/* The same source with what is in its file now: to be decoded several times without the
 * disk, and without a change in between. Blocks; errors of foc_image_read(). */
FocSource *foc_source_read (FocSource *self, GCancellable *cancellable, GError **error);

/* foc_image_load(), and foc_preprocess_file(). Both block. */
gboolean foc_source_load (const FocSource *self,
                          const FocRectangle *region,
                          int min_side,
                          FocImage *image,
                          GCancellable *cancellable,
                          GError **error);
gboolean foc_source_preprocess (const FocSource *self,
                                const FocRectangle *region,
                                guint8 features[FOC_N_FEATURES],
                                GCancellable *cancellable,
                                GError **error);
