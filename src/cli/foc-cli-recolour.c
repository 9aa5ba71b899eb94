/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-recolour.h"

#include "foc-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* Its label, or -1. */
static int
find_class (const FocDataset *dataset, const char *name)
{
  const char *const *names = foc_dataset_get_class_names (dataset);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return (int) i;

  return -1;
}

/* In how many ways `text` can be read, and the last of them; names may have colons, too.
 * `unknown` is set to a name that is no class, where there is no way. */
static guint
read_recolour (const char *text,
               const FocDataset *dataset,
               FocRecolour *recolour,
               char **unknown)
{
  guint n = 0;

  for (const char *colon = strchr (text, ':'); colon != NULL;
       colon = strchr (colon + 1, ':'))
    {
      g_autofree char *first = g_strndup (text, (gsize) (colon - text));
      const char *second = colon + 1;
      int from, to;

      if (*first == '\0' || *second == '\0' || g_str_equal (first, second))
        continue;
      if (dataset == NULL)
        {
          n++;
          continue;
        }

      from = find_class (dataset, first);
      to = find_class (dataset, second);
      g_free (*unknown);
      *unknown = g_strdup (from < 0 ? first : second);
      if (from < 0 || to < 0)
        continue;
      *recolour = (FocRecolour){ (guint16) from, (guint16) to };
      n++;
    }

  return n;
}

gboolean
foc_cli_parse_recolour (const char *text,
                        const FocDataset *dataset,
                        FocRecolour *recolour,
                        GError **error)
{
  g_autofree char *unknown = NULL;
  guint n = read_recolour (text, dataset, recolour, &unknown);

  if (n == 1 || (n > 1 && dataset == NULL))
    return TRUE;

  if (n == 0 && unknown != NULL && strchr (text, ':') == strrchr (text, ':'))
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("--recolour names the class “%s”, which the data set has not."),
                 unknown);
  else
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("--recolour is “%s”, but must be two classes with a colon."), text);
  return FALSE;
}
