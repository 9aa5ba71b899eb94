/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a model file: a model that answers, and whose idea of its training
 * pictures can be written and read again; or an error. */

#include "foc-blas.h"
#include "foc-model-file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

static void
check_novelty (const FocNovelty *novelty)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (FocNovelty) again = NULL;
  g_autofree char *text = NULL;

  foc_novelty_to_json (novelty, builder);
  text = foc_json_to_string (builder, FALSE, NULL);
  object = foc_json_parse (text, strlen (text), NULL);
  again = object != NULL ? foc_novelty_from_json (object, novelty->n_classes) : NULL;
  if (again == NULL || again->max_distance != novelty->max_distance
      || again->min_certainty != novelty->min_certainty
      || memcmp (again->weights, novelty->weights,
                 novelty->n_classes * FOC_N_LOOKS * sizeof (double))
           != 0)
    abort ();
}

/* A plain picture, stripes, and the rest of the file as a picture. */
static void
ask (const FocModel *model, const guint8 *data, gsize length)
{
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  g_autofree float *probabilities = g_new (float, foc_model_get_n_classes (model));
  guint8 features[FOC_N_FEATURES];

  for (int picture = 0; picture < 3; picture++)
    {
      FocAnswer answer;

      for (gsize i = 0; i < FOC_N_FEATURES; i++)
        features[i] = picture == 0   ? 128
                      : picture == 1 ? (guint8) (i / 3 % 2 * 255)
                                     : data[length - 1 - i % length];
      foc_model_answer (model, work, features, probabilities, &answer);
      if (answer.label >= foc_model_get_n_classes (model)
          || (answer.doubt == FOC_DOUBT_NONE && !(answer.probability >= model->threshold))
          || (model->novelty == NULL
              && (answer.doubt == FOC_DOUBT_NOVELTY || !isnan (answer.certainty))))
        abort ();
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  int fd = memfd_create ("model", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (FocSafetensors) file = NULL;
  g_autoptr (FocModel) model = NULL;
  g_autoptr (GError) error = NULL;

  if (fd < 0 || write (fd, data, length) != (ssize_t) length)
    abort ();

  model = foc_model_load (path, &error);
  if ((model == NULL) == (error == NULL))
    abort ();
  if (model != NULL)
    {
      if (g_strv_length (model->class_names) != foc_model_get_n_classes (model)
          || !(model->temperature > 0.0)
          || !(model->threshold >= 0.0 && model->threshold <= 1.0))
        abort ();
      for (gsize i = 0; i < model->mlp->n_parameters; i++)
        if (!isfinite (model->mlp->parameters[i]))
          abort ();
      foc_blas_begin_thread ();
      ask (model, data, length);
      if (model->novelty != NULL)
        check_novelty (model->novelty);
    }

  /* The container may hold what is no model. */
  file = foc_safetensors_read (path, NULL);
  if (file == NULL && model != NULL)
    abort ();

  close (fd);
  return 0;
}
