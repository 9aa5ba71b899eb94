/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* The one door to BLAS. All matrices are row-major float32. */

/* Must be called by each thread before its first product, and costs nothing
 * later: makes BLAS compute each product in the calling thread alone, so that
 * the order of additions, hence every bit, does not depend on the machine's
 * number of cores. We are parallel over trajectories and pictures instead. */
void foc_blas_begin_thread (void);

/* The kernels that BLAS chose for this processor ("Haswell"): results are the
 * same bits only between machines where it is the same. Static string. */
const char *foc_blas_core_name (void);

/* All that the bits of a computation depend on beside this program: OpenBLAS with its
 * kernels, and the C library with its exp() and log(). Static string; any thread. */
const char *foc_blas_arithmetic (void);

/* C <- alpha * op (A) . op (B) + beta * C, where op transposes or not:
 * op (A) is m x k, op (B) is k x n, C is m x n. Each ld is the distance in
 * floats from one row as stored to the next. C overlaps neither A nor B. */
void foc_sgemm (gboolean transpose_a,
                gboolean transpose_b,
                gsize m,
                gsize n,
                gsize k,
                float alpha,
                const float *a,
                gsize lda,
                const float *b,
                gsize ldb,
                float beta,
                float *c,
                gsize ldc);

/* The same in plain C with sums in double: slow and plain to see right. The
 * tests hold the one against the other. */
void foc_sgemm_reference (gboolean transpose_a,
                          gboolean transpose_b,
                          gsize m,
                          gsize n,
                          gsize k,
                          float alpha,
                          const float *a,
                          gsize lda,
                          const float *b,
                          gsize ldb,
                          float beta,
                          float *c,
                          gsize ldc);
