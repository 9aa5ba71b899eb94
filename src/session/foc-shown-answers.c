/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-shown-answers.h"

#include "foc-job.h"

#include <string.h>

/* So many are found and sorted at once, within some milliseconds. */
#define N_AT_ONCE 300
/* For each row that is put between others a view does some work; beyond so many it is less
 * to show all of them anew. */
#define N_INSERTED_MAX 2000
/* To make the widgets of a row takes a view half a millisecond, and it has them for some 200:
 * it gets so many at a time, among the first or where it has some. */
#define N_A_STEP 8
#define N_FIRST 256
#define SLICE 4 /* milliseconds until others have their turn */
/* While answers come to a sorted list, between two looks: milliseconds, and in times of what
 * the look took. */
#define REST 300
#define REST_TIMES 4

struct _FocShownAnswers
{
  GObject parent_instance;

  FocAnswerList *answers;
  FocAnswerQuery *query;
  GArray *rows; /* guint32 */

  FocJob *job; /* that looks for what is wanted, or NULL   */
  gint64 begun;
  gint64 duration;   /* of the latest, microseconds             */
  guint n_looked_at; /* of the answers, by the job or before it */
  gboolean is_pending;
  guint rest_source; /* until the next look */
  GArray *found;     /* that is coming to be shown, or NULL */
  guint n_done;      /* so far it is the same               */
  gboolean only_grows;
  guint step_source;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FocShownAnswers,
                               foc_shown_answers,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

enum
{
  PROP_PENDING = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint reordering_signal;

static GType
get_item_type (GListModel *model)
{
  return FOC_TYPE_ANSWER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return FOC_SHOWN_ANSWERS (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FocShownAnswers *self = FOC_SHOWN_ANSWERS (model);

  return position < self->rows->len ? g_list_model_get_item (
           G_LIST_MODEL (self->answers), g_array_index (self->rows, guint32, position))
                                    : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
set_pending (FocShownAnswers *self, gboolean is_pending)
{
  if (self->is_pending == is_pending)
    return;
  self->is_pending = is_pending;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PENDING]);
}

/* What was found comes to be shown */

static void
replace (FocShownAnswers *self,
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

static void
drop_found (FocShownAnswers *self)
{
  g_clear_handle_id (&self->step_source, g_source_remove);
  g_clear_pointer (&self->found, g_array_unref);
}

static void take_new (FocShownAnswers *self);

static void
on_shown (FocShownAnswers *self)
{
  drop_found (self);
  set_pending (self, FALSE);
  take_new (self);
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
  replace (self, first, 0, found + first, end - first);
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
    end = MIN (n_common, first + N_A_STEP);
  else
    for (end = first + 1; end < n_common && !is_held (self, end); end++)
      ;
  self->n_done = end;
  replace (self, first, end - first, found + first, end - first);
  return TRUE;
}

static gboolean
remove_run (FocShownAnswers *self)
{
  guint n = self->found->len, end = self->rows->len, first = end;

  if (end <= n)
    return FALSE;
  if (is_held (self, end - 1))
    first = MAX (n, end - MIN (end, N_A_STEP));
  else
    while (first > n && !is_held (self, first - 1))
      first--;
  replace (self, first, end - first, NULL, 0);
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

/* Takes it. */
static void
show (FocShownAnswers *self, GArray *found)
{
  drop_found (self);
  self->found = found;
  self->n_done = 0;
  self->only_grows = count_insertions (self, found) <= N_INSERTED_MAX;
  if (!self->only_grows)
    {
      set_pending (self, TRUE);
      g_signal_emit (self, reordering_signal, 0);
    }
  if (step (self) == G_SOURCE_CONTINUE && self->step_source == 0)
    self->step_source = g_idle_add (step, self);
}

/* Looking for it */

typedef struct
{
  FocAnswerQuery *query;
  GPtrArray *records;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  foc_answer_query_free (self->query);
  g_ptr_array_unref (self->records);
  g_free (self);
}

static gpointer
work (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Task *task = data;

  return foc_answer_query_find (task->query, task->records, 0);
}

static void
stop_looking (FocShownAnswers *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (job != NULL)
    foc_job_cancel (job);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocShownAnswers *self = user_data;
  GArray *found = foc_job_finish (FOC_JOB (source), result, NULL);

  if (self->job != FOC_JOB (source))
    {
      g_clear_pointer (&found, g_array_unref);
      return;
    }
  g_clear_object (&self->job);
  self->duration = g_get_monotonic_time () - self->begun;
  show (self, found);
}

static void
look (FocShownAnswers *self)
{
  const GPtrArray *records = foc_answer_list_peek_records (self->answers);
  Task *task;

  stop_looking (self);
  drop_found (self);
  self->n_looked_at = records->len;
  if (records->len <= N_AT_ONCE)
    {
      show (self, foc_answer_query_find (self->query, records, 0));
      return;
    }

  task = g_new (Task, 1);
  *task = (Task){ foc_answer_query_copy (self->query),
                  foc_answer_list_get_records (self->answers) };
  self->begun = g_get_monotonic_time ();
  self->job = foc_job_new ();
  foc_job_run (self->job, work, task, task_free, (GDestroyNotify) g_array_unref, on_found,
               self);
}

static gboolean
on_rested (gpointer user_data)
{
  FocShownAnswers *self = user_data;

  self->rest_source = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* Answers that came since. */
static void
take_new (FocShownAnswers *self)
{
  const GPtrArray *records = foc_answer_list_peek_records (self->answers);
  gint64 rest = MAX (REST, REST_TIMES * self->duration / G_TIME_SPAN_MILLISECOND);

  if (self->n_looked_at == records->len || self->job != NULL || self->found != NULL
      || self->rest_source != 0)
    return;

  if (self->query->order == FOC_ANSWERS_AS_ADDED && !self->query->is_descending)
    {
      g_autoptr (GArray) new =
        foc_answer_query_find (self->query, records, self->n_looked_at);

      self->n_looked_at = records->len;
      if (new->len > 0)
        {
          GArray *all = g_array_copy (self->rows);

          g_array_append_vals (all, new->data, new->len);
          show (self, all);
        }
    }
  else if (records->len <= N_AT_ONCE)
    look (self);
  else
    self->rest_source = g_timeout_add ((guint) MIN (rest, G_MAXINT), on_rested, self);
}

static void
on_items_changed (FocShownAnswers *self, guint position, guint n_removed, guint n_added)
{
  if (n_removed > 0)
    {
      guint n = self->rows->len;

      /* The list was cleared: others than at its end do not go. */
      stop_looking (self);
      drop_found (self);
      self->n_looked_at = 0;
      if (n > 0)
        replace (self, 0, n, NULL, 0);
      set_pending (self, FALSE);
    }
  take_new (self);
}

void
foc_shown_answers_refresh (FocShownAnswers *self)
{
  set_pending (self, TRUE);
  look (self);
}

void
foc_shown_answers_set_query (FocShownAnswers *self, const FocAnswerQuery *query)
{
  FocAnswerQuery *before = self->query;

  if (foc_answer_query_equal (before, query))
    return;
  self->query = foc_answer_query_copy (query);
  foc_answer_query_free (before);
  foc_shown_answers_refresh (self);
}

const FocAnswerQuery *
foc_shown_answers_get_query (FocShownAnswers *self)
{
  return self->query;
}

gboolean
foc_shown_answers_is_pending (FocShownAnswers *self)
{
  return self->is_pending;
}

gboolean
foc_shown_answers_find (FocShownAnswers *self, FocAnswerItem *item, guint *position)
{
  guint32 row = foc_answer_item_get_row (item);
  const guint32 *rows = (const guint32 *) (gpointer) self->rows->data;
  g_autoptr (FocAnswerItem) now =
    g_list_model_get_item (G_LIST_MODEL (self->answers), row);

  if (now != item) /* the list has dropped it */
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    if (rows[i] == row)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

FocShownAnswers *
foc_shown_answers_new (FocAnswerList *answers)
{
  FocShownAnswers *self = g_object_new (FOC_TYPE_SHOWN_ANSWERS, NULL);

  self->answers = g_object_ref (answers);
  g_signal_connect_object (answers, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  look (self);
  return self;
}

static void
foc_shown_answers_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, FOC_SHOWN_ANSWERS (object)->is_pending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_shown_answers_finalize (GObject *object)
{
  FocShownAnswers *self = FOC_SHOWN_ANSWERS (object);

  stop_looking (self);
  drop_found (self);
  g_array_unref (self->rows);
  foc_answer_query_free (self->query);
  g_object_unref (self->answers);

  G_OBJECT_CLASS (foc_shown_answers_parent_class)->finalize (object);
}

static void
foc_shown_answers_class_init (FocShownAnswersClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = foc_shown_answers_get_property;
  object_class->finalize = foc_shown_answers_finalize;

  props[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  reordering_signal =
    g_signal_new ("reordering", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
foc_shown_answers_init (FocShownAnswers *self)
{
  self->query = g_new0 (FocAnswerQuery, 1);
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
}
