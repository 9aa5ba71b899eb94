/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/* Runs the terminal program the way a user does: as a process of its own, in a
 * folder of its own, with data and cache folders below it. The program's path is in
 * FOC_TEST_CLI. */

typedef struct
{
  int status; /* exit status, or 128 + the signal that killed it */
  char *out;  /* what it wrote, a zero byte behind it */
  gsize out_length;
  char *err;      /* the same, without the lines of progress */
  char *progress; /* and these; there are none of what takes less than a second */
} CliResult;

void cli_result_free (CliResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliResult, cli_result_free)

/* For main(): g_test_init() and the folder; g_test_run(), and the folder is removed. */
void cli_test_init (int *argc, char ***argv);
int cli_test_run (void);

/* A path in the folder, which is the program's current folder. g_free(). */
char *cli_path (const char *name);

/* Files in the folder; parents are made. */
void cli_write (const char *name, const void *data, gsize length);
void cli_write_bytes (const char *name, GBytes *bytes); /* takes `bytes` over */
void cli_read (const char *name, guint8 **data, gsize *length);
void cli_copy (const char *from, const char *to);
void cli_remove (const char *name); /* with all that is in it */
gboolean cli_exists (const char *name);

/* The number of files in and below `name` whose names contain `part`. */
guint cli_count_files (const char *name, const char *part);

/* Draws `per_class` pictures of 48 pixels for each class into the new folder `name`. */
void cli_demo (const char *name, guint per_class);

/* A launcher for the program: environment and current folder are set, its output is
 * caught, its input is empty unless `flags` say otherwise. */
GSubprocessLauncher *cli_launcher (GSubprocessFlags flags);

/* Starts the program with arguments that NULL ends; waits for it. The arguments of
 * cli_start() and of cli_run_argv() are complete but for the program. */
GSubprocess *cli_start (GSubprocessLauncher *launcher, const char *const *arguments);
CliResult *cli_wait (GSubprocess *process, const char *input);
CliResult *cli_run_argv (GSubprocessLauncher *launcher, const char *const *arguments);
CliResult *
cli_run_input (const char *input, const char *first, ...) G_GNUC_NULL_TERMINATED;
#define cli_run(...) cli_run_input (NULL, __VA_ARGS__)

/* It ended well. */
void cli_assert_ok (const CliResult *result);
/* The same, and it wrote nothing to standard error. */
void cli_assert_silent (const CliResult *result);
/* It ended with `status`, without a result, with one line that contains `part`; for
 * wrong usage (2) another one follows that says where the help is. */
void cli_assert_fails (const CliResult *result, int status, const char *part);

/* The document on standard output: an object or an array, owned by `result`'s caller;
 * json_node_unref(). */
JsonNode *cli_json (const CliResult *result);
/* The string member `name` of the object on standard output; g_free(). */
char *cli_get_string (const CliResult *result, const char *name);

/* It ended well, and made the model with this SHA-256; or both did, and made the same. */
void cli_assert_model (const CliResult *result, const char *sha256);
void cli_assert_same_model (const CliResult *a, const CliResult *b);

/* How much longer everything takes under a sanitizer. */
guint cli_slowness (void);

/* Waits until `name` exists; fails after a time. */
void cli_wait_for (const char *name);
