/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-json.h"
#include "foc-safetensors.h"

/* What was measured in the course of a training. */

typedef struct
{
  double epoch; /* how far the training was: 0.5 is the middle of the first epoch */
  /* Mean over the batches since the point before, each before its step. */
  double training_loss;
  double training_accuracy;
  /* Over the whole validation set; NaN where it was not measured. */
  double validation_loss;
  double validation_accuracy;
} FocCurvePoint;

/* Points in the order of their epochs: a GArray of FocCurvePoint. */
typedef GArray FocCurve;

FocCurve *foc_curve_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocCurve, g_array_unref)

#define foc_curve_get(curve, i) (&g_array_index ((curve), FocCurvePoint, (i)))

/* The point at the end of epoch number `epoch` (1 is the first), or NULL. */
const FocCurvePoint *foc_curve_find_epoch (const FocCurve *self, guint epoch);

/* As the value of a member that the caller has begun: an array of arrays in the
 * order of the fields above; and back, NULL if it is not one, with ascending
 * epochs. What is not finite comes back as NaN. */
void foc_curve_to_json (const FocCurve *self, JsonBuilder *builder);
FocCurve *foc_curve_from_json (JsonArray *array);

/* The same as a tensor, for a long curve in a checkpoint, whose header would not
 * hold it. Every bit comes back. */
void foc_curve_to_tensor (const FocCurve *self, FocSafetensors *file, const char *name);
FocCurve *foc_curve_from_tensor (const FocSafetensors *file, const char *name);
