/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-list.h"

#include "test-catalog.h"
#include "test-feature-build.h"
#include "test-folders.h"
#include "test-loop.h"

#include <glib/gstdio.h>
#include <math.h>

typedef struct
{
  BuildFixture build;
  FocPictureList *list;
  GString *log; /* "position -removed +added" for each change; "~" for an item's */
} Fixture;

static void
on_items_changed (GListModel *list,
                  guint position,
                  guint removed,
                  guint added,
                  gpointer log)
{
  g_string_append_printf (log, "%u -%u +%u ", position, removed, added);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  test_build_set_up (&self->build, NULL);
  self->list = foc_picture_list_new ();
  self->log = g_string_new (NULL);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed),
                    self->log);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->list);
  g_string_free (self->log, TRUE);
  test_build_tear_down (&self->build, NULL);
}

/* What the list shows, as names of files. */
static void
assert_shows (Fixture *self, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FocPictureItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->list), i);
      guint position;

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                              foc_picture_item_get_name (item));
      g_assert_true (
        foc_picture_list_find (self->list, foc_picture_item_get_row (item), &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (self->list), n));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
show (Fixture *self, FocPictureFilter filter, const char *expected)
{
  foc_picture_list_set_filter (self->list, &filter);
  assert_shows (self, expected);
}

/* Scans anew. */
static void
scan (Fixture *self)
{
  g_autoptr (FocCatalog) catalog = test_catalog_scan (self->build.root);

  foc_picture_list_set_contents (self->list, catalog, NULL);
}

static void
test_empty (Fixture *self, gconstpointer data)
{
  guint position;

  assert_shows (self, "");
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (self->list))
                 == FOC_TYPE_PICTURE_ITEM);
  foc_picture_list_set_sort_order (self->list, FOC_SORT_LOSS);
  show (self, (FocPictureFilter){ 0, -1, 0, FOC_SHOW_LEAKS, NULL, "x" }, "");
  g_assert_false (foc_picture_list_find (self->list, 0, &position));
  foc_picture_list_set_contents (self->list, NULL, NULL);
  test_assert_log (self->log, "");
}

static void
test_filters (Fixture *self, gconstpointer data)
{
  const FocPictureFilter all = FOC_PICTURE_FILTER_INIT;
  FocPictureFilter filter = all;
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);
  g_autoptr (FocCatalog) catalog = NULL;

  /* 50, 20, 30 of ten each. */
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("a/a%u.pnm", i);

      if (i == 0 || i == 9)
        test_build_add (&self->build, name, 0);
      else
        test_add_file (self->build.root, name, "", 0);
    }
  test_build_add (&self->build, "b/b0.pnm", 1);
  test_build_add (&self->build, "b/b1.pnm", 1);
  test_build_add (&self->build, "b/b9.pnm", 2);
  catalog = test_catalog_complete (self->build.root, NULL);
  foc_picture_list_set_contents (self->list, catalog, NULL);
  assert_shows (self, "a0.pnm a1.pnm a2.pnm a3.pnm a4.pnm a5.pnm a6.pnm a7.pnm a8.pnm "
                      "a9.pnm b0.pnm b1.pnm b9.pnm");

  filter.label = 1;
  show (self, filter, "b0.pnm b1.pnm b9.pnm");
  filter = all;
  filter.part = FOC_PART_TRAIN;
  show (self, filter, "a0.pnm b0.pnm b1.pnm");
  filter.part = FOC_PART_HOLDOUT;
  show (self, filter, "a9.pnm b9.pnm");
  filter = all;
  filter.rows = rows;
  g_hash_table_add (rows, GUINT_TO_POINTER (1));
  g_hash_table_add (rows, GUINT_TO_POINTER (10));
  g_assert_true (foc_picture_filter_is_set (&filter));
  show (self, filter, "a1.pnm b0.pnm");
  /* Once more, from the list's own. */
  foc_picture_list_set_filter (self->list, foc_picture_list_get_filter (self->list));
  filter = *foc_picture_list_get_filter (self->list);
  filter.label = 1;
  show (self, filter, "b0.pnm");
  filter = all;
  filter.part = FOC_PART_NONE;
  filter.search = "A1";
  show (self, filter, "a1.pnm");
  filter = all;
  filter.show = FOC_SHOW_UNREADABLE;
  show (self, filter, "a1.pnm a2.pnm a3.pnm a4.pnm a5.pnm a6.pnm a7.pnm a8.pnm");
  filter.show = FOC_SHOW_DUPLICATES;
  show (self, filter, "a0.pnm a9.pnm b0.pnm b1.pnm");
  filter.show = FOC_SHOW_LEAKS;
  show (self, filter, "a0.pnm a9.pnm");
  filter.show = FOC_SHOW_MISCLASSIFIED;
  show (self, filter, "");
  filter.show = FOC_SHOW_NOT_SURE;
  show (self, filter, "");
}

static void
test_model_filters (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  g_autoptr (FocLoadedModel) model = test_model_new ("a b", 1);
  g_autoptr (FocPredictions) predictions = test_predictions_new (model, 4, 1);
  g_autoptr (FocCatalog) catalog = NULL;
  const float probabilities[] = { 0.9f, NAN, 0.6f, 0.7f };
  const float losses[] = { 0.1f, NAN, 3.0f, 0.1f };

  for (guint i = 0; i < 4; i++)
    {
      predictions->probabilities[i] = probabilities[i];
      predictions->losses[i] = losses[i];
      predictions->wrong[i] = i == 2;
      predictions->doubts[i] = i >= 1 && i <= 2 ? FOC_DOUBT_NOVELTY : FOC_DOUBT_NONE;
    }
  test_add_files (self->build.root, "a/1.png a/2.png b/3.png b/4.png");
  catalog = test_catalog_scan (self->build.root);
  foc_picture_list_set_contents (self->list, catalog, predictions);

  filter.show = FOC_SHOW_MISCLASSIFIED;
  show (self, filter, "3.png");
  filter.show = FOC_SHOW_NOT_SURE;
  show (self, filter, "3.png");
  filter.show = FOC_SHOW_ALL;
  show (self, filter, "1.png 2.png 3.png 4.png");
  foc_picture_list_set_sort_order (self->list, FOC_SORT_CONFIDENCE);
  assert_shows (self, "3.png 4.png 1.png 2.png");
  foc_picture_list_set_sort_order (self->list, FOC_SORT_LOSS);
  assert_shows (self, "3.png 1.png 4.png 2.png");

  /* Without answers it is the order of names. */
  foc_picture_list_set_contents (self->list, catalog, NULL);
  assert_shows (self, "1.png 2.png 3.png 4.png");
  g_assert_cmpint (foc_picture_list_get_sort_order (self->list), ==, FOC_SORT_LOSS);
}

/* By the class that the model answers, whatever number it has there. */
static void
test_answer (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  g_autoptr (FocLoadedModel) model = test_model_new ("b a", 1);
  g_autoptr (FocLoadedModel) other = test_model_new ("cat dog", 1);
  g_autoptr (FocPredictions) predictions = test_predictions_new (model, 5, 1);
  g_autoptr (FocPredictions) others = test_predictions_new (other, 5, 1);
  g_autoptr (FocCatalog) catalog = NULL;
  const float probabilities[] = { 0.9f, 0.8f, NAN, 0.6f, 0.7f };
  const guint16 answers[] = { 1, 0, 0, 0, 1 };

  for (guint i = 0; i < 5; i++)
    {
      predictions->probabilities[i] = others->probabilities[i] = probabilities[i];
      predictions->answers[i] = others->answers[i] = answers[i];
    }
  others->comparable = FALSE;
  test_add_files (self->build.root, "a/1.png a/2.png a/3.png b/4.png b/5.png");
  catalog = test_catalog_scan (self->build.root);
  foc_picture_list_set_contents (self->list, catalog, predictions);

  filter.answer = 0;
  show (self, filter, "1.png 5.png");
  filter.answer = 1;
  show (self, filter, "2.png 4.png");
  filter.label = 0;
  show (self, filter, "2.png");

  /* Nobody has answered, or not with these classes. */
  foc_picture_list_set_contents (self->list, catalog, NULL);
  assert_shows (self, "");
  foc_picture_list_set_contents (self->list, catalog, others);
  assert_shows (self, "");
  foc_picture_list_set_contents (self->list, catalog, predictions);
  assert_shows (self, "2.png");
}

static void
test_search (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *search, *expected;
  } cases[] = {
    { "", "Anna.png Äpfel.png STRASSE.png sub/Anna.png Ärger.png ﬁsh.png" },
    { "anna", "Anna.png sub/Anna.png" },
    { "ANNA.P", "Anna.png sub/Anna.png" },
    { "SUB/a", "sub/Anna.png" },
    { "äp", "Äpfel.png" },
    { "ÄPFEL", "Äpfel.png" },
    { "A\xcc\x88PFEL", "Äpfel.png" }, /* the accent by itself */
    { "ärger", "Ärger.png" },
    { "straße", "STRASSE.png" },
    { "fish", "ﬁsh.png" },
    { "ＡＮＮＡ", "Anna.png sub/Anna.png" }, /* full width */
    { "nobody", "" },
    { "p.g", "" },
    { "%s", "" },
  };

  test_add_files (self->build.root, "a/Anna.png a/STRASSE.png a/Äpfel.png b/sub/Anna.png "
                                    "b/A\xcc\x88rger.png b/ﬁsh.png");
  scan (self);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
      g_autofree char *search = g_strdup (cases[i].search);
      g_auto (GStrv) names = g_strsplit (cases[i].expected, " ", -1);
      guint n = g_strv_length (names);

      filter.search = search;
      foc_picture_list_set_filter (self->list, &filter);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, n);
      if (n == 1)
        {
          g_autoptr (FocPictureItem) item =
            g_list_model_get_item (G_LIST_MODEL (self->list), 0);
          g_autofree char *composed = g_utf8_normalize (foc_picture_item_get_name (item),
                                                        -1, G_NORMALIZE_DEFAULT_COMPOSE);

          g_assert_cmpstr (composed, ==, names[0]);
        }
    }

  /* The string is the list's own, and the filter may be its own one. */
  {
    FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
    g_autofree char *search = g_strdup ("anna");

    filter.search = search;
    foc_picture_list_set_filter (self->list, &filter);
    search[0] = 'X';
    foc_picture_list_set_filter (self->list, foc_picture_list_get_filter (self->list));
    g_assert_cmpstr (foc_picture_list_get_filter (self->list)->search, ==, "anna");
    assert_shows (self, "Anna.png sub/Anna.png");
  }
}

static void
test_changes (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  g_autofree char *gone = test_path (self->build.root, "a/3.png");

  test_add_files (self->build.root, "a/1.png a/2.png a/3.png a/4.png b/1.png b/2.png");
  scan (self);
  test_assert_log (self->log, "0 -0 +6");
  scan (self); /* the same files */
  test_assert_log (self->log, "");

  filter.search = "2";
  foc_picture_list_set_filter (self->list, &filter); /* a/2 b/2 */
  test_assert_log (self->log, "0 -5 +1");            /* b/2 is the last one in both */
  foc_picture_list_set_filter (self->list, &filter);
  test_assert_log (self->log, "");
  filter.search = NULL;
  foc_picture_list_set_filter (self->list, &filter);
  test_assert_log (self->log, "0 -1 +5");

  test_add_files (self->build.root, "a/2b.png");
  scan (self);
  test_assert_log (self->log, "2 -0 +1");
  g_assert_cmpint (g_remove (gone), ==, 0);
  scan (self);
  test_assert_log (self->log, "3 -1 +0");
  test_add_files (self->build.root, "c/1.png");
  scan (self);
  test_assert_log (self->log, "6 -0 +1");
  foc_picture_list_set_contents (self->list, NULL, NULL);
  test_assert_log (self->log, "0 -7 +0");
}

static void
test_identity (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  g_autofree char *gone = test_path (self->build.root, "a/1.png");
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (FocCatalog) catalog = NULL;
  FocPictureItem *first, *last, *again;

  test_add_files (self->build.root, "a/1.png a/2.png b/1.png");
  scan (self);
  first = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  last = g_list_model_get_item (G_LIST_MODEL (self->list), 2);
  test_log_signals (G_OBJECT (first), "changed", said);
  test_log_signals (G_OBJECT (last), "changed", said);

  filter.label = 1;
  foc_picture_list_set_filter (self->list, &filter);
  again = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  g_assert_true (again == last);
  g_object_unref (again);
  test_assert_log (said, "");

  /* Without the first picture, it has another row and another part. */
  filter.label = -1;
  foc_picture_list_set_filter (self->list, &filter);
  g_assert_cmpint (g_remove (gone), ==, 0);
  test_add_files (self->build.root, "a/0.png a/1b.png");
  scan (self);
  test_assert_log (said, "changed");
  g_assert_cmpuint (foc_picture_item_get_row (last), ==, 3);
  again = g_list_model_get_item (G_LIST_MODEL (self->list), 3);
  g_assert_true (again == last);
  g_object_unref (again);
  g_assert_cmpstr (foc_picture_item_get_name (last), ==, "1.png");
  g_assert_cmpstr (foc_picture_item_get_class_name (last), ==, "b");

  /* The one that has gone is what it was, and nobody's. */
  g_assert_cmpstr (foc_picture_item_get_name (first), ==, "1.png");
  again = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  g_assert_true (again != first);
  g_assert_finalize_object (first);
  g_object_unref (again);

  /* Let go, it is made again; the rest of the list does not know of it. */
  g_assert_finalize_object (last);
  assert_shows (self, "0.png 1b.png 2.png 1.png");

  /* Items live longer than the list shows them. */
  last = g_list_model_get_item (G_LIST_MODEL (self->list), 3);
  foc_picture_list_set_contents (self->list, NULL, NULL);
  g_assert_cmpstr (foc_picture_item_get_name (last), ==, "1.png");
  scan (self);
  again = g_list_model_get_item (G_LIST_MODEL (self->list), 3);
  g_assert_true (again != last);
  g_assert_finalize_object (last);
  g_assert_finalize_object (again);
}

/* Whoever hears of a change finds list and items as they are from then on. */
static void
look_at_all (Fixture *self)
{
  FocCatalog *catalog = foc_picture_list_get_catalog (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->list)); i++)
    {
      g_autoptr (FocPictureItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->list), i);

      g_assert_true (foc_picture_item_get_catalog (item) == catalog);
      g_assert_cmpuint (foc_picture_item_get_row (item), <,
                        foc_dataset_get_n_pictures (catalog->dataset));
    }
}

static void
test_consistency (Fixture *self, gconstpointer data)
{
  g_autofree char *gone = test_path (self->build.root, "b");
  g_autoptr (FocPictureItem) item = NULL;
  GString *said = g_string_new (NULL);

  test_add_files (self->build.root, "a/1.png a/2.png b/1.png b/2.png c/1.png");
  scan (self);
  item = g_list_model_get_item (G_LIST_MODEL (self->list), 4);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (look_at_all), self);
  g_signal_connect_swapped (self->list, "items-changed", G_CALLBACK (look_at_all), self);
  test_log_signals (G_OBJECT (item), "changed", said);
  test_folder_delete (gone);
  scan (self);
  test_assert_log (said, "changed");
  g_assert_cmpuint (foc_picture_item_get_row (item), ==, 2);
  g_signal_handlers_disconnect_by_data (item, self);
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&item);
  g_string_free (said, TRUE);
}

/* A filter goes with the class, whatever its number, and ends with the folder. */
static void
test_filter_follows (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;
  g_autofree char *a = test_path (self->build.root, "a");
  g_autofree char *c = test_path (self->build.root, "c");
  g_autofree char *other = test_folder_new ();
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (FocCatalog) catalog = NULL;

  test_add_files (self->build.root, "a/1.png b/2.png c/3.png d/4.png");
  scan (self);
  test_log_signals (G_OBJECT (self->list), "filter-changed", said);
  filter.label = 2;
  filter.search = "png";
  show (self, filter, "3.png");
  test_assert_log (said, "filter-changed");
  filter.answer = 3;
  show (self, filter, "");
  test_assert_log (said, "filter-changed");

  test_folder_delete (a);
  scan (self);
  g_assert_cmpint (foc_picture_list_get_filter (self->list)->label, ==, 1);
  g_assert_cmpint (foc_picture_list_get_filter (self->list)->answer, ==, 2);
  test_assert_log (said, "filter-changed");
  scan (self);
  test_assert_log (said, "");

  test_folder_delete (c);
  scan (self);
  g_assert_cmpint (foc_picture_list_get_filter (self->list)->label, ==, -1);
  g_assert_cmpint (foc_picture_list_get_filter (self->list)->answer, ==, 1);
  g_assert_cmpstr (foc_picture_list_get_filter (self->list)->search, ==, "png");
  test_assert_log (said, "filter-changed");

  test_add_files (other, "a/1.png b/2.png");
  catalog = test_catalog_scan (other);
  foc_picture_list_set_contents (self->list, catalog, NULL);
  g_assert_null (foc_picture_list_get_filter (self->list)->search);
  g_assert_cmpint (foc_picture_list_get_filter (self->list)->answer, ==, -1);
  test_assert_log (said, "filter-changed");
  test_folder_delete (other);
}

#define ADD(name, function)                                                              \
  g_test_add ("/picture-list/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("empty", test_empty);
  ADD ("filters", test_filters);
  ADD ("model-filters", test_model_filters);
  ADD ("answer", test_answer);
  ADD ("search", test_search);
  ADD ("changes", test_changes);
  ADD ("identity", test_identity);
  ADD ("consistency", test_consistency);
  ADD ("filter-follows", test_filter_follows);

  return g_test_run ();
}
