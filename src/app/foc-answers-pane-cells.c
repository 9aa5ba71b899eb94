/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answers-pane-private.h"

#include "foc-model.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

#define THUMBNAIL_SIZE 48
/* Narrower than so many characters, there is room for less. */
#define WIDE_CHARS 80

static char *
describe_error (FocAnswerItem *item)
{
  const char *what = foc_answer_item_get_reason (item);
  const char *by_hand = foc_answer_item_get_hand_class_name (item);
  g_autofree char *text = NULL;

  if (what != NULL)
    /* Translators: why a picture could not be read, such as “the file is empty”. */
    text = g_strdup_printf (_ ("Not read: %s"), what);
  else
    text = g_strdup (foc_answer_item_get_error (item));
  if (by_hand == NULL)
    return g_steal_pointer (&text);
  /* Translators: why a picture could not be read, and a class that the user has chosen. */
  return g_strdup_printf (_ ("%s (set by hand: %s)"), text, by_hand);
}

static char *
describe_answer (FocAnswerItem *item)
{
  FocLoadedModel *model = foc_answer_item_get_model (item);
  const char *name = foc_answer_item_get_counted (item);
  g_autofree char *reason = NULL;

  if (foc_answer_item_get_state (item) == FOC_ANSWER_FAILED)
    return describe_error (item);
  if (foc_answer_item_get_hand_label (item) >= 0)
    /* Translators: a class that the user has chosen. */
    return g_strdup_printf (_ ("%s, set by hand"), name);
  if (foc_answer_item_get_state (item) != FOC_ANSWER_NOT_SURE)
    return g_strdup (name);
  reason = foc_model_describe_doubt (foc_loaded_model_get_model (model),
                                     foc_answer_item_get_answer (item));
  /* Translators: a class, and a sentence that says why. */
  return g_strdup_printf (_ ("Not sure: %s. %s"), name, reason);
}

/* Rows that GTK 4.8 makes, some 200, are mapped until it has allocated them and found that most
 * are out of sight: until then they get no thumbnails. */
static gboolean
demand_thumbnails (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  FocAnswersPane *self = user_data;
  GPtrArray *views = self->new_thumbnails;

  for (guint i = views->len; i-- > 0;)
    {
      GtkWidget *view = views->pdata[i];

      if (gtk_widget_get_mapped (view) && gtk_widget_get_height (view) == 0)
        continue;
      foc_thumbnail_view_set_demand (FOC_THUMBNAIL_VIEW (view), FOC_DEMAND_NOW);
      g_ptr_array_remove_index_fast (views, i);
    }
  return views->len > 0;
}

/* Texts are inscriptions: while rows are being made, GTK 4.8 measures those that are there
 * again and again, and to measure labels would take most of its time. */

/* Newer GTK fills a cell before it is in its row. */
static FocAnswersPane *
get_pane (GtkInscription *label)
{
  return g_object_get_data (G_OBJECT (label), "pane");
}

static void
show_text (GtkInscription *label, const char *text)
{
  gtk_inscription_set_text (label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
  /* Screen readers would read the type of its cell. */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (label))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_name (GtkInscription *label, FocAnswerItem *item)
{
  show_text (label, foc_answer_item_get_name (item));
  g_object_set_data_full (G_OBJECT (label), "path",
                          g_strdup (foc_answer_item_get_path (item)), g_free);
}

static char *
describe_confidence (FocAnswerItem *item)
{
  double confidence = foc_answer_item_get_confidence (item);

  return confidence >= 0 ? foc_text_describe_probability (confidence, 0) : NULL;
}

/* Screen readers go from row to row. */
static void
name_row (GtkInscription *label, const char *answer, FocAnswerItem *item)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (label));
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *confidence = describe_confidence (item);
  const char *name = foc_answer_item_get_name (item);
  g_autofree char *text = NULL;

  if (row == NULL) /* see on_rooted() */
    return;
  if (confidence != NULL)
    /* Translators: the name of a file, what it shows, and how sure that is. */
    text = g_strdup_printf (_ ("%s: %s, %s"), name, answer, confidence);
  else
    text = g_strdup_printf (_ ("%s: %s"), name, answer);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

/* With the confidence, where that has no column. */
static void
show_answer (GtkInscription *label, FocAnswerItem *item)
{
  g_autofree char *answer = describe_answer (item);
  g_autofree char *confidence =
    get_pane (label)->is_narrow ? describe_confidence (item) : NULL;
  g_autofree char *both = NULL;

  if (confidence != NULL)
    both = g_strconcat (confidence, " · ", answer, NULL);
  show_text (label, both != NULL ? both : answer);
  name_row (label, answer, item);
}

static void
show_confidence (GtkInscription *label, FocAnswerItem *item)
{
  g_autofree char *text = describe_confidence (item);

  show_text (label, text != NULL ? text : "");
}

typedef void (*Show) (GtkInscription *label, FocAnswerItem *item);

/* `n_chars`: how wide it is where there is room. */
static GtkWidget *
set_up_text (FocAnswersPane *self,
             GtkListItem *cell,
             Show show,
             guint min_chars,
             guint n_chars)
{
  GtkWidget *label = gtk_inscription_new ("");

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (label), min_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (label), n_chars);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (label), 1);
  g_object_set_data (G_OBJECT (label), "pane", self);
  g_object_set_data (G_OBJECT (label), "show", show);
  gtk_list_item_set_child (cell, label);
  return label;
}

static char *
make_tooltip (GtkInscription *label)
{
  const char *path = g_object_get_data (G_OBJECT (label), "path");
  FocAnswerItem *item = g_object_get_data (G_OBJECT (label), "item");
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;
  g_autofree char *keys = NULL;

  if (name != NULL)
    return foc_text_escape (name);
  keys = item != NULL ? foc_answers_pane_describe_keys (item) : NULL;
  return g_strjoin ("\n", gtk_inscription_get_text (label), keys, NULL);
}

/* To set the text of a tooltip would ask the display where the pointer is, for each row. */
static gboolean
on_query_tooltip (GtkInscription *label,
                  int x,
                  int y,
                  gboolean by_keys,
                  GtkTooltip *tooltip)
{
  g_autofree char *text = make_tooltip (label);

  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
add_tooltip (GtkWidget *label)
{
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}

static void
on_setup_name (FocAnswersPane *self, GtkListItem *cell)
{
  GtkWidget *label = set_up_text (self, cell, show_name, 8, 24);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* A name has no other hyphens than its own. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_inscription_set_attributes (GTK_INSCRIPTION (label), attributes);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  add_tooltip (label);
}

static void
show_again (GtkWidget *child)
{
  FocAnswerItem *item =
    child != NULL ? g_object_get_data (G_OBJECT (child), "item") : NULL;
  Show show = item != NULL ? g_object_get_data (G_OBJECT (child), "show") : NULL;

  if (show != NULL)
    show (GTK_INSCRIPTION (child), item);
}

static void
on_rooted (GtkWidget *label)
{
  if (gtk_widget_get_root (label) != NULL)
    show_again (label);
}

static void
on_setup_answer (FocAnswersPane *self, GtkListItem *cell)
{
  GtkWidget *label = set_up_text (self, cell, show_answer, 8, 60);

  /* There is room for two lines beside the thumbnail. */
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (label), 2);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  add_tooltip (label);
  g_signal_connect (label, "notify::root", G_CALLBACK (on_rooted), NULL);
}

static void
on_setup_confidence (FocAnswersPane *self, GtkListItem *cell)
{
  set_up_text (self, cell, show_confidence, 9, 9);
}

static void
on_bind (FocAnswersPane *self, GtkListItem *cell)
{
  FocAnswerItem *item = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_list_item_get_child (cell);
  Show show = g_object_get_data (G_OBJECT (label), "show");

  show (GTK_INSCRIPTION (label), item);
  g_object_set_data (G_OBJECT (label), "item", item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show), label, G_CONNECT_SWAPPED);
}

static void
on_unbind (FocAnswersPane *self, GtkListItem *cell)
{
  GtkWidget *child = gtk_list_item_get_child (cell);

  g_object_set_data (G_OBJECT (child), "item", NULL);
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (cell), child);
}

static void
on_setup_thumbnail (FocAnswersPane *self, GtkListItem *cell)
{
  gtk_list_item_set_child (cell,
                           foc_thumbnail_view_new (self->thumbnailer, THUMBNAIL_SIZE));
}

/* It may have been mended. */
static void
show_problem (FocThumbnailView *view, FocAnswerItem *item)
{
  foc_thumbnail_view_set_problem (view, foc_answer_item_get_error (item));
}

static void
on_bind_thumbnail (FocAnswersPane *self, GtkListItem *cell)
{
  FocAnswerItem *item = gtk_list_item_get_item (cell);
  FocThumbnailView *view = FOC_THUMBNAIL_VIEW (gtk_list_item_get_child (cell));

  show_problem (view, item);
  foc_thumbnail_view_set_demand (view, FOC_DEMAND_NONE);
  foc_thumbnail_view_set_file (view, foc_answer_item_get_path (item), 0);
  if (self->new_thumbnails->len == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self->view), demand_thumbnails, self, NULL);
  g_ptr_array_add (self->new_thumbnails, view);
  g_signal_connect_object (item, "changed", G_CALLBACK (show_problem), view,
                           G_CONNECT_SWAPPED);
}

static void
on_unbind_thumbnail (FocAnswersPane *self, GtkListItem *cell)
{
  FocThumbnailView *view = FOC_THUMBNAIL_VIEW (gtk_list_item_get_child (cell));

  on_unbind (self, cell);
  g_ptr_array_remove_fast (self->new_thumbnails, view);
  foc_thumbnail_view_set_file (view, NULL, 0);
}

/* In a narrow window the summary stands above the tools, and the confidence with the
 * answer. */

static gboolean
fold (gpointer user_data)
{
  FocAnswersPane *self = user_data;

  self->fold_id = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar),
                                  self->is_narrow ? GTK_ORIENTATION_VERTICAL
                                                  : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), self->is_narrow);
  gtk_column_view_column_set_visible (self->confidence_column, !self->is_narrow);
  for (GtkWidget *row = gtk_widget_get_first_child (foc_answers_pane_get_rows (self));
       row != NULL; row = gtk_widget_get_next_sibling (row))
    for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL;
         cell = gtk_widget_get_next_sibling (cell))
      show_again (gtk_widget_get_first_child (cell));
  return G_SOURCE_REMOVE;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocAnswersPane *self = FOC_ANSWERS_PANE (widget);
  gboolean is_narrow = width < WIDE_CHARS * foc_widget_get_char_width (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  gtk_popover_present (GTK_POPOVER (self->popover));

  /* Sizes are being allocated: what changes them waits until that is done. */
  if (is_narrow != self->is_narrow)
    {
      self->is_narrow = is_narrow;
      if (self->fold_id == 0)
        self->fold_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fold, self, NULL);
    }
}

static void
measure (GtkWidget *widget,
         GtkOrientation orientation,
         int for_size,
         int *minimum,
         int *natural,
         int *minimum_baseline,
         int *natural_baseline)
{
  gtk_widget_measure (FOC_ANSWERS_PANE (widget)->box, orientation, for_size, minimum,
                      natural, NULL, NULL);
}

void
foc_answers_pane_class_bind_cells (GtkWidgetClass *widget_class)
{
  widget_class->size_allocate = size_allocate;
  widget_class->measure = measure;
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  CALLBACK (on_bind);
  CALLBACK (on_unbind);
  CALLBACK (on_setup_name);
  CALLBACK (on_setup_answer);
  CALLBACK (on_setup_confidence);
  CALLBACK (on_setup_thumbnail);
  CALLBACK (on_bind_thumbnail);
  CALLBACK (on_unbind_thumbnail);
#undef CALLBACK
}
