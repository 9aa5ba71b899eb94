/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-json.h"

#include "foc-limits.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

static JsonObject *
parse (const char *text, GError **error)
{
  /* Of exact size: an overrun shows. */
  gsize length = strlen (text);
  g_autofree char *exact = g_memdup2 (text, length);

  return foc_json_parse (exact, length, error);
}

static void
check_refused (const char *text, gsize length)
{
  g_autofree char *exact = g_memdup2 (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (foc_json_parse (exact, length, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (strlen (error->message), >, 0);
}

static void
test_accepted (void)
{
  static const char *const texts[] = {
    "{}",
    " \t\r\n{ } \n",
    "{\"a\":1}",
    "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}",
    "{\"a\":[{\"a\":1},{\"a\":2}]}",
    "{\"a\":\"a\\\"b\\\\\",\"b\":\"[[[[[[[[[[[[[[[[[[[[[[[[\"}",
    "{\"a\":\"/* { : , */ ' # //\"}",
    "{\"a\":-1.5e-7,\"b\":true,\"c\":false,\"d\":null,\"e\":[]}",
    "{\"Grüße ☃\":\"\\u2603\"}",
    "{\"a\":1,\"A\":2,\"a \":3}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = parse (texts[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (object);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "null",
    "1",
    "\"a\"",
    "[]",
    "[{}]",
    "{",
    "}",
    "{]",
    "{\"a\":[}",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":\"b",
    "{\"a\":\"b\\",
    "{\"a\":\"b\\\"}",
    "{\"a",
    "{\"a\\",
    "\"",
    "\\",
    ":",
    "{:1}",
    "{a:1}",
    "{1:1}",
    "{\"a\":}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":x}",
    "{\"a\":NaN}",
    "{\"a\":Infinity}",
    "{\"a\":-Infinity}",
    "{\"a\":tru}",
    "{\"a\":[1:2]}",
    /* Whatever stands behind the object, or before it. */
    "{}{}",
    "{} []",
    "{},",
    "{}1",
    "{} null",
    "null {}",
    "var a = {}",
    /* Not JSON, but known to json-glib. */
    "{'a':1}",
    "{\"a\":'b'}",
    "{\"a\":1} // comment",
    "{/* comment */\"a\":1}",
    "{\"a\":1 # comment\n}",
    "\xef\xbb\xbf{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_refused (texts[i], strlen (texts[i]));

  check_refused ("{\"a\":1}\0", 8);
  check_refused ("{\"a\0b\":1}", 9);
  check_refused ("{\"a\":\"\0\"}", 9);
  check_refused ("{\"a\":\"\xff\"}", 9);
  check_refused ("{\"\xc3\":1}", 7);
  check_refused ("\0\0\0\0", 4);
}

static void
test_twice (void)
{
  static const char *const texts[] = {
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"b\":2,\"a\":1}",
    "{\"\":1,\"\":2}",
    "{\"x\":{\"a\":1,\"a\":2}}",
    "{\"x\":[{},{\"a\":1,\"a\":2}]}",
    "{\"x\":[[{\"a\":{\"b\":1},\"b\":{},\"a\":2}]]}",
    "{\"a\" :1,\"a\"\n:2}",
    /* The same name in other letters. */
    "{\"a\":1,\"\\u0061\":2}",
    "{\"\\u0061\":1}",
    "{\"a\\\"\":1}",
    "{\"x\":{\"\\n\":1}}",
    /* What would lead astray a walk that does not know comments. */
    "{\"a\":1,/*\"*/\"a\":2/*\"*/}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_refused (texts[i], strlen (texts[i]));
}

static char *
nest (guint depth, const char *open, const char *middle, const char *close)
{
  GString *text = g_string_new ("{\"a\":");

  for (guint i = 1; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 1; i < depth; i++)
    g_string_append (text, close);
  g_string_append_c (text, '}');

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const guint too_deep[] = { FOC_LIMIT_JSON_DEPTH + 1, 1000, 100000, 1000000 };
  g_autofree char *arrays = nest (FOC_LIMIT_JSON_DEPTH, "[", "1", "]");
  g_autofree char *objects = nest (FOC_LIMIT_JSON_DEPTH, "{\"a\":", "1", "}");
  g_autoptr (JsonObject) a = parse (arrays, NULL);
  g_autoptr (JsonObject) b = parse (objects, NULL);

  g_assert_nonnull (a);
  g_assert_nonnull (b);

  for (guint i = 0; i < G_N_ELEMENTS (too_deep); i++)
    {
      g_autofree char *closed = nest (too_deep[i], "[", "1", "]");
      g_autofree char *open = nest (too_deep[i], "[", "", "");
      g_autofree char *deep = nest (too_deep[i], "{\"a\":", "1", "}");

      check_refused (closed, strlen (closed));
      check_refused (open, strlen (open));
      check_refused (deep, strlen (deep));
    }

  /* Behind what would be a string if comments were not known. */
  {
    g_autofree char *deep = nest (100000, "[", "1", "]");
    g_autofree char *comment =
      g_strdup_printf ("{\"x\":1,/*\"*/\"y\":%s/*\"*/}", deep + strlen ("{\"a\":"));

    check_refused (comment, strlen (comment));
  }
}

/* Every beginning of a document, and every byte of it replaced by some others. */
static void
test_garbage (void)
{
  static const char text[] =
    "{\"a\":[1,2.5e3,null,true],\"b\":{\"c\":\"d\\u00e4\\\\\",\"e\":-7},\"f\":[[\"g\"]]}";
  static const char others[] = "{}[]\":,\\\0\n 1eE+-.tn/*'#\x80\xff";

  for (gsize length = 0; length + 1 < sizeof text; length++)
    if (length != sizeof text - 1)
      check_refused (text, length);

  for (gsize i = 0; i + 1 < sizeof text; i++)
    for (gsize j = 0; j + 1 < sizeof others; j++)
      {
        g_autofree char *changed = g_memdup2 (text, sizeof text - 1);
        g_autoptr (JsonObject) object = NULL;
        g_autoptr (GError) error = NULL;

        changed[i] = others[j];
        object = foc_json_parse (changed, sizeof text - 1, &error);
        g_assert_true ((object == NULL) == (error != NULL));
      }
}

static void
test_members (void)
{
  g_autoptr (JsonObject) object =
    parse ("{\"i\":7,\"big\":9223372036854775807,\"bigger\":9223372036854775808,"
           "\"d\":0.25,\"huge\":1e999,\"null\":null,\"b\":true,\"s\":\"x\",\"e\":\"\","
           "\"a\":[1,2,3],\"o\":{},\"strings\":[\"x\",\"y\"],\"empty\":[\"x\",\"\"],"
           "\"mixed\":[1,\"x\"],\"half\":[1,2.5],\"minus\":[1,-1],"
           "\"wide\":[1,4294967296],\"nulls\":[null]}",
           NULL);
  gint64 i = -5;
  double d = -5;
  gboolean b = 5;
  const char *s = "kept";
  JsonArray *a = NULL;
  JsonObject *o = NULL;
  GStrv strings = NULL;
  guint uints[3], n = 9;
  double doubles[3];

  g_assert_false (foc_json_get_int (object, "i", 8, 9, &i));
  g_assert_false (foc_json_get_int (object, "i", 5, 6, &i));
  g_assert_false (foc_json_get_int (object, "none", 0, 9, &i));
  g_assert_false (foc_json_get_int (object, "d", 0, 9, &i));
  g_assert_false (foc_json_get_int (object, "s", 0, 9, &i));
  g_assert_false (foc_json_get_int (object, "null", 0, 9, &i));
  g_assert_false (foc_json_get_int (object, "a", 0, 9, &i));
  g_assert_cmpint (i, ==, -5);
  g_assert_true (foc_json_get_int (object, "i", 7, 7, &i));
  g_assert_cmpint (i, ==, 7);
  g_assert_true (foc_json_get_int (object, "big", 0, G_MAXINT64, &i));
  g_assert_cmpint (i, ==, G_MAXINT64);
  if (foc_json_get_int (object, "bigger", 0, G_MAXINT64, &i))
    g_assert_cmpint (i, ==, G_MAXINT64); /* never wrapped to something else */

  g_assert_false (foc_json_get_double (object, "d", 0.3, 1, &d));
  g_assert_false (foc_json_get_double (object, "huge", 0, G_MAXDOUBLE, &d));
  g_assert_false (foc_json_get_double (object, "s", 0, 1, &d));
  g_assert_false (foc_json_get_double (object, "b", 0, 1, &d));
  g_assert_false (foc_json_get_double (object, "none", 0, 1, &d));
  g_assert_cmpfloat (d, ==, -5);
  g_assert_true (foc_json_get_double (object, "d", 0, 1, &d));
  g_assert_cmpfloat (d, ==, 0.25);
  g_assert_true (foc_json_get_double (object, "i", 0, 10, &d));
  g_assert_cmpfloat (d, ==, 7);
  g_assert_true (foc_json_get_double (object, "null", 0, 1, &d));
  g_assert_true (isnan (d));

  g_assert_false (foc_json_get_boolean (object, "i", &b));
  g_assert_cmpint (b, ==, 5);
  g_assert_true (foc_json_get_boolean (object, "b", &b));
  g_assert_cmpint (b, ==, TRUE);

  g_assert_false (foc_json_get_string (object, "i", &s));
  g_assert_false (foc_json_get_string (object, "null", &s));
  g_assert_cmpstr (s, ==, "kept");
  g_assert_true (foc_json_get_string (object, "s", &s));
  g_assert_cmpstr (s, ==, "x");

  g_assert_false (foc_json_get_array (object, "a", 2, &a));
  g_assert_false (foc_json_get_array (object, "o", 2, &a));
  g_assert_true (foc_json_get_array (object, "a", 3, &a));
  g_assert_false (foc_json_get_object (object, "a", &o));
  g_assert_true (foc_json_get_object (object, "o", &o));

  g_assert_false (foc_json_get_strings (object, "strings", 1, &strings));
  g_assert_false (foc_json_get_strings (object, "empty", 9, &strings));
  g_assert_false (foc_json_get_strings (object, "mixed", 9, &strings));
  g_assert_false (foc_json_get_strings (object, "s", 9, &strings));
  g_assert_null (strings);
  g_assert_true (foc_json_get_strings (object, "strings", 2, &strings));
  g_assert_cmpuint (g_strv_length (strings), ==, 2);
  g_strfreev (strings);

  g_assert_false (foc_json_get_uints (object, "a", 2, uints, &n));
  g_assert_false (foc_json_get_uints (object, "half", 3, uints, &n));
  g_assert_false (foc_json_get_uints (object, "minus", 3, uints, &n));
  g_assert_false (foc_json_get_uints (object, "wide", 3, uints, &n));
  g_assert_false (foc_json_get_uints (object, "mixed", 3, uints, &n));
  g_assert_false (foc_json_get_uints (object, "none", 3, uints, &n));
  g_assert_cmpuint (n, ==, 9);
  g_assert_true (foc_json_get_uints (object, "a", 3, uints, &n));
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (uints[2], ==, 3);

  g_assert_false (foc_json_get_doubles (object, "half", 0, 2, 3, doubles, &n));
  g_assert_false (foc_json_get_doubles (object, "a", 0, 9, 2, doubles, &n));
  g_assert_true (foc_json_get_doubles (object, "half", 0, 9, 3, doubles, &n));
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (doubles[1], ==, 2.5);
}

static void
test_strings (void)
{
  static const char *const refused[] = {
    "",
    "[",
    "\"a\"",
    "{}",
    "[\"\"]",
    "[1]",
    "[\"a\",null]",
    "[[]]",
    "[\"a\"],\"b\":1",
    "[\"a\"]}{\"b\":[\"a\"]",
    "[\"a\"",
    "[\"a\",\"b\",\"c\"]",
  };
  g_auto (GStrv) strings = foc_json_parse_strings ("[\"a\\\"\",\"ä\"]", 2);

  g_assert_nonnull (strings);
  g_assert_cmpstr (strings[0], ==, "a\"");
  g_assert_cmpstr (strings[1], ==, "ä");
  g_assert_null (strings[2]);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_null (foc_json_parse_strings (refused[i], 2));
}

/* What is written is JSON, and reads back to the same numbers. */
static void
check_round_trip (gboolean pretty)
{
  static const double numbers[] = { 0.0,         -0.0,       1.0,   0.1,     1.0 / 3,
                                    1e-9,        1e-300,     1e300, 5e-324,  1e15,
                                    1e16,        1e17,       1e22,  123456., 2.5e-5,
                                    G_MAXDOUBLE, G_MINDOUBLE };
  static const char *const strings[] = { "\"", "\\", "a\nb", "ä☃", "/", "\x1f", NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) back = NULL;
  double values[G_N_ELEMENTS (numbers)];
  double value = 0;
  gsize length;
  guint n;

  json_builder_begin_object (builder);
  foc_json_add_doubles (builder, "numbers", numbers, G_N_ELEMENTS (numbers));
  foc_json_add_strings (builder, "strings", strings);
  foc_json_add_double (builder, "nan", NAN);
  foc_json_add_double (builder, "infinite", -INFINITY);
  foc_json_add_int (builder, "int", G_MININT64);
  json_builder_end_object (builder);
  text = foc_json_to_string (builder, pretty, &length);
  g_assert_cmpuint (length, ==, strlen (text));
  for (gsize i = 0; i < length; i++)
    g_assert_true ((guchar) text[i] >= 0x20 || (pretty && text[i] == '\n'));

  object = foc_json_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_true (foc_json_get_doubles (object, "numbers", -G_MAXDOUBLE, G_MAXDOUBLE,
                                       G_N_ELEMENTS (values), values, &n));
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (numbers));
  g_assert_cmpmem (values, sizeof values, numbers, sizeof numbers);
  g_assert_true (foc_json_get_strings (object, "strings", 99, &back));
  g_assert_cmpstrv (back, strings);
  g_assert_true (foc_json_get_double (object, "nan", 0, 1, &value));
  g_assert_true (isnan (value));
  value = 0;
  g_assert_true (foc_json_get_double (object, "infinite", 0, 1, &value));
  g_assert_true (isnan (value));
}

static void
test_round_trip (void)
{
  check_round_trip (FALSE);
  check_round_trip (TRUE);
}

/* For other readers, and for people. */
static void
test_text (void)
{
  static const double numbers[] = { 0.1, 0.01, 1e-9, 2e-8, 1e22, 64.0, 1.0 / 3 };
  const double half = 0.5;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *line = NULL;
  g_autofree char *lines = NULL;

  json_builder_begin_object (builder);
  foc_json_add_doubles (builder, "n", numbers, G_N_ELEMENTS (numbers));
  foc_json_add_string (builder, "s", "\"\\\n\x1b\x7fä");
  json_builder_set_member_name (builder, "a");
  json_builder_begin_array (builder);
  foc_json_add_doubles_value (builder, &half, 1);
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  line = foc_json_to_string (builder, FALSE, NULL);
  lines = foc_json_to_string (builder, TRUE, NULL);

  g_assert_cmpstr (line, ==,
                   "{\"n\":[0.1,0.01,1e-09,2e-08,1e+22,64.0,0.3333333333333333],"
                   "\"s\":\"\\\"\\\\\\n\\u001b\\u007fä\",\"a\":[[0.5],{},true]}");
  g_assert_cmpstr (
    lines, ==,
    "{\n"
    "  \"n\": [0.1, 0.01, 1e-09, 2e-08, 1e+22, 64.0, 0.3333333333333333],\n"
    "  \"s\": \"\\\"\\\\\\n\\u001b\\u007fä\",\n"
    "  \"a\": [\n"
    "    [0.5],\n"
    "    {},\n"
    "    true\n"
    "  ]\n"
    "}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/accepted", test_accepted);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/twice", test_twice);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/garbage", test_garbage);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/text", test_text);

  return g_test_run ();
}
