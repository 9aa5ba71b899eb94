/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-words.h"

#include "foc-error.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>

FocMark
foc_picture_get_mark (FocPictureItem *item)
{
  FocPictureFlags flags = foc_picture_item_get_flags (item);
  FocDoubt doubt = FOC_DOUBT_NONE;
  gboolean is_wrong = FALSE;

  if (foc_picture_item_get_status (item) != 0)
    return FOC_MARK_UNREADABLE;

  foc_picture_item_get_answer (item, NULL, NULL, &doubt, &is_wrong);
  if (is_wrong)
    return FOC_MARK_WRONG;
  if (flags & FOC_PICTURE_LEAK)
    return FOC_MARK_LEAK;
  if (doubt != FOC_DOUBT_NONE)
    return FOC_MARK_NOT_SURE;
  if (flags & FOC_PICTURE_DUPLICATE)
    return FOC_MARK_DUPLICATE;
  return FOC_MARK_NONE;
}

const char *
foc_mark_get_icon_name (FocMark mark)
{
  static const char *const names[FOC_N_MARKS] = {
    [FOC_MARK_DUPLICATE] = "edit-copy-symbolic",
    [FOC_MARK_NOT_SURE] = "dialog-question-symbolic",
    [FOC_MARK_LEAK] = "dialog-warning-symbolic",
    [FOC_MARK_WRONG] = "process-stop-symbolic",
    [FOC_MARK_UNREADABLE] = "dialog-error-symbolic",
  };

  return names[mark];
}

const char *
foc_mark_get_style_class (FocMark mark)
{
  static const char *const names[FOC_N_MARKS] = {
    [FOC_MARK_DUPLICATE] = "duplicate",
    [FOC_MARK_NOT_SURE] = "not-sure",
    [FOC_MARK_LEAK] = "leak",
    [FOC_MARK_WRONG] = "wrong",
    [FOC_MARK_UNREADABLE] = "unreadable",
  };

  return names[mark];
}

char *
foc_picture_get_accessible_name (FocPictureItem *item)
{
  /* Translators: what a screen reader says of a picture: the name of its file, the class that it
   * belongs to, and the part of the data set, such as "Training set". */
  return g_strdup_printf (C_ ("picture", "%s, %s, %s"), foc_picture_item_get_name (item),
                          foc_picture_item_get_class_name (item),
                          foc_part_get_title (foc_picture_item_get_part (item)));
}

static void
add_line (GString *lines, const char *line)
{
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
}

static void
add_answer (GString *lines, FocPictureItem *item)
{
  const char *class_name;
  double probability;
  FocDoubt doubt;
  gboolean is_wrong;
  g_autofree char *percent = NULL;
  g_autofree char *line = NULL;

  if (!foc_picture_item_get_answer (item, &class_name, &probability, &doubt, &is_wrong))
    return;

  if (doubt == FOC_DOUBT_NOVELTY)
    {
      add_line (lines, _ ("The model is not sure: it has seen nothing like this."));
      return;
    }

  percent = foc_text_describe_probability (probability, 0);
  if (is_wrong)
    /* Translators: %s is a class, such as "faces"; the second one a percentage. */
    line = g_strdup_printf (_ ("The model wrongly takes it for “%s”, at %s."), class_name,
                            percent);
  else
    /* Translators: %s is a class, such as "faces"; the second one a percentage. */
    line =
      g_strdup_printf (_ ("The model takes it for “%s”, at %s."), class_name, percent);
  add_line (lines, line);

  if (doubt != FOC_DOUBT_NONE)
    add_line (lines, _ ("The model is not sure of that."));
}

char *
foc_picture_describe (FocPictureItem *item)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  FocPictureFlags flags = foc_picture_item_get_flags (item);
  int status = foc_picture_item_get_status (item);

  if (status != 0)
    {
      g_autofree char *line =
        /* Translators: %s is a reason, such as "the file ends too early". */
        g_strdup_printf (_ ("It cannot be read: %s."), foc_error_image_reason (status));

      add_line (lines, line);
    }
  if (flags & FOC_PICTURE_LEAK)
    add_line (lines, _ ("A picture that belongs to it is in another set."));
  if (flags & FOC_PICTURE_DUPLICATE)
    add_line (lines, _ ("There is another file with the same picture."));
  add_answer (lines, item);

  if (lines->len == 0)
    return NULL;
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
