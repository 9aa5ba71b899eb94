/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-model-mismatch.h"

#include "foc-limits.h"
#include "foc-mlp.h"
#include "foc-preprocess.h"

#include <glib/gi18n-lib.h>

/* Characters of a name in a message: anything may stand in a foreign file. */
#define MAX_NAME 40

static char *
get_layer_name (guint layer)
{
  return g_strdup_printf ("layers.%u.weight", layer);
}

/* Name and shape. */
static char *
describe (const FocTensor *tensor)
{
  g_autofree char *valid = g_utf8_make_valid (tensor->name, -1);
  gboolean is_long = g_utf8_strlen (valid, -1) > MAX_NAME;
  g_autofree char *name = g_utf8_substring (valid, 0, is_long ? MAX_NAME : -1);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "“%s%s” [", name, is_long ? "…" : "");
  for (guint d = 0; d < tensor->n_dimensions; d++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, d > 0 ? ", " : "",
                            tensor->dimensions[d]);
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

/* The first tensor that is none of the layers before `layer`, or NULL. */
static const FocTensor *
find_other (const FocSafetensors *file, guint layer)
{
  for (guint i = 0; i < file->tensors->len; i++)
    {
      const FocTensor *tensor = g_ptr_array_index (file->tensors, i);
      gboolean is_known = FALSE;

      for (guint l = 0; l < layer && !is_known; l++)
        {
          g_autofree char *name = get_layer_name (l);

          is_known = g_str_equal (tensor->name, name);
        }
      if (!is_known)
        return tensor;
    }

  return NULL;
}

static gboolean
takes (const FocTensor *tensor, guint64 width)
{
  return tensor->n_dimensions == 2 && tensor->dimensions[1] == width
         && tensor->dimensions[0] >= 1 && tensor->dimensions[0] <= FOC_LIMIT_LAYER_WIDTH;
}

char *
foc_model_find_mismatch (const FocSafetensors *file)
{
  guint64 width = FOC_N_FEATURES;

  for (guint layer = 0;; layer++)
    {
      g_autofree char *name = get_layer_name (layer);
      g_autofree char *found_text = NULL;
      g_autofree char *expected = NULL;
      gboolean is_full = layer == FOC_MLP_MAX_LAYERS;
      const FocTensor *tensor = is_full ? NULL : foc_safetensors_get (file, name);
      const FocTensor *found = tensor != NULL ? tensor : find_other (file, layer);

      if (tensor != NULL && takes (tensor, width))
        {
          width = tensor->dimensions[0];
          continue;
        }
      if (found == NULL && layer > 0)
        return NULL;

      found_text = found != NULL ? describe (found) : g_strdup (_ ("no tensor"));
      expected = is_full ? g_strdup (_ ("no more tensors"))
                         : g_strdup_printf ("“%s” [1…%d, %" G_GUINT64_FORMAT "]", name,
                                            FOC_LIMIT_LAYER_WIDTH, width);
      /* Translators: names of tensors, with their shapes. */
      return g_strdup_printf (tensor == NULL && layer > 0 && !is_full
                                ? _ ("found: %s; expected: %s, or no more tensors")
                                : _ ("found: %s; expected: %s"),
                              found_text, expected);
    }
}
