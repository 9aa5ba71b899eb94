/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-classify-page.h"
#include "test-ui.h"
#include "test-widgets.h"

/* clang-format off */
const Case widgets_of_classifying[] = {
  { "foc-classify-page", foc_classify_page_get_type, NULL, NULL },
  { NULL },
};
/* clang-format on */
