/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-dataset-sidebar.h"

#include "foc-class-balance.h"
#include "foc-class-dot.h"
#include "foc-filter-button.h"
#include "foc-split-chooser.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <glib/gi18n-lib.h>

/* Classes that the balance is told of by name. */
#define MAX_NAMED 8
#define CLASSES_AT_ONCE 20

struct _FocDatasetSidebar
{
  GtkWidget parent_instance;

  FocClassBalance *balance;
  GtkBox *classes; /* a FocFilterButton for each            */
  GtkMenuButton *split;
  FocSplitChooser *chooser;
  FocFilterButton *parts[FOC_N_PARTS];
  GtkWidget *findings; /* what is to be looked at, with its title */
  FocFilterButton *unreadable;
  FocFilterButton *duplicates;
  GtkWidget *leaks_box;
  FocFilterButton *leaks;
  FocFilterButton *misclassified;
  FocFilterButton *not_sure;
  GtkLabel *ignored;
  GtkLabel *model_name;
  GtkLabel *model_note;

  FocSession *session;
  FocDataset *dataset; /* whose classes are listed; or NULL */
  guint n_classes;     /* of them, so far                      */
  guint classes_id;    /* adds the others                      */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (FocDatasetSidebar, foc_dataset_sidebar, GTK_TYPE_WIDGET)

static guint leaks_mended_signal;

static FocPictureList *
get_pictures (FocDatasetSidebar *self)
{
  return foc_open_dataset_get_pictures (foc_session_get_dataset (self->session));
}

/* From rows to the filter */

static void
on_class_toggled (FocDatasetSidebar *self, GtkToggleButton *button)
{
  FocPictureFilter filter;
  int label = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "label"));

  if (self->is_updating)
    return;
  filter = *foc_picture_list_get_filter (get_pictures (self));
  filter.label = gtk_toggle_button_get_active (button) ? label : -1;
  foc_picture_list_set_filter (get_pictures (self), &filter);
}

static void
on_part_toggled (FocDatasetSidebar *self, GtkToggleButton *button)
{
  FocPictureFilter filter;

  if (self->is_updating)
    return;
  filter = *foc_picture_list_get_filter (get_pictures (self));
  filter.part = -1;
  for (int part = 0; part < FOC_N_PARTS; part++)
    if (button == GTK_TOGGLE_BUTTON (self->parts[part])
        && gtk_toggle_button_get_active (button))
      filter.part = part;
  foc_picture_list_set_filter (get_pictures (self), &filter);
}

static FocShow
get_show (FocDatasetSidebar *self, GtkToggleButton *button)
{
  if (button == GTK_TOGGLE_BUTTON (self->unreadable))
    return FOC_SHOW_UNREADABLE;
  if (button == GTK_TOGGLE_BUTTON (self->duplicates))
    return FOC_SHOW_DUPLICATES;
  if (button == GTK_TOGGLE_BUTTON (self->leaks))
    return FOC_SHOW_LEAKS;
  if (button == GTK_TOGGLE_BUTTON (self->misclassified))
    return FOC_SHOW_MISCLASSIFIED;

  return FOC_SHOW_NOT_SURE;
}

static void
on_finding_toggled (FocDatasetSidebar *self, GtkToggleButton *button)
{
  FocPictureFilter filter;

  if (self->is_updating)
    return;
  filter = *foc_picture_list_get_filter (get_pictures (self));
  filter.show =
    gtk_toggle_button_get_active (button) ? get_show (self, button) : FOC_SHOW_ALL;
  foc_picture_list_set_filter (get_pictures (self), &filter);
}

static void
on_mend_leaks (FocDatasetSidebar *self)
{
  FocOpenDataset *dataset = foc_session_get_dataset (self->session);
  g_autoptr (FocCatalog) before =
    foc_catalog_ref (foc_open_dataset_get_catalog (dataset));
  FocSplitSettings settings = before->split_settings;
  FocKeep remedy = foc_leaks_get_remedy (&before->leaks);
  gboolean is_mended = FALSE;

  /* Duplicates that are put together may leave pictures of their names behind. */
  while ((remedy & ~settings.group) != 0)
    {
      settings.group = (FocKeep) (settings.group | remedy);
      if (!foc_open_dataset_set_split (dataset, &settings, NULL))
        break;
      is_mended = TRUE;
      remedy = foc_leaks_get_remedy (&foc_open_dataset_get_catalog (dataset)->leaks);
    }
  if (is_mended)
    g_signal_emit (self, leaks_mended_signal, 0, before);
}

/* From the filter to rows */

static void
mark_rows (FocDatasetSidebar *self)
{
  const FocPictureFilter *filter = foc_picture_list_get_filter (get_pictures (self));
  FocFilterButton *findings[] = { self->unreadable, self->duplicates, self->leaks,
                                  self->misclassified, self->not_sure };
  int label = 0;

  self->is_updating = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->classes));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), filter->label == label++);
  for (int part = 0; part < FOC_N_PARTS; part++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->parts[part]),
                                  filter->part == part);
  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (findings[i]),
                                  filter->show
                                    == get_show (self, GTK_TOGGLE_BUTTON (findings[i])));
  self->is_updating = FALSE;
}

/* What the data set is */

static void
add_class (FocDatasetSidebar *self, guint label)
{
  const FocPictureFilter *filter = foc_picture_list_get_filter (get_pictures (self));
  g_autofree char *name =
    foc_text_escape (foc_dataset_get_class_names (self->dataset)[label]);
  GtkWidget *button = foc_filter_button_new (name);

  foc_filter_button_set_prefix (FOC_FILTER_BUTTON (button), foc_class_dot_new (label));
  foc_filter_button_set_count (FOC_FILTER_BUTTON (button),
                               foc_dataset_get_class_size (self->dataset, label));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), filter->label == (int) label);
  g_object_set_data (G_OBJECT (button), "label", GUINT_TO_POINTER (label));
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_class_toggled), self);
  gtk_box_append (self->classes, button);
}

/* A few at a time: there may be a thousand, which would take half a second. */
static gboolean
add_classes (gpointer user_data)
{
  FocDatasetSidebar *self = user_data;
  guint n = foc_dataset_get_n_classes (self->dataset);

  for (guint i = 0; i < CLASSES_AT_ONCE && self->n_classes < n; i++)
    add_class (self, self->n_classes++);
  if (self->n_classes < n)
    return G_SOURCE_CONTINUE;

  self->classes_id = 0;
  return G_SOURCE_REMOVE;
}

static void
list_classes (FocDatasetSidebar *self)
{
  GtkWidget *child;

  g_clear_handle_id (&self->classes_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->classes))) != NULL)
    gtk_box_remove (self->classes, child);

  self->n_classes = 0;
  if (add_classes (self) == G_SOURCE_CONTINUE)
    self->classes_id = g_idle_add (add_classes, self);
}

static void
count_classes (FocDatasetSidebar *self, FocDataset *dataset)
{
  const char *const *names = foc_dataset_get_class_names (dataset);
  guint n = foc_dataset_get_n_classes (dataset);
  g_autofree guint32 *counts = g_new0 (guint32, n);
  GString *summary = g_string_new (NULL);
  g_autofree char *text = NULL;
  double total = foc_dataset_get_n_pictures (dataset);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->classes));

  for (guint label = 0; label < n; label++)
    {
      counts[label] = foc_dataset_get_class_size (dataset, label);
      if (child != NULL)
        {
          foc_filter_button_set_count (FOC_FILTER_BUTTON (child), counts[label]);
          child = gtk_widget_get_next_sibling (child);
        }
      if (label < MAX_NAMED)
        {
          g_autofree char *name = foc_text_escape (names[label]);

          if (label > 0)
            g_string_append_c (summary, '\n');
          /* Translators: a class, and its share of all pictures. */
          g_string_append_printf (summary, _ ("%s: %.0f %%"), name,
                                  100 * counts[label] / total);
        }
    }
  if (n > MAX_NAMED)
    g_string_append (summary, "\n…");
  text = g_string_free (summary, FALSE);
  foc_class_balance_set_counts (self->balance, counts, n, text);
}

static void
show_finding (FocFilterButton *button, GtkWidget *shown, guint32 count)
{
  foc_filter_button_set_count (button, count);
  /* One that is pressed in can still be let go of. */
  gtk_widget_set_visible (
    shown, count > 0 || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

static guint32
count_flagged (const FocCatalog *catalog, FocPictureFlags flag)
{
  guint32 n = 0;

  for (guint32 row = 0;
       catalog->flags != NULL && row < foc_dataset_get_n_pictures (catalog->dataset);
       row++)
    n += (catalog->flags[row] & flag) != 0;

  return n;
}

static guint32
count_not_sure (const FocPredictions *predictions)
{
  guint32 n = 0;

  /* What cannot be read has no doubt. */
  for (guint32 row = 0; predictions != NULL && row < predictions->n_rows; row++)
    n += predictions->doubts[row] != FOC_DOUBT_NONE;

  return n;
}

static void
show_findings (FocDatasetSidebar *self, const FocCatalog *catalog)
{
  const FocPredictions *predictions =
    foc_picture_list_get_predictions (get_pictures (self));
  gboolean has_any = FALSE;

  show_finding (self->unreadable, GTK_WIDGET (self->unreadable), catalog->n_unreadable);
  show_finding (self->duplicates, GTK_WIDGET (self->duplicates),
                count_flagged (catalog, FOC_PICTURE_DUPLICATE));
  show_finding (self->leaks, self->leaks_box, count_flagged (catalog, FOC_PICTURE_LEAK));
  show_finding (self->misclassified, GTK_WIDGET (self->misclassified),
                predictions != NULL ? predictions->n_wrong : 0);
  show_finding (self->not_sure, GTK_WIDGET (self->not_sure),
                count_not_sure (predictions));

  for (GtkWidget *child =
         gtk_widget_get_next_sibling (gtk_widget_get_first_child (self->findings));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    has_any |= gtk_widget_get_visible (child);
  gtk_widget_set_visible (self->findings, has_any);
}

static void
on_filter_changed (FocDatasetSidebar *self)
{
  const FocCatalog *catalog = foc_picture_list_get_catalog (get_pictures (self));

  mark_rows (self);
  if (catalog != NULL)
    show_findings (self, catalog);
}

/* Takes the line over; NULL is none. */
static void
add_line (GString *text, char *line)
{
  if (line == NULL)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

static void
show_ignored (FocDatasetSidebar *self, const FocDataset *dataset)
{
  const FocIgnored *ignored = foc_dataset_get_ignored (dataset);
  g_autoptr (GString) text = g_string_new (NULL);

  add_line (text, ignored->hidden > 0 ? g_strdup_printf (
                    ngettext ("%'u hidden entry was ignored.",
                              "%'u hidden entries were ignored.", ignored->hidden),
                    ignored->hidden)
                                      : NULL);
  add_line (text, ignored->no_pictures > 0 ? g_strdup_printf (
                    ngettext ("%'u file that is no picture was ignored.",
                              "%'u files that are no pictures were ignored.",
                              ignored->no_pictures),
                    ignored->no_pictures)
                                           : NULL);
  add_line (text, ignored->empty_folders > 0 ? g_strdup_printf (
                    ngettext ("%'u folder without pictures was ignored.",
                              "%'u folders without pictures were ignored.",
                              ignored->empty_folders),
                    ignored->empty_folders)
                                             : NULL);
  add_line (text, ignored->loops > 0 ? g_strdup_printf (
                    ngettext ("%'u folder that leads back to itself was ignored.",
                              "%'u folders that lead back to themselves were ignored.",
                              ignored->loops),
                    ignored->loops)
                                     : NULL);
  gtk_label_set_text (self->ignored, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->ignored), text->len > 0);
}

static void
show_model (FocDatasetSidebar *self)
{
  FocLoadedModel *model = foc_session_get_model (self->session);
  const FocPredictions *predictions =
    foc_picture_list_get_predictions (get_pictures (self));
  /* Answers may still be those of the model before. */
  gboolean is_foreign =
    predictions != NULL && predictions->model == model && !predictions->comparable;

  if (model == NULL)
    gtk_label_set_text (self->model_name, _ ("None"));
  else if (foc_loaded_model_is_shipped (model))
    gtk_label_set_text (self->model_name, _ ("Shipped with the program"));
  else
    gtk_label_set_text (self->model_name, foc_loaded_model_get_name (model));
  if (model != NULL)
    {
      g_autofree char *path = g_filename_display_name (foc_loaded_model_get_path (model));

      gtk_widget_set_tooltip_text (GTK_WIDGET (self->model_name), path);
    }

  if (is_foreign)
    {
      g_autofree char *classes =
        g_strjoinv (_ (", "), foc_loaded_model_get_model (model)->class_names);
      g_autofree char *note = g_strdup_printf (
        /* Translators: a list of class names. */
        _ ("It knows other classes than these (%s), so none of its answers can be "
           "called wrong."),
        classes);

      gtk_label_set_text (self->model_note, note);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->model_note), is_foreign);
}

static void
update (FocDatasetSidebar *self)
{
  FocCatalog *catalog = foc_picture_list_get_catalog (get_pictures (self));

  if (catalog == NULL)
    return;

  if (self->dataset != catalog->dataset)
    {
      g_autoptr (FocDataset) before = self->dataset;

      self->dataset = foc_dataset_ref (catalog->dataset);
      if (before == NULL
          || !g_strv_equal (foc_dataset_get_class_names (before),
                            foc_dataset_get_class_names (catalog->dataset)))
        list_classes (self);
      count_classes (self, catalog->dataset);
      show_ignored (self, catalog->dataset);
    }

  gtk_menu_button_set_label (self->split, foc_split_describe (catalog));
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    foc_filter_button_set_count (self->parts[part],
                                 foc_catalog_count (catalog, -1, part));
  on_filter_changed (self); /* and so the findings */
  show_model (self);
}

void
foc_dataset_sidebar_set_session (FocDatasetSidebar *self, FocSession *session)
{
  FocOpenDataset *dataset = foc_session_get_dataset (session);

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  foc_split_chooser_set_dataset (self->chooser, dataset);
  g_signal_connect_object (dataset, "notify::catalog", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::model", G_CALLBACK (show_model), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_pictures (self), "filter-changed",
                           G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  show_model (self);
  update (self);
}

static void
foc_dataset_sidebar_dispose (GObject *object)
{
  FocDatasetSidebar *self = FOC_DATASET_SIDEBAR (object);

  /* GTK 4.8 would let go of the button first, and then of a popover that is gone. */
  if (self->split != NULL)
    gtk_menu_button_set_popover (self->split, NULL);
  g_clear_handle_id (&self->classes_id, g_source_remove);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_DATASET_SIDEBAR);
  g_clear_object (&self->session);
  g_clear_pointer (&self->dataset, foc_dataset_unref);

  G_OBJECT_CLASS (foc_dataset_sidebar_parent_class)->dispose (object);
}

static void
foc_dataset_sidebar_class_init (FocDatasetSidebarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_dataset_sidebar_dispose;

  leaks_mended_signal =
    g_signal_new ("leaks-mended", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, FOC_TYPE_CATALOG);

  g_type_ensure (FOC_TYPE_CLASS_BALANCE);
  g_type_ensure (FOC_TYPE_FILTER_BUTTON);
  g_type_ensure (FOC_TYPE_SPLIT_CHOOSER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-dataset-sidebar.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocDatasetSidebar, name)
  BIND (balance);
  BIND (classes);
  BIND (split);
  BIND (chooser);
  BIND (findings);
  BIND (unreadable);
  BIND (duplicates);
  BIND (leaks_box);
  BIND (leaks);
  BIND (misclassified);
  BIND (not_sure);
  BIND (ignored);
  BIND (model_name);
  BIND (model_note);
#undef BIND
  gtk_widget_class_bind_template_child_full (
    widget_class, "training", FALSE,
    G_STRUCT_OFFSET (FocDatasetSidebar, parts[FOC_PART_TRAIN]));
  gtk_widget_class_bind_template_child_full (
    widget_class, "validation", FALSE,
    G_STRUCT_OFFSET (FocDatasetSidebar, parts[FOC_PART_VALIDATION]));
  gtk_widget_class_bind_template_child_full (
    widget_class, "holdout", FALSE,
    G_STRUCT_OFFSET (FocDatasetSidebar, parts[FOC_PART_HOLDOUT]));
  gtk_widget_class_bind_template_callback (widget_class, on_part_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_finding_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_mend_leaks);
}

static void
foc_dataset_sidebar_init (FocDatasetSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
