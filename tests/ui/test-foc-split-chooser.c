/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-split-chooser.h"

#include "test-folders.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

#include <adwaita.h>

typedef struct
{
  UiDataset data;
  GtkWidget *window;
  FocSplitChooser *chooser;
  AdwComboRow *method;
} Fixture;

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *label = gtk_label_new ("");

  test_ui_dataset_set_up (&self->data, data);
  self->window = test_ui_show (label, 600, 600);
  self->chooser = g_object_new (FOC_TYPE_SPLIT_CHOOSER, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->chooser), label);
  foc_split_chooser_set_dataset (self->chooser, self->data.dataset);
  self->method = test_ui_find (self->chooser, ADW_TYPE_COMBO_ROW);
  gtk_popover_popup (GTK_POPOVER (self->chooser));
  test_ui_wait (is_mapped, self->chooser);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->chooser);
  gtk_popover_popdown (GTK_POPOVER (self->chooser));
  test_ui_settle (self->window);
  gtk_widget_unparent (GTK_WIDGET (self->chooser));
  test_ui_finalize (self->chooser);
  test_ui_destroy (self->window);
  test_ui_dataset_tear_down (&self->data, data);
}

/* The control in the row with that title. */
static gpointer
find_control (Fixture *self, const char *title, GType type)
{
  g_autoptr (GPtrArray) rows = test_ui_list (self->chooser, ADW_TYPE_ACTION_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (rows->pdata[i]), title))
      return test_ui_find (rows->pdata[i], type);
  g_assert_not_reached ();
}

static const FocSplitSettings *
get_settings (Fixture *self)
{
  return &foc_open_dataset_get_catalog (self->data.dataset)->split_settings;
}

static void
assert_shares (Fixture *self, guint training, guint validation, guint holdout)
{
  const guint *shares = get_settings (self)->shares;

  g_assert_cmpuint (shares[FOC_PART_TRAIN], ==, training);
  g_assert_cmpuint (shares[FOC_PART_VALIDATION], ==, validation);
  g_assert_cmpuint (shares[FOC_PART_HOLDOUT], ==, holdout);
}

static void
assert_problem (Fixture *self, gboolean expected)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->chooser, GTK_TYPE_LABEL);
  gboolean shown = FALSE;

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_has_css_class (labels->pdata[i], "error"))
      shown |= gtk_widget_get_visible (labels->pdata[i]);
  g_assert_cmpint (shown, ==, expected);
}

static void
test_nothing_open (Fixture *self, gconstpointer data)
{
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (self->chooser)));
  test_ui_dataset_open (&self->data);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (self->chooser)));
  foc_open_dataset_close (self->data.dataset);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (self->chooser)));
}

static void
test_method (Fixture *self, gconstpointer data)
{
  GtkWidget *seed = find_control (self, "Seed", GTK_TYPE_SPIN_BUTTON);

  test_ui_dataset_open (&self->data);
  g_assert_cmpuint (adw_combo_row_get_selected (self->method), ==, FOC_SPLIT_PAPER);
  g_assert_false (gtk_widget_get_mapped (seed));

  adw_combo_row_set_selected (self->method, FOC_SPLIT_STRATIFIED);
  g_assert_cmpint (get_settings (self)->method, ==, FOC_SPLIT_STRATIFIED);
  g_assert_true (gtk_widget_get_mapped (seed));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (seed), 77);
  g_assert_cmpuint (get_settings (self)->seed, ==, 77);
  assert_problem (self, FALSE);
}

static void
test_shares (Fixture *self, gconstpointer data)
{
  GtkSpinButton *training = find_control (self, "Training set", GTK_TYPE_SPIN_BUTTON);
  GtkSpinButton *validation = find_control (self, "Validation set", GTK_TYPE_SPIN_BUTTON);

  test_ui_dataset_open (&self->data);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (training), ==, 50);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (validation), ==, 20);
  g_assert_true (test_ui_says (self->chooser, "30 %"));

  gtk_spin_button_set_value (training, 60);
  assert_shares (self, 60, 20, 20);
  g_assert_true (test_ui_says (self->chooser, "20 %"));
  gtk_spin_button_set_value (validation, 10);
  assert_shares (self, 60, 10, 30);
  g_assert_true (test_ui_says (self->chooser, "30 %"));

  /* Something is left for each. */
  gtk_spin_button_set_value (training, 98);
  assert_shares (self, 98, 1, 1);
  gtk_spin_button_set_value (validation, 98);
  assert_shares (self, 98, 1, 1);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (validation), ==, 1);
  g_assert_true (test_ui_says (self->chooser, "1 %"));
}

/* Others keep their shares in what unit they have, until a knob is turned. */
static void
test_other_unit (Fixture *self, gconstpointer data)
{
  const FocSplitSettings thirds = { FOC_SPLIT_PAPER, { 1, 1, 1 }, 1, FOC_KEEP_NONE };

  test_ui_dataset_open (&self->data);
  g_assert_true (foc_open_dataset_set_split (self->data.dataset, &thirds, NULL));
  adw_combo_row_set_selected (self->method, FOC_SPLIT_STRATIFIED);
  assert_shares (self, 1, 1, 1);
}

static void
test_groups (Fixture *self, gconstpointer data)
{
  GtkSwitch *duplicates =
    find_control (self, "Keep duplicates in one set", GTK_TYPE_SWITCH);
  GtkSwitch *names = find_control (self, "Keep same names in one set", GTK_TYPE_SWITCH);

  test_ui_dataset_open (&self->data);
  g_assert_false (gtk_switch_get_active (duplicates));
  gtk_switch_set_active (duplicates, TRUE);
  g_assert_cmpint (get_settings (self)->group, ==, FOC_KEEP_DUPLICATES);
  gtk_switch_set_active (names, TRUE);
  g_assert_cmpint (get_settings (self)->group, ==, FOC_KEEP_ALL);
  gtk_switch_set_active (duplicates, FALSE);
  g_assert_cmpint (get_settings (self)->group, ==, FOC_KEEP_NAMES);
}

/* Split by somebody else. */
static void
test_follows (Fixture *self, gconstpointer data)
{
  const FocSplitSettings settings = {
    FOC_SPLIT_STRATIFIED, { 70, 10, 20 }, 5, FOC_KEEP_ALL
  };

  test_ui_dataset_open (&self->data);
  g_assert_true (foc_open_dataset_set_split (self->data.dataset, &settings, NULL));
  g_assert_cmpuint (adw_combo_row_get_selected (self->method), ==, FOC_SPLIT_STRATIFIED);
  g_assert_cmpint (
    gtk_spin_button_get_value_as_int (find_control (self, "Seed", GTK_TYPE_SPIN_BUTTON)),
    ==, 5);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (
                     find_control (self, "Training set", GTK_TYPE_SPIN_BUTTON)),
                   ==, 70);
  g_assert_true (gtk_switch_get_active (
    find_control (self, "Keep duplicates in one set", GTK_TYPE_SWITCH)));
  assert_shares (self, 70, 10, 20); /* nor did it change anything */
  g_assert_cmpstr (foc_split_describe (foc_open_dataset_get_catalog (self->data.dataset)),
                   ==, "Stratified");
}

static void
test_folders (Fixture *self, gconstpointer data)
{
  g_autofree char *split = test_path (self->data.root, "split");
  GtkWidget *folders =
    find_control (self, "The folders of the data set decide", ADW_TYPE_ACTION_ROW);

  test_add_files (split, "train/comics/1.png train/faces/1.png validation/comics/2.png "
                         "validation/faces/2.png test/comics/3.png test/faces/3.png");
  test_ui_dataset_open (&self->data);
  g_assert_false (gtk_widget_get_mapped (folders));
  foc_open_dataset_open (self->data.dataset, split, NULL);
  test_ui_dataset_wait (&self->data);
  g_assert_true (gtk_widget_get_mapped (folders));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (self->method)));
  g_assert_cmpstr (foc_split_describe (foc_open_dataset_get_catalog (self->data.dataset)),
                   ==, "By Its Folders");
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/split-chooser/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing-open", test_nothing_open);
  ADD ("method", test_method);
  ADD ("shares", test_shares);
  ADD ("other-unit", test_other_unit);
  ADD ("groups", test_groups);
  ADD ("follows", test_follows);
  ADD ("folders", test_folders);

  return g_test_run ();
}
