/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-path-set.h"

struct _FocPathSet
{
  GMutex mutex;
  GHashTable *paths;
};

FocPathSet *
foc_path_set_new (void)
{
  FocPathSet *self = g_atomic_rc_box_new0 (FocPathSet);

  g_mutex_init (&self->mutex);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal,
                                       (GDestroyNotify) g_ref_string_release, NULL);
  return self;
}

FocPathSet *
foc_path_set_ref (FocPathSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  FocPathSet *self = data;

  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->paths);
}

void
foc_path_set_unref (FocPathSet *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
foc_path_set_add (FocPathSet *self, GRefString *path, guint number)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->paths, g_ref_string_acquire (path),
                       GUINT_TO_POINTER (number));
  g_mutex_unlock (&self->mutex);
}

gboolean
foc_path_set_find (FocPathSet *self, const char *path, guint *number)
{
  gpointer found;
  gboolean is_there;

  g_mutex_lock (&self->mutex);
  is_there = g_hash_table_lookup_extended (self->paths, path, NULL, &found);
  g_mutex_unlock (&self->mutex);

  if (is_there && number != NULL)
    *number = GPOINTER_TO_UINT (found);
  return is_there;
}
