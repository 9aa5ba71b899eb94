/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-square-view.h"

/* foc-square-view.c draws, foc-square-view-input.c is pointer and keys. */

struct _FocSquareView
{
  GtkWidget parent_instance;

  GPtrArray *levels;  /* of the picture, GdkPixbuf; or NULL */
  int width, height;  /* of the picture in its file */
  GdkTexture *scaled; /* as it is drawn; NULL until it is */
  FocRectangle square;
  char *description;

  GtkGesture *drag;
  gboolean is_dragging;
  FocSquareGrip grip;
  FocRectangle start; /* when the drag began */
  guint tick_id;      /* "square-changed" is still to come */
};

/* Where the picture is drawn; returns units of the widget for each of its pixels. */
double foc_square_view_find_picture (FocSquareView *self, graphene_rect_t *picture);

/* By the user. */
void foc_square_view_move (FocSquareView *self, const FocRectangle *square);

/* Once. */
void foc_square_view_add_controllers (FocSquareView *self);
