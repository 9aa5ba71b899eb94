/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-split-private.h"

#include "foc-union.h"

#include <stdlib.h>
#include <string.h>

/* How often the torn groups are gone through, at most. */
#define MAX_ROUNDS 10

/* Its members, ascending. */
typedef struct
{
  const FocMember *members;
  guint32 n_members;
} Group;

/* Pictures of each class in each part: how many there are to be, and how many are
 * placed by now. */
typedef struct
{
  guint32 (*quota)[FOC_N_PARTS];
  guint32 (*placed)[FOC_N_PARTS];
} Places;

/* The members of all groups of two or more, which are marked. */
static FocMember *
list_members (const guint32 *groups, guint32 n, guint8 *is_member, guint32 *n_members)
{
  FocMember *members;

  *n_members = 0;
  for (guint32 i = 0; i < n; i++)
    if (groups[i] != i)
      is_member[i] = is_member[groups[i]] = TRUE;
  for (guint32 i = 0; i < n; i++)
    *n_members += is_member[i];

  members = g_new (FocMember, *n_members);
  *n_members = 0;
  for (guint32 i = 0; i < n; i++)
    if (is_member[i])
      members[(*n_members)++] = (FocMember){ groups[i], i };
  if (*n_members > 0)
    qsort (members, *n_members, sizeof *members, foc_member_compare);

  return members;
}

static void
place (guint8 *parts,
       const FocDataset *dataset,
       const Places *places,
       const Group *group,
       FocPart part)
{
  for (guint32 i = 0; i < group->n_members; i++)
    {
      guint32 index = group->members[i].number;

      parts[index] = (guint8) part;
      places->placed[foc_dataset_get_picture (dataset, index)->label][part]++;
    }
}

/* Takes a group out of the part that it was placed in. */
static void
take_out (const FocDataset *dataset,
          const Places *places,
          const Group *group,
          FocPart part)
{
  for (guint32 i = 0; i < group->n_members; i++)
    places->placed[foc_dataset_get_picture (dataset, group->members[i].number)->label]
                  [part]--;
}

/* By how many pictures the classes would exceed their quotas if the group went to the
 * part. */
static guint32
count_excess (const FocDataset *dataset,
              const Places *places,
              const Group *group,
              FocPart part)
{
  guint32 excess = 0;

  for (guint32 i = 0; i < group->n_members; i++)
    {
      guint label = foc_dataset_get_picture (dataset, group->members[i].number)->label;

      if (places->placed[label][part]++ >= places->quota[label][part])
        excess++;
    }
  take_out (dataset, places, group, part);

  return excess;
}

/* Of the parts in which members stand by `parts`, the one with the least excess; where
 * that is no better, `part`. */
static FocPart
choose_part (const guint8 *parts,
             const FocDataset *dataset,
             const Places *places,
             const Group *group,
             FocPart part)
{
  guint32 least = count_excess (dataset, places, group, part);
  gboolean is_tried[FOC_N_PARTS] = { FALSE };

  is_tried[part] = TRUE;
  for (guint32 i = 0; i < group->n_members && least > 0; i++)
    {
      FocPart other = (FocPart) parts[group->members[i].number];
      guint32 excess;

      if (is_tried[other])
        continue;
      is_tried[other] = TRUE;
      excess = count_excess (dataset, places, group, other);
      if (excess < least)
        {
          least = excess;
          part = other;
        }
    }

  return part;
}

static gboolean
is_torn (const guint8 *parts, const Group *group)
{
  for (guint32 i = 1; i < group->n_members; i++)
    if (parts[group->members[i].number] != parts[group->members[0].number])
      return TRUE;

  return FALSE;
}

static int
compare_groups (const void *a, const void *b)
{
  const Group *x = a, *y = b;

  if (x->n_members != y->n_members)
    return x->n_members > y->n_members ? -1 : 1;
  return (x->members > y->members) - (x->members < y->members);
}

/* Places the groups that are not torn, and returns the others, the largest first. */
static GArray *
place_whole_groups (guint8 *parts,
                    const FocDataset *dataset,
                    const Places *places,
                    const FocMember *members,
                    guint32 n_members)
{
  GArray *torn = g_array_new (FALSE, FALSE, sizeof (Group));

  for (guint32 first = 0; first < n_members;)
    {
      Group group = { members + first, 1 };

      while (first + group.n_members < n_members
             && group.members[group.n_members].root == group.members[0].root)
        group.n_members++;
      first += group.n_members;

      if (is_torn (parts, &group))
        g_array_append_val (torn, group);
      else
        place (parts, dataset, places, &group, (FocPart) parts[group.members[0].number]);
    }

  g_array_sort (torn, compare_groups);
  return torn;
}

/* Places the torn groups, which stand as if there were no groups; and then each again, as
 * long as that brings the classes nearer to their quotas. */
static void
place_torn_groups (guint8 *parts,
                   const FocDataset *dataset,
                   const Places *places,
                   const GArray *torn)
{
  g_autofree guint8 *plain = g_memdup2 (parts, foc_dataset_get_n_pictures (dataset));
  gboolean is_changed = TRUE;

  for (guint round = 0; round < MAX_ROUNDS && is_changed; round++)
    {
      is_changed = FALSE;
      for (guint i = 0; i < torn->len; i++)
        {
          const Group *group = &g_array_index (torn, Group, i);
          FocPart part = (FocPart) parts[group->members[0].number];
          FocPart better;

          if (round > 0)
            take_out (dataset, places, group, part);
          better = choose_part (plain, dataset, places, group, part);
          place (parts, dataset, places, group, better);
          is_changed = is_changed || better != part || round == 0;
        }
    }
}

/* What each class has still to get in each part that is cut. */
static void
count_remaining (const FocSplitPlan *plan,
                 const Places *places,
                 guint (*remaining)[FOC_N_PARTS])
{
  for (guint label = 0; label < foc_dataset_get_n_classes (plan->dataset); label++)
    {
      const guint32 *quota = places->quota[label], *placed = places->placed[label];
      guint total = 0;

      for (FocPart part = 0; part < FOC_N_PARTS; part++)
        {
          remaining[label][part] = plan->shares[part] > 0 && quota[part] > placed[part]
                                     ? quota[part] - placed[part]
                                     : 0;
          total += remaining[label][part];
        }
      if (total == 0)
        memcpy (remaining[label], plan->shares, sizeof plan->shares);
    }
}

/* All are in parts as if there were no groups. */
void
foc_split_keep_together (const FocSplitPlan *plan, const guint32 *groups)
{
  const FocDataset *dataset = plan->dataset;
  guint n_classes = foc_dataset_get_n_classes (dataset);
  guint32 n_pictures = foc_dataset_get_n_pictures (dataset), n_members;
  g_autofree guint8 *is_member = g_new0 (guint8, n_pictures);
  g_autofree FocMember *members =
    list_members (groups, n_pictures, is_member, &n_members);
  g_autofree guint32 *counts = g_new0 (guint32, (gsize) 3 * n_classes * FOC_N_PARTS);
  guint32 (*rows)[FOC_N_PARTS] = (guint32 (*)[FOC_N_PARTS]) counts;
  Places places = { rows, rows + n_classes };
  guint (*remaining)[FOC_N_PARTS] = rows + 2 * n_classes;
  g_autoptr (GArray) torn = NULL;

  for (guint32 i = 0; i < n_pictures; i++)
    {
      const FocPicture *picture = foc_dataset_get_picture (dataset, i);

      places.quota[picture->label][plan->parts[i]]++;
      if (!is_member[i] && picture->part != plan->among)
        places.placed[picture->label][plan->parts[i]]++;
    }

  torn = place_whole_groups (plan->parts, dataset, &places, members, n_members);
  if (torn->len == 0)
    return;
  place_torn_groups (plan->parts, dataset, &places, torn);
  count_remaining (plan, &places, remaining);
  foc_split_cut (plan, is_member, remaining);
}
