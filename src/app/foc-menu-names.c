/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-menu-names.h"

#include <gtk/gtk.h>

/* The type of the items is GTK's own; its first label is what it says, further ones are
 * keys. */
static void
name_items (GtkWidget *widget)
{
  gboolean nameless = g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (nameless && GTK_IS_LABEL (child))
      {
        gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget),
                                       GTK_ACCESSIBLE_RELATION_LABELLED_BY);
        gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        gtk_label_get_text (GTK_LABEL (child)), -1);
        nameless = FALSE;
      }
    else
      name_items (child);
}

static gboolean
on_show (GSignalInvocationHint *hint,
         guint n_values,
         const GValue *values,
         gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GTK_IS_POPOVER_MENU (widget))
    name_items (widget);
  return TRUE; /* next time too */
}

void
foc_menu_names_init (void)
{
  /* Its signals exist from the first use of the class on. */
  gpointer class = g_type_class_ref (GTK_TYPE_WIDGET);

  g_signal_add_emission_hook (g_signal_lookup ("show", GTK_TYPE_WIDGET), 0, on_show, NULL,
                              NULL);
  g_type_class_unref (class);
}
