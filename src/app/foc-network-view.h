/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "foc-explained.h"

/* What the network sees of a picture, over it the explanation of the answer, which can be
 * switched off, with the share of the pixel that is pointed at, and the sum of all shares beside the
 * difference of the logits, which it is; and paint, to change it.
 *
 * Signals: "paint" (GArray of guint, guint rgb): the user has painted these pixels, row *
 * FOC_FEATURE_SIDE + column, in the colour 0xRRGGBB. "stroke-begun": what comes of it next is a stroke of
 * its own. "undo-paint": the last step is to be undone, by a button or Ctrl+Z in the view. "reset-paint":
 * all paint is to be taken away. Who
 * hears them shows the view what it has become. */

#define FOC_TYPE_NETWORK_VIEW (foc_network_view_get_type ())

G_DECLARE_FINAL_TYPE (FocNetworkView, foc_network_view, FOC, NETWORK_VIEW, GtkWidget)

GtkWidget *foc_network_view_new (void);

/* `features`: FOC_N_FEATURES bytes. `explained`: the answer of `model` to them; NULL where
 * there is none. `is_painted`: they are not the picture's any more. All is copied. */
void foc_network_view_set (FocNetworkView *self,
                           const guint8 *features,
                           const FocModel *model,
                           const FocExplained *explained,
                           gboolean is_painted,
                           gboolean can_undo);

/* Ends painting, as the user does by the button; paint stays. FALSE: nobody is at it. */
gboolean foc_network_view_end_paint (FocNetworkView *self);
