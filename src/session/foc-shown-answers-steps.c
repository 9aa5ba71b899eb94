/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-shown-answers-private.h"

/* For each row that is put between others a view does some work; beyond so many it is less
 * to show all of them anew. */
#define N_INSERTED_MAX 2000
/* To make the widgets of a row takes a view half a millisecond, and it has them for some 200:
 * it gets so many at a time, among the first or where it has some. */
#define N_A_STEP 8
#define N_FIRST 256
#define SLICE 4 /* milliseconds until others have their turn */

/* What was found comes to be shown */

void
foc_shown_answers_replace (FocShownAnswers *self,
                           guint position,
                           guint n_removed,
                           const guint32 *rows,
                           guint n)
{
  g_array_remove_range (self->rows, position, n_removed);
  if (n > 0)
    g_array_insert_vals (self->rows, position, rows, n);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n);
}

/* How many rows in a row would be put between those that are shown, G_MAXUINT where some of
 * these would go or change places. */
static guint
count_insertions (FocShownAnswers *self, const GArray *found)
{
  guint n = 0, next = 0;
  gboolean is_inside = FALSE;

  for (guint i = 0; i < found->len; i++)
    {
      gboolean is_there =
        next < self->rows->len
        && g_array_index (self->rows, guint32, next) == g_array_index (found, guint32, i);

      next += is_there;
      n += !is_there && !is_inside;
      is_inside = !is_there;
    }
  return next == self->rows->len ? n : G_MAXUINT;
}

void
foc_shown_answers_drop_found (FocShownAnswers *self)
{
  g_clear_handle_id (&self->step_source, g_source_remove);
  g_clear_pointer (&self->found, g_array_unref);
}

static void
on_shown (FocShownAnswers *self)
{
  foc_shown_answers_drop_found (self);
  foc_shown_answers_set_pending (self, FALSE);
  foc_shown_answers_take_new (self);
}

/* What is shown becomes what was found, step by step. Whatever is the same up to `n_done`
 * stays so. Rows that somebody holds are mostly those that a view has made widgets for: these
 * go and come a few at a time. Each function returns FALSE where nothing is left to do. */

static gboolean
is_held (FocShownAnswers *self, guint position)
{
  return foc_answer_list_is_held (self->answers,
                                  g_array_index (self->rows, guint32, position));
}

/* A view must not lose a row twice at once: what was broken off may have left it twice. */
static gboolean
has_twice (FocShownAnswers *self, guint first, guint end)
{
  const guint32 *rows = (const guint32 *) (gpointer) self->rows->data;

  for (guint i = first; i < end; i++)
    for (guint j = first; j < i; j++)
      if (rows[i] == rows[j])
        return TRUE;
  return FALSE;
}

static gboolean
insert_run (FocShownAnswers *self)
{
  const guint32 *rows = (const guint32 *) (gpointer) self->rows->data;
  const guint32 *found = (const guint32 *) (gpointer) self->found->data;
  guint n_missing = self->found->len - self->rows->len;
  guint first = self->n_done, end;

  while (first < self->rows->len && rows[first] == found[first])
    first++;
  if (n_missing == 0)
    return FALSE;
  if (first < N_FIRST)
    n_missing = MIN (n_missing, N_A_STEP);
  for (end = first + 1;
       end - first < n_missing && (first == self->rows->len || rows[first] != found[end]);
       end++)
    ;
  self->n_done = end;
  foc_shown_answers_replace (self, first, 0, found + first, end - first);
  return TRUE;
}

/* One in the place of another, as many as there are in both. */
static gboolean
replace_run (FocShownAnswers *self)
{
  const guint32 *rows = (const guint32 *) (gpointer) self->rows->data;
  const guint32 *found = (const guint32 *) (gpointer) self->found->data;
  guint n_common = MIN (self->rows->len, self->found->len);
  guint first = self->n_done, end;

  while (first < n_common && rows[first] == found[first])
    first++;
  if (first == n_common)
    return FALSE;
  if (is_held (self, first))
    for (end = MIN (n_common, first + N_A_STEP); has_twice (self, first, end); end--)
      ;
  else
    for (end = first + 1; end < n_common && !is_held (self, end); end++)
      ;
  self->n_done = end;
  foc_shown_answers_replace (self, first, end - first, found + first, end - first);
  return TRUE;
}

static gboolean
remove_run (FocShownAnswers *self)
{
  guint n = self->found->len, end = self->rows->len, first = end;

  if (end <= n)
    return FALSE;
  if (is_held (self, end - 1))
    for (first = MAX (n, end - MIN (end, N_A_STEP)); has_twice (self, first, end);
         first++)
      ;
  else
    while (first > n && !is_held (self, first - 1))
      first--;
  foc_shown_answers_replace (self, first, end - first, NULL, 0);
  return TRUE;
}

/* Whoever hears of one step may change what is wanted: then there are others, or none. */
static gboolean
step (gpointer user_data)
{
  FocShownAnswers *self = user_data;
  gint64 end = g_get_monotonic_time () + SLICE * G_TIME_SPAN_MILLISECOND;

  while (self->found != NULL && g_get_monotonic_time () < end)
    if ((self->only_grows || (!replace_run (self) && !remove_run (self)))
        && !insert_run (self))
      on_shown (self);
  return self->found != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
foc_shown_answers_show (FocShownAnswers *self, GArray *found)
{
  foc_shown_answers_drop_found (self);
  self->found = found;
  self->n_done = 0;
  self->only_grows = count_insertions (self, found) <= N_INSERTED_MAX;
  if (!self->only_grows)
    {
      foc_shown_answers_set_pending (self, TRUE);
      g_signal_emit_by_name (self, "reordering");
    }
  if (step (self) == G_SOURCE_CONTINUE && self->step_source == 0)
    self->step_source = g_idle_add (step, self);
}

/* A list that is cleared */

void
foc_shown_answers_keep_going (FocShownAnswers *self)
{
  if (self->going->len > 0) /* of what came since, nothing is shown yet */
    return;

  foc_shown_answers_drop_found (self);
  foc_shown_answers_set_pending (self, TRUE);
  for (guint end = self->rows->len, first = end; end > 0; end = first)
    {
      while (first > 0 && !is_held (self, first - 1))
        first--;
      if (first < end)
        foc_shown_answers_replace (self, first, end - first, NULL, 0);
      while (first > 0 && is_held (self, first - 1))
        first--;
    }
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (self->going,
                     g_list_model_get_item (G_LIST_MODEL (self->answers),
                                            g_array_index (self->rows, guint32, i)));
}

static gboolean
let_some_go (gpointer user_data)
{
  FocShownAnswers *self = user_data;
  gint64 end = g_get_monotonic_time () + SLICE * G_TIME_SPAN_MILLISECOND;

  while (self->going->len > 0 && g_get_monotonic_time () < end)
    {
      guint n = self->going->len, first = n - MIN (n, N_A_STEP);

      while (has_twice (self, first, n))
        first++;
      g_ptr_array_set_size (self->going, (int) first);
      foc_shown_answers_replace (self, first, n - first, NULL, 0);
    }
  if (self->going->len > 0)
    return G_SOURCE_CONTINUE;

  self->going_source = 0;
  foc_shown_answers_look (self);
  return G_SOURCE_REMOVE;
}

void
foc_shown_answers_let_go (FocShownAnswers *self)
{
  if (self->going_source == 0)
    self->going_source = g_idle_add (let_some_go, self);
}
