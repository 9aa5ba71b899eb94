/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-name-search.h"

#include <string.h>

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : text, -1);
}

char *
foc_name_search_fold (const char *text)
{
  return text != NULL && *text != '\0' ? fold (text) : NULL;
}

/* strstr() where case makes no difference; `needle` is in lower case. */
static gboolean
contains_ascii (const char *text, const char *needle)
{
  for (; *text != '\0'; text++)
    {
      gsize i = 0;

      while (needle[i] != '\0' && g_ascii_tolower (text[i]) == needle[i])
        i++;
      if (needle[i] == '\0')
        return TRUE;
    }
  return FALSE;
}

gboolean
foc_name_search_matches (const char *folded, const char *name)
{
  g_autofree char *display = NULL;
  g_autofree char *folded_name = NULL;

  if (folded == NULL)
    return TRUE;
  if (g_str_is_ascii (name))
    return contains_ascii (name, folded);

  display = g_filename_display_name (name);
  folded_name = fold (display);
  return strstr (folded_name, folded) != NULL;
}
