/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-export.h"

#include "foc-error.h"
#include "foc-model-file.h"
#include "foc-onnx.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

/* Bytes of the head of an .npy file: short lists of dimensions need no more. */
#define NPY_HEAD 128

static const char *const format_names[] = { "safetensors", "onnx" };

gboolean
foc_export_format_from_string (const char *string, FocExportFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (g_str_equal (string, format_names[i]))
      {
        *format = i;
        return TRUE;
      }

  return FALSE;
}

const char *
foc_export_format_to_string (FocExportFormat format)
{
  return format_names[format];
}

char *
foc_export_get_inputs_path (const char *path)
{
  return g_strconcat (path, ".test-inputs.npy", NULL);
}

char *
foc_export_get_outputs_path (const char *path)
{
  return g_strconcat (path, ".test-outputs.npy", NULL);
}

/* One picture: at (row, column) what the colours of the four corners make there, in
 * integers, and noise that is stronger from picture to picture. */
static void
make_input (FocRng *rng, guint amplitude, guint8 features[FOC_N_FEATURES])
{
  enum
  {
    LAST = FOC_FEATURE_SIDE - 1
  };
  int corners[2][2][FOC_FEATURE_CHANNELS];

  for (guint i = 0; i < 4 * FOC_FEATURE_CHANNELS; i++)
    (&corners[0][0][0])[i] = (int) foc_rng_below (rng, 256);

  for (int y = 0; y <= LAST; y++)
    for (int x = 0; x <= LAST; x++)
      for (guint c = 0; c < FOC_FEATURE_CHANNELS; c++)
        {
          int top = corners[0][0][c] * (LAST - x) + corners[0][1][c] * x;
          int bottom = corners[1][0][c] * (LAST - x) + corners[1][1][c] * x;
          int noise = (int) foc_rng_below (rng, 2 * amplitude + 1) - (int) amplitude;
          int value = (top * (LAST - y) + bottom * y) / (LAST * LAST) + noise;

          *features++ = (guint8) CLAMP (value, 0, 255);
        }
}

guint8 *
foc_export_make_inputs (void)
{
  guint8 *inputs = g_new (guint8, FOC_EXPORT_N_VECTORS * FOC_N_FEATURES);
  FocRng rng;

  foc_rng_init (&rng, 1, FOC_RNG_STREAM_TEST_VECTORS);
  memset (inputs, 0, FOC_N_FEATURES);
  memset (inputs + FOC_N_FEATURES, 255, FOC_N_FEATURES);
  for (guint i = 2; i < FOC_EXPORT_N_VECTORS; i++)
    make_input (&rng, 2 * (i - 2), inputs + i * FOC_N_FEATURES);

  return inputs;
}

/* NULL if it is cancelled. */
static float *
make_outputs (const FocModel *model, const guint8 *inputs, GError **error)
{
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  guint n_classes = foc_model_get_n_classes (model);
  g_autofree float *outputs = g_new (float, FOC_EXPORT_N_VECTORS *n_classes);

  for (guint i = 0; i < FOC_EXPORT_N_VECTORS; i++)
    {
      FocAnswer answer;

      if (g_cancellable_set_error_if_cancelled (g_cancellable_get_current (), error))
        return NULL;
      foc_model_answer (model, work, inputs + i * FOC_N_FEATURES, outputs + i * n_classes,
                        &answer);
    }

  return g_steal_pointer (&outputs);
}

/* `type` and `shape` as Python writes them. */
static void
make_npy_head (const char *type, const char *shape, char head[NPY_HEAD])
{
  int length = g_snprintf (head, NPY_HEAD,
                           "\x93NUMPY\x01%c%c%c{'descr': '%s', 'fortran_order': False, "
                           "'shape': (%s), }",
                           0, NPY_HEAD - 10, 0, type, shape);

  memset (head + length, ' ', (gsize) (NPY_HEAD - 1 - length));
  head[NPY_HEAD - 1] = '\n';
}

static FocFileWriter *
write_npy (const char *path,
           const char head[NPY_HEAD],
           const void *data,
           gsize length,
           GError **error)
{
  g_autoptr (FocFileWriter) writer = foc_file_writer_new (path, NPY_HEAD + length, error);

  if (writer == NULL || !foc_file_writer_write_at (writer, 0, head, NPY_HEAD, error)
      || !foc_file_writer_write_at (writer, NPY_HEAD, data, length, error))
    return NULL;

  return g_steal_pointer (&writer);
}

/* A run knows its model by every byte. */
static gboolean
is_model_of_run (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *record = g_build_filename (folder, "run.json", NULL);
  g_autofree char *name = g_path_get_basename (path);

  return g_str_equal (name, "model.safetensors")
         && g_file_test (record, G_FILE_TEST_EXISTS);
}

/* Where there is a file, it must be one that foc_export() has written. */
static gboolean
is_earlier_model (const char *path, FocExportFormat format)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  return !is_model_of_run (path)
         && (format == FOC_EXPORT_ONNX
               ? foc_onnx_is_ours (path)
               : foc_safetensors_has_format (path, "face-or-comic-model-"));
}

/* The heads are the same but for the number of classes. */
static gboolean
is_earlier_vectors (const char *path, const char head[NPY_HEAD])
{
  gsize same =
    (gsize) (strstr (head + 10, "(" G_STRINGIFY (FOC_EXPORT_N_VECTORS) ",") - head) + 3;
  char found[NPY_HEAD];
  guint64 size;
  int fd;
  gboolean ours;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  fd = foc_file_open (path, &size);
  if (fd < 0)
    return FALSE;
  ours = foc_file_read_at (fd, 0, found, sizeof found) && memcmp (found, head, same) == 0;
  close (fd);

  return ours;
}

static gboolean
refuse (const char *path, FocExportFormat format, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
               /* Translators: a file, and a format as "onnx". */
               _ ("“%s” exists and is no %s export of this program; only that is "
                  "replaced."),
               name, format_names[format]);
  return FALSE;
}

static gboolean
commit (FocFileWriter *writer, GError **error)
{
  int fd = foc_file_writer_commit (writer, error);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* The model last: if it fails, there is the earlier one, or none, and the vectors are not
 * of that. */
static gboolean
commit_all (FocFileWriter *inputs,
            FocFileWriter *outputs,
            FocFileWriter *model,
            const char *path,
            GError **error)
{
  g_autofree char *inputs_path = foc_export_get_inputs_path (path);
  g_autofree char *outputs_path = foc_export_get_outputs_path (path);

  if (!commit (inputs, error))
    return FALSE;
  if (commit (outputs, error) && commit (model, error))
    return TRUE;

  foc_file_remove (inputs_path, NULL);
  foc_file_remove (outputs_path, NULL);
  return FALSE;
}

gboolean
foc_export (const FocModel *model,
            FocExportFormat format,
            const char *path,
            GError **error)
{
  guint n_classes = foc_model_get_n_classes (model);
  g_autofree char *inputs_path = foc_export_get_inputs_path (path);
  g_autofree char *outputs_path = foc_export_get_outputs_path (path);
  g_autofree char *shape = g_strdup_printf ("%d, %u", FOC_EXPORT_N_VECTORS, n_classes);
  g_autofree guint8 *inputs = foc_export_make_inputs ();
  g_autofree float *outputs = make_outputs (model, inputs, error);
  g_autoptr (FocFileWriter) model_writer = NULL;
  g_autoptr (FocFileWriter) inputs_writer = NULL;
  g_autoptr (FocFileWriter) outputs_writer = NULL;
  g_autoptr (GCancellable) never = g_cancellable_new ();
  gboolean is_exported;
  char inputs_head[NPY_HEAD], outputs_head[NPY_HEAD];

  if (outputs == NULL)
    return FALSE;
  make_npy_head ("|u1", G_STRINGIFY (FOC_EXPORT_N_VECTORS) ", 24, 24, 3", inputs_head);
  make_npy_head (G_BYTE_ORDER == G_LITTLE_ENDIAN ? "<f4" : ">f4", shape, outputs_head);
  if (!is_earlier_model (path, format))
    return refuse (path, format, error);
  if (!is_earlier_vectors (inputs_path, inputs_head))
    return refuse (inputs_path, format, error);
  if (!is_earlier_vectors (outputs_path, outputs_head))
    return refuse (outputs_path, format, error);

  /* All three are on their way before the first gets its name. */
  model_writer = format == FOC_EXPORT_ONNX ? foc_onnx_write (model, path, error)
                                           : foc_model_begin_save (model, path, error);
  if (model_writer == NULL)
    return FALSE;
  inputs_writer = write_npy (inputs_path, inputs_head, inputs,
                             FOC_EXPORT_N_VECTORS * FOC_N_FEATURES, error);
  if (inputs_writer == NULL)
    return FALSE;
  outputs_writer = write_npy (outputs_path, outputs_head, outputs,
                              FOC_EXPORT_N_VECTORS * n_classes * sizeof (float), error);
  if (outputs_writer == NULL)
    return FALSE;

  /* From here on it is too late to cancel: vectors without their model would be left. */
  if (g_cancellable_set_error_if_cancelled (g_cancellable_get_current (), error))
    return FALSE;
  g_cancellable_push_current (never);
  is_exported = commit_all (inputs_writer, outputs_writer, model_writer, path, error);
  g_cancellable_pop_current (never);
  return is_exported;
}
