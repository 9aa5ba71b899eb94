/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-plot-view.h"

#include "foc-job.h"
#include "foc-plot-map-private.h"
#include "foc-plot-text.h"
#include "test-ui.h"

/* Plots of many points, which are drawn in a thread when they change. */

#define WIDTH 640
#define HEIGHT 400
#define N_POINTS 50000

/* A plot that says how often it was drawn, by whom, and can be held while it is. */
#define TEST_TYPE_PLOT (test_plot_get_type ())

G_DECLARE_FINAL_TYPE (TestPlot, test_plot, TEST, PLOT, FocPlot)

struct _TestPlot
{
  FocPlot parent_instance;

  GMutex held;
  guint n_points;
  gint n_begun, n_drawn; /* atomic */
  GThread *thread;       /* that drew it last */
};

G_DEFINE_FINAL_TYPE (TestPlot, test_plot, FOC_TYPE_PLOT)

static void
test_plot_draw (FocPlot *plot, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  TestPlot *self = TEST_PLOT (plot);
  g_autofree double *x = g_new0 (double, self->n_points);
  FocPlotFrame frame = { .x = { .from = -1, .to = 1 },
                         .y = { .from = -1, .to = 1 },
                         .area = *box };
  FocPlotMapSeries series = { .key = (char *) "curve", .name = (char *) "curve" };

  g_atomic_int_inc (&self->n_begun);
  g_mutex_lock (&self->held);
  foc_plot_map_add_series (canvas->map, &frame, &series, x, x, self->n_points);
  self->thread = g_thread_self ();
  g_mutex_unlock (&self->held);
  g_atomic_int_inc (&self->n_drawn);
}

static void
test_plot_class_init (TestPlotClass *klass)
{
  FOC_PLOT_CLASS (klass)->draw = test_plot_draw;
}

static void
test_plot_init (TestPlot *self)
{
  g_mutex_init (&self->held);
  self->n_points = N_POINTS;
}

static gboolean
has_begun (gpointer plot)
{
  return g_atomic_int_get (&TEST_PLOT (plot)->n_begun) > 0;
}

static gboolean
is_drawn (gpointer plot)
{
  return g_atomic_int_get (&TEST_PLOT (plot)->n_drawn) > 0;
}

typedef struct
{
  FocPlotView *view;
  GtkWidget *window;
  TestPlot *plots[4];
} Fixture;

static void
set_plot (Fixture *self, guint plot)
{
  foc_plot_view_set_plot (self->view, FOC_PLOT (self->plots[plot]));
}

/* The first is drawn at once: there is nothing else to be seen. */
static void
set_up (Fixture *self, gconstpointer data)
{
  self->view = FOC_PLOT_VIEW (foc_plot_view_new ());
  self->window = test_ui_show (GTK_WIDGET (self->view), WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (self->plots); i++)
    self->plots[i] = g_object_new (TEST_TYPE_PLOT, NULL);
  set_plot (self, 0);
  test_ui_settle (self->view);
  g_assert_true (self->plots[0]->thread == g_thread_self ());
}

static void
end_view (Fixture *self)
{
  g_object_ref (self->view);
  test_ui_destroy (self->window);
  test_ui_finalize (self->view);
  self->window = NULL;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->window != NULL)
    end_view (self);
  g_assert_true (foc_job_wait_for_workers (20000));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (self->plots); i++)
    test_ui_finalize (self->plots[i]);
}

/* Of those that come while one is drawn, only the last is. */
static void
test_latest (Fixture *self, gconstpointer data)
{
  g_mutex_lock (&self->plots[1]->held);
  set_plot (self, 1);
  test_ui_wait (has_begun, self->plots[1]);
  test_ui_settle (self->view); /* the main loop is not held */
  set_plot (self, 2);
  set_plot (self, 3);
  test_ui_settle (self->view);
  g_mutex_unlock (&self->plots[1]->held);
  test_ui_wait (is_drawn, self->plots[3]);

  g_assert_cmpint (self->plots[0]->n_drawn, ==, 1);
  g_assert_cmpint (self->plots[1]->n_drawn, ==, 1);
  g_assert_cmpint (self->plots[2]->n_drawn, ==, 0);
  g_assert_cmpint (self->plots[3]->n_drawn, ==, 1);
  g_assert_true (self->plots[1]->thread != g_thread_self ());
  g_assert_true (self->plots[3]->thread != g_thread_self ());
}

/* Another run is seen at once, and what a thread still draws never is. */
static void
test_begun_anew (Fixture *self, gconstpointer data)
{
  g_mutex_lock (&self->plots[1]->held);
  set_plot (self, 1);
  test_ui_wait (has_begun, self->plots[1]);
  set_plot (self, 2);
  foc_plot_view_set_plot (self->view, NULL);
  set_plot (self, 3);
  test_ui_settle (self->view);
  g_assert_true (self->plots[3]->thread == g_thread_self ());
  g_mutex_unlock (&self->plots[1]->held);
  test_ui_wait (is_drawn, self->plots[1]);
  test_ui_settle (self->view);
  g_assert_cmpint (self->plots[2]->n_begun, ==, 0);
  g_assert_cmpint (self->plots[3]->n_drawn, ==, 1);
}

/* Few points are drawn at once. */
static void
test_few (Fixture *self, gconstpointer data)
{
  self->plots[2]->n_points = self->plots[3]->n_points = 100;
  foc_plot_view_set_plot (self->view, NULL);
  set_plot (self, 2);
  test_ui_settle (self->view);
  set_plot (self, 3);
  test_ui_settle (self->view);
  g_assert_true (self->plots[3]->thread == g_thread_self ());
}

static void
test_outlived (Fixture *self, gconstpointer data)
{
  g_mutex_lock (&self->plots[1]->held);
  set_plot (self, 1);
  test_ui_wait (has_begun, self->plots[1]);
  end_view (self);
  g_mutex_unlock (&self->plots[1]->held);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);

#define ADD(name, function)                                                              \
  g_test_add ("/plot-view-thread/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("latest", test_latest);
  ADD ("begun-anew", test_begun_anew);
  ADD ("few", test_few);
  ADD ("outlived", test_outlived);

  return g_test_run ();
}
