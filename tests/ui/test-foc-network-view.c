/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-network-view.h"

#include "foc-features-view.h"
#include "foc-network-grid.h"
#include "foc-palette.h"
#include "foc-widget.h"
#include "test-explained.h"
#include "test-ui.h"

#include <math.h>
#include <string.h>

#define GREY 130

typedef struct
{
  TestExplained answer;
  FocNetworkView *view;
  FocNetworkGrid *grid;
  GtkWidget *window;
  GString *painted; /* "12,12 ff0000 " and "reset " */
} Fixture;

static void
on_paint (Fixture *self, GArray *pixels, guint rgb)
{
  for (guint i = 0; i < pixels->len; i++)
    {
      guint pixel = g_array_index (pixels, guint, i);

      g_string_append_printf (self->painted, "%u,%u %06x ", pixel / FOC_FEATURE_SIDE,
                              pixel % FOC_FEATURE_SIDE, rgb);
    }
}

static void
on_stroke (Fixture *self)
{
  g_string_append (self->painted, "stroke ");
}

static void
on_undo (Fixture *self)
{
  g_string_append (self->painted, "undo ");
}

static void
on_reset (Fixture *self)
{
  g_string_append (self->painted, "reset ");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  test_explained_init (&self->answer, GREY);
  self->painted = g_string_new (NULL);
  self->view = FOC_NETWORK_VIEW (foc_network_view_new ());
  self->grid = test_ui_find (self->view, FOC_TYPE_NETWORK_GRID);
  g_signal_connect_swapped (self->view, "paint", G_CALLBACK (on_paint), self);
  g_signal_connect_swapped (self->view, "stroke-begun", G_CALLBACK (on_stroke), self);
  g_signal_connect_swapped (self->view, "undo-paint", G_CALLBACK (on_undo), self);
  g_signal_connect_swapped (self->view, "reset-paint", G_CALLBACK (on_reset), self);
  self->window = test_ui_show (GTK_WIDGET (self->view), 400, 600);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->view);
  test_ui_destroy (self->window);
  test_ui_finalize (self->view);
  g_string_free (self->painted, TRUE);
  test_explained_clear (&self->answer);
}

static void
set (Fixture *self, gboolean explain, gboolean is_painted)
{
  foc_network_view_set (self->view, self->answer.features, self->answer.model,
                        explain ? &self->answer.explained : NULL, is_painted, is_painted);
  test_ui_settle (self->view);
}

static GtkCheckButton *
get_explanation (Fixture *self)
{
  return test_ui_find (self->view, GTK_TYPE_CHECK_BUTTON);
}

static gboolean
shows_legend (Fixture *self)
{
  return test_ui_says (self->view, "■ speaks for faces\n■ speaks for comics")
         || test_ui_says (self->view, "■ speaks for comics\n■ speaks for faces");
}

/* What is said of the pixel that is marked, to the eye and to a screen reader. */
static void
assert_caption (Fixture *self, const char *expected)
{
  GtkInscription *caption = test_ui_find (self->view, GTK_TYPE_INSCRIPTION);

  g_assert_cmpstr (gtk_inscription_get_text (caption), ==, expected);
  gtk_test_accessible_assert_property (self->grid, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       expected);
}

/* As it is drawn, in the middle of the pixel. */
static guint32
get_colour (Fixture *self, guint row, guint column)
{
  FocFeaturesView *view = test_ui_find (self->grid, FOC_TYPE_FEATURES_VIEW);
  cairo_surface_t *surface = test_ui_draw (self->grid);
  graphene_rect_t area;
  float unit;
  guint32 pixel;

  foc_features_view_get_area (view, &area);
  unit = area.size.width / FOC_FEATURE_SIDE;
  pixel = test_ui_get_pixel (surface, (int) (unit * ((float) column + 0.5f)),
                             (int) (unit * ((float) row + 0.5f)));
  cairo_surface_destroy (surface);
  return pixel;
}

/* The pixel with the strongest share is in the colour of its class, and the others on the
 * way from grey to it. */
static void
test_colours (Fixture *self, gconstpointer data)
{
  const FocExplained *explained = &self->answer.explained;
  const double *shares = explained->pixel_shares;
  guint strongest = 0;
  FocPlotColour colour;
  guint32 drawn;

  for (guint i = 0; i < FOC_N_PIXELS; i++)
    if (fabs (shares[i]) > fabs (shares[strongest]))
      strongest = i;
  colour = foc_palette_get_class_colour (
    shares[strongest] > 0 ? explained->shares->answer : explained->shares->runner_up);

  set (self, TRUE, FALSE);
  g_assert_true (shows_legend (self));
  drawn = get_colour (self, strongest / FOC_FEATURE_SIDE, strongest % FOC_FEATURE_SIDE);
  g_assert_cmpfloat (fabs (255 * colour.red - (drawn >> 16)), <, 2);
  g_assert_cmpfloat (fabs (255 * colour.green - (drawn >> 8 & 0xff)), <, 2);
  g_assert_cmpfloat (fabs (255 * colour.blue - (drawn & 0xff)), <, 2);

  gtk_check_button_set_active (get_explanation (self), FALSE);
  g_assert_false (shows_legend (self));
  for (guint i = 0; i < FOC_FEATURE_SIDE; i++)
    g_assert_cmphex (get_colour (self, i, i), ==, 0x010101 * GREY);
}

/* Without an answer there is nothing to switch on. */
static void
test_no_answer (Fixture *self, gconstpointer data)
{
  set (self, TRUE, FALSE);
  set (self, FALSE, FALSE);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_explanation (self))));
  g_assert_false (shows_legend (self));
  g_assert_cmphex (get_colour (self, 3, 4), ==, 0x010101 * GREY);
  g_assert_true (test_ui_press (self->grid, GDK_KEY_Right, 0));
  assert_caption (self, "Row 13, column 13: red 130, green 130, blue 130");
}

static void
assert_share (Fixture *self, double share, const char *expected)
{
  self->answer.explained.pixel_shares[12 * FOC_FEATURE_SIDE + 13] = share;
  set (self, TRUE, FALSE); /* while it is marked */
  assert_caption (self, expected);
}

static void
test_caption (Fixture *self, gconstpointer data)
{
  FocShares *shares = self->answer.explained.shares;

  shares->answer = 0;
  shares->runner_up = 1;
  set (self, TRUE, FALSE);
  assert_caption (self, "24 × 24 pixels");
  g_assert_true (test_ui_press (self->grid, GDK_KEY_Right, 0));
  g_assert_true (test_ui_press (self->grid, GDK_KEY_Right, 0));
  assert_share (self, 0.1234, "Row 13, column 14: share +0.123, speaks for comics");
  assert_share (self, -1.5, "Row 13, column 14: share −1.500, speaks for faces");
  assert_share (self, 0, "Row 13, column 14: share 0, speaks for neither");

  gtk_check_button_set_active (get_explanation (self), FALSE);
  assert_caption (self, "Row 13, column 14: red 130, green 130, blue 130");
}

static void
click (Fixture *self, const char *name)
{
  GtkWidget *button = test_ui_find_button (self->view, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
test_paint (Fixture *self, gconstpointer data)
{
  set (self, TRUE, FALSE);
  g_assert_true (test_ui_press (self->grid, GDK_KEY_Right, 0));
  g_assert_false (test_ui_press (self->grid, GDK_KEY_space, 0));
  click (self, "_Paint");
  g_assert_false (gtk_check_button_get_active (get_explanation (self)));
  test_ui_settle (self->view);

  g_assert_true (test_ui_press (self->grid, GDK_KEY_space, 0));
  test_ui_settle (self->view);
  click (self, "Red");
  g_assert_true (test_ui_press (self->grid, GDK_KEY_Left, 0));
  g_assert_true (test_ui_press (self->grid, GDK_KEY_Return, 0));
  test_ui_settle (self->view);
  g_assert_cmpstr (self->painted->str, ==, "stroke 12,12 000000 stroke 12,11 d02020 ");
  g_string_truncate (self->painted, 0);

  /* There is something to take back when there is paint. */
  g_assert_false (
    gtk_widget_get_sensitive (test_ui_find_button (self->view, "Take Paint Back")));
  set (self, TRUE, TRUE);
  g_assert_true (
    gtk_widget_get_sensitive (test_ui_find_button (self->view, "Take Paint Back")));
  click (self, "Take Paint Back");
  click (self, "Undo the Last Change of Paint");
  g_assert_true (test_ui_press (self->view, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_false (test_ui_press (self->view, GDK_KEY_z, 0));
  g_assert_cmpstr (self->painted->str, ==, "reset undo undo ");

  /* It is there as long as there is paint. */
  click (self, "_Paint");
  test_ui_settle (self->view);
  click (self, "Take Paint Back");
  set (self, TRUE, FALSE);
  g_assert_false (
    gtk_widget_get_mapped (test_ui_find_button (self->view, "Take Paint Back")));
  g_assert_false (test_ui_press (self->view, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_true (gtk_check_button_get_active (get_explanation (self)));
}

/* The label that can be seen and begins so, or NULL. */
static const char *
find_text (Fixture *self, const char *prefix)
{
  g_autoptr (GPtrArray) labels = test_ui_list (self->view, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (labels->pdata[i])
        && g_str_has_prefix (gtk_label_get_text (labels->pdata[i]), prefix))
      return gtk_label_get_text (labels->pdata[i]);
  return NULL;
}

/* The two results are the same to the last digit that is shown, and what they are said to
 * come from gives them. */
static void
test_sums (Fixture *self, gconstpointer data)
{
  const FocShares *shares = self->answer.explained.shares;
  double positive, negative, sum, answer, runner_up, difference;
  g_autoptr (GString) text = NULL;

  set (self, TRUE, FALSE);
  text = g_string_new (find_text (self, "Shares: "));
  g_assert_null (strchr (text->str, '-')); /* one sign for all of them */
  g_string_replace (text, "−", "-", 0);
  g_assert_cmpint (sscanf (text->str, "Shares: %lf %lf ≈ %lf\nLogits: %lf - (%lf) ≈ %lf",
                           &positive, &negative, &sum, &answer, &runner_up, &difference),
                   ==, 6);
  g_assert_cmpfloat (sum, ==, difference);
  g_assert_cmpfloat (fabs (positive + negative - sum), <, 0.0002);
  g_assert_cmpfloat (fabs (answer - runner_up - difference), <, 0.0002);
  g_assert_cmpfloat (fabs (sum - shares->difference), <, 0.0001);
  g_assert_cmpfloat (fabs (answer - shares->answer_logit), <, 0.0001);
  g_assert_cmpfloat (positive, >, 0);
  g_assert_cmpfloat (negative, <, 0);
}

/* A model of one class explains nothing. */
static void
test_one_class (Fixture *self, gconstpointer data)
{
  FocExplained explained = self->answer.explained;

  explained.shares = NULL;
  foc_network_view_set (self->view, self->answer.features, self->answer.model, &explained,
                        FALSE, FALSE);
  g_assert_null (find_text (self, "Shares: "));
}

/* What is said of paint moves nothing of what is painted. */
static void
test_stays (Fixture *self, gconstpointer data)
{
  static const int widths[] = { 250, 300, 400, 600 };

  click (self, "_Paint");
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      graphene_rect_t before, after;

      gtk_window_set_default_size (GTK_WINDOW (self->window), widths[i], 600);
      set (self, TRUE, FALSE);
      test_ui_run (100);
      g_assert_true (test_ui_says (self->view, "What the Network Sees"));
      g_assert_true (
        gtk_widget_compute_bounds (GTK_WIDGET (self->grid), self->window, &before));
      set (self, TRUE, TRUE);
      g_assert_true (
        test_ui_says (self->view, "Painted: not the picture’s answer any more"));
      g_assert_true (
        gtk_widget_compute_bounds (GTK_WIDGET (self->grid), self->window, &after));
      g_assert_true (graphene_rect_equal (&before, &after));
    }
}

/* After what is done to a window once. */
static void
test_names (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "Black", "Grey",   "White", "Beige",
                                       "Red",   "Yellow", "Green", "Blue" };

  foc_widget_name_buttons (GTK_WIDGET (self->view));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_test_accessible_assert_property (test_ui_find_button (self->view, names[i]),
                                         GTK_ACCESSIBLE_PROPERTY_LABEL, names[i]);
  gtk_test_accessible_assert_property (get_explanation (self),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Explanation");
  g_assert_false (gtk_test_accessible_has_relation (
    GTK_ACCESSIBLE (get_explanation (self)), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/network-view/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("colours", test_colours);
  ADD ("no-answer", test_no_answer);
  ADD ("caption", test_caption);
  ADD ("paint", test_paint);
  ADD ("stays", test_stays);
  ADD ("sums", test_sums);
  ADD ("one-class", test_one_class);
  ADD ("names", test_names);

  return g_test_run ();
}
