/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* The three parts of a split, and their names. */
typedef enum
{
  FOC_PART_TRAIN,
  FOC_PART_VALIDATION,
  FOC_PART_HOLDOUT,
  FOC_PART_NONE, /* in no part: unreadable, or not decided yet */
} FocPart;

#define FOC_N_PARTS 3

/* "train", "validation", "holdout": in documents and on the command line. */
const char *foc_part_to_string (FocPart part);
gboolean foc_part_from_string (const char *string, FocPart *part);

/* The part that a folder of this name holds by the custom of other programs:
 * train, val, valid, validation, test and holdout, in any case; else NONE. */
FocPart foc_part_from_folder (const char *name);
