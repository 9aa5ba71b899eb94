/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-options.h"
#include "foc-cli.h"

#include "foc-classify.h"
#include "foc-error.h"
#include "foc-model-file.h"
#include "foc-pictures.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

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
  FocCliProgress progress;
} Output;

/* Reads names, one a line, from standard input. */
static void
read_names (GPtrArray *files)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  while ((length = getline (&line, &size, stdin)) >= 0)
    {
      if (length > 0 && line[length - 1] == '\n')
        line[length - 1] = '\0';
      if (line[0] != '\0')
        g_ptr_array_add (files, g_strdup (line));
    }
  free (line);
}

static gboolean
collect_files (char **arguments,
               GPtrArray *files,
               GCancellable *cancellable,
               GError **error)
{
  for (; *arguments != NULL; arguments++)
    {
      if (g_str_equal (*arguments, "-"))
        read_names (files);
      else if (g_file_test (*arguments, G_FILE_TEST_IS_DIR))
        {
          guint before = files->len;

          if (!foc_list_pictures (*arguments, files, cancellable, error))
            return FALSE;
          if (files->len == before)
            {
              g_autofree char *name = g_filename_display_name (*arguments);

              g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                           _ ("There is no picture in the folder “%s”."), name);
              return FALSE;
            }
        }
      else
        g_ptr_array_add (files, g_strdup (*arguments));
    }

  return TRUE;
}

static void
print_csv_head (const FocModel *model)
{
  g_print ("file,uri,label,probability,not_sure");
  for (guint j = 0; model->class_names[j] != NULL; j++)
    {
      g_print (",");
      foc_cli_print_csv_field (model->class_names[j]);
    }
  g_print (",error\r\n");
}

static void
print_csv (const Output *output, const char *path, const FocClassification *result)
{
  const FocModel *model = output->model;
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *uri = foc_cli_get_uri (path);

  foc_cli_print_csv_field (name);
  g_print (",");
  foc_cli_print_csv_field (uri);
  if (result->error == NULL)
    {
      g_print (",");
      foc_cli_print_csv_field (model->class_names[result->answer.label]);
      g_print (",%.6f,%s", result->answer.probability,
               result->answer.not_sure ? "true" : "false");
    }
  else
    g_print (",,,");
  for (guint j = 0; j < foc_model_get_n_classes (model); j++)
    if (result->error == NULL)
      g_print (",%.6f", result->probabilities[j]);
    else
      g_print (",");
  g_print (",");
  if (result->error != NULL)
    foc_cli_print_csv_field (result->error->message);
  g_print ("\r\n");
}

static void
add_json (const Output *output, const char *path, const FocClassification *result)
{
  const FocModel *model = output->model;
  JsonBuilder *builder = output->builder;

  json_builder_begin_object (builder);
  foc_cli_add_file (builder, path);
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
      json_builder_add_boolean_value (builder, result->answer.not_sure);
    }
  json_builder_end_object (builder);
}

static void
print_text (const Output *output, const char *path, const FocClassification *result)
{
  g_autofree char *name = g_filename_display_name (path);
  const char *label;

  if (result->error != NULL)
    {
      foc_cli_warn (result->error->message);
      return;
    }

  label = output->model->class_names[result->answer.label];
  if (result->answer.not_sure)
    g_print (_ ("%s: not sure (%s %.1f %%)\n"), name, label,
             100 * result->answer.probability);
  else
    g_print (_ ("%s: %s (%.1f %%)\n"), name, label, 100 * result->answer.probability);
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
      foc_cli_progress_update (&output->progress, _ ("Classifying"), index + 1,
                               output->files->len);
      break;
    case FORMAT_CSV:
      print_csv (output, path, result);
      break;
    case FORMAT_TEXT:
    default:
      print_text (output, path, result);
      break;
    }
}

static FocModel *
load_model (const char *path, GError **error)
{
  g_autofree char *inside = NULL;

  /* The folder of a run stands for its model. */
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    inside = g_build_filename (path, "model.safetensors", NULL);

  return foc_model_load (inside != NULL ? inside : path, error);
}

int
foc_cli_classify (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("PATH…"));
  g_autofree char *model_path = NULL;
  g_autofree char *format = NULL;
  g_autofree char *jobs_text = NULL;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model_path,
      N_ ("Model file, or folder of a run"), N_ ("MODEL") },
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
  GError *error = NULL;
  gboolean ok;

  g_option_context_set_summary (
    context,
    _ ("Tells what pictures are. PATH is a picture or a folder of pictures; “-” reads\n"
       "names from standard input, one a line."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, G_MAXINT))
    return FOC_CLI_USAGE;
  if (format != NULL && !g_strv_contains (formats, format))
    return foc_cli_usage (argv[0], _ ("There is no format “%s”."), format);
  if (model_path == NULL)
    return foc_cli_usage (argv[0], _ ("No model is installed; name one with --model."));
  if (jobs_text != NULL
      && !foc_cli_parse_uint ("--jobs", jobs_text, 1, FOC_LIMIT_JOBS, &jobs, &error))
    return foc_cli_fail (error);

  while (format != NULL && !g_str_equal (formats[output.format], format))
    output.format++;

  model = load_model (model_path, &error);
  if (model == NULL || !collect_files (argv + 1, files, cancellable, &error))
    return foc_cli_fail (error);

  output.model = model;
  foc_cli_progress_init (&output.progress);
  if (output.format == FORMAT_CSV)
    print_csv_head (model);
  json_builder_begin_array (builder);
  ok = foc_classify_files (model, (const char *const *) files->pdata, files->len,
                           (guint) jobs, show_result, &output, cancellable, &error);
  json_builder_end_array (builder);
  foc_cli_progress_end (&output.progress);
  if (output.format == FORMAT_JSON && ok)
    foc_cli_print_json (builder);
  if (!ok)
    return foc_cli_fail (error);

  return output.n_failed > 0 ? FOC_CLI_FAILED : FOC_CLI_OK;
}
