/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-dataset.h"

#include "foc-error.h"
#include "foc-limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _FocDataset
{
  gatomicrefcount ref_count;
  char *root;
  GStrv class_names;
  guint n_classes;
  guint32 *class_sizes;
  GArray *pictures; /* of FocPicture            */
  GStringChunk *paths;
  gboolean has_part[FOC_N_PARTS];
  FocIgnored ignored;
};

static const char *const part_names[] = { "train", "validation", "holdout" };

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

/* What other programs call the parts of a split. */
static FocPart
part_from_folder (const char *name)
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

int
foc_natural_compare (const char *a, const char *b)
{
  const char *whole_a = a, *whole_b = b;

  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          gsize length_a, length_b;
          int order;

          while (*a == '0')
            a++;
          while (*b == '0')
            b++;
          length_a = strspn (a, "0123456789");
          length_b = strspn (b, "0123456789");
          if (length_a != length_b)
            return length_a < length_b ? -1 : 1;
          order = strncmp (a, b, length_a);
          if (order != 0)
            return order;
          a += length_a;
          b += length_b;
        }
      else if (*a != *b)
        return (guchar) *a < (guchar) *b ? -1 : 1;
      else
        {
          a++;
          b++;
        }
    }

  if (*a != *b)
    return *a == '\0' ? -1 : 1;

  /* Equal but for leading zeros. */
  return strcmp (whole_a, whole_b);
}

/* One scan */

typedef struct
{
  FocDataset *dataset;
  GHashTable *visited; /* folders of the class being scanned */
  gsize class_start;   /* length of "CLASS/" or "PART/CLASS/" in a path */
  guint16 label;
  FocPart part;
  FocProgress progress;
  gpointer user_data;
  gint64 next_progress;
  GCancellable *cancellable;
} Scan;

typedef struct
{
  dev_t device;
  ino_t inode;
} FolderId;

static guint
folder_id_hash (gconstpointer key)
{
  const FolderId *id = key;

  return (guint) (id->inode ^ (id->inode >> 32) ^ (id->device * 31));
}

static gboolean
folder_id_equal (gconstpointer a, gconstpointer b)
{
  const FolderId *x = a, *y = b;

  return x->inode == y->inode && x->device == y->device;
}

static void
set_folder_error (GError **error, const Scan *scan, const char *path, int saved_errno)
{
  g_autofree char *full = g_build_filename (scan->dataset->root, path, NULL);
  g_autofree char *name = g_filename_display_name (full);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno),
               _ ("The folder “%s” could not be read: %s."), name,
               g_strerror (saved_errno));
}

static gboolean
tick (Scan *scan, GError **error)
{
  gint64 now;

  if (g_cancellable_set_error_if_cancelled (scan->cancellable, error))
    return FALSE;

  now = g_get_monotonic_time ();
  if (scan->progress != NULL && now >= scan->next_progress)
    {
      scan->progress (scan->dataset->pictures->len, 0, scan->user_data);
      scan->next_progress = now + FOC_PROGRESS_INTERVAL;
    }
  return TRUE;
}

static void
add_picture (Scan *scan, const char *path, const struct stat *status)
{
  FocPicture picture = {
    .path = g_string_chunk_insert (scan->dataset->paths, path),
    .size = (guint64) status->st_size,
    .mtime = (gint64) status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec,
    .label = scan->label,
    .part = (guint8) scan->part,
  };

  picture.name = picture.path + scan->class_start;
  g_array_append_val (scan->dataset->pictures, picture);
}

/* Adds the pictures of the folder `path` (below the root) and those below it.
 * `path` is lengthened on the way and comes back as it was. */
static gboolean
scan_folder (Scan *scan,
             int parent,
             const char *name,
             GString *path,
             guint depth,
             GError **error)
{
  FocIgnored *ignored = &scan->dataset->ignored;
  gsize path_length = path->len;
  struct stat status;
  FolderId *id;
  DIR *dir = NULL;
  struct dirent *entry;
  gboolean ok = FALSE;
  int fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      set_folder_error (error, scan, path->str, errno);
      goto out;
    }

  id = g_new (FolderId, 1);
  *id = (FolderId){ status.st_dev, status.st_ino };
  if (!g_hash_table_add (scan->visited, id) || depth > FOC_LIMIT_FOLDER_DEPTH)
    {
      ignored->loops++;
      ok = TRUE;
      goto out;
    }

  dir = fdopendir (fd);
  if (dir == NULL)
    {
      set_folder_error (error, scan, path->str, errno);
      goto out;
    }

  while (errno = 0, (entry = readdir (dir)) != NULL)
    {
      if (g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, ".."))
        continue;
      if (entry->d_name[0] == '.')
        {
          ignored->hidden++;
          continue;
        }
      if (!tick (scan, error))
        goto out;

      g_string_append_c (path, G_DIR_SEPARATOR);
      g_string_append (path, entry->d_name);

      if (fstatat (fd, entry->d_name, &status, 0) != 0)
        ignored->no_pictures++; /* a link to nothing, or gone meanwhile */
      else if (S_ISDIR (status.st_mode))
        {
          if (!scan_folder (scan, fd, entry->d_name, path, depth + 1, error))
            goto out;
        }
      else if (S_ISREG (status.st_mode) && foc_is_picture_name (entry->d_name))
        add_picture (scan, path->str, &status);
      else
        ignored->no_pictures++;

      g_string_truncate (path, path_length);
    }
  if (errno != 0)
    {
      set_folder_error (error, scan, path->str, errno);
      goto out;
    }
  ok = TRUE;

out:
  if (dir != NULL)
    closedir (dir);
  else if (fd >= 0)
    close (fd);
  g_string_truncate (path, path_length);
  return ok;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return foc_natural_compare (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the folders in `folder` that are not hidden, in natural order;
 * counts what else there is. */
static GPtrArray *
list_folders (Scan *scan, const char *folder, gboolean *is_empty, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *full = g_build_filename (scan->dataset->root, folder, NULL);
  DIR *dir = opendir (full);
  struct dirent *entry;

  *is_empty = TRUE;
  if (dir == NULL)
    {
      set_folder_error (error, scan, folder, errno);
      return NULL;
    }

  while ((entry = readdir (dir)) != NULL)
    {
      struct stat status;

      if (g_str_equal (entry->d_name, ".") || g_str_equal (entry->d_name, ".."))
        continue;
      *is_empty = FALSE;
      if (entry->d_name[0] == '.')
        scan->dataset->ignored.hidden++;
      else if (fstatat (dirfd (dir), entry->d_name, &status, 0) == 0
               && S_ISDIR (status.st_mode))
        g_ptr_array_add (names, g_strdup (entry->d_name));
      else
        scan->dataset->ignored.no_pictures++;
    }
  closedir (dir);

  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static int
compare_pictures (gconstpointer a, gconstpointer b)
{
  const FocPicture *x = a, *y = b;

  if (x->label != y->label)
    return x->label < y->label ? -1 : 1;
  if (x->part != y->part)
    return x->part < y->part ? -1 : 1;
  return foc_natural_compare (x->name, y->name);
}

/* A class and the folders that its pictures stand in: one, or one a part. */
typedef struct
{
  char *name;
  char *folders[FOC_N_PARTS + 1]; /* by FocPart, below the root */
} Class;

static void
class_free (gpointer data)
{
  Class *class = data;

  g_free (class->name);
  for (guint i = 0; i <= FOC_N_PARTS; i++)
    g_free (class->folders[i]);
  g_free (class);
}

static void
add_class_folder (GPtrArray *classes, const char *name, FocPart part, const char *folder)
{
  Class *class = NULL;

  for (guint i = 0; i < classes->len && class == NULL; i++)
    {
      Class *candidate = g_ptr_array_index (classes, i);

      if (g_str_equal (candidate->name, name))
        class = candidate;
    }
  if (class == NULL)
    {
      class = g_new0 (Class, 1);
      class->name = g_strdup (name);
      g_ptr_array_add (classes, class);
    }

  /* "val" beside "valid": the one that comes first counts. */
  if (class->folders[part] == NULL)
    class->folders[part] = g_strdup (folder);
}

static int
compare_classes (gconstpointer a, gconstpointer b)
{
  return foc_natural_compare ((*(const Class *const *) a)->name,
                              (*(const Class *const *) b)->name);
}

/* The classes, if all of `folders` are parts of a split; else NULL. */
static GPtrArray *
find_split_classes (Scan *scan, GPtrArray *folders, GError **error)
{
  g_autoptr (GPtrArray) classes = g_ptr_array_new_with_free_func (class_free);
  FocIgnored before = scan->dataset->ignored;
  gboolean parts[FOC_N_PARTS] = { FALSE };

  for (guint i = 0; i < folders->len; i++)
    {
      const char *folder = g_ptr_array_index (folders, i);
      FocPart part = part_from_folder (folder);
      g_autoptr (GPtrArray) names = NULL;
      gboolean is_empty = TRUE;

      if (part != FOC_PART_NONE)
        {
          names = list_folders (scan, folder, &is_empty, error);
          if (names == NULL)
            return NULL;
          if (is_empty)
            continue;
        }
      if (names == NULL || names->len == 0)
        {
          scan->dataset->ignored = before; /* whoever scans it as a class counts */
          return NULL;
        }

      parts[part] = TRUE;
      for (guint j = 0; j < names->len; j++)
        {
          const char *name = g_ptr_array_index (names, j);
          g_autofree char *path = g_build_filename (folder, name, NULL);

          add_class_folder (classes, name, part, path);
        }
    }

  if (classes->len == 0)
    return NULL;
  if (!parts[FOC_PART_TRAIN])
    {
      g_autofree char *name = g_filename_display_name (scan->dataset->root);

      g_set_error (
        error, FOC_ERROR, FOC_ERROR_DATASET,
        _ ("“%s” has folders for parts of a split, but no “train” among them."), name);
      return NULL;
    }

  memcpy (scan->dataset->has_part, parts, sizeof parts);
  g_ptr_array_sort (classes, compare_classes);
  return g_steal_pointer (&classes);
}

static GPtrArray *
find_classes (Scan *scan, GError **error)
{
  g_autoptr (GPtrArray) classes = NULL;
  g_autoptr (GPtrArray) folders = NULL;
  GError *split_error = NULL;
  gboolean is_empty;

  folders = list_folders (scan, "", &is_empty, error);
  if (folders == NULL)
    return NULL;

  classes = find_split_classes (scan, folders, &split_error);
  if (split_error != NULL)
    {
      g_propagate_error (error, split_error);
      return NULL;
    }
  if (classes != NULL)
    return g_steal_pointer (&classes);

  classes = g_ptr_array_new_with_free_func (class_free);
  for (guint i = 0; i < folders->len; i++)
    {
      const char *folder = g_ptr_array_index (folders, i);

      add_class_folder (classes, folder, FOC_PART_NONE, folder);
    }
  return g_steal_pointer (&classes);
}

static gboolean
scan_class (Scan *scan, const Class *class, int root, GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);

  g_hash_table_remove_all (scan->visited);
  for (FocPart part = 0; part <= FOC_PART_NONE; part++)
    if (class->folders[part] != NULL)
      {
        g_string_assign (path, class->folders[part]);
        scan->class_start = path->len + 1;
        scan->part = part;
        if (!scan_folder (scan, root, class->folders[part], path, 0, error))
          return FALSE;
      }

  return TRUE;
}

/* Scans every class; those without pictures are none. */
static gboolean
scan_classes (Scan *scan, GPtrArray *classes, int root, GError **error)
{
  FocDataset *dataset = scan->dataset;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < classes->len; i++)
    {
      const Class *class = g_ptr_array_index (classes, i);
      g_autofree char *name = g_filename_display_name (class->name);
      guint32 before = dataset->pictures->len, size;

      if (!scan_class (scan, class, root, error))
        return FALSE;

      size = dataset->pictures->len - before;
      if (size == 0)
        {
          dataset->ignored.empty_folders++;
          continue;
        }
      if (sizes->len == FOC_LIMIT_CLASSES || dataset->pictures->len > FOC_LIMIT_ROWS)
        {
          g_set_error (
            error, FOC_ERROR, FOC_ERROR_DATASET,
            _ ("“%s” is too large: at most %d classes and %d pictures are possible."),
            dataset->root, FOC_LIMIT_CLASSES, FOC_LIMIT_ROWS);
          return FALSE;
        }
      if (!g_hash_table_add (seen, g_strdup (name)))
        {
          g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                       _ ("Two class folders have names that both read “%s”."), name);
          return FALSE;
        }

      g_strv_builder_add (names, name);
      g_array_append_val (sizes, size);
      scan->label++;
    }

  dataset->n_classes = sizes->len;
  dataset->class_names = g_strv_builder_end (names);
  dataset->class_sizes = (guint32 *) g_array_free (g_steal_pointer (&sizes), FALSE);
  g_array_sort (dataset->pictures, compare_pictures);
  return TRUE;
}

static gboolean
check_classes (const FocDataset *self, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->root);

  if (self->n_classes >= FOC_LIMIT_CLASSES_MIN)
    return TRUE;

  if (self->n_classes == 0)
    g_set_error (
      error, FOC_ERROR, FOC_ERROR_DATASET,
      _ ("“%s” is no data set: none of its folders holds a picture. A data set "
         "has one folder of pictures for each class."),
      name);
  else
    g_set_error (
      error, FOC_ERROR, FOC_ERROR_DATASET,
      _ ("“%s” has pictures of only one class, “%s”; at least two are needed, each "
         "in a folder of its own."),
      name, self->class_names[0]);
  return FALSE;
}

FocDataset *
foc_dataset_scan (const char *root,
                  FocProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (FocDataset) self = g_new0 (FocDataset, 1);
  g_autoptr (GHashTable) visited = NULL;
  g_autoptr (GPtrArray) classes = NULL;
  char *real = realpath (root, NULL);
  gboolean resolved = real != NULL;
  int saved_errno = errno;
  Scan scan;
  gboolean ok;
  int fd;

  g_atomic_ref_count_init (&self->ref_count);
  self->pictures = g_array_new (FALSE, FALSE, sizeof (FocPicture));
  self->paths = g_string_chunk_new (64 * 1024);
  self->root = g_strdup (resolved ? real : root);
  free (real);

  fd = open (self->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 || g_access (self->root, X_OK) != 0)
    {
      g_autofree char *name = NULL;

      if (resolved)
        saved_errno = errno;
      if (fd >= 0)
        close (fd);
      name = g_filename_display_name (root);
      g_set_error (error, FOC_ERROR, FOC_ERROR_DATASET,
                   _ ("“%s” cannot be opened as a data set: %s."), name,
                   g_strerror (saved_errno));
      return NULL;
    }

  visited = g_hash_table_new_full (folder_id_hash, folder_id_equal, g_free, NULL);
  scan = (Scan){
    .dataset = self,
    .visited = visited,
    .progress = progress,
    .user_data = user_data,
    .cancellable = cancellable,
  };

  classes = find_classes (&scan, error);
  ok = classes != NULL && scan_classes (&scan, classes, fd, error)
       && check_classes (self, error);
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
  return &g_array_index (self->pictures, FocPicture, index);
}

guint32
foc_dataset_get_class_size (const FocDataset *self, guint label)
{
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
  return self->has_part[part];
}

const FocIgnored *
foc_dataset_get_ignored (const FocDataset *self)
{
  return &self->ignored;
}
