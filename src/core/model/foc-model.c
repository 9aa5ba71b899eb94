/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-model.h"

#include "foc-normalise.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

FocModel *
foc_model_new (FocMlp *mlp, const char *const *class_names)
{
  FocModel *self = g_new0 (FocModel, 1);

  self->mlp = mlp;
  self->class_names = g_strdupv ((GStrv) class_names);
  self->temperature = 1.0;
  self->threshold = FOC_MODEL_THRESHOLD_DEFAULT;
  self->origin.learning_rate = NAN;
  self->origin.validation_accuracy = NAN;

  return self;
}

void
foc_model_free (FocModel *self)
{
  foc_mlp_free (self->mlp);
  g_clear_pointer (&self->novelty, foc_novelty_free);
  g_strfreev (self->class_names);
  g_free (self->origin.optimizer);
  g_free (self->origin.data_digest);
  g_free (self->origin.split);
  g_free (self->origin.program_version);
  g_free (self);
}

guint
foc_model_get_n_classes (const FocModel *self)
{
  return foc_mlp_shape_n_classes (&self->mlp->shape);
}

const char *
foc_doubt_to_string (FocDoubt doubt)
{
  static const char *const names[] = { NULL, "low probability", "low certainty",
                                       "unlike anything in training" };

  return names[doubt];
}

static void
look (const FocModel *self, const guint8 *features, FocAnswer *answer)
{
  double look[FOC_N_LOOKS];

  answer->distance = answer->certainty = NAN;
  if (self->novelty == NULL)
    return;

  foc_look_measure (features, look);
  answer->distance = foc_novelty_get_distance (self->novelty, look);
  answer->certainty =
    foc_novelty_get_certainty (self->novelty, look, answer->label, answer->probability);
}

FocDoubt
foc_model_find_doubt (const FocModel *self, const FocAnswer *answer)
{
  const FocNovelty *novelty = self->novelty;

  if (novelty != NULL && !(answer->distance <= novelty->max_distance))
    return FOC_DOUBT_NOVELTY;
  if (!(answer->probability >= self->threshold))
    return FOC_DOUBT_PROBABILITY;
  if (novelty != NULL && !(answer->certainty >= novelty->min_certainty))
    return FOC_DOUBT_CERTAINTY;

  return FOC_DOUBT_NONE;
}

void
foc_model_set_threshold (FocModel *self, double threshold)
{
  self->threshold = threshold;
  if (self->novelty != NULL)
    self->novelty->min_certainty = threshold;
}

void
foc_model_judge (const FocModel *self,
                 const guint8 features[FOC_N_FEATURES],
                 const float *logits,
                 float *probabilities,
                 FocAnswer *answer)
{
  guint n_classes = foc_model_get_n_classes (self);
  guint best;

  foc_softmax (logits, 1, n_classes, self->temperature, probabilities);

  /* Of the logits, as where models are measured: rounding may make two
   * probabilities equal. */
  best = foc_largest (logits, n_classes);

  answer->label = best;
  answer->probability = probabilities[best];
  look (self, features, answer);
  answer->doubt = foc_model_find_doubt (self, answer);
}

void
foc_model_answer (const FocModel *self,
                  FocMlpWork *work,
                  const guint8 features[FOC_N_FEATURES],
                  float *probabilities,
                  FocAnswer *answer)
{
  float x[FOC_N_FEATURES];
  const float *logits;

  foc_normalise (features, FOC_N_FEATURES, x);
  logits = foc_mlp_forward (self->mlp, work, x, 1);
  foc_model_judge (self, features, logits, probabilities, answer);
}

/* As printf() rounds it. */
static double
get_shown (double percent, int digits, char conversion)
{
  char format[16], text[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf (format, sizeof format, "%%.%d%c", digits, conversion);
  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, format, percent), NULL);
}

/* The fewest digits behind the point, `least` or more, with which `percent` is seen to be
 * below `limit`, which has four digits, and one more for each of these. */
static int
count_digits (double percent, double limit, int least)
{
  int digits = least;

  while (digits < least + 4
         && get_shown (percent, digits, 'f')
              >= get_shown (limit, 4 + digits - least, 'g'))
    digits++;
  return digits;
}

static char *
describe_probability (double percent, double limit)
{
  int digits = count_digits (percent, limit, 0);

  if (digits == 0)
    return g_strdup_printf (_ ("The probability is below %.4g %%."), limit);

  /* Translators: first the limit, then the probability. */
  return g_strdup_printf (_ ("The probability is below %.*g %%: it is %.*f %%."),
                          4 + digits, limit, digits, percent);
}

static char *
describe_certainty (const FocModel *self, const FocAnswer *answer)
{
  double percent = 100 * answer->certainty;
  double limit = 100 * self->novelty->min_certainty;
  int digits = count_digits (percent, limit, 1);
  g_autofree char *said = foc_text_describe_probability (answer->probability, 0);

  /* Translators: the probability of the answer; how many such answers are right; and the least
   * of that. */
  return g_strdup_printf (_ ("The network says %s. Of such answers, to pictures of such "
                             "detail and contrast, %.*f %% are right: fewer than the "
                             "%.*g %% that are asked for."),
                          said, digits, percent, 3 + digits, limit);
}

char *
foc_model_describe_doubt (const FocModel *self, const FocAnswer *answer)
{
  switch (answer->doubt)
    {
    case FOC_DOUBT_PROBABILITY:
      return describe_probability (100 * answer->probability, 100 * self->threshold);
    case FOC_DOUBT_CERTAINTY:
      return describe_certainty (self, answer);
    case FOC_DOUBT_NOVELTY:
      return g_strdup (_ ("The picture is unlike anything in training, so the "
                          "percentage means nothing, however high it is."));
    case FOC_DOUBT_NONE:
    default:
      return NULL;
    }
}
