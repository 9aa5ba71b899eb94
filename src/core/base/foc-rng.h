/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Random numbers that are the same for every version of every library: PCG32
 * (M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
 * Algorithms for Random Number Generation", 2014), a permutation that needs no
 * memory, and a hash. Nothing here allocates or can fail; no function is tied
 * to a thread. */

typedef struct
{
  guint64 state;
  guint64 increment;
} FocRng;

/* Streams: generators of one seed and different streams are independent. */
enum
{
  FOC_RNG_STREAM_WEIGHTS = 1,
  FOC_RNG_STREAM_SHUFFLE = 2,
  FOC_RNG_STREAM_DEMO = 3,
  FOC_RNG_STREAM_AUGMENT = 4,
  FOC_RNG_STREAM_TEST_VECTORS = 5,
};

void foc_rng_init (FocRng *self, guint64 seed, guint64 stream);

/* 32 random bits. */
guint32 foc_rng_next (FocRng *self);

/* Uniform over 0 ... n - 1, without bias; n > 0. */
guint32 foc_rng_below (FocRng *self, guint32 n);

/* Uniform over [0, 1), a multiple of 2^-24, hence exact in float and double. */
double foc_rng_uniform (FocRng *self);

/* Standard normal, by the polar method of Box, Muller and Marsaglia. */
double foc_rng_normal (FocRng *self);

/* A pseudo-random permutation of 0 ... n - 1 in a few words, however large n
 * is: a Feistel network over the next even power of two, walked until it lands
 * below n (J. Black and P. Rogaway, "Ciphers with Arbitrary Finite Domains",
 * 2002). Shuffling by it costs no memory per row, and any place of any epoch's
 * order can be computed alone, which is what resuming needs. */
typedef struct
{
  guint32 n;
  guint half_bits;
  guint32 keys[6];
} FocPermutation;

/* The permutation number `index` of `seed`, of n > 0 elements. */
void foc_permutation_init (FocPermutation *self, guint32 n, guint64 seed, guint64 index);

/* The element at `position` (< n). Each element appears at one position. */
guint32 foc_permutation_at (const FocPermutation *self, guint32 position);

/* A 64-bit hash of `length` bytes, the same on every machine. It finds accidents
 * and spreads names evenly; it is not made to withstand an attacker. */
guint64 foc_hash (const void *data, gsize length, guint64 seed);
