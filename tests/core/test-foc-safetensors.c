/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-safetensors.h"

#include "foc-error.h"
#include "foc-file.h"
#include "foc-limits.h"
#include "test-folders.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static char *folder;
static char *path; /* a file in it */

/* Writes a file by hand. */
static void
write_file (const char *header, const void *data, gsize length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint64 n = GUINT64_TO_LE (strlen (header));

  g_byte_array_append (bytes, (const guint8 *) &n, sizeof n);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, data, (guint) length);
  g_assert_true (
    g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
}

static void
check_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);

  g_assert_null (foc_safetensors_read (path, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, name));
}

static FocSafetensors *
make_contents (void)
{
  static const float first[] = { 1.0f, -2.5f, 3e-38f, 1e38f, -0.0f, 1e-45f };
  static const float second[] = { 0.1f };
  FocSafetensors *file = foc_safetensors_new ();

  foc_safetensors_add (file, "first", 2, 3, first);
  foc_safetensors_add (file, "second", 1, 1, second);
  foc_safetensors_add (file, "none", 0, 3, NULL);
  foc_safetensors_set (file, "key", "value");
  foc_safetensors_set (file, "Größe", "\"quoted\"\n☃");
  foc_safetensors_set (file, "", "");

  return file;
}

static void
test_round_trip (void)
{
  g_autoptr (FocSafetensors) file = make_contents ();
  g_autoptr (FocSafetensors) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const FocTensor *tensor;
  gsize length, length_after;

  g_assert_true (foc_safetensors_write (file, path, &error));
  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  g_assert_cmpuint (length % 4, ==, 0);

  back = foc_safetensors_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->tensors->len, ==, 3);
  g_assert_cmpuint (g_hash_table_size (back->metadata), ==, 3);
  g_assert_cmpstr (foc_safetensors_get_string (back, "Größe"), ==, "\"quoted\"\n☃");
  g_assert_null (foc_safetensors_get_string (back, "other"));
  g_assert_null (foc_safetensors_get (back, "other"));
  tensor = foc_safetensors_get (back, "first");
  g_assert_cmpuint (tensor->dimensions[0], ==, 2);
  g_assert_cmpuint (tensor->dimensions[1], ==, 3);
  g_assert_cmpmem (tensor->values, tensor->n_values * 4,
                   foc_safetensors_get (file, "first")->values, 6 * 4);

  g_assert_true (foc_safetensors_write (back, path, &error));
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

#define TENSOR(name, shape, begin, end)                                                  \
  "\"" name "\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":[" begin "," end \
  "]}"

/* What others write and we do not: any order, other dimensions, no metadata. */
static void
test_foreign (void)
{
  static const float values[] = { 1, 2, 3, 4, 5, 6, 7 };
  g_autoptr (FocSafetensors) file = NULL;
  g_autoptr (GError) error = NULL;

  write_file ("{" TENSOR ("b", "[1,2,1,2]", "12", "28") "," TENSOR (
                "scalar", "[]", "8", "12") "," TENSOR ("a", "[2]", "0", "8") "}  ",
              values, sizeof values);
  file = foc_safetensors_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (foc_safetensors_get (file, "b")->n_dimensions, ==, 4);
  g_assert_cmpfloat (foc_safetensors_get (file, "b")->values[3], ==, 7);
  g_assert_cmpfloat (foc_safetensors_get (file, "scalar")->values[0], ==, 3);
  g_assert_cmpfloat (foc_safetensors_get (file, "a")->values[1], ==, 2);
}

static void
test_hostile_headers (void)
{
  static const float values[] = { 1, 2, 3, 4 };
  static const char *const headers[] = {
    "",
    "[]",
    "{",
    "null",
    /* Places: overlapping, with gaps, beyond the end, before the beginning. */
    "{}",
    "{" TENSOR ("a", "[2]", "0", "8") "," TENSOR ("b", "[3]", "4", "16") "}",
    "{" TENSOR ("a", "[4]", "0", "16") "," TENSOR ("b", "[4]", "0", "16") "}",
    "{" TENSOR ("a", "[1]", "0", "4") "," TENSOR ("b", "[2]", "8", "16") "}",
    "{" TENSOR ("a", "[3]", "4", "16") "}",
    "{" TENSOR ("a", "[3]", "0", "12") "}",
    "{" TENSOR ("a", "[5]", "0", "20") "}",
    "{" TENSOR ("a", "[4]", "16", "0") "}",
    "{" TENSOR ("a", "[4]", "-16", "0") "}",
    "{" TENSOR ("a", "[4]", "0", "16.0") "}",
    "{" TENSOR ("a", "[4]", "0", "1e1") "}",
    "{" TENSOR ("a", "[4]", "\"0\"", "16") "}",
    "{" TENSOR ("a", "[4]", "0", "16,16") "}",
    "{" TENSOR ("a", "[4]", "9223372036854775804", "9223372036854775820") "}",
    "{" TENSOR ("a", "[4]", "18446744073709551612", "12") "}",
    "{" TENSOR ("a", "[1]", "0", "18446744073709551620") "}",
    /* Shapes: not of the length, negative, overflowing to it, too many. */
    "{" TENSOR ("a", "[3]", "0", "16") "}",
    "{" TENSOR ("a", "[-4]", "0", "16") "}",
    "{" TENSOR ("a", "[-2,-2]", "0", "16") "}",
    "{" TENSOR ("a", "[4.0]", "0", "16") "}",
    "{" TENSOR ("a", "4", "0", "16") "}",
    "{" TENSOR ("a", "[4,null]", "0", "16") "}",
    "{" TENSOR ("a", "[1,1,1,1,4]", "0", "16") "}",
    "{" TENSOR ("a", "[4611686018427387904,4]", "0", "0") "}",
    "{" TENSOR ("a", "[4611686018427387905]", "0", "4") "}",
    "{" TENSOR ("a", "[9223372036854775807,9223372036854775807]", "0", "4") "}",
    "{" TENSOR ("a", "[4294967296,4294967296,4]", "0", "16") "}",
    "{" TENSOR ("a", "[268435457]", "0", "1073741828") "}",
    /* Types and members. */
    "{\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}",
    "{\"a\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,16]}}",
    "{\"a\":{\"dtype\":32,\"shape\":[4],\"data_offsets\":[0,16]}}",
    "{\"a\":{\"shape\":[4],\"data_offsets\":[0,16]}}",
    "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,16]}}",
    "{\"a\":{\"dtype\":\"F32\",\"shape\":[4]}}",
    "{\"a\":[]}",
    "{\"a\":null}",
    /* Names. */
    "{" TENSOR ("a", "[2]", "0", "8") "," TENSOR ("a", "[2]", "8", "16") "}",
    "{" TENSOR ("a", "[2]", "0", "8") "," TENSOR ("\\u0061", "[2]", "8", "16") "}",
    "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
    "{\"__metadata__\":{\"k\":\"a\",\"k\":\"b\"}," TENSOR ("a", "[4]", "0", "16") "}",
    "{\"__metadata__\":{\"k\":1}," TENSOR ("a", "[4]", "0", "16") "}",
    "{\"__metadata__\":{\"k\":null}," TENSOR ("a", "[4]", "0", "16") "}",
    "{\"__metadata__\":[]," TENSOR ("a", "[4]", "0", "16") "}",
    "{\"__metadata__\":{}," TENSOR ("a", "[4]", "0", "16") "} x",
    "{\"__metadata__\":{\"k\":{\"k\":{}}}," TENSOR ("a", "[4]", "0", "16") "}",
  };
  static const float not_finite[] = { NAN, INFINITY, -INFINITY };

  write_file ("{" TENSOR ("a", "[4]", "0", "16") "}", values, sizeof values);
  {
    g_autoptr (FocSafetensors) file = foc_safetensors_read (path, NULL);

    g_assert_nonnull (file); /* or the others are refused for nothing */
  }

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      write_file (headers[i], values, sizeof values);
      check_refused ();
    }

  for (guint i = 0; i < G_N_ELEMENTS (not_finite); i++)
    {
      float numbers[] = { 1, 2, 3, not_finite[i] };

      write_file ("{" TENSOR ("a", "[4]", "0", "16") "}", numbers, sizeof numbers);
      check_refused ();
    }
}

static void
test_deep_nesting (void)
{
  GString *header = g_string_new ("{\"a\":");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (header, '[');
  write_file (header->str, "", 0);
  check_refused ();
  g_string_free (header, TRUE);
}

static void
test_huge_lengths (void)
{
  static const guint64 lengths[] = {
    9,
    100,
    FOC_LIMIT_SAFETENSORS_HEADER,
    FOC_LIMIT_SAFETENSORS_HEADER + 1,
    G_MAXUINT32,
    G_MAXINT64,
    G_MAXUINT64 - 8,
    G_MAXUINT64 - 7,
    G_MAXUINT64,
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint64 n = GUINT64_TO_LE (lengths[i]);
      char bytes[16] = { 0 };

      memcpy (bytes, &n, sizeof n);
      memcpy (bytes + 8, "{}      ", 8);
      g_assert_true (g_file_set_contents (path, bytes, sizeof bytes, NULL));
      check_refused ();
    }

  for (gsize length = 0; length < 8; length++)
    {
      g_assert_true (g_file_set_contents (path, "\2\0\0\0\0\0\0", (gssize) length, NULL));
      check_refused ();
    }
}

/* A file of another kind is told from one that was cut, however short it is. */
static void
test_kind (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *part;
  } rows[] = {
    { "", 0, "it is no safetensors file" },
    { "hello\n", 6, "it is no safetensors file" },
    { "A text of some length.\n", 23, "it is no safetensors file" },
    { "\2\0\0\0\0\0\0\0[]", 10, "it is no safetensors file" },
    { "\7\0\0\0\0\0\0\0{}", 10, "it ends too early" },
    { "\0\0\0\1\0\0\0\0{}", 10, "its header is too large" },
    { "\2\0\0\0\0\0\0\0{{", 10, "its header is damaged" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (
        g_file_set_contents (path, rows[i].bytes, (gssize) rows[i].length, NULL));
      g_assert_null (foc_safetensors_read (path, &error));
      g_assert_nonnull (strstr (error->message, rows[i].part));
    }
}

/* Each with a few kilobytes on the disk. */
static void
test_too_large (void)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_new ();
  g_autoptr (GError) error = NULL;
  GString *value = g_string_new (NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, (off_t) FOC_LIMIT_SAFETENSORS_BYTES + 1), ==, 0);
  check_refused ();

  /* What could not be read again is not written. */
  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  for (guint i = 0; i < FOC_LIMIT_SAFETENSORS_HEADER; i++)
    g_string_append_c (value, 'x');
  foc_safetensors_set (file, "key", value->str);
  g_string_free (value, TRUE);
  g_assert_false (foc_safetensors_write (file, path, &error));
  g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
  g_clear_error (&error);
  {
    g_autofree char *data = NULL;

    g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
    g_assert_cmpstr (data, ==, "old");
  }

  {
    /* By its numbers alone: nothing is read of them. */
    g_autoptr (FocSafetensors) large = foc_safetensors_new ();
    FocTensor *tensor;
    float value_of_one = 1.0f;

    foc_safetensors_add (large, "large", 1, 1, &value_of_one);
    tensor = g_ptr_array_index (large->tensors, 0);
    tensor->dimensions[1] = tensor->n_values = FOC_LIMIT_SAFETENSORS_BYTES / 4;
    g_assert_false (foc_safetensors_write (large, path, &error));
    g_assert_error (error, FOC_ERROR, FOC_ERROR_MODEL);
  }
}

/* Every length, and every bit of the header: refused, or valid; never anything
 * else. A flipped bit in a number may be valid. */
static void
test_damage (void)
{
  g_autoptr (FocSafetensors) file = make_contents ();
  g_autofree char *data = NULL;
  gsize length, header_end;
  guint n_refused = 0;

  g_assert_true (foc_safetensors_write (file, path, NULL));
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  header_end = 8 + (guint8) data[0] + 256u * (guint8) data[1];
  g_assert_cmpuint (header_end, <, length);

  for (gsize n = 0; n < length; n++)
    {
      g_assert_cmpint (truncate (path, (off_t) (length - n - 1)), ==, 0);
      check_refused ();
    }

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  for (gsize i = 0; i < length * 8; i++)
    {
      g_autoptr (FocSafetensors) damaged = NULL;
      g_autoptr (GError) error = NULL;

      test_file_flip (path, i);
      damaged = foc_safetensors_read (path, &error);
      test_file_flip (path, i);

      g_assert_true ((damaged == NULL) == (error != NULL));
      n_refused += damaged == NULL && i / 8 < header_end;
      for (guint t = 0; damaged != NULL && t < damaged->tensors->len; t++)
        {
          const FocTensor *tensor = g_ptr_array_index (damaged->tensors, t);

          for (gsize v = 0; v < tensor->n_values; v++)
            g_assert_true (isfinite (tensor->values[v]));
        }
    }
  /* Else than in metadata and the names of tensors few bits are free. */
  g_assert_cmpuint (n_refused, >, header_end * 8 / 2);
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_remove (path);
  g_assert_null (foc_safetensors_read (path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_null (foc_safetensors_read (folder, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
}

static void
test_faults (void)
{
  g_autoptr (FocSafetensors) file = make_contents ();
  guint nth = 0;
  gboolean written = FALSE;

  g_assert_true (g_file_set_contents (path, "old", 3, NULL));
  while (!written)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *data = NULL;

      foc_file_set_fault (++nth, ENOSPC);
      written = foc_safetensors_write (file, path, &error);
      foc_file_set_fault (0, 0);

      g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
      g_assert_cmpuint (test_folder_count (folder), ==, 1);
      if (!written)
        {
          g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
          g_assert_cmpstr (data, ==, "old");
        }
    }
  g_assert_cmpuint (nth, >, 5);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = test_folder_new ();
  path = g_build_filename (folder, "test.safetensors", NULL);

  g_test_add_func ("/safetensors/round-trip", test_round_trip);
  g_test_add_func ("/safetensors/foreign", test_foreign);
  g_test_add_func ("/safetensors/hostile-headers", test_hostile_headers);
  g_test_add_func ("/safetensors/deep-nesting", test_deep_nesting);
  g_test_add_func ("/safetensors/huge-lengths", test_huge_lengths);
  g_test_add_func ("/safetensors/kind", test_kind);
  g_test_add_func ("/safetensors/too-large", test_too_large);
  g_test_add_func ("/safetensors/damage", test_damage);
  g_test_add_func ("/safetensors/no-file", test_no_file);
  g_test_add_func ("/safetensors/faults", test_faults);

  status = g_test_run ();
  test_folder_delete (folder);
  g_free (folder);
  g_free (path);
  return status;
}
