/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-natural-compare.h"
#include "foc-part.h"
#include "foc-progress.h"

/* A folder of labelled pictures: a folder for each class, whose pictures may
 * stand in sub-folders. Scanning reads names, sizes and times and opens no
 * picture; what can be read is found out by the feature store.
 *
 * Where every folder in the root is named after a part of a split (train; val,
 * valid or validation; test or holdout) and holds folders instead of pictures,
 * those are the class folders, and the data set is split by them. An empty one is
 * no part; "train" must be there. Anything else is classes, whatever their names.
 *
 * What counts as a picture is told by the ending of the name alone, so that the
 * order and with it the split are the same on every machine. Hidden entries,
 * other files and folders without pictures are ignored and counted. Links are
 * followed, but within a class no folder is entered twice, nor is one that the
 * class stands in. What vanishes during the scan is as if it had never been; a
 * folder that may not be read is an error, for without it the data set would be
 * another one.
 *
 * A data set is immutable; any thread may read it. */

typedef struct
{
  const char *path; /* below the root, in the encoding of file names */
  const char *name; /* the same below the class folder: a part of `path` */
  guint64 size;     /* bytes                              */
  gint64 mtime;     /* nanoseconds since 1970              */
  guint16 label;    /* index of the class                  */
  guint8 part;      /* FocPart by the folder that it stands in, or NONE */
} FocPicture;

typedef struct
{
  guint hidden;        /* files and folders whose name begins with a dot   */
  guint no_pictures;   /* files of other kinds, or outside every class     */
  guint empty_folders; /* class folders (of a part) without a picture      */
  guint loops;         /* folders met again, or nested beyond every reason */
} FocIgnored;

typedef struct _FocDataset FocDataset;

/* Scans `root`. FOC_ERROR_DATASET where it is no data set: not a folder, no
 * pictures, ...; FOC_ERROR_NO_CLASSES where there are pictures, but of less than two
 * classes; also G_FILE_ERROR, G_IO_ERROR_CANCELLED.
 * Progress counts pictures; the total is not known before the end. */
FocDataset *foc_dataset_scan (const char *root,
                              FocProgress progress,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);

FocDataset *foc_dataset_ref (FocDataset *self);
void foc_dataset_unref (FocDataset *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocDataset, foc_dataset_unref)

/* The root as an absolute path without links. */
const char *foc_dataset_get_root (const FocDataset *self);

/* Classes in natural order. Their names are UTF-8, NULL-terminated as a whole. */
guint foc_dataset_get_n_classes (const FocDataset *self);
const char *const *foc_dataset_get_class_names (const FocDataset *self);

/* Pictures, by class, then by part where there are folders for the parts, then
 * in natural order of their names below the class folder. */
guint32 foc_dataset_get_n_pictures (const FocDataset *self);
const FocPicture *foc_dataset_get_picture (const FocDataset *self, guint32 index);
/* How many pictures the class has, readable or not. */
guint32 foc_dataset_get_class_size (const FocDataset *self, guint label);

/* The path of a picture; free with g_free(). */
char *foc_dataset_get_file (const FocDataset *self, guint32 index);

/* TRUE if folders named train, validation, ... hold the class folders; has_part
 * tells which of them have pictures. */
gboolean foc_dataset_has_split (const FocDataset *self);
gboolean foc_dataset_has_part (const FocDataset *self, FocPart part);

const FocIgnored *foc_dataset_get_ignored (const FocDataset *self);

/* TRUE if a file of this name is taken as a picture. */
gboolean foc_is_picture_name (const char *name);
