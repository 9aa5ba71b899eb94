/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-split-toast.h"

#include "foc-settings.h"

#include <glib/gi18n.h>

static void
undo (AdwToast *toast, gpointer user_data)
{
  FocOpenDataset *dataset = user_data;
  FocCatalog *before = g_object_get_data (G_OBJECT (toast), "before");
  FocCatalog *catalog = foc_open_dataset_get_catalog (dataset);
  g_autofree char *split = NULL;

  if (catalog == NULL
      || !g_str_equal (foc_dataset_get_root (catalog->dataset),
                       foc_dataset_get_root (before->dataset)))
    return;

  split = foc_split_settings_to_string (&catalog->split_settings);
  if (g_str_equal (split, g_object_get_data (G_OBJECT (toast), "split")))
    foc_open_dataset_set_split (dataset, &before->split_settings, NULL);
}

AdwToast *
foc_split_toast_new (const char *title, FocOpenDataset *dataset, FocCatalog *before)
{
  const FocCatalog *catalog = foc_open_dataset_get_catalog (dataset);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "before", foc_catalog_ref (before),
                          (GDestroyNotify) foc_catalog_unref);
  g_object_set_data_full (G_OBJECT (toast), "split",
                          foc_split_settings_to_string (&catalog->split_settings),
                          g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo), dataset, 0);
  return toast;
}
