/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* A set of paths, each with a number, which several threads may use at once.
 * Reference-counted. */

typedef struct _FocPathSet FocPathSet;

FocPathSet *foc_path_set_new (void);
FocPathSet *foc_path_set_ref (FocPathSet *self);
void foc_path_set_unref (FocPathSet *self);

/* Keeps a reference to the string. */
void foc_path_set_add (FocPathSet *self, GRefString *path, guint number);
/* Sets `number`, which may be NULL, where the path is there. */
gboolean foc_path_set_find (FocPathSet *self, const char *path, guint *number);
