/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-settings-pane.h"

#include "foc-app-settings.h"
#include "foc-number-list.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

typedef struct
{
  UiDataset data;
  GtkWidget *window;
  FocSettingsPane *pane;
  AdwComboRow *preset;
  AdwComboRow *optimizer;
  guint n_valid; /* notifications               */
} Fixture;

/* As the Train page does. */
static void
show_catalog (Fixture *self)
{
  foc_settings_pane_set_catalog (self->pane,
                                 foc_open_dataset_get_catalog (self->data.dataset));
}

static void
on_use_split (Fixture *self, const FocSplitSettings *split)
{
  g_assert_true (foc_open_dataset_set_split (self->data.dataset, split, NULL));
  show_catalog (self);
}

static void
on_valid (Fixture *self)
{
  self->n_valid++;
}

static gpointer
find_row (Fixture *self, const char *title)
{
  g_autoptr (GPtrArray) rows = test_ui_list (self->pane, ADW_TYPE_PREFERENCES_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (rows->pdata[i]), title))
      return rows->pdata[i];
  g_assert_not_reached ();
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  test_ui_dataset_set_up (&self->data, data);
  self->pane = FOC_SETTINGS_PANE (g_object_ref_sink (foc_settings_pane_new ()));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->pane));
  self->window = test_ui_show (scroller, 400, 900);
  self->preset = find_row (self, "Preset");
  self->optimizer = find_row (self, "Optimiser");
  self->n_valid = 0;
  g_signal_connect_swapped (self->pane, "notify::valid", G_CALLBACK (on_valid), self);
  g_signal_connect_swapped (self->pane, "use-split", G_CALLBACK (on_use_split), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  test_ui_finalize (self->pane);
  test_ui_dataset_tear_down (&self->data, data);
}

/* Into the entry of the row with that title. */
static void
type (Fixture *self, const char *title, const char *text)
{
  GtkWidget *row = find_row (self, title);

  gtk_editable_set_text (
    GTK_EDITABLE (ADW_IS_ENTRY_ROW (row) ? row : test_ui_find (row, GTK_TYPE_ENTRY)),
    text);
}

static void
assert_preset (Fixture *self, const char *expected)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (self->preset);

  g_autofree char *fault = NULL;

  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, expected);
  fault = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (self->preset), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, expected);
  g_assert_null (fault);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (self->preset)), ==,
                    g_str_equal (expected, "Custom") ? 3 : 2);
}

static void
assert_valid (Fixture *self, gboolean expected)
{
  FocSettings settings;
  gboolean valid;

  g_object_get (self->pane, "valid", &valid, NULL);
  g_assert_cmpint (valid, ==, expected);
  g_assert_cmpint (foc_settings_pane_get_settings (self->pane, &settings), ==, expected);
}

/* As the record of a run would have them. */
static void
assert_settings (Fixture *self, const FocSettings *expected)
{
  FocSettings settings;
  g_autofree char *text = NULL;
  g_autofree char *expected_text = foc_settings_to_string (expected);

  g_assert_true (foc_settings_pane_get_settings (self->pane, &settings));
  text = foc_settings_to_string (&settings);
  g_assert_cmpstr (text, ==, expected_text);
}

static void
test_presets (Fixture *self, gconstpointer data)
{
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  assert_preset (self, "Paper");
  assert_settings (self, &settings);

  adw_combo_row_set_selected (self->preset, FOC_PRESET_RECOMMENDED);
  assert_preset (self, "Recommended");
  foc_settings_init (&settings, FOC_PRESET_RECOMMENDED, 0);
  assert_settings (self, &settings);

  /* Each field makes it something else, and a preset resets each. */
  for (int i = 0; i < 7; i++)
    {
      const struct
      {
        const char *title;
        const char *text;
      } fields[] = {
        { "Learning rates", "0.5" },
        { "Numbers of epochs", "50" },
        { "Widths of the hidden layers", "7" },
        { "Batch size", "32" },
        { "Seed", "2" },
      };

      if (i < 5)
        type (self, fields[i].title, fields[i].text);
      else if (i == 5)
        adw_combo_row_set_selected (self->optimizer, FOC_OPTIMIZER_SGD);
      else
        gtk_switch_set_active (test_ui_find (self->pane, GTK_TYPE_SWITCH), TRUE);
      assert_preset (self, "Custom");
      assert_valid (self, TRUE);
      adw_combo_row_set_selected (self->preset, FOC_PRESET_RECOMMENDED);
      assert_preset (self, "Recommended");
      assert_settings (self, &settings);
    }

  /* So is a wrong entry. */
  self->n_valid = 0;
  type (self, "Seed", "x");
  assert_preset (self, "Custom");
  assert_valid (self, FALSE);
  adw_combo_row_set_selected (self->preset, FOC_PRESET_PAPER);
  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  assert_settings (self, &settings);
  assert_valid (self, TRUE);
  g_assert_cmpuint (self->n_valid, ==, 2);
}

static void
test_typed (Fixture *self, gconstpointer data)
{
  FocSettings settings;

  type (self, "Learning rates", "1e-1");
  type (self, "Numbers of epochs", "2");
  type (self, "Widths of the hidden layers", "64");
  type (self, "Batch size", " 128 ");
  type (self, "Seed", "9223372036854775807");
  adw_combo_row_set_selected (self->optimizer, FOC_OPTIMIZER_MOMENTUM);
  type (self, "Momentum", "0.5");
  gtk_switch_set_active (test_ui_find (self->pane, GTK_TYPE_SWITCH), TRUE);

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.learning_rates[settings.n_learning_rates++] = 0.1;
  settings.epochs[settings.n_epochs++] = 2;
  settings.training = (FocTrainingSettings){ .hidden = { 128, 128, 64 },
                                             .n_hidden = 3,
                                             .batch_size = 128,
                                             .optimizer = FOC_OPTIMIZER_MOMENTUM,
                                             .momentum = 0.5,
                                             .seed = G_MAXINT64,
                                             .augment = TRUE };
  g_assert_true (foc_settings_normalise (&settings, NULL));
  assert_settings (self, &settings);
}

static void
test_wrong (Fixture *self, gconstpointer data)
{
  const struct
  {
    const char *title;
    const char *wrong;
    const char *right;
    const char *problem;
  } cases[] = {
    { "Batch size", "8193", "8192",
      "The batch size must be a whole number from 1 to 8192." },
    { "Seed", "", "5", "The seed must be a whole number from 0 to 9223372036854775807." },
    { "Momentum", "1", "0.99", "The momentum must be a number from 0 to 0.9999." },
  };

  adw_combo_row_set_selected (self->optimizer, FOC_OPTIMIZER_MOMENTUM);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *row = find_row (self, cases[i].title);
      GtkAccessible *text =
        GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
      const char *hint = "What is marked as wrong must be mended first";
      g_autofree char *fault = NULL;

      type (self, cases[i].title, cases[i].wrong);
      test_ui_settle (self->window);
      assert_valid (self, FALSE);
      g_assert_true (gtk_widget_has_css_class (row, "error"));
      g_assert_true (test_ui_says (self->pane, cases[i].problem));
      g_assert_true (test_ui_says (self->pane, hint));
      fault = gtk_test_accessible_check_property (
        text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, cases[i].problem);
      g_assert_null (fault);
      fault = gtk_test_accessible_check_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                  cases[i].title);
      g_assert_null (fault);

      type (self, cases[i].title, cases[i].right);
      test_ui_settle (self->window);
      assert_valid (self, TRUE);
      g_assert_false (gtk_widget_has_css_class (row, "error"));
      g_assert_false (test_ui_says (self->pane, cases[i].problem));
      g_assert_false (test_ui_says (self->pane, hint));
    }
  g_assert_cmpuint (self->n_valid, ==, 2 * G_N_ELEMENTS (cases));
}

/* Each number is right. */
static void
test_too_much (Fixture *self, gconstpointer data)
{
  GtkWidget *hidden =
    test_ui_find (find_row (self, "Widths of the hidden layers"), GTK_TYPE_ENTRY);

  type (self, "Batch size", "8192");
  type (self, "Widths of the hidden layers", "4096 4096");
  assert_valid (self, FALSE);
  g_assert_true (gtk_widget_has_css_class (hidden, "error"));
  type (self, "Widths of the hidden layers", "1024");
  assert_valid (self, TRUE);
  g_assert_false (gtk_widget_has_css_class (hidden, "error"));
}

static void
test_momentum (Fixture *self, gconstpointer data)
{
  GtkWidget *momentum = find_row (self, "Momentum");
  const char *problem = "The momentum must be a number from 0 to 0.9999.";
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  g_assert_false (gtk_widget_get_mapped (momentum));
  adw_combo_row_set_selected (self->optimizer, FOC_OPTIMIZER_MOMENTUM);
  g_assert_true (gtk_widget_get_mapped (momentum));
  type (self, "Momentum", "2");
  assert_valid (self, FALSE);
  g_assert_true (test_ui_says (self->pane, problem));

  /* What is not used is not wrong. */
  adw_combo_row_set_selected (self->optimizer, FOC_OPTIMIZER_SGD);
  g_assert_false (gtk_widget_get_mapped (momentum));
  g_assert_false (test_ui_says (self->pane, problem));
  assert_settings (self, &settings);
  assert_preset (self, "Paper");
  adw_combo_row_set_selected (self->optimizer, FOC_OPTIMIZER_MOMENTUM);
  assert_valid (self, FALSE);
  g_assert_true (test_ui_says (self->pane, problem));
}

static void
test_seed (Fixture *self, gconstpointer data)
{
  GtkWidget *button = test_ui_find_button (self->pane, "Choose a Seed at Random");
  FocSettings settings;
  guint64 first;

  type (self, "Seed", "x");
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (foc_settings_pane_get_settings (self->pane, &settings));
  first = settings.training.seed;
  /* One in a million squared. */
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (foc_settings_pane_get_settings (self->pane, &settings));
  if (settings.training.seed == first)
    g_signal_emit_by_name (button, "clicked");
  g_assert_true (foc_settings_pane_get_settings (self->pane, &settings));
  g_assert_cmpuint (settings.training.seed, !=, first);
  g_assert_cmpuint (self->n_valid, ==, 2); /* nothing was wrong in between */
}

static void
test_cost (Fixture *self, gconstpointer data)
{
  g_assert_true (test_ui_says (self->pane, "2 learning rates × up to 5 epochs, 6 cells"));
  test_ui_dataset_open (&self->data);
  show_catalog (self);
  g_assert_true (test_ui_says (
    self->pane, "2 learning rates × up to 5 epochs, 6 cells; 13 training pictures"));
  type (self, "Numbers of epochs", "100 50");
  g_assert_true (test_ui_says (
    self->pane, "2 learning rates × up to 100 epochs, 10 cells; 13 training pictures"));
}

static void
test_split (Fixture *self, gconstpointer data)
{
  const FocSplitSettings thirds = { FOC_SPLIT_STRATIFIED, { 1, 1, 1 }, 7, FOC_KEEP_ALL };
  FocSettings settings;

  g_assert_true (
    test_ui_says (self->pane, "From the Dataset page, where nothing is open"));
  test_ui_dataset_open (&self->data);
  show_catalog (self);
  g_assert_true (
    test_ui_says (self->pane, "From the Dataset page: in file order, 50 %, 20 %, 30 %"));
  assert_preset (self, "Paper");

  g_assert_true (foc_open_dataset_set_split (self->data.dataset, &thirds, NULL));
  show_catalog (self);
  g_assert_true (test_ui_says (self->pane,
                               "From the Dataset page: stratified with the seed 7, "
                               "33.3 %, 33.3 %, 33.3 %; duplicates and same names in one "
                               "set"));
  g_assert_true (foc_settings_pane_get_settings (self->pane, &settings));
  g_assert_cmpint (settings.split.method, ==, FOC_SPLIT_STRATIFIED);
  g_assert_cmpuint (settings.split.seed, ==, 7);
  g_assert_cmpint (settings.split.group, ==, FOC_KEEP_ALL);
  assert_preset (self, "Custom");
}

/* To open a run, or what was used last. */
static void
test_set_settings (Fixture *self, gconstpointer data)
{
  g_autoptr (GSettings) kept = test_ui_settings ();
  FocSettings settings, back;

  foc_app_settings_get_training (kept, &back);
  foc_settings_pane_set_settings (self->pane, &back);
  assert_preset (self, "Paper");

  foc_settings_init (&settings, FOC_PRESET_RECOMMENDED, 10000);
  foc_app_settings_set_training (kept, &settings);
  foc_app_settings_get_training (kept, &back);
  foc_settings_pane_set_settings (self->pane, &back);
  assert_preset (self, "Custom"); /* without a data set, others are recommended */
  settings.split = foc_split_settings_default;
  assert_settings (self, &settings);
  g_assert_true (gtk_widget_get_mapped (find_row (self, "Momentum")));

  settings.threshold = 0.5; /* what cannot be set here */
  type (self, "Seed", "x");
  foc_settings_pane_set_settings (self->pane, &settings);
  assert_settings (self, &settings);

  g_settings_set_string (kept, "training-settings", "{ damaged");
  foc_app_settings_get_training (kept, &back);
  foc_settings_pane_set_settings (self->pane, &back);
  assert_preset (self, "Paper");
}

/* What is recommended depends on the data set, what was typed does not. */
static void
test_recommended (Fixture *self, gconstpointer data)
{
  FocSettings settings;

  test_ui_dataset_open (&self->data);
  foc_settings_init (&settings, FOC_PRESET_RECOMMENDED, 10000);
  foc_settings_pane_set_settings (self->pane, &settings);
  assert_preset (self, "Custom");
  show_catalog (self);
  assert_preset (self, "Custom");
  adw_combo_row_set_selected (self->preset, FOC_PRESET_RECOMMENDED);
  foc_settings_init (&settings, FOC_PRESET_RECOMMENDED, 13);
  assert_settings (self, &settings);
  foc_settings_pane_set_catalog (self->pane, NULL);
  assert_preset (self, "Recommended");
}

static void
test_jobs (Fixture *self, gconstpointer data)
{
  GtkSpinButton *spin = test_ui_find (find_row (self, "Workers"), GTK_TYPE_SPIN_BUTTON);
  guint all = MIN (g_get_num_processors (), FOC_LIMIT_JOBS);

  g_assert_cmpuint (foc_settings_pane_get_jobs (self->pane), ==, all);
  gtk_spin_button_set_value (spin, 1);
  g_assert_cmpuint (foc_settings_pane_get_jobs (self->pane), ==, 1);
  gtk_spin_button_set_value (spin, all + 1);
  g_assert_cmpuint (foc_settings_pane_get_jobs (self->pane), ==, all);
  assert_preset (self, "Paper");
}

static void
test_running (Fixture *self, gconstpointer data)
{
  gboolean running;

  g_object_set (self->pane, "running", TRUE, NULL);
  g_object_get (self->pane, "running", &running, NULL);
  g_assert_true (running);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (self->preset)));
  g_object_set (self->pane, "running", FALSE, NULL);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (self->preset)));
}

/* Tab goes through everything and comes back, whatever is marked. */
static void
test_keyboard (Fixture *self, gconstpointer data)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->pane));
  GtkWidget *first;
  guint n = 0;

  type (self, "Batch size", "x");
  test_ui_settle (self->window);
  gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD);
  first = gtk_root_get_focus (root);
  g_assert_nonnull (first);
  do
    {
      GtkWidget *focus;

      gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD);
      focus = gtk_root_get_focus (root);
      if (focus == NULL)
        gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD);
      n++;
      /* No row of words alone. */
      g_assert_false (G_OBJECT_TYPE (gtk_root_get_focus (root))
                      == ADW_TYPE_PREFERENCES_ROW);
    }
  while (gtk_root_get_focus (root) != first && n < 100);
  g_assert_cmpuint (n, >, 12);
  g_assert_cmpuint (n, <, 100);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/settings-pane/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("presets", test_presets);
  ADD ("typed", test_typed);
  ADD ("wrong", test_wrong);
  ADD ("too-much", test_too_much);
  ADD ("momentum", test_momentum);
  ADD ("seed", test_seed);
  ADD ("cost", test_cost);
  ADD ("split", test_split);
  ADD ("set-settings", test_set_settings);
  ADD ("recommended", test_recommended);
  ADD ("jobs", test_jobs);
  ADD ("running", test_running);
  ADD ("keyboard", test_keyboard);

  return g_test_run ();
}
