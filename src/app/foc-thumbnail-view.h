/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-thumbnailer.h"

/* A square with the thumbnail of one picture; an icon and a reason where the picture cannot
 * be read. Made to be cheap in a list: another picture never changes the size that it asks
 * for. Its style node is "thumbnail", with the class "problem" where there is one. Loads
 * nothing while it is not mapped. Main thread only. */

#define FOC_TYPE_THUMBNAIL_VIEW (foc_thumbnail_view_get_type ())

G_DECLARE_FINAL_TYPE (FocThumbnailView,
                      foc_thumbnail_view,
                      FOC,
                      THUMBNAIL_VIEW,
                      GtkWidget)

/* What is done about the picture while the view is mapped. */
typedef enum
{
  FOC_DEMAND_NONE, /* nothing, and the thumbnail is given back: it is out of sight */
  FOC_DEMAND_SOON, /* FOC_THUMBNAIL_SOON */
  FOC_DEMAND_NOW,  /* FOC_THUMBNAIL_NOW  */
} FocDemand;

/* FOC_DEMAND_NOW until something else is said. */
GtkWidget *foc_thumbnail_view_new (FocThumbnailer *thumbnailer, int size);

/* The side of the square, in pixels of the application. */
void foc_thumbnail_view_set_size (FocThumbnailView *self, int size);

/* The picture file; NULL for none. */
void foc_thumbnail_view_set_file (FocThumbnailView *self, const char *path, gint64 mtime);

/* A reason why there is no picture, known already; NULL for none. What goes wrong while the
 * thumbnail is loaded is shown without. */
void foc_thumbnail_view_set_problem (FocThumbnailView *self, const char *reason);

void foc_thumbnail_view_set_demand (FocThumbnailView *self, FocDemand demand);

/* Whether the thumbnail is there. */
gboolean foc_thumbnail_view_is_loaded (FocThumbnailView *self);
