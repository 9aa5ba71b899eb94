/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-grid-search.h"

#include <math.h>
#include <string.h>

/* Which cell of a grid is the best. */

static FocSettings
make_settings (void)
{
  static const double rates[] = { 0.02, 0.004, 0.0005 };
  static const guint epochs[] = { 1, 2, 4 };
  FocSettings settings;

  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  settings.n_learning_rates = G_N_ELEMENTS (rates);
  memcpy (settings.learning_rates, rates, sizeof rates);
  settings.n_epochs = G_N_ELEMENTS (epochs);
  memcpy (settings.epochs, epochs, sizeof epochs);
  g_assert_true (foc_settings_normalise (&settings, NULL));

  return settings;
}

static void
set_cell (FocGrid *grid, guint rate, double epoch, double accuracy, double loss)
{
  FocCurvePoint point = { epoch, 0.5, 0.5, loss, accuracy };

  g_array_append_val (grid->trajectories[rate].curve, point);
}

static void
check_best (const FocGrid *grid, double rate, guint epochs)
{
  FocCell best;

  g_assert_true (foc_grid_get_best (grid, &best));
  g_assert_cmpfloat (best.learning_rate, ==, rate);
  g_assert_cmpuint (best.epochs, ==, epochs);
}

static void
test_best (void)
{
  FocSettings settings = make_settings ();
  FocCell best;

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (FocGrid) grid = foc_grid_new (&settings);

      switch (i)
        {
        case 0: /* nothing there */
          g_assert_false (foc_grid_get_best (grid, &best));
          break;

        case 1: /* nothing at an epoch that was asked for, or not a number */
          set_cell (grid, 0, 0.5, 0.9, 0.1);
          set_cell (grid, 0, 3, 0.9, 0.1);
          set_cell (grid, 1, 1, NAN, NAN);
          set_cell (grid, 1, 2, 0.9, NAN);
          set_cell (grid, 2, 4, NAN, 0.1);
          g_assert_false (foc_grid_get_best (grid, &best));
          break;

        case 2: /* accuracy before all else */
          set_cell (grid, 0, 1, 0.90, 0.1);
          set_cell (grid, 0, 4, 0.91, 0.9);
          set_cell (grid, 2, 1, 0.90, 0.1);
          check_best (grid, 0.02, 4);
          break;

        case 3: /* then loss */
          set_cell (grid, 0, 4, 0.9, 0.1);
          set_cell (grid, 1, 1, 0.9, 0.2);
          set_cell (grid, 2, 1, 0.9, 0.3);
          check_best (grid, 0.02, 4);
          break;

        case 4: /* then the number of epochs */
          set_cell (grid, 0, 2, 0.9, 0.1);
          set_cell (grid, 1, 1, 0.8, 0.1);
          set_cell (grid, 1, 4, 0.9, 0.1);
          set_cell (grid, 2, 4, 0.9, 0.1);
          check_best (grid, 0.02, 2);
          break;

        case 5: /* then the rate */
          set_cell (grid, 0, 2, 0.9, 0.1);
          set_cell (grid, 1, 2, 0.9, 0.1);
          set_cell (grid, 2, 2, 0.9, 0.1);
          check_best (grid, 0.0005, 2);
          break;

        default: /* in whatever order they come */
          set_cell (grid, 0, 1, 0.9, 0.1);
          set_cell (grid, 0, 2, 0.9, 0.1);
          set_cell (grid, 1, 1, 0.9, 0.2);
          set_cell (grid, 2, 1, 0.8, 0.0);
          check_best (grid, 0.02, 1);
          break;
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/grid-best/order", test_best);

  return g_test_run ();
}
