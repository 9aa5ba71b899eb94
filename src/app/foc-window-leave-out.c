/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-window-private.h"

#include <glib/gi18n.h>

GPtrArray *
foc_window_leave_out_unreachable (FocWindow *self, GFile **files, guint n_files)
{
  g_autoptr (GPtrArray) reachable = g_ptr_array_new_with_free_func (g_object_unref);
  GFile *first = NULL;

  for (guint i = 0; i < n_files; i++)
    if (g_file_peek_path (files[i]) != NULL)
      g_ptr_array_add (reachable, g_object_ref (files[i]));
    else if (first == NULL)
      first = files[i];

  if (first != NULL && reachable->len > 0)
    {
      guint n = n_files - reachable->len;
      g_autofree char *name = g_file_get_parse_name (first);
      g_autofree char *sentence =
        n == 1
          ? g_strdup_printf (_ ("“%s” is left out: it is in a place that cannot be "
                                "read as files."),
                             name)
          : g_strdup_printf (
            /* Translators: how many; the name of one of them. */
            ngettext ("%'u file is left out, “%s”: it is in a place that cannot be "
                      "read as files.",
                      "%'u files are left out, such as “%s”: they are in places that "
                      "cannot be read as files.",
                      n),
            n, name);

      foc_classify_page_say (self->classify_page, sentence);
    }
  return g_steal_pointer (&reachable);
}

/* A model that comes with others is none of the pictures, and none that is to be used: which
 * of several would it be? */
GPtrArray *
foc_window_leave_out_models (FocWindow *self, GFile **files, guint n_files)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_object_unref);
  GFile *first = NULL;

  for (guint i = 0; i < n_files; i++)
    if (!foc_window_is_model (files[i]))
      g_ptr_array_add (pictures, g_object_ref (files[i]));
    else if (first == NULL)
      first = files[i];

  if (first != NULL)
    {
      g_autofree char *path = g_file_get_parse_name (first);
      g_autofree char *name = g_path_get_basename (path);
      guint n = n_files - pictures->len;
      g_autofree char *sentence =
        n == 1
          ? g_strdup_printf (_ ("“%s” is left out: it is a model, which is loaded "
                                "when it comes alone."),
                             name)
          : g_strdup_printf (
            /* Translators: how many; the name of one of them. */
            ngettext ("%'u model is left out, “%s”: it is loaded when it comes alone.",
                      "%'u models are left out, such as “%s”: a model is loaded when "
                      "it comes alone.",
                      n),
            n, name);

      foc_widget_say (self->toasts, sentence);
    }
  return g_steal_pointer (&pictures);
}
