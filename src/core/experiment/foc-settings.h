/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-json.h"
#include "foc-limits.h"
#include "foc-mlp.h"
#include "foc-optimizer.h"
#include "foc-split.h"

/* Everything that, beside the pictures, determines the outcome of an experiment.
 * Equal settings on equal data give equal bits; what does not change the outcome
 * (number of threads, folders) is not in here. */

#define FOC_MOMENTUM_DEFAULT 0.9

/* What one training is like, but for its learning rate and length. */
typedef struct
{
  guint hidden[FOC_LIMIT_HIDDEN_LAYERS]; /* widths */
  guint n_hidden;
  guint batch_size;
  FocOptimizerKind optimizer;
  double momentum;  /* of FOC_OPTIMIZER_MOMENTUM */
  guint64 seed;     /* of initial weights, shuffling, variants */
  gboolean augment; /* train on variants of the pictures: foc_augment() */
} FocTrainingSettings;

typedef struct
{
  FocTrainingSettings training;
  double learning_rates[FOC_LIMIT_LEARNING_RATES];
  guint n_learning_rates;
  guint epochs[FOC_LIMIT_EPOCH_COUNTS]; /* ascending */
  guint n_epochs;
  FocSplitSettings split;
  double threshold; /* of the model, 0 ... 1 */
} FocSettings;

typedef enum
{
  FOC_PRESET_PAPER,       /* the published experiment, whatever the data     */
  FOC_PRESET_RECOMMENDED, /* what was measured to do best at this many pictures */
} FocPreset;

gboolean foc_preset_from_string (const char *string, FocPreset *preset);

/* Fills in a preset for a training set of about `n_train` pictures. */
void foc_settings_init (FocSettings *self, FocPreset preset, guint32 n_train);

/* Sorts the lists, drops what stands twice in them, and checks every value:
 * FOC_ERROR_SETTINGS names the first that is out of its range. */
gboolean foc_settings_normalise (FocSettings *self, GError **error);

guint foc_settings_max_epochs (const FocSettings *self);

/* The shape of the network that is trained for `n_classes` classes. */
void foc_training_settings_get_shape (const FocTrainingSettings *self,
                                      guint n_classes,
                                      FocMlpShape *shape);

/* As the value of a member that the caller has begun; and back, where nothing
 * may be missing. Numbers survive exactly. */
void foc_settings_to_json (const FocSettings *self, JsonBuilder *builder);
gboolean foc_settings_from_json (FocSettings *self, JsonObject *object);

/* A split alone, as one line of JSON, and back; what travels with a model. g_free(). */
char *foc_split_settings_to_string (const FocSplitSettings *self);
gboolean foc_split_settings_from_string (FocSplitSettings *self, const char *string);

/* The settings as one line of JSON, by which they are compared. g_free(). */
char *foc_settings_to_string (const FocSettings *self);
