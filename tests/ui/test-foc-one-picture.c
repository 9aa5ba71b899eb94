/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-one-picture.h"

#include "foc-answer-bars.h"
#include "foc-answer-pane.h"
#include "foc-network-grid.h"
#include "foc-square-view.h"
#include "test-encoders.h"
#include "test-pictures.h"
#include "test-ui.h"

#include <glib/gstdio.h>
#include <string.h>

#define WIDTH 300
#define HEIGHT 200
#define PAINTED "Painted: not the picture’s answer any more"

typedef struct
{
  FocExamination *examination;
  FocOnePicture *one;
  GtkWidget *window;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model = foc_loaded_model_read (NULL, NULL);
  g_autoptr (GdkPixbuf) picture = test_picture_new (WIDTH, HEIGHT, FALSE);
  g_autoptr (GBytes) bytes = test_encode (picture, "png");

  self->path = test_write_bytes ("a <b>.png", bytes);
  self->examination = foc_examination_new ();
  foc_examination_set_model (self->examination, model);
  self->one = FOC_ONE_PICTURE (foc_one_picture_new ());
  foc_one_picture_set_examination (self->one, self->examination);
  self->window = test_ui_show (GTK_WIDGET (self->one), 1000, 600);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->one);
  test_ui_destroy (self->window);
  test_ui_finalize (self->one);
  test_ui_finalize (self->examination);
  g_free (self->path);
  test_pictures_remove ();
}

static gboolean
is_loaded (gpointer examination)
{
  return foc_examination_get_state (examination) != FOC_EXAMINATION_LOADING;
}

static void
load (Fixture *self)
{
  g_autoptr (FocSource) source = foc_source_new_for_path (self->path);

  foc_examination_set_source (self->examination, source);
  test_ui_wait (is_loaded, self->examination);
  test_ui_settle (self->one);
}

static gboolean
is_shown (Fixture *self, GType type)
{
  return gtk_widget_get_mapped (test_ui_find (self->one, type));
}

static void
assert_answer (Fixture *self)
{
  const FocExplained *explained = foc_examination_get_answer (self->examination);
  const FocModel *model =
    foc_loaded_model_get_model (foc_examination_get_model (self->examination));
  g_autofree char *words = g_strdup_printf (
    "%s%s, %.0f %%", explained->answer.doubt != FOC_DOUBT_NONE ? "Not sure: " : "",
    model->class_names[explained->answer.label], 100 * explained->answer.probability);

  g_assert_true (test_ui_says (self->one, words));
}

static void
test_states (Fixture *self, gconstpointer data)
{
  g_assert_false (is_shown (self, FOC_TYPE_SQUARE_VIEW));
  load (self);
  g_assert_true (is_shown (self, FOC_TYPE_SQUARE_VIEW));
  g_assert_true (test_ui_says (self->one, "a <b>.png"));
  g_assert_true (test_ui_says (self->one, "300 × 200. Square of 200 pixels at 50, 0"));
  assert_answer (self);

  foc_examination_set_source (self->examination, NULL);
  test_ui_settle (self->one);
  g_assert_false (is_shown (self, FOC_TYPE_SQUARE_VIEW));
  g_assert_false (is_shown (self, ADW_TYPE_STATUS_PAGE));

  g_assert_cmpint (g_remove (self->path), ==, 0);
  load (self);
  g_assert_true (is_shown (self, ADW_TYPE_STATUS_PAGE));
  g_assert_true (
    test_ui_says (self->one, foc_examination_get_error (self->examination)->message));
}

/* The picture before stays while the next one is read. */
static void
test_next (Fixture *self, gconstpointer data)
{
  g_autoptr (FocSource) source = foc_source_new_for_path (self->path);

  load (self);
  foc_examination_set_source (self->examination, source);
  g_assert_false (is_loaded (self->examination));
  g_assert_true (is_shown (self, FOC_TYPE_SQUARE_VIEW));
  test_ui_wait (is_loaded, self->examination);
}

static void
test_square (Fixture *self, gconstpointer data)
{
  FocSquareView *view = test_ui_find (self->one, FOC_TYPE_SQUARE_VIEW);
  GtkWidget *reset = test_ui_find_button (self->one, "_Reset Square");
  FocRectangle square;

  load (self);
  g_assert_false (gtk_widget_get_sensitive (reset));

  /* By the user. */
  g_assert_true (test_ui_press (view, GDK_KEY_Right, 0));
  test_ui_settle (self->one);
  foc_examination_get_square (self->examination, &square);
  g_assert_cmpfloat (square.x, ==, 52);
  g_assert_true (test_ui_says (self->one, "300 × 200. Square of 200 pixels at 52, 0"));
  assert_answer (self);
  g_assert_true (gtk_widget_get_sensitive (reset));

  /* By others. */
  foc_examination_set_square (self->examination, 10, 20, 100);
  foc_square_view_get_square (view, &square);
  g_assert_cmpfloat (square.x, ==, 10);
  g_assert_cmpfloat (square.y, ==, 20);
  g_assert_cmpfloat (square.width, ==, 100);
  g_assert_true (test_ui_says (self->one, "300 × 200. Square of 100 pixels at 10, 20"));

  g_signal_emit_by_name (reset, "clicked");
  test_ui_settle (self->one);
  g_assert_true (foc_examination_is_default_square (self->examination));
  g_assert_false (gtk_widget_get_sensitive (reset));
  g_assert_true (test_ui_says (self->one, "300 × 200. Square of 200 pixels at 50, 0"));
}

static void
test_paint (Fixture *self, gconstpointer data)
{
  GtkWidget *grid = test_ui_find (self->one, FOC_TYPE_NETWORK_GRID);
  const guint8 *painted;

  load (self);
  g_signal_emit_by_name (test_ui_find_button (self->one, "_Paint"), "clicked");
  test_ui_settle (self->one);
  g_signal_emit_by_name (test_ui_find_button (self->one, "Red"), "clicked");
  g_assert_true (test_ui_press (grid, GDK_KEY_Right, 0));
  g_assert_true (test_ui_press (grid, GDK_KEY_space, 0));
  test_ui_settle (self->one);
  g_assert_true (foc_examination_is_painted (self->examination));
  painted = foc_examination_get_features (self->examination)
            + (12 * FOC_FEATURE_SIDE + 12) * FOC_FEATURE_CHANNELS;
  g_assert_true (painted[0] == 0xd0 && painted[1] == 0x20 && painted[2] == 0x20);
  g_assert_true (test_ui_says (self->one, PAINTED));
  assert_answer (self);

  g_signal_emit_by_name (test_ui_find_button (self->one, "Take Paint Back"), "clicked");
  g_assert_false (foc_examination_is_painted (self->examination));
  g_assert_false (test_ui_says (self->one, PAINTED));
  assert_answer (self);

  g_assert_true (gtk_widget_is_focus (grid) || gtk_widget_grab_focus (grid));
  g_assert_true (test_ui_type (self->window, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_true (foc_examination_is_painted (self->examination));
  g_assert_true (test_ui_type (self->window, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_false (foc_examination_can_undo_paint (self->examination));

  /* Another picture is looked at first. */
  g_assert_true (gtk_widget_get_mapped (test_ui_find_button (self->one, "Red")));
  load (self);
  g_assert_false (gtk_widget_get_mapped (test_ui_find_button (self->one, "Red")));
}

static void
assert_in_sight (gpointer widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_compute_bounds (widget, scrolled, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=,
                     gtk_widget_get_height (scrolled));
}

static GtkWidget *
find_legend (Fixture *self)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->one, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_has_prefix (gtk_label_get_text (labels->pdata[i]), "■"))
      return labels->pdata[i];
  g_assert_not_reached ();
}

static void
resize (Fixture *self, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  test_ui_run (300);
  test_ui_settle (self->one);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->one)), ==, width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (self->one)), ==, height);
}

/* The answer, what it is made of, and what colours mean; and what one paints with, what one
 * paints on, and what comes of it: in what a window of 1000 x 700 leaves to this. */
static void
test_in_sight (Fixture *self, gconstpointer data)
{
  const guint8 red[] = { 255, 0, 0 };
  const guint pixel = 25;
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();
  GdkDisplay *display = gtk_widget_get_display (self->window);

  gtk_css_provider_load_from_resource (style,
                                       "/io/github/faceorcomic/FaceOrComic/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  load (self);
  resize (self, 1000, 540);
  assert_in_sight (test_ui_find (self->one, FOC_TYPE_ANSWER_BARS));
  assert_in_sight (test_ui_find (self->one, FOC_TYPE_NETWORK_GRID));
  assert_in_sight (find_legend (self));

  g_signal_emit_by_name (test_ui_find_button (self->one, "_Paint"), "clicked");
  foc_examination_paint (self->examination, &pixel, 1, red);
  test_ui_settle (self->one);
  assert_in_sight (test_ui_find (self->one, FOC_TYPE_ANSWER_BARS));
  assert_in_sight (test_ui_find (self->one, FOC_TYPE_NETWORK_GRID));
  assert_in_sight (test_ui_find_button (self->one, "Black"));
  assert_in_sight (test_ui_find_button (self->one, "Blue"));
  assert_in_sight (test_ui_find_button (self->one, "Take Paint Back"));
  gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (style));
}

static void
test_no_model (Fixture *self, gconstpointer data)
{
  g_autoptr (FocLoadedModel) model =
    g_object_ref (foc_examination_get_model (self->examination));

  load (self);
  foc_examination_set_model (self->examination, NULL);
  g_assert_true (test_ui_says (self->one, "There is no model to ask."));
  foc_examination_set_model (self->examination, model);
  assert_answer (self);
}

static GtkAdjustment *
get_scroll (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

/* Whether a part of what is in the scrolled window around `widget` is out of sight. */
static gboolean
is_scrolled (GtkWidget *widget)
{
  GtkAdjustment *scroll = get_scroll (widget);

  return gtk_adjustment_get_upper (scroll) > gtk_adjustment_get_page_size (scroll);
}

static void
assert_next_is_at_top (Fixture *self, GtkWidget *widget)
{
  GtkAdjustment *scroll = get_scroll (widget);

  gtk_adjustment_set_value (scroll, gtk_adjustment_get_upper (scroll));
  test_ui_settle (self->one);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), >, 0);
  load (self);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll), ==, 0);
}

/* Below one another where there is little width, the answer first, and then all of it can be
 * reached by scrolling. */
static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWidget *square = test_ui_find (self->one, FOC_TYPE_SQUARE_VIEW);
  GtkWidget *answer = test_ui_find (self->one, FOC_TYPE_ANSWER_PANE);
  GtkWidget *grid = test_ui_find (self->one, FOC_TYPE_NETWORK_GRID);
  graphene_rect_t of_square, of_answer;

  load (self);
  resize (self, 1000, 400);
  assert_next_is_at_top (self, answer);
  g_assert_true (gtk_widget_compute_bounds (square, self->window, &of_square));
  g_assert_true (gtk_widget_compute_bounds (answer, self->window, &of_answer));
  g_assert_cmpfloat (of_answer.origin.x, >, of_square.origin.x + of_square.size.width);

  resize (self, 500, 430); /* it folds */
  resize (self, 360, 430); /* in a window of 360 x 640 */
  g_assert_true (gtk_widget_compute_bounds (square, self->window, &of_square));
  g_assert_true (gtk_widget_compute_bounds (answer, self->window, &of_answer));
  g_assert_cmpfloat (of_answer.origin.y + of_answer.size.height, <, of_square.origin.y);
  assert_in_sight (answer);
  g_assert_cmpint (gtk_widget_get_height (grid), >, 200);
  g_assert_true (is_scrolled (square)); /* all of it */
  assert_next_is_at_top (self, square);

  resize (self, 1000, 400);
  g_assert_true (gtk_widget_compute_bounds (square, self->window, &of_square));
  g_assert_true (gtk_widget_compute_bounds (answer, self->window, &of_answer));
  g_assert_cmpfloat (of_answer.origin.x, >, of_square.origin.x + of_square.size.width);
}

/* Nothing jumps when the first answer changes: it has the height that goes with its width from
 * the beginning, whether or not it was anywhere else before. */
static void
test_stays (Fixture *self, gconstpointer data)
{
  static const int widths[] = { 1000, 500, 1000 };
  GtkWidget *answer = test_ui_find (self->one, FOC_TYPE_ANSWER_PANE);
  GtkWidget *grid = test_ui_find (self->one, FOC_TYPE_NETWORK_GRID);

  load (self);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      graphene_rect_t before, after;
      int width, height;

      if (i > 0)
        resize (self, widths[i], 600);
      width = gtk_widget_get_width (answer) + gtk_widget_get_margin_start (answer)
              + gtk_widget_get_margin_end (answer);
      gtk_widget_measure (answer, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL,
                          NULL);
      g_assert_cmpint (
        gtk_widget_get_height (answer) + gtk_widget_get_margin_top (answer), ==, height);

      g_assert_true (gtk_widget_compute_bounds (grid, self->window, &before));
      foc_examination_set_square (self->examination, i, 0, 100);
      test_ui_settle (self->one);
      g_assert_true (gtk_widget_compute_bounds (grid, self->window, &after));
      g_assert_true (graphene_rect_equal (&before, &after));
    }
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/one-picture/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("states", test_states);
  ADD ("next", test_next);
  ADD ("square", test_square);
  ADD ("paint", test_paint);
  ADD ("in-sight", test_in_sight);
  ADD ("no-model", test_no_model);
  ADD ("narrow", test_narrow);
  ADD ("stays", test_stays);

  return g_test_run ();
}
