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
  static const struct
  {
    gboolean augment;
    FocRecolour recolour;
    gboolean is_recoloured; /* when normal */
    const char *written;
  } cases[] = {
    { FALSE, { 0, 0 }, FALSE, NULL },
    { TRUE, { 0, 0 }, FALSE, "\"augment\":true" },
    { FALSE, { 1, 0 }, FALSE, NULL },
    { TRUE, { 7, 7 }, FALSE, "\"augment\":true" },
    { TRUE, { 1, 0 }, TRUE, "\"augment\":true,\"recolour\":[1,0]" },
    { TRUE, { 0, 999 }, TRUE, "\"augment\":true,\"recolour\":[0,999]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FocSettings settings, back;
      g_autoptr (JsonObject) object = NULL;
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;

      foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
      g_assert_false (settings.training.augment);
      settings.training.augment = cases[i].augment;
      settings.training.recolour = cases[i].recolour;
      settings.threshold = i / 5.0;
      g_assert_true (foc_settings_normalise (&settings, NULL));
      g_assert_cmpint (settings.training.augment, ==, cases[i].augment);
      g_assert_cmpuint (settings.training.recolour.from, ==,
                        cases[i].is_recoloured ? cases[i].recolour.from : 0);
      g_assert_cmpuint (settings.training.recolour.to, ==,
                        cases[i].is_recoloured ? cases[i].recolour.to : 0);

      text = foc_settings_to_string (&settings);
      if (cases[i].written != NULL)
        g_assert_nonnull (strstr (text, cases[i].written));
      g_assert_cmpint (strstr (text, "augment") != NULL, ==, cases[i].augment);
      g_assert_cmpint (strstr (text, "recolour") != NULL, ==, cases[i].is_recoloured);

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
    const char *augment, *recolour;
    gboolean good;
  } cases[] = {
    { "true", "[0,1]", TRUE },      { "false", "[0,1]", TRUE }, /* and it has no effect */
    { "true", "[0,999]", TRUE },    { "true", "[0,0]", TRUE },
    { "true", "[0,1000]", FALSE },  { "true", "[65536,1]", FALSE },
    { "true", "[-1,0]", FALSE },    { "true", "[0]", FALSE },
    { "true", "[]", FALSE },        { "true", "[0,1,2]", FALSE },
    { "true", "[0,\"1\"]", FALSE }, { "true", "[0.5,1]", FALSE },
    { "true", "null", FALSE },      { "true", "\"faces:comics\"", FALSE },
    { "null", "[0,1]", FALSE },     { "1", "[0,1]", FALSE },
    { "\"true\"", "[0,1]", FALSE }, { "[true]", "[0,1]", FALSE },
  };
  FocSettings settings, back;
  g_autofree char *plain = NULL;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  plain = foc_settings_to_string (&settings);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("%.*s,\"augment\":%s,\"recolour\":%s}", (int) strlen (plain) - 1,
                         plain, cases[i].augment, cases[i].recolour);
      g_autoptr (JsonObject) object = foc_json_parse (text, strlen (text), NULL);

      g_test_message ("%s %s", cases[i].augment, cases[i].recolour);
      g_assert_nonnull (object);
      g_assert_cmpint (foc_settings_from_json (&back, object), ==, cases[i].good);
      if (cases[i].good)
        g_assert_cmpint (back.training.recolour.from != back.training.recolour.to, ==,
                         i != 1 && i != 3);
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
