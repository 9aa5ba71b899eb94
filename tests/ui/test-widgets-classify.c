/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answers-pane.h"
#include "foc-classify-page.h"
#include "foc-model-bar.h"
#include "foc-model-dialog.h"
#include "foc-weights-view.h"
#include "test-ui.h"
#include "test-widgets.h"

static FocLoadedModel *
read_model (void)
{
  g_autoptr (GError) error = NULL;
  FocLoadedModel *model = foc_loaded_model_read (NULL, &error);

  g_assert_no_error (error);
  return model;
}

static void
fill_model_bar (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocLoadedModel) model = full ? read_model () : NULL;

  foc_model_bar_set_model (widget, model);
}

static GtkWidget *
make_model_dialog (Fixture *self)
{
  g_autoptr (FocLoadedModel) model = read_model ();

  return GTK_WIDGET (foc_model_dialog_present (GTK_WINDOW (self->parent), model));
}

static void
fill_weights_view (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (FocLoadedModel) model = full ? read_model () : NULL;

  foc_weights_view_set_model (widget, model);
}

/* clang-format off */
const Case widgets_of_classifying[] = {
  { "foc-answers-pane", foc_answers_pane_get_type, NULL, NULL },
  { "foc-classify-page", foc_classify_page_get_type, NULL, NULL },
  { "foc-model-bar", foc_model_bar_get_type, NULL, fill_model_bar },
  { "foc-model-dialog", foc_model_dialog_get_type, make_model_dialog, NULL },
  { "foc-weights-view", foc_weights_view_get_type, NULL, fill_weights_view },
  { NULL },
};
/* clang-format on */
