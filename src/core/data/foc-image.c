/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-image.h"

#include "foc-error.h"
#include "foc-file.h"
#include "foc-image-header.h"
#include "foc-image-loader.h"
#include "foc-image-private.h"
#include "foc-jpeg.h"
#include "foc-limits.h"

#include <errno.h>
#include <math.h>
#include <unistd.h>

/* The limits fit together: any picture that is allowed can be decoded. */
G_STATIC_ASSERT (FOC_LIMIT_IMAGE_PIXELS <= FOC_LIMIT_DECODING_PIXELS);

/* How often a waiting thread looks whether it has been cancelled. */
#define BUDGET_WAIT_US (20 * G_TIME_SPAN_MILLISECOND)

/* Read in pieces, so that cancelling works on a slow disk too. */
#define PIECE ((gsize) 4 * 1024 * 1024)

static GMutex budget_lock;
static GCond budget_returned;
static guint64 budget_taken;

gboolean
foc_image_budget_take (guint64 pixels, GCancellable *cancellable)
{
  gboolean taken = FALSE;

  g_assert (pixels <= FOC_LIMIT_DECODING_PIXELS);

  g_mutex_lock (&budget_lock);
  while (!g_cancellable_is_cancelled (cancellable) && !taken)
    {
      if (budget_taken + pixels <= FOC_LIMIT_DECODING_PIXELS)
        {
          budget_taken += pixels;
          taken = TRUE;
        }
      else
        {
          g_cond_wait_until (&budget_returned, &budget_lock,
                             g_get_monotonic_time () + BUDGET_WAIT_US);
        }
    }
  g_mutex_unlock (&budget_lock);

  return taken;
}

void
foc_image_budget_return (guint64 pixels)
{
  if (pixels == 0)
    return;

  g_mutex_lock (&budget_lock);
  budget_taken -= pixels;
  g_cond_broadcast (&budget_returned);
  g_mutex_unlock (&budget_lock);
}

gboolean
foc_image_size_allowed (gint64 width, gint64 height)
{
  return width > 0 && height > 0 && width <= FOC_LIMIT_IMAGE_SIDE
         && height <= FOC_LIMIT_IMAGE_SIDE && width * height <= FOC_LIMIT_IMAGE_PIXELS;
}

/* Clips the stretch at `start` of `length` to 0 ... `end`; a pixel remains. */
static void
clip (double *start, double *length, double end)
{
  double stop = CLAMP (*start + *length, 1.0, end);

  *start = CLAMP (*start, 0.0, stop - 1.0);
  *length = stop - *start;
}

void
foc_image_choose_region (const FocRectangle *wanted,
                         int width,
                         int height,
                         FocRectangle *region)
{
  int side = MIN (width, height);

  if (wanted != NULL && isfinite (wanted->x) && isfinite (wanted->y)
      && isfinite (wanted->width) && isfinite (wanted->height))
    {
      *region = *wanted;
      clip (&region->x, &region->width, width);
      clip (&region->y, &region->height, height);
      return;
    }

  /* Whole pixels: half a pixel more to the left blurs a sharp picture. */
  *region = (FocRectangle){ (width - side) / 2, (height - side) / 2, side, side };
}

void
foc_image_turn (FocRectangle *rectangle, int orientation, double width, double height)
{
  FocRectangle from = *rectangle;
  double from_right = width - from.x - from.width;
  double from_bottom = height - from.y - from.height;

  switch (orientation)
    {
    case 2: /* mirrored */
      rectangle->x = from_right;
      break;
    case 3: /* upside down */
      rectangle->x = from_right;
      rectangle->y = from_bottom;
      break;
    case 4: /* mirrored and upside down */
      rectangle->y = from_bottom;
      break;
    case 5: /* mirrored along the diagonal */
      *rectangle = (FocRectangle){ from.y, from.x, from.height, from.width };
      break;
    case 6: /* to be turned clockwise */
      *rectangle = (FocRectangle){ from_bottom, from.x, from.height, from.width };
      break;
    case 7: /* mirrored along the other diagonal */
      *rectangle = (FocRectangle){ from_bottom, from_right, from.height, from.width };
      break;
    case 8: /* to be turned anticlockwise */
      *rectangle = (FocRectangle){ from.y, from_right, from.height, from.width };
      break;
    default:
      break;
    }
}

/* What `code`, if it is one, says of the picture `name`; FALSE then. */
static gboolean
check (int code, const char *name, GCancellable *cancellable, GError **error)
{
  if (code == FOC_IMAGE_CANCELLED)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else if (code != 0)
    foc_error_set_image (error, code, name);
  return code == 0;
}

static int
find_code (int open_errno)
{
  switch (open_errno)
    {
    case EISDIR:
      return FOC_ERROR_IMAGE_FOLDER;
    case EINVAL:
    case ENXIO:
      return FOC_ERROR_IMAGE_SPECIAL;
    default:
      return FOC_ERROR_IMAGE_NO_ACCESS;
    }
}

/* The whole file, or a code. Not foc_file_read(): it would lose which of our
 * reasons it was. */
static int
read_file (const char *path, guint8 **data, gsize *length, GCancellable *cancellable)
{
  guint64 size = 0;
  gsize done = 0;
  int code = 0;
  int fd = foc_file_open (path, &size);

  if (fd < 0)
    return find_code (errno);

  if (size > FOC_LIMIT_IMAGE_BYTES)
    code = FOC_ERROR_IMAGE_TOO_LARGE;
  else if (size == 0)
    code = FOC_ERROR_IMAGE_EMPTY;
  else if ((*data = g_try_malloc (size)) == NULL)
    code = FOC_ERROR_IMAGE_TOO_LARGE;

  while (code == 0 && done < size)
    {
      ssize_t got = read (fd, *data + done, MIN (size - done, PIECE));

      if (g_cancellable_is_cancelled (cancellable))
        code = FOC_IMAGE_CANCELLED;
      else if (got < 0 && errno != EINTR)
        code = FOC_ERROR_IMAGE_NO_ACCESS;
      else if (got == 0) /* it became shorter meanwhile */
        break;
      else if (got > 0)
        done += (gsize) got;
    }
  close (fd);

  *length = done;
  return code == 0 && done == 0 ? FOC_ERROR_IMAGE_EMPTY : code;
}

GBytes *
foc_image_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *data = NULL;
  gsize length = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !check (read_file (path, &data, &length, cancellable), path, cancellable, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), length);
}

gboolean
foc_image_load_bytes (GBytes *bytes,
                      const char *name,
                      const FocRectangle *region,
                      int min_side,
                      FocImage *image,
                      GCancellable *cancellable,
                      GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  FocImageFormat format;
  int code;

  *image = (FocImage){ 0 };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (length == 0)
    return check (FOC_ERROR_IMAGE_EMPTY, name, cancellable, error);
  if (length > FOC_LIMIT_IMAGE_BYTES)
    return check (FOC_ERROR_IMAGE_TOO_LARGE, name, cancellable, error);

  format = foc_image_header_format (data, length);
  if (format == FOC_IMAGE_FORMAT_UNKNOWN)
    code = FOC_ERROR_IMAGE_FORMAT;
  else if (format == FOC_IMAGE_FORMAT_JPEG)
    code = foc_jpeg_decode (data, length, region, min_side, image, cancellable);
  else
    code = foc_image_loader_decode (format, data, length, region, image, cancellable);
  image->is_whole = code == 0 && format != FOC_IMAGE_FORMAT_JPEG;

  return check (code, name, cancellable, error);
}

gboolean
foc_image_load (const char *path,
                const FocRectangle *region,
                int min_side,
                FocImage *image,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GBytes) bytes = foc_image_read (path, cancellable, error);

  *image = (FocImage){ 0 };

  return bytes != NULL
         && foc_image_load_bytes (bytes, path, region, min_side, image, cancellable,
                                  error);
}

const char *
foc_image_get_decoders (void)
{
  static gsize initialised;
  static char *decoders;

  if (g_once_init_enter (&initialised))
    {
      decoders = g_strdup_printf ("libjpeg-turbo %s, gdk-pixbuf %s",
                                  foc_jpeg_get_version (), gdk_pixbuf_version);
      g_once_init_leave (&initialised, 1);
    }

  return decoders;
}

void
foc_image_clear (FocImage *image)
{
  g_clear_object (&image->pixbuf);
}
