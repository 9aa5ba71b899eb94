/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-answers-pane-private.h"

#include "foc-model.h"
#include "foc-thumbnail-view.h"

#include <glib/gi18n.h>
#include <string.h>

#define THUMBNAIL_SIZE 48
/* Of a number in a name, by which names are sorted. */
#define N_DIGITS 12

static char *
describe_answer (FocAnswerItem *item)
{
  FocLoadedModel *model = foc_answer_item_get_model (item);
  const char *error = foc_answer_item_get_error (item);
  const char *name = foc_answer_item_get_counted (item);
  g_autofree char *reason = NULL;

  if (error != NULL)
    return g_strdup (error);
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

/* Numbers in names count as such, as in the listing of a folder: "2.jpg" before "10.jpg". */
static char *
make_sort_key (FocAnswerItem *item, const char *name)
{
  g_autoptr (GString) key = g_string_new (NULL);

  while (*name != '\0')
    {
      gsize n_digits = strspn (name, "0123456789");
      gsize n = MAX (n_digits, strcspn (name, "0123456789"));

      for (gsize i = n_digits; n_digits > 0 && i < N_DIGITS; i++)
        g_string_append_c (key, '0');
      g_string_append_len (key, name, (gssize) n);
      name += n;
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static void
show_name (GtkLabel *label, FocAnswerItem *item)
{
  gtk_label_set_text (label, foc_answer_item_get_name (item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), foc_answer_item_get_path (item));
}

static void
show_answer (GtkLabel *label, FocAnswerItem *item)
{
  g_autofree char *text = describe_answer (item);

  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

static void
show_confidence (GtkLabel *label, FocAnswerItem *item)
{
  double probability = foc_answer_item_get_probability (item);
  g_autofree char *text = NULL;

  if (probability >= 0)
    text = g_strdup_printf (_ ("%.0f %%"), 100 * probability);
  gtk_label_set_text (label, text != NULL ? text : "");
}

typedef void (*Show) (GtkLabel *label, FocAnswerItem *item);

static void
set_up_label (GtkListItem *cell, Show show, PangoEllipsizeMode ellipsize, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_width_chars (GTK_LABEL (label),
                             ellipsize != PANGO_ELLIPSIZE_NONE ? 8 : -1);
  g_object_set_data (G_OBJECT (label), "show", show);
  gtk_list_item_set_child (cell, label);
}

static void
on_setup_name (FocAnswersPane *self, GtkListItem *cell)
{
  set_up_label (cell, show_name, PANGO_ELLIPSIZE_MIDDLE, 0);
}

static void
on_setup_answer (FocAnswersPane *self, GtkListItem *cell)
{
  set_up_label (cell, show_answer, PANGO_ELLIPSIZE_END, 0);
}

static void
on_setup_confidence (FocAnswersPane *self, GtkListItem *cell)
{
  set_up_label (cell, show_confidence, PANGO_ELLIPSIZE_NONE, 1);
}

static void
on_bind (FocAnswersPane *self, GtkListItem *cell)
{
  FocAnswerItem *item = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_list_item_get_child (cell);
  Show show = g_object_get_data (G_OBJECT (label), "show");

  show (GTK_LABEL (label), item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show), label, G_CONNECT_SWAPPED);
}

static void
on_unbind (FocAnswersPane *self, GtkListItem *cell)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (cell),
                                        gtk_list_item_get_child (cell));
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
  foc_thumbnail_view_set_file (view, foc_answer_item_get_path (item), 0);
  g_signal_connect_object (item, "changed", G_CALLBACK (show_problem), view,
                           G_CONNECT_SWAPPED);
}

static void
on_unbind_thumbnail (FocAnswersPane *self, GtkListItem *cell)
{
  on_unbind (self, cell);
  foc_thumbnail_view_set_file (FOC_THUMBNAIL_VIEW (gtk_list_item_get_child (cell)), NULL,
                               0);
}

void
foc_answers_pane_class_bind_cells (GtkWidgetClass *widget_class)
{
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  CALLBACK (on_bind);
  CALLBACK (on_unbind);
  CALLBACK (on_setup_name);
  CALLBACK (on_setup_answer);
  CALLBACK (on_setup_confidence);
  CALLBACK (on_setup_thumbnail);
  CALLBACK (on_bind_thumbnail);
  CALLBACK (on_unbind_thumbnail);
  CALLBACK (make_sort_key);
#undef CALLBACK
}
