/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-explained.h"

#include <string.h>

void
test_explained_init (TestExplained *self, guint8 grey)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FocMlpWork) work = NULL;

  self->loaded = foc_loaded_model_read (NULL, &error);
  g_assert_no_error (error);
  self->model = foc_loaded_model_get_model (self->loaded);
  memset (self->features, grey, sizeof self->features);
  work = foc_mlp_work_new (&self->model->mlp->shape, 1);
  foc_model_explain (self->model, work, self->features, &self->explained);
}

void
test_explained_clear (TestExplained *self)
{
  foc_explained_clear (&self->explained);
  g_object_unref (self->loaded);
}
