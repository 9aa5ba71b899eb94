/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-job.h"
#include "foc-loaded-model.h"

/* The model in use, written to files; each in a job, whose foc_job_finish() gives the name
 * of the model file, to be shown, to be freed with g_free(). `owner` as in foc_job_run().
 * Unref the job, which may be cancelled before: then nothing is written, unless that was just
 * being done. What is written is the model with its own
 * threshold, not the user's. G_FILE_ERROR, with a sentence. */

/* As safetensors: the file that it was read from, byte by byte, with whatever else others
 * have noted in it, so that it is still known as the model of its run; or, where that has
 * gone or was changed meanwhile, the same model written anew. `path` is replaced. */
FocJob *foc_model_files_save (FocLoadedModel *model,
                              const char *path,
                              GAsyncReadyCallback callback,
                              gpointer owner);

/* As ONNX with its test vectors, which are three files (foc-export.h). A dialog that lets
 * the user choose a file lets a program in a sandbox write that one alone; so a folder is
 * chosen, in which they get the name of the model, NAME.onnx and so on. An earlier export
 * of that name is replaced, so ask first; where anything else has it, FOC_ERROR_RUN. */
FocJob *foc_model_files_export (FocLoadedModel *model,
                                const char *folder,
                                GAsyncReadyCallback callback,
                                gpointer owner);

/* Where that puts NAME.onnx. Free with g_free(). */
char *foc_model_files_get_export_path (FocLoadedModel *model, const char *folder);
