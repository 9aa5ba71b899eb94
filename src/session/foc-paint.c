/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-paint.h"

#include <string.h>

typedef struct
{
  FocRectangle square;
  guint8 colours[FOC_N_FEATURES]; /* where painted[] */
  gboolean painted[FOC_N_PIXELS];
} Layer;

struct _FocPaint
{
  Layer now;
  GArray *before; /* of Layer, the newest last */
  gboolean is_new_stroke;
};

FocPaint *
foc_paint_new (void)
{
  FocPaint *self = g_new0 (FocPaint, 1);

  self->before = g_array_new (FALSE, FALSE, sizeof (Layer));
  self->is_new_stroke = TRUE;
  return self;
}

void
foc_paint_free (FocPaint *self)
{
  g_array_unref (self->before);
  g_free (self);
}

void
foc_paint_forget (FocPaint *self)
{
  memset (self->now.painted, 0, sizeof self->now.painted);
  g_array_set_size (self->before, 0);
  self->is_new_stroke = TRUE;
}

static void
keep (FocPaint *self, const FocRectangle *square)
{
  self->now.square = *square;
  if (self->before->len == FOC_PAINT_N_STEPS)
    g_array_remove_index (self->before, 0);
  g_array_append_val (self->before, self->now);
}

void
foc_paint_begin_stroke (FocPaint *self)
{
  self->is_new_stroke = TRUE;
}

void
foc_paint_set (FocPaint *self,
               const FocRectangle *square,
               const guint *pixels,
               guint n,
               const guint8 rgb[FOC_FEATURE_CHANNELS])
{
  if (self->is_new_stroke)
    keep (self, square);
  self->is_new_stroke = FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_return_if_fail (pixels[i] < FOC_N_PIXELS);
      self->now.painted[pixels[i]] = TRUE;
      memcpy (self->now.colours + pixels[i] * FOC_FEATURE_CHANNELS, rgb,
              FOC_FEATURE_CHANNELS);
    }
}

void
foc_paint_clear (FocPaint *self, const FocRectangle *square)
{
  if (foc_paint_is_empty (self))
    return;

  keep (self, square);
  memset (self->now.painted, 0, sizeof self->now.painted);
  self->is_new_stroke = TRUE;
}

gboolean
foc_paint_is_empty (const FocPaint *self)
{
  for (guint i = 0; i < FOC_N_PIXELS; i++)
    if (self->now.painted[i])
      return FALSE;
  return TRUE;
}

gboolean
foc_paint_can_undo (const FocPaint *self)
{
  return self->before->len > 0;
}

void
foc_paint_undo (FocPaint *self, FocRectangle *square)
{
  g_return_if_fail (foc_paint_can_undo (self));

  self->now = g_array_index (self->before, Layer, self->before->len - 1);
  g_array_set_size (self->before, self->before->len - 1);
  *square = self->now.square;
  self->is_new_stroke = TRUE;
}

void
foc_paint_apply (const FocPaint *self, guint8 *features)
{
  for (guint i = 0; i < FOC_N_PIXELS; i++)
    if (self->now.painted[i])
      memcpy (features + i * FOC_FEATURE_CHANNELS,
              self->now.colours + i * FOC_FEATURE_CHANNELS, FOC_FEATURE_CHANNELS);
}
