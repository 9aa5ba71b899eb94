/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <glib/gstdio.h>
#include <string.h>

/* What stays on the disk: runs, their looks at the holdout set, features. */

#define EXPERIMENT "experiment", "d", "--learning-rates", "0.01", "--epochs", "1,2"

static JsonObject *
get_root (JsonNode *node)
{
  return json_node_get_object (node);
}

static gboolean
is_resumed (const CliResult *result)
{
  g_autoptr (JsonNode) node = cli_json (result);

  return json_object_get_boolean_member (get_root (node), "resumed");
}

static void
test_again (void)
{
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) again = NULL;
  g_autoptr (CliResult) fresh = NULL;
  g_autoptr (CliResult) other = NULL;
  g_autoptr (CliResult) data = NULL;
  g_autofree guint8 *before = NULL, *after = NULL;
  gsize n_before, n_after;

  cli_demo ("d", 12);
  first = cli_run (EXPERIMENT, "--output", "r", "--json", NULL);
  cli_assert_silent (first);
  g_assert_false (is_resumed (first));
  g_assert_cmpuint (cli_count_files ("r", ""), ==, 2); /* record and model */

  /* The same once more: nothing is trained or looked at again, and what a kill had
   * left behind goes. */
  cli_read ("r/run.json", &before, &n_before);
  cli_write ("r/checkpoint-0.safetensors", "left behind", 11);
  again = cli_run (EXPERIMENT, "--output", "r", "--json", NULL);
  cli_assert_silent (again);
  g_assert_true (is_resumed (again));
  cli_assert_same_model (first, again);
  cli_read ("r/run.json", &after, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
  g_assert_cmpuint (cli_count_files ("r", ""), ==, 2);

  /* Other settings, or other data, do not go over it. */
  other = cli_run (EXPERIMENT, "--output", "r", "--seed", "2", NULL);
  cli_assert_fails (other, 1, "“r” holds a run with other settings");
  g_clear_pointer (&other, cli_result_free);
  cli_copy ("d/faces/0.jpg", "d/faces/100.jpg");
  data = cli_run (EXPERIMENT, "--output", "r", NULL);
  cli_assert_fails (data, 1, "“r” holds a run with other settings, on other data");
  cli_remove ("d/faces/100.jpg");
  g_clear_pointer (&after, g_free);
  cli_read ("r/run.json", &after, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);

  /* Unless that is what was asked for. */
  fresh = cli_run (EXPERIMENT, "--output", "r", "--fresh", "--json", NULL);
  cli_assert_silent (fresh);
  g_assert_false (is_resumed (fresh));
  cli_assert_same_model (first, fresh);
  other = cli_run (EXPERIMENT, "--output", "r", "--fresh", "--seed", "2", NULL);
  cli_assert_silent (other);

  cli_remove ("d");
  cli_remove ("r");
}

/* A model that went missing is made again; one that was changed is not gone over. */
static void
test_lost_model (void)
{
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) missing = NULL;
  g_autoptr (CliResult) damaged = NULL;
  g_autoptr (CliResult) classified = NULL;

  cli_demo ("d", 12);
  first = cli_run (EXPERIMENT, "--output", "r", "--json", NULL);
  cli_assert_silent (first);

  cli_remove ("r/model.safetensors");
  missing = cli_run (EXPERIMENT, "--output", "r", "--json", NULL);
  cli_assert_silent (missing);
  cli_assert_same_model (first, missing);

  cli_write ("r/model.safetensors", "gone", 4);
  damaged = cli_run (EXPERIMENT, "--output", "r", "--json", NULL);
  cli_assert_fails (damaged, 1, "r/model.safetensors” is not the model");
  g_clear_pointer (&damaged, cli_result_free);
  cli_remove ("r/model.safetensors");
  damaged = cli_run (EXPERIMENT, "--output", "r", "--json", NULL);
  cli_assert_silent (damaged);
  cli_assert_same_model (first, damaged);
  g_assert_cmpuint (cli_count_files ("r", ""), ==, 2);

  classified = cli_run ("classify", "-m", "r", "d", NULL);
  cli_assert_silent (classified);
  cli_remove ("d");
  cli_remove ("r");
}

static void
test_output_taken (void)
{
  g_autoptr (CliResult) occupied = NULL;
  g_autoptr (CliResult) file = NULL;
  g_autoptr (CliResult) below = NULL;

  cli_demo ("d", 12);
  cli_write ("diary/today.txt", "dear", 4);
  occupied = cli_run (EXPERIMENT, "--output", "diary", NULL);
  cli_assert_fails (occupied, 1, "“diary” holds other files");
  g_clear_pointer (&occupied, cli_result_free);
  occupied = cli_run (EXPERIMENT, "--output", "diary", "--fresh", NULL);
  cli_assert_fails (occupied, 1, "“diary” holds other files");
  g_assert_cmpuint (cli_count_files ("diary", ""), ==, 1);

  file = cli_run (EXPERIMENT, "--output", "diary/today.txt", NULL);
  cli_assert_fails (file, 1, "today.txt");
  below = cli_run (EXPERIMENT, "--output", "diary/today.txt/run", NULL);
  cli_assert_fails (below, 1, "today.txt");
  cli_remove ("d");
  cli_remove ("diary");
}

/* Bytes of any file in and below the folder that hold `needle`. */
static gboolean
is_mentioned (const char *path, const char *needle)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *full = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_test (full, G_FILE_TEST_IS_DIR))
        {
          if (is_mentioned (full, needle))
            return TRUE;
          continue;
        }
      g_assert_true (g_file_get_contents (full, &data, &length, NULL));
      if (memmem (data, length, needle, strlen (needle)) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Without --output the run is among the user's runs, features are in the user's cache,
 * and neither says where anything is. */
static void
test_places (void)
{
  g_autofree char *here = cli_path ("");
  g_autofree char *data_set = cli_path ("d");
  g_autofree char *runs = cli_path ("data/face-or-comic/runs");
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autoptr (CliResult) evaluated = NULL;
  g_autofree char *model = NULL, *next_model = NULL;
  g_autoptr (JsonNode) node = NULL;

  cli_remove ("data");
  cli_remove ("cache");
  cli_demo ("d", 12);
  first = cli_run ("experiment", data_set, "--epochs", "1", "--json", NULL);
  cli_assert_silent (first);
  model = cli_get_string (first, "model");
  g_assert_true (g_str_has_prefix (model, runs));
  g_assert_cmpuint (cli_count_files ("data/face-or-comic/runs", "run.json"), ==, 1);
  g_assert_cmpuint (cli_count_files ("cache/face-or-comic/features", ".focf"), ==, 1);
  g_assert_cmpuint (cli_count_files ("cache", ""), ==, 1);
  g_assert_false (is_mentioned (runs, here));

  /* A finished run is not gone on with: the next is a run of its own. */
  second = cli_run ("experiment", data_set, "--epochs", "1", "--json", NULL);
  cli_assert_silent (second);
  next_model = cli_get_string (second, "model");
  g_assert_cmpstr (model, !=, next_model);
  cli_assert_same_model (first, second);
  g_assert_cmpuint (cli_count_files ("data/face-or-comic/runs", "run.json"), ==, 2);

  /* A copy of the model is known by its bytes: the look counts in its run. */
  g_rename (model, next_model);
  evaluated = cli_run ("evaluate", next_model, data_set, "--json", NULL);
  cli_assert_silent (evaluated);
  node = cli_json (evaluated);
  g_assert_cmpint (json_object_get_int_member (get_root (node), "looks"), ==, 2);

  cli_remove ("d");
  cli_remove ("data");
}

/* An unfinished run among the user's runs is found again; what cannot be read there is
 * none. */
static void
test_unfinished (void)
{
  static const char broken[] = "data/face-or-comic/runs/broken/run.json";
  g_autoptr (CliResult) begun = NULL;
  g_autoptr (CliResult) finished = NULL;
  g_autofree char *model = NULL;

  cli_demo ("d", 12);
  cli_write (broken, "{", 1);
  cli_write ("data/face-or-comic/runs/file", "x", 1);
  begun = cli_run (EXPERIMENT, "--output", "r", "--json", NULL);
  cli_assert_silent (begun);

  /* As if it had been killed before the holdout set was looked at. */
  {
    g_autofree guint8 *data = NULL;
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_autofree char *text = NULL;
    gsize length;

    cli_read ("r/run.json", &data, &length);
    json_parser_load_from_data (parser, (const char *) data, (gssize) length, NULL);
    json_object_remove_member (json_node_get_object (json_parser_get_root (parser)),
                               "holdout");
    text = json_to_string (json_parser_get_root (parser), FALSE);
    cli_write ("data/face-or-comic/runs/unfinished/run.json", text, strlen (text));
    cli_copy ("r/model.safetensors",
              "data/face-or-comic/runs/unfinished/model.safetensors");
  }
  finished = cli_run (EXPERIMENT, "--json", NULL);
  cli_assert_silent (finished);
  g_assert_true (is_resumed (finished));
  cli_assert_same_model (begun, finished);
  model = cli_get_string (finished, "model");
  g_assert_true (g_str_has_suffix (model, "/unfinished/model.safetensors"));

  cli_remove ("d");
  cli_remove ("r");
  cli_remove ("data");
}

static double
evaluate (const char *model, const char *part, guint n, guint looks)
{
  g_autoptr (CliResult) result =
    cli_run ("evaluate", model, "d", "--split", part, "--json", NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *of_part;
  JsonArray *rows;
  guint total = 0;

  /* What a model of a run has learnt from is said. */
  cli_assert_ok (result);
  g_assert_cmpint (strstr (result->err, "has learnt from pictures") != NULL, ==,
                   !g_str_equal (part, "holdout"));
  node = cli_json (result);
  g_assert_cmpstr (json_object_get_string_member (get_root (node), "part"), ==, part);
  g_assert_cmpint (json_object_get_int_member_with_default (get_root (node), "looks", 0),
                   ==, looks);
  of_part = json_object_get_object_member (get_root (node), "result");
  rows = json_object_get_array_member (of_part, "confusion");
  for (guint i = 0; i < 4; i++)
    total += (guint) json_array_get_int_element (
      json_array_get_array_element (rows, i / 2), i % 2);
  g_assert_cmpuint (total, ==, n);

  return json_object_get_double_member (of_part, "accuracy");
}

/* Each look at the holdout set of a known run is counted, and stays so. */
static void
test_looks (void)
{
  g_autoptr (CliResult) run = NULL;
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) again = NULL;
  g_autoptr (CliResult) other = NULL;
  g_autoptr (CliResult) changed = NULL;
  g_autoptr (JsonNode) node = NULL;
  double accuracy;

  cli_demo ("d", 20);
  run = cli_run (EXPERIMENT, "--output", "r", "--split", "stratified", "--shares",
                 "2,1,2", "--json", NULL);
  cli_assert_silent (run);
  node = cli_json (run);
  accuracy = json_object_get_double_member (
    json_object_get_object_member (get_root (node), "holdout"), "accuracy");

  /* On the split of the run, without being told. The folder stands for its model. */
  evaluate ("r/model.safetensors", "train", 16, 0);
  evaluate ("r", "validation", 8, 0);
  g_assert_cmpfloat (evaluate ("r/model.safetensors", "holdout", 16, 2), ==, accuracy);
  evaluate ("r", "all", 40, 3);
  text = cli_run ("evaluate", "r", "d", NULL);
  cli_assert_silent (text);
  g_assert_true (g_str_has_prefix (text->out, "Holdout set, 16 pictures:\nAccuracy "));
  g_assert_nonnull (strstr (text->out, "looked at 4 times"));

  again = cli_run (EXPERIMENT, "--output", "r", "--split", "stratified", "--shares",
                   "2,1,2", NULL);
  cli_assert_silent (again);
  g_assert_nonnull (strstr (again->out, "looked at 4 times"));

  /* Not by other names for its pictures either. */
  other = cli_run ("evaluate", "r", "d", "--split", "validation", "--shares", "1,18,1",
                   "--json", NULL);
  cli_assert_ok (other);
  g_assert_nonnull (strstr (other->err, "split of its own"));
  g_assert_nonnull (strstr (other->out, "\"looks\": 5"));

  /* Nor when there is a picture fewer: which ones they are is not known any more. */
  cli_remove ("d/comics/3.jpg");
  changed = cli_run ("evaluate", "r", "d", "--split", "train", "--json", NULL);
  cli_assert_ok (changed);
  g_assert_nonnull (strstr (changed->err, "not any more, the data set"));
  g_assert_nonnull (strstr (changed->out, "\"looks\": 6"));
  cli_remove ("d");
  cli_remove ("r");
}

/* A model of nobody's run knows its split all the same; measured otherwise, that is said. */
static void
test_evaluate_others (void)
{
  g_autoptr (CliResult) trained = NULL;
  g_autoptr (CliResult) own = NULL;
  g_autoptr (CliResult) holdout = NULL;
  g_autoptr (CliResult) validation = NULL;
  g_autoptr (CliResult) classes = NULL;

  cli_demo ("d", 20);
  trained =
    cli_run ("train", "d", "--learning-rate", "0.01", "--epochs", "1", "-o", "m", NULL);
  cli_assert_silent (trained);
  g_assert_nonnull (strstr (trained->out, "Validation set, 8 pictures:"));
  own = cli_run ("evaluate", "m", "d", NULL);
  cli_assert_silent (own);
  g_assert_true (g_str_has_prefix (own->out, "Holdout set, 12 pictures:"));
  holdout = cli_run ("evaluate", "m", "d", "--shares", "1,1,8", NULL);
  cli_assert_ok (holdout);
  g_assert_nonnull (strstr (holdout->err, "split of its own"));
  g_assert_true (g_str_has_prefix (holdout->out, "Holdout set, 32 pictures:"));
  /* Looks at it are counted all the same. */
  g_assert_null (strstr (own->out, "looked"));
  g_assert_nonnull (strstr (holdout->out, "looked at 2 times"));
  validation = cli_run ("evaluate", "m", "d", "--split", "validation", NULL);
  cli_assert_silent (validation);
  g_assert_null (strstr (validation->out, "looked"));

  cli_demo ("e", 2);
  {
    g_autofree char *from = cli_path ("e/comics"), *to = cli_path ("e/drawings");

    g_rename (from, to);
  }
  classes = cli_run ("evaluate", "m", "e", NULL);
  cli_assert_fails (classes, 1, "comics, faces");
  cli_remove ("d");
  cli_remove ("e");
}

/* A split of few pictures can leave a part without any. */
static void
test_evaluate_nothing (void)
{
  g_autoptr (CliResult) trained = NULL;
  g_autoptr (CliResult) result = NULL;

  cli_demo ("d", 20);
  trained =
    cli_run ("train", "d", "--learning-rate", "0.01", "--epochs", "1", "-o", "m", NULL);
  cli_assert_silent (trained);
  cli_demo ("e", 1);
  result = cli_run ("evaluate", "m", "e", "--split", "validation", NULL);
  cli_assert_fails (result, 1, "“validation”");
  cli_remove ("d");
  cli_remove ("e");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/runs/again", test_again);
  g_test_add_func ("/cli/runs/lost-model", test_lost_model);
  g_test_add_func ("/cli/runs/output-taken", test_output_taken);
  g_test_add_func ("/cli/runs/places", test_places);
  g_test_add_func ("/cli/runs/unfinished", test_unfinished);
  g_test_add_func ("/cli/runs/looks", test_looks);
  g_test_add_func ("/cli/runs/evaluate-others", test_evaluate_others);
  g_test_add_func ("/cli/runs/evaluate-nothing", test_evaluate_nothing);

  return cli_test_run ();
}
