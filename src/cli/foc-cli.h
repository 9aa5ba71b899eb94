/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-json.h"

/* What the commands of the terminal program share. Results go to standard output,
 * everything else to standard error. */

/* Exit statuses; a signal is 128 + its number. */
enum
{
  FOC_CLI_OK = 0,
  FOC_CLI_FAILED = 1, /* one line on standard error says why       */
  FOC_CLI_USAGE = 2,  /* the command was not understood: the same  */
};

/* A command: takes its own name and what stands behind it, returns the exit
 * status. `cancellable` is cancelled by SIGINT and SIGTERM. */
typedef int (*FocCliCommand) (int argc, char **argv, GCancellable *cancellable);

int foc_cli_demo (int argc, char **argv, GCancellable *cancellable);
int foc_cli_scan (int argc, char **argv, GCancellable *cancellable);
int foc_cli_experiment (int argc, char **argv, GCancellable *cancellable);
int foc_cli_train (int argc, char **argv, GCancellable *cancellable);
int foc_cli_evaluate (int argc, char **argv, GCancellable *cancellable);
int foc_cli_classify (int argc, char **argv, GCancellable *cancellable);

/* Parses the options of a command with `context`; what is left must be between
 * `min` and `max` arguments. FALSE: print nothing more and return FOC_CLI_USAGE. */
gboolean
foc_cli_parse (GOptionContext *context, int *argc, char ***argv, int min, int max);

/* Prints a usage error of the command in argv[0]; returns FOC_CLI_USAGE. */
int foc_cli_usage (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Prints the error (taken over) and returns the exit status that it makes: wrong
 * settings are usage, a cancelled job is quiet since the signal's message says it. */
int foc_cli_fail (GError *error);

/* Prints a line to standard error behind the program's name. */
void foc_cli_warn (const char *message);

/* Prints a document to standard output. */
void foc_cli_print_json (JsonBuilder *builder);

/* Adds "file" and, where the name is not UTF-8, "uri" to an object. */
void foc_cli_add_file (JsonBuilder *builder, const char *path);

/* The uri of a file, free with g_free(). */
char *foc_cli_get_uri (const char *path);

/* Prints a field of CSV (RFC 4180), in quotes where that is needed. */
void foc_cli_print_csv_field (const char *text);

/* Default for --jobs. */
guint foc_cli_default_jobs (void);
