/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-dataset-page.h"

#include "foc-dataset-sidebar.h"
#include "foc-filter-menu.h"
#include "foc-picture-detail.h"
#include "foc-picture-grid.h"
#include "foc-picture-viewer.h"
#include "foc-side-panes.h"
#include "foc-split-toast.h"
#include "foc-strip-layout.h"
#include "foc-welcome-page.h"
#include "foc-widget.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _FocDatasetPage
{
  GtkWidget parent_instance;

  FocSidePanes *panes;
  AdwToastOverlay *toasts;
  GtkStack *stack;   /* "nothing", "scanning", "pictures" */
  GtkLabel *name;    /* of the data set                   */
  GtkLabel *summary; /* how many pictures                 */
  GtkEditable *search;
  FocFilterMenu *filter;
  GtkMenuButton *filter_button;
  GtkDropDown *sort; /* in the order of FocSortOrder      */
  GtkToggleButton *show_sidebar;
  GtkToggleButton *show_detail;
  FocDatasetSidebar *sidebar;
  FocPictureDetail *detail;
  GtkStack *middle; /* "grid", "viewer", "none-found"    */
  FocPictureGrid *grid;
  FocPictureViewer *viewer;

  FocSession *session;
  char *searched; /* what the filter searches, or NULL */
};

G_DEFINE_FINAL_TYPE (FocDatasetPage, foc_dataset_page, GTK_TYPE_WIDGET)

enum
{
  PROP_THUMBNAIL_SIZE = 1,
  N_PROPS
};

static FocOpenDataset *
get_dataset (FocDatasetPage *self)
{
  return foc_session_get_dataset (self->session);
}

static FocPictureList *
get_pictures (FocDatasetPage *self)
{
  return foc_open_dataset_get_pictures (get_dataset (self));
}

/* What is shown */

static void
show_summary (FocDatasetPage *self, const FocCatalog *catalog)
{
  guint32 n_all = foc_dataset_get_n_pictures (catalog->dataset);
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (get_pictures (self)));
  g_autofree char *text =
    n_shown == n_all
      ? g_strdup_printf (ngettext ("%'u picture", "%'u pictures", n_all), n_all)
      /* Translators: how many pictures are shown, of how many. */
      : g_strdup_printf (ngettext ("%'u of %'u picture", "%'u of %'u pictures", n_all),
                         n_shown, n_all);

  gtk_label_set_text (self->summary, text);
}

static void
show_middle (FocDatasetPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (get_pictures (self)));
  gboolean is_viewing =
    g_strcmp0 (gtk_stack_get_visible_child_name (self->middle), "viewer") == 0
    && foc_picture_grid_get_selected (self->grid) != NULL;

  gtk_stack_set_visible_child_name (self->middle, n == 0       ? "none-found"
                                                  : is_viewing ? "viewer"
                                                               : "grid");
}

static void
update (FocDatasetPage *self)
{
  const FocCatalog *catalog = foc_open_dataset_get_catalog (get_dataset (self));

  switch (foc_open_dataset_get_state (get_dataset (self)))
    {
    case FOC_OPEN_NOTHING:
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      break;
    case FOC_OPEN_SCANNING:
      gtk_stack_set_visible_child_name (self->stack, "scanning");
      break;
    case FOC_OPEN_SHOWN:
    default:
      {
        g_autofree char *name = foc_catalog_display_name (catalog);

        gtk_label_set_text (self->name, name);
        show_summary (self, catalog);
        show_middle (self);
        gtk_stack_set_visible_child_name (self->stack, "pictures");
      }
    }
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
on_search (FocDatasetPage *self)
{
  FocPictureFilter filter;

  if (self->session == NULL)
    return;
  filter = *foc_picture_list_get_filter (get_pictures (self));
  if (g_strcmp0 (gtk_editable_get_text (self->search), or_empty (filter.search)) == 0)
    return;
  filter.search = gtk_editable_get_text (self->search);
  foc_picture_list_set_filter (get_pictures (self), &filter);
}

static void
on_filter_changed (FocDatasetPage *self)
{
  const FocPictureFilter *filter = foc_picture_list_get_filter (get_pictures (self));
  gboolean is_filtered = foc_picture_filter_is_set (filter);

  /* What is being typed reaches the filter late: it is not to be taken back. A text
   * is set by clearing the entry first, which is no search. */
  if (g_strcmp0 (filter->search, self->searched) != 0)
    {
      g_free (self->searched);
      self->searched = g_strdup (filter->search);
      g_signal_handlers_block_by_func (self->search, on_search, self);
      if (!g_str_equal (gtk_editable_get_text (self->search), or_empty (self->searched)))
        gtk_editable_set_text (self->search, or_empty (self->searched));
      g_signal_handlers_unblock_by_func (self->search, on_search, self);
    }
  gtk_drop_down_set_selected (self->sort,
                              foc_picture_list_get_sort_order (get_pictures (self)));
  /* Whoever filters or sorts wants to see what comes of it. */
  foc_side_panes_show_middle (self->panes);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->middle), "viewer") == 0)
    {
      gtk_stack_set_visible_child_name (self->middle, "grid");
      foc_picture_viewer_set_item (self->viewer, NULL);
    }
  if (is_filtered)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
  if (foc_open_dataset_get_catalog (get_dataset (self)) != NULL)
    update (self);
}

/* From the controls */

static void
on_sort (FocDatasetPage *self)
{
  FocSortOrder order = (FocSortOrder) gtk_drop_down_get_selected (self->sort);

  if (self->session != NULL
      && order != foc_picture_list_get_sort_order (get_pictures (self)))
    foc_picture_list_set_sort_order (get_pictures (self), order);
}

static void
on_show_all (FocDatasetPage *self)
{
  const FocPictureFilter everything = FOC_PICTURE_FILTER_INIT;

  foc_picture_list_set_filter (get_pictures (self), &everything);
}

static void
on_selected (FocDatasetPage *self)
{
  FocPictureItem *item = foc_picture_grid_get_selected (self->grid);

  foc_picture_detail_set_item (self->detail, item);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->middle), "viewer") == 0)
    foc_picture_viewer_set_item (self->viewer, item);
}

static void
on_open (FocDatasetPage *self, FocPictureItem *item)
{
  foc_picture_viewer_set_item (self->viewer, item);
  gtk_stack_set_visible_child_name (self->middle, "viewer");
  gtk_widget_child_focus (GTK_WIDGET (self->viewer), GTK_DIR_TAB_FORWARD);
}

static void
on_step (FocDatasetPage *self, int step)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (get_pictures (self)));
  guint position = foc_picture_grid_get_position (self->grid);

  if (position == GTK_INVALID_LIST_POSITION || (step < 0 && position == 0)
      || (step > 0 && position + 1 >= n))
    return;
  foc_picture_grid_select (self->grid, (guint) ((int) position + step));
}

static void
on_close (FocDatasetPage *self)
{
  guint position = foc_picture_grid_get_position (self->grid);

  gtk_stack_set_visible_child_name (self->middle, "grid");
  foc_picture_viewer_set_item (self->viewer, NULL);
  if (position != GTK_INVALID_LIST_POSITION)
    foc_picture_grid_select (self->grid, position);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
on_leaks_mended (FocDatasetPage *self, FocCatalog *before)
{
  const FocCatalog *catalog = foc_open_dataset_get_catalog (get_dataset (self));
  guint32 n = foc_leaks_total (&before->leaks) - foc_leaks_total (&catalog->leaks);
  g_autofree char *title = g_strdup_printf (
    ngettext ("%'u group is in one set now.", "%'u groups are in one set each now.", n),
    n);

  foc_widget_add_toast (self->toasts,
                        foc_split_toast_new (title, get_dataset (self), before));
}

/* Keys are for the page that is shown, wherever the focus is. */

static gboolean
focus_search (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocDatasetPage *self = user_data;

  return gtk_widget_get_mapped (GTK_WIDGET (self->search))
         && gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
open_filter (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FocDatasetPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->filter_button)))
    return FALSE;
  gtk_menu_button_popup (self->filter_button);
  return TRUE;
}

/* Of a search that is over. */
static void
on_stop_search (FocDatasetPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

void
foc_dataset_page_set_session (FocDatasetPage *self, FocSession *session)
{
  FocOpenDataset *dataset = foc_session_get_dataset (session);
  FocPictureList *pictures = foc_open_dataset_get_pictures (dataset);

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  foc_dataset_sidebar_set_session (self->sidebar, session);
  foc_picture_detail_set_session (self->detail, session);
  foc_filter_menu_set_pictures (self->filter, pictures);
  foc_picture_grid_set_pictures (self->grid, pictures);
  g_signal_connect_object (dataset, "notify::catalog", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dataset, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pictures, "filter-changed", G_CALLBACK (on_filter_changed),
                           self, G_CONNECT_SWAPPED);
  on_filter_changed (self);
  update (self);
}

static void
foc_dataset_page_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_THUMBNAIL_SIZE:
      g_object_get_property (G_OBJECT (FOC_DATASET_PAGE (object)->grid), "thumbnail-size",
                             value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_dataset_page_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_THUMBNAIL_SIZE:
      g_object_set_property (G_OBJECT (FOC_DATASET_PAGE (object)->grid), "thumbnail-size",
                             value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_dataset_page_dispose (GObject *object)
{
  FocDatasetPage *self = FOC_DATASET_PAGE (object);

  if (self->filter_button != NULL)
    gtk_menu_button_set_popover (self->filter_button, NULL);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_DATASET_PAGE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->searched, g_free);

  G_OBJECT_CLASS (foc_dataset_page_parent_class)->dispose (object);
}

static void
foc_dataset_page_class_init (FocDatasetPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_dataset_page_get_property;
  object_class->set_property = foc_dataset_page_set_property;
  object_class->dispose = foc_dataset_page_dispose;

  g_object_class_install_property (
    object_class, PROP_THUMBNAIL_SIZE,
    g_param_spec_int ("thumbnail-size", NULL, NULL, 16, 1024, 112,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (FOC_TYPE_DATASET_SIDEBAR);
  g_type_ensure (FOC_TYPE_FILTER_MENU);
  g_type_ensure (FOC_TYPE_PICTURE_DETAIL);
  g_type_ensure (FOC_TYPE_PICTURE_GRID);
  g_type_ensure (FOC_TYPE_PICTURE_VIEWER);
  g_type_ensure (FOC_TYPE_SIDE_PANES);
  g_type_ensure (FOC_TYPE_STRIP_LAYOUT);
  g_type_ensure (FOC_TYPE_WELCOME_PAGE);
  gtk_widget_class_set_css_name (widget_class, "datasetpage");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-dataset-page.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocDatasetPage, name)
#define CALLBACK(name) gtk_widget_class_bind_template_callback (widget_class, name)
  BIND (panes);
  BIND (toasts);
  BIND (stack);
  BIND (name);
  BIND (summary);
  BIND (search);
  BIND (filter);
  BIND (filter_button);
  BIND (sort);
  BIND (show_sidebar);
  BIND (show_detail);
  BIND (sidebar);
  BIND (detail);
  BIND (middle);
  BIND (grid);
  BIND (viewer);
  CALLBACK (on_search);
  CALLBACK (on_stop_search);
  CALLBACK (on_sort);
  CALLBACK (on_show_all);
  CALLBACK (on_selected);
  CALLBACK (on_open);
  CALLBACK (on_step);
  CALLBACK (on_close);
  CALLBACK (on_leaks_mended);
#undef BIND
#undef CALLBACK
}

static void
foc_dataset_page_init (FocDatasetPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_add_key (GTK_WIDGET (self), GDK_KEY_f, GDK_CONTROL_MASK, focus_search);
  foc_widget_add_key (GTK_WIDGET (self), GDK_KEY_f, 0, open_filter);
}
