/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-model.h"

/* Many pictures, many threads, answers in the order of the pictures. */

typedef struct
{
  FocAnswer answer;
  float *probabilities; /* one number a class                                   */
  GError *error;        /* why there is no answer: an image code of FocError, or NULL */
} FocClassification;

/* Called once for each file, in their order, in the thread that called
 * foc_classify_files(), as soon as it and those before it are done. The result is
 * only there during the call. */
typedef void (*FocClassified) (guint index,
                               const FocClassification *result,
                               gpointer user_data);

/* Classifies `n` files on `jobs` threads. A file that cannot be read gets an error
 * and stops nothing. FALSE only with G_IO_ERROR_CANCELLED. Blocks. */
gboolean foc_classify_files (const FocModel *model,
                             const char *const *paths,
                             guint n,
                             guint jobs,
                             FocClassified classified,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);
