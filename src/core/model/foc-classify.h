/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-model.h"

/* Many pictures, many threads. A file that cannot be read gets an error and stops
 * nothing. */

typedef struct
{
  FocAnswer answer;
  float *probabilities; /* one number a class                                   */
  GError *error;        /* why there is no answer: an image code of FocError, or NULL */
} FocClassification;

/* What to classify next: its path, which stays where it is until it is answered; NULL:
 * that was all, and it is not asked again. `tag` is whatever the caller knows it by.
 * Called in the threads that classify, but never twice at once; it may wait until there
 * is something, and must return when the work is cancelled. */
typedef const char *(*FocClassifyNext) (gpointer *tag, gpointer user_data);

/* Takes an answer, in the thread that called foc_classify_stream(). The result is only
 * there during the call. */
typedef void (*FocClassifyAnswered) (gpointer tag,
                                     const FocClassification *result,
                                     gpointer user_data);

typedef enum
{
  FOC_CLASSIFY_AS_DONE,  /* a file that is slow holds up nobody  */
  FOC_CLASSIFY_AS_ASKED, /* answers in the order of the pictures */
} FocClassifyOrder;

/* No more than this many pictures for each thread were taken from `next` and are not
 * answered yet: memory is bounded, however many there are. */
#define FOC_CLASSIFY_AHEAD 64

/* Classifies on `jobs` threads, at least one. For all that was taken from `next` there is
 * an answer; after it was cancelled its error may be G_IO_ERROR_CANCELLED. Returns FALSE
 * only with G_IO_ERROR_CANCELLED. Blocks, as long as reading a file does. */
gboolean foc_classify_stream (const FocModel *model,
                              guint jobs,
                              FocClassifyOrder order,
                              FocClassifyNext next,
                              FocClassifyAnswered answered,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);

/* Called once for each file, in their order, in the thread that called
 * foc_classify_files(), as soon as it and those before it are done; no more after it was
 * cancelled. The result is only there during the call. */
typedef void (*FocClassified) (guint index,
                               const FocClassification *result,
                               gpointer user_data);

/* Classifies `n` files on `jobs` threads. FALSE only with G_IO_ERROR_CANCELLED. Blocks. */
gboolean foc_classify_files (const FocModel *model,
                             const char *const *paths,
                             guint n,
                             guint jobs,
                             FocClassified classified,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);
