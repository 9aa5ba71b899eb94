/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-detail.h"

#include "foc-answer-bars.h"
#include "foc-compat.h"
#include "foc-error.h"
#include "foc-explain-job.h"
#include "foc-features-view.h"
#include "foc-picture-view.h"
#include "foc-share-colours.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _FocPictureDetail
{
  GtkWidget parent_instance;

  GtkWidget *stack; /* "nothing", "picture" */
  FocPictureView *picture;
  GtkLabel *name;
  GtkLabel *class_name;
  GtkLabel *part;
  GtkLabel *format;
  GtkLabel *dimensions;
  GtkLabel *size;
  GtkLabel *modified;
  GtkWidget *network; /* all that needs features */
  FocFeaturesView *features;
  GtkWidget *model; /* all that needs an answer */
  GtkLabel *answer;
  GtkLabel *reason;
  FocAnswerBars *bars;
  GtkWidget *break_seal;
  GtkWidget *shares_box;
  FocFeaturesView *shares;
  GtkLabel *legend;

  FocSession *session;
  FocPictureItem *item;     /* or NULL */
  FocLoadedModel *to_break; /* whose seal, if the user says so; or NULL */
  FocJob *asking;           /* a model that does not answer at once; or NULL */
  gboolean asks_again;      /* what it was asked is not of use any more      */
};

G_DEFINE_FINAL_TYPE (FocPictureDetail, foc_picture_detail, GTK_TYPE_WIDGET)

enum
{
  PROP_ITEM = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The file */

static void
show_file (FocPictureDetail *self)
{
  g_autofree char *size = g_format_size (foc_picture_item_get_size (self->item));
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (
    foc_picture_item_get_mtime (self->item) / (G_TIME_SPAN_SECOND * 1000));
  g_autofree char *modified =
    time != NULL ? g_date_time_format (time, "%x %H:%M") : g_strdup ("");

  gtk_label_set_text (self->name, foc_picture_item_get_name (self->item));
  gtk_label_set_text (self->class_name, foc_picture_item_get_class_name (self->item));
  gtk_label_set_text (self->part,
                      foc_part_get_title (foc_picture_item_get_part (self->item)));
  gtk_label_set_text (self->size, size);
  gtk_label_set_text (self->modified, modified);
}

/* Known as soon as the picture is decoded, or never. */
static void
show_dimensions (FocPictureDetail *self)
{
  const char *format = foc_picture_view_get_format (self->picture);
  gboolean is_expected = foc_picture_view_is_loading (self->picture)
                         && foc_picture_item_get_status (self->item) == 0;
  const char *unknown = is_expected ? "…" : "–";
  g_autofree char *text = NULL;
  int width, height;

  gtk_label_set_text (self->format, format != NULL ? format : unknown);
  if (!foc_picture_view_get_dimensions (self->picture, &width, &height))
    {
      gtk_label_set_text (self->dimensions, unknown);
      return;
    }
  /* Translators: width and height of a picture in pixels. */
  text = g_strdup_printf (_ ("%d × %d"), width, height);
  gtk_label_set_text (self->dimensions, text);
}

/* The model */

static void
show_shares (FocPictureDetail *self,
             const FocModel *model,
             const FocExplained *explained,
             const guint16 *labels)
{
  guint answer = explained->shares->answer, runner_up = explained->shares->runner_up;
  g_autofree char *legend =
    foc_share_colours_make_legend (model->class_names[answer], labels[answer],
                                   model->class_names[runner_up], labels[runner_up]);
  guint8 pixels[FOC_N_FEATURES];

  foc_share_colours_paint (explained->pixel_shares, labels[answer], labels[runner_up],
                           NULL, pixels);
  foc_features_view_set_features (self->shares, pixels);
  gtk_label_set_markup (self->legend, legend);
}

static void
show_answer (FocPictureDetail *self,
             FocLoadedModel *loaded,
             const FocExplained *explained)
{
  const FocModel *model = foc_loaded_model_get_model (loaded);
  const char *const *names = (const char *const *) model->class_names;
  const char *name = names[explained->answer.label];
  g_autofree char *percent =
    foc_text_describe_probability (explained->answer.probability, 0);
  g_autofree guint16 *labels = foc_loaded_model_map_classes (
    loaded, foc_picture_item_get_catalog (self->item)->dataset);
  gboolean is_sure = explained->answer.doubt == FOC_DOUBT_NONE;
  gboolean is_wrong =
    labels != NULL
    && labels[explained->answer.label] != foc_picture_item_get_label (self->item);
  g_autofree char *reason = foc_model_describe_doubt (model, &explained->answer);
  g_autofree char *text = NULL;

  if (is_sure && is_wrong)
    /* Translators: the answer of the model, a class and its probability. */
    text = g_strdup_printf (_ ("%s, %s – wrong"), name, percent);
  else if (is_sure)
    text = g_strdup_printf (_ ("%s, %s"), name, percent);
  else
    text = g_strdup_printf (_ ("Not sure: %s, %s"), name, percent);
  gtk_label_set_text (self->answer, text);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), !is_sure);
  gtk_widget_set_visible (self->break_seal, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), TRUE);

  if (labels == NULL) /* classes of its own, with colours of their own */
    {
      labels = g_new (guint16, explained->n_classes);
      for (guint i = 0; i < explained->n_classes; i++)
        labels[i] = (guint16) i;
    }
  foc_answer_bars_set (self->bars, names, explained->probabilities, labels,
                       explained->n_classes);
  gtk_widget_set_visible (self->shares_box, explained->shares != NULL);
  if (explained->shares != NULL)
    show_shares (self, model, explained, labels);
}

/* Another model may have come into use while the question stood. */
static void
on_yes (FocPictureDetail *self)
{
  if (self->session != NULL && self->to_break == foc_session_get_model (self->session))
    foc_session_break_seal (self->session);
}

static void
on_break_seal (FocPictureDetail *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_set_object (&self->to_break, foc_session_get_model (self->session));
  foc_compat_ask (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Break the Seal?"),
    _ ("What the model says to the pictures of its holdout set will be shown. This is a "
       "look at the holdout set: each is counted, and the count is kept."),
    _ ("_Break the Seal"), G_CALLBACK (on_yes), G_OBJECT (self));
}

/* Words in place of an answer. */
static void
show_words (FocPictureDetail *self, const char *words)
{
  gtk_label_set_text (self->answer, words);
  gtk_widget_set_visible (GTK_WIDGET (self->reason), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->bars), FALSE);
  gtk_widget_set_visible (self->shares_box, FALSE);
}

/* Why there is no answer. What the run of the model can measure is looked
 * at there, where more than single answers is to be seen. */
static void
show_seal (FocPictureDetail *self, FocLoadedModel *model, const char *reason)
{
  const FocCatalog *catalog = foc_picture_item_get_catalog (self->item);

  gtk_widget_set_visible (self->break_seal, foc_loaded_model_get_breach (model, catalog)
                                              != FOC_BREACH_BY_RUN);
  show_words (self, reason);
}

static void update (FocPictureDetail *self);

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocPictureDetail *self = user_data;
  FocExplained *explained = foc_job_finish (FOC_JOB (source), result, NULL);

  if (self->asking == FOC_JOB (source))
    {
      g_clear_object (&self->asking);
      if (self->asks_again)
        update (self);
      else if (explained != NULL)
        show_answer (self, foc_session_get_model (self->session), explained);
    }
  g_clear_pointer (&explained, foc_explain_free);
}

/* One question at a time, of which none can be taken back: that about what is shown by the
 * time when it is answered follows it. */
static void
ask_aside (FocPictureDetail *self, FocLoadedModel *model, const guint8 *features)
{
  gtk_widget_set_visible (self->break_seal, FALSE);
  show_words (self, _ ("Asking the model"));
  if (self->asking != NULL)
    return;
  self->asks_again = FALSE;
  self->asking = foc_explain_run (model, features, on_answered, self);
}

static void
show_network (FocPictureDetail *self)
{
  const FocCatalog *catalog = foc_picture_item_get_catalog (self->item);
  FocLoadedModel *model = foc_session_get_model (self->session);
  guint32 row = foc_picture_item_get_row (self->item);
  g_auto (FocVerdict) verdict = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean is_read =
    catalog->store != NULL && foc_picture_item_get_status (self->item) == 0;
  gboolean has_answer =
    is_read && model != NULL && foc_verdict_make (&verdict, model, catalog, row, &error);
  gboolean is_sealed = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);

  if (!has_answer)
    is_read =
      is_read && foc_feature_store_read (catalog->store, &row, 1, verdict.features, NULL);
  gtk_widget_set_visible (self->network, is_read);
  gtk_widget_set_visible (self->model, has_answer || is_sealed);
  if (is_read)
    foc_features_view_set_features (self->features, verdict.features);
  if (has_answer && verdict.explained.probabilities == NULL)
    ask_aside (self, model, verdict.features);
  else if (has_answer)
    show_answer (self, model, &verdict.explained);
  else if (is_sealed)
    show_seal (self, model, error->message);
}

static void
update (FocPictureDetail *self)
{
  self->asks_again = TRUE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    self->item != NULL ? "picture" : "nothing");
  foc_picture_view_set_item (self->picture, self->item);
  if (self->item == NULL)
    return;

  show_file (self);
  show_dimensions (self);
  show_network (self);
}

void
foc_picture_detail_set_item (FocPictureDetail *self, FocPictureItem *item)
{
  if (item == self->item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ITEM]);
}

void
foc_picture_detail_set_session (FocPictureDetail *self, FocSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::model", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

static void
foc_picture_detail_get_property (GObject *object,
                                 guint id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ITEM:
      g_value_set_object (value, FOC_PICTURE_DETAIL (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_picture_detail_set_property (GObject *object,
                                 guint id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ITEM:
      foc_picture_detail_set_item (FOC_PICTURE_DETAIL (object),
                                   g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_picture_detail_dispose (GObject *object)
{
  FocPictureDetail *self = FOC_PICTURE_DETAIL (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_clear_object (&self->item);
  g_clear_object (&self->to_break);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_PICTURE_DETAIL);

  G_OBJECT_CLASS (foc_picture_detail_parent_class)->dispose (object);
}

static void
foc_picture_detail_class_init (FocPictureDetailClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_picture_detail_get_property;
  object_class->set_property = foc_picture_detail_set_property;
  object_class->dispose = foc_picture_detail_dispose;

  props[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, FOC_TYPE_PICTURE_ITEM,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                            | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (FOC_TYPE_ANSWER_BARS);
  g_type_ensure (FOC_TYPE_FEATURES_VIEW);
  g_type_ensure (FOC_TYPE_PICTURE_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-picture-detail.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocPictureDetail, name)
  BIND (stack);
  BIND (picture);
  BIND (name);
  BIND (class_name);
  BIND (part);
  BIND (format);
  BIND (dimensions);
  BIND (size);
  BIND (modified);
  BIND (network);
  BIND (features);
  BIND (model);
  BIND (answer);
  BIND (reason);
  BIND (bars);
  BIND (break_seal);
  BIND (shares_box);
  BIND (shares);
  BIND (legend);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, on_break_seal);
  gtk_widget_class_bind_template_callback (widget_class, show_dimensions);
}

static void
foc_picture_detail_init (FocPictureDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}
