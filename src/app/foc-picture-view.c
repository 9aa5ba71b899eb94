/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-view.h"

#include "foc-image.h"
#include "foc-job.h"
#include "foc-limits.h"
#include "foc-pixels.h"

#include <glib/gi18n.h>
#include <math.h>

/* No side is kept larger than this; more than most screens have. */
#define MAX_SIDE 2048
/* Milliseconds after which a picture that is not there yet is waited for visibly. */
#define PATIENCE 400

/* Outside the square, and its edge: dark and light, to be seen on every picture. */
static const GdkRGBA shade = { 0, 0, 0, 0.45f };
static const GdkRGBA edge[] = { { 0, 0, 0, 0.8f }, { 1, 1, 1, 1 } };

struct _FocPictureView
{
  GtkWidget parent_instance;

  GtkWidget *stack; /* "picture", "problem", "loading" */
  GtkPicture *picture;
  GtkLabel *problem;
  GtkSpinner *spinner;
  gboolean shows_square;

  char *path;
  gint64 mtime;
  FocJob *job;
  guint patience_id;
  int width, height; /* 0: not known */
  char *format;      /* the same, NULL */
};

G_DEFINE_FINAL_TYPE (FocPictureView, foc_picture_view, GTK_TYPE_WIDGET)

enum
{
  PROP_SHOWS_SQUARE = 1
};

static guint loaded_signal;

typedef struct
{
  GBytes *pixels;
  int width, height;           /* of the pixels             */
  int full_width, full_height; /* of the picture in its file */
  char *format;                /* "JPEG", or NULL           */
} Decoded;

static void
decoded_free (gpointer data)
{
  Decoded *self = data;

  g_bytes_unref (self->pixels);
  g_free (self->format);
  g_free (self);
}

/* By what is in the file, whatever its name says. */
static char *
find_format (const char *path)
{
  GdkPixbufFormat *format = gdk_pixbuf_get_file_info (path, NULL, NULL);
  g_autofree char *name = format != NULL ? gdk_pixbuf_format_get_name (format) : NULL;

  return name != NULL ? g_ascii_strup (name, -1) : NULL;
}

static gpointer
decode (FocJob *job, gpointer path, GCancellable *cancellable, GError **error)
{
  const FocRectangle everything = { 0, 0, FOC_LIMIT_IMAGE_SIDE, FOC_LIMIT_IMAGE_SIDE };
  g_auto (FocImage) image = { 0 };
  Decoded *decoded;
  double scale;

  if (!foc_image_load (path, &everything, MAX_SIDE / 2, &image, cancellable, error))
    return NULL;

  decoded = g_new0 (Decoded, 1);
  decoded->full_width = image.full_width;
  decoded->full_height = image.full_height;
  decoded->format = find_format (path);
  scale = MIN (1, MAX_SIDE / MAX (image.region.width, image.region.height));
  decoded->width = MAX ((int) lround (image.region.width * scale), 1);
  decoded->height = MAX ((int) lround (image.region.height * scale), 1);
  decoded->pixels = foc_pixels_new (&image, decoded->width, decoded->height);
  return decoded;
}

static void
show (FocPictureView *self, const char *name)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
}

static gboolean
lose_patience (gpointer user_data)
{
  FocPictureView *self = user_data;

  self->patience_id = 0;
  show (self, "loading");
  return G_SOURCE_REMOVE;
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocPictureView *self = user_data;
  g_autoptr (GError) error = NULL;
  Decoded *decoded = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->job != FOC_JOB (source))
    {
      g_clear_pointer (&decoded, decoded_free);
      return;
    }

  g_clear_object (&self->job);
  if (decoded != NULL)
    {
      g_autoptr (GdkTexture) texture = gdk_memory_texture_new (
        decoded->width, decoded->height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
        decoded->pixels, (gsize) decoded->width * 4);

      self->width = decoded->full_width;
      self->height = decoded->full_height;
      self->format = g_steal_pointer (&decoded->format);
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
      decoded_free (decoded);
    }
  else
    {
      gtk_picture_set_paintable (self->picture, NULL);
      gtk_label_set_text (self->problem, error->message);
    }
  show (self, error == NULL ? "picture" : "problem");
  g_signal_emit (self, loaded_signal, 0);
}

static void
stop (FocPictureView *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (job != NULL)
    foc_job_cancel (job);
}

void
foc_picture_view_set_item (FocPictureView *self, FocPictureItem *item)
{
  const char *path = item != NULL ? foc_picture_item_get_path (item) : NULL;
  gint64 mtime = item != NULL ? foc_picture_item_get_mtime (item) : 0;

  if (g_strcmp0 (path, self->path) == 0 && mtime == self->mtime)
    return;

  stop (self);
  g_free (self->path);
  self->path = g_strdup (path);
  self->mtime = mtime;
  self->width = self->height = 0;
  g_clear_pointer (&self->format, g_free);
  if (item == NULL)
    {
      gtk_picture_set_paintable (self->picture, NULL);
      show (self, "picture");
      return;
    }

  /* The picture before stays until this one is there: nothing flickers. */
  gtk_picture_set_alternative_text (self->picture, foc_picture_item_get_name (item));
  self->job = foc_job_new ();
  foc_job_run (self->job, decode, g_strdup (path), g_free, decoded_free, on_decoded,
               self);
  self->patience_id = g_timeout_add (PATIENCE, lose_patience, self);
}

gboolean
foc_picture_view_is_loading (FocPictureView *self)
{
  return self->job != NULL;
}

gboolean
foc_picture_view_get_dimensions (FocPictureView *self, int *width, int *height)
{
  *width = self->width;
  *height = self->height;
  return self->width > 0;
}

const char *
foc_picture_view_get_format (FocPictureView *self)
{
  return self->format;
}

/* The square that the network looks at, where the picture is drawn; FALSE if it is the
 * whole picture. */
static gboolean
find_square (FocPictureView *self, graphene_rect_t *picture, graphene_rect_t *square)
{
  FocRectangle region;
  float scale;

  if (self->width == self->height
      || !gtk_widget_compute_bounds (GTK_WIDGET (self->picture), GTK_WIDGET (self),
                                     picture))
    return FALSE;

  scale = MIN (picture->size.width / (float) self->width,
               picture->size.height / (float) self->height);
  graphene_rect_inset (picture, (picture->size.width - scale * (float) self->width) / 2,
                       (picture->size.height - scale * (float) self->height) / 2);
  foc_image_choose_region (NULL, self->width, self->height, &region);
  graphene_rect_init (square, picture->origin.x + scale * (float) region.x,
                      picture->origin.y + scale * (float) region.y,
                      scale * (float) region.width, scale * (float) region.height);
  return TRUE;
}

static void
draw_square (GtkSnapshot *snapshot,
             const graphene_rect_t *picture,
             const graphene_rect_t *square)
{
  GskRoundedRect outline;
  graphene_rect_t before = *picture;
  graphene_rect_t after = *picture;

  if (picture->size.width > picture->size.height)
    {
      before.size.width = square->origin.x - picture->origin.x;
      after.origin.x = square->origin.x + square->size.width;
      after.size.width = before.size.width;
    }
  else
    {
      before.size.height = square->origin.y - picture->origin.y;
      after.origin.y = square->origin.y + square->size.height;
      after.size.height = before.size.height;
    }
  gtk_snapshot_append_color (snapshot, &shade, &before);
  gtk_snapshot_append_color (snapshot, &shade, &after);

  gsk_rounded_rect_init_from_rect (&outline, square, 0);
  for (guint i = 0; i < G_N_ELEMENTS (edge); i++)
    {
      const GdkRGBA colours[] = { edge[i], edge[i], edge[i], edge[i] };

      gtk_snapshot_append_border (snapshot, &outline, (float[]){ 1, 1, 1, 1 }, colours);
      gsk_rounded_rect_shrink (&outline, 1, 1, 1, 1);
    }
}

static void
foc_picture_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FocPictureView *self = FOC_PICTURE_VIEW (widget);
  graphene_rect_t picture, square;

  GTK_WIDGET_CLASS (foc_picture_view_parent_class)->snapshot (widget, snapshot);
  if (self->shows_square && self->width > 0 && find_square (self, &picture, &square))
    draw_square (snapshot, &picture, &square);
}

static void
foc_picture_view_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOWS_SQUARE:
      g_value_set_boolean (value, FOC_PICTURE_VIEW (object)->shows_square);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_picture_view_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOWS_SQUARE:
      FOC_PICTURE_VIEW (object)->shows_square = g_value_get_boolean (value);
      gtk_widget_queue_draw (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_picture_view_dispose (GObject *object)
{
  FocPictureView *self = FOC_PICTURE_VIEW (object);

  stop (self);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->format, g_free);

  G_OBJECT_CLASS (foc_picture_view_parent_class)->dispose (object);
}

static void
foc_picture_view_class_init (FocPictureViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_picture_view_get_property;
  object_class->set_property = foc_picture_view_set_property;
  object_class->dispose = foc_picture_view_dispose;
  widget_class->snapshot = foc_picture_view_snapshot;

  g_object_class_install_property (
    object_class, PROP_SHOWS_SQUARE,
    g_param_spec_boolean ("shows-square", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  loaded_signal = g_signal_new ("loaded", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
foc_picture_view_init (FocPictureView *self)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));

  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->picture), "picture");

  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_wrap_mode (self->problem, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (self->problem, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "dim-label");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->problem), "problem");

  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spinner),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The picture is being read"), -1);
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->spinner), "loading");
}

GtkWidget *
foc_picture_view_new (void)
{
  return g_object_new (FOC_TYPE_PICTURE_VIEW, NULL);
}
