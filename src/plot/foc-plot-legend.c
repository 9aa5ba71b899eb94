/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-legend.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "foc-plot-map-private.h"

/* In em. */
#define SAMPLE 2.6 /* width of a piece of line */
#define SAMPLE_GAP 0.6
#define COLUMN_GAP 1.2
#define MARGIN 1.0 /* between the plot and the legend */

/* The part of the box's width or height that a legend may take. */
#define SHARE 0.45
/* What it must leave to the plot, in em. */
#define LEAST_WIDTH 10
#define LEAST_HEIGHT 6

/* Names are shortened in these steps until all of them find room. */
static const double widths[] = { 24, 16, 10, 7, 4.5 };

static void
clear_entry (gpointer data)
{
  FocPlotLegendEntry *entry = data;

  g_free (entry->text);
  g_free (entry->key);
}

void
foc_plot_legend_init (FocPlotLegend *self, const char *heading)
{
  *self = (FocPlotLegend){ .heading = heading };
  self->entries = g_array_new (FALSE, FALSE, sizeof (FocPlotLegendEntry));
  g_array_set_clear_func (self->entries, clear_entry);
}

void
foc_plot_legend_clear (FocPlotLegend *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
}

void
foc_plot_legend_add (FocPlotLegend *self,
                     char *text,
                     FocPlotSample sample,
                     const FocPlotPen *pen)
{
  FocPlotLegendEntry entry = { text, sample, { 0 } };

  if (pen)
    entry.pen = *pen;
  g_array_append_val (self->entries, entry);
}

void
foc_plot_legend_set_key (FocPlotLegend *self, FocPlot *plot, const char *key)
{
  FocPlotLegendEntry *entry =
    &g_array_index (self->entries, FocPlotLegendEntry, self->entries->len - 1);

  entry->key = g_strdup (key);
  entry->hidden = foc_plot_is_hidden (plot, key);
  entry->pen.faint = entry->hidden;
}

static double
row_height (FocPlotCanvas *canvas)
{
  return 1.2 * foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
}

static double
column_width (const FocPlotLegend *self, FocPlotCanvas *canvas)
{
  return (SAMPLE + SAMPLE_GAP) * canvas->em + self->text_width;
}

/* Width of `n` columns with the gaps between them. */
static double
columns_width (const FocPlotLegend *self, FocPlotCanvas *canvas, guint n)
{
  return n * column_width (self, canvas) + (n - 1) * COLUMN_GAP * canvas->em;
}

/* A legend of `n_columns` and `n_rows`, with what it leaves of `box`. Returns how large
 * a plot of `aspect` is in that, 0 where the legend has no room. */
static double
try_layout (FocPlotLegend *self,
            FocPlotCanvas *canvas,
            const FocPlotBox *box,
            FocPlotBox *rest,
            double aspect,
            gboolean below)
{
  double margin = MARGIN * canvas->em;
  double heading = self->heading ? row_height (canvas) : 0;
  double width = columns_width (self, canvas, self->n_columns);
  double height = self->n_rows * row_height (canvas) + heading;

  *rest = *box;
  width = MAX (
    width, MIN (self->heading_width, below ? box->width : SHARE * box->width - margin));
  if (below)
    {
      if (width > box->width || height + margin > SHARE * box->height)
        return 0;
      foc_plot_box_cut_bottom (rest, height + margin);
      self->box = (FocPlotBox){ box->x + (box->width - width) / 2,
                                box->y + box->height - height, width, height };
    }
  else
    {
      if (height > box->height || width + margin > SHARE * box->width)
        return 0;
      rest->width -= width + margin;
      self->box = (FocPlotBox){ box->x + box->width - width,
                                box->y + MIN (0.6 * canvas->em, box->height - height),
                                width, height };
    }
  if (rest->width < LEAST_WIDTH * canvas->em || rest->height < LEAST_HEIGHT * canvas->em)
    return 0;
  /* Of what the plot cannot use, more is a little better still. */
  return MIN (rest->width, rest->height * aspect)
         + 0.05 * MAX (rest->width, rest->height * aspect);
}

/* The best legend that has room for `n` entries; 0 where there is none. */
static double
find_layout (FocPlotLegend *self,
             FocPlotCanvas *canvas,
             const FocPlotBox *box,
             FocPlotBox *rest,
             double aspect,
             guint n)
{
  FocPlotLegend best = *self;
  FocPlotBox best_rest = *box;
  double best_size = 0;

  for (guint columns = 1; columns <= n; columns++)
    for (guint below = 0; below < 2; below++)
      {
        double size;

        self->n_columns = columns;
        self->n_rows = (n + columns - 1) / columns;
        size = try_layout (self, canvas, box, rest, aspect, below != 0);
        /* No column would be empty, and an inch is not worth another one. */
        if ((columns - 1) * self->n_rows < n && size > best_size * 1.001)
          {
            best = *self;
            best_rest = *rest;
            best_size = size;
          }
      }
  *self = best;
  *rest = best_rest;
  return best_size;
}

/* A plot that is not to be wider than high cannot use all of its room; without what is
 * left over, the plot and its legend stand together. */
static void
move_together (FocPlotLegend *self, FocPlotBox *box, double aspect)
{
  double spare_width = box->width - 1.2 * box->height;
  double spare_height = box->height - 1.1 * box->width;

  if (aspect > 1)
    return;
  if (spare_width > 0)
    {
      if (self->n_rows > 0 && self->box.x >= box->x + box->width)
        self->box.x -= spare_width / 2;
      box->x += spare_width / 2;
      box->width -= spare_width;
    }
  if (spare_height > 0)
    {
      if (self->n_rows > 0 && self->box.y >= box->y + box->height)
        self->box.y -= spare_height;
      box->height -= spare_height;
    }
}

void
foc_plot_legend_layout (FocPlotLegend *self,
                        FocPlotCanvas *canvas,
                        FocPlotBox *box,
                        double aspect)
{
  guint n = self->entries->len;
  double widest = 0;
  FocPlotBox rest;

  self->n_rows = self->n_columns = 0;
  if (self->heading)
    self->heading_width = foc_plot_text_width (canvas, self->heading,
                                               FOC_PLOT_FONT_NORMAL, FOC_PLOT_ANY_WIDTH);
  for (guint i = 0; i < n; i++)
    widest =
      MAX (widest, foc_plot_text_width (
                     canvas, g_array_index (self->entries, FocPlotLegendEntry, i).text,
                     FOC_PLOT_FONT_NORMAL, FOC_PLOT_ANY_WIDTH));

  for (guint i = 0; n > 0 && i < G_N_ELEMENTS (widths); i++)
    {
      if (i > 0 && widest <= widths[i] * canvas->em)
        continue;
      self->text_width = MIN (widest, widths[i] * canvas->em);
      if (find_layout (self, canvas, box, &rest, aspect, n) > 0)
        {
          *box = rest;
          move_together (self, box, aspect);
          return;
        }
    }

  /* Fewer of them, the last of which says how many are missing. */
  self->text_width = MIN (MAX (widest, 6 * canvas->em), 7 * canvas->em);
  for (guint some = n; some-- > 2;)
    if (find_layout (self, canvas, box, &rest, aspect, some) > 0)
      {
        *box = rest;
        move_together (self, box, aspect);
        return;
      }
  self->n_rows = self->n_columns = 0;
  move_together (self, box, aspect);
}

static void
draw_sample (const FocPlotLegendEntry *entry, FocPlotCanvas *canvas, double x, double y)
{
  FocPlotColour colour = foc_plot_pen_colour (&entry->pen, canvas);

  if (entry->sample == FOC_PLOT_SAMPLE_STAR)
    foc_plot_star_draw (canvas, &colour, x, y);
  else
    foc_plot_line_draw_sample (canvas, &entry->pen, x, y, SAMPLE * canvas->em);
  if (entry->sample == FOC_PLOT_SAMPLE_CROSSED)
    foc_plot_cross_draw (canvas, &colour, x, y);
}

/* `n` is how many entries have no room, for the last place. */
static void
draw_more (const FocPlotLegend *self, FocPlotCanvas *canvas, guint n, double x, double y)
{
  g_autofree char *more =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n), n);

  foc_plot_text_draw (canvas, more, FOC_PLOT_FONT_NORMAL, &canvas->palette->text,
                      self->text_width, x + (SAMPLE + SAMPLE_GAP) * canvas->em, y, 0,
                      0.5);
}

static void
draw_entry (const FocPlotLegend *self,
            FocPlotCanvas *canvas,
            const FocPlotLegendEntry *entry,
            double x,
            double y)
{
  const FocPlotPalette *palette = canvas->palette;

  draw_sample (entry, canvas, x + SAMPLE / 2 * canvas->em, y);
  foc_plot_text_draw (canvas, entry->text, FOC_PLOT_FONT_NORMAL,
                      entry->hidden ? &palette->faint : &palette->text, self->text_width,
                      x + (SAMPLE + SAMPLE_GAP) * canvas->em, y, 0, 0.5);
}

void
foc_plot_legend_draw (const FocPlotLegend *self, FocPlotCanvas *canvas)
{
  double row = row_height (canvas);
  double top = self->box.y;
  guint room = self->n_columns * self->n_rows;
  guint n = self->entries->len;
  guint shown = n <= room ? n : room > 0 ? room - 1 : 0;

  if (self->heading && room > 0)
    {
      foc_plot_text_draw (canvas, self->heading, FOC_PLOT_FONT_NORMAL,
                          &canvas->palette->faint, self->box.width, self->box.x,
                          top + row / 2, 0, 0.5);
      top += row;
    }
  for (guint i = 0; i < n; i++)
    {
      const FocPlotLegendEntry *entry =
        &g_array_index (self->entries, FocPlotLegendEntry, i);
      FocPlotBox box = { 0 };

      if (i < room)
        {
          double width = column_width (self, canvas);

          box = (FocPlotBox){ self->box.x
                                + i / self->n_rows * (width + COLUMN_GAP * canvas->em),
                              top + i % self->n_rows * row, width, row };
          if (i < shown)
            draw_entry (self, canvas, entry, box.x, box.y + row / 2);
          else
            draw_more (self, canvas, n - shown, box.x, box.y + row / 2);
        }
      if (canvas->map && entry->key)
        foc_plot_map_add_entry (canvas->map, entry->key, entry->text,
                                i < shown ? &box : &(FocPlotBox){ 0 });
    }
}
