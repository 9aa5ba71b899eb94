/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-settings.h"

#include <string.h>

/* The settings of augmentation, and the threshold of the model. */

static JsonObject *
to_object (const FocSettings *settings)
{
  g_autofree char *text = foc_settings_to_string (settings);
  g_autoptr (GError) error = NULL;
  JsonObject *object = foc_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return object;
}

/* Of what a record of older times does not say, there was nothing. */
static void
test_augment (void)
{
  for (guint i = 0; i < 6; i++)
    {
      FocSettings settings, back;
      g_autoptr (JsonObject) object = NULL;
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;

      foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
      g_assert_false (settings.training.augment);
      settings.training.augment = i % 2;
      settings.threshold = i / 5.0;
      g_assert_true (foc_settings_normalise (&settings, NULL));
      g_assert_cmpint (settings.training.augment, ==, i % 2);

      text = foc_settings_to_string (&settings);
      g_assert_cmpint (strstr (text, "\"augment\":true") != NULL, ==, i % 2);

      object = to_object (&settings);
      memset (&back, 0xaa, sizeof back);
      g_assert_true (foc_settings_from_json (&back, object));
      g_assert_cmpint (back.training.augment, ==, settings.training.augment);
      g_assert_cmpfloat (back.threshold, ==, settings.threshold);
      again = foc_settings_to_string (&back);
      g_assert_cmpstr (text, ==, again);
    }
}

static void
test_damaged_augment (void)
{
  static const struct
  {
    const char *augment;
    gboolean good;
  } cases[] = {
    { "true", TRUE }, { "false", TRUE },     { "null", FALSE },
    { "1", FALSE },   { "\"true\"", FALSE }, { "[true]", FALSE },
  };
  FocSettings settings, back;
  g_autofree char *plain = NULL;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  plain = foc_settings_to_string (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "%.*s,\"augment\":%s}", (int) strlen (plain) - 1, plain, cases[i].augment);
      g_autoptr (JsonObject) object = foc_json_parse (text, strlen (text), NULL);

      g_test_message ("%s", cases[i].augment);
      g_assert_nonnull (object);
      g_assert_cmpint (foc_settings_from_json (&back, object), ==, cases[i].good);
      if (cases[i].good)
        g_assert_cmpint (back.training.augment, ==, i == 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/settings-augment/round-trip", test_augment);
  g_test_add_func ("/settings-augment/damaged", test_damaged_augment);

  return g_test_run ();
}
