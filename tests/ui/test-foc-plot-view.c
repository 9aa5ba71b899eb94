/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-plot-view.h"

#include "foc-confusion-plot.h"
#include "foc-line-chart.h"
#include "foc-palette.h"
#include "foc-plot-map.h"
#include "foc-plot-text.h"
#include "test-ui.h"

#include <math.h>

#define WIDTH 640
#define HEIGHT 400

/* A plot that counts how often it is drawn, and how. */
#define TEST_TYPE_PLOT (test_plot_get_type ())

G_DECLARE_FINAL_TYPE (TestPlot, test_plot, TEST, PLOT, FocPlot)

struct _TestPlot
{
  FocPlot parent_instance;

  guint n_drawn;
  double em;
  const FocPlotPalette *palette;
};

G_DEFINE_FINAL_TYPE (TestPlot, test_plot, FOC_TYPE_PLOT)

static void
test_plot_draw (FocPlot *plot, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  TestPlot *self = TEST_PLOT (plot);

  self->n_drawn++;
  self->em = canvas->em;
  self->palette = canvas->palette;
}

static void
test_plot_class_init (TestPlotClass *klass)
{
  FOC_PLOT_CLASS (klass)->draw = test_plot_draw;
}

static void
test_plot_init (TestPlot *self)
{
}

typedef struct
{
  FocPlotView *view;
  FocPlot *plot;
  FocPlotMap *map; /* of the same size and style */
  GtkWidget *stack;
  GtkWidget *window;
} Fixture;

/* Two curves that share no place. */
static FocPlot *
make_chart (double last)
{
  FocLineChart *chart = foc_line_chart_new ();
  const FocLineChartAxis x_axis = { .title = "epoch", .from = 0, .to = NAN };
  const FocLineChartAxis y_axis = { .title = "loss", .from = NAN, .to = NAN };
  const double x[] = { 1, 2, 3 };
  const double high[] = { 0.9, 0.8, 0.7 }, low[] = { 0.3, 0.25, last };

  foc_line_chart_set_x_axis (chart, &x_axis);
  foc_line_chart_set_y_axis (chart, &y_axis);
  foc_line_chart_add_series (
    chart, &(FocSeries){ .name = "0.1", .bold = TRUE, .x = x, .y = high, .n = 3 });
  foc_line_chart_add_series (
    chart,
    &(FocSeries){ .name = "0.01", .look = 1, .bold = TRUE, .x = x, .y = low, .n = 3 });
  return FOC_PLOT (chart);
}

static FocPlot *
make_confusion (void)
{
  const char *const names[] = { "comics", "faces" };
  const guint64 counts[] = { 8, 2, 1, 19 };

  return FOC_PLOT (foc_confusion_plot_new (2, names, counts));
}

static FocPlotMap *
make_map (Fixture *self)
{
  GtkWidget *widget = GTK_WIDGET (self->view);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  const FocPlotStyle style = {
    .palette = foc_palette_get (),
    .font_family = pango_font_description_get_family (font),
    .font_size = pango_font_description_get_size (font) / (double) PANGO_SCALE,
  };
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  FocPlotMap *map = foc_plot_draw_mapped (self->plot, cr, width, height, &style);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return map;
}

static void
set_up (Fixture *self, gconstpointer make)
{
  self->view = FOC_PLOT_VIEW (foc_plot_view_new ());
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->view), "view");
  gtk_stack_add_named (GTK_STACK (self->stack), gtk_label_new (""), "elsewhere");
  self->window = test_ui_show (self->stack, WIDTH, HEIGHT);
  self->plot = make != NULL ? make_confusion () : make_chart (0.2);
  foc_plot_view_set_plot (self->view, self->plot);
  test_ui_settle (self->view);
  self->map = make_map (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->view);
  test_ui_destroy (self->window);
  test_ui_finalize (self->view);
  foc_plot_map_free (self->map);
  test_ui_finalize (self->plot);
}

/* The first controller of that type, of the view. */
static gpointer
find_controller (Fixture *self, GType type, guint button)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (self->view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) == type
          && (button == 0
              || gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller))
                   == button))
        return controller; /* the widget has it */
    }
  g_assert_not_reached ();
}

static void
move (Fixture *self, double x, double y)
{
  g_signal_emit_by_name (find_controller (self, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0),
                         "motion", x, y);
}

static void
click (Fixture *self, double x, double y)
{
  gpointer gesture = find_controller (self, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_PRIMARY);

  g_signal_emit_by_name (gesture, "pressed", 1, x, y);
  g_signal_emit_by_name (gesture, "released", 1, x, y);
}

#define press(self, keyval) test_ui_press ((self)->view, keyval, 0)

/* How many pixels are of that colour. */
static guint
count_colour (Fixture *self, const FocPlotColour *colour)
{
  cairo_surface_t *surface = test_ui_draw (self->view);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        guint32 pixel = test_ui_get_pixel (surface, x, y);

        n += fabs (255 * colour->red - (pixel >> 16 & 0xff)) < 2
             && fabs (255 * colour->green - (pixel >> 8 & 0xff)) < 2
             && fabs (255 * colour->blue - (pixel & 0xff)) < 2;
      }
  cairo_surface_destroy (surface);
  return n;
}

#define count_curve(self, look) count_colour (self, &foc_palette_get ()->series[look])
/* How much is drawn of crosshairs and text. */
#define count_text(self) count_colour (self, &foc_palette_get ()->text)

static void
assert_description (Fixture *self, const char *expected)
{
  if (expected == NULL)
    g_assert_false (gtk_test_accessible_has_property (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  else
    gtk_test_accessible_assert_property (self->view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                         expected);
}

static void
test_pointer (Fixture *self, gconstpointer data)
{
  guint before = count_text (self), with;
  FocPlotPick pick;

  for (double x = 50; x < WIDTH; x += 5)
    for (double y = 10; y < HEIGHT; y += 5)
      if (foc_plot_map_find (self->map, x, y, &pick))
        {
          move (self, x, y);
          with = count_text (self);
          g_assert_cmpuint (with, >, before + 100);
          /* Far away there is nothing, and with the pointer gone neither. */
          move (self, 1, 1);
          g_assert_cmpuint (count_text (self), ==, before);
          move (self, x, y);
          g_assert_cmpuint (count_text (self), ==, with);
          g_signal_emit_by_name (
            find_controller (self, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0), "leave");
          g_assert_cmpuint (count_text (self), ==, before);
          assert_description (self, NULL);
          return;
        }
  g_assert_not_reached ();
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  guint before = count_text (self);

  foc_plot_view_set_summary (self->view, "all of it");
  assert_description (self, "all of it");
  g_assert_false (press (self, GDK_KEY_Escape));
  g_assert_true (press (self, GDK_KEY_Left));
  assert_description (self, "0.1, epoch 3, loss 0.7");
  g_assert_cmpuint (count_text (self), >, before + 100);
  g_assert_true (press (self, GDK_KEY_Left));
  assert_description (self, "0.1, epoch 2, loss 0.8");
  g_assert_true (press (self, GDK_KEY_Down));
  assert_description (self, "0.01, epoch 2, loss 0.25");
  g_assert_true (press (self, GDK_KEY_End));
  assert_description (self, "0.01, epoch 3, loss 0.2");
  g_assert_true (press (self, GDK_KEY_KP_Home));
  assert_description (self, "0.01, epoch 1, loss 0.3");
  g_assert_true (press (self, GDK_KEY_Up));
  g_assert_true (press (self, GDK_KEY_Right));
  assert_description (self, "0.1, epoch 2, loss 0.8");
  g_assert_false (press (self, GDK_KEY_Return));
  g_assert_false (test_ui_press (self->view, GDK_KEY_Left, GDK_ALT_MASK));

  /* A summary that comes meanwhile waits for the end. */
  foc_plot_view_set_summary (self->view, "more of it");
  assert_description (self, "0.1, epoch 2, loss 0.8");
  g_assert_true (press (self, GDK_KEY_Escape));
  assert_description (self, "more of it");
  g_assert_cmpuint (count_text (self), ==, before);
}

/* While new data comes, the crosshair stays at its curve and its epoch. */
static void
test_follow (Fixture *self, gconstpointer data)
{
  g_autoptr (FocPlot) next = make_chart (0.1);

  press (self, GDK_KEY_Left);
  press (self, GDK_KEY_Down);
  assert_description (self, "0.01, epoch 3, loss 0.2");
  foc_plot_view_set_plot (self->view, next);
  test_ui_settle (self->view);
  assert_description (self, "0.01, epoch 3, loss 0.1");
  press (self, GDK_KEY_Right);
  assert_description (self, "0.01, epoch 3, loss 0.1");
  foc_plot_view_set_plot (self->view, self->plot);
}

static void
test_legend (Fixture *self, gconstpointer data)
{
  g_autoptr (FocPlot) next = make_chart (0.1);
  g_autoptr (FocPlot) other = make_chart (0.1);
  double x = -1, y = -1;

  g_assert_cmpuint (count_curve (self, 0), >, 100);
  g_assert_cmpuint (count_curve (self, 1), >, 100);
  for (guint i = 0; foc_plot_map_find_entry (self->map, x, y) != 0; i++)
    {
      g_assert_cmpuint (i, <, WIDTH * HEIGHT);
      x = i % WIDTH;
      y = (double) (i / WIDTH);
    }

  /* By a click, and it stays hidden in the plot that follows; by a key. */
  click (self, x, y);
  assert_description (self, "0.1 is hidden.");
  g_assert_cmpuint (count_curve (self, 0), ==, 0);
  g_assert_cmpuint (count_curve (self, 1), >, 100);
  foc_plot_view_set_plot (self->view, next);
  g_assert_cmpuint (count_curve (self, 0), ==, 0);
  foc_plot_view_set_plot (self->view, self->plot);
  g_assert_true (press (self, GDK_KEY_1));
  assert_description (self, "0.1 is shown.");
  g_assert_cmpuint (count_curve (self, 0), >, 100);
  g_assert_true (press (self, GDK_KEY_KP_2));
  g_assert_cmpuint (count_curve (self, 1), ==, 0);
  g_assert_false (press (self, GDK_KEY_3));

  /* The one with the crosshair; then all of them again. */
  g_assert_false (press (self, GDK_KEY_space));
  press (self, GDK_KEY_Left);
  g_assert_true (press (self, GDK_KEY_space));
  g_assert_cmpuint (count_curve (self, 0), ==, 0);
  g_assert_true (press (self, GDK_KEY_0));
  assert_description (self, "All curves are shown.");
  g_assert_cmpuint (count_curve (self, 0), >, 100);
  g_assert_cmpuint (count_curve (self, 1), >, 100);

  /* Another run begins with nothing hidden. */
  press (self, GDK_KEY_1);
  foc_plot_view_set_plot (self->view, NULL);
  g_assert_cmpuint (count_text (self), ==, 0);
  g_assert_false (press (self, GDK_KEY_Left));
  foc_plot_view_set_plot (self->view, other);
  g_assert_cmpuint (count_curve (self, 0), >, 100);
}

static void
on_cell (FocPlotView *view, guint true_class, guint answer, GString *log)
{
  g_string_append_printf (log, "%u,%u ", true_class, answer);
}

static void
test_cells (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  FocPlotPick pick;
  gboolean clicked = FALSE;

  g_signal_connect (self->view, "cell-activated", G_CALLBACK (on_cell), log);
  g_assert_false (press (self, GDK_KEY_Return));
  press (self, GDK_KEY_Down);
  assert_description (self, "true class comics, answer comics, pictures 8, "
                            "share of the class 80.0\u00a0%");
  press (self, GDK_KEY_Right);
  g_assert_true (press (self, GDK_KEY_Return));
  press (self, GDK_KEY_Down);
  g_assert_true (press (self, GDK_KEY_space));
  g_assert_cmpstr (log->str, ==, "0,1 1,1 ");

  for (double x = 0; x < WIDTH && !clicked; x += 5)
    for (double y = 0; y < HEIGHT && !clicked; y += 5)
      if (foc_plot_map_find (self->map, x, y, &pick) && pick.row == 1 && pick.column == 0)
        {
          click (self, x, y);
          clicked = TRUE;
        }
  click (self, 1, 1);
  g_assert_cmpstr (log->str, ==, "0,1 1,1 1,0 ");
}

/* Only new data, another size, type or style are worth a drawing, and only in sight. */
static void
test_redraw (Fixture *self, gconstpointer data)
{
  g_autoptr (TestPlot) plot = g_object_new (TEST_TYPE_PLOT, NULL);
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkSettings *settings = gtk_settings_get_default ();
  double em;
  int dpi;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "elsewhere");
  for (guint i = 0; i < 5; i++)
    {
      foc_plot_view_set_plot (self->view, FOC_PLOT (plot));
      test_ui_run (50);
    }
  g_assert_cmpuint (plot->n_drawn, ==, 0);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "view");
  test_ui_settle (self->view);
  g_assert_cmpuint (plot->n_drawn, ==, 1);

  for (guint i = 0; i < 20; i++)
    move (self, 100 + i, 100);
  press (self, GDK_KEY_Left);
  gtk_widget_queue_draw (GTK_WIDGET (self->view));
  test_ui_settle (self->view);
  g_assert_cmpuint (plot->n_drawn, ==, 1);

  foc_plot_view_set_plot (self->view, FOC_PLOT (plot));
  test_ui_settle (self->view);
  g_assert_cmpuint (plot->n_drawn, ==, 2);
  g_assert_true (plot->palette == &foc_plot_palette_light);

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  test_ui_settle (self->view);
  g_assert_cmpuint (plot->n_drawn, ==, 3);
  g_assert_true (plot->palette == &foc_plot_palette_dark);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  test_ui_settle (self->view);

  em = plot->em;
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * (dpi > 0 ? dpi : 96 * 1024), NULL);
  test_ui_settle (self->view);
  g_assert_cmpfloat_with_epsilon (plot->em, 2 * em, 0.1);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  test_ui_settle (self->view);
  foc_plot_view_set_plot (self->view, self->plot);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, guint *n)
{
  (*n)++;
}

static GtkWidget *
find_menu (Fixture *self)
{
  return test_ui_find (self->view, GTK_TYPE_POPOVER_MENU);
}

static gboolean
has_menu (gpointer self)
{
  GtkWidget *menu = find_menu (self);

  return menu != NULL && gtk_widget_get_mapped (menu);
}

static gboolean
has_no_menu (gpointer self)
{
  return !has_menu (self);
}

static void
test_menu (Fixture *self, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("export", NULL);
  guint n = 0;

  g_assert_false (press (self, GDK_KEY_Menu));
  g_assert_null (find_menu (self));

  g_signal_connect (action, "activate", G_CALLBACK (on_export), &n);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (self->window, "test", G_ACTION_GROUP (group));
  g_object_set (self->view, "export-action", "test.export", NULL);
  g_assert_true (press (self, GDK_KEY_Menu));
  test_ui_wait (has_menu, self);
  g_assert_true (test_ui_has_label (find_menu (self), "Export Plot…"));
  g_signal_emit_by_name (
    test_ui_find (find_menu (self), g_type_from_name ("GtkModelButton")), "clicked");
  test_ui_wait (has_no_menu, self);
  g_assert_cmpuint (n, ==, 1);

  g_signal_emit_by_name (
    find_controller (self, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_SECONDARY), "pressed", 1,
    50.0, 50.0);
  test_ui_wait (has_menu, self);
  gtk_popover_popdown (GTK_POPOVER (find_menu (self)));
  test_ui_wait (has_no_menu, self);
  g_object_set (self->view, "export-action", NULL, NULL);
  g_assert_null (find_menu (self));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, data, function)                                                        \
  g_test_add ("/plot-view/" name, Fixture, data, set_up, function, tear_down)
  ADD ("pointer", NULL, test_pointer);
  ADD ("keys", NULL, test_keys);
  ADD ("follow", NULL, test_follow);
  ADD ("legend", NULL, test_legend);
  ADD ("cells", "confusion", test_cells);
  ADD ("redraw", NULL, test_redraw);
  ADD ("menu", NULL, test_menu);

  return g_test_run ();
}
