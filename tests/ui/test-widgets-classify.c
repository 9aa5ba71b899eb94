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

static gboolean
has_no_job (gpointer answers)
{
  return foc_answer_list_get_job (answers) == NULL;
}

static void
fill_answers (Fixture *self, FocAnswerList *answers, gboolean full)
{
  const char *folder = self->data.faces;

  if (full)
    foc_answer_list_add (answers, &folder, 1);
  else
    foc_answer_list_clear (answers);
  test_ui_wait (has_no_job, answers);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (answers)), ==,
                    full ? UI_N_PICTURES : 0);
}

static GtkWidget *
make_answers_pane (Fixture *self)
{
  g_autoptr (FocLoadedModel) model = read_model ();
  FocAnswerList *answers = foc_answer_list_new ();
  GtkWidget *pane = g_object_new (FOC_TYPE_ANSWERS_PANE, NULL);

  foc_answer_list_set_model (answers, model);
  foc_answers_pane_set_answers (FOC_ANSWERS_PANE (pane), answers);
  g_object_set_data_full (G_OBJECT (pane), "answers", answers, g_object_unref);
  return pane;
}

static void
fill_answers_pane (Fixture *self, gpointer widget, gboolean full)
{
  fill_answers (self, g_object_get_data (widget, "answers"), full);
}

static GtkWidget *
make_classify_page (Fixture *self)
{
  GtkWidget *page = g_object_new (FOC_TYPE_CLASSIFY_PAGE, NULL);

  foc_classify_page_set_session (FOC_CLASSIFY_PAGE (page), self->data.session);
  return page;
}

static gboolean
has_model (gpointer session)
{
  return foc_session_get_model (session) != NULL;
}

static gboolean
is_ready (gpointer examination)
{
  return foc_examination_get_state (examination) == FOC_EXAMINATION_READY;
}

/* The list; and over it one picture, which a round without closes. */
static void
fill_classify_page (Fixture *self, gpointer widget, gboolean full)
{
  g_autoptr (GFile) file =
    g_file_new_build_filename (self->data.faces, "faces/0.jpg", NULL);

  test_ui_wait (has_model, self->data.session);
  fill_answers (self, foc_classify_page_get_answers (widget), full);
  if (full)
    {
      foc_classify_page_add_files (widget, &file, 1);
      test_ui_wait (is_ready, foc_classify_page_get_examination (widget));
    }
  else
    gtk_widget_activate_action (widget, "classify.back", NULL);
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
  { "foc-answers-pane", foc_answers_pane_get_type, make_answers_pane, fill_answers_pane },
  { "foc-classify-page", foc_classify_page_get_type, make_classify_page, fill_classify_page },
  { "foc-model-bar", foc_model_bar_get_type, NULL, fill_model_bar },
  { "foc-model-dialog", foc_model_dialog_get_type, make_model_dialog, NULL },
  { "foc-weights-view", foc_weights_view_get_type, NULL, fill_weights_view },
  { NULL },
};
/* clang-format on */
