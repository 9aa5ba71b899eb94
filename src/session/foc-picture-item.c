/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-picture-item-private.h"

#include "foc-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _FocPictureItem
{
  GObject parent_instance;

  GHashTable *registry;
  FocCatalog *catalog;
  FocPredictions *predictions; /* or NULL                     */
  guint32 row;
  char *name; /* made when they are asked for */
  char *class_name;
  char *path;
};

G_DEFINE_FINAL_TYPE (FocPictureItem, foc_picture_item, G_TYPE_OBJECT)

static guint changed_signal;

static const FocPicture *
get_picture (FocPictureItem *self)
{
  return foc_dataset_get_picture (self->catalog->dataset, self->row);
}

static void
foc_picture_item_finalize (GObject *object)
{
  FocPictureItem *self = FOC_PICTURE_ITEM (object);
  gpointer key = GUINT_TO_POINTER (self->row);

  /* Another item may have the row by now. */
  if (g_hash_table_lookup (self->registry, key) == self)
    g_hash_table_remove (self->registry, key);
  g_hash_table_unref (self->registry);
  g_clear_pointer (&self->catalog, foc_catalog_unref);
  g_clear_pointer (&self->predictions, foc_predictions_unref);
  g_free (self->name);
  g_free (self->class_name);
  g_free (self->path);

  G_OBJECT_CLASS (foc_picture_item_parent_class)->finalize (object);
}

static void
foc_picture_item_class_init (FocPictureItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = foc_picture_item_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
foc_picture_item_init (FocPictureItem *self)
{
}

static void
set (FocPictureItem *self, FocCatalog *catalog, FocPredictions *predictions, guint32 row)
{
  self->catalog = foc_catalog_ref (catalog);
  self->predictions = predictions != NULL ? foc_predictions_ref (predictions) : NULL;
  self->row = row;
}

FocPictureItem *
foc_picture_item_new (GHashTable *registry,
                      FocCatalog *catalog,
                      FocPredictions *predictions,
                      guint32 row)
{
  FocPictureItem *self = g_object_new (FOC_TYPE_PICTURE_ITEM, NULL);

  set (self, catalog, predictions, row);
  self->registry = g_hash_table_ref (registry);
  g_hash_table_insert (registry, GUINT_TO_POINTER (row), self);
  return self;
}

void
foc_picture_item_update (FocPictureItem *self,
                         FocCatalog *catalog,
                         FocPredictions *predictions,
                         guint32 row)
{
  g_autoptr (FocCatalog) old_catalog = self->catalog;
  g_autoptr (FocPredictions) old_predictions = self->predictions;

  set (self, catalog, predictions, row);
}

void
foc_picture_item_emit_changed (FocPictureItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}

guint32
foc_picture_item_get_row (FocPictureItem *self)
{
  return self->row;
}

const FocCatalog *
foc_picture_item_get_catalog (FocPictureItem *self)
{
  return self->catalog;
}

const FocPredictions *
foc_picture_item_get_predictions (FocPictureItem *self)
{
  return self->predictions;
}

const char *
foc_picture_item_get_name (FocPictureItem *self)
{
  if (self->name == NULL)
    {
      g_autofree char *name = g_filename_display_name (get_picture (self)->name);

      self->name = foc_text_escape (name);
    }

  return self->name;
}

const char *
foc_picture_item_get_path (FocPictureItem *self)
{
  if (self->path == NULL)
    self->path = foc_dataset_get_file (self->catalog->dataset, self->row);

  return self->path;
}

guint
foc_picture_item_get_label (FocPictureItem *self)
{
  return get_picture (self)->label;
}

const char *
foc_picture_item_get_class_name (FocPictureItem *self)
{
  if (self->class_name == NULL)
    self->class_name = foc_text_escape (
      foc_dataset_get_class_names (self->catalog->dataset)[get_picture (self)->label]);

  return self->class_name;
}

FocPart
foc_picture_item_get_part (FocPictureItem *self)
{
  return foc_split_get_part (self->catalog->split, self->row);
}

guint64
foc_picture_item_get_size (FocPictureItem *self)
{
  return get_picture (self)->size;
}

gint64
foc_picture_item_get_mtime (FocPictureItem *self)
{
  return get_picture (self)->mtime;
}

int
foc_picture_item_get_status (FocPictureItem *self)
{
  return foc_catalog_get_status (self->catalog, self->row);
}

FocPictureFlags
foc_picture_item_get_flags (FocPictureItem *self)
{
  const guint8 *flags = self->catalog->flags;

  return flags != NULL ? (FocPictureFlags) flags[self->row] : 0;
}

gboolean
foc_picture_item_get_answer (FocPictureItem *self,
                             const char **class_name,
                             double *probability,
                             FocDoubt *doubt,
                             gboolean *is_wrong)
{
  const FocPredictions *predictions = self->predictions;

  if (predictions == NULL || isnan (predictions->probabilities[self->row]))
    return FALSE;

  if (class_name != NULL)
    *class_name = foc_loaded_model_get_model (predictions->model)
                    ->class_names[predictions->answers[self->row]];
  if (probability != NULL)
    *probability = predictions->probabilities[self->row];
  if (doubt != NULL)
    *doubt = predictions->doubts[self->row];
  if (is_wrong != NULL)
    *is_wrong = predictions->wrong[self->row];
  return TRUE;
}

const char *
foc_part_get_title (FocPart part)
{
  switch (part)
    {
    case FOC_PART_TRAIN:
      return _ ("Training set");
    case FOC_PART_VALIDATION:
      return _ ("Validation set");
    case FOC_PART_HOLDOUT:
      return _ ("Holdout set");
    case FOC_PART_NONE:
    default:
      return _ ("In no set");
    }
}
