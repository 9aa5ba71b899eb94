/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-explanation-sums.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "foc-plot-ticks.h"
#include "foc-plot.h"

#define N_ROWS (FOC_EXPLANATION_CHANNELS + 1)

enum
{
  COLUMN_NAME,
  COLUMN_ABOVE,
  COLUMN_BELOW,
  COLUMN_SUM,
  N_COLUMNS,
};

/* In em. */
#define COLUMN_GAP 1.5
#define NOTES_GAP 2.0          /* between the table and the sentences beside it */
#define NOTES_WIDTH_LEAST 20.0 /* of sentences beside the table                 */
#define MARGIN 1.0

struct _FocSumsLayout
{
  char *cells[N_ROWS + 1][N_COLUMNS]; /* the first row is the head */
  double widths[N_COLUMNS];
  char *notes;
  double table_width, table_height; /* height 0: there is no room */
  double notes_width, notes_height;
  gboolean beside; /* the sentences are beside the table, not below it */
  double height;   /* of both */
};

void
foc_sums_layout_free (FocSumsLayout *self)
{
  for (guint row = 0; row <= N_ROWS; row++)
    for (guint column = 0; column < N_COLUMNS; column++)
      g_free (self->cells[row][column]);
  g_free (self->notes);
  g_free (self);
}

/* Decimals that show `value` to four digits. */
static int
decimals_of (double value)
{
  return value > 0 && isfinite (value) ? (int) CLAMP (3 - floor (log10 (value)), 0, 8)
                                       : 2;
}

static char *
notes (const FocExplanationSums *sums)
{
  int decimals =
    decimals_of (MAX (fabs (sums->answer_logit), fabs (sums->runner_up_logit)));
  g_autofree char *answer_logit = foc_plot_number (sums->answer_logit, decimals);
  g_autofree char *runner_up_logit = foc_plot_number (sums->runner_up_logit, decimals);
  g_autofree char *answer = foc_plot_isolate (sums->answer);
  g_autofree char *runner_up = foc_plot_isolate (sums->runner_up);
  g_autofree char *total =
    foc_plot_number (sums->answer_logit - sums->runner_up_logit, decimals);
  g_autofree char *addition = g_strdup_printf (
    /* Translators: names of two classes with their logits, the difference of these. */
    _ ("All shares add up to the logit of %s (%s) minus that of %s (%s): %s."), answer,
    answer_logit, runner_up, runner_up_logit, total);

  return g_strconcat (
    addition, "\n",
    _ ("Zero is the mean colour of the normalisation: a pixel of exactly "
       "that colour has no share in the answer."),
    NULL);
}

static void
fill_table (FocSumsLayout *self, const FocExplanationSums *sums)
{
  const char *const names[N_ROWS] = { _ ("red"), _ ("green"), _ ("blue"), _ ("all") };
  int decimals = decimals_of (MAX (sums->above[N_ROWS - 1], -sums->below[N_ROWS - 1]));

  self->cells[0][COLUMN_NAME] = g_strdup (_ ("logits"));
  self->cells[0][COLUMN_ABOVE] = g_strdup (_ ("positive"));
  self->cells[0][COLUMN_BELOW] = g_strdup (_ ("negative"));
  self->cells[0][COLUMN_SUM] = g_strdup (_ ("sum"));
  for (guint row = 0; row < N_ROWS; row++)
    {
      char **cells = self->cells[row + 1];
      double above = sums->above[row], below = sums->below[row];

      cells[COLUMN_NAME] = g_strdup (names[row]);
      cells[COLUMN_ABOVE] = foc_plot_number_signed (above, decimals);
      cells[COLUMN_BELOW] = foc_plot_number_signed (below, decimals);
      cells[COLUMN_SUM] = foc_plot_number_signed (above + below, decimals);
    }
}

static double
row_height (FocPlotCanvas *canvas)
{
  return 1.2 * foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
}

static void
measure_table (FocSumsLayout *self, FocPlotCanvas *canvas)
{
  self->table_width = (N_COLUMNS - 1) * COLUMN_GAP * canvas->em;
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      for (guint row = 0; row <= N_ROWS; row++)
        {
          double width = foc_plot_text_width (canvas, self->cells[row][column],
                                              FOC_PLOT_FONT_BOLD, FOC_PLOT_ANY_WIDTH);

          self->widths[column] = MAX (self->widths[column], width);
        }
      self->table_width += self->widths[column];
    }
  self->table_height = (N_ROWS + 1) * row_height (canvas);
}

FocSumsLayout *
foc_explanation_sums_layout (const FocExplanationSums *sums,
                             FocPlotCanvas *canvas,
                             FocPlotBox *box,
                             double least)
{
  FocSumsLayout *self = g_new0 (FocSumsLayout, 1);
  double margin = MARGIN * canvas->em;
  double room = box->height - least - margin;
  double beside_width;

  fill_table (self, sums);
  measure_table (self, canvas);
  self->notes = notes (sums);
  beside_width = box->width - self->table_width - NOTES_GAP * canvas->em;
  self->beside = beside_width > NOTES_WIDTH_LEAST * canvas->em;
  self->notes_width = self->beside ? beside_width : box->width;
  self->notes_height = foc_plot_text_paragraph_height (
    canvas, self->notes, FOC_PLOT_FONT_NORMAL, self->notes_width);

  if (self->table_width > box->width || self->table_height > room)
    {
      self->table_height = 0;
      return self;
    }
  self->height = self->beside ? MAX (self->table_height, self->notes_height)
                              : self->table_height + margin + self->notes_height;
  if (self->height > room || self->notes_height == 0)
    {
      self->notes_height = 0;
      self->height = self->table_height;
    }
  foc_plot_box_cut_bottom (box, self->height + margin);
  return self;
}

static void
draw_row (const FocSumsLayout *self, FocPlotCanvas *canvas, guint row, double x, double y)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      gboolean is_name = column == COLUMN_NAME;

      foc_plot_text_draw (canvas, self->cells[row][column],
                          row == N_ROWS ? FOC_PLOT_FONT_BOLD : FOC_PLOT_FONT_NORMAL,
                          row == 0 ? &canvas->palette->faint : &canvas->palette->text,
                          FOC_PLOT_ANY_WIDTH, is_name ? x : x + self->widths[column], y,
                          is_name ? 0 : 1, 0.5);
      x += self->widths[column] + COLUMN_GAP * canvas->em;
    }
}

void
foc_sums_layout_draw (const FocSumsLayout *self,
                      FocPlotCanvas *canvas,
                      double x,
                      double y)
{
  double row = row_height (canvas);

  if (self->table_height == 0)
    return;
  for (guint i = 0; i <= N_ROWS; i++)
    draw_row (self, canvas, i, x, y + (i + 0.5) * row);
  cairo_move_to (canvas->cr, x, y + N_ROWS * row);
  cairo_rel_line_to (canvas->cr, self->table_width, 0);
  cairo_set_line_width (canvas->cr, 0.08 * canvas->em);
  foc_plot_canvas_set_colour (canvas, &canvas->palette->faint);
  cairo_stroke (canvas->cr);

  if (self->notes_height == 0)
    return;
  if (self->beside)
    {
      x += self->table_width + NOTES_GAP * canvas->em;
      y += (self->height - self->notes_height) / 2;
    }
  else
    y += self->table_height + MARGIN * canvas->em;
  foc_plot_text_draw_paragraph (canvas, self->notes, FOC_PLOT_FONT_NORMAL,
                                &canvas->palette->text, self->notes_width, x, y);
}
