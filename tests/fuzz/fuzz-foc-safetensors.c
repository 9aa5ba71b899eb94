/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a model file: a model that can be used and written, or an error. */

#include "foc-model-file.h"

#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

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
          || !(model->temperature > 0.0))
        abort ();
      for (gsize i = 0; i < model->mlp->n_parameters; i++)
        if (!isfinite (model->mlp->parameters[i]))
          abort ();
    }

  /* The container may hold what is no model. */
  file = foc_safetensors_read (path, NULL);
  if (file == NULL && model != NULL)
    abort ();

  close (fd);
  return 0;
}
