/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-square.h"

#include "foc-rng.h"

#include <math.h>

static void
assert_square (const FocRectangle *square, double x, double y, double side)
{
  g_assert_cmpfloat (square->x, ==, x);
  g_assert_cmpfloat (square->y, ==, y);
  g_assert_cmpfloat (square->width, ==, side);
  g_assert_cmpfloat (square->height, ==, side);
}

/* "left top", "right", "middle", or "" where nothing is held. */
static void
assert_grip (double x, double y, const char *expected)
{
  static const char *const columns[] = { "left", "", "right" };
  static const char *const rows[] = { "top", "", "bottom" };
  const FocRectangle square = { 100, 50, 200, 200 };
  g_autofree char *text = NULL;
  FocSquareGrip grip;

  if (!foc_square_find_grip (&square, x, y, 10, &grip))
    text = g_strdup ("");
  else if (grip.x == 0 && grip.y == 0)
    text = g_strdup ("middle");
  else
    text = g_strstrip (g_strdup_printf ("%s %s", columns[grip.x + 1], rows[grip.y + 1]));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_grip (void)
{
  const FocRectangle tiny = { 100, 50, 24, 24 };
  FocSquareGrip grip;

  assert_grip (200, 150, "middle");
  assert_grip (91, 41, "left top");
  assert_grip (109, 150, "left");
  assert_grip (111, 150, "middle");
  assert_grip (309, 259, "right bottom");
  assert_grip (291, 55, "right top");
  assert_grip (200, 241, "bottom");
  assert_grip (200, 261, "");
  assert_grip (89, 150, "");

  /* Half of it is its middle, however small it is. */
  g_assert_true (foc_square_find_grip (&tiny, 107, 57, 100, &grip));
  g_assert_true (grip.x == 0 && grip.y == 0);
  g_assert_true (foc_square_find_grip (&tiny, 105, 57, 100, &grip));
  g_assert_true (grip.x == -1 && grip.y == 0);
}

static void
drag (FocRectangle *square, int x, int y, double dx, double dy)
{
  const FocRectangle start = *square;

  foc_square_drag (&start, (FocSquareGrip){ x, y }, dx, dy, 400, 300, square);
}

static void
test_move (void)
{
  FocRectangle square = { 50, 0, 300, 300 };

  drag (&square, 0, 0, 20.4, 99);
  assert_square (&square, 70, 0, 300);
  drag (&square, 0, 0, 1000, 0);
  assert_square (&square, 100, 0, 300);
  drag (&square, 0, 0, -1000, -1000);
  assert_square (&square, 0, 0, 300);
}

/* What is opposite to the hand stays in its place. */
static void
test_resize (void)
{
  FocRectangle square = { 100, 100, 100, 100 };

  drag (&square, 1, 1, 20, 5);
  assert_square (&square, 100, 100, 120);
  drag (&square, -1, -1, 20, 30);
  assert_square (&square, 120, 120, 100);
  drag (&square, 1, -1, 10, -4);
  assert_square (&square, 120, 110, 110);
  drag (&square, 1, 0, -10, 77);
  assert_square (&square, 120, 115, 100);
  drag (&square, 0, -1, 77, -50);
  assert_square (&square, 95, 65, 150);

  /* As far as there is room, and no smaller than there is something to see. */
  drag (&square, -1, 0, -1000, 0);
  assert_square (&square, 0, 18, 245);
  drag (&square, 1, 1, -1000, -1000);
  assert_square (&square, 0, 18, FOC_SQUARE_SIDE_MIN);
  drag (&square, -1, -1, -1000, -1000);
  assert_square (&square, 0, 18, FOC_SQUARE_SIDE_MIN);
}

static void
test_scale (void)
{
  FocRectangle square = { 100, 100, 100, 100 };

  foc_square_scale (&square, 1.1, 400, 300);
  assert_square (&square, 95, 95, 110);
  foc_square_scale (&square, 10, 400, 300);
  assert_square (&square, 0, 0, 300);
  foc_square_scale (&square, 0.001, 400, 300);
  assert_square (&square, 138, 138, FOC_SQUARE_SIDE_MIN);
  foc_square_scale (&square, 0.9, 400, 300);
  assert_square (&square, 138, 138, FOC_SQUARE_SIDE_MIN);

  /* Each time by a pixel at least. */
  foc_square_scale (&square, 1.001, 400, 300);
  g_assert_cmpfloat (square.width, ==, FOC_SQUARE_SIDE_MIN + 1);
}

/* Whatever is done: whole pixels of the picture, square, and large enough. */
static void
test_any (void)
{
  FocRng rng;

  foc_rng_init (&rng, 7, 1);
  for (int i = 0; i < 2000; i++)
    {
      int width = 1 + (int) foc_rng_below (&rng, 300);
      int height = 1 + (int) foc_rng_below (&rng, 300);
      FocRectangle square;

      foc_image_choose_region (NULL, width, height, &square);
      for (int j = 0; j < 20; j++)
        {
          const FocRectangle start = square;
          const FocSquareGrip grip = { (int) foc_rng_below (&rng, 3) - 1,
                                       (int) foc_rng_below (&rng, 3) - 1 };

          if (foc_rng_below (&rng, 4) == 0)
            foc_square_scale (&square, 2.0 * foc_rng_below (&rng, 100) / 99, width,
                              height);
          else
            foc_square_drag (&start, grip, (int) foc_rng_below (&rng, 401) / 2.0 - 100,
                             (int) foc_rng_below (&rng, 401) / 2.0 - 100, width, height,
                             &square);
          g_assert_cmpfloat (square.width, ==, square.height);
          g_assert_cmpfloat (square.width, >=,
                             MIN (FOC_SQUARE_SIDE_MIN, MIN (width, height)));
          g_assert_cmpfloat (square.x, >=, 0);
          g_assert_cmpfloat (square.y, >=, 0);
          g_assert_cmpfloat (square.x + square.width, <=, width);
          g_assert_cmpfloat (square.y + square.height, <=, height);
          g_assert_true (square.x == floor (square.x) && square.y == floor (square.y)
                         && square.width == floor (square.width));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/square/grip", test_grip);
  g_test_add_func ("/square/move", test_move);
  g_test_add_func ("/square/resize", test_resize);
  g_test_add_func ("/square/scale", test_scale);
  g_test_add_func ("/square/any", test_any);
  return g_test_run ();
}
