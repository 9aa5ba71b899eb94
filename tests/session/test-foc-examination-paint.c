/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-paint.h"
#include "test-examination.h"
#include "test-loop.h"
#include "test-pictures.h"

#include <string.h>

/* Paint over what the network sees of a square. */

static void
test_paint (ExaminationFixture *self, gconstpointer data)
{
  FocExamination *examination = self->examination;
  static const guint8 red[] = { 255, 0, 10 };
  static const guint pixels[] = { 7 * FOC_FEATURE_SIDE + 20, 0 };
  const guint place = pixels[0] * 3;
  guint8 before[FOC_N_FEATURES], painted[FOC_N_FEATURES];

  test_examination_open (self);
  memcpy (before, foc_examination_get_features (examination), sizeof before);
  memcpy (painted, before, sizeof before);
  memcpy (painted + place, red, 3);
  memcpy (painted, red, 3);

  foc_examination_reset_paint (examination);
  test_assert_log (self->log, "");
  foc_examination_paint (examination, pixels, 0, red);
  test_assert_log (self->log, "");
  foc_examination_paint (examination, pixels, 2, red);
  test_assert_log (self->log, "changed"); /* once */
  g_assert_true (foc_examination_is_painted (examination));
  g_assert_cmpmem (foc_examination_get_features (examination), sizeof painted, painted,
                   sizeof painted);
  test_examination_assert_answer (self, self->model);

  foc_examination_reset_paint (examination);
  test_assert_log (self->log, "changed");
  g_assert_false (foc_examination_is_painted (examination));
  g_assert_cmpmem (foc_examination_get_features (examination), sizeof before, before,
                   sizeof before);
  test_examination_assert_answer (self, self->model);

  /* Paint stays where the features under it become exact, and goes with the square. */
  foc_examination_set_square (examination, 0, 0, 150);
  foc_examination_paint (examination, pixels, 1, red);
  TEST_WAIT (foc_examination_is_exact (examination));
  g_assert_true (foc_examination_is_painted (examination));
  g_assert_cmpmem (foc_examination_get_features (examination) + place, 3, red, 3);
  foc_examination_set_square (examination, 1, 0, 150);
  g_assert_false (foc_examination_is_painted (examination));
  g_assert_cmpint (
    test_difference (foc_examination_get_features (examination) + place, red, 3), >, 0);

  foc_examination_paint (examination, pixels + 1, 1, red);
  foc_examination_set_source (examination, self->source);
  g_assert_false (foc_examination_is_painted (examination));
  test_examination_wait (self);
  g_assert_cmpmem (foc_examination_get_features (examination), sizeof before, before,
                   sizeof before);
}

static gboolean
has_colour (ExaminationFixture *self, guint pixel, const guint8 rgb[3])
{
  const guint8 *features = foc_examination_get_features (self->examination);

  return memcmp (features + pixel * FOC_FEATURE_CHANNELS, rgb, 3) == 0;
}

/* Stroke by stroke; and what was taken away, with the square that it was on. */
static void
test_undo_paint (ExaminationFixture *self, gconstpointer data)
{
  FocExamination *examination = self->examination;
  static const guint8 red[] = { 255, 0, 10 }, green[] = { 0, 255, 10 };
  static const guint pixels[] = { 25, 26, 27 };

  foc_examination_undo_paint (examination);
  test_assert_log (self->log, "");
  test_examination_open (self);
  foc_examination_set_square (examination, 10, 20, 100);
  g_assert_false (foc_examination_can_undo_paint (examination));

  foc_examination_begin_stroke (examination);
  foc_examination_paint (examination, pixels, 1, red);
  foc_examination_paint (examination, pixels + 1, 1, red);
  foc_examination_begin_stroke (examination);
  foc_examination_paint (examination, pixels, 3, green);
  foc_examination_set_square (examination, 20, 20, 100);
  foc_examination_set_square (examination, 30, 20, 100);
  g_assert_false (foc_examination_is_painted (examination));

  g_string_truncate (self->log, 0);
  foc_examination_undo_paint (examination);
  test_assert_log (self->log, "changed");
  test_examination_assert_square (self, 10, 20, 100);
  g_assert_true (has_colour (self, 25, green) && has_colour (self, 27, green));
  test_examination_assert_answer (self, self->model);
  TEST_WAIT (foc_examination_is_exact (examination));
  g_assert_true (has_colour (self, 27, green));

  foc_examination_reset_paint (examination);
  foc_examination_undo_paint (examination);
  g_assert_true (has_colour (self, 27, green));
  foc_examination_undo_paint (examination);
  g_assert_true (has_colour (self, 25, red) && has_colour (self, 26, red));
  g_assert_false (has_colour (self, 27, green));
  foc_examination_undo_paint (examination);
  g_assert_false (foc_examination_is_painted (examination));
  g_assert_false (foc_examination_can_undo_paint (examination));

  /* Only so much is kept, and nothing of another picture. */
  for (guint i = 0; i < 2 * FOC_PAINT_N_STEPS; i++)
    {
      foc_examination_begin_stroke (examination);
      foc_examination_paint (examination, pixels, 1, i % 2 == 0 ? red : green);
    }
  for (guint i = 0; i < FOC_PAINT_N_STEPS; i++)
    foc_examination_undo_paint (examination);
  g_assert_false (foc_examination_can_undo_paint (examination));
  g_assert_true (foc_examination_is_painted (examination));
  foc_examination_paint (examination, pixels, 1, red);
  foc_examination_set_source (examination, self->source);
  g_assert_false (foc_examination_can_undo_paint (examination));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST_EXAMINATION ("examination-paint/features", test_paint);
  TEST_EXAMINATION ("examination-paint/undo", test_undo_paint);

  return g_test_run ();
}
