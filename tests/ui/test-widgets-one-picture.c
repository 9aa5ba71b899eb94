/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-network-grid.h"
#include "foc-preprocess.h"
#include "foc-square-view.h"
#include "test-widgets.h"

static void
fill_network_grid (Fixture *self, gpointer widget, gboolean full)
{
  const guint8 features[FOC_N_FEATURES] = { full ? 255 : 0 };

  foc_network_grid_set_pixels (widget, features);
}

static void
fill_square_view (Fixture *self, gpointer widget, gboolean full)
{
  static const guint8 pixels[] = { 1, 2, 3, 4, 5, 6 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, sizeof pixels);
  g_autoptr (GdkTexture) texture =
    gdk_memory_texture_new (2, 1, GDK_MEMORY_R8G8B8, bytes, sizeof pixels);

  foc_square_view_set_picture (widget, full ? texture : NULL, 200, 100);
}

/* clang-format off */
const Case widgets_of_one_picture[] = {
  { "foc-network-grid", foc_network_grid_get_type, NULL, fill_network_grid },
  { "foc-square-view", foc_square_view_get_type, NULL, fill_square_view },
  { NULL },
};
/* clang-format on */
