/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <string.h>

/* Duplicates and leaks, and --group. */

#define EXPERIMENT                                                                       \
  "experiment", "d", "--epochs", "1", "--learning-rates", "0.01", "--output", "r"

/* 20 pictures a class, 0.jpg ... 19.jpg, of which the paper's split trains on 10 and
 * holds 6 out: a training picture is also a holdout picture, under a name that would
 * turn the colours of a terminal, and one of validation. Two others stand in one part. */
static void
make_data_set (void)
{
  cli_demo ("d", 20);
  cli_remove ("d/comics/19.jpg");
  cli_copy ("d/comics/1.jpg", "d/comics/19\033[31m.jpg");
  cli_copy ("d/comics/1.jpg", "d/comics/11.jpg");
  cli_copy ("d/faces/2.jpg", "d/faces/3.jpg");
}

static JsonObject *
get (JsonObject *object, const char *name)
{
  g_assert_true (json_object_has_member (object, name));
  return json_object_get_object_member (object, name);
}

static void
assert_count (JsonObject *object, const char *name, gint64 n)
{
  g_assert_true (json_object_has_member (object, name));
  g_assert_cmpint (json_object_get_int_member (object, name), ==, n);
}

/* What "leaks" says of three files in three parts. */
static void
check_leaks (JsonObject *leaks)
{
  static const char *const pairs[] = { "train-validation", "train-holdout",
                                       "validation-holdout" };
  JsonArray *groups = json_object_get_array_member (leaks, "groups");
  JsonObject *group = json_array_get_object_element (groups, 0);
  JsonArray *files = json_object_get_array_member (group, "files");

  assert_count (leaks, "exact", 1);
  assert_count (leaks, "near", 0);
  assert_count (leaks, "names", 0);
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      JsonObject *pair = get (get (leaks, "between"), pairs[i]);

      assert_count (pair, "exact", 1);
      assert_count (pair, "near", 0);
      assert_count (pair, "names", 0);
    }

  g_assert_cmpuint (json_array_get_length (groups), ==, 1);
  assert_count (leaks, "groups_left_out", 0);
  g_assert_cmpstr (json_object_get_string_member (group, "relation"), ==, "exact");
  g_assert_true (json_object_get_boolean_member (group, "leaks"));
  assert_count (group, "files_left_out", 0);
  g_assert_cmpuint (json_array_get_length (files), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "comics/1.jpg", "comics/11.jpg",
                                           "comics/19\033[31m.jpg" };
      static const char *const parts[] = { "train", "validation", "holdout" };
      JsonObject *file = json_array_get_object_element (files, i);

      g_assert_cmpstr (json_object_get_string_member (file, "file"), ==, names[i]);
      g_assert_cmpstr (json_object_get_string_member (file, "part"), ==, parts[i]);
    }
}

static void
test_scan (void)
{
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) json = NULL;
  g_autoptr (CliResult) grouped = NULL;
  g_autoptr (CliResult) grouped_json = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) grouped_node = NULL;
  JsonObject *root, *duplicates;
  JsonArray *groups;

  make_data_set ();
  text = cli_run ("scan", "d", NULL);
  cli_assert_silent (text);
  g_assert_nonnull (strstr (text->out, "2 groups the same file: 5 pictures"));
  g_assert_nonnull (strstr (text->out, "of one name in several classes: "));
  g_assert_nonnull (strstr (text->out, "Warning: related pictures"));
  g_assert_nonnull (
    strstr (text->out, "comics/1.jpg (train), comics/11.jpg (validation)"));
  g_assert_nonnull (strstr (text->out, "--group duplicates\n"));
  g_assert_null (strchr (text->out, '\033'));

  json = cli_run ("scan", "d", "--json", NULL);
  cli_assert_silent (json);
  node = cli_json (json);
  root = json_node_get_object (node);
  check_leaks (get (root, "leaks"));
  duplicates = get (root, "duplicates");
  assert_count (get (duplicates, "exact"), "groups", 2);
  assert_count (get (duplicates, "exact"), "images", 5);
  assert_count (get (duplicates, "near"), "groups", 0);
  assert_count (get (duplicates, "names"), "groups", 19);
  assert_count (duplicates, "groups_left_out", 0);
  groups = json_object_get_array_member (duplicates, "groups");
  g_assert_cmpuint (json_array_get_length (groups), ==, 21);
  g_assert_false (
    json_object_get_boolean_member (json_array_get_object_element (groups, 1), "leaks"));

  /* The three stand together now, and the parts are as large as before. */
  grouped = cli_run ("scan", "d", "--group", "duplicates", NULL);
  cli_assert_silent (grouped);
  g_assert_null (strstr (grouped->out, "the same file:\n"));
  g_assert_nonnull (
    strstr (grouped->out, "20 for training, 8 for validation, 12 held out"));
  grouped_json = cli_run ("scan", "d", "--group", "names,duplicates", "--json", NULL);
  cli_assert_silent (grouped_json);
  grouped_node = cli_json (grouped_json);
  root = get (json_node_get_object (grouped_node), "leaks");
  assert_count (root, "exact", 0);
  assert_count (root, "names", 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "groups")),
                    ==, 0);
  cli_remove ("d");
}

/* Of many groups, and of many files of one, the first are listed and all are counted. */
static void
check_many (const CliResult *result)
{
  g_autoptr (JsonNode) node = cli_json (result);
  JsonObject *leaks, *group;
  JsonArray *groups;

  cli_assert_silent (result);
  leaks = get (json_node_get_object (node), "leaks");
  groups = json_object_get_array_member (leaks, "groups");
  assert_count (leaks, "exact", 25);
  assert_count (get (get (leaks, "between"), "train-holdout"), "exact", 25);
  assert_count (leaks, "names", 36); /* of one name, but in classes of other sizes */
  assert_count (leaks, "groups_left_out", 25 - 20 + 36 - 20);
  g_assert_cmpuint (json_array_get_length (groups), ==, 40);
  group = json_array_get_object_element (groups, 0);
  assert_count (group, "files_left_out", 21);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (group, "files")),
                    ==, 100);
}

/* Each of 24 training pictures is also held out, and another one 120 times more. */
static void
test_many (void)
{
  g_autoptr (CliResult) scanned = NULL;
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) run = NULL;

  cli_demo ("d", 60);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *from = g_strdup_printf ("d/faces/%u.jpg", i);
      g_autofree char *to = g_strdup_printf ("d/faces/%u.jpg", 59 - i);

      cli_copy (from, to);
    }
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/comics/z%u.jpg", i);

      cli_copy ("d/comics/0.jpg", name);
    }

  scanned = cli_run ("scan", "d", "--shares", "4,2,4", "--json", NULL);
  check_many (scanned);
  run = cli_run (EXPERIMENT, "--shares", "4,2,4", "--json", NULL);
  check_many (run);
  text = cli_run ("scan", "d", "--shares", "4,2,4", NULL);
  cli_assert_silent (text);
  g_assert_nonnull (strstr (text->out, "    …\n"));
  cli_remove ("d");
  cli_remove ("r");
}

/* The model remembers how it was split; whatever the threads, its bits are the same. */
static void
test_experiment (void)
{
  g_autoptr (CliResult) plain = NULL;
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) other = NULL;
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autoptr (CliResult) resumed = NULL;
  g_autoptr (CliResult) evaluated = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) first_node = NULL;
  g_autoptr (JsonNode) evaluated_node = NULL;
  JsonObject *root;

  make_data_set ();
  plain = cli_run (EXPERIMENT, "--json", NULL);
  cli_assert_silent (plain);
  node = cli_json (plain);
  check_leaks (get (json_node_get_object (node), "leaks"));
  assert_count (get (json_node_get_object (node), "holdout"), "copies", 1);
  g_assert_false (
    json_object_has_member (get (json_node_get_object (node), "settings"), "group"));
  text = cli_run (EXPERIMENT, NULL);
  cli_assert_silent (text);
  g_assert_nonnull (strstr (text->out, "Warning: related pictures"));
  g_assert_nonnull (strstr (text->out, "1 picture of the holdout set is a copy, "));

  /* Another split is another run. */
  other = cli_run (EXPERIMENT, "--group", "duplicates", NULL);
  cli_assert_fails (other, 1, "“r”");
  cli_remove ("r");

  first = cli_run (EXPERIMENT, "--group", "duplicates", "--jobs", "1", "--json", NULL);
  cli_assert_silent (first);
  first_node = cli_json (first);
  root = json_node_get_object (first_node);
  g_assert_cmpstr (json_object_get_string_member (get (root, "settings"), "group"), ==,
                   "duplicates");
  assert_count (get (root, "leaks"), "exact", 0);
  g_assert_false (json_object_has_member (get (root, "holdout"), "copies"));
  resumed = cli_run (EXPERIMENT, "--group", "duplicates", "--json", NULL);
  cli_assert_same_model (first, resumed);
  evaluated = cli_run ("evaluate", "r", "d", "--json", NULL);
  cli_assert_silent (evaluated);
  evaluated_node = cli_json (evaluated);
  g_assert_cmpfloat (json_object_get_double_member (
                       get (json_node_get_object (evaluated_node), "result"), "accuracy"),
                     ==,
                     json_object_get_double_member (get (root, "holdout"), "accuracy"));
  assert_count (json_node_get_object (evaluated_node), "looks", 2);
  cli_remove ("r");
  second = cli_run (EXPERIMENT, "--group", "duplicates", "--jobs", "8", "--json", NULL);
  cli_assert_same_model (first, second);
  cli_remove ("d");
  cli_remove ("r");
}

static void
test_usage (void)
{
  static const char *const bad[] = { "", "all", "exact", "duplicates,", "none,names" };

  cli_demo ("d", 10);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CliResult) result = cli_run ("scan", "d", "--group", bad[i], NULL);

      cli_assert_fails (result, 2, "--group is “");
    }
  cli_remove ("d");
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/duplicates/scan", test_scan);
  g_test_add_func ("/cli/duplicates/many", test_many);
  g_test_add_func ("/cli/duplicates/experiment", test_experiment);
  g_test_add_func ("/cli/duplicates/usage", test_usage);

  return cli_test_run ();
}
