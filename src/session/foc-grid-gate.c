/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-grid-gate.h"

struct _FocGridGate
{
  GMutex mutex;
  gboolean is_told; /* and has not pulled yet                           */
  gint64 until;     /* nobody is told before                            */
  FocGrid *news;    /* the curves hold points that were not pulled yet   */
  guint n_pushed[FOC_LIMIT_LEARNING_RATES]; /* points of each, so far    */
};

FocGridGate *
foc_grid_gate_new (const FocSettings *settings)
{
  FocGridGate *self = g_atomic_rc_box_new0 (FocGridGate);

  g_mutex_init (&self->mutex);
  self->news = foc_grid_new (settings);
  return self;
}

FocGridGate *
foc_grid_gate_ref (FocGridGate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  FocGridGate *self = data;

  g_mutex_clear (&self->mutex);
  foc_grid_free (self->news);
}

void
foc_grid_gate_unref (FocGridGate *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean
foc_grid_gate_push (FocGridGate *self, const FocGrid *grid)
{
  gboolean tell;

  g_mutex_lock (&self->mutex);
  self->news->stopped = grid->stopped;
  for (guint i = 0; i < grid->n_learning_rates; i++)
    {
      const FocCurve *from = grid->trajectories[i].curve;
      FocTrajectory *to = &self->news->trajectories[i];
      guint n = self->n_pushed[i];

      to->diverged = grid->trajectories[i].diverged;
      if (from->len > n)
        g_array_append_vals (to->curve, foc_curve_get (from, n), from->len - n);
      self->n_pushed[i] = from->len;
    }
  tell = !self->is_told && g_get_monotonic_time () >= self->until;
  self->is_told |= tell;
  g_mutex_unlock (&self->mutex);

  return tell;
}

void
foc_grid_gate_pull (FocGridGate *self, FocGrid *grid)
{
  g_mutex_lock (&self->mutex);
  grid->stopped = self->news->stopped;
  for (guint i = 0; i < grid->n_learning_rates; i++)
    {
      FocTrajectory *from = &self->news->trajectories[i];

      grid->trajectories[i].diverged = from->diverged;
      g_array_append_vals (grid->trajectories[i].curve, from->curve->data,
                           from->curve->len);
      g_array_set_size (from->curve, 0);
    }
  self->is_told = FALSE;
  g_mutex_unlock (&self->mutex);
}

void
foc_grid_gate_rest (FocGridGate *self, gint64 until)
{
  g_mutex_lock (&self->mutex);
  self->until = until;
  g_mutex_unlock (&self->mutex);
}
