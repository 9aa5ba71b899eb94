/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-leaks.h"

static const FocPart pairs[FOC_N_PART_PAIRS][2] = {
  { FOC_PART_TRAIN, FOC_PART_VALIDATION },
  { FOC_PART_TRAIN, FOC_PART_HOLDOUT },
  { FOC_PART_VALIDATION, FOC_PART_HOLDOUT },
};

/* The parts in which pictures stand, a bit for each. */
static guint
list_parts (const FocSplit *split, const guint32 *pictures, guint32 n)
{
  guint parts = 0;

  for (guint32 i = 0; i < n; i++)
    {
      FocPart part = foc_split_get_part (split, pictures[i]);

      if (part < FOC_N_PARTS)
        parts |= 1u << part;
    }

  return parts;
}

static gboolean
has_both (guint parts, FocPart first, FocPart second)
{
  return (parts >> first & 1) && (parts >> second & 1);
}

static gboolean
has_any_pair (guint parts)
{
  return (parts & (parts - 1)) != 0; /* more than one bit */
}

void
foc_leaks_count (FocLeaks *self, const FocDuplicates *duplicates, const FocSplit *split)
{
  *self = (FocLeaks){ 0 };

  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    {
      FocLeakCounts *counts = &self->counts[relation];

      counts->groups = foc_duplicates_get_n_groups (duplicates, relation);
      for (guint32 i = 0; i < counts->groups; i++)
        {
          guint32 n;
          const guint32 *group = foc_duplicates_get_group (duplicates, relation, i, &n);
          guint parts = list_parts (split, group, n);

          counts->pictures += n;
          counts->leaks += has_any_pair (parts);
          for (guint pair = 0; pair < FOC_N_PART_PAIRS; pair++)
            counts->between[pair] += has_both (parts, pairs[pair][0], pairs[pair][1]);
        }
    }
}

guint32
foc_leaks_total (const FocLeaks *self)
{
  guint32 total = 0;

  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    total += self->counts[relation].leaks;

  return total;
}

guint32
foc_leaks_count_copies (const FocDuplicates *duplicates, const FocSplit *split)
{
  /* One may be in a group of each relation. */
  g_autoptr (GHashTable) copies = g_hash_table_new (NULL, NULL);

  for (FocRelation relation = FOC_RELATION_EXACT; relation <= FOC_RELATION_NEAR;
       relation++)
    for (guint32 i = 0; i < foc_duplicates_get_n_groups (duplicates, relation); i++)
      {
        guint32 n;
        const guint32 *group = foc_duplicates_get_group (duplicates, relation, i, &n);
        guint parts = list_parts (split, group, n);

        for (guint32 j = 0; j < n; j++)
          if ((has_both (parts, FOC_PART_TRAIN, FOC_PART_HOLDOUT)
               || has_both (parts, FOC_PART_VALIDATION, FOC_PART_HOLDOUT))
              && foc_split_get_part (split, group[j]) == FOC_PART_HOLDOUT)
            g_hash_table_add (copies, GUINT_TO_POINTER (group[j]));
      }

  return g_hash_table_size (copies);
}

FocKeep
foc_leaks_get_remedy (const FocLeaks *self)
{
  gboolean duplicates = self->counts[FOC_RELATION_EXACT].leaks > 0
                        || self->counts[FOC_RELATION_NEAR].leaks > 0;
  gboolean names = self->counts[FOC_RELATION_NAMES].leaks > 0;

  return (FocKeep) ((duplicates ? FOC_KEEP_DUPLICATES : 0)
                    | (names ? FOC_KEEP_NAMES : 0));
}

gboolean
foc_leaks_is_leak (const FocSplit *split, const guint32 *pictures, guint32 n)
{
  return has_any_pair (list_parts (split, pictures, n));
}

void
foc_leaks_get_pair (guint pair, FocPart *first, FocPart *second)
{
  g_return_if_fail (pair < FOC_N_PART_PAIRS);

  *first = pairs[pair][0];
  *second = pairs[pair][1];
}
