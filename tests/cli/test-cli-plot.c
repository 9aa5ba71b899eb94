/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include <math.h>
#include <string.h>

/* "plot": files of each kind in each format, and numbers that are those of the record.
 * "r" is a run on "d" with a learning rate that diverges. */

static const char *const kinds[] = { "loss", "accuracy", "roc", "confusion",
                                     "calibration" };

/* One thread draws, in libraries whose locks ThreadSanitizer does not see. */
static gboolean
may_draw (void)
{
#ifdef __SANITIZE_THREAD__
  g_test_skip ("the libraries that draw are not made for ThreadSanitizer");
  return FALSE;
#else
  return TRUE;
#endif
}

static JsonObject *
read_record (JsonNode **root, const char *name)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *data = NULL;
  gsize length;

  cli_read (name, &data, &length);
  json_parser_load_from_data (parser, (const char *) data, (gssize) length, &error);
  g_assert_no_error (error);
  *root = json_parser_steal_root (parser);
  return json_node_get_object (*root);
}

/* Rows of fields (GStrv), as RFC 4180 has them; the first is the line of names. */
static GPtrArray *
parse_csv (const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();

  while (*text != '\0')
    {
      g_autoptr (GString) field = g_string_new (NULL);

      if (*text == '"')
        for (text++; *text != '"' || *++text == '"'; text++)
          {
            g_assert_cmpint (*text, !=, '\0');
            g_string_append_c (field, *text);
          }
      else
        for (; strchr (",\r", *text) == NULL; text++)
          g_string_append_c (field, *text);
      g_strv_builder_add (row, field->str);

      if (*text == ',')
        text++;
      else
        {
          g_assert_true (g_str_has_prefix (text, "\r\n"));
          text += 2;
          g_ptr_array_add (rows, g_strv_builder_end (row));
        }
    }

  return rows;
}

/* The numbers of a kind, with `names` above them; `part` may be NULL. */
static GPtrArray *
plot_csv (const char *run, const char *kind, const char *part, const char *names)
{
  g_autoptr (CliResult) result =
    cli_run ("plot", run, "--kind", kind, "-o", "x.csv", "--replace",
             part != NULL ? "--split" : NULL, part, NULL);
  g_autofree guint8 *data = NULL;
  g_autofree char *head = NULL;
  GPtrArray *rows;
  gsize length;

  cli_assert_silent (result);
  g_assert_cmpstr (result->out, ==, "Plot: x.csv\n");
  cli_read ("x.csv", &data, &length);
  rows = parse_csv ((const char *) data);
  g_assert_cmpuint (rows->len, >, 1);
  head = g_strjoinv (",", rows->pdata[0]);
  g_assert_cmpstr (head, ==, names);
  for (guint i = 1; i < rows->len; i++)
    g_assert_cmpuint (g_strv_length (rows->pdata[i]), ==, g_strv_length (rows->pdata[0]));
  return rows;
}

/* A field holds the number of the record to the bit, or nothing where there is none. */
static void
assert_number (const char *field, JsonArray *numbers, guint i)
{
  char *end;

  if (json_array_get_null_element (numbers, i))
    g_assert_cmpstr (field, ==, "");
  else
    {
      g_assert_cmpfloat (g_ascii_strtod (field, &end), ==,
                         json_array_get_double_element (numbers, i));
      g_assert_true (end != field && *end == '\0');
    }
}

/* A curve of the record from row `*row` on; moves that behind it. */
static void
assert_curve (GPtrArray *rows, guint *row, const char *name, JsonArray *curve)
{
  for (guint i = 0; i < json_array_get_length (curve); i++, (*row)++)
    {
      JsonArray *point = json_array_get_array_element (curve, i);
      char **fields;

      g_assert_cmpuint (*row, <, rows->len);
      fields = rows->pdata[*row];
      g_assert_cmpstr (fields[0], ==, name);
      for (guint k = 0; k < 5; k++)
        assert_number (fields[k + 1], point, k);
    }
}

static void
test_curve_numbers (void)
{
  static const char names[] = "learning_rate,epoch,training_loss,training_accuracy,"
                              "validation_loss,validation_accuracy";
  static const char *const rates[] = { "1000", "0.1", "0.01" };
  g_autoptr (JsonNode) root = NULL;
  JsonObject *record = read_record (&root, "r/run.json");
  JsonArray *trajectories = json_object_get_array_member (record, "trajectories");

  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GPtrArray) rows = plot_csv ("r", kinds[k], NULL, names);
      guint row = 1;

      g_assert_cmpuint (json_array_get_length (trajectories), ==, 3);
      for (guint i = 0; i < 3; i++)
        assert_curve (rows, &row, rates[i],
                      json_object_get_array_member (
                        json_array_get_object_element (trajectories, i), "curve"));
      assert_curve (rows, &row, "final",
                    json_object_get_array_member (
                      json_object_get_object_member (record, "final"), "curve"));
      g_assert_cmpuint (row, ==, rows->len);
    }
  g_assert_true (json_object_get_boolean_member (
    json_array_get_object_element (trajectories, 0), "diverged"));
}

/* The rows of one reliability diagram, from `row` on. */
static void
assert_bins (GPtrArray *rows, guint row, const char *calibrated, JsonArray *bins)
{
  guint n = json_array_get_length (bins);

  for (guint i = 0; i < n; i++)
    {
      JsonArray *bin = json_array_get_array_element (bins, i);
      char **fields = rows->pdata[row + i];

      g_assert_cmpstr (fields[0], ==, calibrated);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[1], NULL), (double) i / n,
                                      1e-15);
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (fields[2], NULL), (i + 1.0) / n,
                                      1e-15);
      for (guint k = 0; k < 3; k++)
        assert_number (fields[3 + k], bin, k);
    }
}

/* All that the record has of one part; without a part it is the holdout set. */
static void
check_answers (const char *run, const char *part)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *record_name = g_strconcat (run, "/run.json", NULL);
  JsonObject *record = read_record (&root, record_name);
  JsonObject *measured =
    json_object_get_object_member (record, part != NULL ? part : "holdout");
  JsonArray *classes = json_object_get_array_member (
    json_object_get_object_member (record, "dataset"), "classes");
  JsonArray *confusion = json_object_get_array_member (measured, "confusion");
  JsonArray *rocs = json_object_get_array_member (measured, "roc");
  JsonArray *before = json_object_get_array_member (measured, "uncalibrated");
  JsonArray *after = json_object_get_array_member (measured, "calibration");
  guint n = json_array_get_length (classes), row = 1;
  g_autoptr (GPtrArray) rows =
    plot_csv (run, "confusion", part, "true_class,answer,pictures");
  g_autoptr (GPtrArray) points =
    plot_csv (run, "roc", part, "class,false_positive_rate,true_positive_rate");
  g_autoptr (GPtrArray) bins =
    plot_csv (run, "calibration", part, "calibrated,from,to,answers,confidence,accuracy");

  g_assert_cmpuint (rows->len, ==, 1 + n * n);
  for (guint i = 0; i < n * n; i++)
    {
      char **fields = rows->pdata[1 + i];

      g_assert_cmpstr (fields[0], ==, json_array_get_string_element (classes, i / n));
      g_assert_cmpstr (fields[1], ==, json_array_get_string_element (classes, i % n));
      assert_number (fields[2], json_array_get_array_element (confusion, i / n), i % n);
    }

  for (guint i = 0; i < json_array_get_length (rocs); i++)
    {
      JsonObject *roc = json_array_get_object_element (rocs, i);
      JsonArray *curve = json_object_get_array_member (roc, "points");
      guint class = (guint) json_object_get_int_member (roc, "class");

      for (guint k = 0; k < json_array_get_length (curve); k++, row++)
        {
          char **fields = points->pdata[row];

          g_assert_cmpstr (fields[0], ==, json_array_get_string_element (classes, class));
          assert_number (fields[1], json_array_get_array_element (curve, k), 0);
          assert_number (fields[2], json_array_get_array_element (curve, k), 1);
        }
    }
  g_assert_cmpuint (row, ==, points->len);

  g_assert_cmpuint (bins->len, ==,
                    1 + json_array_get_length (before) + json_array_get_length (after));
  assert_bins (bins, 1, "false", before);
  assert_bins (bins, 1 + json_array_get_length (before), "true", after);
}

static void
test_answer_numbers (void)
{
  check_answers ("r", NULL);
  check_answers ("r", "validation");
  check_answers ("r", "holdout");
}

/* Draws; returns the file. `option` may be NULL. */
static GBytes *
draw (const char *run, const char *kind, const char *name, const char *option)
{
  g_autoptr (CliResult) result =
    cli_run ("plot", run, "-k", kind, "-o", name, "--replace", option, NULL);
  guint8 *data;
  gsize length;

  cli_assert_silent (result);
  cli_read (name, &data, &length);
  g_assert_cmpuint (length, >, 1000);
  return g_bytes_new_take (data, length);
}

static void
assert_begins (GBytes *bytes, const char *with, gsize length)
{
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), length, with, length);
}

static void
test_formats (void)
{
  if (!may_draw ())
    return;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      /* Behind its first bytes, a PNG has its width and height: two pixels a unit. */
      const char *size = k < 2 ? "\0\0\5\0\0\0\3\x20" : "\0\0\3\xc0\0\0\3\xc0";
      g_autoptr (GBytes) png = draw ("r", kinds[k], "p.png", NULL);
      g_autoptr (GBytes) again = draw ("r", kinds[k], "p ö.PNG", NULL);
      g_autoptr (GBytes) svg = draw ("r", kinds[k], "p.svg", NULL);
      g_autoptr (GBytes) pdf = draw ("r", kinds[k], "p.Pdf", NULL);

      assert_begins (png, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
      g_assert_cmpmem ((const char *) g_bytes_get_data (png, NULL) + 16, 8, size, 8);
      g_assert_true (g_bytes_equal (png, again));
      assert_begins (svg, "<?xml", 5);
      assert_begins (pdf, "%PDF-", 5);
    }
}

/* Options that change a drawing, and ones that are the default. */
static void
test_options (void)
{
  g_autoptr (GBytes) loss = NULL, logarithmic = NULL, roc = NULL, holdout = NULL;
  g_autoptr (GBytes) validation = NULL, by_default = NULL;
  g_autoptr (CliResult) result = NULL;
  guint8 *data;
  gsize length;

  if (!may_draw ())
    return;

  loss = draw ("r", "loss", "p.png", NULL);
  logarithmic = draw ("r", "loss", "p.png", "--log");
  roc = draw ("r", "roc", "p.png", NULL);
  holdout = draw ("r", "roc", "p.png", "--split=holdout");
  validation = draw ("r", "roc", "p.png", "--split=validation");
  g_assert_false (g_bytes_equal (loss, logarithmic));
  g_assert_true (g_bytes_equal (roc, holdout));
  g_assert_false (g_bytes_equal (roc, validation));

  result = cli_run ("plot", "r", "-o", "q.png", NULL);
  cli_assert_silent (result);
  cli_read ("q.png", &data, &length);
  by_default = g_bytes_new_take (data, length);
  g_assert_true (g_bytes_equal (loss, by_default));
  cli_remove ("q.png");
}

/* "e/run.json" is that of "r" with another loss at the end of the last curve. */
static GBytes *
draw_with_loss (double loss)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *record = read_record (&root, "r/run.json");
  JsonArray *trajectories = json_object_get_array_member (record, "trajectories");
  JsonArray *curve = json_object_get_array_member (
    json_array_get_object_element (trajectories, 2), "curve");
  JsonArray *last =
    json_array_get_array_element (curve, json_array_get_length (curve) - 1);
  g_autofree char *text = NULL;

  json_array_remove_element (last, 1);
  json_array_add_double_element (last, loss);
  /* It stands at the end now: bring the others behind it. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonNode) next = json_array_dup_element (last, 1);

      json_array_remove_element (last, 1);
      json_array_add_element (last, g_steal_pointer (&next));
    }
  text = json_to_string (root, FALSE);
  cli_write ("e/run.json", text, strlen (text));
  return draw ("e", "loss", "p.png", NULL);
}

/* A loss beyond all sense leaves the scale to the others, whatever it is. */
static void
test_absurd_loss (void)
{
  g_autoptr (GBytes) absurd = NULL, more = NULL, high = NULL;

  if (!may_draw ())
    return;

  absurd = draw_with_loss (1234567.5);
  more = draw_with_loss (12345678.5);
  high = draw_with_loss (5.5);
  g_assert_true (g_bytes_equal (absurd, more));
  g_assert_false (g_bytes_equal (absurd, high));
}

/* One point a curve, and as many as there are. */
static void
test_epochs (void)
{
  static const char *const numbers[] = { "1", "1000" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (CliResult) result =
        cli_run ("experiment", "d", "--output", numbers[i], "--epochs", numbers[i],
                 "--learning-rates", "0.1", "--hidden", "none", NULL);
      g_autoptr (GBytes) loss = NULL, accuracy = NULL, logarithmic = NULL;

      cli_assert_silent (result);
      if (!may_draw ())
        return;
      loss = draw (numbers[i], "loss", "p.svg", NULL);
      accuracy = draw (numbers[i], "accuracy", "p.svg", NULL);
      logarithmic = draw (numbers[i], "loss", "p.svg", "--log");
      g_assert_false (g_bytes_equal (loss, accuracy));
      g_assert_cmpuint (g_bytes_get_size (loss), <, 1000000);
    }
}

/* Ten pictures for each of the names. */
static void
make_dataset (const char *folder, const char *const *names, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < 10; k++)
      {
        g_autofree char *from =
          g_strdup_printf ("d/%s/%u.jpg", i % 2 ? "faces" : "comics", (i + k) % 15);
        g_autofree char *name =
          names != NULL ? g_strdup (names[i]) : g_strdup_printf ("class %u", i);
        g_autofree char *to = g_strdup_printf ("%s/%s/%u.jpg", folder, name, k);

        cli_copy (from, to);
      }
}

static void
make_run (const char *dataset, const char *run)
{
  g_autoptr (CliResult) result =
    cli_run ("experiment", dataset, "--output", run, "--learning-rates", "0.1",
             "--epochs", "2", NULL);

  cli_assert_silent (result);
}

/* Names that are foreign to CSV, to a line of text and to left-to-right. */
static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (200, 'w');
  const char *names[] = { "comma, and more", "“quotes” \"q\"", "two\nlines\r\n",
                          "שלום, עולם",      "a\u202eb",       "عربي (x)",
                          "<b>&amp;</b>",    "%s %n",          "🙂",
                          long_name };

  make_dataset ("n, \"\u202e\nשלום %s", names, G_N_ELEMENTS (names));
  make_run ("n, \"\u202e\nשלום %s", "n");
  check_answers ("n", NULL);
  check_answers ("n", "validation");
  if (!may_draw ())
    return;
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GBytes) png = draw ("n", kinds[k], "p.png", NULL);
      g_autoptr (GBytes) svg = draw ("n", kinds[k], "p.svg", NULL);
    }
}

/* Beyond 20 classes the record has areas, but no curves. */
static void
test_many_classes (void)
{
  g_autoptr (CliResult) roc = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  make_dataset ("m", NULL, 21);
  make_run ("m", "mr");
  roc = cli_run ("plot", "mr", "-k", "roc", "-o", "no.csv", NULL);
  cli_assert_fails (roc, 1,
                    "“mr” keeps no ROC curves, since it has more than 20 classes.");
  g_assert_false (cli_exists ("no.csv"));
  rows = plot_csv ("mr", "confusion", NULL, "true_class,answer,pictures");
  g_assert_cmpuint (rows->len, ==, 1 + 21 * 21);
  if (may_draw ())
    {
      g_autoptr (GBytes) confusion = draw ("mr", "confusion", "p.png", NULL);
      g_autoptr (GBytes) calibration = draw ("mr", "calibration", "p.png", NULL);
    }
}

int
main (int argc, char *argv[])
{
  cli_test_init (&argc, &argv);
  cli_demo ("d", 15);
  {
    g_autoptr (CliResult) result =
      cli_run ("experiment", "d", "--output", "r", "--epochs", "2,5", "--learning-rates",
               "0.1,0.01,1000", NULL);

    cli_assert_silent (result);
    g_assert_nonnull (strstr (result->out, "diverged"));
  }

  g_test_add_func ("/cli/plot/curve-numbers", test_curve_numbers);
  g_test_add_func ("/cli/plot/answer-numbers", test_answer_numbers);
  g_test_add_func ("/cli/plot/formats", test_formats);
  g_test_add_func ("/cli/plot/options", test_options);
  g_test_add_func ("/cli/plot/absurd-loss", test_absurd_loss);
  g_test_add_func ("/cli/plot/epochs", test_epochs);
  g_test_add_func ("/cli/plot/names", test_names);
  g_test_add_func ("/cli/plot/many-classes", test_many_classes);

  return cli_test_run ();
}
