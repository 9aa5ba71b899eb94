/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-open-dataset.h"

#include <adwaita.h>

/* Says that the data set is split otherwise now than `before`, with a button that takes it
 * back: unless another data set is open by then, or another split was chosen. */
AdwToast *
foc_split_toast_new (const char *title, FocOpenDataset *dataset, FocCatalog *before);
