/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-number-list.h"

#include "test-ui.h"

typedef struct
{
  FocNumberList *list; /* of learning rates */
  GtkWidget *window;
  GtkWidget *entry;
  guint n_changes;
} Fixture;

static void
on_changed (Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_list_box_new ();

  self->list =
    g_object_ref_sink (g_object_new (FOC_TYPE_NUMBER_LIST, "title", "Rates", NULL));
  gtk_list_box_append (GTK_LIST_BOX (box), GTK_WIDGET (self->list));
  self->window = test_ui_show (box, 500, 300);
  self->entry = test_ui_find (self->list, GTK_TYPE_ENTRY);
  self->n_changes = 0;
  g_signal_connect_swapped (self->list, "changed", G_CALLBACK (on_changed), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->window);
  test_ui_finalize (self->list);
}

static void
type (Fixture *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
press_enter (Fixture *self)
{
  gboolean taken;

  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)),
                         "activate", &taken);
}

/* The numbers of the settings with blanks, or NULL where something is wrong. */
static char *
get_numbers (Fixture *self)
{
  GString *numbers = g_string_new (NULL);
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.n_learning_rates = 0;
  if (!foc_number_list_get_settings (self->list, &settings))
    {
      g_assert_cmpuint (settings.n_learning_rates, ==, 0);
      return g_string_free (numbers, TRUE);
    }
  for (guint i = 0; i < settings.n_learning_rates; i++)
    g_string_append_printf (numbers, "%s%g", i > 0 ? " " : "",
                            settings.learning_rates[i]);
  return g_string_free (numbers, FALSE);
}

static GtkWidget *
get_chip (Fixture *self, guint i)
{
  GtkWidget *chip = gtk_widget_get_first_child (gtk_widget_get_parent (self->entry));

  for (; i > 0; i--)
    chip = gtk_widget_get_next_sibling (chip);
  g_assert_true (GTK_IS_BUTTON (chip));
  return chip;
}

/* Chips, what is in the entry, and what the settings get. */
static void
assert_list (Fixture *self, const char *chips, const char *typed, const char *numbers)
{
  g_autofree char *got = get_numbers (self);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (GtkWidget *chip = gtk_widget_get_first_child (gtk_widget_get_parent (self->entry));
       chip != self->entry; chip = gtk_widget_get_next_sibling (chip))
    {
      GtkLabel *label = test_ui_find (chip, GTK_TYPE_LABEL);

      g_string_append_printf (shown, "%s%s", shown->len > 0 ? " " : "",
                              gtk_label_get_text (label));
    }
  g_assert_cmpstr (shown->str, ==, chips);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (self->entry)), ==, typed);
  g_assert_cmpstr (got, ==, numbers);
}

/* That it is marked as wrong for all who look, or listen; or that it is not. */
static void
assert_problem (Fixture *self, const char *problem)
{
  GtkAccessible *text = GTK_ACCESSIBLE (self->entry);
  g_autofree char *fault = NULL;

  test_ui_settle (self->list);
  g_assert_cmpint (gtk_widget_has_css_class (self->entry, "error"), ==, problem != NULL);
  g_assert_cmpstr (
    gtk_entry_get_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY), ==,
    problem != NULL ? "dialog-error-symbolic" : NULL);
  fault = gtk_test_accessible_check_state (
    text, GTK_ACCESSIBLE_STATE_INVALID,
    problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE);
  g_assert_null (fault);
  if (problem != NULL)
    {
      g_assert_true (test_ui_says (self->list, problem));
      fault = gtk_test_accessible_check_property (
        text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem);
      g_assert_null (fault);
    }
  else
    g_assert_false (
      gtk_test_accessible_has_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

#define RATE(text) "“" text "” is no learning rate: those are numbers from 1e-9 to 1000."
#define NONE "There must be at least one learning rate, and at most 16."

static void
test_add (Fixture *self, gconstpointer data)
{
  assert_list (self, "0.01 0.001", "", "0.01 0.001");
  type (self, "1e-1");
  g_assert_cmpuint (self->n_changes, ==, 1);
  assert_list (self, "0.01 0.001", "1e-1", "0.01 0.001 0.1"); /* it counts already */
  assert_problem (self, NULL);
  press_enter (self);
  assert_list (self, "0.01 0.001 0.1", "", "0.01 0.001 0.1");
  g_assert_cmpuint (self->n_changes, ==, 1);

  type (self, " 0.3 3; 0.03, 1e−5 ");
  press_enter (self);
  assert_list (self, "0.01 0.001 0.1 0.3 3 0.03 1e-5", "",
               "0.01 0.001 0.1 0.3 3 0.03 1e-05");

  type (self, "  ");
  press_enter (self);
  assert_list (self, "0.01 0.001 0.1 0.3 3 0.03 1e-5", "",
               "0.01 0.001 0.1 0.3 3 0.03 1e-05");
}

static void
test_wrong (Fixture *self, gconstpointer data)
{
  type (self, "-1");
  assert_problem (self, RATE ("-1"));
  assert_list (self, "0.01 0.001", "-1", NULL);
  press_enter (self);
  assert_list (self, "0.01 0.001", "-1", NULL);
  assert_problem (self, RATE ("-1"));
  g_assert_cmpuint (self->n_changes, ==, 1);

  /* One of several is. */
  type (self, "0.1 x");
  assert_problem (self, RATE ("x"));
  press_enter (self);
  assert_list (self, "0.01 0.001", "0.1 x", NULL);

  type (self, "0.1");
  assert_problem (self, NULL);
  type (self, "");
  assert_problem (self, NULL);
  assert_list (self, "0.01 0.001", "", "0.01 0.001");
}

static void
test_repeated (Fixture *self, gconstpointer data)
{
  type (self, "1e-2 5");
  assert_problem (self, NULL);
  g_assert_true (test_ui_says (self->list, "“1e-2” is in the list already."));
  press_enter (self);
  assert_list (self, "0.01 0.001 5", "", "0.01 0.001 5");
  g_assert_true (test_ui_says (self->list, "“1e-2” is in the list already."));
  type (self, "7");
  assert_problem (self, NULL);
  g_assert_false (test_ui_says (self->list, "“1e-2” is in the list already."));
}

static void
test_backspace (Fixture *self, gconstpointer data)
{
  g_assert_true (test_ui_press (self->entry, GDK_KEY_BackSpace, 0));
  assert_list (self, "0.01", "0.001", "0.01 0.001");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (self->entry)), ==, 5);
  /* It is text now. */
  g_assert_false (test_ui_press (self->entry, GDK_KEY_BackSpace, 0));
  type (self, "");
  g_assert_true (test_ui_press (self->entry, GDK_KEY_BackSpace, 0));
  type (self, "");
  assert_list (self, "", "", NULL);
  assert_problem (self, NONE);
  g_assert_false (test_ui_press (self->entry, GDK_KEY_BackSpace, 0));
  type (self, "2");
  assert_problem (self, NULL);
  assert_list (self, "", "2", "2");
}

static void
test_remove (Fixture *self, gconstpointer data)
{
  g_autofree char *fault = NULL;

  type (self, "0.1 0.2");
  press_enter (self);
  self->n_changes = 0;
  fault = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (get_chip (self, 1)), GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove 0.001");
  g_assert_null (fault);

  /* The focus stays in the list. */
  gtk_widget_grab_focus (get_chip (self, 1));
  g_signal_emit_by_name (get_chip (self, 1), "clicked");
  assert_list (self, "0.01 0.1 0.2", "", "0.01 0.1 0.2");
  g_assert_true (gtk_widget_is_focus (get_chip (self, 1)));
  g_assert_false (test_ui_press (get_chip (self, 1), GDK_KEY_a, 0));
  g_assert_true (test_ui_press (get_chip (self, 1), GDK_KEY_Delete, 0));
  assert_list (self, "0.01 0.2", "", "0.01 0.2");
  g_assert_true (test_ui_press (get_chip (self, 1), GDK_KEY_KP_Delete, 0));
  assert_list (self, "0.01", "", "0.01");
  g_assert_true (gtk_widget_is_focus (
    GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)))));
  g_signal_emit_by_name (get_chip (self, 0), "clicked");
  assert_list (self, "", "", NULL);
  assert_problem (self, NONE);
  g_assert_cmpuint (self->n_changes, ==, 4);
}

static void
test_leave (Fixture *self, gconstpointer data)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list)); /* goes to the entry */
  type (self, "0.5");
  gtk_widget_grab_focus (get_chip (self, 0));
  assert_list (self, "0.01 0.001 0.5", "", "0.01 0.001 0.5");

  /* What is wrong stays to be mended. */
  gtk_widget_grab_focus (self->entry);
  type (self, "0.5 x");
  gtk_widget_grab_focus (get_chip (self, 0));
  assert_list (self, "0.01 0.001 0.5", "0.5 x", NULL);
  assert_problem (self, RATE ("x"));
}

static void
test_problem (Fixture *self, gconstpointer data)
{
  foc_number_list_set_problem (self->list, "It is too much.");
  assert_problem (self, "It is too much.");
  assert_list (self, "0.01 0.001", "", "0.01 0.001"); /* each is right */
  type (self, "0");
  assert_problem (self, RATE ("0"));
  type (self, "");
  assert_problem (self, "It is too much.");
  foc_number_list_set_problem (self->list, NULL);
  assert_problem (self, NULL);
}

static void
test_set_settings (Fixture *self, gconstpointer data)
{
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.learning_rates[0] = 0.25;
  type (self, "x");
  self->n_changes = 0;
  foc_number_list_set_settings (self->list, &settings, FOC_FIELD_LEARNING_RATES);
  assert_list (self, "0.25 0.001", "", "0.25 0.001");
  assert_problem (self, NULL);
  g_assert_cmpuint (self->n_changes, ==, 0);
}

static void
test_names (Fixture *self, gconstpointer data)
{
  g_autofree char *fault = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, "Rates");

  g_assert_null (fault);
  g_assert_true (test_ui_says (self->list, "Rates"));
}

/* As many lines as it needs, in either direction. */
static void
test_lines (Fixture *self, gconstpointer data)
{
  GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };
  GtkWidget *chips = gtk_widget_get_parent (self->entry);
  int heights[2];

  type (self, "1 2 3 4 5 6 7 8 9 10 11 12 13 14");
  press_enter (self);
  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      graphene_rect_t last = GRAPHENE_RECT_INIT (0, 0, 0, 0), rect;

      gtk_widget_set_direction (chips, directions[i]);
      test_ui_settle (self->list);
      for (GtkWidget *child = gtk_widget_get_first_child (chips); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          g_assert_true (gtk_widget_compute_bounds (child, chips, &rect));
          g_assert_cmpfloat (rect.origin.x, >=, 0);
          g_assert_cmpfloat (rect.origin.x + rect.size.width, <=,
                             (float) gtk_widget_get_width (chips));
          /* Behind the one before, or in the next line. */
          if (last.size.width > 0 && rect.origin.y < last.origin.y + last.size.height)
            {
              if (directions[i] == GTK_TEXT_DIR_LTR)
                g_assert_cmpfloat (rect.origin.x, >, last.origin.x + last.size.width);
              else
                g_assert_cmpfloat (rect.origin.x + rect.size.width, <, last.origin.x);
            }
          last = rect;
        }
      g_assert_cmpfloat (last.origin.y, >, 0);
      heights[i] = gtk_widget_get_height (chips);
      g_assert_cmpfloat (last.origin.y + last.size.height, <=, (float) heights[i]);
    }
  g_assert_cmpint (heights[0], ==, heights[1]);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/number-list/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("add", test_add);
  ADD ("wrong", test_wrong);
  ADD ("repeated", test_repeated);
  ADD ("backspace", test_backspace);
  ADD ("remove", test_remove);
  ADD ("leave", test_leave);
  ADD ("problem", test_problem);
  ADD ("set-settings", test_set_settings);
  ADD ("names", test_names);
  ADD ("lines", test_lines);

  return g_test_run ();
}
