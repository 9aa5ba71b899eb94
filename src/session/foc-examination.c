/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-examination.h"

#include "foc-blas.h"
#include "foc-explain-job.h"
#include "foc-job.h"
#include "foc-paint.h"
#include "foc-shown-picture.h"

#include <math.h>
#include <string.h>

struct _FocExamination
{
  GObject parent_instance;

  FocExaminationState state;
  FocSource *source;
  FocJob *loading;
  GError *error;
  FocShownPicture *picture; /* while READY */

  FocRectangle square;
  guint rest_id;
  FocJob *looking;             /* makes the exact features of the square */
  guint8 seen[FOC_N_FEATURES]; /* the square, without paint */
  gboolean is_exact;           /* `seen` is */
  FocPaint *paint;
  guint8 features[FOC_N_FEATURES]; /* paint over what is seen */

  FocLoadedModel *model;
  FocMlpWork *work; /* of its shape */
  gboolean has_answer;
  FocExplained answer;
  FocJob *asking;      /* a model that does not answer at once    */
  gboolean asks_again; /* about other features than it was asked  */
};

G_DEFINE_FINAL_TYPE (FocExamination, foc_examination, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_MODEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  LOADED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the threads of the jobs */

static gpointer
load (FocJob *job, gpointer source, GCancellable *cancellable, GError **error)
{
  return foc_shown_picture_load (source, cancellable, error);
}

static void
free_picture (gpointer picture)
{
  foc_shown_picture_free (picture);
}

typedef struct
{
  FocSource *source;
  FocRectangle square;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  foc_source_unref (self->source);
  g_free (self);
}

static gpointer
look (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Look *self = data;
  g_autofree guint8 *features = g_new (guint8, FOC_N_FEATURES);

  if (!foc_source_preprocess (self->source, &self->square, features, cancellable, error))
    return NULL;
  return g_steal_pointer (&features);
}

/* In the main loop */

static void
drop_job (FocJob **job)
{
  g_autoptr (FocJob) dropped = g_steal_pointer (job);

  if (dropped != NULL)
    foc_job_cancel (dropped);
}

static void on_answered (GObject *source, GAsyncResult *result, gpointer user_data);

/* One question at a time, of which none can be taken back: then that about the newest, where
 * there is something to ask then. */
static void
ask_aside (FocExamination *self)
{
  self->asks_again = self->asking != NULL;
  if (self->asking == NULL)
    self->asking = foc_explain_run (self->model, self->features, on_answered, self);
}

/* Paint and answer, after what is seen or who is asked has become another. */
static void
bring_up_to_date (FocExamination *self)
{
  memcpy (self->features, self->seen, sizeof self->features);
  foc_paint_apply (self->paint, self->features);

  if (self->has_answer)
    foc_explained_clear (&self->answer);
  self->has_answer = FALSE;
  if (self->state != FOC_EXAMINATION_READY || self->model == NULL)
    self->asks_again = self->asking != NULL;
  else if (!foc_explains_at_once (self->model))
    ask_aside (self);
  else
    {
      drop_job (&self->asking); /* of another model */
      foc_model_explain (foc_loaded_model_get_model (self->model), self->work,
                         self->features, &self->answer);
      self->has_answer = TRUE;
    }
}

static void
update (FocExamination *self)
{
  bring_up_to_date (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocExamination *self = user_data;
  FocExplained *answer = foc_job_finish (FOC_JOB (source), result, NULL);

  if (self->asking == FOC_JOB (source))
    {
      g_clear_object (&self->asking);
      if (self->asks_again)
        bring_up_to_date (self);
      else if (answer != NULL)
        {
          self->answer = *answer;
          self->has_answer = TRUE;
          g_clear_pointer (&answer, g_free);
          g_signal_emit (self, signals[CHANGED], 0);
        }
    }
  g_clear_pointer (&answer, foc_explain_free);
}

/* Everything is up to date before anybody hears of it. */
static void
set_state (FocExamination *self, FocExaminationState state)
{
  gboolean is_other = state != self->state;

  self->state = state;
  bring_up_to_date (self);
  if (is_other)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocExamination *self = user_data;
  g_autofree guint8 *features = foc_job_finish (FOC_JOB (source), result, NULL);

  if (self->looking != FOC_JOB (source))
    return;

  g_clear_object (&self->looking);
  if (features == NULL) /* no memory, at worst: the picture was decoded before */
    return;
  memcpy (self->seen, features, sizeof self->seen);
  self->is_exact = TRUE;
  update (self);
}

static gboolean
on_rested (gpointer user_data)
{
  FocExamination *self = user_data;
  Look *data = g_new (Look, 1);

  self->rest_id = 0;
  *data = (Look){ foc_source_ref (self->picture->source), self->square };
  self->looking = foc_job_new ();
  foc_job_run (self->looking, look, data, look_free, g_free, on_looked, self);
  return G_SOURCE_REMOVE;
}

/* The square moves on: what is still to be found out of it is of no use. */
static void
leave_square (FocExamination *self)
{
  g_clear_handle_id (&self->rest_id, g_source_remove);
  drop_job (&self->looking);
}

static void
forget (FocExamination *self)
{
  leave_square (self);
  foc_paint_forget (self->paint);
  drop_job (&self->loading);
  g_clear_error (&self->error);
  g_clear_pointer (&self->picture, foc_shown_picture_free);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocExamination *self = user_data;
  g_autoptr (GError) error = NULL;
  FocShownPicture *picture = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->loading != FOC_JOB (source))
    {
      g_clear_pointer (&picture, foc_shown_picture_free);
      return;
    }

  g_clear_object (&self->loading);
  self->picture = picture;
  self->error = g_steal_pointer (&error);
  if (picture != NULL)
    {
      self->square = picture->square;
      memcpy (self->seen, picture->features, sizeof self->seen);
      self->is_exact = TRUE;
    }

  set_state (self, picture != NULL ? FOC_EXAMINATION_READY : FOC_EXAMINATION_FAILED);
  g_signal_emit (self, signals[LOADED], 0);
}

void
foc_examination_set_source (FocExamination *self, FocSource *source)
{
  FocSource *before = self->source;

  g_return_if_fail (FOC_IS_EXAMINATION (self));

  if (source == NULL && before == NULL)
    return;

  self->source = source != NULL ? foc_source_ref (source) : NULL;
  g_clear_pointer (&before, foc_source_unref);
  forget (self);
  if (source != NULL)
    {
      self->loading = foc_job_new ();
      foc_job_run (self->loading, load, foc_source_ref (source),
                   (GDestroyNotify) foc_source_unref, free_picture, on_loaded, self);
    }
  set_state (self, source != NULL ? FOC_EXAMINATION_LOADING : FOC_EXAMINATION_NOTHING);
}

FocSource *
foc_examination_get_source (FocExamination *self)
{
  return self->source;
}

void
foc_examination_set_model (FocExamination *self, FocLoadedModel *model)
{
  g_return_if_fail (FOC_IS_EXAMINATION (self));

  if (!g_set_object (&self->model, model))
    return;

  g_clear_pointer (&self->work, foc_mlp_work_free);
  if (model != NULL)
    self->work = foc_mlp_work_new (&foc_loaded_model_get_model (model)->mlp->shape, 1);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}

FocLoadedModel *
foc_examination_get_model (FocExamination *self)
{
  return self->model;
}

FocExaminationState
foc_examination_get_state (FocExamination *self)
{
  return self->state;
}

const GError *
foc_examination_get_error (FocExamination *self)
{
  return self->error;
}

GPtrArray *
foc_examination_get_levels (FocExamination *self)
{
  return self->picture != NULL ? self->picture->levels : NULL;
}

void
foc_examination_get_size (FocExamination *self, int *width, int *height)
{
  *width = self->picture != NULL ? self->picture->full_width : 0;
  *height = self->picture != NULL ? self->picture->full_height : 0;
}

/* The square */

static gboolean
is_square (FocExamination *self, double x, double y, double side)
{
  const FocRectangle *square = &self->square;

  return square->x == x && square->y == y && square->width == side;
}

/* Answers follow at once, exact ones when it has rested. */
static void
move_square (FocExamination *self, const FocRectangle *square)
{
  leave_square (self);
  self->square = *square;
  foc_shown_picture_preprocess (self->picture, square, self->seen);
  self->is_exact = FALSE;
  self->rest_id = g_timeout_add (FOC_EXAMINATION_REST, on_rested, self);
}

void
foc_examination_set_square (FocExamination *self, double x, double y, double side)
{
  const FocShownPicture *picture = self->picture;
  double most, least;
  int left, top, length;

  if (picture == NULL || !isfinite (x) || !isfinite (y) || !isfinite (side))
    return;

  most = MIN (picture->full_width, picture->full_height);
  least = MIN (FOC_EXAMINATION_SIDE_MIN, most);
  length = (int) lround (CLAMP (side, least, most));
  left = (int) lround (CLAMP (x, 0, picture->full_width - length));
  top = (int) lround (CLAMP (y, 0, picture->full_height - length));
  if (is_square (self, left, top, length))
    return;

  foc_paint_clear (self->paint, &self->square);
  move_square (self, &(FocRectangle){ left, top, length, length });
  update (self);
}

void
foc_examination_get_square (FocExamination *self, FocRectangle *square)
{
  *square = self->picture != NULL ? self->square : (FocRectangle){ 0 };
}

void
foc_examination_reset_square (FocExamination *self)
{
  const FocShownPicture *picture = self->picture;

  if (picture != NULL)
    foc_examination_set_square (self, picture->square.x, picture->square.y,
                                picture->square.width);
}

gboolean
foc_examination_is_default_square (FocExamination *self)
{
  const FocShownPicture *picture = self->picture;

  return picture != NULL
         && is_square (self, picture->square.x, picture->square.y, picture->square.width);
}

gboolean
foc_examination_is_exact (FocExamination *self)
{
  return self->picture != NULL && self->is_exact;
}

/* What the network sees */

const guint8 *
foc_examination_get_features (FocExamination *self)
{
  return self->picture != NULL ? self->features : NULL;
}

void
foc_examination_paint (FocExamination *self,
                       const guint *pixels,
                       guint n,
                       const guint8 rgb[FOC_FEATURE_CHANNELS])
{
  if (self->picture == NULL || n == 0)
    return;

  foc_paint_set (self->paint, &self->square, pixels, n, rgb);
  update (self);
}

void
foc_examination_begin_stroke (FocExamination *self)
{
  foc_paint_begin_stroke (self->paint);
}

gboolean
foc_examination_is_painted (FocExamination *self)
{
  return !foc_paint_is_empty (self->paint);
}

void
foc_examination_reset_paint (FocExamination *self)
{
  if (foc_paint_is_empty (self->paint))
    return;

  foc_paint_clear (self->paint, &self->square);
  update (self);
}

gboolean
foc_examination_can_undo_paint (FocExamination *self)
{
  return foc_paint_can_undo (self->paint);
}

void
foc_examination_undo_paint (FocExamination *self)
{
  FocRectangle square;

  if (!foc_paint_can_undo (self->paint))
    return;

  foc_paint_undo (self->paint, &square);
  if (!is_square (self, square.x, square.y, square.width))
    move_square (self, &square);
  update (self);
}

const FocExplained *
foc_examination_get_answer (FocExamination *self)
{
  return self->has_answer ? &self->answer : NULL;
}

/* The object */

static void
foc_examination_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FocExamination *self = FOC_EXAMINATION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_examination_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MODEL:
      foc_examination_set_model (FOC_EXAMINATION (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_examination_dispose (GObject *object)
{
  FocExamination *self = FOC_EXAMINATION (object);

  forget (self);
  drop_job (&self->asking);
  self->state = FOC_EXAMINATION_NOTHING;
  g_clear_pointer (&self->source, foc_source_unref);
  g_clear_object (&self->model);
  g_clear_pointer (&self->work, foc_mlp_work_free);
  if (self->has_answer)
    foc_explained_clear (&self->answer);
  self->has_answer = FALSE;

  G_OBJECT_CLASS (foc_examination_parent_class)->dispose (object);
}

static void
foc_examination_finalize (GObject *object)
{
  foc_paint_free (FOC_EXAMINATION (object)->paint);
  G_OBJECT_CLASS (foc_examination_parent_class)->finalize (object);
}

static void
foc_examination_class_init (FocExaminationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = foc_examination_get_property;
  object_class->set_property = foc_examination_set_property;
  object_class->dispose = foc_examination_dispose;
  object_class->finalize = foc_examination_finalize;

  props[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, FOC_EXAMINATION_FAILED,
                       FOC_EXAMINATION_NOTHING, G_PARAM_READABLE | flags);
  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, FOC_TYPE_LOADED_MODEL,
                                           G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
foc_examination_init (FocExamination *self)
{
  self->paint = foc_paint_new ();
  foc_blas_begin_thread ();
}

FocExamination *
foc_examination_new (void)
{
  return g_object_new (FOC_TYPE_EXAMINATION, NULL);
}
