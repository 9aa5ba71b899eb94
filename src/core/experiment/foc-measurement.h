/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-calibration.h"
#include "foc-examples.h"
#include "foc-json.h"
#include "foc-model.h"
#include "foc-roc.h"

/* What a model is worth on labelled examples. */

/* A picture that is taken for another class than its own. */
typedef struct
{
  guint32 row; /* in the data set */
  guint16 answer;
} FocMistake;

/* Mistakes up to which each is kept. */
#define FOC_MEASUREMENT_MAX_MISTAKES 10000

/* Classes up to which ROC curves are kept; beyond, only the area under each. */
#define FOC_MEASUREMENT_MAX_CURVES 20

typedef struct
{
  gboolean measured; /* the rest is there */
  double accuracy;
  double loss;            /* as in training: at temperature 1; NaN: beyond all numbers */
  double interval[2];     /* of the accuracy, 95 %, Wilson                             */
  FocConfusion confusion; /* row = true class, all answers, sure or not                */

  GArray
    *mistakes; /* of FocMistake, ascending; NULL: more than are kept, or by an earlier
                       version of the program                                     */

  guint64 n_answered;          /* without "not sure"                                */
  guint64 n_answered_wrongly;  /* of these, with a wrong class: "confidently wrong" */
  FocCalibration calibration;  /* at the model's temperature                        */
  FocCalibration uncalibrated; /* at temperature 1 */
  /* Of two classes that of the second, which says all; else one a class. */
  guint n_rocs;
  FocRoc *rocs; /* owned */
} FocMeasurement;

void foc_measurement_clear (FocMeasurement *self);
/* `copy` is zeros. The two share the list of mistakes, which nobody changes. */
void foc_measurement_copy (const FocMeasurement *self, FocMeasurement *copy);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocMeasurement, foc_measurement_clear)

/* The class that ROC curve `i` is about. */
guint foc_measurement_get_roc_class (const FocMeasurement *self, guint i);

/* Measures `model`; `result` is zeros, or an earlier measurement. Errors of
 * foc_examples_forward(). Any thread that has called foc_blas_begin_thread(). */
gboolean foc_measure (const FocModel *model,
                      const FocExamples *examples,
                      FocMeasurement *result,
                      GCancellable *cancellable,
                      GError **error);

/* As members of an object that the caller has begun; nothing where nothing was
 * measured. Back: FALSE if something is missing or out of range; an object without a
 * confusion matrix is no measurement, but right. `total`: how many examples there
 * must have been. */
void foc_measurement_to_json (const FocMeasurement *self, JsonBuilder *builder);
gboolean foc_measurement_from_json (FocMeasurement *self,
                                    JsonObject *object,
                                    guint n_classes,
                                    guint64 total);
