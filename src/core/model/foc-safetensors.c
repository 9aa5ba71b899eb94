/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-safetensors.h"

#include "foc-error.h"
#include "foc-json.h"
#include "foc-limits.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define METADATA "__metadata__"

static void
tensor_free (gpointer data)
{
  FocTensor *tensor = data;

  g_free (tensor->name);
  g_free (tensor->values);
  g_free (tensor);
}

FocSafetensors *
foc_safetensors_new (void)
{
  FocSafetensors *self = g_new0 (FocSafetensors, 1);

  self->tensors = g_ptr_array_new_with_free_func (tensor_free);
  self->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
foc_safetensors_free (FocSafetensors *self)
{
  g_ptr_array_unref (self->tensors);
  g_hash_table_unref (self->metadata);
  g_free (self);
}

void
foc_safetensors_add (FocSafetensors *self,
                     const char *name,
                     guint64 rows,
                     guint64 columns,
                     const float *values)
{
  FocTensor *tensor = g_new0 (FocTensor, 1);

  tensor->name = g_strdup (name);
  tensor->n_dimensions = 2;
  tensor->dimensions[0] = rows;
  tensor->dimensions[1] = columns;
  tensor->n_values = (gsize) (rows * columns);
  tensor->values = g_memdup2 (values, tensor->n_values * sizeof (float));
  g_ptr_array_add (self->tensors, tensor);
}

const FocTensor *
foc_safetensors_get (const FocSafetensors *self, const char *name)
{
  for (guint i = 0; i < self->tensors->len; i++)
    {
      const FocTensor *tensor = g_ptr_array_index (self->tensors, i);

      if (g_str_equal (tensor->name, name))
        return tensor;
    }

  return NULL;
}

void
foc_safetensors_set (FocSafetensors *self, const char *key, const char *value)
{
  g_hash_table_insert (self->metadata, g_strdup (key), g_strdup (value));
}

const char *
foc_safetensors_get_string (const FocSafetensors *self, const char *key)
{
  return g_hash_table_lookup (self->metadata, key);
}

/* Swaps on machines that are not little-endian. */
static void
to_or_from_little_endian (float *values, gsize n)
{
#if G_BYTE_ORDER != G_LITTLE_ENDIAN
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT32_SWAP_LE_BE (bits);
      memcpy (&values[i], &bits, sizeof bits);
    }
#else
  (void) values;
  (void) n;
#endif
}

static void
build_metadata (const FocSafetensors *self, JsonBuilder *builder)
{
  g_autoptr (GList) keys =
    g_list_sort (g_hash_table_get_keys (self->metadata), (GCompareFunc) strcmp);

  json_builder_set_member_name (builder, METADATA);
  json_builder_begin_object (builder);
  for (GList *key = keys; key != NULL; key = key->next)
    foc_json_add_string (builder, key->data,
                         g_hash_table_lookup (self->metadata, key->data));
  json_builder_end_object (builder);
}

static char *
build_header (const FocSafetensors *self, gsize *length)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint64 offset = 0;

  json_builder_begin_object (builder);
  build_metadata (self, builder);
  for (guint i = 0; i < self->tensors->len; i++)
    {
      const FocTensor *tensor = g_ptr_array_index (self->tensors, i);

      json_builder_set_member_name (builder, tensor->name);
      json_builder_begin_object (builder);
      foc_json_add_string (builder, "dtype", "F32");
      json_builder_set_member_name (builder, "shape");
      json_builder_begin_array (builder);
      for (guint d = 0; d < tensor->n_dimensions; d++)
        json_builder_add_int_value (builder, (gint64) tensor->dimensions[d]);
      json_builder_end_array (builder);
      json_builder_set_member_name (builder, "data_offsets");
      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, (gint64) offset);
      offset += tensor->n_values * sizeof (float);
      json_builder_add_int_value (builder, (gint64) offset);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);

  return foc_json_to_string (builder, FALSE, length);
}

static gboolean
write_values (FocFileWriter *writer,
              guint64 offset,
              const FocTensor *tensor,
              GError **error)
{
  gsize length = tensor->n_values * sizeof (float);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  return foc_file_writer_write_at (writer, offset, tensor->values, length, error);
#else
  g_autofree float *swapped = g_memdup2 (tensor->values, length);

  to_or_from_little_endian (swapped, tensor->n_values);
  return foc_file_writer_write_at (writer, offset, swapped, length, error);
#endif
}

FocFileWriter *
foc_safetensors_begin (const FocSafetensors *self, const char *path, GError **error)
{
  g_autoptr (FocFileWriter) writer = NULL;
  gsize header_length;
  g_autofree char *header = build_header (self, &header_length);
  /* Spaces behind the header let the numbers begin at a multiple of eight. */
  gsize padding = (8 - header_length % 8) % 8;
  guint64 length_field = GUINT64_TO_LE (header_length + padding);
  guint64 begin = sizeof length_field + header_length + padding, end = begin;

  for (guint i = 0; i < self->tensors->len; i++)
    end += ((const FocTensor *) g_ptr_array_index (self->tensors, i))->n_values
           * sizeof (float);
  if (header_length + padding > FOC_LIMIT_SAFETENSORS_HEADER
      || end > FOC_LIMIT_SAFETENSORS_BYTES)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, FOC_ERROR, FOC_ERROR_MODEL,
                   _ ("“%s” was not written: it would be too large to be read again."),
                   name);
      return NULL;
    }

  writer = foc_file_writer_new (path, end, error);
  if (writer == NULL
      || !foc_file_writer_write_at (writer, 0, &length_field, sizeof length_field, error)
      || !foc_file_writer_write_at (writer, sizeof length_field, header, header_length,
                                    error)
      || !foc_file_writer_write_at (writer, sizeof length_field + header_length,
                                    "       ", padding, error))
    return NULL;
  for (guint i = 0; i < self->tensors->len; i++)
    {
      const FocTensor *tensor = g_ptr_array_index (self->tensors, i);

      if (!write_values (writer, begin, tensor, error))
        return NULL;
      begin += tensor->n_values * sizeof (float);
    }

  return g_steal_pointer (&writer);
}

gboolean
foc_safetensors_write (const FocSafetensors *self, const char *path, GError **error)
{
  g_autoptr (FocFileWriter) writer = foc_safetensors_begin (self, path, error);
  int fd = writer != NULL ? foc_file_writer_commit (writer, error) : -1;

  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

/* Each of the readers below returns what is wrong, as a clause, or NULL. */

static const char *
read_metadata (FocSafetensors *self, JsonObject *metadata)
{
  g_autoptr (GList) keys = json_object_get_members (metadata);

  for (GList *key = keys; key != NULL; key = key->next)
    {
      const char *value;

      if (!foc_json_get_string (metadata, key->data, &value))
        return _ ("its metadata are not all strings");
      foc_safetensors_set (self, key->data, value);
    }

  return NULL;
}

static gboolean
get_numbers (JsonObject *object,
             const char *name,
             guint max_length,
             guint64 *numbers,
             guint *n_numbers)
{
  JsonArray *array;

  if (!foc_json_get_array (object, name, max_length, &array))
    return FALSE;

  *n_numbers = json_array_get_length (array);
  for (guint i = 0; i < *n_numbers; i++)
    {
      gint64 number;

      if (!foc_json_array_get_int (array, i, 0, G_MAXINT64, &number))
        return FALSE;
      numbers[i] = (guint64) number;
    }

  return TRUE;
}

static const char *
read_tensor (FocSafetensors *self,
             const char *name,
             JsonObject *description,
             guint64 *begin,
             guint64 *end)
{
  FocTensor *tensor = g_new0 (FocTensor, 1);
  guint64 offsets[2], n_values = 1;
  guint n_offsets;
  const char *type;

  tensor->name = g_strdup (name);
  g_ptr_array_add (self->tensors, tensor);

  if (!foc_json_get_string (description, "dtype", &type) || !g_str_equal (type, "F32"))
    return _ ("it has numbers of another type than F32");
  if (!get_numbers (description, "shape", FOC_TENSOR_MAX_DIMENSIONS, tensor->dimensions,
                    &tensor->n_dimensions))
    return _ ("the shape of a tensor is not valid");
  if (!get_numbers (description, "data_offsets", 2, offsets, &n_offsets)
      || n_offsets != 2)
    return _ ("the place of a tensor is not valid");

  for (guint d = 0; d < tensor->n_dimensions; d++)
    if (!g_uint64_checked_mul (&n_values, n_values, tensor->dimensions[d])
        || n_values > FOC_LIMIT_SAFETENSORS_BYTES / sizeof (float))
      return _ ("a tensor is too large");
  if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != n_values * sizeof (float))
    return _ ("the place of a tensor does not fit its shape");

  tensor->n_values = (gsize) n_values;
  *begin = offsets[0];
  *end = offsets[1];
  return NULL;
}

typedef struct
{
  guint64 begin;
  guint64 end;
  FocTensor *tensor;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->begin != y->begin)
    return x->begin < y->begin ? -1 : 1;
  return x->end < y->end ? -1 : x->end > y->end;
}

/* The file that is being read: what stands behind its header. */
typedef struct
{
  int fd;
  guint64 begin;
  guint64 length;
} Data;

static const char *
read_at (int fd, guint64 offset, void *data, gsize length)
{
  if (foc_file_read_at (fd, offset, data, length))
    return NULL;

  return errno == 0 ? _ ("it ends too early") : g_strerror (errno);
}

/* The header may name the tensors in any order. All places are looked at before
 * memory is taken for any tensor. */
static const char *
read_values (GArray *places, const Data *data)
{
  guint64 position = 0;

  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      if (place->begin != position)
        return _ ("its tensors do not lie one behind the other");
      position = place->end;
    }
  if (position > data->length)
    return _ ("it ends too early");
  if (position < data->length)
    return _ ("its length does not fit its header");

  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      FocTensor *tensor = place->tensor;
      const char *problem;

      tensor->values = g_new (float, tensor->n_values);
      problem = read_at (data->fd, data->begin + place->begin, tensor->values,
                         tensor->n_values * sizeof (float));
      if (problem != NULL)
        return problem;
      to_or_from_little_endian (tensor->values, tensor->n_values);
      for (gsize v = 0; v < tensor->n_values; v++)
        if (!isfinite (tensor->values[v]))
          return _ ("it has numbers that are not finite");
    }

  return NULL;
}

/* A header begins with a brace, by which a cut file is told from one of another kind. */
static const char *
read_header (int fd, guint64 size, char **header, gsize *length)
{
  const char *problem;
  guint64 field;
  char brace;

  if (size < sizeof field + sizeof brace)
    return _ ("it is no safetensors file");
  problem = read_at (fd, 0, &field, sizeof field);
  if (problem == NULL)
    problem = read_at (fd, sizeof field, &brace, sizeof brace);
  if (problem != NULL)
    return problem;
  if (brace != '{')
    return _ ("it is no safetensors file");
  field = GUINT64_FROM_LE (field);
  if (field > FOC_LIMIT_SAFETENSORS_HEADER)
    return _ ("its header is too large");
  if (field > size - sizeof field)
    return _ ("it ends too early");

  *length = (gsize) field;
  *header = g_malloc (*length + 1); /* one more: never nothing */
  return read_at (fd, sizeof field, *header, *length);
}

static const char *
read_contents (FocSafetensors *self, int fd, guint64 size)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (GList) names = NULL;
  const char *problem;
  gsize length = 0;
  Data data;

  if (size > FOC_LIMIT_SAFETENSORS_BYTES)
    return _ ("it is too large");
  problem = read_header (fd, size, &text, &length);
  if (problem != NULL)
    return problem;

  header = foc_json_parse (text, length, NULL);
  if (header == NULL)
    return _ ("its header is damaged");

  names = json_object_get_members (header);
  for (GList *name = names; name != NULL && problem == NULL; name = name->next)
    {
      JsonObject *description;

      if (!foc_json_get_object (header, name->data, &description))
        problem = _ ("its header is damaged");
      else if (g_str_equal (name->data, METADATA))
        problem = read_metadata (self, description);
      else
        {
          Place place = { 0 };

          problem = read_tensor (self, name->data, description, &place.begin, &place.end);
          place.tensor = g_ptr_array_index (self->tensors, self->tensors->len - 1);
          g_array_append_val (places, place);
        }
    }
  if (problem != NULL)
    return problem;

  data.fd = fd;
  data.begin = sizeof (guint64) + length;
  data.length = size - data.begin;
  return read_values (places, &data);
}

FocSafetensors *
foc_safetensors_read (const char *path, GError **error)
{
  g_autoptr (FocSafetensors) self = foc_safetensors_new ();
  g_autofree char *name = g_filename_display_name (path);
  const char *problem;
  guint64 size;
  int fd = foc_file_open (path, &size);

  if (fd < 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
                   _ ("“%s” could not be read: %s."), name, g_strerror (saved_errno));
      return NULL;
    }

  problem = read_contents (self, fd, size);
  close (fd);
  if (problem != NULL)
    {
      g_set_error (error, FOC_ERROR, FOC_ERROR_MODEL,
                   /* Translators: a file name, then what is wrong with it. */
                   _ ("The model file “%s” cannot be used: %s."), name, problem);
      return NULL;
    }

  return g_steal_pointer (&self);
}

gboolean
foc_safetensors_has_format (const char *path, const char *prefix)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_read (path, NULL);
  const char *format = file != NULL ? foc_safetensors_get_string (file, "format") : NULL;

  return format != NULL && g_str_has_prefix (format, prefix);
}
