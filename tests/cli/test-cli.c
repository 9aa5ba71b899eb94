/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>

static char *folder;

#ifdef __SANITIZE_THREAD__
/* This process only waits for others, with threads of GLib's that ThreadSanitizer sees
 * half of. The program that is tested has no such function. */
const char *__tsan_default_options (void);

const char *
__tsan_default_options (void)
{
  return "report_bugs=0";
}
#endif

void
cli_result_free (CliResult *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self->progress);
  g_free (self);
}

static int
remove_entry (const char *path, const struct stat *status, int kind, struct FTW *walk)
{
  return remove (path);
}

static void
remove_tree (const char *path)
{
  if (nftw (path, remove_entry, 32, FTW_DEPTH | FTW_PHYS) != 0)
    g_assert_cmpint (errno, ==, ENOENT);
}

/* Where nothing waits for a disk, if that is to be had. */
static char *
make_folder (void)
{
  static const char memory[] = "/dev/shm";
  char *path = g_build_filename (memory, "foc-cli-XXXXXX", NULL);
  struct statvfs space;

  if (statvfs (memory, &space) == 0
      && (guint64) space.f_bavail * space.f_frsize > 48 * 1024 * 1024
      && g_mkdtemp (path) != NULL)
    return path;

  g_free (path);
  return g_dir_make_tmp ("foc-cli-XXXXXX", NULL);
}

void
cli_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  g_assert_nonnull (g_getenv ("FOC_TEST_CLI"));
  folder = make_folder ();
  g_assert_nonnull (folder);
}

int
cli_test_run (void)
{
  int status = g_test_run ();

  remove_tree (folder);
  g_clear_pointer (&folder, g_free);
  return status;
}

char *
cli_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

void
cli_write (const char *name, const void *data, gsize length)
{
  g_autofree char *path = cli_path (name);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (parent, 0755));
  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

void
cli_write_bytes (const char *name, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  cli_write (name, data, length);
  g_bytes_unref (bytes);
}

void
cli_read (const char *name, guint8 **data, gsize *length)
{
  g_autofree char *path = cli_path (name);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, (char **) data, length, &error);
  g_assert_no_error (error);
}

void
cli_copy (const char *from, const char *to)
{
  g_autofree guint8 *data = NULL;
  gsize length;

  cli_read (from, &data, &length);
  cli_write (to, data, length);
}

void
cli_remove (const char *name)
{
  g_autofree char *path = cli_path (name);

  remove_tree (path);
}

gboolean
cli_exists (const char *name)
{
  g_autofree char *path = cli_path (name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static guint
count_files (const char *path, const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, name, NULL);

      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        n += count_files (full, part);
      else
        n += strstr (name, part) != NULL;
    }

  return n;
}

guint
cli_count_files (const char *name, const char *part)
{
  g_autofree char *path = cli_path (name);

  return count_files (path, part);
}

void
cli_demo (const char *name, guint per_class)
{
  g_autofree char *n = g_strdup_printf ("%u", per_class);
  g_autoptr (CliResult) result =
    cli_run ("demo", name, "--per-class", n, "--size", "48", NULL);

  cli_assert_ok (result);
  g_assert_true (g_str_has_prefix (result->out, name));
  g_assert_true (g_str_has_suffix (result->out, " --preset recommended\n"));
}

GSubprocessLauncher *
cli_launcher (GSubprocessFlags flags)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (flags);
  g_autofree char *data = cli_path ("data");
  g_autofree char *cache = cli_path ("cache");

  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", cache, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_unsetenv (launcher, "LANGUAGE");

  return launcher;
}

GSubprocess *
cli_start (GSubprocessLauncher *launcher, const char *const *arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) command = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_strv_builder_add (builder, g_getenv ("FOC_TEST_CLI"));
  g_strv_builder_addv (builder, (const char **) arguments);
  command = g_strv_builder_end (builder);
  process =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) command, &error);
  g_assert_no_error (error);

  return process;
}

static char *
take_bytes (GBytes *bytes, gsize *length)
{
  const void *data = bytes != NULL ? g_bytes_get_data (bytes, length) : NULL;
  char *copy = g_malloc0 (*length + 1);

  if (*length > 0)
    memcpy (copy, data, *length);
  g_clear_pointer (&bytes, g_bytes_unref);
  return copy;
}

/* A machine may be slow enough for lines of progress at any time. */
static void
split_off_progress (CliResult *result)
{
  g_auto (GStrv) lines = g_strsplit (result->err, "\n", -1);
  g_autoptr (GString) err = g_string_new (NULL);
  g_autoptr (GString) progress = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_progress = g_regex_match_simple (
        "^[A-Z][a-z ]+: \\d+( %(, [0-9.]+ (s|min|h) left)?)?$", lines[i], 0, 0);

      g_string_append (is_progress ? progress : err, lines[i]);
      if (is_progress || lines[i + 1] != NULL)
        g_string_append_c (is_progress ? progress : err, '\n');
    }

  g_free (result->err);
  result->err = g_string_free (g_steal_pointer (&err), FALSE);
  result->progress = g_string_free (g_steal_pointer (&progress), FALSE);
}

CliResult *
cli_wait (GSubprocess *process, const char *input)
{
  g_autoptr (GBytes) in = input != NULL ? g_bytes_new (input, strlen (input)) : NULL;
  CliResult *result = g_new0 (CliResult, 1);
  GBytes *out = NULL, *err = NULL;
  g_autoptr (GError) error = NULL;
  gsize err_length = 0;

  g_subprocess_communicate (process, in, NULL, &out, &err, &error);
  g_assert_no_error (error);
  result->status = g_subprocess_get_if_exited (process)
                     ? g_subprocess_get_exit_status (process)
                     : 128 + g_subprocess_get_term_sig (process);
  result->out = take_bytes (out, &result->out_length);
  result->err = take_bytes (err, &err_length);
  split_off_progress (result);

  return result;
}

CliResult *
cli_run_argv (GSubprocessLauncher *launcher, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) own = NULL;
  g_autoptr (GSubprocess) process = NULL;

  if (launcher == NULL)
    launcher = own =
      cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  process = cli_start (launcher, arguments);

  return cli_wait (process, NULL);
}

CliResult *
cli_run_input (const char *input, const char *first, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_launcher (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE
    | (input != NULL ? G_SUBPROCESS_FLAGS_STDIN_PIPE : G_SUBPROCESS_FLAGS_NONE));
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  va_list list;

  va_start (list, first);
  for (const char *argument = first; argument != NULL;
       argument = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  process = cli_start (launcher, (const char *const *) arguments->pdata);

  return cli_wait (process, input);
}

void
cli_assert_ok (const CliResult *result)
{
  if (result->status != 0)
    g_test_message ("standard error: %s", result->err);
  g_assert_cmpint (result->status, ==, 0);
}

void
cli_assert_silent (const CliResult *result)
{
  cli_assert_ok (result);
  g_assert_cmpstr (result->err, ==, "");
}

void
cli_assert_fails (const CliResult *result, int status, const char *part)
{
  g_auto (GStrv) lines = g_strsplit (result->err, "\n", -1);

  if (result->status != status || strstr (result->err, part) == NULL)
    g_test_message ("status %d, standard error: %s", result->status, result->err);
  g_assert_cmpint (result->status, ==, status);
  g_assert_cmpstr (result->out, ==, "");
  g_assert_nonnull (strstr (result->err, part));

  g_assert_true (g_str_has_prefix (lines[0], "face-or-comic-cli: "));
  g_assert_cmpuint (g_strv_length (lines), ==, status == 2 ? 3 : 2);
  if (status == 2)
    {
      g_assert_true (g_str_has_prefix (lines[1], "Try “face-or-comic-cli"));
      g_assert_true (g_str_has_suffix (lines[1], " --help”."));
    }
}

JsonNode *
cli_json (const CliResult *result)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, result->out, (gssize) result->out_length, &error);
  g_assert_no_error (error);

  return json_parser_steal_root (parser);
}

char *
cli_get_string (const CliResult *result, const char *name)
{
  g_autoptr (JsonNode) root = cli_json (result);

  return g_strdup (json_object_get_string_member (json_node_get_object (root), name));
}

void
cli_assert_model (const CliResult *result, const char *sha256)
{
  g_autofree char *model = NULL;

  cli_assert_ok (result);
  model = cli_get_string (result, "model_sha256");
  g_assert_cmpuint (strlen (model), ==, 64);
  g_assert_cmpstr (model, ==, sha256);
}

void
cli_assert_same_model (const CliResult *a, const CliResult *b)
{
  g_autofree char *model = NULL;

  cli_assert_ok (a);
  model = cli_get_string (a, "model_sha256");
  cli_assert_model (b, model);
}

guint
cli_slowness (void)
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  return 10;
#else
  return 1;
#endif
}

void
cli_wait_for (const char *name)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (!cli_exists (name))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (1000);
    }
}
