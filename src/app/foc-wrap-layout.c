/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-wrap-layout.h"

#define SPACING 6

struct _FocWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (FocWrapLayout, foc_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
next_child (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

static int
get_natural (GtkWidget *child, int most)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  return CLAMP (natural, minimum, MAX (minimum, most));
}

static int
get_height (GtkWidget *child, int width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

/* The line that begins with `start`, in `width`: its height, and the child behind it. */
static GtkWidget *
measure_line (GtkWidget *start, int width, int *height)
{
  GtkWidget *child = start;
  int used = 0;

  *height = 0;
  do
    {
      int natural = get_natural (child, width);

      if (child != start && used + SPACING + natural > width)
        break;
      used += (child != start ? SPACING : 0) + natural;
      *height = MAX (*height, get_height (child, natural));
      child = next_child (child);
    }
  while (child != NULL);

  return child;
}

static void
foc_wrap_layout_measure (GtkLayoutManager *layout,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));
  int least = 0, sum = 0;

  for (GtkWidget *each = child; each != NULL; each = next_child (each))
    {
      int width;

      gtk_widget_measure (each, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      least = MAX (least, width);
      sum += (sum > 0 ? SPACING : 0) + get_natural (each, G_MAXINT);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = sum;
      return;
    }

  *minimum = 0;
  while (child != NULL)
    {
      int height;

      child = measure_line (child, for_size >= 0 ? MAX (for_size, least) : sum, &height);
      *minimum += (*minimum > 0 ? SPACING : 0) + height;
    }
  *natural = *minimum;
}

static void
foc_wrap_layout_allocate (GtkLayoutManager *layout,
                          GtkWidget *widget,
                          int width,
                          int height,
                          int baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL)
    {
      int line_height, x = 0;
      GtkWidget *end = measure_line (child, width, &line_height);

      for (; child != end; child = next_child (child))
        {
          int child_width =
            next_child (child) != NULL ? get_natural (child, width) : width - x;

          gtk_widget_size_allocate (
            child,
            &(GtkAllocation){ is_rtl ? width - x - child_width : x, y, child_width,
                              line_height },
            -1);
          x += child_width + SPACING;
        }
      y += line_height + SPACING;
    }
}

static GtkSizeRequestMode
foc_wrap_layout_get_request_mode (GtkLayoutManager *layout, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
foc_wrap_layout_class_init (FocWrapLayoutClass *class)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (class);

  layout_class->measure = foc_wrap_layout_measure;
  layout_class->allocate = foc_wrap_layout_allocate;
  layout_class->get_request_mode = foc_wrap_layout_get_request_mode;
}

static void
foc_wrap_layout_init (FocWrapLayout *self)
{
}
