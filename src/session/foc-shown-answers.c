/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-shown-answers-private.h"

/* So many are found and sorted at once, within some milliseconds. */
#define N_AT_ONCE 300
/* While answers come to a sorted list, between two looks: milliseconds, and in times of what
 * the look took. */
#define REST 300
#define REST_TIMES 4

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

void
foc_shown_answers_set_pending (FocShownAnswers *self, gboolean is_pending)
{
  if (self->is_pending == is_pending)
    return;
  self->is_pending = is_pending;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PENDING]);
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
  foc_shown_answers_show (self, found);
}

static void
look (FocShownAnswers *self)
{
  const GPtrArray *records = foc_answer_list_peek_records (self->answers);
  Task *task;

  stop_looking (self);
  foc_shown_answers_drop_found (self);
  self->n_looked_at = records->len;
  if (records->len <= N_AT_ONCE)
    {
      foc_shown_answers_show (self, foc_answer_query_find (self->query, records, 0));
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
void
foc_shown_answers_take_new (FocShownAnswers *self)
{
  const GPtrArray *records = foc_answer_list_peek_records (self->answers);
  gint64 rest = MAX (REST, REST_TIMES * self->duration / G_TIME_SPAN_MILLISECOND);

  if (self->n_looked_at == records->len || self->job != NULL || self->found != NULL
      || self->rest_source != 0)
    return;

  if (self->query->order == FOC_ANSWERS_AS_ANSWERED && !self->query->is_descending)
    {
      g_autoptr (GArray) new =
        foc_answer_query_find (self->query, records, self->n_looked_at);

      self->n_looked_at = records->len;
      if (new->len > 0)
        {
          GArray *all = g_array_copy (self->rows);

          g_array_append_vals (all, new->data, new->len);
          foc_shown_answers_show (self, all);
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
      foc_shown_answers_drop_found (self);
      self->n_looked_at = 0;
      if (n > 0)
        foc_shown_answers_replace (self, 0, n, NULL, 0);
      foc_shown_answers_set_pending (self, FALSE);
    }
  foc_shown_answers_take_new (self);
}

void
foc_shown_answers_refresh (FocShownAnswers *self)
{
  foc_shown_answers_set_pending (self, TRUE);
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
  foc_shown_answers_drop_found (self);
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

  g_signal_new ("reordering", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 0);
}

static void
foc_shown_answers_init (FocShownAnswers *self)
{
  self->query = g_new0 (FocAnswerQuery, 1);
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
}
