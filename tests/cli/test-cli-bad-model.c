/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include "foc-preprocess.h"

#include <math.h>
#include <string.h>

/* Model files that are damaged, of another kind, or made to do harm: a sentence that
 * names the file, status 1, no crash. "d" and "r" are a data set and its run. */

static void
assert_refused (const void *data, gsize length, const char *reason)
{
  g_autoptr (CliResult) result = NULL;

  cli_write ("bad.safetensors", data, length);
  result = cli_run ("classify", "-m", "bad.safetensors", "d/faces/0.jpg", NULL);
  cli_assert_fails (result, 1, "bad.safetensors");
  if (reason != NULL)
    cli_assert_fails (result, 1, reason);
}

/* A file of this header and `n_values` zeros; each ' in the header stands for ". */
static GByteArray *
build (const char *header, gsize n_values)
{
  g_auto (GStrv) parts = g_strsplit (header, "'", -1);
  g_autofree char *text = g_strjoinv ("\"", parts);
  guint64 length = GUINT64_TO_LE (strlen (text));
  GByteArray *bytes = g_byte_array_new ();
  guint before;

  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  before = bytes->len;
  g_byte_array_set_size (bytes, before + (guint) (n_values * sizeof (float)));
  memset (bytes->data + before, 0, n_values * sizeof (float));

  return bytes;
}

static void
assert_header_refused (const char *header, gsize n_values, const char *reason)
{
  g_autoptr (GByteArray) bytes = build (header, n_values);

  g_test_message ("%.60s", header);
  assert_refused (bytes->data, bytes->len, reason);
}

static void
test_missing (void)
{
  g_autoptr (CliResult) missing = cli_run ("classify", "-m", "gone", "d", NULL);
  g_autoptr (CliResult) folder = cli_run ("classify", "-m", "d", "d", NULL);
  g_autoptr (CliResult) device = cli_run ("classify", "-m", "/dev/zero", "d", NULL);
  g_autoptr (CliResult) evaluated = cli_run ("evaluate", "gone", "d", NULL);
  g_autoptr (CliResult) of_folder = cli_run ("evaluate", "d", "d", NULL);

  cli_assert_fails (missing, 1, "“gone” could not be read: No such file");
  cli_assert_fails (folder, 1, "“d/model.safetensors” could not be read: No such file");
  cli_assert_fails (device, 1, "/dev/zero");
  cli_assert_fails (evaluated, 1, "“gone” could not be read: No such file");
  cli_assert_fails (of_folder, 1, "“d/model.safetensors” could not be read");
}

static void
test_truncated (void)
{
  static const gsize lengths[] = { 0, 1, 7, 8, 9, 100, 1000, 100000 };
  g_autofree guint8 *data = NULL;
  gsize length;

  cli_read ("r/model.safetensors", &data, &length);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    assert_refused (data, lengths[i], NULL);
  assert_refused (data, length - 1, "it ends too early");
  data = g_realloc (data, length + 1);
  data[length] = 0;
  assert_refused (data, length + 1, "its length does not fit its header");
}

/* Anywhere in length and header, and in a number. */
static void
test_bit_flipped (void)
{
  g_autofree guint8 *data = NULL;
  gsize length;
  guint n_refused = 0;

  cli_read ("r/model.safetensors", &data, &length);
  for (gsize bit = 0; bit < 800 * 8; bit += 149)
    {
      g_autoptr (CliResult) result = NULL;

      data[bit / 8] ^= (guint8) (1 << bit % 8);
      cli_write ("bad.safetensors", data, length);
      data[bit / 8] ^= (guint8) (1 << bit % 8);
      result = cli_run ("classify", "-m", "bad.safetensors", "d/faces/0.jpg", NULL);

      /* A letter of the optimiser's name may have changed: nobody sees that. */
      if (result->status == 0)
        cli_assert_silent (result);
      else
        cli_assert_fails (result, 1, "bad.safetensors");
      n_refused += result->status == 1;
    }
  g_assert_cmpuint (n_refused, >, 20);
}

static void
test_not_finite (void)
{
  static const float values[] = { NAN, INFINITY, -INFINITY };
  g_autofree guint8 *data = NULL;
  gsize length;

  cli_read ("r/model.safetensors", &data, &length);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      memcpy (data + length - 4 * (i + 1), &values[i], sizeof values[i]);
      assert_refused (data, length, "it has numbers that are not finite");
    }
}

/* Replaces text of the same length. */
static void
assert_replaced_refused (const char *from, const char *to, const char *reason)
{
  g_autofree guint8 *data = NULL;
  guint8 *place;
  gsize length;

  g_assert_cmpuint (strlen (from), ==, strlen (to));
  cli_read ("r/model.safetensors", &data, &length);
  place = memmem (data, length, from, strlen (from));
  g_assert_nonnull (place);
  memcpy (place, to, strlen (to));
  assert_refused (data, length, reason);
}

static void
test_other_versions (void)
{
  char other[] = FOC_PREPROCESS_ID;

  other[0] ^= 1;
  assert_replaced_refused ("face-or-comic-model-1", "face-or-comic-model-2",
                           "no model of this version of the program");
  assert_replaced_refused (FOC_PREPROCESS_ID, other, "prepared in a way");
}

static void
test_hostile_lengths (void)
{
  static const guint64 lengths[] = { G_MAXUINT64, G_MAXINT64, (guint64) 1 << 32, 1 << 21,
                                     1 << 20 };
  guint8 data[16] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint64 length = GUINT64_TO_LE (lengths[i]);

      memcpy (data, &length, sizeof length);
      assert_refused (data, sizeof data, NULL);
    }
}

#define META                                                                             \
  "'__metadata__':{'format':'face-or-comic-model-1','classes':'[\\'a\\',\\'b\\']'}"
#define LAYER(name, rows, columns, begin, end)                                           \
  "'" name "':{'dtype':'F32','shape':[" rows "," columns "],'data_offsets':[" begin      \
  "," end "]}"

static void
test_hostile_headers (void)
{
  assert_header_refused ("", 0, "it is no safetensors file");
  assert_header_refused ("[]", 0, "it is no safetensors file");
  assert_header_refused ("{", 0, "its header is damaged");
  assert_header_refused ("{}", 0, "(found: no tensor; expected: “layers.0.weight” [");
  assert_header_refused ("{'a':1}", 0, "its header is damaged");
  assert_header_refused ("{'a':{},'a':{}}", 0, "its header is damaged");
  assert_header_refused ("{'__metadata__':{'format':1}}", 0, "not all strings");

  /* Overlapping, with a gap, behind the end, backwards, beyond all numbers. */
  assert_header_refused ("{" META
                         "," LAYER ("layers.0.weight", "2", "2", "0", "16") "," LAYER (
                           "layers.1.weight", "2", "2", "8", "24") "}",
                         8, "do not lie one behind the other");
  assert_header_refused ("{" META "," LAYER ("layers.0.weight", "2", "2", "8", "24") "}",
                         6, "do not lie one behind the other");
  assert_header_refused ("{" META "," LAYER ("layers.0.weight", "2", "2", "0", "16") "}",
                         3, "it ends too early");
  assert_header_refused ("{" META "," LAYER ("layers.0.weight", "2", "2", "16", "0") "}",
                         4, "the place of a tensor");
  assert_header_refused (
    "{" META "," LAYER ("layers.0.weight", "4294967296", "4294967296", "0", "0") "}", 0,
    "a tensor is too large");
  assert_header_refused ("{" META "," LAYER ("layers.0.weight", "-2", "2", "0", "16") "}",
                         4, "the shape of a tensor");
  assert_header_refused (
    "{" META "," LAYER ("layers.0.weight", "2", "2", "0", "99999999999999999999") "}", 4,
    NULL);
  assert_header_refused ("{" META ",'layers.0.weight':{'dtype':'F16','shape':[2,2],"
                         "'data_offsets':[0,16]}}",
                         4, "another type than F32");
}

/* Whoever wrote the file is told what was found in it, and what was expected. */
static void
test_wrong_shapes (void)
{
  assert_header_refused ("{" META "," LAYER ("layers.0.weight", "2", "10", "0", "80") "}",
                         20,
                         "1728 numbers of a 24 × 24 picture (found: “layers.0.weight” "
                         "[2, 10]; expected: “layers.0.weight” [1…8192, 1728]).");
  assert_header_refused ("{" META "," LAYER ("fc1.weight", "2", "1728", "0", "13824") "}",
                         3456,
                         "(found: “fc1.weight” [2, 1728]; expected: "
                         "“layers.0.weight” [1…8192, 1728]).");
  assert_header_refused (
    "{" META "," LAYER ("layers.0.weight", "3", "1728", "0", "20736") "," LAYER (
      "layers.1.weight", "2", "4", "20736", "20768") "}",
    5192,
    "do not fit each other (found: “layers.1.weight” [2, 4]; expected: "
    "“layers.1.weight” [1…8192, 3]).");
  assert_header_refused (
    "{" META "," LAYER ("layers.0.weight", "2", "1728", "0", "13824") "," LAYER (
      "layers.0.bias", "1", "2", "13824", "13832") "}",
    3458,
    "(found: “layers.0.bias” [1, 2]; expected: “layers.1.weight” [1…8192, 2], or no "
    "more tensors).");
  assert_header_refused ("{" META
                         "," LAYER ("layers.0.weight", "3", "1728", "0", "20736") "}",
                         5184, "one for each output (found: 2; expected: 3).");
  assert_header_refused (
    "{" META "," LAYER ("layers.0.weight", "0", "1728", "0", "0") "}", 0,
    "do not fit each other (found: “layers.0.weight” [0, 1728]; ");
  /* Two classes of one name. */
  assert_header_refused ("{'__metadata__':{'classes':'[\\'a\\',\\'a\\']'}," LAYER (
                           "layers.0.weight", "2", "1728", "0", "13824") "}",
                         3456, "the same name");
}

/* json-glib would overrun its stack. */
static void
test_nested (void)
{
  g_autoptr (GString) header = g_string_new ("{'a':");

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (header, '[');
  assert_header_refused (header->str, 0, "its header is damaged");

  g_string_assign (header, "{'__metadata__':{'classes':'");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (header, '[');
  g_string_append (header,
                   "'}," LAYER ("layers.0.weight", "2", "1728", "0", "13824") "}");
  assert_header_refused (header->str, 3456, "does not name its classes");
}

#define NOTE                                                                              \
  "face-or-comic-cli: The model “good.safetensors” knows nothing about its training " \
  "pictures: whether it is sure is told by the probability alone.\n"

/* The smallest one that is right: what was refused above was refused for its reason. It
 * has no calibration, and that it knows no training pictures is said once, by every
 * command that takes a model. */
static void
test_accepted (void)
{
  g_autoptr (GByteArray) bytes =
    build ("{'__metadata__':{'format':'face-or-comic-model-1','classes':'[\\'comics\\',"
           "\\'faces\\']'}," LAYER ("layers.0.weight", "2", "1728", "0", "13824") "}",
           3456);
  g_autoptr (CliResult) classified = NULL;
  CliResult *others[3];
  g_autoptr (JsonNode) root = NULL;
  JsonObject *measured;

  cli_write ("good.safetensors", bytes->data, bytes->len);
  classified = cli_run ("classify", "-m", "good.safetensors", "d/faces/0.jpg",
                        "d/faces/1.jpg", NULL);
  cli_assert_ok (classified);
  g_assert_cmpstr (classified->err, ==, NOTE);
  g_assert_cmpstr (classified->out, ==,
                   "d/faces/0.jpg: not sure (comics 50.0 %)\n"
                   "d/faces/1.jpg: not sure (comics 50.0 %)\n");

  others[0] = cli_run ("explain", "-m", "good.safetensors", "d/faces/0.jpg", NULL);
  others[1] = cli_run ("export", "good.safetensors", "--format", "onnx", "-o", "x", NULL);
  others[2] = cli_run ("evaluate", "good.safetensors", "d", "--json", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const char *note = strstr (others[i]->err, NOTE);

      cli_assert_ok (others[i]);
      g_assert_nonnull (note);
      g_assert_null (strstr (note + 1, NOTE));
    }

  /* Of probabilities of a half none is sure. */
  root = cli_json (others[2]);
  measured = json_object_get_object_member (json_node_get_object (root), "result");
  g_assert_cmpint (json_object_get_int_member (measured, "answered"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (measured, "accuracy"), ==, 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    cli_result_free (others[i]);
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);
  {
    g_autoptr (CliResult) result = cli_run ("experiment", "d", "--output", "r", NULL);

    cli_assert_silent (result);
  }

  g_test_add_func ("/cli/bad-model/missing", test_missing);
  g_test_add_func ("/cli/bad-model/truncated", test_truncated);
  g_test_add_func ("/cli/bad-model/bit-flipped", test_bit_flipped);
  g_test_add_func ("/cli/bad-model/not-finite", test_not_finite);
  g_test_add_func ("/cli/bad-model/other-versions", test_other_versions);
  g_test_add_func ("/cli/bad-model/hostile-lengths", test_hostile_lengths);
  g_test_add_func ("/cli/bad-model/hostile-headers", test_hostile_headers);
  g_test_add_func ("/cli/bad-model/wrong-shapes", test_wrong_shapes);
  g_test_add_func ("/cli/bad-model/nested", test_nested);
  g_test_add_func ("/cli/bad-model/accepted", test_accepted);

  return cli_test_run ();
}
