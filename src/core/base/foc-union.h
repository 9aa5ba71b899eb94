/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Disjoint sets of the numbers 0 ... n - 1: joining pairs makes the connected
 * components of a graph whose edges need not be kept. The parent of a number is never
 * larger than the number, so that the root of a set is its smallest one, whatever the
 * order in which the pairs came.
 *
 * Any number of threads may find and join at once, without a lock (R. J. Anderson and
 * H. Woll, "Wait-free Parallel Algorithms for the Union-Find Problem", 1991). */

typedef struct
{
  guint32 n;
  guint32 *parents;
} FocUnion;

/* Each number in a set of its own. */
void foc_union_init (FocUnion *self, guint32 n);
void foc_union_clear (FocUnion *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FocUnion, foc_union_clear)

/* The smallest number of the set that `i` is in. */
guint32 foc_union_find (FocUnion *self, guint32 i);

/* Makes one set of those that `i` and `j` are in. */
void foc_union_join (FocUnion *self, guint32 i, guint32 j);

/* A number in a set, and the root of the set; for qsort(): set after set, the numbers of
 * each ascending. */
typedef struct
{
  guint32 root, number;
} FocMember;

int foc_member_compare (const void *a, const void *b);
