/* SPDX-License-Identifier: GPL-3.0-or-later */

/* draw-samples FOLDER [WIDTH HEIGHT [FONT-SIZE [dark [NAME]]]]
 *
 * Writes every plot of test-plots.c, or that one, as PNG, SVG and PDF into the folder,
 * to be looked at. */

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>

#include "foc-plot-export.h"
#include "test-plots.h"

static void
save (GBytes *bytes, const char *folder, const char *name, const char *ending)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!g_file_set_contents (path, data, (gssize) length, &error))
    g_error ("%s", error->message);
  g_bytes_unref (bytes);
}

int
main (int argc, char **argv)
{
  FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  double width = argc > 3 ? g_ascii_strtod (argv[2], NULL) : 640;
  double height = argc > 3 ? g_ascii_strtod (argv[3], NULL) : 400;

  setlocale (LC_ALL, "");
  if (argc < 2)
    {
      g_printerr (
        "usage: draw-samples FOLDER [WIDTH HEIGHT [FONT-SIZE [dark|light [NAME]]]]\n");
      return 2;
    }
  if (argc > 4)
    style.font_size = g_ascii_strtod (argv[4], NULL);
  if (argc > 5 && g_str_equal (argv[5], "dark"))
    style.palette = &foc_plot_palette_dark;
  g_mkdir_with_parents (argv[1], 0755);

  for (const TestPlot *test = test_plots; test->name; test++)
    {
      g_autoptr (FocPlot) plot = NULL;

      if (argc > 6 && !g_str_equal (argv[6], test->name))
        continue;
      plot = test->make ();
      save (foc_plot_to_png (plot, width, height, 2, &style, NULL), argv[1], test->name,
            ".png");
      save (foc_plot_to_svg (plot, width, height, &style, NULL), argv[1], test->name,
            ".svg");
      save (foc_plot_to_pdf (plot, width, height, &style, NULL), argv[1], test->name,
            ".pdf");
    }
  return 0;
}
