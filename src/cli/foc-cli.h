/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-cli-output.h"
#include "foc-model.h"

/* What the commands of the terminal program share. */

#define FOC_CLI_PROGRAM "face-or-comic-cli"

/* Exit statuses; a signal is 128 + its number. */
enum
{
  FOC_CLI_OK = 0,
  FOC_CLI_FAILED = 1,  /* one line on standard error says why               */
  FOC_CLI_USAGE = 2,   /* not understood: the same, and where the help is   */
  FOC_CLI_STOPPED = 3, /* cancelled: main() makes the signal's status of it */
};

/* A command: takes its own name and what stands behind it, returns the exit
 * status. `cancellable` is cancelled by SIGINT and SIGTERM, and when the result
 * cannot be written. */
typedef int (*FocCliCommand) (int argc, char **argv, GCancellable *cancellable);

int foc_cli_demo (int argc, char **argv, GCancellable *cancellable);
int foc_cli_scan (int argc, char **argv, GCancellable *cancellable);
int foc_cli_experiment (int argc, char **argv, GCancellable *cancellable);
int foc_cli_train (int argc, char **argv, GCancellable *cancellable);
int foc_cli_evaluate (int argc, char **argv, GCancellable *cancellable);
int foc_cli_plot (int argc, char **argv, GCancellable *cancellable);
int foc_cli_classify (int argc, char **argv, GCancellable *cancellable);
int foc_cli_explain (int argc, char **argv, GCancellable *cancellable);
int foc_cli_export (int argc, char **argv, GCancellable *cancellable);

/* Parses the options of a command with `context`; what is left must be between
 * `min` and `max` arguments. FALSE: print nothing more and return FOC_CLI_USAGE. */
gboolean
foc_cli_parse (GOptionContext *context, int *argc, char ***argv, int min, int max);

/* Prints a sentence that says what is wrong with the command line, and where the
 * help is; returns FOC_CLI_USAGE. The program's name is that of GLib. */
int foc_cli_usage (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Prints the error (taken over) and returns the exit status that it makes: wrong
 * settings are usage, a cancelled job is quiet since main() says it. */
int foc_cli_fail (GError *error);

/* From here on, what is done when the command is stopped is kept; with `fresh` the
 * same command would begin anew. */
void foc_cli_set_kept (gboolean fresh);

/* The model file that an argument names: the folder of a run stands for the model
 * in it. Free with g_free(). */
char *foc_cli_find_model (const char *path);

/* Loads that model, or the one that comes with the program if `path` is NULL; says what
 * it lacks, once. FOC_ERROR_MODEL if there is none. */
FocModel *foc_cli_load_model (const char *path, GError **error);

/* Names for a message, with commas: the first ten of them, then "…", and none longer
 * than 40 characters. `names` ends with NULL; free with g_free(). */
char *foc_cli_join_names (const char *const *names);

/* Default for --jobs. */
guint foc_cli_default_jobs (void);
