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

struct _FocPictureView
{
  GtkWidget parent_instance;

  GtkWidget *stack; /* "picture", "problem" */
  GtkPicture *picture;
  GtkLabel *problem;

  char *path;
  gint64 mtime;
  FocJob *job;
  int width, height; /* 0: not known */
  char *format;      /* the same, NULL */
};

G_DEFINE_FINAL_TYPE (FocPictureView, foc_picture_view, GTK_TYPE_WIDGET)

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
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    error == NULL ? "picture" : "problem");
  g_signal_emit (self, loaded_signal, 0);
}

static void
stop (FocPictureView *self)
{
  g_autoptr (FocJob) job = g_steal_pointer (&self->job);

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
      return;
    }

  /* The picture before stays until this one is there: nothing flickers. */
  gtk_picture_set_alternative_text (self->picture, foc_picture_item_get_name (item));
  self->job = foc_job_new ();
  foc_job_run (self->job, decode, g_strdup (path), g_free, decoded_free, on_decoded,
               self);
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
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_picture_view_dispose;
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
}

GtkWidget *
foc_picture_view_new (void)
{
  return g_object_new (FOC_TYPE_PICTURE_VIEW, NULL);
}
