/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-one-picture.h"

#include "foc-answer-pane.h"
#include "foc-network-view.h"
#include "foc-square-view.h"
#include "foc-widget.h"

#include <adwaita.h>
#include <glib/gi18n.h>

G_STATIC_ASSERT (FOC_SQUARE_SIDE_MIN == FOC_EXAMINATION_SIDE_MIN);

/* Narrower than so many characters, all is below one another. */
#define WIDE_CHARS 80
#define MARGIN 12 /* round each part, as in the .ui file */
/* Milliseconds after which a picture that is not there yet is waited for visibly. */
#define PATIENCE 400

struct _FocOnePicture
{
  GtkWidget parent_instance;

  GtkWidget *stack; /* "nothing", "loading", "failed", "picture" */
  GtkSpinner *spinner;
  AdwStatusPage *failed;
  GtkScrolledWindow *outer;
  GtkViewport *viewport; /* of the outer one */
  GtkBox *box;
  FocSquareView *square_view;
  GtkLabel *name;
  GtkLabel *facts;
  GtkWidget *reset;
  GtkScrolledWindow *inner;
  GtkViewport *inner_viewport;
  GtkBox *details;
  FocAnswerPane *answer_pane;
  FocNetworkView *network_view;

  FocExamination *examination;
  GPtrArray *levels; /* of the picture that is shown, or NULL */
  guint patience_id;
  gboolean is_narrow;
  guint fold_id;
};

G_DEFINE_FINAL_TYPE (FocOnePicture, foc_one_picture, GTK_TYPE_WIDGET)

/* What is shown */

static void
show (FocOnePicture *self, const char *name)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
}

static gboolean
lose_patience (gpointer user_data)
{
  FocOnePicture *self = user_data;

  self->patience_id = 0;
  show (self, "loading");
  return G_SOURCE_REMOVE;
}

static void
forget_picture (FocOnePicture *self)
{
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  foc_square_view_set_picture (self->square_view, NULL, 0, 0);
}

static void
scroll_to_top (GtkScrolledWindow *scrolled)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (scrolled), 0);
}

static void
show_picture (FocOnePicture *self)
{
  GPtrArray *levels = foc_examination_get_levels (self->examination);
  int width, height;

  if (levels == self->levels)
    return;

  g_clear_pointer (&self->levels, g_ptr_array_unref);
  self->levels = g_ptr_array_ref (levels);
  foc_network_view_end_paint (self->network_view);
  scroll_to_top (self->outer);
  scroll_to_top (self->inner);
  foc_examination_get_size (self->examination, &width, &height);
  foc_square_view_set_picture (self->square_view, levels, width, height);
  gtk_label_set_text (
    self->name, foc_source_get_name (foc_examination_get_source (self->examination)));
}

static void
show_square (FocOnePicture *self)
{
  g_autofree char *square_text = NULL;
  g_autofree char *facts = NULL;
  FocRectangle square;
  int width, height;

  foc_examination_get_square (self->examination, &square);
  foc_square_view_set_square (self->square_view, &square);
  foc_examination_get_size (self->examination, &width, &height);
  g_object_get (self->square_view, "description", &square_text, NULL);
  /* Translators: width and height of a picture in pixels, and what is said of a square in
   * it. */
  facts = g_strdup_printf (_ ("%d × %d. %s"), width, height, square_text);
  gtk_label_set_text (self->facts, facts);
  gtk_widget_set_sensitive (self->reset,
                            !foc_examination_is_default_square (self->examination));
}

static void
show_answer (FocOnePicture *self)
{
  FocLoadedModel *loaded = foc_examination_get_model (self->examination);
  const FocModel *model = loaded != NULL ? foc_loaded_model_get_model (loaded) : NULL;
  const FocExplained *explained = foc_examination_get_answer (self->examination);
  gboolean is_painted = foc_examination_is_painted (self->examination);

  if (explained != NULL)
    foc_answer_pane_set (self->answer_pane, model, explained);
  else
    foc_answer_pane_set_message (self->answer_pane, model != NULL
                                                      ? _ ("Asking the model")
                                                      : _ ("There is no model to ask."));
  foc_network_view_set (
    self->network_view, foc_examination_get_features (self->examination), model,
    explained, is_painted, foc_examination_can_undo_paint (self->examination));
}

static void
update (FocOnePicture *self)
{
  switch (foc_examination_get_state (self->examination))
    {
    case FOC_EXAMINATION_LOADING:
      if (self->patience_id == 0)
        self->patience_id = g_timeout_add (PATIENCE, lose_patience, self);
      return;
    case FOC_EXAMINATION_READY:
      show_picture (self);
      show_square (self);
      show_answer (self);
      show (self, "picture");
      return;
    case FOC_EXAMINATION_FAILED:
      {
        const GError *error = foc_examination_get_error (self->examination);
        g_autofree char *escaped = g_markup_escape_text (error->message, -1);

        forget_picture (self);
        adw_status_page_set_description (self->failed, escaped);
        show (self, "failed");
        return;
      }
    case FOC_EXAMINATION_NOTHING:
    default:
      forget_picture (self);
      show (self, "nothing");
    }
}

/* What the user does */

static void
on_square_changed (FocOnePicture *self)
{
  FocRectangle square;

  foc_square_view_get_square (self->square_view, &square);
  foc_examination_set_square (self->examination, square.x, square.y, square.width);
}

static void
on_paint (FocOnePicture *self, GArray *pixels, guint rgb)
{
  const guint8 channels[] = { (guint8) (rgb >> 16), (guint8) (rgb >> 8), (guint8) rgb };

  foc_examination_paint (self->examination, (const guint *) (gpointer) pixels->data,
                         pixels->len, channels);
}

static void
on_stroke_begun (FocOnePicture *self)
{
  foc_examination_begin_stroke (self->examination);
}

static void
on_undo_paint (FocOnePicture *self)
{
  foc_examination_undo_paint (self->examination);
}

static void
on_reset_paint (FocOnePicture *self)
{
  foc_examination_reset_paint (self->examination);
}

/* Side by side each has a height of its own, and what the model says is scrolled alone, but
 * not before what the network sees is as small as can be. Below one another all is scrolled
 * together, and the answer comes first: so it is in sight with the picture. */

/* GTK 4.8 keeps what the wheel says to a scrolled window even where that may not scroll. */
static void
set_takes_wheel (GtkScrolledWindow *scrolled, gboolean takes_wheel)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (scrolled));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (
          controller, takes_wheel ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
    }
}

/* Above the picture, where there is little width, or else beside it. Nothing else is to be
 * hidden and shown for that: GTK 4.8 goes on to measure a widget as it was when nobody saw it,
 * if its height depends on its width since. */
static void
place_answer (FocOnePicture *self)
{
  g_autoptr (GtkWidget) answer = g_object_ref (GTK_WIDGET (self->answer_pane));
  int margin = self->is_narrow ? MARGIN : 0;

  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (answer)), answer);
  gtk_box_prepend (self->is_narrow ? self->box : self->details, answer);
  gtk_widget_set_margin_top (answer, margin);
  gtk_widget_set_margin_start (answer, margin);
  gtk_widget_set_margin_end (answer, margin);
}

static void
fold (FocOnePicture *self)
{
  place_answer (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  self->is_narrow ? GTK_ORIENTATION_VERTICAL
                                                  : GTK_ORIENTATION_HORIZONTAL);
  gtk_scrolled_window_set_policy (self->outer, GTK_POLICY_NEVER,
                                  self->is_narrow ? GTK_POLICY_AUTOMATIC
                                                  : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_policy (self->inner, GTK_POLICY_NEVER,
                                  self->is_narrow ? GTK_POLICY_NEVER
                                                  : GTK_POLICY_AUTOMATIC);
  set_takes_wheel (self->outer, self->is_narrow);
  set_takes_wheel (self->inner, !self->is_narrow);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (self->viewport),
                                     self->is_narrow ? GTK_SCROLL_NATURAL
                                                     : GTK_SCROLL_MINIMUM);
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (self->inner_viewport),
                                     self->is_narrow ? GTK_SCROLL_NATURAL
                                                     : GTK_SCROLL_MINIMUM);
}

static gboolean
follow_width (gpointer user_data)
{
  FocOnePicture *self = user_data;

  self->fold_id = 0;
  fold (self);
  return G_SOURCE_REMOVE;
}

static void
foc_one_picture_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FocOnePicture *self = FOC_ONE_PICTURE (widget);
  gboolean is_narrow = width < WIDE_CHARS * foc_widget_get_char_width (widget);

  gtk_widget_allocate (self->stack, width, height, baseline, NULL);

  /* Sizes are being allocated: what changes them waits until that is done. */
  if (is_narrow != self->is_narrow)
    {
      self->is_narrow = is_narrow;
      if (self->fold_id == 0)
        self->fold_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, follow_width, self, NULL);
    }
}

static void
foc_one_picture_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  gtk_widget_measure (FOC_ONE_PICTURE (widget)->stack, orientation, for_size, minimum,
                      natural, NULL, NULL);
}

/* The widget */

static void
foc_one_picture_dispose (GObject *object)
{
  FocOnePicture *self = FOC_ONE_PICTURE (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_handle_id (&self->fold_id, g_source_remove);
  if (self->examination != NULL)
    g_signal_handlers_disconnect_by_func (self->examination, update, self);
  g_clear_object (&self->examination);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_ONE_PICTURE);

  G_OBJECT_CLASS (foc_one_picture_parent_class)->dispose (object);
}

static void
foc_one_picture_class_init (FocOnePictureClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_one_picture_dispose;
  widget_class->size_allocate = foc_one_picture_size_allocate;
  widget_class->measure = foc_one_picture_measure;

  g_type_ensure (FOC_TYPE_ANSWER_PANE);
  g_type_ensure (FOC_TYPE_NETWORK_VIEW);
  g_type_ensure (FOC_TYPE_SQUARE_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-one-picture.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocOnePicture, name)
  BIND (stack);
  BIND (spinner);
  BIND (failed);
  BIND (outer);
  BIND (viewport);
  BIND (box);
  BIND (square_view);
  BIND (name);
  BIND (facts);
  BIND (reset);
  BIND (inner);
  BIND (inner_viewport);
  BIND (details);
  BIND (answer_pane);
  BIND (network_view);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_square_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_paint);
  gtk_widget_class_bind_template_callback (widget_class, on_stroke_begun);
  gtk_widget_class_bind_template_callback (widget_class, on_undo_paint);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_paint);
  gtk_widget_class_bind_template_callback (widget_class, foc_square_view_reset_square);
}

static void
foc_one_picture_init (FocOnePicture *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  foc_widget_wrap_buttons (self->reset);
  self->is_narrow = TRUE;
  fold (self);
}

GtkWidget *
foc_one_picture_new (void)
{
  return g_object_new (FOC_TYPE_ONE_PICTURE, NULL);
}

void
foc_one_picture_set_examination (FocOnePicture *self, FocExamination *examination)
{
  g_return_if_fail (self->examination == NULL);

  self->examination = g_object_ref (examination);
  g_signal_connect_object (examination, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

gboolean
foc_one_picture_escape (FocOnePicture *self)
{
  return foc_square_view_cancel_drag (self->square_view)
         || foc_network_view_end_paint (self->network_view);
}
