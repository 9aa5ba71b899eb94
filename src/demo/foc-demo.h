/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>
#include <gio/gio.h>

/* The demo data set: invented people, drawn by the program itself, each once as
 * a photograph might show her or him and once as a comic might. It needs no
 * download, nobody's picture is in it, and one seed always gives the same files.
 *
 * Picture N of either class depends on the seed, N and the size alone. The
 * picture N of both classes shows the same person, as in the data set of the
 * paper: neither pose nor proportions tell the classes apart. Their colours
 * overlap as well, in black-and-white pictures, plain backdrops and painted
 * comics, so that a classifier has something to learn and a little to get wrong.
 *
 * "The same files" holds on one machine with one Cairo and one libjpeg; other
 * versions of them may round a pixel otherwise. */

#define FOC_DEMO_PER_CLASS_DEFAULT 500
#define FOC_DEMO_PER_CLASS_MAX 1000000
#define FOC_DEMO_SIZE_DEFAULT 256
#define FOC_DEMO_SIZE_MIN 16
#define FOC_DEMO_SIZE_MAX 4096
#define FOC_DEMO_SEED_DEFAULT 1

typedef enum
{
  FOC_DEMO_FACE,
  FOC_DEMO_COMIC,
} FocDemoKind;

/* Draws one picture of size x size pixels (FOC_DEMO_SIZE_MIN ... MAX) as a
 * CAIRO_FORMAT_RGB24 image surface. Free with cairo_surface_destroy(). Any
 * thread. */
cairo_surface_t *foc_demo_draw (FocDemoKind kind, guint64 seed, guint index, guint size);

typedef struct
{
  guint per_class; /* 1 ... FOC_DEMO_PER_CLASS_MAX pictures               */
  guint size;      /* pixels, FOC_DEMO_SIZE_MIN ... FOC_DEMO_SIZE_MAX     */
  guint64 seed;
  guint jobs; /* threads, 0 is one a processor                            */
} FocDemoOptions;

#define FOC_DEMO_OPTIONS_INIT                                                            \
  {                                                                                      \
    .per_class = FOC_DEMO_PER_CLASS_DEFAULT, .size = FOC_DEMO_SIZE_DEFAULT,              \
    .seed = FOC_DEMO_SEED_DEFAULT, .jobs = 0                                             \
  }

/* `done` of `total` pictures are on the disk. Called from the worker threads,
 * one at a time and with `done` rising; the others wait for it, so keep it short. */
typedef void (*FocDemoProgress) (guint done, guint total, gpointer user_data);

/* Writes the data set: `folder`/faces/0.jpg ... and `folder`/comics/0.jpg ...
 * Blocks until it is written; about 5 ms a picture of 256 pixels and thread.
 *
 * `folder` is created, with those above it, unless it exists and is empty: what
 * has entries, hidden ones too, is refused with G_IO_ERROR_NOT_EMPTY, so that no
 * file of the user's is ever changed. Other errors: FOC_ERROR_SETTINGS for an
 * option out of its range, G_IO_ERROR_CANCELLED, and G_FILE_ERROR.
 *
 * Whatever the error, the folder is again as it was found: pictures written so
 * far are removed, for half a data set would look like a whole one, and a second
 * attempt would be refused. (Parents that had to be created stay.) */
gboolean foc_demo_write (const char *folder,
                         const FocDemoOptions *options,
                         FocDemoProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);
