/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-blas.h"

#include <cblas.h>

#ifdef __GLIBC__
#  include <gnu/libc-version.h>
#endif

void
foc_blas_begin_thread (void)
{
  /* In code, since an OpenMP build ignores an environment variable that is set
   * after it was loaded, and keeps the number per thread. */
  openblas_set_num_threads (1);
}

const char *
foc_blas_core_name (void)
{
  return openblas_get_corename ();
}

const char *
foc_blas_arithmetic (void)
{
  static GMutex mutex;
  static char *arithmetic;

  g_mutex_lock (&mutex);
  if (arithmetic == NULL)
    {
#ifdef __GLIBC__
      arithmetic =
        g_strdup_printf ("%s, glibc %s", openblas_get_config (), gnu_get_libc_version ());
#else
      arithmetic = g_strdup (openblas_get_config ());
#endif
    }
  g_mutex_unlock (&mutex);

  return arithmetic;
}

void
foc_sgemm (gboolean transpose_a,
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
           gsize ldc)
{
  cblas_sgemm (CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans,
               transpose_b ? CblasTrans : CblasNoTrans, (blasint) m, (blasint) n,
               (blasint) k, alpha, a, (blasint) lda, b, (blasint) ldb, beta, c,
               (blasint) ldc);
}

void
foc_sgemm_reference (gboolean transpose_a,
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
                     gsize ldc)
{
  for (gsize i = 0; i < m; i++)
    for (gsize j = 0; j < n; j++)
      {
        double sum = 0.0;

        for (gsize l = 0; l < k; l++)
          sum += (double) (transpose_a ? a[l * lda + i] : a[i * lda + l])
                 * (transpose_b ? b[j * ldb + l] : b[l * ldb + j]);

        /* As BLAS has it: beta = 0 means that C need not hold numbers. */
        c[i * ldc + j] =
          (float) (alpha * sum + (beta == 0.0f ? 0.0 : (double) beta * c[i * ldc + j]));
      }
}
