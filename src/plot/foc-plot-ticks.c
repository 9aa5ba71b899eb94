/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-ticks.h"

#include <math.h>
#include <string.h>

static const double mantissas[] = { 1, 2, 5 };

/* A step of 0.1 times three is not quite 0.3. */
#define SLACK 1e-6

/* Numbers from here on, and steps below, are written as powers of ten. */
#define LARGE 1e6
#define SMALL 1e-4

double
foc_plot_ticks_step (double span, guint most)
{
  double power = pow (10, floor (log10 (span / most)));

  for (guint i = 0; i < 2 * G_N_ELEMENTS (mantissas); i++)
    {
      double step = mantissas[i % 3] * power * (i < 3 ? 1 : 10);

      if (span / step <= most * (1 + SLACK))
        return step;
    }
  return 100 * power;
}

void
foc_plot_ticks_linear (FocPlotTicks *self, double from, double to, guint most)
{
  double step = foc_plot_ticks_step (to - from, most - 1);
  double first = ceil (from / step - SLACK);
  double largest = MAX (fabs (from), fabs (to));

  memset (self, 0, sizeof *self);
  self->powers = largest >= LARGE || step < SMALL;
  self->decimals = (int) -floor (log10 (step) + SLACK);
  for (double k = first; self->n < most && k * step <= to + SLACK * step; k++)
    {
      /* Where the step is lost in the size of the numbers, k stops growing. */
      if (self->n > 0 && k * step <= self->values[self->n - 1])
        break;
      self->values[self->n++] = k * step;
    }
}

void
foc_plot_ticks_logarithmic (FocPlotTicks *self, double from, double to, guint most)
{
  double first = ceil (log10 (from) - SLACK);
  double last = floor (log10 (to) + SLACK);
  guint n_mantissas = 0;
  double every = 1;

  memset (self, 0, sizeof *self);
  if (last - first + 1 > most)
    every = ceil ((last - first + 1) / most);

  /* 1, 2 and 5; or the powers alone, every so many. */
  for (double e = first - 1; e <= last; e++)
    for (guint i = 0; i < G_N_ELEMENTS (mantissas) && every <= 1; i++)
      if (mantissas[i] * pow (10, e) >= from * (1 - SLACK)
          && mantissas[i] * pow (10, e) <= to * (1 + SLACK))
        n_mantissas++;
  if (n_mantissas < 3 && last - first < 1)
    {
      foc_plot_ticks_linear (self, from, to, most);
      while (self->n > 0 && self->values[0] <= 0)
        memmove (self->values, self->values + 1, --self->n * sizeof *self->values);
      return;
    }

  self->powers = first < log10 (SMALL) || last >= log10 (LARGE);
  self->each = TRUE;
  for (double e = first - 1; e <= last; e++)
    for (guint i = 0; i < G_N_ELEMENTS (mantissas) && self->n < most; i++)
      {
        double value = mantissas[i] * pow (10, e);

        if (i > 0 && (every > 1 || n_mantissas > most))
          continue;
        if (i == 0 && every > 1 && fmod (e - first, every) != 0)
          continue;
        if (value >= from * (1 - SLACK) && value <= to * (1 + SLACK))
          self->values[self->n++] = value;
      }
}

/* Puts a true minus in place of the hyphen. */
static char *
with_minus (const char *number)
{
  return *number == '-' ? g_strconcat ("\u2212", number + 1, NULL) : g_strdup (number);
}

char *
foc_plot_number (double value, int decimals)
{
  g_autofree char *plain = NULL;

  if (!isfinite (value))
    return g_strdup ("\u2013");
  plain = g_strdup_printf ("%'.*f", decimals, value);
  /* Nothing is less than nothing: "-0.00" is written without its sign. */
  return strpbrk (plain, "123456789") ? with_minus (plain)
                                      : g_strdup (plain + (*plain == '-'));
}

char *
foc_plot_number_signed (double value, int decimals)
{
  g_autofree char *number = foc_plot_number (value, decimals);

  return value > 0 && isfinite (value) && strpbrk (number, "123456789")
           ? g_strconcat ("+", number, NULL)
           : g_steal_pointer (&number);
}

/* 0.00002 as 2 x 10 to the -5th. */
static char *
power_label (double value, int digits)
{
  static const char *const raised[] = {
    "\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074",
    "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"
  };
  double exponent = floor (log10 (fabs (value)) + 1e-9);
  double mantissa = value / pow (10, exponent);
  g_autofree char *exponent_text = g_strdup_printf ("%.0f", exponent);
  g_autofree char *mantissa_text = g_strdup_printf ("%.*g", digits, mantissa);
  g_autofree char *number = with_minus (mantissa_text);
  GString *text = g_string_new (NULL);

  if (g_str_equal (mantissa_text, "-1"))
    g_string_append (text, "\u2212");
  else if (!g_str_equal (mantissa_text, "1"))
    g_string_append_printf (text, "%s\u00d7", number);
  g_string_append (text, "10");
  for (const char *c = exponent_text; *c; c++)
    g_string_append (text, *c == '-' ? "\u207b" : raised[*c - '0']);
  return g_string_free (text, FALSE);
}

char *
foc_plot_ticks_label (const FocPlotTicks *self, guint index)
{
  double value = self->values[index];

  if (value == 0)
    return g_strdup ("0");
  if (self->powers)
    {
      int exponent = (int) floor (log10 (fabs (value)) + SLACK);

      return power_label (value,
                          self->each ? 1 : CLAMP (1 + exponent + self->decimals, 1, 17));
    }
  if (self->each)
    return foc_plot_number (value, MAX (0, (int) -floor (log10 (value) + SLACK)));
  return foc_plot_number (value, MAX (0, self->decimals));
}
