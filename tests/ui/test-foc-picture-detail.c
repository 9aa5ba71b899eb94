/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-picture-detail.h"

#include "foc-answer-bars.h"
#include "foc-features-view.h"
#include "foc-picture-view.h"
#include "test-catalog.h"
#include "test-experiment.h"
#include "test-folders.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOVEL                                                                            \
  "The picture is unlike anything in training, so the percentage means nothing, "        \
  "however high it is."

typedef struct
{
  UiDataset data;
  FocPictureDetail *detail;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  test_ui_dataset_set_up (&self->data, data);
  self->detail = g_object_new (FOC_TYPE_PICTURE_DETAIL, NULL);
  foc_picture_detail_set_session (self->detail, self->data.session);
  self->window = test_ui_show (GTK_WIDGET (self->detail), 300, 800);
  test_ui_dataset_open (&self->data);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->detail);
  test_ui_destroy (self->window);
  test_ui_finalize (self->detail);
  test_ui_dataset_tear_down (&self->data, data);
}

static void
show (Fixture *self, const char *name)
{
  g_autoptr (FocPictureItem) item = test_ui_dataset_find (&self->data, name);

  foc_picture_detail_set_item (self->detail, item);
}

/* What stands beside `title`. */
static const char *
get_fact (Fixture *self, const char *title)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->detail, GTK_TYPE_LABEL);

  for (guint i = 0; i + 1 < labels->len; i++)
    if (g_str_equal (gtk_label_get_text (labels->pdata[i]), title))
      return gtk_label_get_text (labels->pdata[i + 1]);
  g_assert_not_reached ();
}

static gboolean
knows_pixels (gpointer fixture)
{
  return !g_str_equal (get_fact (fixture, "Pixels"), "…");
}

static gboolean
is_shown (Fixture *self, GType type)
{
  return gtk_widget_get_mapped (test_ui_find (self->detail, type));
}

static void
test_facts (Fixture *self, gconstpointer data)
{
  g_autoptr (FocPictureItem) item = test_ui_dataset_find (&self->data, "faces/3.jpg");
  g_autofree char *size = g_format_size (foc_picture_item_get_size (item));

  g_assert_false (is_shown (self, FOC_TYPE_PICTURE_VIEW));
  g_assert_true (
    test_ui_says (self->detail, "Select a picture to see what the network sees of it"));

  show (self, "faces/3.jpg");
  g_assert_true (test_ui_says (self->detail, "3.jpg"));
  g_assert_cmpstr (get_fact (self, "Class"), ==, "faces");
  g_assert_cmpstr (get_fact (self, "Split"), ==, "Training set");
  g_assert_cmpstr (get_fact (self, "Format"), ==, "…");
  g_assert_cmpstr (get_fact (self, "Pixels"), ==, "…");
  g_assert_cmpstr (get_fact (self, "Size"), ==, size);
  g_assert_cmpstr (get_fact (self, "Modified"), !=, "");
  test_ui_wait (knows_pixels, self);
  g_assert_cmpstr (get_fact (self, "Format"), ==, "JPEG");
  g_assert_cmpstr (get_fact (self, "Pixels"), ==, "32 × 32");

  foc_picture_detail_set_item (self->detail, NULL);
  g_assert_false (is_shown (self, FOC_TYPE_PICTURE_VIEW));
}

static void
count (GObject *object, GParamSpec *pspec, gpointer n)
{
  (*(guint *) n)++;
}

static void
test_item (Fixture *self, gconstpointer data)
{
  g_autoptr (FocPictureItem) item = test_ui_dataset_find (&self->data, "faces/3.jpg");
  g_autoptr (FocPictureItem) got = NULL;
  guint n = 0;

  g_signal_connect (self->detail, "notify::item", G_CALLBACK (count), &n);
  g_object_set (self->detail, "item", item, NULL);
  g_object_get (self->detail, "item", &got, NULL);
  g_assert_true (got == item);
  g_assert_cmpuint (n, ==, 1);
  foc_picture_detail_set_item (self->detail, item);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_split (Fixture *self, gconstpointer data)
{
  const FocSplitSettings settings = { FOC_SPLIT_PAPER, { 10, 10, 80 }, 1, FOC_KEEP_NONE };

  show (self, "faces/3.jpg");
  g_assert_true (foc_open_dataset_set_split (self->data.dataset, &settings, NULL));
  g_assert_cmpstr (get_fact (self, "Split"), ==, "Holdout set");
}

/* It has neither features nor an answer. */
static void
test_unreadable (Fixture *self, gconstpointer data)
{
  show (self, "faces/3.jpg");
  test_ui_wait (knows_pixels, self);
  g_assert_true (is_shown (self, FOC_TYPE_FEATURES_VIEW));
  g_assert_true (is_shown (self, FOC_TYPE_ANSWER_BARS));

  show (self, "faces/broken.jpg");
  g_assert_cmpstr (get_fact (self, "Split"), ==, "In no set");
  g_assert_cmpstr (get_fact (self, "Format"), ==, "–");
  g_assert_cmpstr (get_fact (self, "Pixels"), ==, "–");
  g_assert_false (is_shown (self, FOC_TYPE_FEATURES_VIEW));
  g_assert_false (is_shown (self, FOC_TYPE_ANSWER_BARS));
}

static void
test_vanished (Fixture *self, gconstpointer data)
{
  g_autoptr (FocPictureItem) item = test_ui_dataset_find (&self->data, "faces/3.jpg");

  g_assert_cmpint (g_remove (foc_picture_item_get_path (item)), ==, 0);
  foc_picture_detail_set_item (self->detail, item);
  g_assert_cmpstr (get_fact (self, "Format"), ==, "…");
  test_ui_wait (knows_pixels, self);
  g_assert_cmpstr (get_fact (self, "Format"), ==, "–");
  g_assert_cmpstr (get_fact (self, "Pixels"), ==, "–");
}

/* The answer is the class of the first bar. */
static void
assert_answer (Fixture *self)
{
  const char *answer = get_fact (self, "Model’s Answer");
  GtkWidget *bars = test_ui_find (self->detail, FOC_TYPE_ANSWER_BARS);
  const char *likeliest = gtk_label_get_text (test_ui_find (bars, GTK_TYPE_LABEL));

  g_assert_true (is_shown (self, FOC_TYPE_ANSWER_BARS));
  g_assert_nonnull (strstr (answer, likeliest));
}

static gboolean
knows_dogs (gpointer fixture)
{
  GtkWidget *bars = test_ui_find (((Fixture *) fixture)->detail, FOC_TYPE_ANSWER_BARS);

  return test_ui_says (bars, "dogs");
}

static void
test_answer (Fixture *self, gconstpointer data)
{
  g_autofree char *model = test_write_model (self->data.root, "cats dogs mice", 1);

  for (int i = 0; i < UI_N_DRAWN; i++)
    {
      g_autofree char *name = g_strdup_printf ("comics/%d.jpg", i);

      show (self, name);
      assert_answer (self);
    }

  /* Another model, which knows none of these classes. */
  foc_session_load_model (self->data.session, model);
  test_ui_wait (knows_dogs, self);
  assert_answer (self);
}

/* A wrong answer says so, a doubtful one why. */
static void
test_words (Fixture *self, gconstpointer data)
{
  const FocPredictions *predictions =
    foc_picture_list_get_predictions (self->data.pictures);
  guint n_wrong = 0;

  for (guint i = 0; i < UI_N_PICTURES; i++)
    {
      g_autoptr (FocPictureItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->data.pictures), i);
      guint32 row = foc_picture_item_get_row (item);
      const char *answer;

      if (foc_picture_item_get_status (item) != 0)
        continue;
      foc_picture_detail_set_item (self->detail, item);
      answer = get_fact (self, "Model’s Answer");
      g_assert_cmpint (g_str_has_prefix (answer, "Not sure: "), ==,
                       predictions->doubts[row] != FOC_DOUBT_NONE);
      g_assert_cmpint (g_str_has_suffix (answer, " – wrong"), ==,
                       predictions->doubts[row] == FOC_DOUBT_NONE
                         && predictions->wrong[row]);
      g_assert_cmpint (test_ui_says (self->detail, NOVEL), ==,
                       predictions->doubts[row] == FOC_DOUBT_NOVELTY);
      n_wrong += predictions->wrong[row];
    }
  g_assert_cmpuint (n_wrong, ==, predictions->n_wrong);
}

static gboolean
has_notified (gpointer n)
{
  return *(guint *) n > 0;
}

/* Whether a label that can be seen has these words. */
static gboolean
shows_text (Fixture *self, const char *words)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->detail, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (labels->pdata[i])
        && strstr (gtk_label_get_text (labels->pdata[i]), words) != NULL)
      return TRUE;
  return FALSE;
}

/* Of a picture in the holdout set that nobody has looked at, all is shown but what the
 * model makes of it. */
static void
test_seal (Fixture *self, gconstpointer data)
{
  FocTraining *training = foc_session_get_training (self->data.session);
  g_autofree char *output = test_path (self->data.root, "run");
  g_autofree char *folder = NULL;
  g_autofree char *model = NULL;
  g_autoptr (FocRun) run = NULL;
  guint n = 0;

  folder = test_run_without_look (self->data.faces, output, FOC_KEEP_NONE);
  model = test_path (folder, "model.safetensors");
  g_signal_connect (self->data.session, "notify::model", G_CALLBACK (count), &n);
  foc_session_load_model (self->data.session, model);
  test_ui_wait (has_notified, &n);

  show (self, "comics/0.jpg");
  assert_answer (self);
  g_assert_true (shows_text (self, "speaks for"));

  show (self, "comics/11.jpg");
  g_assert_cmpstr (get_fact (self, "Split"), ==, "Holdout set");
  g_assert_true (g_str_has_prefix (get_fact (self, "Model’s Answer"), "Under seal: "));
  g_assert_true (shows_text (self, "Under seal: "));
  g_assert_false (shows_text (self, "Break the Seal…")); /* on the Train page */
  g_assert_true (is_shown (self, FOC_TYPE_FEATURES_VIEW));
  g_assert_false (is_shown (self, FOC_TYPE_ANSWER_BARS));
  g_assert_false (shows_text (self, "%"));
  g_assert_false (shows_text (self, "speaks for"));

  /* The look: the answer is there at once. */
  n = 0;
  run = foc_run_load (folder, NULL);
  g_assert_true (foc_run_count_look (run, NULL));
  foc_training_open (training, folder);
  test_ui_wait (has_notified, &n);
  assert_answer (self);
  g_assert_true (shows_text (self, "speaks for"));
}

static GtkWidget *
find_answer (const char *text)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      g_autoptr (GPtrArray) labels = test_ui_list (l->data, GTK_TYPE_LABEL);

      for (guint i = 0; i < labels->len; i++)
        if (g_str_equal (gtk_label_get_text (labels->pdata[i]), text)
            && gtk_widget_get_mapped (labels->pdata[i]))
          return gtk_widget_get_ancestor (labels->pdata[i], GTK_TYPE_BUTTON);
    }
  return NULL;
}

static gboolean
is_asked (gpointer data)
{
  return find_answer ("Break the Seal") != NULL;
}

static gboolean
is_not_asked (gpointer data)
{
  return !is_asked (data);
}

static void
ask_and_answer (Fixture *self, const char *text)
{
  g_signal_emit_by_name (test_ui_find_button (self->detail, "_Break the Seal…"),
                         "clicked");
  test_ui_wait (is_asked, NULL);
  test_ui_run (300); /* it does not listen while it comes */
  g_signal_emit_by_name (find_answer (text), "clicked");
  test_ui_wait (is_not_asked, NULL);
}

/* Without its run there is no other place to break it. */
static void
test_seal_without_run (Fixture *self, gconstpointer data)
{
  g_autofree char *output = test_path (self->data.root, "run");
  g_autofree char *folder =
    test_run_without_look (self->data.faces, output, FOC_KEEP_NONE);
  g_autofree char *record = test_path (folder, "run.json");
  g_autofree char *model = test_path (folder, "model.safetensors");
  guint n = 0;

  g_assert_cmpint (g_unlink (record), ==, 0);
  g_signal_connect (self->data.session, "notify::model", G_CALLBACK (count), &n);
  foc_session_load_model (self->data.session, model);
  test_ui_wait (has_notified, &n);
  show (self, "comics/0.jpg");
  assert_answer (self);
  g_assert_false (shows_text (self, "Break the Seal…"));

  show (self, "comics/11.jpg");
  g_assert_true (shows_text (self, "the run that could measure it is not among yours"));
  n = 0;
  ask_and_answer (self, "Cancel");
  g_assert_true (shows_text (self, "Under seal: "));
  ask_and_answer (self, "Break the Seal");
  test_ui_wait (has_notified, &n);
  assert_answer (self);
  g_assert_false (shows_text (self, "Break the Seal…"));
}

static gboolean
has_bars (gpointer fixture)
{
  return is_shown (fixture, FOC_TYPE_ANSWER_BARS);
}

/* It is asked aside, about what is shown last. */
static void
test_large_model (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) large = test_model_new_large ("comics faces");
  const char *const names[] = { "faces/3.jpg", "faces/4.jpg", "comics/1.jpg" };

  show (self, names[0]);
  g_assert_true (has_bars (self));
  foc_session_use_model (self->data.session, large);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      show (self, names[i]);
      g_assert_cmpstr (get_fact (self, "Model’s Answer"), ==, "Asking the model");
      g_assert_false (has_bars (self));
    }
  test_ui_wait (has_bars, self);
  assert_answer (self);

  show (self, names[0]);
  show (self, "faces/broken.jpg");
  test_ui_run (200);
  g_assert_false (has_bars (self));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/picture-detail/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("facts", test_facts);
  ADD ("item", test_item);
  ADD ("split", test_split);
  ADD ("unreadable", test_unreadable);
  ADD ("vanished", test_vanished);
  ADD ("large-model", test_large_model);
  ADD ("answer", test_answer);
  ADD ("words", test_words);
  ADD ("seal", test_seal);
  ADD ("seal-without-run", test_seal_without_run);

  return g_test_run ();
}
