/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-model-file.h"

#include "foc-error.h"
#include "foc-json.h"
#include "foc-limits.h"
#include "foc-model-mismatch.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define FORMAT "face-or-comic-model-1"

static void
set_double (FocSafetensors *file, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    foc_safetensors_set (file, key, g_ascii_dtostr (text, sizeof text, value));
}

static void
set_uint (FocSafetensors *file, const char *key, guint64 value)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, value);
  foc_safetensors_set (file, key, text);
}

static void
set_string (FocSafetensors *file, const char *key, const char *value)
{
  if (value != NULL)
    foc_safetensors_set (file, key, value);
}

/* The number that stands under `key`, or `fallback` where there is none; FALSE for
 * something else, or a number beyond [min, max]. */
static gboolean
get_double (const FocSafetensors *file,
            const char *key,
            double min,
            double max,
            double fallback,
            double *value)
{
  const char *text = foc_safetensors_get_string (file, key);
  char *end;

  *value = fallback;
  if (text == NULL)
    return TRUE;
  *value = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' && *value >= min && *value <= max;
}

static gboolean
get_uint (const FocSafetensors *file, const char *key, guint64 max, guint64 *value)
{
  const char *text = foc_safetensors_get_string (file, key);

  *value = 0;
  return text == NULL || g_ascii_string_to_unsigned (text, 10, 0, max, value, NULL);
}

static char *
names_to_json (const char *const *names)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  foc_json_add_strings_value (builder, names);

  return foc_json_to_string (builder, FALSE, NULL);
}

/* Answers are given under the names of the classes. */
static gboolean
are_distinct (const char *const *names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_hash_table_add (seen, (gpointer) names[i]))
      return FALSE;

  return TRUE;
}

void
foc_mlp_to_tensors (const FocMlp *mlp, FocSafetensors *file)
{
  const FocMlpShape *shape = &mlp->shape;

  for (guint layer = 0; layer < shape->n_layers; layer++)
    {
      g_autofree char *name = g_strdup_printf ("layers.%u.weight", layer);

      foc_safetensors_add (file, name, shape->widths[layer + 1], shape->widths[layer],
                           mlp->parameters + foc_mlp_shape_offset (shape, layer));
    }
}

FocMlp *
foc_mlp_from_tensors (const FocSafetensors *file, const char **problem)
{
  FocMlpShape shape = { 0 };
  FocMlp *mlp;

  while (TRUE)
    {
      g_autofree char *name = g_strdup_printf ("layers.%u.weight", shape.n_layers);
      const FocTensor *tensor = foc_safetensors_get (file, name);

      if (tensor == NULL)
        break;
      if (shape.n_layers == FOC_MLP_MAX_LAYERS)
        {
          *problem = _ ("it has more layers than this program computes");
          return NULL;
        }
      if (tensor->n_dimensions != 2 || tensor->dimensions[0] < 1
          || tensor->dimensions[1] < 1 || tensor->dimensions[0] > FOC_LIMIT_LAYER_WIDTH
          || tensor->dimensions[1] > FOC_LIMIT_LAYER_WIDTH
          || (shape.n_layers > 0
              && tensor->dimensions[1] != shape.widths[shape.n_layers]))
        {
          *problem = _ ("the shapes of its layers do not fit each other");
          return NULL;
        }

      shape.widths[shape.n_layers] = (guint) tensor->dimensions[1];
      shape.widths[++shape.n_layers] = (guint) tensor->dimensions[0];
    }

  if (shape.n_layers == 0)
    {
      *problem =
        _ ("it has no tensor “layers.0.weight”, where the first layer was expected");
      return NULL;
    }

  mlp = foc_mlp_new (&shape);
  for (guint layer = 0; layer < shape.n_layers; layer++)
    {
      g_autofree char *name = g_strdup_printf ("layers.%u.weight", layer);
      const FocTensor *tensor = foc_safetensors_get (file, name);

      memcpy (mlp->parameters + foc_mlp_shape_offset (&shape, layer), tensor->values,
              tensor->n_values * sizeof (float));
    }

  return mlp;
}

static char *
novelty_to_string (const FocNovelty *novelty)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  foc_novelty_to_json (novelty, builder);
  return foc_json_to_string (builder, FALSE, NULL);
}

static FocNovelty *
novelty_from_string (const char *string, guint n_classes)
{
  g_autoptr (JsonObject) object = foc_json_parse (string, strlen (string), NULL);

  return object != NULL ? foc_novelty_from_json (object, n_classes) : NULL;
}

void
foc_model_describe (const FocModel *self, FocSafetensors *file)
{
  g_autofree char *names = names_to_json ((const char *const *) self->class_names);
  g_autofree char *novelty = NULL;
  const FocModelOrigin *origin = &self->origin;

  foc_safetensors_set (file, "format", FORMAT);
  foc_safetensors_set (file, "classes", names);
  foc_safetensors_set (file, "preprocessing", FOC_PREPROCESS_ID);
  set_double (file, "temperature", self->temperature);
  set_double (file, "threshold", self->threshold);
  if (self->novelty != NULL)
    novelty = novelty_to_string (self->novelty);
  set_string (file, "novelty", novelty);
  set_string (file, "optimizer", origin->optimizer);
  set_double (file, "learning_rate", origin->learning_rate);
  set_uint (file, "epochs", origin->epochs);
  set_uint (file, "seed", origin->seed);
  set_double (file, "validation_accuracy", origin->validation_accuracy);
  set_string (file, "data_digest", origin->data_digest);
  set_string (file, "split", origin->split);
  set_string (file, "program_version", origin->program_version);
}

static FocSafetensors *
make_file (const FocModel *self)
{
  FocSafetensors *file = foc_safetensors_new ();

  foc_model_describe (self, file);
  foc_mlp_to_tensors (self->mlp, file);

  return file;
}

FocFileWriter *
foc_model_begin_save (const FocModel *self, const char *path, GError **error)
{
  g_autoptr (FocSafetensors) file = make_file (self);

  return foc_safetensors_begin (file, path, error);
}

gboolean
foc_model_save (const FocModel *self, const char *path, GError **error)
{
  g_autoptr (FocSafetensors) file = make_file (self);

  return foc_safetensors_write (file, path, error);
}

/* The clause `problem`, with what was found in the file and what was expected. */
static char *
add_mismatch (const FocSafetensors *file, const char *problem)
{
  g_autofree char *mismatch = foc_model_find_mismatch (file);

  return mismatch != NULL ? g_strdup_printf ("%s (%s)", problem, mismatch)
                          : g_strdup (problem);
}

/* What is wrong, as a clause to be freed, or NULL. */
static char *
read_model (const FocSafetensors *file, FocModel **model)
{
  g_autoptr (FocMlp) mlp = NULL;
  g_autoptr (FocModel) self = NULL;
  g_autoptr (FocNovelty) novelty = NULL;
  const char *text = foc_safetensors_get_string (file, "novelty");
  g_auto (GStrv) names = NULL;
  const char *format = foc_safetensors_get_string (file, "format");
  const char *classes = foc_safetensors_get_string (file, "classes");
  const char *preprocessing = foc_safetensors_get_string (file, "preprocessing");
  const char *problem = NULL;
  guint64 epochs;
  guint n_classes;

  /* Others write what they like there, such as "pt". */
  if (format != NULL && g_str_has_prefix (format, "face-or-comic-")
      && !g_str_equal (format, FORMAT))
    return g_strdup (_ ("it is no model of this version of the program"));
  mlp = foc_mlp_from_tensors (file, &problem);
  if (mlp == NULL)
    return add_mismatch (file, problem);
  if (text != NULL)
    novelty = novelty_from_string (text, foc_mlp_shape_n_classes (&mlp->shape));
  if (text != NULL && novelty == NULL)
    return g_strdup (_ ("what it says of its training pictures is damaged"));
  /* A bias, for one: the answers would be others than the file's maker meant. */
  if (file->tensors->len != mlp->shape.n_layers)
    return add_mismatch (
      file, _ ("it has tensors besides the weights that this program computes with"));
  if (foc_mlp_shape_n_inputs (&mlp->shape) != FOC_N_FEATURES)
    return add_mismatch (
      file, _ ("its first layer does not take the 1728 numbers of a 24 × 24 picture"));
  if (preprocessing != NULL && !g_str_equal (preprocessing, FOC_PREPROCESS_ID))
    return g_strdup (
      _ ("it wants its pictures prepared in a way that this program does not know"));
  names = classes != NULL ? foc_json_parse_strings (classes, FOC_LIMIT_CLASSES) : NULL;
  n_classes = foc_mlp_shape_n_classes (&mlp->shape);
  if (names == NULL)
    return g_strdup (_ ("it does not name its classes, one for each output"));
  if (g_strv_length (names) != n_classes || n_classes < FOC_LIMIT_CLASSES_MIN)
    return g_strdup_printf (_ ("it does not name its classes, one for each output "
                               "(found: %u; expected: %u)"),
                            g_strv_length (names),
                            MAX (n_classes, FOC_LIMIT_CLASSES_MIN));
  if (!are_distinct ((const char *const *) names))
    return g_strdup (_ ("two of its classes have the same name"));

  self = foc_model_new (g_steal_pointer (&mlp), (const char *const *) names);
  if (!get_double (file, "temperature", FOC_LIMIT_TEMPERATURE_MIN,
                   FOC_LIMIT_TEMPERATURE_MAX, 1.0, &self->temperature)
      || !get_double (file, "threshold", 0.0, 1.0, FOC_MODEL_THRESHOLD_DEFAULT,
                      &self->threshold)
      || !get_double (file, "learning_rate", 0.0, 1e6, NAN, &self->origin.learning_rate)
      || !get_double (file, "validation_accuracy", 0.0, 1.0, NAN,
                      &self->origin.validation_accuracy)
      || !get_uint (file, "epochs", FOC_LIMIT_EPOCHS, &epochs)
      || !get_uint (file, "seed", G_MAXUINT64, &self->origin.seed))
    return g_strdup (_ ("one of its metadata is not a number, or out of range"));

  self->novelty = g_steal_pointer (&novelty);
  self->origin.epochs = (guint) epochs;
  self->origin.optimizer = g_strdup (foc_safetensors_get_string (file, "optimizer"));
  self->origin.split = g_strdup (foc_safetensors_get_string (file, "split"));
  self->origin.data_digest = g_strdup (foc_safetensors_get_string (file, "data_digest"));
  self->origin.program_version =
    g_strdup (foc_safetensors_get_string (file, "program_version"));

  *model = g_steal_pointer (&self);
  return NULL;
}

FocModel *
foc_model_load (const char *path, GError **error)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_read (path, error);
  g_autofree char *problem = NULL;
  FocModel *model = NULL;

  if (file == NULL)
    return NULL;

  problem = read_model (file, &model);
  if (problem != NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, FOC_ERROR, FOC_ERROR_MODEL,
                   _ ("The model file “%s” cannot be used: %s."), name, problem);
    }

  return model;
}
