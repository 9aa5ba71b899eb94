/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-filter-menu.h"

#include "test-folders.h"
#include "test-ui-dataset.h"
#include "test-ui.h"

#include <adwaita.h>

typedef struct
{
  UiDataset data;
  GtkWidget *window;
  FocFilterMenu *menu;
} Fixture;

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
pop_up (Fixture *self)
{
  gtk_popover_popup (GTK_POPOVER (self->menu));
  test_ui_wait (is_mapped, self->menu);
}

static void
pop_down (Fixture *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->menu));
  test_ui_settle (self->window);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *label = gtk_label_new ("");

  test_ui_dataset_set_up (&self->data, data);
  self->window = test_ui_show (label, 600, 600);
  self->menu = g_object_new (FOC_TYPE_FILTER_MENU, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->menu), label);
  foc_filter_menu_set_pictures (self->menu, self->data.pictures);
  test_ui_dataset_open (&self->data);
  pop_up (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->menu);
  pop_down (self);
  gtk_widget_unparent (GTK_WIDGET (self->menu));
  test_ui_finalize (self->menu);
  test_ui_destroy (self->window);
  test_ui_dataset_tear_down (&self->data, data);
}

static AdwComboRow *
find_row (Fixture *self, const char *title)
{
  g_autoptr (GPtrArray) rows = test_ui_list (self->menu, ADW_TYPE_COMBO_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (rows->pdata[i]), title))
      return rows->pdata[i];
  g_assert_not_reached ();
}

/* Chooses what is called so. */
static void
choose (Fixture *self, const char *title, const char *what)
{
  AdwComboRow *row = find_row (self, title);
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) object = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (object), what))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
assert_chosen (Fixture *self, const char *title, const char *what)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (find_row (self, title));

  g_assert_cmpstr (gtk_string_object_get_string (chosen), ==, what);
}

static void
assert_filter (Fixture *self, int label, int part, FocShow show, const char *search)
{
  const FocPictureFilter *filter = foc_picture_list_get_filter (self->data.pictures);

  g_assert_cmpint (filter->label, ==, label);
  g_assert_cmpint (filter->part, ==, part);
  g_assert_cmpint (filter->show, ==, show);
  g_assert_cmpstr (filter->search, ==, search);
}

static GtkWidget *
find_clear (Fixture *self)
{
  g_autoptr (GPtrArray) buttons = test_ui_list (self->menu, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (gtk_button_get_label (buttons->pdata[i]) != NULL)
      return buttons->pdata[i];
  g_assert_not_reached ();
}

static void
test_choose (Fixture *self, gconstpointer data)
{
  g_assert_false (gtk_widget_get_sensitive (find_clear (self)));
  choose (self, "Class", "faces");
  assert_filter (self, 1, -1, FOC_SHOW_ALL, NULL);
  choose (self, "Set", "Holdout set");
  assert_filter (self, 1, FOC_PART_HOLDOUT, FOC_SHOW_ALL, NULL);
  choose (self, "Pictures", "Unreadable");
  assert_filter (self, 1, FOC_PART_HOLDOUT, FOC_SHOW_UNREADABLE, NULL);
  choose (self, "Class", "All");
  assert_filter (self, -1, FOC_PART_HOLDOUT, FOC_SHOW_UNREADABLE, NULL);
  g_assert_true (gtk_widget_get_sensitive (find_clear (self)));
}

/* A row of its own, cleared with the others. */
static void
test_answer (Fixture *self, gconstpointer data)
{
  choose (self, "Answer", "faces");
  g_assert_cmpint (foc_picture_list_get_filter (self->data.pictures)->answer, ==, 1);
  assert_filter (self, -1, -1, FOC_SHOW_ALL, NULL);
  g_assert_true (gtk_widget_get_sensitive (find_clear (self)));
  choose (self, "Class", "comics");
  g_assert_cmpint (foc_picture_list_get_filter (self->data.pictures)->answer, ==, 1);

  g_signal_emit_by_name (find_clear (self), "clicked");
  g_assert_cmpint (foc_picture_list_get_filter (self->data.pictures)->answer, ==, -1);
  assert_chosen (self, "Answer", "All");
  g_assert_false (gtk_widget_get_sensitive (find_clear (self)));
}

/* Each row of the list stands for what it says. */
static void
test_rows (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *what;
    FocShow show;
  } shows[] = {
    { "All", FOC_SHOW_ALL },
    { "Unreadable", FOC_SHOW_UNREADABLE },
    { "Duplicates", FOC_SHOW_DUPLICATES },
    { "In leaks", FOC_SHOW_LEAKS },
    { "Misclassified", FOC_SHOW_MISCLASSIFIED },
    { "Not sure", FOC_SHOW_NOT_SURE },
  };
  static const struct
  {
    const char *what;
    int part;
  } parts[] = {
    { "All", -1 },
    { "Training set", FOC_PART_TRAIN },
    { "Validation set", FOC_PART_VALIDATION },
    { "Holdout set", FOC_PART_HOLDOUT },
    { "In no set", FOC_PART_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    {
      choose (self, "Pictures", shows[i].what);
      assert_filter (self, -1, -1, shows[i].show, NULL);
    }
  choose (self, "Pictures", shows[0].what);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      choose (self, "Set", parts[i].what);
      assert_filter (self, -1, parts[i].part, FOC_SHOW_ALL, NULL);
    }
}

/* The search is not the menu's. */
static void
test_clear (Fixture *self, gconstpointer data)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;

  filter.search = "1";
  foc_picture_list_set_filter (self->data.pictures, &filter);
  choose (self, "Class", "comics");
  assert_filter (self, 0, -1, FOC_SHOW_ALL, "1");
  g_signal_emit_by_name (find_clear (self), "clicked");
  assert_filter (self, -1, -1, FOC_SHOW_ALL, "1");
  assert_chosen (self, "Class", "All");
  g_assert_false (gtk_widget_get_sensitive (find_clear (self)));
}

/* Chosen elsewhere. */
static void
test_follows (Fixture *self, gconstpointer data)
{
  const FocPictureFilter filter = { 1, 0, FOC_PART_TRAIN, FOC_SHOW_LEAKS, NULL };

  foc_picture_list_set_filter (self->data.pictures, &filter);
  assert_chosen (self, "Class", "faces");
  assert_chosen (self, "Answer", "comics");
  assert_chosen (self, "Set", "Training set");
  assert_chosen (self, "Pictures", "In leaks");
  assert_filter (self, 1, FOC_PART_TRAIN, FOC_SHOW_LEAKS, NULL);
}

/* With another data set there are other classes. */
static void
test_classes (Fixture *self, gconstpointer data)
{
  g_autofree char *other = test_path (self->data.root, "other");

  choose (self, "Class", "faces");
  pop_down (self);
  test_add_files (other, "cats/1.png dogs/1.png mice/1.png");
  foc_open_dataset_open (self->data.dataset, other, NULL);
  test_ui_dataset_wait (&self->data);
  pop_up (self);
  assert_filter (self, -1, -1, FOC_SHOW_ALL, NULL);
  assert_chosen (self, "Class", "All");
  choose (self, "Answer", "dogs");
  g_assert_cmpint (foc_picture_list_get_filter (self->data.pictures)->answer, ==, 1);
  choose (self, "Answer", "All");
  choose (self, "Class", "mice");
  assert_filter (self, 2, -1, FOC_SHOW_ALL, NULL);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/filter-menu/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("choose", test_choose);
  ADD ("answer", test_answer);
  ADD ("rows", test_rows);
  ADD ("clear", test_clear);
  ADD ("follows", test_follows);
  ADD ("classes", test_classes);

  return g_test_run ();
}
