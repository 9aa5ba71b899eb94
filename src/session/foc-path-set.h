/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* A set of paths, which several threads may use at once. Reference-counted. */

typedef struct _FocPathSet FocPathSet;

FocPathSet *foc_path_set_new (void);
FocPathSet *foc_path_set_ref (FocPathSet *self);
void foc_path_set_unref (FocPathSet *self);

/* Keeps a reference to the string. */
void foc_path_set_add (FocPathSet *self, GRefString *path);
gboolean foc_path_set_contains (FocPathSet *self, const char *path);
