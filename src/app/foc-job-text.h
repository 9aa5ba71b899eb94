/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"

/* How far a job has come, as a sentence without a full stop: "Reading pictures: 12,400 of
 * 20,000, 7 seconds left". Free with g_free(). */
typedef char *(*FocJobTextFunc) (FocJob *job);

/* A job that opens or refreshes a data set: its stages are FocCatalogStep. */
char *foc_job_text_opening (FocJob *job);
/* A job that draws the demo data set. */
char *foc_job_text_drawing (FocJob *job);
/* A job that trains: its stages are FocStage. */
char *foc_job_text_training (FocJob *job);
/* A job that asks about pictures: its stages are FocAnswerStage. */
char *foc_job_text_classifying (FocJob *job);
/* A job that copies pictures, or takes that back. */
char *foc_job_text_copying (FocJob *job);
char *foc_job_text_removing (FocJob *job);
/* A job that writes answers, or a model, to files. */
char *foc_job_text_exporting (FocJob *job);
char *foc_job_text_writing_model (FocJob *job);
