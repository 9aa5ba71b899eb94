/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-strip-layout.h"

#define SPACING 6
#define MAX_CHILDREN 8

struct _FocStripLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (FocStripLayout, foc_strip_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkRequestedSize children[MAX_CHILDREN]; /* `data` is the widget; from left to right */
  guint n;
} Line;

static void
add (Line *line, GtkWidget *child)
{
  GtkRequestedSize *size = &line->children[line->n];

  g_return_if_fail (line->n < MAX_CHILDREN);

  size->data = child;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &size->minimum_size,
                      &size->natural_size, NULL, NULL);
  line->n++;
}

static int
get_width (const Line *line, gboolean natural)
{
  int width = 0;

  for (guint i = 0; i < line->n; i++)
    width +=
      (i > 0 ? SPACING : 0)
      + (natural ? line->children[i].natural_size : line->children[i].minimum_size);
  return width;
}

static int
get_height (const Line *line)
{
  int most = 0;

  for (guint i = 0; i < line->n; i++)
    {
      int height;

      gtk_widget_measure (line->children[i].data, GTK_ORIENTATION_VERTICAL, -1, NULL,
                          &height, NULL, NULL);
      most = MAX (most, height);
    }
  return most;
}

/* All children in one line; or, where that is wider than `width`, in two. */
static guint
make_lines (GtkWidget *widget, int width, Line lines[2])
{
  GtkWidget *last = gtk_widget_get_last_child (widget);

  for (guint n_lines = 1;; n_lines++)
    {
      lines[0].n = lines[1].n = 0;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          gboolean is_before = gtk_widget_get_next_sibling (child) == last;

          if (is_before && n_lines == 1 && gtk_widget_should_layout (last))
            add (&lines[0], last);
          if (child != last && gtk_widget_should_layout (child))
            add (&lines[0], child);
        }
      if (n_lines == 2 && gtk_widget_should_layout (last))
        add (&lines[1], last);
      if (n_lines == 2 || get_width (&lines[0], FALSE) <= width)
        return n_lines;
    }
}

static void
foc_strip_layout_measure (GtkLayoutManager *layout,
                          GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  Line lines[2];

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      make_lines (widget, G_MAXINT, lines);
      *natural = get_width (&lines[0], TRUE);
      make_lines (widget, 0, lines);
      *minimum = MAX (get_width (&lines[0], FALSE), get_width (&lines[1], FALSE));
    }
  else
    {
      guint n = make_lines (widget, for_size >= 0 ? for_size : G_MAXINT, lines);

      *minimum = get_height (&lines[0]);
      if (n == 2)
        *minimum += SPACING + get_height (&lines[1]);
      *natural = *minimum;
    }
}

static void
allocate_line (Line *line, GtkWidget *widget, int y, int width, int height)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int left = width - get_width (line, FALSE);
  int x = 0;

  left = gtk_distribute_natural_allocation (MAX (left, 0), line->n, line->children);
  for (guint i = 0; i < line->n; i++)
    {
      GtkWidget *child = line->children[i].data;
      int child_width = line->children[i].minimum_size;

      if (line->n == 1 || gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        {
          child_width += left;
          left = 0;
        }
      gtk_widget_size_allocate (
        child,
        &(GtkAllocation){ is_rtl ? width - x - child_width : x, y, child_width, height },
        -1);
      x += child_width + SPACING;
    }
}

static void
foc_strip_layout_allocate (GtkLayoutManager *layout,
                           GtkWidget *widget,
                           int width,
                           int height,
                           int baseline)
{
  Line lines[2];
  guint n = make_lines (widget, width, lines);
  int below = n == 2 ? get_height (&lines[1]) : 0;
  int first = n == 2 ? height - below - SPACING : height;

  allocate_line (&lines[0], widget, 0, width, first);
  if (n == 2)
    allocate_line (&lines[1], widget, first + SPACING, width, below);
}

static GtkSizeRequestMode
foc_strip_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
foc_strip_layout_class_init (FocStripLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);

  layout_class->measure = foc_strip_layout_measure;
  layout_class->allocate = foc_strip_layout_allocate;
  layout_class->get_request_mode = foc_strip_layout_get_request_mode;
}

static void
foc_strip_layout_init (FocStripLayout *self)
{
}
