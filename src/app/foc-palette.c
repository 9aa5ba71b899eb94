/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-palette.h"

#include <adwaita.h>

const FocPlotPalette *
foc_palette_get (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ())
           ? &foc_plot_palette_dark
           : &foc_plot_palette_light;
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
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
}
