/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-confusion-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "foc-plot-map-private.h"
#include "foc-plot-scale.h"
#include "foc-plot-ticks.h"

struct _FocConfusionPlot
{
  FocPlot parent_instance;

  guint n;
  char **names;    /* n    */
  guint64 *counts; /* n x n */
  guint64 *totals; /* of the rows */
};

G_DEFINE_FINAL_TYPE (FocConfusionPlot, foc_confusion_plot, FOC_TYPE_PLOT)

/* How the numbers of the cells are written: what fits into all of them. */
typedef enum
{
  WRITE_COUNT_AND_SHARE, /* above each other */
  WRITE_COUNT,
  WRITE_SMALL_COUNT,
  WRITE_TINY_COUNT,
  WRITE_PERCENT, /* in whole numbers, with the scale beside them */
  WRITE_NOTHING,
} Writing;

typedef struct
{
  FocPlotBox cells; /* the matrix itself */
  double names_width, names_height;
  gboolean titles;
  gboolean turned;               /* the names of the columns */
  guint every_row, every_column; /* name that is shown */
  Writing writing;
  FocPlotBox scale; /* what the colours mean; empty where numbers say it */
} Layout;

static void
foc_confusion_plot_finalize (GObject *object)
{
  FocConfusionPlot *self = FOC_CONFUSION_PLOT (object);

  g_strfreev (self->names);
  g_free (self->counts);
  g_free (self->totals);
  G_OBJECT_CLASS (foc_confusion_plot_parent_class)->finalize (object);
}

FocConfusionPlot *
foc_confusion_plot_new (guint n_classes, const char *const *names, const guint64 *counts)
{
  FocConfusionPlot *self = g_object_new (FOC_TYPE_CONFUSION_PLOT, NULL);

  self->n = n_classes;
  self->names = g_new0 (char *, n_classes + 1);
  self->counts = g_memdup2 (counts, (gsize) n_classes * n_classes * sizeof *counts);
  self->totals = g_new0 (guint64, n_classes);
  for (guint i = 0; i < n_classes; i++)
    {
      self->names[i] = g_strdup (names[i]);
      for (guint k = 0; k < n_classes; k++)
        self->totals[i] += counts[(gsize) i * n_classes + k];
    }
  return self;
}

/* NaN in the row of a class without pictures. */
static double
share_of_row (FocConfusionPlot *self, guint row, guint column)
{
  return self->totals[row] > 0 ? (double) self->counts[(gsize) row * self->n + column]
                                   / (double) self->totals[row]
                               : NAN;
}

static char *
count_text (FocConfusionPlot *self, guint row, guint column)
{
  return foc_plot_number ((double) self->counts[(gsize) row * self->n + column], 0);
}

static char *
share_text (FocConfusionPlot *self, guint row, guint column)
{
  g_autofree char *number = foc_plot_number (100 * share_of_row (self, row, column), 1);

  /* Translators: a percentage. */
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

/* Nothing for no pictures: in a large matrix, most cells are empty. */
static char *
percent_text (FocConfusionPlot *self, guint row, guint column)
{
  return self->counts[(gsize) row * self->n + column] > 0
           ? foc_plot_number (100 * share_of_row (self, row, column), 0)
           : g_strdup ("");
}

/* Of the counts, for each way of writing. */
static const FocPlotFont fonts[] = { FOC_PLOT_FONT_BOLD, FOC_PLOT_FONT_NORMAL,
                                     FOC_PLOT_FONT_SMALL, FOC_PLOT_FONT_TINY,
                                     FOC_PLOT_FONT_TINY };

static Writing
find_writing (FocConfusionPlot *self, FocPlotCanvas *canvas, double width, double height)
{
  g_autofree char *all = foc_plot_number (100, 1);
  g_autofree char *share = g_strdup_printf (_ ("%s\u00a0%%"), all);
  g_autofree char *longest = NULL;
  guint64 largest = 0;

  for (gsize i = 0; i < (gsize) self->n * self->n; i++)
    largest = MAX (largest, self->counts[i]);
  longest = foc_plot_number ((double) largest, 0);

  for (Writing writing = WRITE_COUNT_AND_SHARE; writing < WRITE_NOTHING; writing++)
    {
      double line = foc_plot_text_line (canvas, fonts[writing]);
      double text =
        foc_plot_text_width (canvas, writing == WRITE_PERCENT ? "100" : longest,
                             fonts[writing], FOC_PLOT_ANY_WIDTH);

      if (writing == WRITE_COUNT_AND_SHARE)
        {
          text = MAX (text, foc_plot_text_width (canvas, share, FOC_PLOT_FONT_NORMAL,
                                                 FOC_PLOT_ANY_WIDTH));
          line += 1.3 * foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
        }
      if (text + 0.2 * canvas->em <= width && line <= height)
        return writing;
    }
  return WRITE_NOTHING;
}

/* The colours of the shares of a row, for where no number stands in the cells. */
static FocPlotScale
share_scale (const FocPlotPalette *palette)
{
  return (FocPlotScale){
    .from = 0,
    .to = 100,
    .unit = "%",
    .colours = { palette->background,
                 foc_plot_colour_mix (&palette->background, &palette->heat, 0.5),
                 palette->heat },
  };
}

/* Of every `every`-th class. */
static double
widest_name (FocConfusionPlot *self, FocPlotCanvas *canvas, guint every)
{
  double widest = 0;

  for (guint i = 0; i < self->n; i += every)
    widest = MAX (widest, foc_plot_text_width (canvas, self->names[i],
                                               FOC_PLOT_FONT_NORMAL, FOC_PLOT_ANY_WIDTH));
  return widest;
}

/* Between names and cells. The first name of the rows and that of the columns, in the middle of
 * cells that may be small, reach that far into the corner, where they must not meet. */
static double
name_gap (FocPlotCanvas *canvas)
{
  return MAX (0.5 * canvas->em, 0.5 * foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL));
}

/* Places the matrix in what `box` leaves beside the names, which are those of the rows
 * and columns that the layout has. */
static void
place_cells (FocConfusionPlot *self,
             FocPlotCanvas *canvas,
             const FocPlotBox *box,
             Layout *layout)
{
  double line = foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  double gap = name_gap (canvas);
  double title = layout->titles ? 1.3 * line : 0;
  double widest = widest_name (self, canvas, layout->every_column);
  double left, top, width, height;

  layout->names_width =
    MIN (widest_name (self, canvas, layout->every_row), 0.28 * box->width);
  left = title + layout->names_width + gap;
  width = box->width - left;
  /* Names lie where there is room for a few letters at least, else they stand. */
  layout->turned =
    widest > width / self->n - 0.4 * canvas->em && width / self->n < 6 * canvas->em;
  layout->names_height = layout->turned ? MIN (widest, 0.28 * box->height) : line;
  top = title + layout->names_height + gap;
  height = box->height - top;
  if (width < 5 * line || height < 3 * line)
    {
      layout->names_width = layout->names_height = 0;
      layout->titles = FALSE;
      left = top = 0;
      width = box->width;
      height = box->height;
    }

  /* The last names, in the middle of small cells, reach beyond these. */
  if (layout->names_width > 0 && height / self->n < line)
    height -= line / 2;
  if (layout->turned && width / self->n < line)
    width -= line / 2;

  /* Cells are square, or a little wider. */
  width = MIN (width, 1.6 * height);
  height = MIN (height, width);
  layout->cells =
    (FocPlotBox){ box->x + left, box->y + top, MAX (width, 0), MAX (height, 0) };
  layout->cells.x += MAX (box->width - left - width, 0) / 2;
  layout->writing = find_writing (self, canvas, width / self->n, height / self->n);

  /* What is said beside the names stands next to the widest of those that are shown. */
  line *= 1.05;
  layout->every_row = MAX ((guint) ceil (line * self->n / MAX (height, 1)), 1);
  layout->every_column =
    layout->turned ? MAX ((guint) ceil (line * self->n / MAX (width, 1)), 1) : 1;
}

static void
find_layout (FocConfusionPlot *self,
             FocPlotCanvas *canvas,
             const FocPlotBox *box,
             Layout *layout)
{
  FocPlotBox rest = *box;

  *layout = (Layout){ .every_row = 1, .every_column = 1 };
  layout->titles = box->width > 10 * canvas->em && box->height > 8 * canvas->em;
  place_cells (self, canvas, &rest, layout);
  if (layout->writing >= WRITE_PERCENT)
    {
      FocPlotScale scale = share_scale (canvas->palette);
      double width = foc_plot_scale_width (&scale, canvas);

      if (width > 0.3 * box->width || box->height < 6 * canvas->em)
        return;
      rest.width -= width + canvas->em;
      /* Names that are not shown take no room, and with more room more of them are. */
      for (guint i = 0; i < 3; i++)
        place_cells (self, canvas, &rest, layout);
      layout->scale = (FocPlotBox){ layout->cells.x + layout->cells.width + canvas->em,
                                    layout->cells.y, width, layout->cells.height };
    }
}

static void
draw_cell (FocConfusionPlot *self,
           FocPlotCanvas *canvas,
           const Layout *layout,
           guint row,
           guint column)
{
  const FocPlotPalette *palette = canvas->palette;
  double width = layout->cells.width / self->n, height = layout->cells.height / self->n;
  double x = layout->cells.x + (column + 0.5) * width;
  double y = layout->cells.y + (row + 0.5) * height;
  FocPlotColour ground = foc_plot_colour_mix (&palette->background, &palette->heat,
                                              share_of_row (self, row, column));
  const FocPlotColour *text = foc_plot_colour_text_on (&ground);
  g_autofree char *count = layout->writing == WRITE_PERCENT
                             ? percent_text (self, row, column)
                             : count_text (self, row, column);

  foc_plot_canvas_set_colour (canvas, &ground);
  cairo_rectangle (canvas->cr, x - width / 2, y - height / 2, width, height);
  cairo_fill (canvas->cr);
  if (layout->writing == WRITE_COUNT_AND_SHARE)
    {
      g_autofree char *share = share_text (self, row, column);

      foc_plot_text_draw (canvas, count, FOC_PLOT_FONT_BOLD, text, width, x, y, 0.5, 1);
      foc_plot_text_draw (canvas, share, FOC_PLOT_FONT_NORMAL, text, width, x,
                          y + 0.1 * canvas->em, 0.5, 0);
    }
  else if (layout->writing != WRITE_NOTHING)
    foc_plot_text_draw (canvas, count, fonts[layout->writing], text, width, x, y, 0.5,
                        0.5);
}

/* Lines between the cells, where these are no lines themselves. */
static void
draw_grid (FocConfusionPlot *self,
           FocPlotCanvas *canvas,
           const FocPlotBox *cells,
           gboolean numbers)
{
  gboolean inner = cells->height / self->n > 0.7 * canvas->em;

  for (guint i = 0; i <= self->n; i++)
    if (inner || i == 0 || i == self->n)
      {
        cairo_move_to (canvas->cr, cells->x + cells->width * i / self->n, cells->y);
        cairo_rel_line_to (canvas->cr, 0, cells->height);
        cairo_move_to (canvas->cr, cells->x, cells->y + cells->height * i / self->n);
        cairo_rel_line_to (canvas->cr, cells->width, 0);
      }
  cairo_set_line_width (canvas->cr, 0.08 * canvas->em);
  cairo_set_line_cap (canvas->cr, CAIRO_LINE_CAP_SQUARE);
  foc_plot_canvas_set_colour (canvas,
                              numbers ? &canvas->palette->faint : &canvas->palette->grid);
  cairo_stroke (canvas->cr);
}

/* The names of as many classes as there is room for: each, or every k-th. */
static void
draw_names (FocConfusionPlot *self, FocPlotCanvas *canvas, const Layout *layout)
{
  const FocPlotColour *colour = &canvas->palette->text;
  const FocPlotBox *cells = &layout->cells;
  double width = cells->width / self->n, height = cells->height / self->n;
  double gap = name_gap (canvas);

  for (guint i = 0; i < self->n; i += layout->every_row)
    foc_plot_text_draw (canvas, self->names[i], FOC_PLOT_FONT_NORMAL, colour,
                        layout->names_width, cells->x - gap,
                        cells->y + (i + 0.5) * height, 1, 0.5);
  for (guint i = 0; i < self->n; i += layout->every_column)
    {
      double x = cells->x + (i + 0.5) * width;

      if (layout->turned)
        foc_plot_text_draw_turned (canvas, self->names[i], FOC_PLOT_FONT_NORMAL, colour,
                                   layout->names_height, x, cells->y - gap, 0, 0.5);
      else
        foc_plot_text_draw (canvas, self->names[i], FOC_PLOT_FONT_NORMAL, colour,
                            width - 0.4 * canvas->em, x, cells->y - gap, 0.5, 1);
    }
}

static void
foc_confusion_plot_draw (FocPlot *plot, FocPlotCanvas *canvas, const FocPlotBox *box)
{
  FocConfusionPlot *self = FOC_CONFUSION_PLOT (plot);
  double line = foc_plot_text_line (canvas, FOC_PLOT_FONT_NORMAL);
  const FocPlotColour *faint = &canvas->palette->faint;
  const FocPlotBox *cells;
  Layout layout;

  if (self->n == 0)
    {
      foc_plot_text_draw_notice (canvas, box, _ ("No data"));
      return;
    }
  find_layout (self, canvas, box, &layout);
  cells = &layout.cells;
  if (cells->width <= 0 || cells->height <= 0)
    return;

  for (guint row = 0; row < self->n; row++)
    for (guint column = 0; column < self->n; column++)
      draw_cell (self, canvas, &layout, row, column);
  draw_grid (self, canvas, cells, layout.writing < WRITE_PERCENT);
  if (canvas->map)
    foc_plot_map_set_cells (canvas->map, cells, self->n,
                            layout.writing == WRITE_COUNT_AND_SHARE);
  if (layout.names_width > 0)
    draw_names (self, canvas, &layout);
  if (layout.titles)
    {
      double left = cells->x - layout.names_width - name_gap (canvas);
      double top = cells->y - layout.names_height - name_gap (canvas);

      foc_plot_text_draw (canvas, _ ("answer"), FOC_PLOT_FONT_NORMAL, faint, cells->width,
                          cells->x + cells->width / 2, top - 0.2 * line, 0.5, 1);
      foc_plot_text_draw_turned (canvas, _ ("true class"), FOC_PLOT_FONT_NORMAL, faint,
                                 cells->height, left - 0.2 * line,
                                 cells->y + cells->height / 2, 0.5, 1);
    }
  if (layout.scale.width > 0)
    {
      FocPlotScale scale = share_scale (canvas->palette);

      foc_plot_scale_draw (&scale, canvas, &layout.scale);
    }
}

static char **
foc_confusion_plot_tell_cell (FocPlot *plot, guint row, guint column)
{
  FocConfusionPlot *self = FOC_CONFUSION_PLOT (plot);
  char **pairs = g_new0 (char *, 9);

  pairs[0] = g_strdup (_ ("true class"));
  pairs[1] = g_strdup (self->names[row]);
  pairs[2] = g_strdup (_ ("answer"));
  pairs[3] = g_strdup (self->names[column]);
  pairs[4] = g_strdup (_ ("pictures"));
  pairs[5] = count_text (self, row, column);
  if (self->totals[row] == 0)
    return pairs;
  /* Translators: how many of the pictures of a class, in per cent. */
  pairs[6] = g_strdup (_ ("share of the class"));
  pairs[7] = share_text (self, row, column);
  return pairs;
}

static void
foc_confusion_plot_class_init (FocConfusionPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = foc_confusion_plot_finalize;
  FOC_PLOT_CLASS (klass)->draw = foc_confusion_plot_draw;
  FOC_PLOT_CLASS (klass)->tell_cell = foc_confusion_plot_tell_cell;
}

static void
foc_confusion_plot_init (FocConfusionPlot *self)
{
}
