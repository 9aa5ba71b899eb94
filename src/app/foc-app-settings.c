/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-app-settings.h"

#include "foc-settings-form.h"

#include <glib/gi18n.h>
#include <math.h>

/* The source that begins with `folder`, and goes on with `parent`, which it takes. */
static GSettingsSchemaSource *
add_folder (GSettingsSchemaSource *parent, const char *folder)
{
  g_autofree char *compiled = g_build_filename (folder, "gschemas.compiled", NULL);
  GSettingsSchemaSource *source = NULL;

  if (g_file_test (compiled, G_FILE_TEST_IS_REGULAR))
    source = g_settings_schema_source_new_from_directory (folder, parent, FALSE, NULL);
  if (source == NULL)
    return parent;

  g_clear_pointer (&parent, g_settings_schema_source_unref);
  return source;
}

GSettings *
foc_app_settings_new (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (program != NULL ? program : "./");
  g_autofree char *build = g_build_filename (folder, "..", "..", "data", NULL);
  g_autofree char *beside =
    g_build_filename (folder, "..", "share", "glib-2.0", "schemas", NULL);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    g_settings_schema_source_ref (source);
  source = add_folder (source, build);
  source = add_folder (source, beside);
  if (source != NULL)
    {
      schema = g_settings_schema_source_lookup (source, FOC_APPLICATION_ID, TRUE);
      g_settings_schema_source_unref (source);
    }

  if (schema == NULL)
    {
      g_printerr (_ ("%s: the settings schema “%s” is not installed.\n"),
                  g_get_prgname (), FOC_APPLICATION_ID);
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}

char *
foc_app_settings_get_path (GSettings *settings, const char *key)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings, key);
  const char *path = g_variant_get_bytestring (value);

  return *path != '\0' ? g_strdup (path) : NULL;
}

void
foc_app_settings_set_path (GSettings *settings, const char *key, const char *path)
{
  g_settings_set_value (settings, key,
                        g_variant_new_bytestring (path != NULL ? path : ""));
}

double
foc_app_settings_get_threshold (GSettings *settings)
{
  return g_settings_get_boolean (settings, "own-threshold")
           ? (double) NAN
           : g_settings_get_int (settings, "threshold") / 100.0;
}

void
foc_app_settings_get_training (GSettings *settings, FocSettings *training)
{
  g_autofree char *text = g_settings_get_string (settings, "training-settings");

  if (!foc_settings_from_training_string (training, text))
    foc_settings_init (training, FOC_PRESET_PAPER, 0);
}

void
foc_app_settings_set_training (GSettings *settings, const FocSettings *training)
{
  g_autofree char *text = foc_settings_to_training_string (training);

  g_settings_set_string (settings, "training-settings", text);
}
