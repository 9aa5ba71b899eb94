/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Which way up a JPEG was taken: the orientation tag of its EXIF segment, 1 ...
 * 8 as in the EXIF standard (JEITA CP-3451, 4.6.4 A), and 1, upright, where
 * there is none that can be read. Reads nothing outside `data`, whatever it
 * holds, allocates nothing, and stops where the picture itself begins. */
int foc_exif_orientation (const guint8 *data, gsize length);
