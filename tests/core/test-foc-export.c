/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-export.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-model-file.h"
#include "foc-onnx.h"
#include "foc-protobuf.h"
#include "test-folders.h"
#include "test-store.h"

#include <errno.h>
#include <string.h>

/* What "export" writes, as far as it can be seen without a reader of ONNX files: that
 * others read them is tested in tests/exchange. */

#define NPY_HEAD 128

static const char *const names[] = { "comics", "Gesichter ☺", "a \"b\"", NULL };

static char *folder;
static char *path, *inputs_path, *outputs_path;

static FocModel *
make_model (guint64 seed)
{
  static const guint hidden[] = { 12, 5 };
  FocMlpShape shape;
  FocModel *model;
  FocRng rng;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, hidden, 2, 3);
  model = foc_model_new (foc_mlp_new (&shape), names);
  foc_rng_init (&rng, seed, FOC_RNG_STREAM_WEIGHTS);
  foc_mlp_initialise (model->mlp, &rng);
  model->temperature = 0.1;
  model->origin.optimizer = g_strdup ("adam");
  model->origin.data_digest = g_strdup ("0123");

  return model;
}

static void
set_path (const char *name)
{
  g_free (path);
  g_free (inputs_path);
  g_free (outputs_path);
  path = g_build_filename (folder, name, NULL);
  inputs_path = foc_export_get_inputs_path (path);
  outputs_path = foc_export_get_outputs_path (path);
}

static void export(const FocModel *model, FocExportFormat format)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = foc_export (model, format, path, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
remove_all (void)
{
  test_folder_delete (folder);
  g_assert_no_errno (g_mkdir_with_parents (folder, 0755));
}

static void
test_protobuf (void)
{
  static const guint8 expected[] = {
    0x08, 0x00,                         /* 1: 0                         */
    0x10, 0xac, 0x02,                   /* 2: 300                       */
    0xa2, 0x01, 0x02, 'a',  'b',        /* 20: "ab", a tag of two bytes */
    0x1a, 0x02, 0x08, 0x7f,             /* 3: { 1: 127 }                */
    0x22, 0x00,                         /* 4: {}                        */
    0x2a, 0x80, 0x80, 0x80, 0x80, 0x10, /* 5: 2^32 bytes follow         */
  };
  g_autoptr (GByteArray) message = g_byte_array_new ();
  GByteArray *inner = g_byte_array_new ();

  foc_protobuf_add_uint (message, 1, 0);
  foc_protobuf_add_uint (message, 2, 300);
  foc_protobuf_add_string (message, 20, "ab");
  foc_protobuf_add_uint (inner, 1, 127);
  foc_protobuf_add_message (message, 3, inner);
  foc_protobuf_add_message (message, 4, g_byte_array_new ());
  foc_protobuf_begin (message, 5, (guint64) 1 << 32);
  g_assert_cmpmem (message->data, message->len, expected, sizeof expected);
}

/* Not all alike, and the same everywhere: the sum is that of the file format, as it
 * were. */
static void
test_inputs (void)
{
  g_autofree guint8 *inputs = foc_export_make_inputs ();
  g_autofree char *sum = NULL;

  for (guint i = 0; i < FOC_N_FEATURES; i++)
    {
      g_assert_cmpuint (inputs[i], ==, 0);
      g_assert_cmpuint (inputs[FOC_N_FEATURES + i], ==, 255);
    }
  for (guint i = 1; i < FOC_EXPORT_N_VECTORS; i++)
    g_assert_cmpint (memcmp (inputs + (i - 1) * FOC_N_FEATURES,
                             inputs + i * FOC_N_FEATURES, FOC_N_FEATURES),
                     !=, 0);

  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, inputs,
                                     FOC_EXPORT_N_VECTORS * FOC_N_FEATURES);
  g_assert_cmpstr (sum, ==,
                   "71c4536c7e87dea0e6a7647545faaef220c123b4be776196e5a729fb8208ce5e");
}

/* The head and the numbers of an .npy file. */
static void
check_npy (const char *file, const char *description, const void *data, gsize length)
{
  g_autofree guint8 *found = NULL;
  gsize found_length;

  g_assert_true (g_file_get_contents (file, (char **) &found, &found_length, NULL));
  g_assert_cmpuint (found_length, ==, NPY_HEAD + length);
  g_assert_cmpmem (found, 10, "\x93NUMPY\x01\0\x76\0", 10);
  g_assert_cmpmem (found + 10, strlen (description), description, strlen (description));
  for (gsize i = 10 + strlen (description); i < NPY_HEAD - 1; i++)
    g_assert_cmpint (found[i], ==, ' ');
  g_assert_cmpint (found[NPY_HEAD - 1], ==, '\n');
  g_assert_cmpmem (found + NPY_HEAD, length, data, length);
}

static void
test_vectors (gconstpointer data)
{
  FocExportFormat format = GPOINTER_TO_UINT (data);
  g_autoptr (FocModel) model = make_model (1);
  g_autoptr (FocMlpWork) work = foc_mlp_work_new (&model->mlp->shape, 1);
  g_autofree guint8 *inputs = foc_export_make_inputs ();
  float outputs[FOC_EXPORT_N_VECTORS][3];

  export(model, format);
  check_npy (inputs_path,
             "{'descr': '|u1', 'fortran_order': False, 'shape': (64, 24, 24, 3), }",
             inputs, FOC_EXPORT_N_VECTORS * FOC_N_FEATURES);
  for (guint i = 0; i < FOC_EXPORT_N_VECTORS; i++)
    {
      FocAnswer answer;

      foc_model_answer (model, work, inputs + i * FOC_N_FEATURES, outputs[i], &answer);
    }
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    check_npy (outputs_path,
               "{'descr': '<f4', 'fortran_order': False, 'shape': (64, 3), }", outputs,
               sizeof outputs);
  g_assert_cmpuint (test_folder_count (folder), ==, 3);
  remove_all ();
}

static void
test_safetensors (void)
{
  g_autoptr (FocModel) model = make_model (1);
  g_autoptr (FocModel) back = NULL;
  g_autofree char *saved = g_build_filename (folder, "saved", NULL);
  g_autofree char *sum = NULL;
  g_autofree char *saved_sum = NULL;
  g_autoptr (GError) error = NULL;

  export(model, FOC_EXPORT_SAFETENSORS);
  back = foc_model_load (path, &error);
  g_assert_no_error (error);
  g_assert_true (test_mlp_equal (model->mlp, back->mlp));
  g_assert_true (foc_model_save (model, saved, &error));
  sum = test_file_sha256 (path);
  saved_sum = test_file_sha256 (saved);
  g_assert_cmpstr (sum, ==, saved_sum);
  remove_all ();
}

/* The same bytes wherever it stands, and its constants are in them. */
static void
test_onnx (void)
{
  g_autoptr (FocModel) model = make_model (1);
  g_autofree guint8 *first = NULL;
  g_autofree guint8 *second = NULL;
  gsize first_length, second_length;
  const FocMlpShape *shape = &model->mlp->shape;
  const float *w = model->mlp->parameters + foc_mlp_shape_offset (shape, 1);
  float transposed[12 * 5];

  export(model, FOC_EXPORT_ONNX);
  g_assert_true (foc_onnx_is_ours (path));
  g_assert_false (foc_onnx_is_ours (inputs_path));
  g_assert_true (g_file_get_contents (path, (char **) &first, &first_length, NULL));
  set_path ("another name");
  export(model, FOC_EXPORT_ONNX);
  g_assert_true (g_file_get_contents (path, (char **) &second, &second_length, NULL));
  g_assert_cmpmem (first, first_length, second, second_length);
  g_assert_null (memmem (first, first_length, folder, strlen (folder)));

  for (guint i = 0; i < G_N_ELEMENTS (transposed); i++)
    transposed[i] = w[(i % 5) * 12 + i / 5];
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    g_assert_nonnull (memmem (first, first_length, transposed, sizeof transposed));
  g_assert_nonnull (memmem (first, first_length, "Gesichter ☺", 13));
  remove_all ();
  set_path ("m");
}

/* An earlier export gives way; nothing else does. */
static void
test_foreign (gconstpointer data)
{
  FocExportFormat format = GPOINTER_TO_UINT (data);
  g_autoptr (FocModel) model = make_model (1);
  g_autoptr (FocModel) other = make_model (2);
  static const char *const contents[] = { "", "x",
                                          "\x08\x04\x12\x0d"
                                          "face-or-comix",
                                          "\x93NUMPY\x01",
                                          "something longer than a head" };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  export(model, format);
  before = test_file_sha256 (outputs_path);
  export(other, format);
  after = test_file_sha256 (outputs_path);
  g_assert_cmpstr (before, !=, after);
  remove_all ();

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    for (guint which = 0; which < 3; which++)
      {
        const char *file = which == 0 ? path : which == 1 ? inputs_path : outputs_path;
        g_autofree char *name = g_path_get_basename (file);
        g_autofree char *found = NULL;
        g_autoptr (GError) error = NULL;

        g_assert_true (g_file_set_contents (file, contents[i], -1, NULL));
        g_assert_false (foc_export (model, format, path, &error));
        g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
        g_assert_nonnull (strstr (error->message, name));
        g_assert_cmpuint (test_folder_count (folder), ==, 1);
        g_assert_true (g_file_get_contents (file, &found, NULL, NULL));
        g_assert_cmpstr (found, ==, contents[i]);
        remove_all ();
      }
}

/* One format does not give way to the other. */
static void
test_other_format (void)
{
  g_autoptr (FocModel) model = make_model (1);

  for (FocExportFormat format = 0; format < 2; format++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      export(model, format);
      before = test_file_sha256 (path);
      g_assert_false (foc_export (model, 1 - format, path, &error));
      g_assert_error (error, FOC_ERROR, FOC_ERROR_RUN);
      after = test_file_sha256 (path);
      g_assert_cmpstr (before, ==, after);
      remove_all ();
    }
}

/* Whatever operation fails: nothing is half written, and no vectors stand beside a model
 * that they are not of. */
static void
test_faults (gconstpointer data)
{
  FocExportFormat format = GPOINTER_TO_UINT (data) % 2;
  gboolean is_new = GPOINTER_TO_UINT (data) / 2 == 0;
  g_autoptr (FocModel) old = make_model (1);
  g_autoptr (FocModel) model = make_model (2);
  g_autofree char *old_sum = NULL;
  g_autofree char *old_outputs = NULL;
  guint nth = 0;
  gboolean failed;

  export(old, format);
  old_sum = test_file_sha256 (path);
  old_outputs = test_file_sha256 (outputs_path);

  do
    {
      g_autoptr (GError) error = NULL;

      remove_all ();
      if (!is_new)
        export(old, format);
      foc_file_set_fault (++nth, ENOSPC);
      failed = !foc_export (model, format, path, &error);
      foc_file_set_fault (0, 0);
      if (!failed)
        break;

      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      if (is_new)
        g_assert_cmpuint (test_folder_count (folder), ==, 0);
      else
        {
          g_autofree char *sum = test_file_sha256 (path);

          g_assert_cmpstr (sum, ==, old_sum);
          g_assert_cmpuint (test_folder_count (folder), <=, 3);
          if (g_file_test (outputs_path, G_FILE_TEST_EXISTS))
            {
              g_autofree char *outputs = test_file_sha256 (outputs_path);

              g_assert_cmpstr (outputs, ==, old_outputs);
            }
        }
    }
  while (failed);

  g_test_message ("%u operations", nth - 1);
  g_assert_cmpuint (nth, >=, 3 * 5);
  g_assert_cmpuint (test_folder_count (folder), ==, 3);
  remove_all ();
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  foc_blas_begin_thread ();
  folder = test_folder_new ();
  set_path ("m");

  g_test_add_func ("/export/protobuf", test_protobuf);
  g_test_add_func ("/export/inputs", test_inputs);
  g_test_add_data_func ("/export/vectors/safetensors", GUINT_TO_POINTER (0),
                        test_vectors);
  g_test_add_data_func ("/export/vectors/onnx", GUINT_TO_POINTER (1), test_vectors);
  g_test_add_func ("/export/safetensors", test_safetensors);
  g_test_add_func ("/export/onnx", test_onnx);
  g_test_add_data_func ("/export/foreign/safetensors", GUINT_TO_POINTER (0),
                        test_foreign);
  g_test_add_data_func ("/export/foreign/onnx", GUINT_TO_POINTER (1), test_foreign);
  g_test_add_func ("/export/other-format", test_other_format);
  g_test_add_data_func ("/export/faults/new/safetensors", GUINT_TO_POINTER (0),
                        test_faults);
  g_test_add_data_func ("/export/faults/new/onnx", GUINT_TO_POINTER (1), test_faults);
  g_test_add_data_func ("/export/faults/again/safetensors", GUINT_TO_POINTER (2),
                        test_faults);
  g_test_add_data_func ("/export/faults/again/onnx", GUINT_TO_POINTER (3), test_faults);

  status = g_test_run ();
  test_folder_delete (folder);
  g_free (folder);
  g_free (path);
  g_free (inputs_path);
  g_free (outputs_path);
  return status;
}
