/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-csv.h"

#include <string.h>

static const char *const pets[] = { "cat, \"big\"", "dog", NULL };
static const char *const three[] = { "dog", "bird", "cat, \"big\"", NULL };

static void
test_terminal (void)
{
  const FocAnswerColumns columns = { pets, FALSE };
  const float p[] = { 0.25f, 0.75f };
  const FocAnswer sure = { .label = 1, .probability = 0.75 };
  const FocAnswer doubtful = { .label = 0,
                               .probability = 0.5,
                               .doubt = FOC_DOUBT_NOVELTY };
  const FocAnswerLine lines[] = {
    { "/a/b.png", pets, &sure, p, NULL, NULL },
    { "/a/two\nlines,\".png", pets, &doubtful, p, NULL, NULL },
    { "/a/\xff.png", pets, NULL, NULL, NULL, "“x, \"y\"” is gone" },
  };
  g_autoptr (GString) csv = g_string_new (NULL);

  foc_answer_csv_append_head (csv, &columns);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    foc_answer_csv_append_line (csv, &columns, &lines[i]);

  g_assert_true (g_utf8_validate (csv->str, -1, NULL));
  g_assert_cmpstr (
    csv->str, ==,
    "file,uri,label,probability,not_sure,reason,\"cat, \"\"big\"\"\",dog,error\r\n"
    "/a/b.png,file:///a/b.png,dog,0.750000,false,,0.250000,0.750000,\r\n"
    "\"/a/two\nlines,\"\".png\",\"file:///a/two%0Alines,%22.png\",\"cat, "
    "\"\"big\"\"\",0.500000,true,unlike anything in training,0.250000,0.750000,\r\n"
    "/a/\357\277\275.png,file:///a/%FF.png,,,,,,,\"“x, \"\"y\"\"” is gone\"\r\n");
}

/* Answers of models with other classes, and what was set by hand. */
static void
test_window (void)
{
  const FocAnswerColumns columns = { three, TRUE };
  const float p[] = { 0.25f, 0.75f };
  const FocAnswer sure = { .label = 1, .probability = 0.75 };
  const FocAnswerLine answered = { "/b.png", pets, &sure, p, "cat, \"big\"", NULL };
  const FocAnswer unsure = { .label = 1,
                             .probability = 0.75,
                             .doubt = FOC_DOUBT_PROBABILITY };
  const FocAnswerLine not_set = { "/d.png", pets, &sure, p, NULL, NULL };
  const FocAnswerLine not_sure = { "/e.png", pets, &unsure, p, NULL, NULL };
  const FocAnswerLine failed = { "/c.png", pets, NULL, NULL, NULL, "gone" };
  const FocAnswerLine kept = { "/f.png", pets, NULL, NULL, "dog", "gone" };
  g_autoptr (GString) csv = g_string_new (NULL);

  foc_answer_csv_append_head (csv, &columns);
  foc_answer_csv_append_line (csv, &columns, &answered);
  foc_answer_csv_append_line (csv, &columns, &not_set);
  foc_answer_csv_append_line (csv, &columns, &not_sure);
  foc_answer_csv_append_line (csv, &columns, &failed);
  foc_answer_csv_append_line (csv, &columns, &kept);
  g_assert_cmpstr (csv->str, ==,
                   "file,uri,label,probability,not_sure,reason,dog,bird,\"cat, "
                   "\"\"big\"\"\",set_by_hand,final_label,error\r\n"
                   "/b.png,file:///b.png,dog,0.750000,false,,0.750000,,0.250000,"
                   "\"cat, \"\"big\"\"\",\"cat, \"\"big\"\"\",\r\n"
                   "/d.png,file:///d.png,dog,0.750000,false,,0.750000,,0.250000,,dog,\r\n"
                   "/e.png,file:///e.png,dog,0.750000,true,low probability,"
                   "0.750000,,0.250000,,,\r\n"
                   "/c.png,file:///c.png,,,,,,,,,,gone\r\n"
                   "/f.png,file:///f.png,,,,,,,,dog,dog,gone\r\n");
}

/* Whatever the classes are called. */
static void
test_titles (void)
{
  const char *const names[] = { "label", "error", "class:label", "class:x", NULL };
  const FocAnswerColumns columns = { names, FALSE };
  g_autoptr (GString) csv = g_string_new (NULL);

  foc_answer_csv_append_head (csv, &columns);
  g_assert_cmpstr (csv->str, ==,
                   "file,uri,label,probability,not_sure,reason,class:class:label,"
                   "class:error,class:label,class:x,error\r\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answer-csv/terminal", test_terminal);
  g_test_add_func ("/answer-csv/window", test_window);
  g_test_add_func ("/answer-csv/titles", test_titles);

  return g_test_run ();
}
