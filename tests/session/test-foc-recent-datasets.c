/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-recent-datasets.h"

#include "test-folders.h"

#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>

#define SCHEMA "io.github.faceorcomic.FaceOrComic"

static GSettings *settings; /* in memory */

static void
reset (void)
{
  g_settings_reset (settings, "recent-datasets");
}

static const FocSplitSettings paper = { FOC_SPLIT_PAPER,
                                        { 50, 20, 30 },
                                        1,
                                        FOC_KEEP_NONE };
static const FocSplitSettings other = { FOC_SPLIT_STRATIFIED,
                                        { 8, 1, 1 },
                                        99,
                                        FOC_KEEP_ALL };

/* The paths, separated by blanks. */
static void
assert_recent (const char *expected)
{
  g_autoptr (GPtrArray) recent = foc_recent_datasets_get (settings);
  g_autoptr (GString) paths = g_string_new (NULL);

  for (guint i = 0; i < recent->len; i++)
    {
      const FocRecentDataset *dataset = recent->pdata[i];

      g_string_append_printf (paths, "%s%s", i > 0 ? " " : "", dataset->path);
    }
  g_assert_cmpstr (paths->str, ==, expected);
}

static void
test_add (void)
{
  g_autoptr (GPtrArray) recent = NULL;
  const FocRecentDataset *dataset;

  reset ();
  assert_recent ("");
  foc_recent_datasets_add (settings, "/a", &paper);
  foc_recent_datasets_add (settings, "/b c/\xff", &other);
  assert_recent ("/b c/\xff /a");
  recent = foc_recent_datasets_get (settings);
  dataset = recent->pdata[0];
  g_assert_cmpint (dataset->split.method, ==, FOC_SPLIT_STRATIFIED);
  g_assert_cmpuint (dataset->split.shares[0], ==, 8);
  g_assert_cmpuint (dataset->split.shares[2], ==, 1);
  g_assert_cmpuint (dataset->split.seed, ==, 99);
  g_assert_cmpint (dataset->split.group, ==, FOC_KEEP_ALL);

  /* Again: at the head, with the new split. */
  foc_recent_datasets_add (settings, "/a", &other);
  assert_recent ("/a /b c/\xff");
  g_ptr_array_unref (g_steal_pointer (&recent));
  recent = foc_recent_datasets_get (settings);
  dataset = recent->pdata[0];
  g_assert_cmpint (dataset->split.method, ==, FOC_SPLIT_STRATIFIED);
}

static void
test_most (void)
{
  reset ();
  for (guint i = 0; i < 15; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u", i);

      foc_recent_datasets_add (settings, path, &paper);
    }
  assert_recent ("/14 /13 /12 /11 /10 /9 /8 /7 /6 /5");
  foc_recent_datasets_add (settings, "/5", &paper);
  assert_recent ("/5 /14 /13 /12 /11 /10 /9 /8 /7 /6");
}

static void
test_remove (void)
{
  reset ();
  foc_recent_datasets_add (settings, "/a", &paper);
  foc_recent_datasets_add (settings, "/b", &paper);
  foc_recent_datasets_remove (settings, "/a");
  assert_recent ("/b");
  foc_recent_datasets_remove (settings, "/a");
  assert_recent ("/b");
  foc_recent_datasets_remove (settings, "/b");
  assert_recent ("");
}

static void
test_damaged (void)
{
  GVariantBuilder builder;
  /* A string whose zero byte is missing. */
  const guint8 endless[] = { '/', 'x' };
  g_autofree char *good = NULL;

  reset ();
  foc_recent_datasets_add (settings, "/good", &paper);
  {
    g_autoptr (GVariant) value = g_settings_get_value (settings, "recent-datasets");
    const char *path, *split;

    g_variant_get_child (value, 0, "(^&ay^&ay)", &path, &split);
    good = g_strdup (split);
  }

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ayay)"));
  g_variant_builder_add (&builder, "(^ay^ay)", "relative", good);
  g_variant_builder_add (&builder, "(^ay^ay)", "", good);
  g_variant_builder_add (&builder, "(^ay^ay)", "/no-split", "");
  g_variant_builder_add (&builder, "(^ay^ay)", "/no-json", "{ \"split\": ");
  g_variant_builder_add (&builder, "(^ay^ay)", "/other-json", "[1, 2]");
  g_variant_builder_add (&builder, "(@ay^ay)",
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, endless, 2, 1),
                         good);
  g_variant_builder_add (&builder, "(^ay^ay)", "/still-good", good);
  g_settings_set_value (settings, "recent-datasets", g_variant_builder_end (&builder));

  assert_recent ("/still-good");
  foc_recent_datasets_add (settings, "/new", &paper);
  assert_recent ("/new /still-good");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  source = g_settings_schema_source_new_from_directory (g_getenv ("FOC_TEST_SCHEMAS"),
                                                        NULL, TRUE, &error);
  g_assert_no_error (error);
  schema = g_settings_schema_source_lookup (source, SCHEMA, FALSE);
  backend = g_memory_settings_backend_new ();
  settings = g_settings_new_full (schema, backend, NULL);

  g_test_add_func ("/recent-datasets/add", test_add);
  g_test_add_func ("/recent-datasets/most", test_most);
  g_test_add_func ("/recent-datasets/remove", test_remove);
  g_test_add_func ("/recent-datasets/damaged", test_damaged);

  status = g_test_run ();
  g_object_unref (settings);
  return status;
}
