/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-filter-menu.h"

#include "foc-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _FocFilterMenu
{
  GtkPopover parent_instance;

  AdwComboRow *class_row;  /* all, then each class          */
  AdwComboRow *answer_row; /* the same                     */
  AdwComboRow *part_row;   /* all, then as in FocPart       */
  AdwComboRow *show_row;   /* as in FocShow                 */
  GtkWidget *rows_row;     /* that only some pictures are asked for */
  GtkWidget *clear;

  FocPictureList *pictures; /* or NULL                       */
  FocDataset *dataset;      /* whose classes are listed, or NULL */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (FocFilterMenu, foc_filter_menu, GTK_TYPE_POPOVER)

static void
list_classes (FocFilterMenu *self, FocDataset *dataset)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("All"));
  for (guint label = 0; label < foc_dataset_get_n_classes (dataset); label++)
    gtk_string_list_take (names,
                          foc_text_escape (foc_dataset_get_class_names (dataset)[label]));
  adw_combo_row_set_model (self->class_row, G_LIST_MODEL (names));
  adw_combo_row_set_model (self->answer_row, G_LIST_MODEL (names));
}

static void
update (FocFilterMenu *self)
{
  const FocCatalog *catalog = foc_picture_list_get_catalog (self->pictures);
  const FocPictureFilter *filter = foc_picture_list_get_filter (self->pictures);

  self->is_updating = TRUE;
  if (catalog != NULL && self->dataset != catalog->dataset)
    {
      g_clear_pointer (&self->dataset, foc_dataset_unref);
      self->dataset = foc_dataset_ref (catalog->dataset);
      list_classes (self, self->dataset);
    }
  if (catalog != NULL)
    {
      adw_combo_row_set_selected (self->class_row, (guint) (filter->label + 1));
      adw_combo_row_set_selected (self->answer_row, (guint) (filter->answer + 1));
    }
  adw_combo_row_set_selected (self->part_row, (guint) (filter->part + 1));
  adw_combo_row_set_selected (self->show_row, (guint) filter->show);
  gtk_widget_set_visible (self->rows_row, filter->rows != NULL);
  gtk_widget_set_sensitive (self->clear, foc_picture_filter_is_set (filter));
  self->is_updating = FALSE;
}

static void
on_changed (FocFilterMenu *self)
{
  FocPictureFilter filter;

  if (self->is_updating || self->pictures == NULL)
    return;

  filter = *foc_picture_list_get_filter (self->pictures);
  filter.label = (int) adw_combo_row_get_selected (self->class_row) - 1;
  filter.answer = (int) adw_combo_row_get_selected (self->answer_row) - 1;
  filter.part = (int) adw_combo_row_get_selected (self->part_row) - 1;
  filter.show = (FocShow) adw_combo_row_get_selected (self->show_row);
  foc_picture_list_set_filter (self->pictures, &filter);
}

static void
on_clear (FocFilterMenu *self)
{
  FocPictureFilter filter = FOC_PICTURE_FILTER_INIT;

  filter.search = foc_picture_list_get_filter (self->pictures)->search;
  foc_picture_list_set_filter (self->pictures, &filter);
}

void
foc_filter_menu_set_pictures (FocFilterMenu *self, FocPictureList *pictures)
{
  g_return_if_fail (self->pictures == NULL);

  self->pictures = g_object_ref (pictures);
  g_signal_connect_object (pictures, "filter-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  /* What is open may be another data set by the time that it is shown. */
  g_signal_connect_swapped (self, "map", G_CALLBACK (update), self);
  update (self);
}

static void
foc_filter_menu_dispose (GObject *object)
{
  FocFilterMenu *self = FOC_FILTER_MENU (object);

  g_clear_object (&self->pictures);
  g_clear_pointer (&self->dataset, foc_dataset_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_FILTER_MENU);

  G_OBJECT_CLASS (foc_filter_menu_parent_class)->dispose (object);
}

static void
foc_filter_menu_class_init (FocFilterMenuClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_filter_menu_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-filter-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, FocFilterMenu, class_row);
  gtk_widget_class_bind_template_child (widget_class, FocFilterMenu, answer_row);
  gtk_widget_class_bind_template_child (widget_class, FocFilterMenu, part_row);
  gtk_widget_class_bind_template_child (widget_class, FocFilterMenu, show_row);
  gtk_widget_class_bind_template_child (widget_class, FocFilterMenu, rows_row);
  gtk_widget_class_bind_template_child (widget_class, FocFilterMenu, clear);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
}

static void
foc_filter_menu_init (FocFilterMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
