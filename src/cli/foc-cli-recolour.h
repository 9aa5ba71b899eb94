/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"
#include "foc-settings.h"

/* "A:B", two different classes of `dataset`, whose names may have colons themselves.
 * Without a data set (NULL) only the form is checked, and `recolour` stays as it is.
 * FOC_ERROR_SETTINGS says what is wrong; also where the names can be told apart in more
 * than one way. */
gboolean foc_cli_parse_recolour (const char *text,
                                 const FocDataset *dataset,
                                 FocRecolour *recolour,
                                 GError **error);
