/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"
#include "test-encoders.h"
#include "test-pictures.h"

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
    "[-0-9.]+\n(The [^\n]*\n)?Rather than (comics|faces) \\([0-9.]+ %\\), logit "
    "[-0-9.]+\n"
    "(The probabilities are of logits divided by the temperature, [0-9.]+\n)?"
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

/* A drawing of each kind, the same bytes each time; the document names it. */
static void
test_drawing (void)
{
  static const struct
  {
    const char *file, *begins;
  } rows[] = {
    { "e.png", "\x89PNG\r\n" },
    { "e ö.SVG", "<?xml" },
    { "e.pdf", "%PDF-" },
  };
  g_autoptr (CliResult) nowhere = NULL;

  if (!may_draw ())
    return;

  nowhere = cli_run ("explain", "-m", "r", "d/faces/0.jpg", "-o", "no/e.png", NULL);
  cli_assert_fails (nowhere, 1, "“no/e.png” could not be written: No such file");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (CliResult) result = cli_run ("explain", "-m", "r", "d/faces/0.jpg", "-o",
                                              rows[i].file, "--json", NULL);
      g_autoptr (CliResult) again = NULL;
      g_autoptr (CliResult) replaced = NULL;
      g_autofree char *picture = NULL;
      g_autofree char *sentence =
        g_strdup_printf ("“%s” exists; it is only replaced with", rows[i].file);
      g_autofree guint8 *data = NULL;
      g_autofree guint8 *data_again = NULL;
      gsize length, length_again;

      cli_assert_silent (result);
      picture = cli_get_string (result, "picture");
      g_assert_cmpstr (picture, ==, rows[i].file);
      cli_read (rows[i].file, &data, &length);
      g_assert_cmpuint (length, >, 5000);
      g_assert_cmpmem (data, strlen (rows[i].begins), rows[i].begins,
                       strlen (rows[i].begins));

      again = cli_run ("explain", "-m", "r", "d/comics/0.jpg", "-o", rows[i].file, NULL);
      cli_assert_fails (again, 1, sentence);
      replaced = cli_run ("explain", "-m", "r", "d/faces/0.jpg", "-o", rows[i].file,
                          "--replace", NULL);
      cli_assert_silent (replaced);
      cli_read (rows[i].file, &data_again, &length_again);
      g_assert_cmpmem (data, length, data_again, length_again);
    }
}

/* The smallest picture, and shapes and kinds that have to be cut and put on white. */
static void
test_shapes (void)
{
  static const struct
  {
    int width, height;
    gboolean alpha;
  } rows[] = { { 1, 1, FALSE },
               { 1, 300, TRUE },
               { 301, 2, FALSE },
               { 700, 1300, TRUE },
               { 25, 24, FALSE } };

  if (!may_draw ())
    return;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf =
        test_picture_new (rows[i].width, rows[i].height, rows[i].alpha);
      g_autoptr (CliResult) result = NULL;

      cli_write_bytes ("shape.png", test_encode (pixbuf, "png"));
      result = cli_run ("explain", "-m", "r", "shape.png", "-o", "shape.svg", "--replace",
                        "--json", NULL);
      cli_assert_silent (result);
    }
}

/* A square of a picture is a picture: its answer is that of the same pixels in a file of
 * their own. */
static void
test_square (void)
{
  static const struct
  {
    int x, y, side;
  } rows[] = {
    { 0, 0, 24 }, { 276, 0, 24 }, { 17, 31, 140 }, { 0, 0, 200 }, { 99, 150, 1 }
  };
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (300, 200, FALSE);
  g_autoptr (CliResult) centred = NULL;
  g_autoptr (CliResult) same = NULL;
  g_autofree char *square = NULL;

  cli_write_bytes ("whole.png", test_encode (pixbuf, "png"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (pixbuf, rows[i].x, rows[i].y,
                                                             rows[i].side, rows[i].side);
      g_autofree char *numbers =
        g_strdup_printf ("%d,%d,%d", rows[i].x, rows[i].y, rows[i].side);
      g_autoptr (CliResult) of_square = NULL;
      g_autoptr (CliResult) of_part = NULL;
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (JsonNode) part_root = NULL;

      cli_write_bytes ("part.png", test_encode (part, "png"));
      of_square =
        cli_run ("explain", "-m", "r", "whole.png", "--square", numbers, "--json", NULL);
      of_part = cli_run ("explain", "-m", "r", "part.png", "--json", NULL);
      cli_assert_silent (of_square);
      cli_assert_silent (of_part);
      root = cli_json (of_square);
      part_root = cli_json (of_part);
      g_assert_cmpfloat (get_number (json_node_get_object (root), "square", "x"), ==,
                         rows[i].x);
      g_assert_cmpfloat (get_number (json_node_get_object (root), "square", "y"), ==,
                         rows[i].y);
      g_assert_cmpfloat (get_number (json_node_get_object (root), "square", "side"), ==,
                         rows[i].side);
      g_assert_cmpfloat (
        get_number (json_node_get_object (root), "answer", "logit"), ==,
        get_number (json_node_get_object (part_root), "answer", "logit"));
    }

  /* The one that is taken unless told otherwise. */
  centred = cli_run ("explain", "-m", "r", "whole.png", "--json", "--shares", NULL);
  same = cli_run ("explain", "-m", "r", "whole.png", "--square", "50,0,200", "--json",
                  "--shares", NULL);
  cli_assert_silent (centred);
  cli_assert_silent (same);
  g_assert_cmpstr (centred->out, ==, same->out);
}

static void
test_square_refused (void)
{
  static const char *const beyond[] = {
    "-1,0,24", "0,-0.5,24", "277,0,24", "0,177,24", "0,0,201",    "0,0,0.5",
    "0,0,0",   "0,0,-24",   "nan,0,24", "0,0,inf",  "1e300,0,24",
  };
  static const char *const wrong[] = {
    "", "1", "1,2", "1,2,3,4", "1,2,", "1,2,x", "1 2 3"
  };
  g_autoptr (GdkPixbuf) pixbuf = test_picture_new (300, 200, FALSE);

  cli_write_bytes ("whole.png", test_encode (pixbuf, "png"));
  for (guint i = 0; i < G_N_ELEMENTS (beyond); i++)
    {
      g_autoptr (CliResult) result =
        cli_run ("explain", "-m", "r", "whole.png", "--square", beyond[i], NULL);

      cli_assert_fails (result, 2, "within the picture, which has 300 × 200.");
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (CliResult) result =
        cli_run ("explain", "-m", "r", "whole.png", "--square", wrong[i], NULL);

      cli_assert_fails (result, 2, "--square ");
    }
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
  g_test_add_func ("/cli/explain/drawing", test_drawing);
  g_test_add_func ("/cli/explain/shapes", test_shapes);
  g_test_add_func ("/cli/explain/square", test_square);
  g_test_add_func ("/cli/explain/square-refused", test_square_refused);
  g_test_add_func ("/cli/explain/refused", test_refused);

  return cli_test_run ();
}
