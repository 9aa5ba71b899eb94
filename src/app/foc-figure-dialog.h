/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-figure.h"

#include <gtk/gtk.h>

/* Exporting a figure: asks for a file, whose ending is the format, and writes it in a
 * job. */

/* Told what came of it, a sentence; not if the user has chosen nothing, or it was cancelled
 * (foc-writing.h), or `owner` has gone. */
typedef void (*FocFigureSaid) (const char *message, gboolean failed, gpointer owner);

/* `runs` (GPtrArray of FocRun with foc_run_unref(), taken over): of one run its figure, of
 * more a comparison, in which they are called `names` (taken over, else NULL). */
void foc_figure_dialog_export (GtkWidget *parent,
                               GPtrArray *runs,
                               GStrv names,
                               FocFigureKind kind,
                               FocPart part,
                               gboolean logarithmic,
                               FocFigureSaid said,
                               GObject *owner);
