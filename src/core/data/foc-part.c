/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-part.h"

static const char *const part_names[FOC_N_PARTS] = { "train", "validation", "holdout" };

const char *
foc_part_to_string (FocPart part)
{
  g_return_val_if_fail (part < FOC_N_PARTS, NULL);

  return part_names[part];
}

gboolean
foc_part_from_string (const char *string, FocPart *part)
{
  for (guint i = 0; i < FOC_N_PARTS; i++)
    if (g_str_equal (string, part_names[i]))
      {
        *part = (FocPart) i;
        return TRUE;
      }

  return FALSE;
}

FocPart
foc_part_from_folder (const char *name)
{
  static const struct
  {
    const char *name;
    FocPart part;
  } folders[] = {
    { "train", FOC_PART_TRAIN },      { "val", FOC_PART_VALIDATION },
    { "valid", FOC_PART_VALIDATION }, { "validation", FOC_PART_VALIDATION },
    { "test", FOC_PART_HOLDOUT },     { "holdout", FOC_PART_HOLDOUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_ascii_strcasecmp (name, folders[i].name) == 0)
      return folders[i].part;

  return FOC_PART_NONE;
}
