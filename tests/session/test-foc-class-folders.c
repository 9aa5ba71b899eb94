/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-class-folders.h"

#include "test-catalog.h"

#include <string.h>

/* An answer of a model with these two classes. */
static void
add (GPtrArray *records, const char *first, const char *second)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("x y", 1);
  char **names = ((FocModel *) foc_loaded_model_get_model (model))->class_names;
  float probabilities[2] = { 0 };
  const FocClassification result = { .probabilities = probabilities };
  GRefString *path = g_ref_string_new ("/1.jpg");

  g_free (names[0]);
  g_free (names[1]);
  names[0] = g_strdup (first);
  names[1] = g_strdup (second);
  g_ptr_array_add (records, foc_answer_record_new (path, model, &result));
  g_ref_string_release (path);
}

static GPtrArray *
new_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) foc_answer_record_unref);
}

static void
assert_folder (GHashTable *folders, const char *class_name, const char *expected)
{
  g_assert_cmpstr (g_hash_table_lookup (folders, class_name), ==, expected);
}

static void
test_names (void)
{
  g_autoptr (GPtrArray) records = new_records ();
  g_autoptr (GHashTable) folders = NULL;

  add (records, "comics", "ä e.f");
  add (records, "../..\n", "");
  add (records, "comics", "dog");
  folders = foc_class_folders_new (records);
  g_assert_cmpuint (g_hash_table_size (folders), ==, 5);
  assert_folder (folders, "comics", "comics");
  assert_folder (folders, "dog", "dog");
  assert_folder (folders, "ä e.f", "ä e.f");
  assert_folder (folders, "../..\n", "_._.._");
  assert_folder (folders, "", "_");
}

/* Those that are what they are called go first, whatever the order of the answers. */
static void
test_distinct (void)
{
  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr (GPtrArray) records = new_records ();
      g_autoptr (GHashTable) folders = NULL;

      add (records, turn == 0 ? "a/b" : "a_b", "Not sure");
      add (records, turn == 0 ? "a_b" : "a/b", "not sure");
      add (records, "A_B-2", "a\nb");
      folders = foc_class_folders_new (records);
      assert_folder (folders, "a_b", "a_b");
      assert_folder (folders, "A_B-2", "A_B-2");
      assert_folder (folders, "a\nb", "a_b-3");
      assert_folder (folders, "a/b", "a_b-4");
      assert_folder (folders, "Not sure", "Not sure-2");
      assert_folder (folders, "not sure", "not sure-3");
    }
}

/* They are cut, but not within a character, and stay two. */
static void
test_long (void)
{
  g_autoptr (GPtrArray) records = new_records ();
  g_autoptr (GHashTable) folders = NULL;
  g_autofree char *long_name = g_strnfill (300, 'l');
  g_autofree char *longer = g_strconcat (long_name, "er", NULL);
  char *a, *b;

  memcpy (long_name + 254, "ä", 2);
  memcpy (longer + 254, "ä", 2);
  add (records, long_name, longer);
  folders = foc_class_folders_new (records);
  a = g_hash_table_lookup (folders, long_name);
  b = g_hash_table_lookup (folders, longer);
  g_assert_cmpuint (strlen (a), ==, 254);
  g_assert_cmpuint (strlen (b), ==, 255);
  g_assert_true (g_str_has_suffix (b, "l-2"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/class-folders/names", test_names);
  g_test_add_func ("/class-folders/distinct", test_distinct);
  g_test_add_func ("/class-folders/long", test_long);
  return g_test_run ();
}
