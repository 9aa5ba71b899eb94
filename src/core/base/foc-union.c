/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-union.h"

void
foc_union_init (FocUnion *self, guint32 n)
{
  self->n = n;
  self->parents = g_new (guint32, n);
  for (guint32 i = 0; i < n; i++)
    self->parents[i] = i;
}

void
foc_union_clear (FocUnion *self)
{
  g_clear_pointer (&self->parents, g_free);
}

static guint32
get_parent (FocUnion *self, guint32 i)
{
  return (guint32) g_atomic_int_get (&self->parents[i]);
}

/* Fails where another thread was quicker. */
static gboolean
change_parent (FocUnion *self, guint32 i, guint32 from, guint32 to)
{
  return g_atomic_int_compare_and_exchange (&self->parents[i], from, to);
}

guint32
foc_union_find (FocUnion *self, guint32 i)
{
  for (;;)
    {
      guint32 parent = get_parent (self, i);
      guint32 grandparent = get_parent (self, parent);

      if (parent == grandparent)
        return parent;
      /* Halves the path on the way; no matter if another thread did so before. */
      change_parent (self, i, parent, grandparent);
      i = grandparent;
    }
}

void
foc_union_join (FocUnion *self, guint32 i, guint32 j)
{
  do
    {
      i = foc_union_find (self, i);
      j = foc_union_find (self, j);
      if (i == j)
        return;
    }
  while (!change_parent (self, MAX (i, j), MAX (i, j), MIN (i, j)));
}

int
foc_member_compare (const void *a, const void *b)
{
  const FocMember *x = a, *y = b;

  if (x->root != y->root)
    return x->root < y->root ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}
