/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-explained.h"
#include "foc-loaded-model.h"
#include "foc-source.h"

/* One picture, and what the model says to a square of it, live.
 *
 * The file is read once, by a FocJob; what is asked later is answered from memory, which
 * holds the file's bytes as long as the picture is shown. While the square moves, the answer
 * follows at once, from the pixels that are shown. When it has rested for
 * FOC_EXAMINATION_REST milliseconds, and when a picture is loaded, features are made from
 * the file as the terminal makes them ("explain --square"), so that the answer is exactly
 * the terminal's.
 *
 * Properties: "state" (FocExaminationState, a uint, read-only) and "model" (FocLoadedModel;
 * NULL: no answer). Signals, each after everything is up to date:
 *
 *     loaded     the state has become READY or FAILED
 *     changed    square, features, paint or answer are others
 *
 * Main thread only. */

#define FOC_TYPE_EXAMINATION (foc_examination_get_type ())

G_DECLARE_FINAL_TYPE (FocExamination, foc_examination, FOC, EXAMINATION, GObject)

typedef enum
{
  FOC_EXAMINATION_NOTHING, /* no source                              */
  FOC_EXAMINATION_LOADING,
  FOC_EXAMINATION_READY,
  FOC_EXAMINATION_FAILED,
} FocExaminationState;

/* The smallest square, in pixels of the picture in its file. */
#define FOC_EXAMINATION_SIDE_MIN 24

#define FOC_EXAMINATION_REST 150

FocExamination *foc_examination_new (void);

/* The newest source wins: one that is still being read is given up. The same source again
 * is read again. NULL for none, which cancels. */
void foc_examination_set_source (FocExamination *self, FocSource *source);
FocSource *foc_examination_get_source (FocExamination *self);

void foc_examination_set_model (FocExamination *self, FocLoadedModel *model);
FocLoadedModel *foc_examination_get_model (FocExamination *self);

FocExaminationState foc_examination_get_state (FocExamination *self);
/* FAILED: why, a sentence that names the picture; else NULL. */
const GError *foc_examination_get_error (FocExamination *self);

/* All of this but the square's setters is for READY; else they are NULL, zero or FALSE, and
 * the setters do nothing. */

/* For showing: the levels of a FocShownPicture, no side longer than FOC_SHOWN_PICTURE_MAX,
 * 2048, another array for each picture; and the size in the file, upright. */
GPtrArray *foc_examination_get_levels (FocExamination *self);
void foc_examination_get_size (FocExamination *self, int *width, int *height);

/* The square, in pixels of the upright picture in its file, always whole ones. It is moved
 * and shrunk to lie within the picture, and enlarged to FOC_EXAMINATION_SIDE_MIN as far as
 * the picture is. Every other square takes the paint away. The default is the largest one in
 * the middle. */
void foc_examination_set_square (FocExamination *self, double x, double y, double side);
void foc_examination_get_square (FocExamination *self, FocRectangle *square);
void foc_examination_reset_square (FocExamination *self);
gboolean foc_examination_is_default_square (FocExamination *self);

/* Whether the features are those of the file. FALSE while the square moves, and until it
 * has rested and been looked at. */
gboolean foc_examination_is_exact (FocExamination *self);

/* What the network sees, paint included: FOC_N_FEATURES bytes, until the next "changed". */
const guint8 *foc_examination_get_features (FocExamination *self);

/* Sets `n` of the 24 x 24 pixels, row * FOC_FEATURE_SIDE + column, whatever the picture has
 * there, to one colour; the model is asked once. And takes all paint away. */
void foc_examination_paint (FocExamination *self,
                            const guint *pixels,
                            guint n,
                            const guint8 rgb[FOC_FEATURE_CHANNELS]);
void foc_examination_reset_paint (FocExamination *self);
gboolean foc_examination_is_painted (FocExamination *self);

/* The last FOC_PAINT_N_STEPS, 100, steps can be undone, the newest first: a stroke, which is all
 * that is painted until the next one is begun; and that paint was taken away, also by a square that
 * moved, which comes back with it. */
void foc_examination_begin_stroke (FocExamination *self);
gboolean foc_examination_can_undo_paint (FocExamination *self);
void foc_examination_undo_paint (FocExamination *self);

/* NULL where there is no model; and where it is too large to answer at once
 * (foc_explains_at_once()), until a thread has found out. Until the next "changed". */
const FocExplained *foc_examination_get_answer (FocExamination *self);
