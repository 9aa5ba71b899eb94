/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-palette.h"

#include <adwaita.h>

const FocPlotPalette *
foc_palette_get (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean contrast = adw_style_manager_get_high_contrast (manager);

  if (adw_style_manager_get_dark (manager))
    return contrast ? &foc_plot_palette_dark_contrast : &foc_plot_palette_dark;
  return contrast ? &foc_plot_palette_light_contrast : &foc_plot_palette_light;
}

FocPlotColour
foc_palette_get_class_colour (guint label)
{
  return foc_palette_get ()->series[label % FOC_PLOT_N_COLOURS];
}

GdkRGBA
foc_plot_colour_to_rgba (FocPlotColour colour)
{
  return (GdkRGBA){ (float) colour.red, (float) colour.green, (float) colour.blue, 1 };
}

void
foc_palette_follow (GtkWidget *widget)
{
  static const char *const signals[] = { "notify::dark", "notify::high-contrast" };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (adw_style_manager_get_default (), signals[i],
                             G_CALLBACK (gtk_widget_queue_draw), widget,
                             G_CONNECT_SWAPPED);
}
