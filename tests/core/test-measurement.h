/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-measurement.h"

/* A measurement of two classes with `per_class` examples each: the last of each class
 * is answered with the second class, all others with the first. */
void test_measurement_fill (FocMeasurement *self, guint per_class);

void test_measurement_check_equal (const FocMeasurement *a, const FocMeasurement *b);
