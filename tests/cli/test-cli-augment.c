/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <string.h>

/* --augment and --threshold: what they take, and where they appear. */

#define TRAIN "train", "d", "--learning-rate", "0.01", "--epochs", "1", "-o"
#define EXPERIMENT "experiment", "d", "--learning-rates", "0.01", "--epochs", "1"

static void
test_wrong (void)
{
  static const struct
  {
    const char *option, *value, *message;
  } rows[] = {
    { "--threshold", "1.1", "--threshold is “1.1”, but must be between 0 and 1." },
    { "--threshold", "-0.1", "--threshold is “-0.1”, but must be between 0 and 1." },
    { "--threshold", "nan", "--threshold is “nan”, but must be between 0 and 1." },
    { "--threshold", "inf", "--threshold is “inf”, but must be between 0 and 1." },
    { "--threshold", "80%", "--threshold is “80%”, which is no number." },
    { "--threshold", "0,8", "--threshold is “0,8”, which is no number." },
    { "--threshold", "", "--threshold is “”, which is no number." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *argument =
        g_strdup_printf ("%s=%s", rows[i].option, rows[i].value);
      g_autoptr (CliResult) train = cli_run (TRAIN, "m", argument, NULL);
      g_autoptr (CliResult) experiment =
        cli_run (EXPERIMENT, "--output", "r", argument, NULL);

      g_test_message ("%s", argument);
      cli_assert_fails (train, 2, rows[i].message);
      cli_assert_fails (experiment, 2, rows[i].message);
      if (g_str_equal (rows[i].option, "--threshold"))
        {
          g_autoptr (CliResult) classify = cli_run ("classify", argument, "d", NULL);

          cli_assert_fails (classify, 2, rows[i].message);
        }
    }
  g_assert_false (cli_exists ("m"));
  g_assert_false (cli_exists ("r"));
}

static JsonObject *
get_settings (JsonNode *root)
{
  JsonObject *object = json_node_get_object (root);

  return json_object_get_object_member (object, "settings");
}

static void
check_settings (JsonObject *settings, gboolean augment, double threshold)
{
  g_assert_cmpint (json_object_has_member (settings, "augment"), ==, augment);
  if (augment)
    g_assert_true (json_object_get_boolean_member (settings, "augment"));
  g_assert_cmpfloat (json_object_get_double_member (settings, "threshold"), ==,
                     threshold);
}

/* In the document of "train"; each is a training of its own. */
static void
test_train (void)
{
  g_autoptr (CliResult) plain = cli_run (TRAIN, "plain", "--json", NULL);
  g_autoptr (CliResult) augmented = cli_run (TRAIN, "m", "--augment", "--json", NULL);
  g_autoptr (CliResult) bold = cli_run (TRAIN, "m", "--threshold", "0", "--json", NULL);
  g_autoptr (CliResult) shy = cli_run (TRAIN, "m", "--threshold", "1", "--json", NULL);
  CliResult *const results[] = { plain, augmented, bold, shy };
  char *sums[G_N_ELEMENTS (results)];

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (JsonNode) root = NULL;

      cli_assert_silent (results[i]);
      root = cli_json (results[i]);
      check_settings (get_settings (root), i == 1, i == 2 ? 0.0 : i == 3 ? 1.0 : 0.8);
      sums[i] = cli_get_string (results[i], "model_sha256");
    }

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (sums[i], !=, sums[j]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_free (sums[i]);
}

/* In the document and in the record of a run, which is gone on with by the same settings
 * only. */
static void
test_run (void)
{
  static const char *const others[][4] = {
    { "--augment", "--threshold", "0.7", NULL },
    { "--augment", NULL },
    { "--threshold", "0.75", NULL },
  };
  g_autoptr (CliResult) first = cli_run (EXPERIMENT, "--output", "r", "--augment",
                                         "--threshold", "0.75", "--json", NULL);
  g_autoptr (CliResult) again = cli_run (EXPERIMENT, "--output", "r", "--threshold",
                                         "0.75", "--augment", "--json", NULL);
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (JsonNode) record = NULL;
  g_autofree guint8 *before = NULL;
  g_autofree guint8 *after = NULL;
  gsize n_before, n_after;

  cli_assert_silent (first);
  cli_assert_silent (again);
  cli_assert_same_model (first, again);
  document = cli_json (again);
  check_settings (get_settings (document), TRUE, 0.75);
  g_assert_true (
    json_object_get_boolean_member (json_node_get_object (document), "resumed"));
  cli_read ("r/run.json", &before, &n_before);
  record = json_from_string ((const char *) before, NULL);
  check_settings (get_settings (record), TRUE, 0.75);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (CliResult) other = cli_run (EXPERIMENT, "--output", "r", others[i][0],
                                             others[i][1], others[i][2], NULL);

      cli_assert_fails (other, 1, "“r” holds a run with other settings");
    }
  cli_read ("r/run.json", &after, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
  cli_remove ("r");
}

/* The threshold of "classify" goes before that of the model, and may be all or nothing. */
static void
test_classify (void)
{
  g_autoptr (CliResult) trained = cli_run (TRAIN, "m", "--threshold", "1", NULL);
  g_autoptr (CliResult) plain = cli_run ("classify", "-m", "m", "d/faces", NULL);
  g_autoptr (CliResult) one =
    cli_run ("classify", "-m", "m", "d/faces", "--threshold", "1", NULL);
  g_autoptr (CliResult) zero =
    cli_run ("classify", "-m", "m", "d/faces", "--threshold", "0", NULL);

  cli_assert_ok (trained);
  cli_assert_silent (plain);
  cli_assert_silent (one);
  cli_assert_silent (zero);
  g_assert_cmpstr (plain->out, ==, one->out);
  g_assert_null (strstr (plain->out, ": faces ("));
  g_assert_null (strstr (plain->out, ": comics ("));
  g_assert_cmpstr (plain->out, !=, zero->out);
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);

  g_test_add_func ("/cli/augment/wrong", test_wrong);
  g_test_add_func ("/cli/augment/train", test_train);
  g_test_add_func ("/cli/augment/run", test_run);
  g_test_add_func ("/cli/augment/classify", test_classify);

  return cli_test_run ();
}
