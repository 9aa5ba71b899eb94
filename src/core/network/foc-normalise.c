/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-normalise.h"

const float foc_normalise_offset[FOC_NORMALISE_CHANNELS] = {
  (float) (255 * 0.485),
  (float) (255 * 0.456),
  (float) (255 * 0.406),
};

const float foc_normalise_scale[FOC_NORMALISE_CHANNELS] = {
  (float) (1 / (255 * 0.229)),
  (float) (1 / (255 * 0.224)),
  (float) (1 / (255 * 0.225)),
};

void
foc_normalise (const guint8 *bytes, gsize n, float *x)
{
  enum
  {
    BLOCK = 16 * FOC_NORMALISE_CHANNELS
  };
  float offset[BLOCK], scale[BLOCK];
  gsize i = 0;

  /* Repeated over a block, so that the compiler can vectorise the loop below. */
  for (guint j = 0; j < BLOCK; j++)
    {
      offset[j] = foc_normalise_offset[j % FOC_NORMALISE_CHANNELS];
      scale[j] = foc_normalise_scale[j % FOC_NORMALISE_CHANNELS];
    }

  for (; i + BLOCK <= n; i += BLOCK)
    for (guint j = 0; j < BLOCK; j++)
      x[i + j] = ((float) bytes[i + j] - offset[j]) * scale[j];

  for (; i < n; i++)
    x[i] = ((float) bytes[i] - offset[i % FOC_NORMALISE_CHANNELS])
           * scale[i % FOC_NORMALISE_CHANNELS];
}
