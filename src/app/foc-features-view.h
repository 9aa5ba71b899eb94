/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* A picture of FOC_FEATURE_SIDE x FOC_FEATURE_SIDE pixels, enlarged without smoothing:
 * each pixel is a square of whole pixels of the screen.
 *
 * Property "natural-side" (int): no larger than so many units, unless it has to be. */

#define FOC_TYPE_FEATURES_VIEW (foc_features_view_get_type ())

G_DECLARE_FINAL_TYPE (FocFeaturesView, foc_features_view, FOC, FEATURES_VIEW, GtkWidget)

/* FOC_N_FEATURES bytes, row-major height x width x RGB; copied. */
void foc_features_view_set_features (FocFeaturesView *self, const guint8 *features);

/* Where they are drawn in the widget, when it has got its size. */
void foc_features_view_get_area (FocFeaturesView *self, graphene_rect_t *area);
