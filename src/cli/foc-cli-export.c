/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli.h"

#include "foc-blas.h"
#include "foc-export.h"
#include "foc-file.h"
#include "foc-limits.h"

#include <glib/gi18n.h>

static void
print_json (const FocModel *model,
            FocExportFormat format,
            const char *path,
            const char *inputs,
            const char *outputs,
            const char *sha256)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  foc_cli_add_file (builder, "file", "uri", NULL, path);
  foc_json_add_string (builder, "format", foc_export_format_to_string (format));
  foc_json_add_string (builder, "sha256", sha256);
  foc_json_add_strings (builder, "classes", (const char *const *) model->class_names);
  foc_cli_add_file (builder, "test_inputs", "test_inputs_uri", NULL, inputs);
  foc_cli_add_file (builder, "test_outputs", "test_outputs_uri", NULL, outputs);
  foc_json_add_int (builder, "test_vectors", FOC_EXPORT_N_VECTORS);
  json_builder_end_object (builder);
  foc_cli_put_json (builder);
}

static void
print_text (const char *path, const char *inputs, const char *outputs)
{
  g_autofree char *name = foc_cli_display_name (path);
  g_autofree char *inputs_name = foc_cli_display_name (inputs);
  g_autofree char *outputs_name = foc_cli_display_name (outputs);

  g_print (_ ("Model: %s\n"), name);
  g_print (_ ("Test vectors: %s, %s\n"), inputs_name, outputs_name);
}

int
foc_cli_export (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context =
    g_option_context_new (_ ("MODEL --format=FORMAT --output=FILE"));
  g_autofree char *format_name = NULL;
  g_autofree char *output = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, N_ ("“onnx” or “safetensors”"),
      N_ ("FORMAT") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("File to write; an earlier export in its place is replaced"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print a JSON document"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *inputs = NULL;
  g_autofree char *outputs = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (FocModel) model = NULL;
  FocExportFormat format;
  GError *error = NULL;

  g_option_context_set_summary (
    context,
    _ (
      "Writes a model for other programs. MODEL is a model file or the folder of a run.\n"
      "Beside FILE stand test vectors for NumPy: FILE.test-inputs.npy, 64 made-up\n"
      "pictures of 24 × 24 pixels (uint8 [64, 24, 24, 3]), and FILE.test-outputs.npy,\n"
      "their probabilities (float32 [64, classes])."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;
  if (format_name == NULL || output == NULL)
    return foc_cli_usage (_ ("--format and --output are needed."));
  if (!foc_export_format_from_string (format_name, &format))
    return foc_cli_usage (_ ("There is no format “%s”."), format_name);
  if (g_file_test (output, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *name = g_filename_display_name (output);

      return foc_cli_usage (_ ("“%s” is a folder, but must be a file."), name);
    }

  foc_blas_begin_thread ();
  model = foc_cli_load_model (argv[1], &error);
  if (model == NULL || !foc_export (model, format, output, &error))
    return foc_cli_fail (error);
  sha256 = foc_file_sha256 (output, 2 * (gsize) FOC_LIMIT_SAFETENSORS_BYTES, &error);
  if (sha256 == NULL)
    return foc_cli_fail (error);

  inputs = foc_export_get_inputs_path (output);
  outputs = foc_export_get_outputs_path (output);
  if (json)
    print_json (model, format, output, inputs, outputs, sha256);
  else
    print_text (output, inputs, outputs);
  return FOC_CLI_OK;
}
