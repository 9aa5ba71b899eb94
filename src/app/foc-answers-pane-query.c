/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answers-pane-private.h"

#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n.h>

/* Of the filter, the classes of the model follow OF_CLASS. */
#define FILTER_CLASS FOC_ANSWERS_OF_CLASS

enum
{
  PROP_SORT = 1,
  PROP_DESCENDING,
  PROP_HAND_LABEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Of FocAnswersOrder */
static const char *const sort_names[] = { "answered", "name", "answer", "confidence",
                                          NULL };

static void
follow_query (FocAnswersPane *self)
{
  guint filter = gtk_drop_down_get_selected (self->filter);
  const char *search = gtk_editable_get_text (self->search);
  FocAnswerQuery query = {
    .wanted = MIN (filter, FILTER_CLASS),
    .search = *search != '\0' ? (char *) search : NULL,
    .order = self->order,
    .is_descending = self->is_descending,
  };

  if (self->answers == NULL)
    return;
  if (filter >= FILTER_CLASS)
    query.class_name = self->class_names[filter - FILTER_CLASS];
  if (foc_answer_query_equal (foc_shown_answers_get_query (self->shown), &query))
    return;
  self->is_other = TRUE;
  gtk_widget_activate_action (foc_answers_pane_get_rows (self), "list.scroll-to-item",
                              "u", 0);
  foc_shown_answers_set_query (self->shown, &query);
}

void
foc_answers_pane_show_everything (FocAnswersPane *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_drop_down_set_selected (self->filter, FOC_ANSWERS_ALL);
  follow_query (self);
}

/* Of a search that is over. */
static void
on_stop_search (FocAnswersPane *self)
{
  gtk_editable_set_text (self->search, "");
  follow_query (self);
  foc_answers_pane_focus (self);
}

/* Wherever the focus is, while the list is shown. */
static gboolean
focus_search (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocAnswersPane *self = user_data;

  return gtk_widget_get_mapped (GTK_WIDGET (self->search))
         && gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* Those that there can be. What is chosen stays, unless there is no such class any more. */
void
foc_answers_pane_offer_filters (FocAnswersPane *self)
{
  const FocAnswerSummary *summary = foc_answer_list_get_summary (self->answers);
  guint chosen = gtk_drop_down_get_selected (self->filter);
  g_autoptr (GtkStringList) filters = NULL;

  if (self->class_names != NULL
      && g_strv_equal (summary->class_names, (const char *const *) self->class_names))
    return;

  if (chosen >= FILTER_CLASS
      && (chosen - FILTER_CLASS >= summary->n_classes
          || !g_str_equal (summary->class_names[chosen - FILTER_CLASS],
                           self->class_names[chosen - FILTER_CLASS])))
    chosen = FOC_ANSWERS_ALL;
  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((GStrv) summary->class_names);
  filters = gtk_string_list_new (NULL);
  gtk_string_list_append (filters, _ ("All"));
  gtk_string_list_append (filters, _ ("Not Sure"));
  gtk_string_list_append (filters, _ ("Not Read"));
  gtk_string_list_append (filters, _ ("Set by Hand"));
  for (guint i = 0; i < summary->n_classes; i++)
    gtk_string_list_take (filters, foc_text_escape (summary->class_names[i]));
  /* Without all of them in between. */
  g_signal_handlers_block_by_func (self->filter, follow_query, self);
  gtk_drop_down_set_model (self->filter, G_LIST_MODEL (filters));
  gtk_drop_down_set_selected (self->filter, chosen);
  g_signal_handlers_unblock_by_func (self->filter, follow_query, self);
  follow_query (self);
}

/* While they are being looked for, those that are found may be still to come. */
void
foc_answers_pane_show_stack (FocAnswersPane *self)
{
  gboolean none = !foc_shown_answers_is_pending (self->shown)
                  && g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0
                  && g_list_model_get_n_items (G_LIST_MODEL (self->answers)) > 0;

  gtk_stack_set_visible_child_name (self->stack, none ? "none-found" : "list");
}

void
foc_answers_pane_keep_selected (FocAnswersPane *self)
{
  gpointer selected = gtk_single_selection_get_selected_item (self->selection);

  if (selected != NULL)
    g_set_object (&self->kept, selected);
  self->had_focus |=
    gtk_widget_get_focus_child (foc_answers_pane_get_rows (self)) != NULL;
}

/* The row that had the focus may have gone, and the focus anywhere; but nothing takes it
 * from where the user has put it since. */
static gboolean
takes_focus_back (FocAnswersPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return self->had_focus
         && (focus == NULL || !gtk_widget_get_mapped (focus)
             || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)));
}

/* If it is still shown, unless another one is selected by then. */
void
foc_answers_pane_select_kept (FocAnswersPane *self)
{
  g_autoptr (FocAnswerItem) kept = NULL;
  guint position;

  if (foc_shown_answers_is_pending (self->shown)
      || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  kept = g_steal_pointer (&self->kept);
  if (kept != NULL && gtk_single_selection_get_selected_item (self->selection) == NULL
      && foc_shown_answers_find (self->shown, kept, &position))
    gtk_single_selection_set_selected (self->selection, position);

  position = gtk_single_selection_get_selected (self->selection);
  if (takes_focus_back (self))
    foc_answers_pane_focus (self);
  else if (self->is_other && position != GTK_INVALID_LIST_POSITION)
    foc_answers_pane_lead_to_selected (self);
  self->is_other = self->had_focus = FALSE;
}

/* Sorting. The titles of the columns sort by a GtkSorter, which in GTK 4.8 does not tell of
 * which column it is: it is asked to compare, and the sorter of the column tells. */

static int
on_compare (gconstpointer pane, gconstpointer other, gpointer order)
{
  ((FocAnswersPane *) pane)->asked = GPOINTER_TO_UINT (order);
  return -1;
}

static void
tell_sort (FocAnswersPane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SORT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DESCENDING]);
  follow_query (self);
}

static void
on_sorter_changed (FocAnswersPane *self, GtkSorterChange change, GtkSorter *sorter)
{
  GtkOrdering ordering;

  self->asked = FOC_ANSWERS_AS_ANSWERED;
  ordering = gtk_sorter_compare (sorter, self, self->view);
  self->order = self->asked;
  if (self->order != FOC_ANSWERS_AS_ANSWERED)
    self->is_descending = ordering == GTK_ORDERING_LARGER;
  tell_sort (self);
}

/* In GTK 4.8 a column that is not sorted by any more is not told so, and keeps its arrow, unless
 * it lets go of its sorter. */
static void
forget_sort (FocAnswersPane *self)
{
  GtkColumnViewColumn *columns[] = { self->name_column, self->answer_column,
                                     self->confidence_column };
  GtkSorter *all = gtk_column_view_get_sorter (self->view);

  g_signal_handlers_block_by_func (all, on_sorter_changed, self);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkSorter) sorter =
        g_object_ref (gtk_column_view_column_get_sorter (columns[i]));

      gtk_column_view_column_set_sorter (columns[i], NULL);
      gtk_column_view_column_set_sorter (columns[i], sorter);
    }
  g_signal_handlers_unblock_by_func (all, on_sorter_changed, self);
}

static void
set_sort (FocAnswersPane *self, FocAnswersOrder order, gboolean is_descending)
{
  GtkColumnViewColumn *columns[] = { NULL, self->name_column, self->answer_column,
                                     self->confidence_column };

  if (order == self->order && is_descending == self->is_descending)
    return;
  self->is_descending = is_descending;
  forget_sort (self);
  gtk_column_view_sort_by_column (
    self->view, columns[order], is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  /* Of the order in which they came the view knows nothing. */
  if (order == FOC_ANSWERS_AS_ANSWERED)
    {
      self->order = order;
      tell_sort (self);
    }
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocAnswersPane *self = FOC_ANSWERS_PANE (object);

  switch (id)
    {
    case PROP_SORT:
      g_value_set_string (value, sort_names[self->order]);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, self->is_descending);
      break;
    case PROP_HAND_LABEL:
      g_value_set_int (value, foc_answers_pane_get_hand_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FocAnswersPane *self = FOC_ANSWERS_PANE (object);

  switch (id)
    {
    case PROP_SORT:
      for (guint i = 0; sort_names[i] != NULL; i++)
        if (g_strcmp0 (sort_names[i], g_value_get_string (value)) == 0)
          set_sort (self, i, self->is_descending);
      break;
    case PROP_DESCENDING:
      set_sort (self, self->order, g_value_get_boolean (value));
      break;
    case PROP_HAND_LABEL:
      foc_answers_pane_set_hand_label (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

void
foc_answers_pane_class_bind_query (FocAnswersPaneClass *class)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->get_property = get_property;
  G_OBJECT_CLASS (class)->set_property = set_property;
  props[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, sort_names[0], flags);
  props[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  props[PROP_HAND_LABEL] =
    g_param_spec_int ("hand-label", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, props);
  gtk_widget_class_install_property_action (widget_class, "answers.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "answers.descending",
                                            "descending");
  gtk_widget_class_install_property_action (widget_class, "answers.set-class",
                                            "hand-label");
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  CALLBACK (follow_query);
  CALLBACK (foc_answers_pane_show_everything);
  CALLBACK (on_stop_search);
#undef CALLBACK
}

void
foc_answers_pane_init_query (FocAnswersPane *self)
{
  GtkColumnViewColumn *columns[] = { self->name_column, self->answer_column,
                                     self->confidence_column };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkSorter) sorter =
        GTK_SORTER (gtk_custom_sorter_new (on_compare, GUINT_TO_POINTER (i + 1), NULL));

      gtk_column_view_column_set_sorter (columns[i], sorter);
    }
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
  foc_widget_add_key (GTK_WIDGET (self), GDK_KEY_f, GDK_CONTROL_MASK, focus_search);
}
