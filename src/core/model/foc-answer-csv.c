/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-csv.h"

#include "foc-text.h"

#include <gio/gio.h>

/* So that no two columns have the same. */
static char *
make_class_title (const FocAnswerColumns *columns, const char *class_name)
{
  static const char *const others[] = { "file",        "uri",         "label",
                                        "probability", "not_sure",    "reason",
                                        "set_by_hand", "final_label", "error",
                                        NULL };
  char *title = g_strdup (class_name);

  for (gboolean is_taken = g_strv_contains (others, title); is_taken;
       is_taken = g_strv_contains (columns->class_names, title))
    {
      char *longer = g_strconcat ("class:", title, NULL);

      g_free (title);
      title = longer;
    }
  return title;
}

void
foc_answer_csv_append_head (GString *csv, const FocAnswerColumns *columns)
{
  g_string_append (csv, "file,uri,label,probability,not_sure,reason");
  for (guint i = 0; columns->class_names[i] != NULL; i++)
    {
      g_autofree char *title = make_class_title (columns, columns->class_names[i]);

      g_string_append_c (csv, ',');
      foc_text_append_csv_field (csv, title);
    }
  if (columns->has_set_by_hand)
    g_string_append (csv, ",set_by_hand,final_label");
  g_string_append (csv, ",error\r\n");
}

static void
append_number (GString *csv, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (csv, g_ascii_formatd (text, sizeof text, "%.6f", number));
}

static void
append_file (GString *csv, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);

  foc_text_append_csv_field (csv, name);
  g_string_append_c (csv, ',');
  foc_text_append_csv_field (csv, uri);
}

static void
append_answer (GString *csv, const FocAnswerLine *line)
{
  const FocAnswer *answer = line->answer;

  foc_text_append_csv_field (csv, line->class_names[answer->label]);
  g_string_append_c (csv, ',');
  append_number (csv, answer->probability);
  if (answer->doubt == FOC_DOUBT_NONE)
    g_string_append (csv, ",false,");
  else
    {
      g_string_append (csv, ",true,");
      foc_text_append_csv_field (csv, foc_doubt_to_string (answer->doubt));
    }
}

/* Mostly the columns are the classes of the model. */
static int
find_class (const char *const *class_names, guint n, const char *name, guint likely)
{
  if (likely < n && g_str_equal (class_names[likely], name))
    return (int) likely;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (class_names[i], name))
      return (int) i;
  return -1;
}

void
foc_answer_csv_append_line (GString *csv,
                            const FocAnswerColumns *columns,
                            const FocAnswerLine *line)
{
  guint n = line->answer != NULL ? g_strv_length ((GStrv) line->class_names) : 0;

  append_file (csv, line->path);
  g_string_append_c (csv, ',');
  if (line->answer != NULL)
    append_answer (csv, line);
  else
    g_string_append (csv, ",,,");

  for (guint i = 0; columns->class_names[i] != NULL; i++)
    {
      int label = find_class (line->class_names, n, columns->class_names[i], i);

      g_string_append_c (csv, ',');
      if (label >= 0)
        append_number (csv, line->probabilities[label]);
    }

  if (columns->has_set_by_hand)
    {
      const char *set_by_hand = line->set_by_hand != NULL ? line->set_by_hand : "";
      gboolean is_sure = line->answer != NULL && line->answer->doubt == FOC_DOUBT_NONE;

      g_string_append_c (csv, ',');
      foc_text_append_csv_field (csv, set_by_hand);
      g_string_append_c (csv, ',');
      foc_text_append_csv_field (csv, line->set_by_hand == NULL && is_sure
                                        ? line->class_names[line->answer->label]
                                        : set_by_hand);
    }
  g_string_append_c (csv, ',');
  foc_text_append_csv_field (csv, line->error != NULL ? line->error : "");
  g_string_append (csv, "\r\n");
}
