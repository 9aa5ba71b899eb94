/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

/* The experiment on real pictures: FOC_TEST_IMAGES names a folder of class folders. */

static void
test_experiment (void)
{
  const char *images = g_getenv ("FOC_TEST_IMAGES");
  g_autoptr (CliResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *dataset, *split, *holdout;
  gint64 n;

  if (images == NULL || *images == '\0')
    {
      g_test_skip ("FOC_TEST_IMAGES names no pictures");
      return;
    }

  result = cli_run ("experiment", images, "--split", "stratified", "--preset",
                    "recommended", "--output", "r", "--json", NULL);
  cli_assert_silent (result);
  node = cli_json (result);
  dataset = json_object_get_object_member (json_node_get_object (node), "dataset");
  split = json_object_get_object_member (dataset, "split");
  holdout = json_object_get_object_member (json_node_get_object (node), "holdout");

  n = json_object_get_int_member (dataset, "images");
  g_assert_cmpint (n, >, 0);
  g_assert_cmpuint (
    json_array_get_length (json_object_get_array_member (dataset, "unreadable")), ==, 0);
  g_assert_cmpint (json_object_get_int_member (split, "train")
                     + json_object_get_int_member (split, "validation")
                     + json_object_get_int_member (split, "holdout"),
                   ==, n);
  g_test_message ("holdout accuracy %.4f",
                  json_object_get_double_member (holdout, "accuracy"));
  g_assert_cmpfloat (json_object_get_double_member (holdout, "accuracy"), >, 0.9);
}

/* The model that comes with the program, on such pictures as it may know. */
static void
test_shipped_model (void)
{
  const char *images = g_getenv ("FOC_TEST_IMAGES");
  const char *models = g_getenv ("FOC_TEST_MODELS");
  g_autoptr (CliResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *answers;
  guint n, n_right = 0, n_answered = 0, n_wrong = 0;

  if (images == NULL || *images == '\0')
    {
      g_test_skip ("FOC_TEST_IMAGES names no pictures");
      return;
    }

  result = cli_run ("classify", "--model", models, "--format", "json", images, NULL);
  cli_assert_silent (result);
  node = cli_json (result);
  answers = json_node_get_array (node);
  n = json_array_get_length (answers);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *answer = json_array_get_object_element (answers, i);
      g_autofree char *folder =
        g_path_get_dirname (json_object_get_string_member (answer, "file"));
      g_autofree char *class = g_path_get_basename (folder);
      gboolean right =
        g_str_equal (class, json_object_get_string_member (answer, "label"));

      n_right += right;
      if (!json_object_get_boolean_member (answer, "not_sure"))
        {
          n_answered++;
          n_wrong += !right;
        }
    }
  g_test_message ("of %u: %u right, %u answered, %u of these wrongly", n, n_right,
                  n_answered, n_wrong);
  g_assert_cmpuint (n_right, >, n * 9 / 10);
  g_assert_cmpuint (n_answered, >, n / 2);
  g_assert_cmpuint (n_wrong, <=, n * 3 / 100);
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);

  g_test_add_func ("/cli/real-pictures/experiment", test_experiment);

  g_test_add_func ("/cli/real-pictures/shipped-model", test_shipped_model);

  return cli_test_run ();
}
