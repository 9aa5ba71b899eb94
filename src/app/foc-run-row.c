/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-run-row.h"

#include "foc-widget.h"

#include <glib/gi18n.h>

/* Characters of a piece of a line that is not broken: some fit also where text is large. */
#define MAX_WHOLE 20

struct _FocRunRow
{
  GtkWidget parent_instance;

  GtkLabel *name;
  GtkLabel *details;
  GtkLabel *results;

  FocRunItem *item; /* or NULL */
};

G_DEFINE_FINAL_TYPE (FocRunRow, foc_run_row, GTK_TYPE_WIDGET)

/* Takes over `text`; NULL or nothing adds nothing. */
static void
add_part (GString *line, char *text)
{
  g_autofree char *part = text;

  if (part == NULL || part[0] == '\0')
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static char *
describe (FocRunItem *item)
{
  GString *line = g_string_new (NULL);

  if (foc_run_item_get_title (item) != NULL)
    add_part (line, g_strdup (foc_run_item_get_date (item)));
  add_part (line, g_strdup (foc_run_item_get_dataset_name (item)));
  add_part (line, g_strdup (foc_run_state_get_title (foc_run_item_get_state (item))));

  return g_string_free (line, FALSE);
}

static void
add_holdout (GString *line, FocRunItem *item)
{
  guint n_looks = foc_run_item_get_n_looks (item);
  double accuracy;

  if (foc_run_item_get_holdout (item, &accuracy))
    {
      add_part (line, g_strdup_printf (_ ("Holdout %.3f"), accuracy));
      add_part (line,
                g_strdup_printf (
                  /* Translators: how often the holdout accuracy was. */
                  ngettext ("looked at once", "looked at %u times", n_looks), n_looks));
    }
  else if (n_looks > 0)
    add_part (line, g_strdup (_ ("Holdout looked at, without a result")));
  else if (foc_run_item_get_state (item) == FOC_RUN_SEALED)
    add_part (line, g_strdup (_ ("Holdout sealed")));
}

static char *
describe_results (FocRunItem *item)
{
  GString *line = g_string_new (foc_run_item_get_problem (item));
  FocCell best;

  if (foc_run_item_get_best (item, &best))
    /* Translators: accuracy and loss of the best cell on the validation set. */
    add_part (
      line, g_strdup_printf (_ ("Validation %.3f, loss %.3f"), best.accuracy, best.loss));
  add_holdout (line, item);

  return g_string_free (line, FALSE);
}

static void
set_accessible (FocRunRow *self, const char *details, const char *results)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *name = g_strjoin (", ", foc_run_item_get_name (self->item), details,
                                     results[0] != '\0' ? results : NULL, NULL);

  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    name, -1);
}

/* The line, where the words of a short piece between separators stay together. */
static char *
keep_together (const char *line, const char *const *separators)
{
  g_auto (GStrv) pieces = NULL;
  g_auto (GStrv) words = NULL;

  if (separators[0] == NULL)
    {
      words = g_strsplit (line, " ", -1);
      return g_strjoinv (g_utf8_strlen (line, -1) <= MAX_WHOLE ? "\u00a0" : " ", words);
    }

  pieces = g_strsplit (line, separators[0], -1);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *piece = pieces[i];

      pieces[i] = keep_together (piece, separators + 1);
    }
  return g_strjoinv (separators[0], pieces);
}

/* Lines end between the parts, or at a comma in one. */
static void
show_parts (GtkLabel *label, const char *line)
{
  static const char *const separators[] = { " · ", ", ", NULL };
  g_autofree char *text = keep_together (line, separators);

  gtk_label_set_text (label, text);
}

static void
update (FocRunRow *self)
{
  g_autofree char *details = describe (self->item);
  g_autofree char *results = describe_results (self->item);
  gboolean is_damaged = foc_run_item_get_state (self->item) == FOC_RUN_DAMAGED;

  gtk_label_set_text (self->name, foc_run_item_get_name (self->item));
  show_parts (self->details, details);
  show_parts (self->results, results);
  gtk_widget_set_visible (GTK_WIDGET (self->results), results[0] != '\0');
  if (is_damaged)
    gtk_widget_add_css_class (GTK_WIDGET (self->results), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->results), "error");
  set_accessible (self, details, results);
}

void
foc_run_row_set_item (FocRunRow *self, FocRunItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

FocRunItem *
foc_run_row_get_item (FocRunRow *self)
{
  return self->item;
}

static void
foc_run_row_dispose (GObject *object)
{
  FocRunRow *self = FOC_RUN_ROW (object);

  foc_run_row_set_item (self, NULL);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_RUN_ROW);

  G_OBJECT_CLASS (foc_run_row_parent_class)->dispose (object);
}

static void
foc_run_row_class_init (FocRunRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_run_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-run-row.ui");
  gtk_widget_class_bind_template_child (widget_class, FocRunRow, name);
  gtk_widget_class_bind_template_child (widget_class, FocRunRow, details);
  gtk_widget_class_bind_template_child (widget_class, FocRunRow, results);
}

static void
foc_run_row_init (FocRunRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
