/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-rng.h"

#include <math.h>
#include <string.h>

void
foc_rng_init (FocRng *self, guint64 seed, guint64 stream)
{
  self->state = 0;
  self->increment = (stream << 1) | 1;
  foc_rng_next (self);
  self->state += seed;
  foc_rng_next (self);
}

guint32
foc_rng_next (FocRng *self)
{
  guint64 state = self->state;
  guint32 xorshifted = (guint32) (((state >> 18) ^ state) >> 27);
  guint32 rotation = (guint32) (state >> 59);

  self->state = state * G_GUINT64_CONSTANT (6364136223846793005) + self->increment;

  return (xorshifted >> rotation) | (xorshifted << ((32 - rotation) & 31));
}

guint32
foc_rng_below (FocRng *self, guint32 n)
{
  /* Values under the threshold would make small results likelier. */
  guint32 threshold = (0 - n) % n;
  guint32 value;

  do
    value = foc_rng_next (self);
  while (value < threshold);

  return value % n;
}

double
foc_rng_uniform (FocRng *self)
{
  return (foc_rng_next (self) >> 8) * (1.0 / 16777216.0);
}

double
foc_rng_normal (FocRng *self)
{
  double x, y, square;

  do
    {
      x = 2.0 * foc_rng_uniform (self) - 1.0;
      y = 2.0 * foc_rng_uniform (self) - 1.0;
      square = x * x + y * y;
    }
  while (square >= 1.0 || square == 0.0);

  return x * sqrt (-2.0 * log (square) / square);
}

void
foc_permutation_init (FocPermutation *self, guint32 n, guint64 seed, guint64 index)
{
  /* The hash is one of bytes: the same order of them on every machine. */
  guint64 bytes = GUINT64_TO_LE (seed);
  FocRng rng;

  self->n = n;
  self->half_bits = 4; /* fewer would leave the network too few permutations */
  while (((guint64) 1 << (2 * self->half_bits)) < n)
    self->half_bits++;

  foc_rng_init (&rng, foc_hash (&bytes, sizeof bytes, index), FOC_RNG_STREAM_SHUFFLE);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    self->keys[i] = foc_rng_next (&rng);
}

/* The finaliser of MurmurHash3 (A. Appleby, public domain): every bit of the
 * input reaches every bit of the output. */
static inline guint32
mix32 (guint32 h)
{
  h ^= h >> 16;
  h *= 0x85ebca6bu;
  h ^= h >> 13;
  h *= 0xc2b2ae35u;
  h ^= h >> 16;
  return h;
}

guint32
foc_permutation_at (const FocPermutation *self, guint32 position)
{
  guint32 mask = (guint32) (((guint64) 1 << self->half_bits) - 1);
  guint32 value = position;

  /* The walk ends: the network permutes its domain, so that repeating it from a
   * value below n comes back below n. The domain is at most four times n, beyond small n. */
  do
    {
      guint32 left = value >> self->half_bits;
      guint32 right = value & mask;

      for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
        {
          guint32 next = left ^ (mix32 (right + self->keys[i]) & mask);

          left = right;
          right = next;
        }

      value = (left << self->half_bits) | right;
    }
  while (value >= self->n);

  return value;
}

static inline guint64
mix64 (guint64 h)
{
  h ^= h >> 32;
  h *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  h ^= h >> 32;
  h *= G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  h ^= h >> 32;
  return h;
}

guint64
foc_hash (const void *data, gsize length, guint64 seed)
{
  const guint8 *bytes = data;
  guint64 lanes[4] = { seed, seed ^ 0x5851f42d, seed + 0x14057b7e, ~seed };
  guint64 tail[4] = { 0, 0, 0, 0 };
  gsize left = length;

  /* Four independent chains, so that the processor overlaps the products. */
  for (; left >= 32; left -= 32, bytes += 32)
    {
      guint64 words[4];

      memcpy (words, bytes, 32);
      for (int i = 0; i < 4; i++)
        {
          guint64 h = (lanes[i] ^ GUINT64_FROM_LE (words[i]))
                      * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

          lanes[i] = h ^ (h >> 29);
        }
    }

  if (left > 0) /* data may be NULL */
    memcpy (tail, bytes, left);
  for (int i = 0; i < 4; i++)
    lanes[i] = mix64 (lanes[i] ^ GUINT64_FROM_LE (tail[i]) ^ length);

  return mix64 (lanes[0] + mix64 (lanes[1] + mix64 (lanes[2] + mix64 (lanes[3]))));
}
