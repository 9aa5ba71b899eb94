/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-explained.h"
#include "foc-loaded-model.h"

/* An answer to be shown: that of the model that comes with the program, to features that
 * are all `grey`. */
typedef struct
{
  FocLoadedModel *loaded;
  const FocModel *model;
  guint8 features[FOC_N_FEATURES];
  FocExplained explained;
} TestExplained;

void test_explained_init (TestExplained *self, guint8 grey);
void test_explained_clear (TestExplained *self);
