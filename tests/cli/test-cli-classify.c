/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <glib/gstdio.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* One data set and one model for all of these, in "d" and "r". */

/* The rows of CSV as RFC 4180 has it, each an array of strings. */
static GPtrArray *
parse_csv (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  while (*text != '\0')
    {
      GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (rows, row);
      while (TRUE)
        {
          g_autoptr (GString) field = g_string_new (NULL);

          if (*text == '"')
            {
              for (text++; *text != '"' || text[1] == '"'; text++)
                {
                  g_assert_cmpint (*text, !=, '\0');
                  text += *text == '"';
                  g_string_append_c (field, *text);
                }
              text++;
            }
          else
            for (; strchr (",\r\n", *text) == NULL; text++)
              {
                g_assert_cmpint (*text, !=, '"');
                g_string_append_c (field, *text);
              }
          g_ptr_array_add (row, g_strdup (field->str));
          if (*text != ',')
            break;
          text++;
        }
      g_assert_true (g_str_has_prefix (text, "\r\n"));
      text += 2;
    }

  return rows;
}

static const char *
get_field (GPtrArray *rows, guint row, guint column)
{
  GPtrArray *fields;

  g_assert_cmpuint (row, <, rows->len);
  fields = g_ptr_array_index (rows, row);
  g_assert_cmpuint (fields->len, ==, 9);
  return g_ptr_array_index (fields, column);
}

static void
test_text (void)
{
  g_autoptr (CliResult) one = cli_run ("classify", "-m", "r", "d/faces/3.jpg", NULL);
  g_autoptr (CliResult) many = cli_run ("classify", "--model", "r/model.safetensors",
                                        "d/faces", "d/comics/2.jpg", NULL);
  g_auto (GStrv) lines = NULL;

  cli_assert_silent (one);
  g_assert_true (g_regex_match_simple (
    "^d/faces/3\\.jpg: (not sure \\((faces|comics)|(faces|comics) \\(\\d+\\.\\d %).*\n$",
    one->out, 0, 0));

  /* In the order that was asked for, folders in natural order. */
  cli_assert_silent (many);
  lines = g_strsplit (many->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 14);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *start = g_strdup_printf ("d/faces/%u.jpg: ", i);

      g_assert_true (g_str_has_prefix (lines[i], start));
    }
  g_assert_true (g_str_has_prefix (lines[12], "d/comics/2.jpg: "));
}

/* What CSV and JSON say is the same, and the probabilities are some. */
static void
test_documents (void)
{
  g_autoptr (CliResult) csv =
    cli_run ("classify", "-m", "r", "d", "--format", "csv", NULL);
  g_autoptr (CliResult) json =
    cli_run ("classify", "-m", "r", "d", "--format", "json", NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;
  guint n_novel = 0; /* less than half, or training taught nothing */

  cli_assert_silent (csv);
  cli_assert_silent (json);
  rows = parse_csv (csv->out);
  root = cli_json (json);
  array = json_node_get_array (root);
  g_assert_cmpuint (rows->len, ==, 25);
  g_assert_cmpuint (json_array_get_length (array), ==, 24);
  g_assert_true (g_str_has_prefix (
    csv->out, "file,uri,label,probability,not_sure,reason,comics,faces,error\r\n"));

  for (guint i = 0; i < 24; i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      JsonObject *all = json_object_get_object_member (object, "probabilities");
      const char *label = json_object_get_string_member (object, "label");
      double p = json_object_get_double_member (object, "probability");
      double comics = json_object_get_double_member (all, "comics");
      double faces = json_object_get_double_member (all, "faces");
      gboolean not_sure = json_object_get_boolean_member (object, "not_sure");

      double distance = json_object_get_double_member (object, "distance");
      const char *reason =
        json_object_get_string_member_with_default (object, "reason", "");

      g_assert_cmpuint (json_object_get_size (object), ==, not_sure ? 8 : 7);
      g_assert_cmpfloat (distance, >=, 0);
      g_assert_cmpfloat (json_object_get_double_member (object, "certainty"), >, 0);
      g_assert_cmpuint (json_object_get_size (all), ==, 2);
      g_assert_cmpfloat_with_epsilon (comics + faces, 1.0, 1e-6);
      g_assert_cmpfloat (p, ==, MAX (comics, faces));
      g_assert_cmpstr (label, ==, comics > faces ? "comics" : "faces");
      if (g_str_equal (reason, "unlike anything in training"))
        n_novel++;
      else if (p < 0.8)
        g_assert_cmpstr (reason, ==, "low probability");
      g_assert_cmpint (not_sure, ==, *reason != '\0');

      g_assert_cmpstr (get_field (rows, i + 1, 0), ==,
                       json_object_get_string_member (object, "file"));
      g_assert_cmpstr (get_field (rows, i + 1, 2), ==, label);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (get_field (rows, i + 1, 3), NULL),
                                      p, 1e-6);
      g_assert_cmpstr (get_field (rows, i + 1, 4), ==, not_sure ? "true" : "false");
      g_assert_cmpstr (get_field (rows, i + 1, 5), ==, reason);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (get_field (rows, i + 1, 6), NULL),
                                      comics, 1e-6);
      g_assert_cmpstr (get_field (rows, i + 1, 8), ==, "");
    }
  g_assert_cmpuint (n_novel, <, 12);
}

static void
test_errors (void)
{
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) csv = NULL;
  g_autoptr (CliResult) json = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  cli_write ("text.jpg", "Dear reader", 11);
  text = cli_run ("classify", "-m", "r", "text.jpg", "d/faces/0.jpg", "gone.jpg", NULL);
  g_assert_cmpint (text->status, ==, 1);
  g_assert_true (g_str_has_prefix (text->out, "d/faces/0.jpg: "));
  g_assert_cmpstr (text->err, ==,
                   "face-or-comic-cli: “text.jpg” cannot be used: it is no picture in a "
                   "format that can be read here.\n"
                   "face-or-comic-cli: “gone.jpg” cannot be used: it is gone, or this "
                   "program may not read it.\n");

  csv =
    cli_run ("classify", "-m", "r", "text.jpg", "d/faces/0.jpg", "--format", "csv", NULL);
  g_assert_cmpint (csv->status, ==, 1);
  g_assert_cmpstr (csv->err, ==,
                   "face-or-comic-cli: 1 picture could not be classified.\n");
  rows = parse_csv (csv->out);
  g_assert_cmpuint (rows->len, ==, 3);
  for (guint column = 2; column < 8; column++)
    {
      g_assert_cmpstr (get_field (rows, 1, column), ==, "");
      if (column != 5) /* the reason, if it is not sure */
        g_assert_cmpstr (get_field (rows, 2, column), !=, "");
    }
  g_assert_nonnull (strstr (get_field (rows, 1, 8), "no picture"));

  json =
    cli_run ("classify", "-m", "r", "text.jpg", "gone.jpg", "--format", "json", NULL);
  g_assert_cmpint (json->status, ==, 1);
  g_assert_cmpstr (json->err, ==,
                   "face-or-comic-cli: 2 pictures could not be classified.\n");
  root = cli_json (json);
  object = json_array_get_object_element (json_node_get_array (root), 1);
  g_assert_cmpuint (json_object_get_size (object), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, "gone.jpg");
  g_assert_true (json_object_has_member (object, "error"));
}

/* A folder without pictures stops nothing either. */
static void
test_folders (void)
{
  g_autoptr (CliResult) empty = NULL;
  g_autoptr (CliResult) mixed = NULL;
  g_autoptr (CliResult) json = NULL;

  cli_write ("empty/notes.txt", "x", 1);
  cli_write ("empty/.thumbnails/0.jpg", "x", 1);
  empty = cli_run ("classify", "-m", "r", "empty", NULL);
  cli_assert_fails (empty, 1, "There is no picture in the folder “empty”.");
  mixed = cli_run ("classify", "-m", "r", "empty", "d/faces/0.jpg", NULL);
  g_assert_cmpint (mixed->status, ==, 1);
  g_assert_true (g_str_has_prefix (mixed->out, "d/faces/0.jpg: "));
  json = cli_run ("classify", "-m", "r", "empty", "--format", "json", NULL);
  g_assert_cmpint (json->status, ==, 1);
  g_assert_cmpstr (json->out, ==, "[]\n");
}

static void
test_names_from_input (void)
{
  g_autoptr (CliResult) names =
    cli_run_input ("d/faces/4.jpg\n\nd/comics\nd/faces/5.jpg", "classify", "-m", "r", "-",
                   "d/faces/6.jpg", NULL);
  g_autoptr (CliResult) none =
    cli_run_input ("", "classify", "-m", "r", "--format", "json", "-", NULL);
  g_auto (GStrv) lines = NULL;

  cli_assert_silent (names);
  lines = g_strsplit (names->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 12 + 1 + 1 + 1);
  g_assert_true (g_str_has_prefix (lines[0], "d/faces/4.jpg: "));
  g_assert_true (g_str_has_prefix (lines[1], "d/comics/0.jpg: "));
  g_assert_true (g_str_has_prefix (lines[13], "d/faces/5.jpg: "));
  g_assert_true (g_str_has_prefix (lines[14], "d/faces/6.jpg: "));

  cli_assert_silent (none);
  g_assert_cmpstr (none->out, ==, "[]\n");
}

/* As "find -print0" prints them, with a newline in the first name. */
static void
test_names_with_zeros (void)
{
  static const char names[] = "d/two\nlines.jpg\0\0d/comics\0d/faces/5.jpg";
  const char *const arguments[] = { "classify", "-m", "r", "-", NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *path = cli_path ("names");
  g_autoptr (CliResult) result = NULL;
  g_auto (GStrv) lines = NULL;

  cli_copy ("d/faces/4.jpg", "d/two\nlines.jpg");
  cli_write ("names", names, sizeof names - 1);
  g_subprocess_launcher_set_stdin_file_path (launcher, path);
  result = cli_run_argv (launcher, arguments);
  cli_assert_silent (result);
  lines = g_strsplit (result->out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 12 + 1 + 1);
  g_assert_true (g_str_has_prefix (lines[0], "d/two\\u000alines.jpg: "));
  g_assert_true (g_str_has_prefix (lines[1], "d/comics/0.jpg: "));
  g_assert_true (g_str_has_prefix (lines[13], "d/faces/5.jpg: "));
  cli_remove ("d/two\nlines.jpg");
}

/* Even root may then not read everything. */
static void
drop_capabilities (gpointer data)
{
  prctl (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
  prctl (PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
}

/* A folder that cannot be read is told of, and the others are classified. */
static void
test_unreadable_folder (void)
{
  const char *const arguments[][7] = {
    { "classify", "-m", "r", "tree", NULL },
    { "classify", "-m", "r", "tree/b", "tree", NULL },
    { "classify", "-m", "r", "tree", "--format", "json", NULL },
  };
  g_autofree char *closed = cli_path ("tree/b");

  cli_copy ("d/faces/0.jpg", "tree/a/0.jpg");
  cli_copy ("d/faces/0.jpg", "tree/b/1.jpg");
  cli_copy ("d/faces/0.jpg", "tree/c/2.jpg");
  g_assert_no_errno (g_chmod (closed, 0));
  for (guint i = 0; i < G_N_ELEMENTS (arguments); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher =
        cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
      g_autoptr (CliResult) result = NULL;

      g_subprocess_launcher_set_child_setup (launcher, drop_capabilities, NULL, NULL);
      result = cli_run_argv (launcher, arguments[i]);
      g_assert_cmpint (result->status, ==, 1);
      g_assert_nonnull (strstr (result->out, "tree/a/0.jpg"));
      g_assert_nonnull (strstr (result->out, "tree/c/2.jpg"));
      g_assert_nonnull (
        strstr (i == 2 ? result->out : result->err, "“tree/b” cannot be used: "));
      g_assert_null (strstr (result->err, "Error opening directory"));
    }
  g_assert_no_errno (g_chmod (closed, 0755));
  cli_remove ("tree");
}

/* Names that somebody made up to be in the way. */
static void
test_hostile_names (void)
{
  static const char *const names[] = {
    "odd/-x.jpg",         "odd/a,b.jpg",  "odd/q\"uo\"te.jpg",
    "odd/two\nlines.jpg", "odd/\xff.jpg", "odd/\033[2Jgo.jpg",
    "odd/\xc3\xa4 e.jpg", "odd/=1+1.jpg", "odd/%41%s.jpg",
  };
  const char *const ascii_arguments[] = { "classify", "-m",   "r", "odd",
                                          "--format", "json", NULL };
  g_autoptr (GSubprocessLauncher) ascii = NULL;
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) csv = NULL;
  g_autoptr (CliResult) json = NULL;
  g_autoptr (CliResult) in_ascii = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonNode) root = NULL;
  guint n_found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    cli_copy ("d/faces/0.jpg", names[i]);

  text = cli_run ("classify", "-m", "r", "odd", NULL);
  cli_assert_silent (text);
  g_assert_null (strchr (text->out, '\033'));
  g_assert_nonnull (strstr (text->out, "odd/two\\u000alines.jpg: "));
  g_assert_nonnull (strstr (text->out, "odd/\xc3\xa4 e.jpg: "));

  csv = cli_run ("classify", "-m", "r", "--format", "csv", "odd", NULL);
  json = cli_run ("classify", "-m", "r", "--format", "json", "odd", NULL);
  cli_assert_silent (csv);
  cli_assert_silent (json);
  g_assert_true (g_utf8_validate (csv->out, -1, NULL));
  g_assert_true (g_utf8_validate (json->out, -1, NULL));
  rows = parse_csv (csv->out);
  root = cli_json (json);
  g_assert_cmpuint (rows->len, ==, 1 + G_N_ELEMENTS (names));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonObject *object = json_array_get_object_element (json_node_get_array (root), i);
      const char *uri = get_field (rows, i + 1, 1);
      g_autofree char *path = g_filename_from_uri (uri, NULL, NULL);

      g_assert_cmpstr (json_object_get_string_member (object, "file"), ==,
                       get_field (rows, i + 1, 0));
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        n_found += g_str_has_suffix (path, names[j]);
      /* The exact uri is beside the name only where that is not exact. */
      if (strstr (uri, "%FF") != NULL)
        g_assert_cmpstr (json_object_get_string_member (object, "uri"), ==, uri);
      else
        g_assert_false (json_object_has_member (object, "uri"));
    }
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (names));

  /* A document is UTF-8 where the locale is not. */
  ascii = cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (ascii, "LC_ALL", "C", TRUE);
  in_ascii = cli_run_argv (ascii, ascii_arguments);
  cli_assert_silent (in_ascii);
  g_assert_cmpstr (in_ascii->out, ==, json->out);
}

/* What stands behind "--", and "-" as a part of a name. */
static void
test_dashes (void)
{
  static const char *const rows[] = { "-m r -- -x.jpg", "-m r ./-x.jpg -- -x.jpg --",
                                      "-m r -- d/faces/0.jpg" };
  static const char *const first[] = { "-x.jpg: ", "./-x.jpg: ", "d/faces/0.jpg: " };

  cli_copy ("d/faces/0.jpg", "-x.jpg");
  cli_copy ("d/faces/0.jpg", "--");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strconcat ("classify ", rows[i], NULL);
      g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
      g_autoptr (CliResult) result = cli_run_argv (NULL, (const char *const *) arguments);
      g_auto (GStrv) lines = g_strsplit (result->out, "\n", -1);

      cli_assert_silent (result);
      g_assert_true (g_str_has_prefix (result->out, first[i]));
      if (i == 1)
        {
          g_assert_nonnull (strstr (result->out, "\n-x.jpg: "));
          g_assert_nonnull (strstr (result->out, "\n--: "));
          g_assert_cmpuint (g_strv_length (lines), ==, 3 + 1);
        }
    }
}

static void
test_jobs (void)
{
  g_autoptr (CliResult) one = cli_run ("classify", "-m", "r", "d", "d", "d", "--format",
                                       "json", "--jobs", "1", NULL);

  cli_assert_silent (one);
  for (guint i = 0; i < 4; i++)
    {
      static const char *const jobs[] = { "2", "3", "8", "64" };
      g_autoptr (CliResult) many = cli_run ("classify", "-m", "r", "d", "d", "d",
                                            "--format", "json", "--jobs", jobs[i], NULL);

      cli_assert_silent (many);
      g_assert_cmpstr (many->out, ==, one->out);
    }
}

/* A signal is heard while names are being waited for. */
static void
test_signal_while_reading (void)
{
  const char *const arguments[] = { "classify", "-m", "r", "-", NULL };
  g_autoptr (GSubprocessLauncher) launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = cli_start (launcher, arguments);
  GOutputStream *in = g_subprocess_get_stdin_pipe (process);
  GInputStream *err = g_subprocess_get_stderr_pipe (process);
  char text[256] = "";
  gint64 start;

  /* When it tells of the first name it waits for the next. */
  cli_write ("bare/notes.txt", "x", 1);
  g_assert_true (g_output_stream_write_all (in, "bare\n", 5, NULL, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (err, text, sizeof text, NULL, NULL), >, 0);

  start = g_get_monotonic_time ();
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_get_monotonic_time () - start, <,
                   cli_slowness () * G_TIME_SPAN_SECOND);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 128 + SIGTERM);
  memset (text, 0, sizeof text);
  g_input_stream_read_all (err, text, sizeof text - 1, NULL, NULL, NULL);
  g_assert_true (g_str_has_suffix (text, "face-or-comic-cli: Stopped.\n"));
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);
  {
    g_autoptr (CliResult) result =
      cli_run ("experiment", "d", "--output", "r", "--optimizer", "adam", NULL);

    cli_assert_silent (result);
  }

  g_test_add_func ("/cli/classify/text", test_text);
  g_test_add_func ("/cli/classify/documents", test_documents);
  g_test_add_func ("/cli/classify/errors", test_errors);
  g_test_add_func ("/cli/classify/folders", test_folders);
  g_test_add_func ("/cli/classify/names-from-input", test_names_from_input);
  g_test_add_func ("/cli/classify/names-with-zeros", test_names_with_zeros);
  g_test_add_func ("/cli/classify/unreadable-folder", test_unreadable_folder);
  g_test_add_func ("/cli/classify/hostile-names", test_hostile_names);
  g_test_add_func ("/cli/classify/dashes", test_dashes);
  g_test_add_func ("/cli/classify/jobs", test_jobs);
  g_test_add_func ("/cli/classify/signal-while-reading", test_signal_while_reading);

  return cli_test_run ();
}
