/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-grid-gate.h"
#include "foc-job.h"

#include "test-experiment.h"
#include "test-loop.h"

#define N_PUSHES 10000
/* The main loop takes as long for one delivery as the worker for so many pushes. */
#define PUSHES_A_ROUND 1000

typedef struct
{
  FocGridGate *gate;
  FocGrid *grown; /* the pusher's, until it has ended */
  FocGrid *shown; /* the puller's                     */
  guint n_pushed; /* atomic */
  guint n_told;
  guint n_pulled;
  gboolean ended;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  FocSettings settings = test_make_settings (FOC_OPTIMIZER_SGD);

  *self = (Fixture){ .gate = foc_grid_gate_new (&settings),
                     .grown = foc_grid_new (&settings),
                     .shown = foc_grid_new (&settings) };
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  foc_grid_gate_unref (self->gate);
  foc_grid_free (self->grown);
  foc_grid_free (self->shown);
}

/* No two points are alike: each says which one it is. */
static void
grow (FocGrid *grid, guint trajectory)
{
  FocCurve *curve = grid->trajectories[trajectory].curve;
  FocCurvePoint point = { .epoch = curve->len, .training_loss = trajectory };

  g_array_append_val (curve, point);
}

/* Push number `i`: of one more point, of several, or of nothing new. */
static gboolean
push (Fixture *self, guint i)
{
  guint n = self->grown->n_learning_rates;

  if (i % 5 != 0)
    grow (self->grown, i % n);
  if (i % 7 == 0)
    grow (self->grown, (i + 1) % n);
  if (i == N_PUSHES / 2)
    self->grown->trajectories[1].diverged = TRUE;
  if (i == N_PUSHES - 1)
    self->grown->stopped = TRUE;

  return foc_grid_gate_push (self->gate, self->grown);
}

/* Each point once, in its place. */
static void
assert_shown (const Fixture *self)
{
  g_assert_cmpint (self->shown->stopped, ==, self->grown->stopped);
  for (guint i = 0; i < self->grown->n_learning_rates; i++)
    {
      const FocTrajectory *shown = &self->shown->trajectories[i];

      g_assert_cmpuint (shown->curve->len, ==, self->grown->trajectories[i].curve->len);
      g_assert_cmpint (shown->diverged, ==, self->grown->trajectories[i].diverged);
      for (guint j = 0; j < shown->curve->len; j++)
        {
          g_assert_cmpfloat (foc_curve_get (shown->curve, j)->epoch, ==, j);
          g_assert_cmpfloat (foc_curve_get (shown->curve, j)->training_loss, ==, i);
        }
    }
}

static void
assert_all_there (const Fixture *self)
{
  g_assert_true (self->shown->stopped);
  g_assert_true (self->shown->trajectories[1].diverged);
  g_assert_cmpuint (self->shown->trajectories[0].curve->len, >, N_PUSHES / 10);
  assert_shown (self);
}

/* Told once, until it has been pulled. */
static void
test_told (Fixture *self, gconstpointer data)
{
  g_assert_true (push (self, 1));
  g_assert_false (push (self, 2));
  g_assert_false (push (self, 3));
  foc_grid_gate_pull (self->gate, self->shown);
  assert_shown (self);
  g_assert_cmpuint (self->shown->trajectories[1].curve->len, >, 0);

  foc_grid_gate_pull (self->gate, self->shown); /* nothing is new */
  assert_shown (self);
  g_assert_true (push (self, 4));
  g_assert_false (push (self, N_PUSHES / 2));
  g_assert_false (push (self, N_PUSHES - 1));
  foc_grid_gate_pull (self->gate, self->shown);
  g_assert_true (self->shown->trajectories[1].diverged);
  assert_shown (self);
}

/* Who wants to be left alone is told of all that came meanwhile, later. */
static void
test_rest (Fixture *self, gconstpointer data)
{
  foc_grid_gate_rest (self->gate, g_get_monotonic_time () + G_TIME_SPAN_DAY);
  g_assert_false (push (self, 1));
  g_assert_false (push (self, 2));
  foc_grid_gate_pull (self->gate, self->shown); /* nobody needs to be told for that */
  assert_shown (self);
  g_assert_false (push (self, 3));
  foc_grid_gate_rest (self->gate, 0);
  g_assert_true (push (self, 4));
  g_assert_false (push (self, 6));
  foc_grid_gate_pull (self->gate, self->shown);
  assert_shown (self);
}

static void
on_told (FocJob *job, gpointer gate, gpointer owner)
{
  Fixture *self = g_object_get_data (owner, "fixture");
  guint before = (guint) g_atomic_int_get (&self->n_pushed);

  foc_grid_gate_pull (gate, self->shown);
  self->n_pulled++;
  while ((guint) g_atomic_int_get (&self->n_pushed)
         < MIN (before + PUSHES_A_ROUND, N_PUSHES))
    g_thread_yield ();
}

static gpointer
push_all (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *self = data;

  for (guint i = 0; i < N_PUSHES; i++)
    {
      if (push (self, i))
        {
          self->n_told++;
          foc_job_deliver (job, on_told, foc_grid_gate_ref (self->gate),
                           (GDestroyNotify) foc_grid_gate_unref);
        }
      g_atomic_int_inc (&self->n_pushed);
    }
  return self;
}

static void
on_end (GObject *source, GAsyncResult *result, gpointer owner)
{
  Fixture *self = g_object_get_data (owner, "fixture");

  g_assert_true (foc_job_finish (FOC_JOB (source), result, NULL) == self);
  self->ended = TRUE;
}

/* A main loop that is slow hears of it seldom, and of all of it. */
static void
test_slow_loop (Fixture *self, gconstpointer data)
{
  g_autoptr (FocJob) job = foc_job_new ();
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (owner, "fixture", self);
  foc_job_run (job, push_all, self, NULL, NULL, on_end, owner);
  TEST_WAIT (self->ended);
  g_test_message ("told %u times of %u pushes", self->n_told, N_PUSHES);
  g_assert_cmpuint (self->n_told, ==, self->n_pulled);
  g_assert_cmpuint (self->n_told, >, 0);
  g_assert_cmpuint (self->n_told, <=, N_PUSHES / PUSHES_A_ROUND + 2);
  assert_all_there (self);
}

static gpointer
push_in_thread (gpointer data)
{
  Fixture *self = data;

  for (guint i = 0; i < N_PUSHES; i++)
    {
      self->n_told += push (self, i);
      g_atomic_int_inc (&self->n_pushed);
    }
  return NULL;
}

/* Both as fast as they can, pulling more often than told. */
static void
test_two_threads (Fixture *self, gconstpointer data)
{
  GThread *pusher = g_thread_new ("pusher", push_in_thread, self);

  while (g_atomic_int_get (&self->n_pushed) < N_PUSHES)
    {
      foc_grid_gate_pull (self->gate, self->shown);
      self->n_pulled++;
    }
  g_thread_join (pusher);
  foc_grid_gate_pull (self->gate, self->shown);
  g_assert_cmpuint (self->n_told, <=, self->n_pulled + 1);
  assert_all_there (self);
}

/* Whoever pulls last need not be the one who made it. */
static void
test_outlived (Fixture *self, gconstpointer data)
{
  FocGridGate *gate = foc_grid_gate_ref (self->gate);
  GThread *pusher = g_thread_new ("pusher", push_in_thread, self);

  g_thread_join (pusher);
  foc_grid_gate_unref (self->gate);
  self->gate = gate;
  g_assert_cmpuint (self->n_told, ==, 1);
  foc_grid_gate_pull (gate, self->shown);
  assert_all_there (self);
}

#define ADD(name, function)                                                              \
  g_test_add ("/grid-gate/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("told", test_told);
  ADD ("rest", test_rest);
  ADD ("slow-loop", test_slow_loop);
  ADD ("two-threads", test_two_threads);
  ADD ("outlived", test_outlived);

  return g_test_run ();
}
