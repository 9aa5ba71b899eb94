/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-figure-file.h"

#include "foc-error.h"
#include "foc-file.h"
#include "foc-plot-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIXELS_PER_UNIT 2

/* An ending alone is no name. */
static gboolean
ends_with (const char *path, const char *ending)
{
  gsize length = strlen (path), n = strlen (ending);

  return length > n && !G_IS_DIR_SEPARATOR (path[length - n - 1])
         && g_ascii_strcasecmp (path + length - n, ending) == 0;
}

gboolean
foc_figure_is_csv (const char *path)
{
  return ends_with (path, ".csv");
}

gboolean
foc_figure_check_file (const char *path,
                       gboolean has_numbers,
                       gboolean replace,
                       GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (!ends_with (path, ".png") && !ends_with (path, ".svg") && !ends_with (path, ".pdf")
      && !(has_numbers && foc_figure_is_csv (path)))
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 has_numbers ? _ ("The name “%s” must end in .png, .svg, .pdf or .csv.")
                             : _ ("The name “%s” must end in .png, .svg or .pdf."),
                 name);
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                 _ ("“%s” is a folder, but must be a file."), name);
  else if (!replace && g_file_test (path, G_FILE_TEST_EXISTS))
    g_set_error (error, FOC_ERROR, FOC_ERROR_RUN,
                 _ ("“%s” exists; it is only replaced with --replace."), name);
  else
    return TRUE;

  return FALSE;
}

gboolean
foc_figure_write_plot (FocPlot *plot,
                       const char *path,
                       double width,
                       double height,
                       GError **error)
{
  const FocPlotStyle style = FOC_PLOT_STYLE_INIT;
  g_autoptr (GBytes) bytes =
    ends_with (path, ".png")
      ? foc_plot_to_png (plot, width, height, PIXELS_PER_UNIT, &style, error)
    : ends_with (path, ".svg") ? foc_plot_to_svg (plot, width, height, &style, error)
                               : foc_plot_to_pdf (plot, width, height, &style, error);

  return bytes != NULL
         && foc_file_replace (path, g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes), error);
}
