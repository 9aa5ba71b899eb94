/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-ui-train.h"

#include "foc-app-settings.h"
#include "foc-plot-view-private.h"
#include "foc-train-page-private.h"
#include "test-folders.h"
#include "test-ui.h"

FocSettings
test_ui_train_short (void)
{
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.training.hidden[0] = 12;
  settings.training.n_hidden = 1;
  settings.training.batch_size = 4;
  settings.epochs[0] = 1;
  settings.epochs[1] = 2;
  settings.n_epochs = 2;
  return settings;
}

FocSettings
test_ui_train_long (void)
{
  FocSettings settings = test_ui_train_short ();

  settings.training.hidden[0] = 1024;
  settings.training.batch_size = 1;
  settings.epochs[1] = FOC_LIMIT_EPOCHS;
  return settings;
}

static void
delete_runs (UiTrain *self)
{
  if (g_file_test (self->runs, G_FILE_TEST_EXISTS))
    test_folder_delete (self->runs);
}

void
test_ui_train_set (UiTrain *self, const FocSettings *settings)
{
  foc_app_settings_set_training (self->settings, settings);
}

void
test_ui_train_set_up (UiTrain *self, gconstpointer data)
{
  const FocSettings settings = test_ui_train_short ();

  test_ui_dataset_set_up (&self->data, NULL);
  self->settings = test_ui_settings ();
  self->training = foc_session_get_training (self->data.session);
  self->runs = foc_runs_folder ();
  self->asked = g_string_new (NULL);
  delete_runs (self);
  test_ui_train_set (self, data != NULL ? data : &settings);
}

void
test_ui_train_tear_down (UiTrain *self, gconstpointer data)
{
  if (self->window != NULL)
    test_ui_train_close (self);
  g_clear_object (&self->offered);
  g_object_unref (self->settings);
  test_ui_dataset_tear_down (&self->data, NULL);
  g_assert_true (foc_job_wait_for_workers (20000));
  delete_runs (self);
  g_string_free (self->asked, TRUE);
  g_free (self->runs);
}

static void
on_show_pictures (UiTrain *self, guint true_class, guint answer, guint part)
{
  g_string_append_printf (self->asked, "show-pictures %u %u %u;", true_class, answer,
                          part);
}

static void
on_interrupted (UiTrain *self, FocRunItem *item)
{
  g_set_object (&self->offered, item);
  self->n_offered++;
}

void
test_ui_train_show (UiTrain *self)
{
  GtkWidget *list;

  self->page = g_object_new (FOC_TYPE_TRAIN_PAGE, NULL);
  g_object_ref_sink (self->page);
  g_signal_connect_swapped (self->page, "show-pictures", G_CALLBACK (on_show_pictures),
                            self);
  g_signal_connect_swapped (self->page, "interrupted", G_CALLBACK (on_interrupted), self);
  foc_train_page_set_session (self->page, self->data.session, self->settings);
  list =
    test_ui_find (test_ui_find (self->page, FOC_TYPE_HISTORY_PANE), GTK_TYPE_LIST_VIEW);
  self->history = gtk_list_view_get_model (GTK_LIST_VIEW (list));
  self->window = test_ui_show (GTK_WIDGET (self->page), 1200, 800);
  test_ui_settle (self->window);
}

void
test_ui_train_open (UiTrain *self)
{
  test_ui_dataset_open (&self->data);
  test_ui_train_show (self);
}

static void
forget (gpointer set, GObject *widget)
{
  g_hash_table_remove (set, widget);
}

/* All but a tooltip, which GTK lends to one widget after the other. */
static void
remember (gpointer widget, gpointer set)
{
  GType tooltip = g_type_from_name ("GtkTooltipWindow");

  if ((tooltip == 0 || gtk_widget_get_ancestor (widget, tooltip) == NULL)
      && g_hash_table_add (set, widget))
    g_object_weak_ref (widget, forget, set);
}

static gboolean
is_empty (gpointer set)
{
  return g_hash_table_size (set) == 0;
}

void
test_ui_train_close (UiTrain *self)
{
  g_autoptr (GHashTable) alive = g_hash_table_new (NULL, NULL);

  test_ui_foreach (self->window, remember, alive);
  test_ui_destroy (g_steal_pointer (&self->window));
  test_ui_finalize (g_steal_pointer (&self->page));
  test_ui_wait (is_empty, alive);
}

static GtkWidget *
find_button (UiTrain *self, const char *name)
{
  g_autoptr (GPtrArray) buttons = test_ui_list (self->page, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (gtk_widget_get_mapped (buttons->pdata[i])
        && (g_strcmp0 (gtk_button_get_label (buttons->pdata[i]), name) == 0
            || g_strcmp0 (gtk_widget_get_tooltip_text (buttons->pdata[i]), name) == 0
            || test_ui_has_label (buttons->pdata[i], name)))
      return buttons->pdata[i];
  return NULL;
}

typedef struct
{
  UiTrain *self;
  const char *name;
} Wanted;

static gboolean
can_click (gpointer data)
{
  const Wanted *wanted = data;

  return test_ui_train_can_click (wanted->self, wanted->name);
}

static gboolean
is_said (gpointer data)
{
  const Wanted *wanted = data;

  return test_ui_says (wanted->self->page, wanted->name);
}

gboolean
test_ui_train_can_click (UiTrain *self, const char *name)
{
  GtkWidget *button = find_button (self, name);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
test_ui_train_click (UiTrain *self, const char *name)
{
  Wanted wanted = { self, name };

  test_ui_wait (can_click, &wanted);
  g_signal_emit_by_name (find_button (self, name), "clicked");
}

gboolean
test_ui_train_says (UiTrain *self, const char *text)
{
  return test_ui_says (self->page, text);
}

const char *
test_ui_train_get_heading (UiTrain *self)
{
  return gtk_label_get_text (self->page->name);
}

/* Whether (x, y) is near such a point, and not of the legend. */
static gboolean
is_near (const FocPlotMap *map, int x, int y, const char *part)
{
  g_autofree char *text = NULL;
  FocPlotPick pick;

  if (foc_plot_map_find_entry (map, x, y) >= 0 || !foc_plot_map_find (map, x, y, &pick))
    return FALSE;
  text = foc_plot_map_describe (map, &pick);
  return strstr (text, part) != NULL;
}

static gboolean
has_colour (guint32 pixel)
{
  int red = (int) (pixel >> 16), blue = (int) (pixel & 255);

  return ABS (red - blue) > 60;
}

guint
test_ui_train_count_ink (UiTrain *self, const char *part)
{
  FocPlotView *view = test_ui_find (self->page->curves, FOC_TYPE_PLOT_VIEW);
  cairo_surface_t *surface = test_ui_draw (view);
  guint n = 0;

  g_assert_true (foc_plot_view_ensure_drawn (view));
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += has_colour (test_ui_get_pixel (surface, x, y))
           && is_near (view->drawing->map, x, y, part);
  cairo_surface_destroy (surface);
  return n;
}

void
test_ui_train_wait_to_say (UiTrain *self, const char *text)
{
  Wanted wanted = { self, text };

  test_ui_wait (is_said, &wanted);
}

static gboolean
is_idle (gpointer training)
{
  return foc_training_get_job (training) == NULL;
}

void
test_ui_train_wait (UiTrain *self)
{
  test_ui_wait (is_idle, self->training);
  test_ui_settle (self->window);
}

guint
test_ui_train_count_points (UiTrain *self)
{
  const FocGrid *grid = foc_training_get_grid (self->training);
  guint n = 0;

  for (guint i = 0; grid != NULL && i < grid->n_learning_rates; i++)
    n += grid->trajectories[i].curve->len;
  return n;
}

typedef struct
{
  UiTrain *self;
  guint before;
} Growth;

static gboolean
has_grown (gpointer data)
{
  const Growth *growth = data;

  return test_ui_train_count_points (growth->self) > growth->before;
}

void
test_ui_train_wait_to_grow (UiTrain *self)
{
  Growth growth = { self, test_ui_train_count_points (self) };

  test_ui_wait (has_grown, &growth);
}

void
test_ui_train_search (UiTrain *self)
{
  guint n = test_ui_train_count_runs (self);

  test_ui_train_click (self, "_Start");
  test_ui_train_wait (self);
  g_assert_nonnull (foc_training_get_run (self->training));
  test_ui_train_wait_for_runs (self, n + 1);
}

void
test_ui_train_final (UiTrain *self)
{
  test_ui_train_click (self, "Train _Final Model");
  test_ui_train_wait (self);
  g_assert_true (foc_training_has_model (self->training));
}

void
test_ui_train_act (UiTrain *self, guint first, guint last, const char *action)
{
  GtkWidget *pane = test_ui_find (self->page, FOC_TYPE_HISTORY_PANE);

  gtk_selection_model_unselect_all (self->history);
  gtk_selection_model_select_range (self->history, first, last - first + 1, TRUE);
  g_assert_true (gtk_widget_activate_action (pane, action, NULL));
}

guint
test_ui_train_count_runs (UiTrain *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->history));
}

typedef struct
{
  UiTrain *self;
  guint n;
} Count;

static gboolean
has_runs (gpointer data)
{
  const Count *count = data;

  return test_ui_train_count_runs (count->self) == count->n;
}

void
test_ui_train_wait_for_runs (UiTrain *self, guint n)
{
  Count count = { self, n };

  test_ui_wait (has_runs, &count);
}
