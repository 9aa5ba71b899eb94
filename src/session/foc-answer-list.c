/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-list-private.h"

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FocAnswerList,
                               foc_answer_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_iface_init))

enum
{
  PROP_JOB = 1,
  PROP_MODEL,
  PROP_IS_STALE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  SUMMARY_CHANGED,
  REVISED,
  NOTICE,
  EMPTY,
  SET_BY_HAND,
  CLEARING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return FOC_TYPE_ANSWER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return FOC_ANSWER_LIST (model)->rows->len;
}

static gpointer
get_item (GListModel *model, guint row)
{
  FocAnswerList *self = FOC_ANSWER_LIST (model);
  FocAnswerItem *item;

  if (row >= self->rows->len)
    return NULL;

  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));
  if (item != NULL)
    return g_object_ref (item);

  return foc_answer_item_new (self, self->items, row,
                              g_ptr_array_index (self->rows, row));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* Rows */

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) foc_answer_record_unref);
}

void
foc_answer_list_tell_stale (FocAnswerList *self)
{
  gboolean is_stale = foc_answer_list_is_stale (self);

  if (is_stale == self->was_stale)
    return;

  self->was_stale = is_stale;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_STALE]);
}

gboolean
foc_answer_list_is_current (FocAnswerList *self, const FocAnswerRecord *record)
{
  return self->model != NULL && foc_loaded_model_is_same (record->model, self->model);
}

/* By the threshold that counts now. */
static FocAnswerRecord *
judge (FocAnswerList *self, FocAnswerRecord *record)
{
  return record->model != self->model && foc_answer_list_is_current (self, record)
           ? foc_answer_record_judge (record, self->model)
           : foc_answer_record_ref (record);
}

void
foc_answer_list_append (FocAnswerList *self, FocAnswerRecord *answered)
{
  FocAnswerRecord *record = judge (self, answered);

  g_ptr_array_add (self->rows, record);
  foc_path_set_add (self->known, record->path, self->rows->len - 1);
  foc_answer_tally_count (self->tally, record);
  self->n_stale += !foc_answer_list_is_current (self, record);
}

void
foc_answer_list_replace (FocAnswerList *self, guint row, FocAnswerRecord *answered)
{
  FocAnswerRecord *before = g_ptr_array_index (self->rows, row);
  FocAnswerRecord *record = judge (self, answered);
  FocAnswerItem *item;

  foc_answer_tally_discount (self->tally, before);
  foc_answer_tally_count (self->tally, record);
  self->n_stale -= !foc_answer_list_is_current (self, before);
  self->n_stale += !foc_answer_list_is_current (self, record);
  g_ptr_array_index (self->rows, row) = record;
  foc_answer_record_unref (before);

  item = g_hash_table_lookup (self->items, GUINT_TO_POINTER (row));
  if (item != NULL)
    {
      g_object_ref (item);
      foc_answer_item_update (item, record);
      g_object_unref (item);
    }
}

void
foc_answer_list_tell_revised (FocAnswerList *self)
{
  if (!self->is_revised)
    return;

  self->is_revised = FALSE;
  g_signal_emit (self, signals[REVISED], 0);
}

void
foc_answer_list_take_news (FocAnswerList *self, GArray *news)
{
  guint before = self->rows->len;

  for (guint i = 0; i < news->len; i++)
    {
      FocAnswerNews *one = &g_array_index (news, FocAnswerNews, i);

      /* A list that was restored meanwhile may have it. */
      if (one->row == FOC_ANSWER_NEW_ROW
          && !foc_path_set_find (self->known, one->record->path, &one->row))
        foc_answer_list_append (self, one->record);
    }
  if (self->rows->len > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->rows->len - before);

  for (guint i = 0; i < news->len; i++)
    {
      const FocAnswerNews *one = &g_array_index (news, FocAnswerNews, i);

      /* What hears of the rows before may have cleared the list. */
      if (one->row < self->rows->len)
        {
          const FocAnswerRecord *old = g_ptr_array_index (self->rows, one->row);
          g_autoptr (FocAnswerRecord) record = foc_answer_record_set_by_hand (
            one->record, foc_answer_record_get_kept_class (old));

          foc_answer_list_replace (self, one->row, record);
          self->is_revised = TRUE;
        }
    }
  if (news->len > 0)
    {
      foc_answer_list_tell_stale (self);
      g_signal_emit (self, signals[SUMMARY_CHANGED], 0);
    }
}

/* Changes */

static void
detach_items (FocAnswerList *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    foc_answer_item_detach (item);
  g_hash_table_remove_all (self->items);
}

GPtrArray *
foc_answer_list_take_rows (FocAnswerList *self)
{
  GPtrArray *rows = self->rows;

  detach_items (self);
  self->rows = new_rows ();
  g_array_set_size (self->changes, 0);
  foc_path_set_unref (self->known);
  self->known = foc_path_set_new ();
  foc_answer_tally_free (self->tally);
  self->tally = foc_answer_tally_new ();
  foc_answer_tally_set_model (self->tally, self->model);
  self->n_stale = 0;
  return rows;
}

void
foc_answer_list_set_model (FocAnswerList *self, FocLoadedModel *model)
{
  if (!g_set_object (&self->model, model))
    return;

  foc_answer_tally_set_model (self->tally, model);
  self->n_stale = 0;
  for (guint row = 0; row < self->rows->len; row++)
    self->n_stale +=
      !foc_answer_list_is_current (self, g_ptr_array_index (self->rows, row));
  for (guint row = 0; row < self->rows->len; row++)
    {
      FocAnswerRecord *record = g_ptr_array_index (self->rows, row);

      if (record->model != model && foc_answer_list_is_current (self, record))
        {
          foc_answer_list_replace (self, row, record);
          self->is_revised = TRUE;
        }
    }

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
  foc_answer_list_tell_stale (self);
  g_signal_emit (self, signals[SUMMARY_CHANGED], 0);
  foc_answer_list_tell_revised (self);
  if (self->job == NULL && self->requests->len > 0)
    foc_answer_list_go_to_next (self);
}

FocLoadedModel *
foc_answer_list_get_model (FocAnswerList *self)
{
  return self->model;
}

FocJob *
foc_answer_list_get_job (FocAnswerList *self)
{
  return self->job;
}

gboolean
foc_answer_list_is_stale (FocAnswerList *self)
{
  return self->n_stale > 0 && self->model != NULL;
}

guint
foc_answer_list_get_n_waiting (FocAnswerList *self)
{
  return self->requests->len;
}

const FocAnswerSummary *
foc_answer_list_get_summary (FocAnswerList *self)
{
  return foc_answer_tally_get (self->tally);
}

static gpointer
copy_record (gconstpointer record, gpointer user_data)
{
  return foc_answer_record_ref ((FocAnswerRecord *) record);
}

GPtrArray *
foc_answer_list_get_records (FocAnswerList *self)
{
  return g_ptr_array_copy (self->rows, copy_record, NULL);
}

const GPtrArray *
foc_answer_list_peek_records (FocAnswerList *self)
{
  return self->rows;
}

gboolean
foc_answer_list_is_held (FocAnswerList *self, guint row)
{
  return g_hash_table_contains (self->items, GUINT_TO_POINTER (row));
}

static void
foc_answer_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocAnswerList *self = FOC_ANSWER_LIST (object);

  switch (id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_IS_STALE:
      g_value_set_boolean (value, foc_answer_list_is_stale (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_answer_list_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MODEL:
      foc_answer_list_set_model (FOC_ANSWER_LIST (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_answer_list_finalize (GObject *object)
{
  FocAnswerList *self = FOC_ANSWER_LIST (object);
  g_autoptr (FocJob) job = foc_answer_list_drop_job (self);

  if (job != NULL)
    foc_job_cancel (job);
  detach_items (self);
  g_hash_table_unref (self->items);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->changes);
  foc_path_set_unref (self->known);
  foc_answer_tally_free (self->tally);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (foc_answer_list_parent_class)->finalize (object);
}

static void
foc_answer_list_class_init (FocAnswerListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foc_answer_list_get_property;
  object_class->set_property = foc_answer_list_set_property;
  object_class->finalize = foc_answer_list_finalize;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, FOC_TYPE_JOB, flags);
  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, FOC_TYPE_LOADED_MODEL,
                                           flags | G_PARAM_WRITABLE);
  props[PROP_IS_STALE] = g_param_spec_boolean ("is-stale", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SUMMARY_CHANGED] =
    g_signal_new ("summary-changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REVISED] =
    g_signal_new ("revised", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[EMPTY] = g_signal_new ("empty", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SET_BY_HAND] =
    g_signal_new ("set-by-hand", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
  signals[CLEARING] =
    g_signal_new ("clearing", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
foc_answer_list_init (FocAnswerList *self)
{
  self->rows = new_rows ();
  self->known = foc_path_set_new ();
  self->tally = foc_answer_tally_new ();
  self->items = g_hash_table_new (NULL, NULL);
  self->requests = foc_answer_requests_new ();
  self->changes = foc_answer_list_new_changes ();
}

FocAnswerList *
foc_answer_list_new (void)
{
  return g_object_new (FOC_TYPE_ANSWER_LIST, NULL);
}
