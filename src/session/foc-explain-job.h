/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-explained.h"
#include "foc-job.h"
#include "foc-loaded-model.h"

/* An explained answer takes some 2 ns a parameter: 170 ms of a network of 80 million, which
 * is too long for the main loop. */

/* Whether an answer takes less than about 10 ms: then it may be made at once. */
gboolean foc_explains_at_once (FocLoadedModel *model);

/* Else in a job, whose result (see foc_job_run()) is a FocExplained, to be freed with
 * foc_explain_free(). It does not end before the answer is there, though it can be
 * cancelled. `features`: FOC_N_FEATURES bytes, copied. */
FocJob *foc_explain_run (FocLoadedModel *model,
                         const guint8 *features,
                         GAsyncReadyCallback callback,
                         gpointer owner);

void foc_explain_free (FocExplained *explained);
