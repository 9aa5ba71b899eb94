/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-plot-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
size_is_right (double width, double height, double scale)
{
  return width >= 1 && width <= FOC_PLOT_SIDE_MAX && height >= 1
         && height <= FOC_PLOT_SIDE_MAX && scale > 0
         && MAX (width, height) * scale <= FOC_PLOT_PIXELS_MAX;
}

static cairo_status_t
draw (FocPlot *self,
      cairo_surface_t *surface,
      double width,
      double height,
      double scale,
      const FocPlotStyle *style)
{
  cairo_t *cr = cairo_create (surface);
  const FocPlotColour *ground = &style->palette->background;
  cairo_status_t status;

  cairo_set_source_rgb (cr, ground->red, ground->green, ground->blue);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  foc_plot_draw (self, cr, width, height, style);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

/* Ends the surface and takes what was written. */
static GBytes *
finish (cairo_surface_t *surface, GByteArray *data, cairo_status_t status, GError **error)
{
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (data);
  g_byte_array_unref (data);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOMEM,
               _ ("The plot cannot be drawn: %s"), cairo_status_to_string (status));
  return NULL;
}

GBytes *
foc_plot_to_png (FocPlot *self,
                 double width,
                 double height,
                 double scale,
                 const FocPlotStyle *style,
                 GError **error)
{
  GByteArray *data;
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (size_is_right (width, height, scale), NULL);

  data = g_byte_array_new ();
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) MAX (width * scale, 1),
                                        (int) MAX (height * scale, 1));
  status = draw (self, surface, width, height, scale, style);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append, data);
  return finish (surface, data, status, error);
}

/* Cairo numbers what it defines by counters of the process: the same drawing has other
 * names the second time. Gives all names, id="surface12" and "#surface12", the numbers
 * of their first appearance. */
static gboolean
renumber (const GMatchInfo *match, GString *result, gpointer user_data)
{
  GHashTable *names = user_data;
  g_autofree char *before = g_match_info_fetch (match, 1);
  g_autofree char *word = g_match_info_fetch (match, 2);
  g_autofree char *number = g_match_info_fetch (match, 3);
  g_autofree char *name = g_strconcat (word, number, NULL);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (names, name));

  if (index == 0)
    {
      index = g_hash_table_size (names) + 1;
      g_hash_table_insert (names, g_steal_pointer (&name), GUINT_TO_POINTER (index));
    }
  g_string_append_printf (result, "%s%s%u", before, word, index);
  return FALSE;
}

GBytes *
foc_plot_to_svg (FocPlot *self,
                 double width,
                 double height,
                 const FocPlotStyle *style,
                 GError **error)
{
  GByteArray *data;
  cairo_surface_t *surface;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GHashTable) names = NULL;
  char *text;
  cairo_status_t status;

  g_return_val_if_fail (size_is_right (width, height, 1), NULL);

  data = g_byte_array_new ();
  surface = cairo_svg_surface_create_for_stream (append, data, width, height);
  status = draw (self, surface, width, height, 1, style);
  bytes = finish (surface, data, status, error);
  if (!bytes)
    return NULL;

  regex = g_regex_new ("(id=\"|#)([a-z]+-?)([0-9]+)(?=[\")])", G_REGEX_OPTIMIZE, 0, NULL);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  text =
    g_regex_replace_eval (regex, g_bytes_get_data (bytes, NULL),
                          (gssize) g_bytes_get_size (bytes), 0, 0, renumber, names, NULL);
  return g_bytes_new_take (text, strlen (text));
}

GBytes *
foc_plot_to_pdf (FocPlot *self,
                 double width,
                 double height,
                 const FocPlotStyle *style,
                 GError **error)
{
  GByteArray *data;
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (size_is_right (width, height, 1), NULL);

  data = g_byte_array_new ();
  surface = cairo_pdf_surface_create_for_stream (append, data, width, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  status = draw (self, surface, width, height, 1, style);
  return finish (surface, data, status, error);
}
