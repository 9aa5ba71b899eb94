/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-gate.h"

struct _FocAnswerGate
{
  GMutex mutex;
  GArray *news;
};

static void
clear_news (gpointer data)
{
  foc_answer_record_unref (((FocAnswerNews *) data)->record);
}

static GArray *
new_news (void)
{
  GArray *news = g_array_new (FALSE, FALSE, sizeof (FocAnswerNews));

  g_array_set_clear_func (news, clear_news);
  return news;
}

FocAnswerGate *
foc_answer_gate_new (void)
{
  FocAnswerGate *self = g_atomic_rc_box_new0 (FocAnswerGate);

  g_mutex_init (&self->mutex);
  self->news = new_news ();
  return self;
}

FocAnswerGate *
foc_answer_gate_ref (FocAnswerGate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
gate_clear (gpointer data)
{
  FocAnswerGate *self = data;

  g_mutex_clear (&self->mutex);
  g_array_unref (self->news);
}

void
foc_answer_gate_unref (FocAnswerGate *self)
{
  g_atomic_rc_box_release_full (self, gate_clear);
}

gboolean
foc_answer_gate_push (FocAnswerGate *self, FocAnswerNews news)
{
  gboolean tell;

  g_mutex_lock (&self->mutex);
  tell = self->news->len == 0;
  g_array_append_val (self->news, news);
  g_mutex_unlock (&self->mutex);

  return tell;
}

GArray *
foc_answer_gate_pull (FocAnswerGate *self)
{
  GArray *news;

  g_mutex_lock (&self->mutex);
  news = self->news;
  self->news = new_news ();
  g_mutex_unlock (&self->mutex);

  return news;
}
