/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include "foc-preprocess.h"
#include "foc-rng.h"

#include <string.h>
#include <unistd.h>

/* Records, checkpoints and feature stores that are damaged or made to do harm: one
 * sentence, the right status, nothing lost, and the same model in the end. "d" and "r"
 * are a data set and its run. */

#define EXPERIMENT "experiment", "d", "--output", "r", "--json"

static char *right_model; /* its SHA-256 */

/* A record that is refused stays as it is. */
static void
assert_record_refused (const void *data, gsize length, const char *reason)
{
  g_autoptr (CliResult) result = NULL;
  g_autofree guint8 *after = NULL;
  gsize n_after;

  cli_write ("r/run.json", data, length);
  result = cli_run (EXPERIMENT, NULL);
  cli_assert_fails (result, 1, "“r/run.json” cannot be used: ");
  cli_assert_fails (result, 1, reason);
  cli_read ("r/run.json", &after, &n_after);
  g_assert_cmpmem (data, length, after, n_after);
}

static void
assert_replaced_refused (const char *from, const char *to, const char *reason)
{
  g_autofree guint8 *data = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_test_message ("%s", to);
  cli_read ("good.json", &data, &length);
  parts = g_strsplit ((const char *) data, from, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  text = g_strjoinv (to, parts);
  assert_record_refused (text, strlen (text), reason);
}

static void
test_record (void)
{
  static const char missing[] = "something in it is missing or out of range";
  static const gsize lengths[] = { 0, 1, 100, 1000 };
  g_autofree guint8 *data = NULL;
  g_autoptr (GString) nested = g_string_new ("{\"a\":");
  g_autoptr (CliResult) fresh = NULL;
  gsize length;

  cli_copy ("r/run.json", "good.json");
  cli_read ("r/run.json", &data, &length);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    assert_record_refused (data, lengths[i], "its JSON is damaged");
  assert_record_refused (data, length - 3, "its JSON is damaged");

  assert_replaced_refused ("face-or-comic-run-2", "face-or-comic-run-3", "version");
  assert_replaced_refused ("\"format\"", "\"created\"", "a name stands twice");
  assert_replaced_refused ("\"batch_size\": 64", "\"batch_size\": 0", missing);
  assert_replaced_refused ("\"batch_size\": 64", "\"batch_size\": NaN", "damaged");
  assert_replaced_refused ("\"batch_size\": 64", "\"batch_size\": 1e999", missing);
  assert_replaced_refused ("\"optimizer\": \"sgd\"", "\"optimizer\": \"\"", missing);
  assert_replaced_refused ("\"shares\": [", "\"shares\": [ 1, 2, 3, ", missing);
  assert_replaced_refused ("\"classes\": [", "\"classes\": [ [], ", missing);
  assert_replaced_refused ("\"confusion\": [", "\"confusion\": [ [ 1 ], ", missing);
  assert_replaced_refused ("\"looks\": 1", "\"looks\": -1", missing);
  assert_replaced_refused ("\"trajectories\": [", "\"trajectories\": [ 7, ", missing);
  assert_replaced_refused ("\"best\": {", "\"best\": [], \"worst\": {", missing);

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (nested, '[');
  assert_record_refused (nested->str, nested->len, "nested too deeply");

  /* Where it is asked for, the broken record gives way. */
  fresh = cli_run (EXPERIMENT, "--fresh", NULL);
  cli_assert_model (fresh, right_model);
}

static void
test_record_bit_flipped (void)
{
  g_autofree guint8 *data = NULL;
  gsize length;

  cli_read ("r/run.json", &data, &length);
  for (gsize bit = 3; bit < length * 8; bit += length / 3 + 1)
    {
      g_autoptr (CliResult) result = NULL;

      data[bit / 8] ^= (guint8) (1 << bit % 8);
      cli_write ("r/run.json", data, length);
      data[bit / 8] ^= (guint8) (1 << bit % 8);
      result = cli_run (EXPERIMENT, NULL);

      /* It may be valid still: a digit of the time, say. */
      g_assert_cmpint (result->status, <=, 1);
      if (result->status == 1)
        cli_assert_fails (result, 1, "“r");
    }
  cli_write ("r/run.json", data, length);
}

/* A sparse file that claims to be a record. */
static void
test_record_too_large (void)
{
  g_autofree char *path = cli_path ("r/run.json");
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) fresh = NULL;

  g_assert_no_errno (truncate (path, 100 * 1024 * 1024));
  result = cli_run (EXPERIMENT, NULL);
  cli_assert_fails (result, 1, "“r/run.json” is larger than the 64.0");
  fresh = cli_run (EXPERIMENT, "--fresh", NULL);
  cli_assert_model (fresh, right_model);
}

/* One that does not fit is as good as none. */
static void
test_checkpoint (void)
{
  static const char *const contents[] = { "", "not a checkpoint", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (CliResult) result = NULL;

      cli_remove ("s");
      for (guint c = 0; c < 3; c++)
        {
          g_autofree char *checkpoint =
            g_strdup_printf ("s/checkpoint-%u.safetensors", c);
          g_autofree char *cell = g_strdup_printf ("s/cell-%u.safetensors", c);

          if (contents[i] != NULL)
            {
              cli_write (checkpoint, contents[i], strlen (contents[i]));
              cli_write (cell, contents[i], strlen (contents[i]));
            }
          else
            {
              cli_copy ("r/model.safetensors", checkpoint);
              cli_copy ("r/model.safetensors", cell);
            }
        }
      /* The record says that this is a run's folder. */
      {
        g_autofree guint8 *data = NULL;
        g_autoptr (JsonParser) parser = json_parser_new ();
        g_autofree char *text = NULL;
        JsonObject *root;
        gsize length;

        cli_read ("r/run.json", &data, &length);
        json_parser_load_from_data (parser, (const char *) data, (gssize) length, NULL);
        root = json_node_get_object (json_parser_get_root (parser));
        json_object_remove_member (root, "holdout");
        json_object_remove_member (root, "final");
        json_object_remove_member (root, "certainty");
        json_object_remove_member (root, "validation");
        json_object_remove_member (root, "trajectories");
        text = json_to_string (json_parser_get_root (parser), FALSE);
        cli_write ("s/run.json", text, strlen (text));
      }
      result = cli_run ("experiment", "d", "--output", "s", "--json", NULL);
      cli_assert_model (result, right_model);
      g_assert_cmpuint (cli_count_files ("s", ""), ==, 2);
    }
}

static char *
find_store (void)
{
  g_autofree char *folder = cli_path ("cache/face-or-comic/features");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      return g_build_filename ("cache/face-or-comic/features", name, NULL);
  g_assert_not_reached ();
}

/* Such a store is told of and built again. */
static void
assert_built_again (const void *data, gsize length, const char *reason)
{
  g_autofree char *store = find_store ();
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) again = NULL;

  g_test_message ("%s", reason);
  cli_write (store, data, length);
  result = cli_run ("experiment", "d", "--output", "t", "--fresh", "--json", NULL);
  /* --fresh does not even look at it. */
  cli_assert_model (result, right_model);
  g_assert_cmpstr (result->err, ==, "");

  cli_write (store, data, length);
  cli_remove ("t");
  again = cli_run ("experiment", "d", "--output", "t", "--json", NULL);
  cli_assert_model (again, right_model);
  g_assert_nonnull (strstr (again->err, reason));
  g_assert_true (g_str_has_suffix (again->err, ". It was built again.\n"));
  g_assert_cmpuint (cli_count_files ("cache", ""), ==, 1);
}

/* As the format has it: eight bytes at the end of the header are a checksum of it. */
static void
set_header (guint8 *data, gsize offset, guint32 value)
{
  guint64 hash;

  memcpy (data + offset, &value, sizeof value);
  hash = foc_hash (data, 120, 1);
  memcpy (data + 120, &hash, sizeof hash);
}

static void
test_store (void)
{
  static const gsize lengths[] = { 0, 10, 127, 128, 1000 };
  g_autofree char *store = find_store ();
  g_autofree guint8 *good = NULL, *bad = NULL;
  g_autoptr (CliResult) silent = NULL;
  gsize length;

  cli_read (store, &good, &length);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    assert_built_again (good, lengths[i], lengths[i] < 128 ? "ends too early" : "length");
  assert_built_again (good, length - 1, "it has not the length");

#define ASSERT_CHANGED(change, reason)                                                   \
  G_STMT_START                                                                           \
  {                                                                                      \
    bad = g_memdup2 (good, length);                                                      \
    change;                                                                              \
    assert_built_again (bad, length, reason);                                            \
    g_clear_pointer (&bad, g_free);                                                      \
  }                                                                                      \
  G_STMT_END

  ASSERT_CHANGED (bad[0] ^= 1, "it is no feature store");
  ASSERT_CHANGED (bad[40] ^= 4, "its header is damaged");
  ASSERT_CHANGED (bad[128 + 16] ^= 1, "its table is damaged");
  ASSERT_CHANGED (set_header (bad, 8, 0x04030201), "another byte order");
  ASSERT_CHANGED (set_header (bad, 12, 2), "another version");
  ASSERT_CHANGED (set_header (bad, 16, 0), "it has not the length");
  ASSERT_CHANGED (set_header (bad, 16, 100000000), "it has not the length");
  ASSERT_CHANGED (set_header (bad, 16, G_MAXUINT32), "its header is damaged");
  ASSERT_CHANGED (set_header (bad, 20, 0), "its table is damaged");
  ASSERT_CHANGED (set_header (bad, 20, G_MAXUINT32), "its header is damaged");
  ASSERT_CHANGED (set_header (bad, 24, 1), "its header is damaged");
  ASSERT_CHANGED (set_header (bad, 32, 7), "it belongs to another data set");

  cli_remove ("t");
  silent = cli_run ("experiment", "d", "--output", "t", NULL);
  cli_assert_silent (silent);
}

/* A row is seen when it is read: an error, and the next start is fine. */
static void
test_store_row (void)
{
  g_autofree char *store = find_store ();
  g_autofree guint8 *data = NULL;
  g_autoptr (CliResult) refused = NULL;
  g_autoptr (CliResult) again = NULL;
  gsize length;

  cli_read (store, &data, &length);
  data[128 + 24 * 32 + FOC_N_FEATURES / 2] ^= 1;
  cli_write (store, data, length);
  cli_remove ("t");
  refused = cli_run ("experiment", "d", "--output", "t", "--json", NULL);
  cli_assert_fails (refused, 1, "a row of it is damaged");
  again = cli_run ("experiment", "d", "--output", "t", "--json", NULL);
  cli_assert_model (again, right_model);
  g_assert_cmpstr (again->err, ==, "");
}

int
main (int argc, char *argv[])
{
  int status;

  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);
  {
    g_autoptr (CliResult) result = cli_run (EXPERIMENT, NULL);

    cli_assert_silent (result);
    right_model = cli_get_string (result, "model_sha256");
  }

  g_test_add_func ("/cli/bad-run/record", test_record);
  g_test_add_func ("/cli/bad-run/record-bit-flipped", test_record_bit_flipped);
  g_test_add_func ("/cli/bad-run/record-too-large", test_record_too_large);
  g_test_add_func ("/cli/bad-run/checkpoint", test_checkpoint);
  g_test_add_func ("/cli/bad-run/store", test_store);
  g_test_add_func ("/cli/bad-run/store-row", test_store_row);

  status = cli_test_run ();
  g_free (right_model);
  return status;
}
