/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-mlp.h"
#include "foc-novelty.h"
#include "foc-preprocess.h"

/* A trained network with all that must travel with it to give the same answers
 * elsewhere: the names of its classes, the way its input is made, and what its
 * probabilities are worth. */

/* Where a model comes from; nothing of it changes an answer. Unknown strings are
 * NULL, unknown numbers 0 or NaN. */
typedef struct
{
  char *optimizer;
  double learning_rate;
  guint epochs;
  guint64 seed;
  double validation_accuracy; /* of the cell that chose these settings */
  char *data_digest;
  char *split; /* how the data was split, for foc_split_settings_from_string() */
  char *program_version;
} FocModelOrigin;

typedef struct
{
  FocMlp *mlp;         /* owned                                              */
  GStrv class_names;   /* UTF-8, one for each class of the network           */
  double temperature;  /* divides the logits before softmax; 1 changes none  */
  double threshold;    /* a smaller probability is "not sure"; novelty has
                         a limit of its own for the certainty, which is fitted    */
  FocNovelty *novelty; /* owned; NULL: nothing is known of the training data */
  FocModelOrigin origin;
} FocModel;

#define FOC_MODEL_THRESHOLD_DEFAULT 0.8

/* A model around `mlp` (taken over) with copies of the names. */
FocModel *foc_model_new (FocMlp *mlp, const char *const *class_names);
void foc_model_free (FocModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocModel, foc_model_free)

guint foc_model_get_n_classes (const FocModel *self);

/* Why there is no answer that could be relied on. */
typedef enum
{
  FOC_DOUBT_NONE,
  FOC_DOUBT_PROBABILITY, /* the probability is below the model's threshold       */
  FOC_DOUBT_CERTAINTY,   /* that of such an answer being right is below the least */
  FOC_DOUBT_NOVELTY,     /* the picture is unlike anything in training            */
} FocDoubt;

/* For a user who wants more answers, or surer ones: less than `threshold`, of probability
 * or certainty, is "not sure". */
void foc_model_set_threshold (FocModel *self, double threshold);

/* "low probability", "low certainty", "unlike anything in training": for documents, never translated;
 * NULL for none. Static. */
const char *foc_doubt_to_string (FocDoubt doubt);

typedef struct
{
  guint label;        /* the likeliest class                             */
  double probability; /* its calibrated probability                      */
  /* foc_novelty_get_distance() and foc_novelty_get_certainty(); NaN where unknown. */
  double distance, certainty;
  FocDoubt doubt; /* the answer is "not sure", unless it is none     */
} FocAnswer;

/* What the picture with these features is. `work` holds at least one example of
 * the network's shape; `probabilities` gets one number a class. The answer does
 * not depend on what else is asked. Any thread that has called
 * foc_blas_begin_thread(), each with its own `work`. */
void foc_model_answer (const FocModel *self,
                       FocMlpWork *work,
                       const guint8 features[FOC_N_FEATURES],
                       float *probabilities,
                       FocAnswer *answer);

/* The same where the network's logits for the picture are there. */
void foc_model_judge (const FocModel *self,
                      const guint8 features[FOC_N_FEATURES],
                      const float *logits,
                      float *probabilities,
                      FocAnswer *answer);

/* `answer` by the limits of this model, which must be that which gave it, but for its
 * threshold. */
FocDoubt foc_model_find_doubt (const FocModel *self, const FocAnswer *answer);

/* Why the answer is not sure, a translated sentence with the limit that it missed: "The
 * probability is below 80 %." Where it rounds to the limit, it is told with as many digits as
 * show that it is below: "The probability is below 80 %: it is 79.7 %." NULL if the answer is
 * sure. `answer` is this model's. g_free(). */
char *foc_model_describe_doubt (const FocModel *self, const FocAnswer *answer);
