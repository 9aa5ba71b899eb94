/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-app-settings.h"
#include "foc-compare-view.h"
#include "foc-curves-view.h"
#include "foc-dataset-sidebar.h"
#include "foc-job-bar.h"
#include "foc-picture-grid.h"
#include "foc-window-private.h"
#include "test-answers.h"
#include "test-folders.h"
#include "test-locale.h"
#include "test-ui-train.h"
#include "test-ui-window.h"
#include "test-ui.h"

#include <glib/gi18n.h>
#include <locale.h>

/* The window is as narrow as a telephone, whatever is on its pages: in English, from right
 * to left, and in Italian, whose words are longer. With text of twice the size its pages need
 * little more. */

#define NARROW 360
#define NARROW_LARGE 460

typedef struct
{
  UiWindow window;
  FocTraining *training;
  char *runs;
  int most; /* that its content may need */
} Fixture;

static void
begin_italian (void)
{
  const char *catalogues = g_getenv ("FOC_TEST_CATALOGUES");
  g_autofree char *locales = g_build_filename (g_get_home_dir (), "locales", NULL);

  test_locale_add (locales);
  g_setenv ("LOCPATH", locales, TRUE);
  if (catalogues != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, catalogues);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }
}

static void
set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, TEST_LOCALE); /* forgets what was looked up before */
}

static void
set_up (Fixture *self, gconstpointer language)
{
  const FocSettings settings = test_ui_train_short ();

  if (g_str_equal (language, "it"))
    set_language (language);
  else if (g_str_equal (language, "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);

  self->most = NARROW;
  self->runs = foc_runs_folder ();
  test_ui_window_set_up (&self->window, NULL);
  g_settings_set_int (self->window.settings, "window-width", NARROW);
  foc_app_settings_set_training (self->window.settings, &settings);
  self->training = foc_session_get_training (self->window.data.session);
  test_ui_window_open (&self->window);
}

static void
tear_down (Fixture *self, gconstpointer language)
{
  test_ui_window_tear_down (&self->window, NULL);
  g_assert_true (foc_job_wait_for_workers (20000));
  if (g_file_test (self->runs, G_FILE_TEST_EXISTS))
    test_folder_delete (self->runs);
  g_free (self->runs);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  set_language ("en");
}

/* The catalogue. */
static gboolean
is_without (const char *language)
{
  return g_str_equal (language, "it") && test_locale_skip ();
}

static int
measure (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Who it is that asks for it, from the window down. */
static void
tell_widest (GtkWidget *widget)
{
  while (widget != NULL)
    {
      GtkWidget *widest = NULL;

      g_test_message ("%s: %d", G_OBJECT_TYPE_NAME (widget), measure (widget));
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        if (!GTK_IS_NATIVE (child)
            && (widest == NULL || measure (child) > measure (widest)))
          widest = child;
      widget = widest;
    }
}

static void
assert_narrow (Fixture *self, const char *what)
{
  /* Without the frame, which is not the same on every desktop. */
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (self->window.window));

  test_ui_settle (self->window.window);
  g_test_message ("%s: %d", what, measure (content));
  if (measure (content) > self->most)
    tell_widest (content);
  g_assert_cmpint (measure (content), <=, self->most);
  g_assert_cmpint (gtk_widget_get_width (content), <=, self->most);
}

static gboolean
is_pane_button (GtkButton *button)
{
  const char *icon = gtk_button_get_icon_name (button);

  return icon != NULL && g_str_has_prefix (icon, "sidebar-show")
         && gtk_widget_get_mapped (GTK_WIDGET (button));
}

/* The page that is seen, and each of its panes. */
static void
assert_page_narrow (Fixture *self, const char *what)
{
  g_autoptr (GPtrArray) buttons =
    test_ui_list (self->window.window, GTK_TYPE_TOGGLE_BUTTON);

  assert_narrow (self, what);
  for (guint i = 0; i < buttons->len; i++)
    if (is_pane_button (buttons->pdata[i]))
      {
        gtk_toggle_button_set_active (buttons->pdata[i], TRUE);
        assert_narrow (self, gtk_widget_get_tooltip_text (buttons->pdata[i]));
        gtk_toggle_button_set_active (buttons->pdata[i], FALSE);
      }
}

static void
assert_pages_narrow (Fixture *self)
{
  for (guint i = 0; test_ui_pages[i] != NULL; i++)
    {
      foc_window_set_page (self->window.window, test_ui_pages[i]);
      assert_page_narrow (self, test_ui_pages[i]);
    }
}

static void
test_pages (Fixture *self, gconstpointer language)
{
  if (is_without (language))
    return;

  assert_pages_narrow (self);
  test_ui_window_open_dataset (&self->window, "faces/0.jpg");
  assert_pages_narrow (self);
}

static void
set_up_large (Fixture *self, gconstpointer language)
{
  test_ui_set_text_size (200);
  set_up (self, language);
  self->most = NARROW_LARGE;
}

static void
tear_down_large (Fixture *self, gconstpointer language)
{
  tear_down (self, language);
  test_ui_set_text_size (100);
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static graphene_rect_t
get_place (Fixture *self, gpointer widget)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (
    gtk_widget_compute_bounds (widget, GTK_WIDGET (self->window.window), &place));
  return place;
}

/* A pane is where the pictures were, and the tools stand below the name of the data set:
 * but not where there is room. */
static void
test_places (Fixture *self, gconstpointer language)
{
  GtkWidget *grid = test_ui_find (self->window.window, FOC_TYPE_PICTURE_GRID);
  GtkWidget *sidebar = test_ui_find (self->window.window, FOC_TYPE_DATASET_SIDEBAR);
  GtkWidget *search = test_ui_find (self->window.window, GTK_TYPE_SEARCH_ENTRY);
  GtkToggleButton *button =
    test_ui_find_button (self->window.window, "Show Classes and Split");
  graphene_rect_t place;

  test_ui_window_open_dataset (&self->window, "faces/0.jpg");
  place = get_place (self, button);
  g_assert_cmpfloat (get_place (self, search).origin.y, >=,
                     place.origin.y + place.size.height);
  g_assert_true (gtk_widget_get_mapped (grid));
  gtk_toggle_button_set_active (button, TRUE);
  test_ui_settle (self->window.window);
  g_assert_false (gtk_widget_get_mapped (grid));
  g_assert_cmpfloat (get_place (self, sidebar).size.width, >=, NARROW - 20);
  gtk_toggle_button_set_active (button, FALSE);
  test_ui_settle (self->window.window);
  g_assert_true (gtk_widget_get_mapped (grid));

  gtk_window_set_default_size (GTK_WINDOW (self->window.window), 1200, 600);
  test_ui_wait (is_mapped, sidebar);
  test_ui_settle (self->window.window);
  g_assert_true (gtk_widget_get_mapped (grid));
  place = get_place (self, button);
  g_assert_cmpfloat (get_place (self, search).origin.y, <,
                     place.origin.y + place.size.height);
}

static gboolean
is_done (gpointer training)
{
  return foc_training_get_job (training) == NULL;
}

static gboolean
has_points (gpointer training)
{
  const FocGrid *grid = foc_training_get_grid (training);

  return grid != NULL && grid->trajectories[0].curve->len > 0;
}

static void
train (Fixture *self, const FocSettings *settings)
{
  foc_app_settings_set_training (self->window.settings, settings);
  test_ui_window_open_dataset (&self->window, "faces/0.jpg");
  foc_window_set_page (self->window.window, "train");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window.window->train_page),
                                             "train.start", NULL));
}

static void
test_under_way (Fixture *self, gconstpointer language)
{
  const FocSettings settings = test_ui_train_long ();

  if (is_without (language))
    return;

  train (self, &settings);
  test_ui_wait (has_points, self->training);
  assert_page_narrow (self, "under way");
  foc_training_cancel (self->training);
  test_ui_wait (is_done, self->training);
}

static gboolean
can_cancel_all (gpointer page)
{
  g_autoptr (GPtrArray) bars = test_ui_list (page, FOC_TYPE_JOB_BAR);

  for (guint i = 0; i < bars->len; i++)
    if (gtk_widget_get_mapped (test_ui_find_button (bars->pdata[i], _ ("Cancel _All"))))
      return TRUE;
  return FALSE;
}

/* With all that is to be pressed. */
static void
test_batches (Fixture *self, gconstpointer language)
{
  FocClassifyPage *page;
  FocAnswerList *answers;

  if (is_without (language))
    return;

  foc_window_set_page (self->window.window, "classify");
  page = self->window.window->classify_page;
  answers = foc_classify_page_get_answers (page);
  test_answers_hold ();
  for (guint i = 0; i < 3; i++)
    foc_answer_list_add (answers, (const char *const *) &self->window.data.faces, 1);
  test_ui_wait (can_cancel_all, page);
  assert_narrow (self, "batches");
  foc_answer_list_cancel_all (answers);
  test_answers_let_go ();
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

static gboolean
is_narrow (gpointer window)
{
  return gtk_widget_get_width (gtk_widget_get_first_child (window)) <= NARROW;
}

/* From a width that has room for a pane and what is beside it, with that pane. */
static void
assert_shrinks (Fixture *self)
{
  GtkWindow *window = GTK_WINDOW (self->window.window);
  GtkToggleButton *button = test_ui_find_button (window, _ ("Show the Settings"));
  GtkWidget *curves = test_ui_find (window, FOC_TYPE_CURVES_VIEW);

  gtk_window_set_default_size (window, 760, 600);
  test_ui_settle (window);
  gtk_toggle_button_set_active (button, TRUE);
  test_ui_settle (window);
  g_assert_true (gtk_widget_get_mapped (curves));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, 760);
  /* As far as it can; then the rest of the way. */
  gtk_window_set_default_size (window, NARROW + 1, 600);
  test_ui_wait (is_unmapped, curves);
  test_ui_settle (window);
  gtk_window_set_default_size (window, NARROW, 600);
  test_ui_wait (is_narrow, window);
  gtk_toggle_button_set_active (button, FALSE);
  test_ui_settle (window);
}

static gboolean
has_two (gpointer list)
{
  return g_list_model_get_n_items (list) == 2;
}

/* All that comes of a run, and two of them beside each other. */
static void
test_run (Fixture *self, gconstpointer language)
{
  FocCatalog *catalog;
  FocHistoryPane *pane;
  GtkSelectionModel *history;
  GtkToggleButton *show_history;
  const FocSettings settings = test_ui_train_short ();

  if (is_without (language))
    return;

  train (self, &settings);
  test_ui_wait (is_done, self->training);
  assert_page_narrow (self, "search");
  assert_shrinks (self);

  catalog = foc_open_dataset_get_catalog (self->window.data.dataset);
  foc_training_go_on (self->training, catalog, FOC_TRAINING_FINAL | FOC_TRAINING_LOOK, 1);
  test_ui_wait (is_done, self->training);
  assert_page_narrow (self, "final model");

  foc_training_reproduce (self->training, catalog, foc_training_get_run (self->training),
                          1);
  test_ui_wait (is_done, self->training);
  pane = test_ui_find (self->window.window, FOC_TYPE_HISTORY_PANE);
  history = gtk_list_view_get_model (test_ui_find (pane, GTK_TYPE_LIST_VIEW));
  test_ui_wait (has_two, history);
  gtk_selection_model_select_all (history);
  /* Who compares them in the history wants to see it. */
  show_history =
    test_ui_find_button (self->window.window, _ ("Show the History of Runs"));
  gtk_toggle_button_set_active (show_history, TRUE);
  test_ui_wait (is_mapped, pane);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (pane), "history.compare", NULL));
  test_ui_wait (is_mapped, test_ui_find (self->window.window, FOC_TYPE_COMPARE_VIEW));
  assert_page_narrow (self, "comparison");
}

static void
add (const char *language)
{
  static const struct
  {
    const char *name;
    void (*function) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "pages", test_pages },
    { "under-way", test_under_way },
    { "batches", test_batches },
    { "run", test_run },
  };
  g_autofree char *large = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/window-narrow/%s/%s", language, tests[i].name);

      g_test_add (path, Fixture, language, set_up, tests[i].function, tear_down);
    }
  large = g_strdup_printf ("/window-narrow/%s/large", language);
  g_test_add (large, Fixture, language, set_up_large, test_pages, tear_down_large);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  begin_italian ();
  add ("en");
  add ("rtl");
  add ("it");
  g_test_add ("/window-narrow/places", Fixture, "en", set_up, test_places, tear_down);

  return g_test_run ();
}
