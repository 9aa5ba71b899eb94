/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-plot.h"

/* One plot of every kind, and of the cases that are hard to draw. */

typedef struct
{
  const char *name;
  FocPlot *(*make) (void); /* free with g_object_unref() */
} TestPlot;

/* Ends with a name of NULL. */
extern const TestPlot test_plots[];
