/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-picture-item.h"

/* What is to be said of a picture, in one mark and in words. Main thread only. */

/* The weightiest thing comes last. */
typedef enum
{
  FOC_MARK_NONE,
  FOC_MARK_DUPLICATE,
  FOC_MARK_NOT_SURE,
  FOC_MARK_LEAK,
  FOC_MARK_WRONG,
  FOC_MARK_UNREADABLE,
} FocMark;

#define FOC_N_MARKS (FOC_MARK_UNREADABLE + 1)

/* The weightiest of all that is to be said of it. */
FocMark foc_picture_get_mark (FocPictureItem *item);

/* Its symbolic icon and its class in the style sheet; NULL for FOC_MARK_NONE. Static. */
const char *foc_mark_get_icon_name (FocMark mark);
const char *foc_mark_get_style_class (FocMark mark);

/* "NAME, CLASS, SPLIT", by which a screen reader tells pictures apart. g_free(). */
char *foc_picture_get_accessible_name (FocPictureItem *item);

/* Why it has its mark, and all else that is to be said of it: sentences, a line each. NULL if
 * there is nothing. g_free(). */
char *foc_picture_describe (FocPictureItem *item);
