/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <math.h>
#include <string.h>

/* "explain": "r" is a run on "d". */

static double
get_number (JsonObject *object, const char *where, const char *name)
{
  return json_object_get_double_member (json_object_get_object_member (object, where),
                                        name);
}

/* The same answer as "classify" gives, and sums that are the shares'. */
static void
test_json (void)
{
  static const char *const channels[] = { "red", "green", "blue" };
  g_autoptr (CliResult) result =
    cli_run ("explain", "-m", "r", "d/faces/0.jpg", "--json", "--shares", NULL);
  g_autoptr (CliResult) short_result =
    cli_run ("explain", "-m", "r", "d/faces/0.jpg", "--json", NULL);
  g_autoptr (CliResult) classified =
    cli_run ("classify", "-m", "r", "d/faces/0.jpg", "--format", "json", NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) short_root = NULL;
  g_autoptr (JsonNode) classified_root = NULL;
  JsonObject *object, *answer, *other;
  JsonArray *shares;
  double sums[3] = { 0 }, positive = 0, negative = 0, difference;

  cli_assert_silent (result);
  cli_assert_silent (short_result);
  cli_assert_silent (classified);
  root = cli_json (result);
  object = json_node_get_object (root);
  shares = json_object_get_array_member (object, "shares");
  g_assert_cmpuint (json_array_get_length (shares), ==, 1728);
  for (guint i = 0; i < 1728; i++)
    {
      double share = json_array_get_double_element (shares, i);

      sums[i % 3] += share;
      positive += MAX (share, 0.0);
      negative += MIN (share, 0.0);
    }
  difference =
    get_number (object, "answer", "logit") - get_number (object, "runner_up", "logit");
  g_assert_cmpfloat (difference, >=, 0.0);
  for (guint c = 0; c < 3; c++)
    g_assert_cmpfloat_with_epsilon (get_number (object, "sums", channels[c]), sums[c],
                                    1e-9);
  g_assert_cmpfloat_with_epsilon (get_number (object, "sums", "positive"), positive,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (get_number (object, "sums", "negative"), negative,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (get_number (object, "sums", "difference"), difference,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (sums[0] + sums[1] + sums[2], difference, 1e-9);
  g_assert_cmpfloat (positive, >, 0.0);
  g_assert_cmpfloat (negative, <, 0.0);

  classified_root = cli_json (classified);
  other = json_array_get_object_element (json_node_get_array (classified_root), 0);
  answer = json_object_get_object_member (object, "answer");
  g_assert_cmpstr (json_object_get_string_member (answer, "label"), ==,
                   json_object_get_string_member (other, "label"));
  g_assert_cmpfloat (json_object_get_double_member (answer, "probability"), ==,
                     json_object_get_double_member (other, "probability"));
  g_assert_cmpint (json_object_get_boolean_member (object, "not_sure"), ==,
                   json_object_get_boolean_member (other, "not_sure"));

  short_root = cli_json (short_result);
  g_assert_false (json_object_has_member (json_node_get_object (short_root), "shares"));
}

static void
test_text (void)
{
  g_autoptr (CliResult) result =
    cli_run ("explain", "--model", "r/model.safetensors", "d/comics/1.jpg", NULL);
  g_autoptr (GRegex) regex = g_regex_new (
    "\\Ad/comics/1.jpg: (not sure: )?(comics|faces) \\([0-9.]+ %\\), logit "
    "[-0-9.]+\nRather than (comics|faces) \\([0-9.]+ %\\), logit [-0-9.]+\n"
    "Difference of the logits, and sum of the shares: [-0-9.]+\n"
    "Shares for the answer: \\+[0-9.]+, against it: -[0-9.]+\n"
    "Shares of red: [-+0-9.]+, green: [-+0-9.]+, blue: [-+0-9.]+\n"
    "Where a colour has its mean value over ImageNet, its share is zero.\n\\z",
    0, 0, NULL);

  cli_assert_silent (result);
  if (!g_regex_match (regex, result->out, 0, NULL))
    g_test_message ("%s", result->out);
  g_assert_true (g_regex_match (regex, result->out, 0, NULL));
}

static void
test_refused (void)
{
  g_autoptr (CliResult) gone = cli_run ("explain", "-m", "r", "gone.jpg", NULL);
  g_autoptr (CliResult) folder = cli_run ("explain", "-m", "r", "d", NULL);
  g_autoptr (CliResult) text = NULL;
  g_autoptr (CliResult) no_model =
    cli_run ("explain", "-m", "gone", "d/faces/0.jpg", NULL);
  g_autoptr (CliResult) bad_model =
    cli_run ("explain", "-m", "d/faces/1.jpg", "d/faces/0.jpg", "--json", NULL);

  cli_write ("text.jpg", "text", 4);
  text = cli_run ("explain", "-m", "r", "text.jpg", "--json", NULL);
  cli_assert_fails (gone, 1, "gone.jpg");
  cli_assert_fails (folder, 1, "“d”");
  cli_assert_fails (text, 1, "text.jpg");
  cli_assert_fails (no_model, 1, "“gone” could not be read: No such file");
  cli_assert_fails (bad_model, 1, "d/faces/1.jpg” cannot be used");
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

  g_test_add_func ("/cli/explain/json", test_json);
  g_test_add_func ("/cli/explain/text", test_text);
  g_test_add_func ("/cli/explain/refused", test_refused);

  return cli_test_run ();
}
