/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-answer-item-private.h"

#include "foc-text.h"

struct _FocAnswerItem
{
  GObject parent_instance;

  FocAnswerList *list;  /* NULL: it has dropped the picture */
  GHashTable *registry; /* or NULL, too                     */
  guint row;
  FocAnswerRecord *record;
  char *name; /* these are made when they are asked for */
  char *class_name;
  char *hand_class_name;
};

G_DEFINE_FINAL_TYPE (FocAnswerItem, foc_answer_item, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_ANSWER,
  PROP_CONFIDENCE,
  PROP_STATE,
  PROP_HAND_LABEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

FocAnswerItem *
foc_answer_item_new (FocAnswerList *list,
                     GHashTable *registry,
                     guint row,
                     FocAnswerRecord *record)
{
  FocAnswerItem *self = g_object_new (FOC_TYPE_ANSWER_ITEM, NULL);

  self->list = list;
  self->registry = g_hash_table_ref (registry);
  self->row = row;
  self->record = foc_answer_record_ref (record);
  g_hash_table_insert (registry, GUINT_TO_POINTER (row), self);
  return self;
}

void
foc_answer_item_update (FocAnswerItem *self, FocAnswerRecord *record)
{
  g_autoptr (FocAnswerRecord) before = self->record;
  FocAnswerState state = foc_answer_record_get_state (before);

  self->record = foc_answer_record_ref (record);
  g_clear_pointer (&self->class_name, g_free);
  g_clear_pointer (&self->hand_class_name, g_free);

  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ANSWER]);
  if (foc_answer_record_get_confidence (record)
      != foc_answer_record_get_confidence (before))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONFIDENCE]);
  if (state != foc_answer_record_get_state (record))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (record->hand_label != before->hand_label)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAND_LABEL]);
  g_signal_emit (self, changed_signal, 0);
}

void
foc_answer_item_detach (FocAnswerItem *self)
{
  self->list = NULL;
  g_clear_pointer (&self->registry, g_hash_table_unref);
}

guint
foc_answer_item_get_row (FocAnswerItem *self)
{
  return self->row;
}

const char *
foc_answer_item_get_path (FocAnswerItem *self)
{
  return self->record->path;
}

const char *
foc_answer_item_get_name (FocAnswerItem *self)
{
  if (self->name == NULL)
    {
      g_autofree char *name = g_filename_display_basename (self->record->path);

      self->name = foc_text_escape (name);
    }
  return self->name;
}

FocAnswerState
foc_answer_item_get_state (FocAnswerItem *self)
{
  return foc_answer_record_get_state (self->record);
}

FocLoadedModel *
foc_answer_item_get_model (FocAnswerItem *self)
{
  return self->record->model;
}

int
foc_answer_item_get_label (FocAnswerItem *self)
{
  return self->record->error == NULL ? (int) self->record->answer.label : -1;
}

/* `name` is a class, or NULL. */
static const char *
show_class (const char *name, char **shown)
{
  if (*shown == NULL && name != NULL)
    *shown = foc_text_escape (name);
  return *shown;
}

const char *
foc_answer_item_get_class_name (FocAnswerItem *self)
{
  int label = foc_answer_item_get_label (self);

  return show_class (label >= 0 ? foc_answer_record_get_class_names (self->record)[label]
                                : NULL,
                     &self->class_name);
}

double
foc_answer_item_get_probability (FocAnswerItem *self)
{
  return self->record->error == NULL ? self->record->answer.probability : -1;
}

FocDoubt
foc_answer_item_get_doubt (FocAnswerItem *self)
{
  return self->record->answer.doubt;
}

const FocAnswer *
foc_answer_item_get_answer (FocAnswerItem *self)
{
  return self->record->error == NULL ? &self->record->answer : NULL;
}

const float *
foc_answer_item_get_probabilities (FocAnswerItem *self)
{
  return self->record->error == NULL ? self->record->probabilities : NULL;
}

const char *
foc_answer_item_get_error (FocAnswerItem *self)
{
  return self->record->error;
}

const char *
foc_answer_item_get_reason (FocAnswerItem *self)
{
  return self->record->reason;
}

int
foc_answer_item_get_hand_label (FocAnswerItem *self)
{
  return self->record->hand_label;
}

void
foc_answer_item_set_hand_label (FocAnswerItem *self, int label)
{
  if (self->list != NULL)
    foc_answer_list_set_hand_label (self->list, self->row, label);
}

const char *
foc_answer_item_get_hand_class_name (FocAnswerItem *self)
{
  return show_class (foc_answer_record_get_kept_class (self->record),
                     &self->hand_class_name);
}

double
foc_answer_item_get_confidence (FocAnswerItem *self)
{
  return foc_answer_record_get_confidence (self->record);
}

const char *
foc_answer_item_get_counted (FocAnswerItem *self)
{
  const char *text = self->record->hand_label >= 0
                       ? foc_answer_item_get_hand_class_name (self)
                       : foc_answer_item_get_class_name (self);

  return text != NULL ? text : "";
}

static void
foc_answer_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocAnswerItem *self = FOC_ANSWER_ITEM (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, foc_answer_item_get_name (self));
      break;
    case PROP_ANSWER:
      g_value_set_string (value, foc_answer_item_get_counted (self));
      break;
    case PROP_CONFIDENCE:
      g_value_set_double (value, foc_answer_item_get_confidence (self));
      break;
    case PROP_STATE:
      g_value_set_uint (value, foc_answer_item_get_state (self));
      break;
    case PROP_HAND_LABEL:
      g_value_set_int (value, self->record->hand_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_answer_item_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_HAND_LABEL:
      foc_answer_item_set_hand_label (FOC_ANSWER_ITEM (object), g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_answer_item_finalize (GObject *object)
{
  FocAnswerItem *self = FOC_ANSWER_ITEM (object);

  if (self->registry != NULL)
    {
      g_hash_table_remove (self->registry, GUINT_TO_POINTER (self->row));
      g_hash_table_unref (self->registry);
    }
  foc_answer_record_unref (self->record);
  g_free (self->name);
  g_free (self->class_name);
  g_free (self->hand_class_name);

  G_OBJECT_CLASS (foc_answer_item_parent_class)->finalize (object);
}

static void
foc_answer_item_class_init (FocAnswerItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foc_answer_item_get_property;
  object_class->set_property = foc_answer_item_set_property;
  object_class->finalize = foc_answer_item_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_ANSWER] = g_param_spec_string ("answer", NULL, NULL, NULL, flags);
  props[PROP_CONFIDENCE] =
    g_param_spec_double ("confidence", NULL, NULL, -1, 1, -1, flags);
  props[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, FOC_ANSWER_FAILED, 0, flags);
  props[PROP_HAND_LABEL] = g_param_spec_int ("hand-label", NULL, NULL, -1, G_MAXINT, -1,
                                             flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
foc_answer_item_init (FocAnswerItem *self)
{
}
