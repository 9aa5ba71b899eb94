/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-dataset.h"

#include "foc-dataset-private.h"
#include "foc-error.h"
#include "foc-limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

gboolean
foc_is_picture_name (const char *name)
{
  static const char *const endings[] = {
    "jpg",  "jpeg", "jpe",  "jfif", "png", "gif", "webp", "bmp", "tif",
    "tiff", "avif", "heic", "heif", "jxl", "pnm", "ppm",  "pgm", "pbm",
  };
  const char *dot = strrchr (name, '.');

  if (dot == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot + 1, endings[i]) == 0)
      return TRUE;

  return FALSE;
}

/* In the order of the data set: a total one, or the order of equal pictures would
 * depend on the file system. */
static int
compare_pictures (const void *a, const void *b)
{
  const FocPicture *x = a, *y = b;
  int order;

  if (x->part != y->part)
    return x->part < y->part ? -1 : 1;
  order = foc_natural_compare (x->name, y->name);
  return order != 0 ? order : foc_natural_compare (x->path, y->path);
}

/* The folders from `first` on that are of one class; returns where they end. */
static guint
end_of_class (const GPtrArray *folders, guint first)
{
  const FocClassFolder *folder = g_ptr_array_index (folders, first);
  guint end = first + 1;

  while (end < folders->len
         && g_str_equal (
           ((const FocClassFolder *) g_ptr_array_index (folders, end))->class_name,
           folder->class_name))
    end++;
  return end;
}

/* Scans the class folders `first` ... `end - 1`; tells how many pictures they
 * hold. */
static gboolean
scan_class (FocScan *scan,
            const GPtrArray *folders,
            guint first,
            guint end,
            guint label,
            guint32 *n_pictures,
            GError **error)
{
  FocDataset *dataset = scan->dataset;
  guint32 start = dataset->pictures->len;

  foc_dataset_begin_class (scan);
  for (guint i = first; i < end; i++)
    {
      const FocClassFolder *folder = g_ptr_array_index (folders, i);
      guint32 before = dataset->pictures->len;

      if (!foc_dataset_scan_class_folder (scan, folder, (guint16) label, error))
        return FALSE;
      if (dataset->pictures->len == before)
        dataset->ignored.empty_folders++;
      else if (folder->part != FOC_PART_NONE)
        dataset->has_part[folder->part] = TRUE;
    }

  *n_pictures = dataset->pictures->len - start;
  if (*n_pictures > 0)
    qsort (&g_array_index (dataset->pictures, FocPicture, start), *n_pictures,
           sizeof (FocPicture), compare_pictures);
  return TRUE;
}

/* Scans every class; those without pictures are none. */
static gboolean
scan_classes (FocScan *scan, const GPtrArray *folders, GError **error)
{
  FocDataset *dataset = scan->dataset;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint end;

  for (guint first = 0; first < folders->len; first = end)
    {
      const FocClassFolder *folder = g_ptr_array_index (folders, first);
      char *name;
      guint32 size;

      end = end_of_class (folders, first);
      if (!scan_class (scan, folders, first, end, sizes->len, &size, error))
        return FALSE;
      if (size == 0)
        continue;

      if (sizes->len == FOC_LIMIT_CLASSES)
        {
          g_autofree char *root = g_filename_display_name (dataset->root);

          g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                       _ ("“%s” is too large: at most %d classes are possible."), root,
                       FOC_LIMIT_CLASSES);
          return FALSE;
        }

      /* Not g_filename_display_name(), which depends on the environment. */
      name = g_utf8_make_valid (folder->class_name, -1);
      g_ptr_array_add (names, name);
      if (!g_hash_table_add (seen, name))
        {
          g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                       _ ("Two class folders have names that both read “%s”."), name);
          return FALSE;
        }
      g_array_append_val (sizes, size);
    }

  dataset->n_classes = sizes->len;
  g_ptr_array_add (names, NULL);
  dataset->class_names = (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  dataset->class_sizes = (guint32 *) g_array_free (g_steal_pointer (&sizes), FALSE);
  return TRUE;
}

static gboolean
check_classes (const FocDataset *self, gboolean is_split, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->root);

  if (self->n_classes == 0)
    g_set_error (
      error, FOC_ERROR, self->has_loose ? FOC_ERROR_NO_CLASSES : FOC_ERROR_DATASET,
      _ ("“%s” is no data set: none of its folders holds a picture. A data set "
         "has one folder of pictures for each class."),
      name);
  else if (self->n_classes < FOC_LIMIT_CLASSES_MIN)
    g_set_error (
      error, FOC_ERROR, FOC_ERROR_NO_CLASSES,
      _ ("“%s” has pictures of only one class, “%s”; at least two are needed, each "
         "in a folder of its own."),
      name, self->class_names[0]);
  else if (is_split && !self->has_part[FOC_PART_TRAIN])
    g_set_error (
      error, FOC_ERROR, FOC_ERROR_DATASET,
      _ ("“%s” has folders for parts of a split, but no “train” with pictures among "
         "them."),
      name);
  else
    return TRUE;

  return FALSE;
}

/* What stands above the root; it is an absolute path without links. */
static void
add_ancestors (FocScan *scan)
{
  g_autofree char *path = g_strdup (scan->dataset->root);

  foc_dataset_add_ancestor (scan, path);
  while (!g_str_equal (path, "/"))
    {
      char *parent = g_path_get_dirname (path);

      g_free (path);
      path = parent;
      foc_dataset_add_ancestor (scan, path);
    }
}

static guint
folder_id_hash (gconstpointer key)
{
  const FocFolderId *id = key;
  guint64 inode = id->inode;

  return (guint) (inode ^ (inode >> 32) ^ (id->device * 31));
}

static gboolean
folder_id_equal (gconstpointer a, gconstpointer b)
{
  const FocFolderId *x = a, *y = b;

  return x->inode == y->inode && x->device == y->device;
}

static gboolean
scan_root (FocDataset *self,
           int fd,
           FocProgress progress,
           gpointer user_data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GHashTable) visited =
    g_hash_table_new_full (folder_id_hash, folder_id_equal, g_free, NULL);
  g_autoptr (GArray) ancestors = g_array_new (FALSE, FALSE, sizeof (FocFolderId));
  g_autoptr (GPtrArray) folders = NULL;
  gboolean is_split;
  FocScan scan = {
    .dataset = self,
    .root = fd,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
    .ancestors = ancestors,
    .visited = visited,
  };

  add_ancestors (&scan);
  folders = foc_dataset_find_class_folders (&scan, &is_split, error);
  if (folders == NULL || !scan_classes (&scan, folders, error)
      || !check_classes (self, is_split, error))
    return FALSE;

  if (progress != NULL)
    progress (self->pictures->len, self->pictures->len, user_data);
  return TRUE;
}

FocDataset *
foc_dataset_scan (const char *root,
                  FocProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (FocDataset) self = g_new0 (FocDataset, 1);
  char *real = realpath (root, NULL);
  int fd = real != NULL ? open (real, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  int saved_errno = errno;
  gboolean ok;

  g_atomic_ref_count_init (&self->ref_count);
  self->pictures = g_array_new (FALSE, FALSE, sizeof (FocPicture));
  self->paths = g_string_chunk_new (64 * 1024);
  self->root = g_strdup (real);
  free (real);

  if (fd < 0)
    {
      g_autofree char *name = g_filename_display_name (root);

      g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                   _ ("“%s” cannot be opened as a data set: %s."), name,
                   g_strerror (saved_errno));
      return NULL;
    }

  ok = scan_root (self, fd, progress, user_data, cancellable, error);
  close (fd);

  return ok ? g_steal_pointer (&self) : NULL;
}

FocDataset *
foc_dataset_ref (FocDataset *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
foc_dataset_unref (FocDataset *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_strfreev (self->class_names);
  g_free (self->class_sizes);
  g_array_unref (self->pictures);
  g_string_chunk_free (self->paths);
  g_free (self->root);
  g_free (self);
}

const char *
foc_dataset_get_root (const FocDataset *self)
{
  return self->root;
}

guint
foc_dataset_get_n_classes (const FocDataset *self)
{
  return self->n_classes;
}

const char *const *
foc_dataset_get_class_names (const FocDataset *self)
{
  return (const char *const *) self->class_names;
}

guint32
foc_dataset_get_n_pictures (const FocDataset *self)
{
  return self->pictures->len;
}

const FocPicture *
foc_dataset_get_picture (const FocDataset *self, guint32 index)
{
  g_return_val_if_fail (index < self->pictures->len, NULL);

  return &g_array_index (self->pictures, FocPicture, index);
}

guint32
foc_dataset_get_class_size (const FocDataset *self, guint label)
{
  g_return_val_if_fail (label < self->n_classes, 0);

  return self->class_sizes[label];
}

char *
foc_dataset_get_file (const FocDataset *self, guint32 index)
{
  return g_build_filename (self->root, foc_dataset_get_picture (self, index)->path, NULL);
}

gboolean
foc_dataset_has_split (const FocDataset *self)
{
  return self->has_part[FOC_PART_TRAIN];
}

gboolean
foc_dataset_has_part (const FocDataset *self, FocPart part)
{
  g_return_val_if_fail (part < FOC_N_PARTS, FALSE);

  return self->has_part[part];
}

const FocIgnored *
foc_dataset_get_ignored (const FocDataset *self)
{
  return &self->ignored;
}
