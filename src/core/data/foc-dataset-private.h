/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"

#include <sys/types.h>

/* How a data set comes to be: foc-dataset.c holds the object and puts the steps
 * together, foc-dataset-layout.c finds the folders of the classes, and
 * foc-dataset-scan.c walks through them. */

struct _FocDataset
{
  gatomicrefcount ref_count;
  char *root;
  GStrv class_names;
  guint n_classes;
  guint32 *class_sizes;
  GArray *pictures; /* of FocPicture */
  GStringChunk *paths;
  gboolean has_part[FOC_N_PARTS];
  FocIgnored ignored;
  gboolean has_loose; /* pictures in the root itself */
};

/* What tells a folder from all others, however it was reached. */
typedef struct
{
  dev_t device;
  ino_t inode;
} FocFolderId;

/* One scan. */
typedef struct
{
  FocDataset *dataset;
  int root; /* the root's descriptor */
  FocProgress progress;
  gpointer user_data;
  gint64 next_progress;
  GCancellable *cancellable;

  /* The root, what it stands in, and the folders of the parts: a link to one of
   * them leads out of the class and round in a circle. */
  GArray *ancestors;   /* of FocFolderId                         */
  GHashTable *visited; /* the ancestors and folders of the class */
} FocScan;

/* A folder whose pictures are of one class. */
typedef struct
{
  char *class_name; /* in the encoding of file names */
  char *path;       /* below the root                */
  FocPart part;     /* NONE where there is no split  */
} FocClassFolder;

/* Finds the class folders below the root, sorted by class and part. Sets
 * `is_split` if they stand in folders for the parts of a split. */
GPtrArray *
foc_dataset_find_class_folders (FocScan *scan, gboolean *is_split, GError **error);

/* Begins with another class: its folders may be met once more. */
void foc_dataset_begin_class (FocScan *scan);

/* Appends the pictures in a class folder and below to those of the data set, in
 * no certain order. */
gboolean foc_dataset_scan_class_folder (FocScan *scan,
                                        const FocClassFolder *folder,
                                        guint16 label,
                                        GError **error);

/* What stands in the folder `path` below the root ("" is the root itself), itself
 * in no class: the names of its folders, in natural order, and how many pictures.
 * All other entries are counted as ignored. */
GPtrArray *foc_dataset_list_folders (FocScan *scan,
                                     const char *path,
                                     guint *n_pictures,
                                     GError **error);

/* Makes the folder `path` (below the root, or absolute) an ancestor. */
void foc_dataset_add_ancestor (FocScan *scan, const char *path);
