/* SPDX-License-Identifier: GPL-3.0-or-later */

/* exchange-answers MODEL PICTURE...
 *
 * Writes to standard output, for each picture, what this program makes of it: the
 * features (1728 bytes) and one probability a class (float32 of this machine). */

#include "foc-blas.h"
#include "foc-model-file.h"

#include <stdio.h>

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FocModel) model = argc > 1 ? foc_model_load (argv[1], &error) : NULL;
  g_autoptr (FocMlpWork) work = NULL;
  g_autofree float *probabilities = NULL;

  if (model == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "a model is missing");
      return 1;
    }

  foc_blas_begin_thread ();
  work = foc_mlp_work_new (&model->mlp->shape, 1);
  probabilities = g_new (float, foc_model_get_n_classes (model));
  for (int i = 2; i < argc; i++)
    {
      guint8 features[FOC_N_FEATURES];
      FocAnswer answer;

      if (!foc_preprocess_file (argv[i], NULL, features, NULL, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      foc_model_answer (model, work, features, probabilities, &answer);
      fwrite (features, 1, sizeof features, stdout);
      fwrite (probabilities, sizeof (float), foc_model_get_n_classes (model), stdout);
    }

  return fclose (stdout) == 0 ? 0 : 1;
}
