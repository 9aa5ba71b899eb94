/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-file.h"

/* The container of model files and checkpoints: the safetensors format
 * (github.com/huggingface/safetensors): 8 bytes of length, a JSON header, the
 * tensors' float32 numbers, little-endian, one after the other. Files are
 * untrusted when they are read: see foc_safetensors_read(). */

#define FOC_TENSOR_MAX_DIMENSIONS 4

typedef struct
{
  char *name;
  guint n_dimensions;
  guint64 dimensions[FOC_TENSOR_MAX_DIMENSIONS]; /* outermost first */
  gsize n_values;                                /* their product   */
  float *values;                                 /* row-major, owned */
} FocTensor;

typedef struct
{
  GPtrArray *tensors;   /* of FocTensor, in the order of the file */
  GHashTable *metadata; /* string to string                       */
} FocSafetensors;

FocSafetensors *foc_safetensors_new (void);
void foc_safetensors_free (FocSafetensors *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocSafetensors, foc_safetensors_free)

/* Adds a tensor of two dimensions, copying its rows x columns values. */
void foc_safetensors_add (FocSafetensors *self,
                          const char *name,
                          guint64 rows,
                          guint64 columns,
                          const float *values);
/* The tensor of that name, or NULL. */
const FocTensor *foc_safetensors_get (const FocSafetensors *self, const char *name);

/* Metadata: strings are copied in, and belong to `self` coming out; a value that is
 * missing is NULL. */
void foc_safetensors_set (FocSafetensors *self, const char *key, const char *value);
const char *foc_safetensors_get_string (const FocSafetensors *self, const char *key);

/* Writes atomically. The same contents give the same bytes. FOC_ERROR_MODEL if it is
 * more than foc_safetensors_read() would accept; G_FILE_ERROR. */
gboolean
foc_safetensors_write (const FocSafetensors *self, const char *path, GError **error);

/* The same up to the point where the file is complete, and gets its name when the caller
 * commits it; NULL on failure. */
FocFileWriter *
foc_safetensors_begin (const FocSafetensors *self, const char *path, GError **error);

/* Reads a file from anywhere. Accepted is: a header of at most
 * FOC_LIMIT_SAFETENSORS_HEADER bytes with no name twice; F32 tensors of up to four
 * dimensions whose places follow each other from the first to the last byte;
 * finite numbers only. Everything else is FOC_ERROR_MODEL with the reason, or
 * G_FILE_ERROR where it cannot be opened. */
FocSafetensors *foc_safetensors_read (const char *path, GError **error);

/* Whether `path` is such a file, and its metadata "format" begins with `prefix`: ours all
 * do so with "face-or-comic-". */
gboolean foc_safetensors_has_format (const char *path, const char *prefix);
