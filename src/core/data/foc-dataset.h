/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "foc-progress.h"

/* A folder of labelled pictures: a folder for each class, whose pictures may
 * stand in sub-folders. Scanning reads names, sizes and times and opens no
 * picture; what can be read is found out by the feature store.
 *
 * What counts as a picture is told by the ending of the name alone, so that the
 * order and with it the split are the same on every machine. Hidden entries,
 * other files and folders without pictures are ignored and counted. Links are
 * followed; a folder that was already visited is not entered again.
 *
 * A data set is immutable; any thread may read it. */

/* The three parts of a split. */
typedef enum
{
  FOC_PART_TRAIN,
  FOC_PART_VALIDATION,
  FOC_PART_HOLDOUT,
  FOC_PART_NONE, /* in no part: unreadable, or not decided yet */
} FocPart;

#define FOC_N_PARTS 3

/* "train", "validation", "holdout": in documents and on the command line. */
const char *foc_part_to_string (FocPart part);
gboolean foc_part_from_string (const char *string, FocPart *part);

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
  guint no_pictures;   /* files of other kinds                             */
  guint empty_folders; /* class folders without a picture                  */
  guint loops;         /* folders met again, or nested beyond every reason */
} FocIgnored;

typedef struct _FocDataset FocDataset;

/* Scans `root`. FOC_ERROR_DATASET where it is no data set: not a folder, no
 * pictures, less than two classes, ...; also G_FILE_ERROR, G_IO_ERROR_CANCELLED.
 * Progress counts pictures, the total not being known. */
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
 * in natural order of their paths. */
guint32 foc_dataset_get_n_pictures (const FocDataset *self);
const FocPicture *foc_dataset_get_picture (const FocDataset *self, guint32 index);
/* How many pictures the class has, readable or not. */
guint32 foc_dataset_get_class_size (const FocDataset *self, guint label);

/* The path of a picture; free with g_free(). */
char *foc_dataset_get_file (const FocDataset *self, guint32 index);

/* TRUE if folders named train, validation, ... hold the class folders; has_part
 * tells which of them there are. */
gboolean foc_dataset_has_split (const FocDataset *self);
gboolean foc_dataset_has_part (const FocDataset *self, FocPart part);

const FocIgnored *foc_dataset_get_ignored (const FocDataset *self);

/* TRUE if a file of this name is taken as a picture. */
gboolean foc_is_picture_name (const char *name);

/* Compares file names byte by byte but for runs of digits, which compare as
 * numbers: "2.jpg" < "10.jpg". A total order, the same in every locale. */
int foc_natural_compare (const char *a, const char *b);
