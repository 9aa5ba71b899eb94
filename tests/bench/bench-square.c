/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-square open|drag MODEL PICTURE
 *
 * What one picture costs on the Classify page, without its widgets: from the file to the
 * answer, or, while its square is dragged, from one place to the answer at the next, which
 * the main loop waits for. Takes turns as bench-foc does. */

#include "foc-examination.h"

#include <stdio.h>
#include <stdlib.h>

static void
open_round (FocExamination *self, FocSource *source)
{
  foc_examination_set_source (self, source);
  while (foc_examination_get_state (self) == FOC_EXAMINATION_LOADING)
    g_main_context_iteration (NULL, TRUE);
}

/* Another place and size each time, of all there are. */
static void
drag_round (FocExamination *self, FocRng *rng)
{
  int width, height, side;

  foc_examination_get_size (self, &width, &height);
  side =
    FOC_EXAMINATION_SIDE_MIN
    + (int) foc_rng_below (rng, (guint32) MIN (width, height) - FOC_EXAMINATION_SIDE_MIN);
  foc_examination_set_square (self, foc_rng_below (rng, (guint32) (width - side + 1)),
                              foc_rng_below (rng, (guint32) (height - side + 1)), side);
}

int
main (int argc, char **argv)
{
  g_autoptr (FocExamination) examination = foc_examination_new ();
  g_autoptr (FocLoadedModel) model = NULL;
  g_autoptr (FocSource) source = NULL;
  GError *error = NULL;
  char line[16];
  FocRng rng;

  if (argc != 4)
    {
      g_printerr ("usage: bench-square open|drag MODEL PICTURE\n");
      return 2;
    }

  model = foc_loaded_model_read (argv[2], &error);
  if (model == NULL)
    g_error ("%s", error->message);
  foc_examination_set_model (examination, model);
  source = foc_source_new_for_path (argv[3]);
  open_round (examination, source);
  if (foc_examination_get_answer (examination) == NULL)
    g_error ("%s", foc_examination_get_error (examination)->message);
  foc_rng_init (&rng, 1, 0);

  puts ("ready");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      gint64 start = g_get_monotonic_time ();

      if (g_str_equal (argv[1], "open"))
        open_round (examination, source);
      else
        drag_round (examination, &rng);
      printf ("%.6f\n", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
      fflush (stdout);
    }
  return 0;
}
