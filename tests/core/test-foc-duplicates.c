/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-duplicates.h"

#include "foc-preprocess.h"
#include "test-dataset.h"
#include "test-encoders.h"
#include "test-feature-build.h"
#include "test-folders.h"
#include "test-pictures.h"

#include <glib/gstdio.h>
#include <string.h>

static const guint jobs[] = { 1, 2, 8 };

/* A picture that only `number` tells from others, of `side` pixels. */
static GdkPixbuf *
draw (guint number, int side)
{
  g_autoptr (GdkPixbuf) picture = test_picture_new (96, 96, FALSE);
  g_autoptr (GdkPixbuf) turned =
    gdk_pixbuf_rotate_simple (picture, (GdkPixbufRotation) (90 * (number % 4)));
  g_autoptr (GdkPixbuf) flipped = gdk_pixbuf_flip (turned, TRUE);

  return gdk_pixbuf_scale_simple (number < 4 ? turned : flipped, side, side,
                                  GDK_INTERP_BILINEAR);
}

/* Adds picture `number`, 96 pixels large or `side`, in a format with the name's ending. */
static void
add (const BuildFixture *self, const char *name, guint number, int side)
{
  g_autoptr (GdkPixbuf) picture = draw (number, side);
  g_autoptr (GBytes) bytes = g_str_has_suffix (name, ".png")
                               ? test_encode (picture, "png")
                               : test_jpeg (picture, TEST_JPEG_COLOUR, FALSE, 0, FALSE);

  test_build_add_bytes (self, name, bytes);
}

/* Groups as text: names without blanks, separated by blanks; groups by "; ". */
static char *
describe (const FocDataset *dataset, const FocDuplicates *found, FocRelation relation)
{
  GString *text = g_string_new (NULL);

  for (guint32 i = 0; i < foc_duplicates_get_n_groups (found, relation); i++)
    {
      guint32 n;
      const guint32 *group = foc_duplicates_get_group (found, relation, i, &n);

      for (guint32 j = 0; j < n; j++)
        g_string_append_printf (text, "%s%s",
                                j > 0   ? " "
                                : i > 0 ? "; "
                                        : "",
                                foc_dataset_get_picture (dataset, group[j])->path);
    }

  return g_string_free (text, FALSE);
}

/* The groups of `relations`, whatever the number of threads. */
static void
assert_groups (const BuildFixture *self,
               const FocDataset *dataset,
               FocFeatureStore *store,
               FocRelations relations,
               const char *const expected[FOC_N_RELATIONS])
{
  for (guint k = 0; k < G_N_ELEMENTS (jobs); k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FocDuplicates) found = foc_duplicates_find (
        dataset, store, relations, jobs[k], NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      for (FocRelation i = 0; i < FOC_N_RELATIONS; i++)
        {
          g_autofree char *groups = describe (dataset, found, i);

          g_assert_cmpstr (groups, ==, expected[i]);
        }
    }
}

static void
assert_found (const BuildFixture *self,
              FocRelations relations,
              const char *const expected[FOC_N_RELATIONS])
{
  g_autoptr (FocDataset) dataset = test_scan (self->root);
  g_autoptr (FocFeatureStore) store = test_build (self);

  assert_groups (self, dataset, store, relations, expected);
}

static void
add_some (const BuildFixture *self)
{
  add (self, "a/1.png", 1, 96);
  add (self, "a/2.jpg", 2, 96);
  add (self, "a/3.jpg", 2, 96); /* the same file as 2 */
  add (self, "a/4.png", 2, 96); /* the same picture */
  add (self, "a/5.png", 3, 96);
  add (self, "a/x/1.png", 4, 96);
  add (self, "b/1.jpg", 5, 96);  /* the name of a/1 */
  add (self, "b/6.png", 3, 240); /* a/5, larger */
  add (self, "b/7.jpg", 6, 96);
  add (self, "b/8.jpg", 6, 96); /* the same file as 7 */
  add (self, "b/x/1.jpg", 7, 96);
  test_add_file (self->root, "b/2.jpg", "no picture", 10);
}

static void
test_relations (BuildFixture *self, gconstpointer data)
{
  add_some (self);
  assert_found (self, FOC_RELATIONS_ALL,
                (const char *const[]){ "a/2.jpg a/3.jpg; b/7.jpg b/8.jpg",
                                       "a/2.jpg a/3.jpg a/4.png; a/5.png b/6.png",
                                       "a/1.png b/1.jpg; a/x/1.png b/x/1.jpg" });
  assert_found (self, FOC_RELATIONS_NEAR,
                (const char *const[]){
                  "", "a/2.jpg a/3.jpg a/4.png; a/5.png b/6.png; b/7.jpg b/8.jpg", "" });
  assert_found (self, FOC_RELATIONS_NAMES,
                (const char *const[]){ "", "", "a/1.png b/1.jpg; a/x/1.png b/x/1.jpg" });
}

/* As the split takes them. */
static void
test_join (BuildFixture *self, gconstpointer data)
{
  static const struct
  {
    FocRelations wanted;
    guint expected[11];
  } cases[] = {
    { FOC_RELATIONS_NEAR, { 0, 1, 1, 1, 4, 5, 6, 4, 8, 8, 10 } },
    { FOC_RELATIONS_EXACT, { 0, 1, 1, 3, 4, 5, 6, 7, 8, 8, 10 } },
    { FOC_RELATIONS_NAMES, { 0, 1, 2, 3, 4, 5, 0, 7, 8, 9, 5 } },
    { FOC_RELATIONS_ALL, { 0, 1, 1, 1, 4, 5, 0, 4, 8, 8, 5 } },
  };
  g_autofree char *unreadable = test_path (self->root, "b/2.jpg");
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocFeatureStore) store = NULL;

  add_some (self);
  test_folder_delete (unreadable);
  dataset = test_scan (self->root);
  store = test_build (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FocRelations known[] = { cases[i].wanted, FOC_RELATIONS_ALL };

      for (guint k = 0; k < G_N_ELEMENTS (known); k++)
        {
          g_autoptr (FocDuplicates) found =
            foc_duplicates_find (dataset, store, known[k], 2, NULL, NULL, NULL, NULL);
          g_autofree guint32 *groups = foc_duplicates_join (found, cases[i].wanted);

          for (guint32 j = 0; j < 11; j++)
            g_assert_cmpuint (groups[j], ==, cases[i].expected[j]);
        }
    }
}

/* Equal names count where classes differ, and below the class folder only. */
static void
test_names (BuildFixture *self, gconstpointer data)
{
  static const char *const names[] = { "train/a/1.jpg",   "train/b/1.png",
                                       "train/a/2.jpg",   "train/b/x.1.png",
                                       "train/b/x.2.png", "test/a/1.jpg",
                                       "test/a/2.jpg",    "test/b/y/2.jpg",
                                       "test/a/x.1.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add (self, names[i], i % 8, 30);
  assert_found (
    self, FOC_RELATIONS_NAMES,
    (const char *const[]){
      "", "",
      "train/a/1.jpg test/a/1.jpg train/b/1.png; test/a/x.1.jpg train/b/x.1.png" });
}

/* Between the making of the features and the search files go, and change. */
static void
test_changed (BuildFixture *self, gconstpointer data)
{
  static const char *const names[] = { "a/1.png", "a/2.png", "b/3.png", "b/4.png" };
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocFeatureStore) store = NULL;
  g_autofree char *gone = test_path (self->root, "b/4.png");
  g_autofree char *changed = test_path (self->root, "a/1.png");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add (self, names[i], 1, 96);
  dataset = test_scan (self->root);
  store = test_build (self);
  assert_groups (self, dataset, store, FOC_RELATIONS_ALL,
                 (const char *const[]){ "a/1.png a/2.png b/3.png b/4.png", "", "" });

  test_file_flip (changed, 800); /* of the same length */
  g_assert_cmpint (g_remove (gone), ==, 0);
  assert_groups (
    self, dataset, store, FOC_RELATIONS_ALL,
    (const char *const[]){ "a/2.png b/3.png", "a/1.png a/2.png b/3.png b/4.png", "" });

  test_add_file (self->root, "b/3.png", "shorter", 7);
  test_add_file (self->root, "a/2.png", "shorter", 7);
  assert_groups (self, dataset, store, FOC_RELATIONS_ALL,
                 (const char *const[]){ "", "a/1.png a/2.png b/3.png b/4.png", "" });
}

static void
watch (guint64 done, guint64 total, gpointer user_data)
{
  double *share = user_data;

  g_assert_cmpfloat ((double) done / (double) total, >=, *share);
  *share = (double) done / (double) total;
}

static void
test_progress (BuildFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocFeatureStore) store = NULL;
  g_autoptr (FocDuplicates) found = NULL;
  g_autoptr (GError) error = NULL;
  double share = 0;

  add_some (self);
  dataset = test_scan (self->root);
  store = test_build (self);
  found = foc_duplicates_find (dataset, store, FOC_RELATIONS_ALL, 2, watch, &share, NULL,
                               &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (share, ==, 1.0);

  g_cancellable_cancel (cancellable);
  g_assert_null (foc_duplicates_find (dataset, store, FOC_RELATIONS_ALL, 2, NULL, NULL,
                                      cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Real pictures: each encoded again, at two sizes and qualities, is found; hardly any
 * two others are taken for the same. */
static void
test_real (BuildFixture *self, gconstpointer data)
{
  const char *images = g_getenv ("FOC_TEST_IMAGES");
  g_autoptr (FocDataset) originals = NULL;
  g_autoptr (FocDataset) dataset = NULL;
  g_autoptr (FocFeatureStore) store = NULL;
  g_autoptr (FocDuplicates) found = NULL;
  g_autofree guint32 *groups = NULL;
  guint n = 0, n_found = 0, n_false = 0;

  if (images == NULL || *images == '\0')
    {
      g_test_skip ("FOC_TEST_IMAGES names no pictures");
      return;
    }

  originals = test_scan (images);
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (originals); i += 7, n++)
    {
      g_autofree char *path = foc_dataset_get_file (originals, i);
      g_autofree char *copy = g_strdup_printf ("%s/b/%u.jpg", self->root, n);
      g_autofree char *name = g_strdup_printf ("a/%u.jpg", n);
      g_autofree char *quality = g_strdup_printf ("%u", 40 + n % 50);
      g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_file (path, NULL);
      g_autoptr (GdkPixbuf) scaled = NULL;
      g_autofree char *content = NULL;
      gsize length;
      int side;

      g_assert_nonnull (picture);
      side = MIN (gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture));
      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      test_add_file (self->root, name, content, length);
      test_add_folder (self->root, "b");
      scaled = gdk_pixbuf_scale_simple (
        picture, gdk_pixbuf_get_width (picture) * (n % 2 ? 96 : 150) / side,
        gdk_pixbuf_get_height (picture) * (n % 2 ? 96 : 150) / side, GDK_INTERP_BILINEAR);
      g_assert_true (
        gdk_pixbuf_save (scaled, copy, "jpeg", NULL, "quality", quality, NULL));
    }

  dataset = test_scan (self->root);
  store = test_build (self);
  found =
    foc_duplicates_find (dataset, store, FOC_RELATIONS_NEAR, 2, NULL, NULL, NULL, NULL);
  groups = foc_duplicates_join (found, FOC_RELATIONS_NEAR);
  for (guint i = 0; i < n; i++)
    {
      n_found += groups[i] == groups[n + i];
      n_false += groups[i] != i;
    }
  g_test_message ("%u of %u found, %u taken for others", n_found, n, n_false);
  g_assert_cmpuint (n_found, >=, n * 99 / 100);
  g_assert_cmpuint (n_false, <=, n / 100);
}

#define ADD_TEST(name, function)                                                         \
  g_test_add ("/duplicates/" name, BuildFixture, NULL, test_build_set_up, function,      \
              test_build_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TEST ("relations", test_relations);
  ADD_TEST ("join", test_join);
  ADD_TEST ("names", test_names);
  ADD_TEST ("changed", test_changed);
  ADD_TEST ("progress", test_progress);
  ADD_TEST ("real", test_real);

  return g_test_run ();
}
