/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-recent-datasets.h"

#include "foc-settings.h"

#define KEY "recent-datasets"
#define TYPE "a(ayay)"

static void
recent_dataset_free (gpointer data)
{
  FocRecentDataset *self = data;

  g_free (self->path);
  g_free (self);
}

GPtrArray *
foc_recent_datasets_get (GSettings *settings)
{
  GPtrArray *recent = g_ptr_array_new_with_free_func (recent_dataset_free);
  g_autoptr (GVariant) value = g_settings_get_value (settings, KEY);
  GVariantIter iter;
  const char *path, *split;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(^&ay^&ay)", &path, &split)
         && recent->len < FOC_RECENT_DATASETS_MAX)
    {
      FocRecentDataset dataset;

      if (g_path_is_absolute (path)
          && foc_split_settings_from_string (&dataset.split, split))
        {
          dataset.path = g_strdup (path);
          g_ptr_array_add (recent, g_memdup2 (&dataset, sizeof dataset));
        }
    }

  return recent;
}

static void
add_entry (GVariantBuilder *builder, const char *path, const FocSplitSettings *split)
{
  g_autofree char *string = foc_split_settings_to_string (split);

  g_variant_builder_add (builder, "(@ay@ay)", g_variant_new_bytestring (path),
                         g_variant_new_bytestring (string));
}

/* Writes the list anew, with `path` at its head or, without a split, not in it. */
static void
put (GSettings *settings, const char *path, const FocSplitSettings *split)
{
  g_autoptr (GPtrArray) recent = foc_recent_datasets_get (settings);
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (TYPE));
  if (split != NULL)
    {
      add_entry (&builder, path, split);
      n++;
    }
  for (guint i = 0; i < recent->len && n < FOC_RECENT_DATASETS_MAX; i++)
    {
      const FocRecentDataset *dataset = recent->pdata[i];

      if (!g_str_equal (dataset->path, path))
        {
          add_entry (&builder, dataset->path, &dataset->split);
          n++;
        }
    }
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

void
foc_recent_datasets_add (GSettings *settings,
                         const char *path,
                         const FocSplitSettings *split)
{
  put (settings, path, split);
}

void
foc_recent_datasets_remove (GSettings *settings, const char *path)
{
  put (settings, path, NULL);
}
