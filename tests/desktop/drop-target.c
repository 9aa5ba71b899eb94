/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window for test-desktop to drive: it tells in labels what was dropped on its
 * area, what was typed, and how often its button was pressed. */

#include <gtk/gtk.h>

static void
tell_dropped (GtkLabel *label, const GValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      g_string_append_printf (text, "Files: %u", g_slist_length (files));
      for (GSList *file = files; file != NULL; file = file->next)
        g_string_append_printf (text, "\n%s", g_file_peek_path (file->data));
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      GdkTexture *texture = g_value_get_object (value);

      g_string_append_printf (text, "Picture: %d x %d", gdk_texture_get_width (texture),
                              gdk_texture_get_height (texture));
    }
  else
    g_string_append_printf (text, "Text: %s", g_value_get_string (value));

  gtk_label_set_text (label, text->str);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GtkLabel *label)
{
  tell_dropped (label, value);
  return TRUE;
}

static void
on_clicked (GtkLabel *label)
{
  static int count;
  g_autofree char *text = g_strdup_printf ("Pressed: %d", ++count);

  gtk_label_set_text (label, text);
}

static void
on_changed (GtkEditable *entry, GtkLabel *label)
{
  g_autofree char *text = g_strdup_printf ("Typed: %s", gtk_editable_get_text (entry));

  gtk_label_set_text (label, text);
}

static GtkWidget *
append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
  return child;
}

int
main (int argc, char **argv)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GtkWidget *window, *box, *label, *button, *entry, *area;

  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Drop Target");
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_window_set_child (GTK_WINDOW (window), box);

  label = append (box, gtk_label_new ("Pressed: 0"));
  button = append (box, gtk_button_new_with_label ("Press"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), label);

  label = append (box, gtk_label_new ("Typed: "));
  entry = append (box, gtk_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Words", -1);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), label);

  area = append (box, gtk_label_new ("Nothing dropped"));
  gtk_widget_set_vexpand (area, TRUE);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), area);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));

  button = append (box, gtk_button_new_with_label ("Never"));
  gtk_widget_set_sensitive (button, FALSE);

  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
