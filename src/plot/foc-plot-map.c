/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-map-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* How far from a pointer a point may be, in em. */
#define REACH 4

static void
clear_entry (gpointer data)
{
  FocPlotMapEntry *entry = data;

  g_free (entry->key);
  g_free (entry->text);
}

static void
clear_series (gpointer data)
{
  FocPlotMapSeries *series = data;

  g_free (series->key);
  g_free (series->heading);
  g_free (series->name);
  g_free (series->kind);
  g_free (series->x_title);
  g_free (series->y_title);
  g_free (series->points);
}

FocPlotMap *
foc_plot_map_new (FocPlot *plot, double width, double height, double em)
{
  FocPlotMap *self = g_new0 (FocPlotMap, 1);

  self->plot = g_object_ref (plot);
  self->width = width;
  self->height = height;
  self->em = em;
  self->entries = g_array_new (FALSE, FALSE, sizeof (FocPlotMapEntry));
  self->series = g_array_new (FALSE, FALSE, sizeof (FocPlotMapSeries));
  g_array_set_clear_func (self->entries, clear_entry);
  g_array_set_clear_func (self->series, clear_series);
  return self;
}

void
foc_plot_map_free (FocPlotMap *self)
{
  g_object_unref (self->plot);
  g_array_unref (self->entries);
  g_array_unref (self->series);
  g_free (self);
}

/* Filling it in */

void
foc_plot_map_add_entry (FocPlotMap *self,
                        const char *key,
                        const char *text,
                        const FocPlotBox *box)
{
  FocPlotMapEntry entry = { g_strdup (key), g_strdup (text), *box };

  g_array_append_val (self->entries, entry);
}

void
foc_plot_map_add_series (FocPlotMap *self,
                         const FocPlotFrame *frame,
                         const FocPlotMapSeries *series,
                         const double *x,
                         const double *y,
                         gsize n)
{
  FocPlotMapSeries copy = { .pen = series->pen, .x = frame->x, .y = frame->y };

  copy.points = g_new (FocPlotMapPoint, n);
  for (gsize i = 0; i < n; i++)
    {
      FocPlotMapPoint point = { (float) foc_plot_frame_x (frame, x[i]),
                                (float) foc_plot_frame_y (frame, y[i]), x[i], y[i] };

      if (!isnan (point.place_x) && !isnan (point.place_y))
        copy.points[copy.n++] = point;
    }
  if (copy.n == 0)
    {
      g_free (copy.points);
      return;
    }

  copy.key = g_strdup (series->key);
  copy.heading = g_strdup (series->heading);
  copy.name = g_strdup (series->name);
  copy.kind = g_strdup (series->kind);
  copy.x.title = copy.x_title = g_strdup (frame->x.title);
  copy.y.title = copy.y_title = g_strdup (frame->y.title);
  copy.area = frame->area;
  g_array_append_val (self->series, copy);
}

void
foc_plot_map_set_cells (FocPlotMap *self,
                        const FocPlotBox *cells,
                        guint n,
                        gboolean written)
{
  self->cells = *cells;
  self->n_cells = n;
  self->written = written;
}

/* Asking it */

static const FocPlotMapSeries *
get_series (const FocPlotMap *self, guint i)
{
  return &g_array_index (self->series, FocPlotMapSeries, i);
}

static gboolean
is_in (const FocPlotBox *box, double x, double y, double slack)
{
  return x >= box->x - slack && x <= box->x + box->width + slack && y >= box->y - slack
         && y <= box->y + box->height + slack;
}

static const FocPlotMapEntry *
get_entry (const FocPlotMap *self, guint i)
{
  return &g_array_index (self->entries, FocPlotMapEntry, i);
}

guint
foc_plot_map_get_n_points (const FocPlotMap *self)
{
  guint n = 0;

  for (guint i = 0; i < self->series->len; i++)
    n += g_array_index (self->series, FocPlotMapSeries, i).n;
  return n;
}

guint
foc_plot_map_get_n_entries (const FocPlotMap *self)
{
  return self->entries->len;
}

const char *
foc_plot_map_get_entry_key (const FocPlotMap *self, guint entry)
{
  return get_entry (self, entry)->key;
}

const char *
foc_plot_map_get_entry_text (const FocPlotMap *self, guint entry)
{
  return get_entry (self, entry)->text;
}

int
foc_plot_map_find_entry (const FocPlotMap *self, double x, double y)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const FocPlotBox *box = &get_entry (self, i)->box;

      if (box->width > 0 && is_in (box, x, y, 0))
        return (int) i;
    }
  return -1;
}

static gboolean
find_cell (const FocPlotMap *self, double x, double y, FocPlotPick *pick)
{
  const FocPlotBox *cells = &self->cells;

  if (self->n_cells == 0 || !is_in (cells, x, y, 0))
    return FALSE;
  *pick = (FocPlotPick){ .is_cell = TRUE };
  pick->row = (guint) ((y - cells->y) / cells->height * self->n_cells);
  pick->column = (guint) ((x - cells->x) / cells->width * self->n_cells);
  pick->row = MIN (pick->row, self->n_cells - 1);
  pick->column = MIN (pick->column, self->n_cells - 1);
  return TRUE;
}

gboolean
foc_plot_map_find (const FocPlotMap *self, double x, double y, FocPlotPick *pick)
{
  float at_x = (float) x, at_y = (float) y;
  float nearest = (float) (REACH * self->em * REACH * self->em);
  gboolean found = FALSE;

  if (find_cell (self, x, y, pick))
    return TRUE;
  for (guint i = 0; i < self->series->len; i++)
    {
      const FocPlotMapSeries *series = get_series (self, i);

      if (!is_in (&series->area, x, y, 0.5 * self->em))
        continue;
      for (guint k = 0; k < series->n; k++)
        {
          const FocPlotMapPoint *point = &series->points[k];
          float across = point->place_x - at_x, along = point->place_y - at_y;
          float distance = across * across + along * along;

          if (distance < nearest
              && is_in (&series->area, (double) point->place_x, (double) point->place_y,
                        0.5))
            {
              nearest = distance;
              *pick = (FocPlotPick){ .series = i, .point = k };
              found = TRUE;
            }
        }
    }
  return found;
}

/* The point of the series that is nearest to a place, along x. */
static guint
find_place (const FocPlotMapSeries *series, float place)
{
  guint nearest = 0;

  for (guint i = 1; i < series->n; i++)
    if (fabsf (series->points[i].place_x - place)
        < fabsf (series->points[nearest].place_x - place))
      nearest = i;
  return nearest;
}

gboolean
foc_plot_map_begin (const FocPlotMap *self, FocPlotStep step, FocPlotPick *pick)
{
  *pick = (FocPlotPick){ .is_cell = self->n_cells > 0 };
  if (pick->is_cell)
    return TRUE;
  if (self->series->len == 0)
    return FALSE;
  /* What matters is bold. */
  for (guint i = self->series->len; i-- > 0;)
    if (get_series (self, i)->pen.bold)
      pick->series = i;
  if (step != FOC_PLOT_STEP_RIGHT && step != FOC_PLOT_STEP_FIRST)
    pick->point = get_series (self, pick->series)->n - 1;
  return TRUE;
}

static void
step_cell (const FocPlotMap *self, FocPlotStep step, FocPlotPick *pick)
{
  guint last = self->n_cells - 1;

  switch (step)
    {
    case FOC_PLOT_STEP_LEFT:
      pick->column -= pick->column > 0;
      break;
    case FOC_PLOT_STEP_RIGHT:
      pick->column += pick->column < last;
      break;
    case FOC_PLOT_STEP_UP:
      pick->row -= pick->row > 0;
      break;
    case FOC_PLOT_STEP_DOWN:
      pick->row += pick->row < last;
      break;
    case FOC_PLOT_STEP_FIRST:
      pick->column = 0;
      break;
    case FOC_PLOT_STEP_LAST:
    default:
      pick->column = last;
      break;
    }
}

/* Along the curve until something moves: thousands of points may stand on a pixel. */
static void
walk (const FocPlotMapSeries *series, gboolean forward, FocPlotPick *pick)
{
  const FocPlotMapPoint *from = &series->points[pick->point];

  while (forward ? pick->point + 1 < series->n : pick->point > 0)
    {
      const FocPlotMapPoint *to;

      pick->point += forward ? 1 : -1u;
      to = &series->points[pick->point];
      if (fabsf (to->place_x - from->place_x) >= 1
          || fabsf (to->place_y - from->place_y) >= 1)
        break;
    }
}

void
foc_plot_map_step (const FocPlotMap *self, FocPlotStep step, FocPlotPick *pick)
{
  const FocPlotMapSeries *series;
  guint before = pick->series;

  if (pick->is_cell)
    {
      step_cell (self, step, pick);
      return;
    }

  series = get_series (self, pick->series);
  switch (step)
    {
    case FOC_PLOT_STEP_LEFT:
    case FOC_PLOT_STEP_RIGHT:
      walk (series, step == FOC_PLOT_STEP_RIGHT, pick);
      break;
    case FOC_PLOT_STEP_UP:
      pick->series -= pick->series > 0;
      break;
    case FOC_PLOT_STEP_DOWN:
      pick->series += pick->series + 1 < self->series->len;
      break;
    case FOC_PLOT_STEP_FIRST:
      pick->point = 0;
      break;
    case FOC_PLOT_STEP_LAST:
    default:
      pick->point = series->n - 1;
      break;
    }
  if (pick->series != before)
    pick->point =
      find_place (get_series (self, pick->series), series->points[pick->point].place_x);
}

gboolean
foc_plot_map_follow (const FocPlotMap *self, const FocPlotMap *before, FocPlotPick *pick)
{
  const FocPlotMapSeries *old;
  double x;

  if (pick->is_cell)
    return self->n_cells == before->n_cells;

  old = get_series (before, pick->series);
  x = old->points[pick->point].x;
  for (guint i = 0; i < self->series->len; i++)
    {
      const FocPlotMapSeries *series = get_series (self, i);

      if (g_strcmp0 (series->key, old->key) != 0
          || g_strcmp0 (series->kind, old->kind) != 0)
        continue;
      pick->series = i;
      pick->point = 0;
      for (guint k = 1; k < series->n; k++)
        if (fabs (series->points[k].x - x) < fabs (series->points[pick->point].x - x))
          pick->point = k;
      return TRUE;
    }
  return FALSE;
}

int
foc_plot_map_get_entry_of (const FocPlotMap *self, const FocPlotPick *pick)
{
  if (!pick->is_cell)
    for (guint i = 0; i < self->entries->len; i++)
      if (g_strcmp0 (get_entry (self, i)->key, get_series (self, pick->series)->key) == 0)
        return (int) i;
  return -1;
}

/* Saying it */

/* With as many digits as tell neighbours apart on this scale, at most six, and without
 * zeros at the end. */
static char *
format_value (const FocPlotAxis *axis, double value)
{
  double size = fabs (value);
  double span = axis->logarithmic ? size : axis->to - axis->from;
  double decimals = ceil (3 - log10 (MAX (span, FOC_PLOT_VALUE_MIN)) - 1e-9);

  if (size >= 1)
    decimals = MIN (decimals, 5 - floor (log10 (size)));
  if (size >= 1e9 || decimals > 12)
    return g_strdup_printf ("%.3g", value);
  decimals = MAX (decimals, 0);
  while (decimals > 0 && fmod (round (size * pow (10, decimals)), 10) == 0)
    decimals--;
  return foc_plot_number (value, (int) decimals);
}

static void
add_pair (GPtrArray *pairs, const char *name, char *value)
{
  g_ptr_array_add (pairs, g_strdup (name ? name : ""));
  g_ptr_array_add (pairs, value);
}

char **
foc_plot_map_tell (const FocPlotMap *self, const FocPlotPick *pick)
{
  GPtrArray *pairs;
  const FocPlotMapSeries *series;
  const FocPlotMapPoint *point;

  if (pick->is_cell)
    return FOC_PLOT_GET_CLASS (self->plot)
      ->tell_cell (self->plot, pick->row, pick->column);

  pairs = g_ptr_array_new ();
  series = get_series (self, pick->series);
  point = &series->points[pick->point];
  if (series->name)
    add_pair (pairs, series->heading, g_strdup (series->name));
  if (series->kind)
    add_pair (pairs, NULL, g_strdup (series->kind));
  add_pair (pairs, series->x_title, format_value (&series->x, point->x));
  add_pair (pairs, series->y_title, format_value (&series->y, point->y));
  g_ptr_array_add (pairs, NULL);
  return (char **) g_ptr_array_free (pairs, FALSE);
}

char *
foc_plot_map_describe (const FocPlotMap *self, const FocPlotPick *pick)
{
  g_auto (GStrv) pairs = foc_plot_map_tell (self, pick);
  char *text = NULL;

  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      g_autofree char *before = text;
      g_autofree char *part =
        *pairs[i] == '\0'
          ? g_strdup (pairs[i + 1])
          /* Translators: what a number is, and the number: “epoch 3”. */
          : g_strdup_printf (C_ ("value", "%s %s"), pairs[i], pairs[i + 1]);

      text = before == NULL
               ? g_strdup (part)
               /* Translators: two parts of a list: “epoch 3”, “loss (nats) 0.031”. */
               : g_strdup_printf (C_ ("list", "%s, %s"), before, part);
    }
  return text;
}
