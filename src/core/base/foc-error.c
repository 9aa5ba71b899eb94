/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-error.h"

#include "foc-sandbox.h"
#include "foc-text.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (foc_error, foc_error)

const char *
foc_error_image_reason (int code)
{
  switch (code)
    {
    case FOC_ERROR_IMAGE_NO_ACCESS:
      return foc_sandbox_is_active ()
               ? _ ("it is gone, or out of reach of the sandbox in which this program "
                    "runs: choose it with the Open button, which lets it in")
               : _ ("it is gone, or this program may not read it");
    case FOC_ERROR_IMAGE_EMPTY:
      return _ ("the file is empty");
    case FOC_ERROR_IMAGE_FORMAT:
      return _ ("it is no picture in a format that can be read here");
    case FOC_ERROR_IMAGE_TRUNCATED:
      return _ ("the file ends too early");
    case FOC_ERROR_IMAGE_DAMAGED:
      return _ ("the file is damaged");
    case FOC_ERROR_IMAGE_TOO_LARGE:
      return _ ("the picture or its file is too large");
    case FOC_ERROR_IMAGE_SPECIAL:
      return _ ("it is not a regular file");
    case FOC_ERROR_IMAGE_FOLDER:
      return _ ("it is a folder, and not all that is in it could be found out");
    default:
      return _ ("it cannot be read");
    }
}

void
foc_error_set_image (GError **error, int code, const char *path)
{
  g_autofree char *display_name = g_filename_display_name (path);
  g_autofree char *name = foc_text_escape (display_name);

  /* Translators: a picture's name, then one of the reasons above. */
  g_set_error (error, FOC_ERROR, code, _ ("“%s” cannot be used: %s."), name,
               foc_error_image_reason (code));
}
