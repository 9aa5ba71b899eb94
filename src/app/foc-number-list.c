/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-number-list.h"

#include "foc-widget.h"
#include "foc-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _FocNumberList
{
  AdwPreferencesRow parent_instance;

  GtkBox *chips; /* a button for each number, and the entry */
  GtkEntry *entry;
  GtkLabel *message;

  FocField field;
  FocSettings settings; /* the chips                                  */
  FocSettings typed;    /* these, and what is in the entry            */
  gboolean is_valid;
  char *note;    /* of what was added last, or NULL            */
  char *problem; /* of all numbers together, or NULL           */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (FocNumberList, foc_number_list, ADW_TYPE_PREFERENCES_ROW)

static guint changed_signal;

static void
show_message (FocNumberList *self, const char *wrong, const char *note)
{
  GtkWidget *message = GTK_WIDGET (self->message);

  foc_widget_set_problem (GTK_WIDGET (self->entry), wrong);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_SECONDARY,
                                     wrong != NULL ? "dialog-error-symbolic" : NULL);
  if (wrong != NULL)
    gtk_widget_add_css_class (message, "error");
  else
    gtk_widget_remove_css_class (message, "error");
  gtk_label_set_text (self->message, wrong != NULL ? wrong : note);
  gtk_widget_set_visible (message, wrong != NULL || note != NULL);
}

/* Looks at the entry, and says what there is to say. */
static void
check (FocNumberList *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;

  self->typed = self->settings;
  self->is_valid = foc_field_add (&self->typed, self->field,
                                  gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                  NULL, &note, &error)
                   && foc_field_check (&self->typed, self->field, &error);
  show_message (self, error != NULL ? error->message : self->problem,
                note != NULL ? note : self->note);
}

static void
set_text (FocNumberList *self, const char *text)
{
  self->is_updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->is_updating = FALSE;
}

static guint
get_index (GtkWidget *chip)
{
  guint i = 0;

  while ((chip = gtk_widget_get_prev_sibling (chip)) != NULL)
    i++;
  return i;
}

static void
remove_number (FocNumberList *self, guint i)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips));

  for (guint j = 0; j < i; j++)
    chip = gtk_widget_get_next_sibling (chip);
  foc_field_remove (&self->settings, self->field, i);
  gtk_box_remove (self->chips, chip);
}

static void
on_chip_clicked (FocNumberList *self, GtkWidget *chip)
{
  gboolean had_focus = gtk_widget_is_focus (chip);
  GtkWidget *next = gtk_widget_get_next_sibling (chip);

  g_clear_pointer (&self->note, g_free);
  remove_number (self, get_index (chip));
  if (had_focus)
    gtk_widget_grab_focus (next);
  check (self);
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
on_chip_key_pressed (GtkEventControllerKey *controller,
                     guint keyval,
                     guint keycode,
                     GdkModifierType modifiers,
                     FocNumberList *self)
{
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete)
    return FALSE;

  on_chip_clicked (self,
                   gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
  return TRUE;
}

static void
add_chip (FocNumberList *self, guint i)
{
  g_autofree char *text = foc_field_write (&self->settings, self->field, i, NULL);
  /* Translators: a number in a list: for screen readers. */
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), text);
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect_swapped (chip, "clicked", G_CALLBACK (on_chip_clicked), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_chip_key_pressed), self);
  gtk_widget_add_controller (chip, keys);
  gtk_widget_insert_before (chip, GTK_WIDGET (self->chips), GTK_WIDGET (self->entry));
}

/* What is in the entry becomes chips, if it is right. */
static void
commit (FocNumberList *self)
{
  guint n = foc_field_count (&self->settings, self->field);
  char *note = NULL;

  if (!foc_field_add (&self->settings, self->field,
                      gtk_editable_get_text (GTK_EDITABLE (self->entry)), NULL, &note,
                      NULL))
    return;

  g_free (self->note);
  self->note = note;
  for (; n < foc_field_count (&self->settings, self->field); n++)
    add_chip (self, n);
  set_text (self, "");
  check (self);
}

static void
on_typed (FocNumberList *self)
{
  if (self->is_updating)
    return;

  g_clear_pointer (&self->note, g_free);
  check (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_activate (FocNumberList *self)
{
  commit (self);
}

static void
on_leave (FocNumberList *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    commit (self);
}

static gboolean
on_key_pressed (FocNumberList *self,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers)
{
  guint n = foc_field_count (&self->settings, self->field);
  g_autofree char *text = NULL;

  if (keyval != GDK_KEY_BackSpace || n == 0
      || *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    return FALSE;

  text = foc_field_write (&self->settings, self->field, n - 1, NULL);
  remove_number (self, n - 1);
  set_text (self, text);
  on_typed (self);
  return TRUE;
}

void
foc_number_list_set_settings (FocNumberList *self,
                              const FocSettings *settings,
                              FocField field)
{
  while (gtk_widget_get_first_child (GTK_WIDGET (self->chips))
         != GTK_WIDGET (self->entry))
    gtk_box_remove (self->chips, gtk_widget_get_first_child (GTK_WIDGET (self->chips)));

  self->field = field;
  self->settings = *settings;
  for (guint i = 0; i < foc_field_count (settings, field); i++)
    add_chip (self, i);
  g_clear_pointer (&self->note, g_free);
  set_text (self, "");
  check (self);
}

gboolean
foc_number_list_get_settings (FocNumberList *self, FocSettings *settings)
{
  if (self->is_valid)
    foc_field_copy (settings, &self->typed, self->field);

  return self->is_valid;
}

void
foc_number_list_set_problem (FocNumberList *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  check (self);
}

static void
on_title_changed (FocNumberList *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/* The row itself is nothing to stop at. */

static gboolean
foc_number_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)),
                                 direction);
}

static gboolean
foc_number_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FOC_NUMBER_LIST (widget)->entry));
}

static void
foc_number_list_dispose (GObject *object)
{
  FocNumberList *self = FOC_NUMBER_LIST (object);

  /* The focus may leave the entry now. */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_NUMBER_LIST);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (foc_number_list_parent_class)->dispose (object);
}

static void
foc_number_list_class_init (FocNumberListClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_number_list_dispose;
  widget_class->focus = foc_number_list_focus;
  widget_class->grab_focus = foc_number_list_grab_focus;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FOC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-number-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FocNumberList, chips);
  gtk_widget_class_bind_template_child (widget_class, FocNumberList, entry);
  gtk_widget_class_bind_template_child (widget_class, FocNumberList, message);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
foc_number_list_init (FocNumberList *self)
{
  foc_settings_init (&self->settings, FOC_PRESET_PAPER, 0);
  self->typed = self->settings;
  self->is_valid = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL);
  foc_number_list_set_settings (self, &self->settings, FOC_FIELD_LEARNING_RATES);
}
