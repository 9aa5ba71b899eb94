/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-model-dialog.h"

#include "foc-weights-view.h"
#include "test-catalog.h"
#include "test-ui.h"

#include <math.h>

typedef struct
{
  GtkWidget *parent;
  FocModelDialog *dialog;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->parent = test_ui_show (gtk_label_new ("parent"), 200, 100);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  test_ui_destroy (self->dialog);
  test_ui_destroy (self->parent);
}

static void
present (Fixture *self, FocLoadedModel *model)
{
  self->dialog = foc_model_dialog_present (GTK_WINDOW (self->parent), model);
  test_ui_settle (self->dialog);
}

static AdwActionRow *
find_row (Fixture *self, const char *title)
{
  g_autoptr (GPtrArray) rows = test_ui_list (self->dialog, ADW_TYPE_ACTION_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (adw_preferences_row_get_title (rows->pdata[i]), title))
      return rows->pdata[i];
  return NULL;
}

static void
assert_row (Fixture *self, const char *title, const char *value)
{
  AdwActionRow *row = find_row (self, title);

  g_test_message ("%s", title);
  g_assert_nonnull (row);
  g_assert_true (test_ui_says (row, value));
}

static void
test_shipped (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = foc_loaded_model_read (NULL, NULL);
  g_autofree char *n_pictures = g_strdup_printf ("%'u", 3349u);
  g_autofree char *n_weights = g_strdup_printf ("%'u", 237824u);
  const char *const rows[][2] = {
    { "Classes", "comics, faces" },
    { "Validation accuracy", "89.7 %" },
    { "Data set", "faces-and-comics" },
    { "Pictures", n_pictures },
    { "Optimiser", "Adam" },
    { "Learning rate", "0.001" },
    { "Epochs", "80" },
    { "Seed", "1" },
    { "Split", "Stratified" },
    { "Shares of the sets", "50 · 20 · 30" },
    { "Kept in one set", "Duplicates and same names" },
    { "Version of the program", "0.1.0" },
    { "Digest of the data set", foc_loaded_model_get_own (model)->origin.data_digest },
    { "Threshold of the probability", "80.0 %" },
    { "Least certainty", "97.0 %" },
    { "Temperature", "1.193" },
    { "Inputs, units of each layer, classes", "1728 → 128 → 128 → 2" },
    { "Weights", n_weights },
  };

  present (self, model);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==,
                   foc_loaded_model_get_name (model));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_row (self, rows[i][0], rows[i][1]);
  assert_row (self, "File", foc_loaded_model_get_path (model));
  g_assert_null (find_row (self, "The model’s own threshold"));
  g_assert_cmpuint (
    foc_weights_view_get_n_pictures (test_ui_find (self->dialog, FOC_TYPE_WEIGHTS_VIEW)),
    ==, 128);
}

/* Of a file of others there is less to tell; names are no markup. */
static void
test_foreign (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = test_model_new ("<b>cat dog&", 1);
  g_autoptr (FocLoadedModel) surer = foc_loaded_model_with_threshold (model, 0.95);
  const char *const unknown[] = {
    "Data set", "Pictures", "Optimiser", "Learning rate",
    "Epochs",   "Seed",     "Split",     "Least certainty"
  };

  present (self, surer);
  assert_row (self, "Classes", "<b>cat, dog&");
  assert_row (self, "Threshold of the probability", "95.0 %");
  assert_row (self, "The model’s own threshold", "80.0 %");
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (find_row (self, unknown[i]));
  g_assert_true (
    test_ui_says (self->dialog, "The file does not say how the model was trained."));
}

static void
keep_text (GObject *source, GAsyncResult *result, gpointer text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer text)
{
  return *(char **) text != NULL;
}

static void
test_copy (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = foc_loaded_model_read (NULL, NULL);
  g_autofree char *text = NULL;

  present (self, model);
  g_signal_emit_by_name (test_ui_find_button (self->dialog, "Copy the Digest"),
                         "clicked");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->dialog)),
                                 NULL, keep_text, &text);
  test_ui_wait (is_set, &text);
  g_assert_cmpstr (text, ==, foc_loaded_model_get_own (model)->origin.data_digest);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/model-dialog/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("shipped", test_shipped);
  ADD ("foreign", test_foreign);
  ADD ("copy", test_copy);

  return g_test_run ();
}
