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

static char *
describe (const char *name, const char *shape)
{
  /* Translators: a tensor's name and its shape. */
  return g_strdup_printf (_ ("“%s” [%s]"), name, shape);
}

static char *
describe_found (const FocTensor *tensor)
{
  g_autofree char *valid = g_utf8_make_valid (tensor->name, -1);
  gboolean is_long = g_utf8_strlen (valid, -1) > MAX_NAME;
  g_autofree char *start = g_utf8_substring (valid, 0, is_long ? MAX_NAME : -1);
  g_autofree char *name = g_strconcat (start, is_long ? "…" : "", NULL);
  g_autoptr (GString) shape = g_string_new (NULL);

  for (guint d = 0; d < tensor->n_dimensions; d++)
    g_string_append_printf (shape, "%s%" G_GUINT64_FORMAT, d > 0 ? ", " : "",
                            tensor->dimensions[d]);

  return describe (name, shape->str);
}

/* A layer that takes `width` numbers. */
static char *
describe_expected (const char *name, guint64 width)
{
  g_autofree char *shape =
    g_strdup_printf ("1…%d, %" G_GUINT64_FORMAT, FOC_LIMIT_LAYER_WIDTH, width);

  return describe (name, shape);
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

      found_text = found != NULL ? describe_found (found) : g_strdup (_ ("no tensor"));
      expected =
        is_full ? g_strdup (_ ("no more tensors")) : describe_expected (name, width);
      return g_strdup_printf (tensor == NULL && layer > 0 && !is_full
                                /* Translators: tensors, as above. */
                                ? _ ("found: %s; expected: %s, or no more tensors")
                                : _ ("found: %s; expected: %s"),
                              found_text, expected);
    }
}
