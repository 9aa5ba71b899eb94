/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-duplicates.h"

#include "foc-file.h"
#include "foc-limits.h"
#include "foc-near.h"
#include "foc-parallel.h"
#include "foc-rng.h"
#include "foc-union.h"

#include <stdlib.h>
#include <string.h>

/* Groups one behind the other. */
typedef struct
{
  GArray *pictures; /* of guint32 */
  GArray *ends;     /* of guint32: of each group, in `pictures` */
} Groups;

struct _FocDuplicates
{
  FocRelations relations;
  guint32 n_pictures;
  Groups groups[FOC_N_RELATIONS];
};

FocRelations
foc_keep_get_relations (FocKeep keep)
{
  /* Near ones take exact ones in. */
  return (FocRelations) ((keep & FOC_KEEP_DUPLICATES ? FOC_RELATIONS_NEAR : 0)
                         | (keep & FOC_KEEP_NAMES ? FOC_RELATIONS_NAMES : 0));
}

const char *
foc_relation_to_string (FocRelation relation)
{
  static const char *const names[] = { "exact", "near", "names" };

  return names[relation];
}

/* Something by which pictures are sorted, so that equals stand together. */
typedef struct
{
  guint64 hash;
  const char *text;
  gsize length; /* of the text */
  guint32 picture;
} Key;

static int
compare_texts (const Key *x, const Key *y)
{
  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;
  return memcmp (x->text, y->text, x->length);
}

static int
compare_keys (const void *a, const void *b)
{
  const Key *x = a, *y = b;
  int order = compare_texts (x, y);

  return order != 0 ? order : (x->picture > y->picture) - (x->picture < y->picture);
}

/* The end of the run of equal keys that begins at `first`. */
static guint32
find_run (const Key *keys, guint32 n, guint32 first)
{
  guint32 last = first + 1;

  while (last < n && compare_texts (&keys[last], &keys[first]) == 0)
    last++;
  return last;
}

/* From sets to groups */

static void
collect_groups (Groups *self, FocUnion *sets)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (FocMember));

  /* Roots are the first of their set: all others name theirs. */
  for (guint32 i = 0; i < sets->n; i++)
    {
      FocMember member = { foc_union_find (sets, i), i };

      if (member.root != i)
        g_array_append_val (members, member);
    }
  if (members->len > 0)
    qsort (members->data, members->len, sizeof (FocMember), foc_member_compare);

  for (guint i = 0; i < members->len; i++)
    {
      const FocMember *member = &g_array_index (members, FocMember, i);
      gboolean is_last =
        i + 1 == members->len
        || g_array_index (members, FocMember, i + 1).root != member->root;

      if (i == 0 || g_array_index (members, FocMember, i - 1).root != member->root)
        g_array_append_val (self->pictures, member->root);
      g_array_append_val (self->pictures, member->number);
      if (is_last)
        g_array_append_val (self->ends, self->pictures->len);
    }
}

/* Exact */

/* Files that are read again, and what was found: a SHA-256, or NULL. */
typedef struct
{
  const FocDataset *dataset;
  GArray *pictures; /* of guint32 */
  char **hashes;
} Reading;

static gboolean
read_file (guint32 index, gpointer data, GError **error)
{
  Reading *reading = data;
  guint32 picture = g_array_index (reading->pictures, guint32, index);
  g_autofree char *path = foc_dataset_get_file (reading->dataset, picture);
  g_autofree guint8 *bytes = NULL;
  gsize length;

  if (foc_file_read (path, FOC_LIMIT_IMAGE_BYTES, &bytes, &length, NULL)
      && length == foc_dataset_get_picture (reading->dataset, picture)->size)
    reading->hashes[index] =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);

  return TRUE;
}

/* Those of a near group that have another of their size beside them. */
static void
select_equal_sizes (Reading *reading, const guint32 *group, guint32 n)
{
  g_autofree Key *keys = g_new0 (Key, n);

  for (guint32 i = 0; i < n; i++)
    {
      keys[i].hash = foc_dataset_get_picture (reading->dataset, group[i])->size;
      keys[i].text = "";
      keys[i].picture = group[i];
    }
  qsort (keys, n, sizeof *keys, compare_keys);

  for (guint32 first = 0, last; first < n; first = last)
    {
      last = find_run (keys, n, first);
      for (guint32 i = first; last - first > 1 && i < last; i++)
        g_array_append_val (reading->pictures, keys[i].picture);
    }
}

static void
join_equal_hashes (const Reading *reading, FocUnion *sets)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < reading->pictures->len; i++)
    {
      guint32 picture = g_array_index (reading->pictures, guint32, i);
      gpointer earlier;

      if (reading->hashes[i] == NULL)
        continue;
      if (g_hash_table_lookup_extended (first, reading->hashes[i], NULL, &earlier))
        foc_union_join (sets, GPOINTER_TO_UINT (earlier), picture);
      else
        g_hash_table_insert (first, reading->hashes[i], GUINT_TO_POINTER (picture));
    }
}

static gboolean
find_exact (FocDuplicates *self,
            const FocDataset *dataset,
            FocUnion *sets,
            guint jobs,
            FocProgressSteps *steps,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (guint32));
  Reading reading = { dataset, pictures, NULL };
  gboolean done;

  for (guint32 i = 0; i < foc_duplicates_get_n_groups (self, FOC_RELATION_NEAR); i++)
    {
      guint32 n;
      const guint32 *group = foc_duplicates_get_group (self, FOC_RELATION_NEAR, i, &n);

      select_equal_sizes (&reading, group, n);
    }

  reading.hashes = g_new0 (char *, pictures->len);
  done = foc_parallel (pictures->len, jobs, read_file, &reading, foc_progress_report_step,
                       steps, cancellable, error);
  if (done)
    join_equal_hashes (&reading, sets);

  for (guint i = 0; i < pictures->len; i++)
    g_free (reading.hashes[i]);
  g_free (reading.hashes);
  return done;
}

/* Leaves of the near groups those that are more than one exact group. */
static void
drop_exact_groups (FocDuplicates *self, FocUnion *exact)
{
  Groups *near = &self->groups[FOC_RELATION_NEAR];
  guint32 *pictures = (guint32 *) (gpointer) near->pictures->data;
  guint32 n_groups = 0, end = 0, first = 0;

  for (guint32 i = 0; i < near->ends->len; i++)
    {
      guint32 last = g_array_index (near->ends, guint32, i);
      gboolean is_exact = TRUE;

      for (guint32 j = first; j < last; j++)
        is_exact = is_exact
                   && foc_union_find (exact, pictures[j])
                        == foc_union_find (exact, pictures[first]);
      if (!is_exact)
        {
          memmove (pictures + end, pictures + first, (last - first) * sizeof *pictures);
          end += last - first;
          g_array_index (near->ends, guint32, n_groups++) = end;
        }
      first = last;
    }

  g_array_set_size (near->pictures, end);
  g_array_set_size (near->ends, n_groups);
}

/* Names */

static gsize
stem_length (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *dot = strrchr (slash != NULL ? slash : name, '.');

  return dot != NULL ? (gsize) (dot - name) : strlen (name);
}

static void
find_names (const FocDataset *dataset, const guint8 *status, FocUnion *sets)
{
  guint32 n_pictures = foc_dataset_get_n_pictures (dataset), n = 0;
  g_autofree Key *keys = g_new (Key, n_pictures);

  for (guint32 i = 0; i < n_pictures; i++)
    if (status[i] == 0)
      {
        const char *name = foc_dataset_get_picture (dataset, i)->name;
        gsize length = stem_length (name);

        keys[n++] = (Key){ foc_hash (name, length, 0), name, length, i };
      }
  qsort (keys, n, sizeof *keys, compare_keys);

  for (guint32 first = 0, last; first < n; first = last)
    {
      last = find_run (keys, n, first);
      /* Pictures stand by class: if any two are of different ones, these are. */
      if (foc_dataset_get_picture (dataset, keys[first].picture)->label
          != foc_dataset_get_picture (dataset, keys[last - 1].picture)->label)
        for (guint32 i = first + 1; i < last; i++)
          foc_union_join (sets, keys[first].picture, keys[i].picture);
    }
}

/* All together */

static gboolean
find_duplicates (FocDuplicates *self,
                 const FocDataset *dataset,
                 FocFeatureStore *store,
                 guint jobs,
                 FocProgressSteps *steps,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (FocUnion) near = { 0 };
  g_auto (FocUnion) exact = { 0 };

  foc_union_init (&near, self->n_pictures);
  if (!foc_near_find (store, &near, jobs, foc_progress_report_step, steps, cancellable,
                      error))
    return FALSE;
  collect_groups (&self->groups[FOC_RELATION_NEAR], &near);

  steps->step++;
  if (!(self->relations & FOC_RELATIONS_EXACT))
    return TRUE;
  foc_union_init (&exact, self->n_pictures);
  if (!find_exact (self, dataset, &exact, jobs, steps, cancellable, error))
    return FALSE;
  collect_groups (&self->groups[FOC_RELATION_EXACT], &exact);
  drop_exact_groups (self, &exact);
  return TRUE;
}

FocDuplicates *
foc_duplicates_find (const FocDataset *dataset,
                     FocFeatureStore *store,
                     FocRelations relations,
                     guint jobs,
                     FocProgress progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (FocDuplicates) self = g_atomic_rc_box_new0 (FocDuplicates);
  FocProgressSteps steps = { progress, user_data, 0, 2 };

  self->n_pictures = foc_dataset_get_n_pictures (dataset);
  self->relations = relations;
  if (relations & FOC_RELATIONS_EXACT)
    self->relations |= FOC_RELATIONS_NEAR;
  for (FocRelation i = 0; i < FOC_N_RELATIONS; i++)
    {
      self->groups[i].pictures = g_array_new (FALSE, FALSE, sizeof (guint32));
      self->groups[i].ends = g_array_new (FALSE, FALSE, sizeof (guint32));
    }

  if ((self->relations & FOC_RELATIONS_NEAR)
      && !find_duplicates (self, dataset, store, jobs, &steps, cancellable, error))
    return NULL;
  if (self->relations & FOC_RELATIONS_NAMES)
    {
      g_auto (FocUnion) names = { 0 };

      foc_union_init (&names, self->n_pictures);
      find_names (dataset, foc_feature_store_get_status (store), &names);
      collect_groups (&self->groups[FOC_RELATION_NAMES], &names);
    }

  return g_steal_pointer (&self);
}

static void
clear (gpointer data)
{
  FocDuplicates *self = data;

  for (FocRelation i = 0; i < FOC_N_RELATIONS; i++)
    {
      g_array_unref (self->groups[i].pictures);
      g_array_unref (self->groups[i].ends);
    }
}

FocDuplicates *
foc_duplicates_ref (FocDuplicates *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
foc_duplicates_unref (FocDuplicates *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

FocRelations
foc_duplicates_get_relations (const FocDuplicates *self)
{
  return self->relations;
}

guint32
foc_duplicates_get_n_groups (const FocDuplicates *self, FocRelation relation)
{
  return self->groups[relation].ends->len;
}

const guint32 *
foc_duplicates_get_group (const FocDuplicates *self,
                          FocRelation relation,
                          guint32 i,
                          guint32 *n)
{
  const Groups *groups = &self->groups[relation];
  guint32 first = i > 0 ? g_array_index (groups->ends, guint32, i - 1) : 0;

  *n = g_array_index (groups->ends, guint32, i) - first;
  return &g_array_index (groups->pictures, guint32, first);
}

guint32 *
foc_duplicates_join (const FocDuplicates *self, FocRelations relations)
{
  FocUnion sets;

  /* Pure exact groups are missing among those of near. */
  if (relations & FOC_RELATIONS_NEAR)
    relations |= FOC_RELATIONS_EXACT;

  foc_union_init (&sets, self->n_pictures);
  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    for (guint32 i = 0;
         relations & 1u << relation && i < foc_duplicates_get_n_groups (self, relation);
         i++)
      {
        guint32 n;
        const guint32 *group = foc_duplicates_get_group (self, relation, i, &n);

        for (guint32 j = 1; j < n; j++)
          foc_union_join (&sets, group[0], group[j]);
      }

  for (guint32 i = 0; i < self->n_pictures; i++)
    sets.parents[i] = foc_union_find (&sets, i);
  return sets.parents;
}
