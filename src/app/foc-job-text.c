/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-job-text.h"

#include "foc-answer-task.h"
#include "foc-catalog.h"
#include "foc-experiment.h"

#include <glib/gi18n.h>
#include <math.h>

/* What is left is told by the second below a minute, and by the minute above. */
typedef struct
{
  guint done;
  guint total;   /* 0: not known */
  guint seconds; /* 0: not known, or told in minutes */
  guint minutes; /* 0: not known, or told in seconds */
} Progress;

static Progress
get_progress (FocJob *job)
{
  double remaining = foc_job_get_remaining (job);
  Progress progress = {
    .done = (guint) MIN (foc_job_get_done (job), G_MAXUINT),
    .total = (guint) MIN (foc_job_get_total (job), G_MAXUINT),
  };

  if (remaining >= 0 && remaining <= 59)
    progress.seconds = (guint) MAX (ceil (remaining), 1);
  else if (remaining > 59)
    progress.minutes = (guint) ceil (MIN (remaining, 1e6) / 60);

  return progress;
}

static char *
describe_reading (const Progress *p)
{
  if (p->total == 0)
    return g_strdup (_ ("Reading pictures"));
  if (p->seconds > 0)
    /* Translators: how many of how many. */
    return g_strdup_printf (ngettext ("Reading pictures: %'u of %'u, %u second left",
                                      "Reading pictures: %'u of %'u, %u seconds left",
                                      p->seconds),
                            p->done, p->total, p->seconds);
  if (p->minutes > 0)
    return g_strdup_printf (ngettext ("Reading pictures: %'u of %'u, %u minute left",
                                      "Reading pictures: %'u of %'u, %u minutes left",
                                      p->minutes),
                            p->done, p->total, p->minutes);
  return g_strdup_printf (_ ("Reading pictures: %'u of %'u"), p->done, p->total);
}

char *
foc_job_text_opening (FocJob *job)
{
  Progress progress = get_progress (job);

  switch ((FocCatalogStep) foc_job_get_stage (job))
    {
    case FOC_CATALOG_READ:
      return describe_reading (&progress);
    case FOC_CATALOG_COMPLETE:
      return g_strdup (_ ("Looking for duplicates"));
    case FOC_CATALOG_SCANNED:
    default:
      if (progress.done == 0)
        return g_strdup (_ ("Looking for pictures"));
      return g_strdup_printf (ngettext ("Looking for pictures: %'u found",
                                        "Looking for pictures: %'u found", progress.done),
                              progress.done);
    }
}

char *
foc_job_text_drawing (FocJob *job)
{
  Progress p = get_progress (job);

  if (p.total == 0)
    return g_strdup (_ ("Drawing faces"));
  if (p.seconds > 0)
    /* Translators: how many of how many. */
    return g_strdup_printf (ngettext ("Drawing faces: %'u of %'u, %u second left",
                                      "Drawing faces: %'u of %'u, %u seconds left",
                                      p.seconds),
                            p.done, p.total, p.seconds);
  if (p.minutes > 0)
    return g_strdup_printf (ngettext ("Drawing faces: %'u of %'u, %u minute left",
                                      "Drawing faces: %'u of %'u, %u minutes left",
                                      p.minutes),
                            p.done, p.total, p.minutes);
  return g_strdup_printf (_ ("Drawing faces: %'u of %'u"), p.done, p.total);
}

static char *
describe_search (const Progress *p, guint percent)
{
  if (p->seconds > 0)
    return g_strdup_printf (ngettext ("Searching: %u %%, %u second left",
                                      "Searching: %u %%, %u seconds left", p->seconds),
                            percent, p->seconds);
  if (p->minutes > 0)
    return g_strdup_printf (ngettext ("Searching: %u %%, %u minute left",
                                      "Searching: %u %%, %u minutes left", p->minutes),
                            percent, p->minutes);
  return g_strdup_printf (_ ("Searching: %u %%"), percent);
}

static char *
describe_final (const Progress *p, guint percent)
{
  if (p->seconds > 0)
    return g_strdup_printf (ngettext ("Training the final model: %u %%, %u second left",
                                      "Training the final model: %u %%, %u seconds left",
                                      p->seconds),
                            percent, p->seconds);
  if (p->minutes > 0)
    return g_strdup_printf (ngettext ("Training the final model: %u %%, %u minute left",
                                      "Training the final model: %u %%, %u minutes left",
                                      p->minutes),
                            percent, p->minutes);
  return g_strdup_printf (_ ("Training the final model: %u %%"), percent);
}

char *
foc_job_text_training (FocJob *job)
{
  Progress progress = get_progress (job);
  guint percent = (guint) (100 * MAX (foc_job_get_fraction (job), 0));

  switch ((FocStage) foc_job_get_stage (job))
    {
    case FOC_STAGE_GRID:
      return describe_search (&progress, percent);
    case FOC_STAGE_CALIBRATION:
      return g_strdup (_ ("Finding out how sure the model may be"));
    case FOC_STAGE_FINAL:
      return describe_final (&progress, percent);
    case FOC_STAGE_HOLDOUT:
      return g_strdup (_ ("Looking at the holdout set"));
    case FOC_STAGE_SCAN:
    case FOC_STAGE_FEATURES:
    case FOC_STAGE_DUPLICATES:
    default:
      return g_strdup (_ ("Making sure that the pictures are the same"));
    }
}

char *
foc_job_text_classifying (FocJob *job)
{
  Progress p = get_progress (job);

  if (foc_job_get_stage (job) == FOC_ANSWER_LISTING)
    return p.done == 0
             ? g_strdup (_ ("Looking for pictures"))
             : g_strdup_printf (ngettext ("Looking for pictures: %'u found",
                                          "Looking for pictures: %'u found", p.done),
                                p.done);
  if (p.seconds > 0)
    /* Translators: how many of how many. */
    return g_strdup_printf (ngettext ("%'u of %'u classified, %u second left",
                                      "%'u of %'u classified, %u seconds left",
                                      p.seconds),
                            p.done, p.total, p.seconds);
  if (p.minutes > 0)
    return g_strdup_printf (ngettext ("%'u of %'u classified, %u minute left",
                                      "%'u of %'u classified, %u minutes left",
                                      p.minutes),
                            p.done, p.total, p.minutes);
  return g_strdup_printf (_ ("%'u of %'u classified"), p.done, p.total);
}

char *
foc_job_text_copying (FocJob *job)
{
  Progress p = get_progress (job);

  if (p.seconds > 0)
    /* Translators: how many of how many. */
    return g_strdup_printf (ngettext ("Copying pictures: %'u of %'u, %u second left",
                                      "Copying pictures: %'u of %'u, %u seconds left",
                                      p.seconds),
                            p.done, p.total, p.seconds);
  if (p.minutes > 0)
    return g_strdup_printf (ngettext ("Copying pictures: %'u of %'u, %u minute left",
                                      "Copying pictures: %'u of %'u, %u minutes left",
                                      p.minutes),
                            p.done, p.total, p.minutes);
  return g_strdup_printf (_ ("Copying pictures: %'u of %'u"), p.done, p.total);
}

char *
foc_job_text_removing (FocJob *job)
{
  Progress p = get_progress (job);

  return g_strdup_printf (_ ("Removing copies: %'u of %'u"), p.done, p.total);
}

char *
foc_job_text_exporting (FocJob *job)
{
  Progress p = get_progress (job);

  return g_strdup_printf (_ ("Exporting answers: %'u of %'u"), p.done, p.total);
}

char *
foc_job_text_writing_model (FocJob *job)
{
  return g_strdup (_ ("Writing the model"));
}
