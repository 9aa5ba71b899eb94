/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-onnx.h"

#include "foc-model-file.h"
#include "foc-normalise.h"
#include "foc-protobuf.h"

#include <string.h>
#include <unistd.h>

#define FORMAT "face-or-comic-onnx-1"
#define PRODUCER "face-or-comic"

/* Of onnx.proto: the numbers of the fields, and of the types. */
enum
{
  IR_VERSION = 4,
  OPSET_VERSION = 9,

  MODEL_IR_VERSION = 1,
  MODEL_PRODUCER_NAME = 2,
  MODEL_PRODUCER_VERSION = 3,
  MODEL_GRAPH = 7,
  MODEL_OPSET = 8,
  MODEL_METADATA = 14,
  OPSET_DOMAIN = 1,
  OPSET_NUMBER = 2,
  METADATA_KEY = 1,
  METADATA_VALUE = 2,

  GRAPH_NODE = 1,
  GRAPH_NAME = 2,
  GRAPH_INITIALIZER = 5,
  GRAPH_DOC = 10,
  GRAPH_INPUT = 11,
  GRAPH_OUTPUT = 12,

  NODE_INPUT = 1,
  NODE_OUTPUT = 2,
  NODE_NAME = 3,
  NODE_OPERATOR = 4,
  NODE_ATTRIBUTE = 5,
  ATTRIBUTE_NAME = 1,
  ATTRIBUTE_INT = 3,
  ATTRIBUTE_TYPE = 20,
  ATTRIBUTE_TYPE_INT = 2,

  TENSOR_DIMENSION = 1,
  TENSOR_TYPE = 2,
  TENSOR_NAME = 8,
  TENSOR_RAW_DATA = 9,
  TYPE_FLOAT = 1,
  TYPE_UINT8 = 2,

  VALUE_NAME = 1,
  VALUE_TYPE = 2,
  VALUE_TYPE_TENSOR = 1,
  VALUE_ELEMENT_TYPE = 1,
  VALUE_SHAPE = 2,
  SHAPE_DIMENSION = 1,
  DIMENSION_NUMBER = 1,
  DIMENSION_NAME = 2,
};

/* A node is called as what comes out of it. `constant` and `attribute` may be NULL. */
static void
add_node (GByteArray *graph,
          const char *
          operator,
          const char * input,
          const char *constant,
          const char *output,
          const char *attribute,
          guint value)
{
  GByteArray *node = g_byte_array_new ();

  foc_protobuf_add_string (node, NODE_INPUT, input);
  if (constant != NULL)
    foc_protobuf_add_string (node, NODE_INPUT, constant);
  foc_protobuf_add_string (node, NODE_OUTPUT, output);
  foc_protobuf_add_string (node, NODE_NAME, output);
  foc_protobuf_add_string (node, NODE_OPERATOR, operator);
  if (attribute != NULL)
    {
      GByteArray *message = g_byte_array_new ();

      foc_protobuf_add_string (message, ATTRIBUTE_NAME, attribute);
      foc_protobuf_add_uint (message, ATTRIBUTE_INT, value);
      foc_protobuf_add_uint (message, ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INT);
      foc_protobuf_add_message (node, NODE_ATTRIBUTE, message);
    }

  foc_protobuf_add_message (graph, GRAPH_NODE, node);
}

static void
add_nodes (GByteArray *graph, guint n_layers)
{
  g_autofree char *values = g_strdup ("normalised");

  add_node (graph, "Cast", "picture", NULL, "numbers", "to", TYPE_FLOAT);
  add_node (graph, "Flatten", "numbers", NULL, "row", "axis", 1);
  add_node (graph, "Sub", "row", "offset", "centred", NULL, 0);
  add_node (graph, "Mul", "centred", "scale", values, NULL, 0);
  for (guint layer = 0; layer < n_layers; layer++)
    {
      g_autofree char *weights = g_strdup_printf ("layers.%u.weight", layer);
      g_autofree char *sums = g_strdup_printf ("layers.%u.sums", layer);

      if (layer + 1 == n_layers)
        {
          add_node (graph, "MatMul", values, weights, "logits", NULL, 0);
          break;
        }
      add_node (graph, "MatMul", values, weights, sums, NULL, 0);
      g_free (values);
      values = g_strdup_printf ("layers.%u.output", layer);
      add_node (graph, "Relu", sums, NULL, values, NULL, 0);
    }
  add_node (graph, "Div", "logits", "temperature", "calibrated", NULL, 0);
  add_node (graph, "Softmax", "calibrated", NULL, "probabilities", "axis", 1);
}

/* An input or output of the graph; a zero ends the dimensions behind N. */
static void
add_value (GByteArray *graph,
           guint field,
           const char *name,
           guint type,
           const guint *dimensions)
{
  GByteArray *value = g_byte_array_new (), *type_message = g_byte_array_new ();
  GByteArray *tensor = g_byte_array_new (), *shape = g_byte_array_new ();
  GByteArray *n = g_byte_array_new ();

  foc_protobuf_add_string (n, DIMENSION_NAME, "N");
  foc_protobuf_add_message (shape, SHAPE_DIMENSION, n);
  for (; *dimensions != 0; dimensions++)
    {
      GByteArray *dimension = g_byte_array_new ();

      foc_protobuf_add_uint (dimension, DIMENSION_NUMBER, *dimensions);
      foc_protobuf_add_message (shape, SHAPE_DIMENSION, dimension);
    }

  foc_protobuf_add_uint (tensor, VALUE_ELEMENT_TYPE, type);
  foc_protobuf_add_message (tensor, VALUE_SHAPE, shape);
  foc_protobuf_add_message (type_message, VALUE_TYPE_TENSOR, tensor);
  foc_protobuf_add_string (value, VALUE_NAME, name);
  foc_protobuf_add_message (value, VALUE_TYPE, type_message);
  foc_protobuf_add_message (graph, field, value);
}

/* The head of a constant of the graph, up to its rows x columns numbers (0 columns: a
 * vector, 0 rows: a single number), which must follow. */
static void
begin_constant (GByteArray *graph, const char *name, guint rows, guint columns)
{
  g_autoptr (GByteArray) tensor = g_byte_array_new ();
  guint64 n_bytes = sizeof (float) * (guint64) MAX (rows, 1) * MAX (columns, 1);

  if (rows > 0)
    foc_protobuf_add_uint (tensor, TENSOR_DIMENSION, rows);
  if (columns > 0)
    foc_protobuf_add_uint (tensor, TENSOR_DIMENSION, columns);
  foc_protobuf_add_uint (tensor, TENSOR_TYPE, TYPE_FLOAT);
  foc_protobuf_add_string (tensor, TENSOR_NAME, name);
  foc_protobuf_begin (tensor, TENSOR_RAW_DATA, n_bytes);

  foc_protobuf_begin (graph, GRAPH_INITIALIZER, tensor->len + n_bytes);
  g_byte_array_append (graph, tensor->data, tensor->len);
}

static void
append_float (GByteArray *bytes, float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT32_TO_LE (bits);
  g_byte_array_append (bytes, (const guint8 *) &bits, sizeof bits);
}

/* The channels' numbers repeated over all pixels: a vector of them would have to be
 * laid along the right axis, which is where readers differ. */
static void
add_channels (GByteArray *graph, const char *name, const float *channels)
{
  begin_constant (graph, name, FOC_N_FEATURES, 0);
  for (guint i = 0; i < FOC_N_FEATURES; i++)
    append_float (graph, channels[i % FOC_NORMALISE_CHANNELS]);
}

/* All of the graph but its layers. */
static GByteArray *
make_graph (const FocModel *model)
{
  static const guint picture[] = { FOC_FEATURE_SIDE, FOC_FEATURE_SIDE,
                                   FOC_FEATURE_CHANNELS, 0 };
  const guint classes[] = { foc_model_get_n_classes (model), 0 };
  GByteArray *graph = g_byte_array_new ();

  add_nodes (graph, model->mlp->shape.n_layers);
  foc_protobuf_add_string (graph, GRAPH_NAME, PRODUCER);
  foc_protobuf_add_string (graph, GRAPH_DOC,
                           "The centred largest square of a picture, averaged down to "
                           "24 x 24 pixels of R G B, 0 to 255, to the probabilities of "
                           "the classes that the metadata name.");
  add_value (graph, GRAPH_INPUT, "picture", TYPE_UINT8, picture);
  add_value (graph, GRAPH_OUTPUT, "probabilities", TYPE_FLOAT, classes);
  add_channels (graph, "offset", foc_normalise_offset);
  add_channels (graph, "scale", foc_normalise_scale);
  begin_constant (graph, "temperature", 0, 0);
  append_float (graph, (float) model->temperature);

  return graph;
}

static void
add_metadata (GByteArray *message, const FocModel *model)
{
  g_autoptr (FocSafetensors) file = foc_safetensors_new ();
  g_autoptr (GList) keys = NULL;

  foc_model_describe (model, file);
  foc_safetensors_set (file, "format", FORMAT);
  keys = g_list_sort (g_hash_table_get_keys (file->metadata), (GCompareFunc) strcmp);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      GByteArray *entry = g_byte_array_new ();

      foc_protobuf_add_string (entry, METADATA_KEY, key->data);
      foc_protobuf_add_string (entry, METADATA_VALUE,
                               foc_safetensors_get_string (file, key->data));
      foc_protobuf_add_message (message, MODEL_METADATA, entry);
    }
}

static void
begin_model (GByteArray *message)
{
  foc_protobuf_add_uint (message, MODEL_IR_VERSION, IR_VERSION);
  foc_protobuf_add_string (message, MODEL_PRODUCER_NAME, PRODUCER);
}

/* All of the model but its graph. */
static GByteArray *
make_model (const FocModel *model)
{
  GByteArray *message = g_byte_array_new (), *opset = g_byte_array_new ();

  begin_model (message);
  foc_protobuf_add_string (message, MODEL_PRODUCER_VERSION, FOC_VERSION);
  foc_protobuf_add_string (opset, OPSET_DOMAIN, "");
  foc_protobuf_add_uint (opset, OPSET_NUMBER, OPSET_VERSION);
  foc_protobuf_add_message (message, MODEL_OPSET, opset);
  add_metadata (message, model);

  return message;
}

/* The weights as MatMul takes them, in x out: ours are out x in. */
static gboolean
write_weights (FocFileWriter *writer,
               guint64 offset,
               const float *weights,
               guint in,
               guint out,
               GError **error)
{
  g_autoptr (GByteArray) rows = g_byte_array_new ();

  for (guint i = 0; i < in; i++)
    {
      for (guint o = 0; o < out; o++)
        append_float (rows, weights[(gsize) o * in + i]);
      if (rows->len < 64 * 1024 && i + 1 < in)
        continue;
      if (!foc_file_writer_write_at (writer, offset, rows->data, rows->len, error))
        return FALSE;
      offset += rows->len;
      g_byte_array_set_size (rows, 0);
    }

  return TRUE;
}

FocFileWriter *
foc_onnx_write (const FocModel *self, const char *path, GError **error)
{
  const FocMlpShape *shape = &self->mlp->shape;
  g_autoptr (GByteArray) head = make_model (self);
  g_autoptr (GByteArray) graph = make_graph (self);
  GByteArray *layers[FOC_MLP_MAX_LAYERS]; /* the heads of their tensors */
  guint64 graph_length = graph->len, offset = 0;
  g_autoptr (FocFileWriter) writer = NULL;
  gboolean ok;

  for (guint l = 0; l < shape->n_layers; l++)
    {
      g_autofree char *name = g_strdup_printf ("layers.%u.weight", l);

      layers[l] = g_byte_array_new ();
      begin_constant (layers[l], name, shape->widths[l], shape->widths[l + 1]);
      graph_length +=
        layers[l]->len
        + sizeof (float) * (guint64) shape->widths[l] * shape->widths[l + 1];
    }
  foc_protobuf_begin (head, MODEL_GRAPH, graph_length);

  writer = foc_file_writer_new (path, head->len + graph_length, error);
  ok = writer != NULL
       && foc_file_writer_write_at (writer, 0, head->data, head->len, error)
       && foc_file_writer_write_at (writer, head->len, graph->data, graph->len, error);
  offset = head->len + graph->len;
  for (guint l = 0; l < shape->n_layers; l++)
    {
      guint in = shape->widths[l], out = shape->widths[l + 1];

      ok = ok
           && foc_file_writer_write_at (writer, offset, layers[l]->data, layers[l]->len,
                                        error)
           && write_weights (writer, offset + layers[l]->len,
                             self->mlp->parameters + foc_mlp_shape_offset (shape, l), in,
                             out, error);
      offset += layers[l]->len + sizeof (float) * (guint64) in * out;
      g_byte_array_unref (layers[l]);
    }

  return ok ? g_steal_pointer (&writer) : NULL;
}

gboolean
foc_onnx_is_ours (const char *path)
{
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autofree guint8 *found = NULL;
  guint64 size;
  int fd = foc_file_open (path, &size);
  gboolean same;

  if (fd < 0)
    return FALSE;

  begin_model (expected);
  found = g_malloc (expected->len);
  same = size >= expected->len && foc_file_read_at (fd, 0, found, expected->len)
         && memcmp (found, expected->data, expected->len) == 0;
  close (fd);

  return same;
}
