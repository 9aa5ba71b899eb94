/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-options.h"
#include "foc-cli.h"

#include "foc-answer-csv.h"
#include "foc-classify.h"
#include "foc-model-file.h"
#include "foc-pictures.h"
#include "foc-text.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

typedef enum
{
  FORMAT_TEXT,
  FORMAT_CSV,
  FORMAT_JSON,
} Format;

typedef struct
{
  const FocModel *model;
  GPtrArray *files;
  Format format;
  JsonBuilder *builder; /* of FORMAT_JSON */
  guint n_failed;
  guint n_failed_folders;
  gboolean shows_progress;
  FocCliProgress progress;
} Output;

/* Adds a picture, or all those in a folder. A folder that has none stops nothing: it is
 * told of and counted; one that cannot be read stands among the files. FALSE if it was
 * cancelled. */
static gboolean
add_path (Output *output, const char *path, GCancellable *cancellable, GError **error)
{
  GPtrArray *files = output->files;
  guint before = files->len;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_ptr_array_add (files, g_strdup (path));
      return TRUE;
    }

  if (!foc_list_pictures (path, files, cancellable, error))
    return FALSE;

  if (files->len == before)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_autofree char *message =
        g_strdup_printf (_ ("There is no picture in the folder “%s”."), name);

      foc_cli_warn (message);
      output->n_failed_folders++;
    }
  return TRUE;
}

/* Adds what stands in `names` up to the last separator, and removes it from there. An
 * empty name is none. */
static gboolean
take_names (Output *output,
            GString *names,
            gboolean is_line,
            GCancellable *cancellable,
            GError **error)
{
  gsize start = 0;

  for (gsize i = 0; i < names->len; i++)
    if (names->str[i] == '\0' || (is_line && names->str[i] == '\n'))
      {
        names->str[i] = '\0';
        if (i > start && !add_path (output, names->str + start, cancellable, error))
          return FALSE;
        start = i + 1;
      }

  g_string_erase (names, 0, (gssize) start);
  return TRUE;
}

/* Names from standard input: one a line, or, where there is a zero byte in the first
 * block that ends a name, each up to a zero byte, as "find -print0" has them. */
static gboolean
add_names (Output *output, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GString) names = g_string_new (NULL);
  gboolean is_known = FALSE, is_line = TRUE;
  char block[16 * 1024];
  gssize got;

  while ((got = g_input_stream_read (input, block, sizeof block, cancellable, error)) > 0)
    {
      if (!is_known)
        {
          is_line = memchr (block, '\0', (gsize) got) == NULL;
          is_known = !is_line || memchr (block, '\n', (gsize) got) != NULL;
        }
      g_string_append_len (names, block, got);
      if (!take_names (output, names, is_line, cancellable, error))
        return FALSE;
    }
  if (got < 0)
    return FALSE;

  return names->len == 0 || add_path (output, names->str, cancellable, error);
}

static gboolean
collect_files (Output *output,
               char **arguments,
               GCancellable *cancellable,
               GError **error)
{
  for (; *arguments != NULL; arguments++)
    if (!(g_str_equal (*arguments, "-")
            ? add_names (output, cancellable, error)
            : add_path (output, *arguments, cancellable, error)))
      return FALSE;

  return TRUE;
}

static FocAnswerColumns
get_columns (const FocModel *model)
{
  return (FocAnswerColumns){ .class_names = (const char *const *) model->class_names };
}

static void
put_csv_head (const FocModel *model)
{
  const FocAnswerColumns columns = get_columns (model);
  g_autoptr (GString) csv = g_string_new (NULL);

  foc_answer_csv_append_head (csv, &columns);
  foc_cli_put (csv->str);
}

static void
put_csv (const FocModel *model, const char *path, const FocClassification *result)
{
  const FocAnswerColumns columns = get_columns (model);
  const FocAnswerLine line = {
    .path = path,
    .class_names = columns.class_names,
    .answer = result->error == NULL ? &result->answer : NULL,
    .probabilities = result->probabilities,
    .error = result->error != NULL ? result->error->message : NULL,
  };
  g_autoptr (GString) csv = g_string_new (NULL);

  foc_answer_csv_append_line (csv, &columns, &line);
  foc_cli_put (csv->str);
}

static void
add_json (const Output *output, const char *path, const FocClassification *result)
{
  const FocModel *model = output->model;
  JsonBuilder *builder = output->builder;
  FocDoubt doubt = result->answer.doubt;

  json_builder_begin_object (builder);
  foc_cli_add_file (builder, "file", "uri", NULL, path);
  if (result->error != NULL)
    foc_json_add_string (builder, "error", result->error->message);
  else
    {
      foc_json_add_string (builder, "label", model->class_names[result->answer.label]);
      foc_json_add_double (builder, "probability", result->answer.probability);
      json_builder_set_member_name (builder, "probabilities");
      json_builder_begin_object (builder);
      for (guint j = 0; j < foc_model_get_n_classes (model); j++)
        foc_json_add_double (builder, model->class_names[j], result->probabilities[j]);
      json_builder_end_object (builder);
      json_builder_set_member_name (builder, "not_sure");
      json_builder_add_boolean_value (builder, doubt != FOC_DOUBT_NONE);
      if (doubt != FOC_DOUBT_NONE)
        foc_json_add_string (builder, "reason", foc_doubt_to_string (doubt));
      if (model->novelty != NULL)
        {
          foc_json_add_double (builder, "certainty", result->answer.certainty);
          foc_json_add_double (builder, "distance", result->answer.distance);
        }
    }
  json_builder_end_object (builder);
}

static void
print_text (Output *output, const char *path, const FocClassification *result)
{
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *certainty = NULL;

  if (result->error != NULL)
    {
      foc_cli_progress_hide (&output->progress);
      foc_cli_warn (result->error->message);
      return;
    }

  name = foc_cli_display_name (path);
  label = foc_text_escape (output->model->class_names[result->answer.label]);
  percent = foc_text_describe_probability (result->answer.probability, 1);
  switch (result->answer.doubt)
    {
    case FOC_DOUBT_PROBABILITY:
      g_print (_ ("%s: not sure (%s %s)\n"), name, label, percent);
      break;
    case FOC_DOUBT_CERTAINTY:
      certainty = foc_text_describe_probability (result->answer.certainty, 1);
      g_print (_ ("%s: not sure (%s %s, certainty %s)\n"), name, label, percent,
               certainty);
      break;
    case FOC_DOUBT_NOVELTY:
      g_print (_ ("%s: not sure (%s %s), unlike anything in training\n"), name, label,
               percent);
      break;
    case FOC_DOUBT_NONE:
    default:
      g_print (_ ("%s: %s (%s)\n"), name, label, percent);
      break;
    }
}

static void
show_result (guint index, const FocClassification *result, gpointer user_data)
{
  Output *output = user_data;
  const char *path = g_ptr_array_index (output->files, index);

  output->n_failed += result->error != NULL;

  switch (output->format)
    {
    case FORMAT_JSON:
      add_json (output, path, result);
      break;
    case FORMAT_CSV:
      put_csv (output->model, path, result);
      break;
    case FORMAT_TEXT:
    default:
      print_text (output, path, result);
      break;
    }

  if (output->shows_progress)
    foc_cli_progress_update (&output->progress, _ ("Classifying"), index + 1,
                             output->files->len);
}

/* The document says which; text has said it already. */
static void
warn_of_failed (const Output *output)
{
  if (output->n_failed > 0 && output->format != FORMAT_TEXT)
    {
      g_autofree char *message = g_strdup_printf (
        ngettext ("%u picture could not be classified.",
                  "%u pictures could not be classified.", output->n_failed),
        output->n_failed);

      foc_cli_warn (message);
    }
}

int
foc_cli_classify (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("PATH…"));
  g_autofree char *model_path = NULL;
  g_autofree char *format = NULL;
  g_autofree char *jobs_text = NULL;
  g_autofree char *threshold = NULL;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Model file, or folder of a run (the model that comes with the program)"),
      N_ ("MODEL") },
    { "threshold", 0, 0, G_OPTION_ARG_STRING, &threshold,
      N_ ("Probability below which the answer is “not sure” (the model’s)"), N_ ("P") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format,
      N_ ("“text” (default), “csv” or “json”"), N_ ("FORMAT") },
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, &jobs_text,
      N_ ("Threads to use (one for each processor)"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };
  static const char *const formats[] = { "text", "csv", "json", NULL };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (FocModel) model = NULL;
  guint64 jobs = foc_cli_default_jobs ();
  Output output = { .files = files, .builder = builder };
  double probability = 0.0;
  GError *error = NULL;
  gboolean ok;

  g_option_context_set_summary (
    context,
    _ ("Tells what pictures are. PATH is a picture or a folder of pictures; “-” reads\n"
       "names from standard input, one a line or, as “find -print0” prints them, each "
       "with\n"
       "a zero byte behind it."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, G_MAXINT))
    return FOC_CLI_USAGE;
  if (format != NULL && !g_strv_contains (formats, format))
    return foc_cli_usage (_ ("There is no format “%s”."), format);
  if (jobs_text != NULL
      && !foc_cli_parse_uint ("--jobs", jobs_text, 1, FOC_LIMIT_JOBS, &jobs, &error))
    return foc_cli_fail (error);

  if (threshold != NULL && !foc_cli_parse_threshold (threshold, &probability, &error))
    return foc_cli_fail (error);

  while (format != NULL && !g_str_equal (formats[output.format], format))
    output.format++;

  model = foc_cli_load_model (model_path, &error);
  if (model == NULL || !collect_files (&output, argv + 1, cancellable, &error))
    return foc_cli_fail (error);

  if (threshold != NULL)
    foc_model_set_threshold (model, probability);
  output.model = model;
  /* Where answers appear on the terminal they are the progress. */
  output.shows_progress = output.format == FORMAT_JSON || !isatty (STDOUT_FILENO);
  foc_cli_progress_init (&output.progress);
  if (output.format == FORMAT_CSV)
    put_csv_head (model);
  json_builder_begin_array (builder);
  ok = foc_classify_files (model, (const char *const *) files->pdata, files->len,
                           (guint) jobs, show_result, &output, cancellable, &error);
  json_builder_end_array (builder);
  foc_cli_progress_end (&output.progress);
  if (output.format == FORMAT_JSON && ok)
    foc_cli_put_json (builder);
  if (!ok)
    return foc_cli_fail (error);

  warn_of_failed (&output);
  return output.n_failed + output.n_failed_folders > 0 ? FOC_CLI_FAILED : FOC_CLI_OK;
}
