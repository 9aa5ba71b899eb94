/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-near.h"

#include "foc-parallel.h"
#include "foc-preprocess.h"

#include <math.h>
#include <string.h>

/* Sum of the squared differences of a pair that is near, at most. */
#define MAX_SQUARES (FOC_NEAR_RMS * FOC_NEAR_RMS * FOC_N_FEATURES)

/* Blocks along a side, and the values of a signature. */
#define BLOCKS 3
#define BLOCK_SIDE (FOC_FEATURE_SIDE / BLOCKS)
#define N_VALUES (BLOCKS * BLOCKS * FOC_FEATURE_CHANNELS)

/* Sums of a block are divided by this, so that sums of their squares fit in 32 bits. */
#define SCALE 4

/* Rows whose signatures are made in one go. */
#define CHUNK 256

/* Pictures of a leaf, at most; not more than a guint64 has bits. */
#define LEAF 64

typedef struct
{
  gint16 values[N_VALUES];
  guint32 row;
} Signature;

typedef struct
{
  guint32 first, last; /* signatures first ... last - 1           */
  guint32 right;       /* the second child; the first one follows; 0: a leaf */
  gint joined;         /* atomic: a leaf that is known to be connected */
  gint16 min[N_VALUES], max[N_VALUES];
} Node;

typedef struct
{
  FocFeatureStore *store;
  FocUnion *sets;
  GCancellable *cancellable;
  Signature *signatures;
  guint32 n_signatures;
  gint32 bound;   /* on the squared distance of signatures */
  GArray *nodes;  /* of Node */
  GArray *leaves; /* of guint32: their places in `nodes` */
} Search;

gboolean
foc_near_is_pair (const guint8 *a, const guint8 *b)
{
  enum
  {
    ROW = FOC_FEATURE_SIDE * FOC_FEATURE_CHANNELS
  };
  gint32 squares = 0;

  for (guint first = 0; first < FOC_N_FEATURES; first += ROW)
    {
      gint16 largest = 0;

      for (guint i = first; i < first + ROW; i++)
        {
          gint16 difference = (gint16) (a[i] - b[i]);

          squares += difference * difference;
          largest = MAX (largest, ABS (difference));
        }
      if (squares > MAX_SQUARES || largest > FOC_NEAR_MAX)
        return FALSE;
    }

  return TRUE;
}

/* Signatures */

static void
make_signature (Signature *self, guint32 row, const guint8 *features)
{
  gint32 sums[N_VALUES] = { 0 };

  for (guint y = 0; y < FOC_FEATURE_SIDE; y++)
    for (guint x = 0; x < FOC_FEATURE_SIDE; x++)
      for (guint c = 0; c < FOC_FEATURE_CHANNELS; c++)
        sums[((y / BLOCK_SIDE) * BLOCKS + x / BLOCK_SIDE) * FOC_FEATURE_CHANNELS + c] +=
          *features++;

  for (guint i = 0; i < N_VALUES; i++)
    self->values[i] = (gint16) (sums[i] / SCALE);
  self->row = row;
}

static gint32
signature_distance (const Signature *a, const Signature *b)
{
  gint32 squares = 0;

  for (guint i = 0; i < N_VALUES; i++)
    {
      gint16 difference = (gint16) (a->values[i] - b->values[i]);

      squares += difference * difference;
    }

  return squares;
}

/* The bound on the squared distance of two signatures of a pair that is near. Dropping
 * the remainder of a division changes each difference by less than 1. */
static gint32
signature_bound (void)
{
  double exact = BLOCK_SIDE * sqrt (MAX_SQUARES) / SCALE;
  double distance = exact + sqrt (N_VALUES);

  return (gint32) ceil (distance * distance);
}

static gboolean
make_chunk (guint32 index, gpointer data, GError **error)
{
  Search *self = data;
  const guint8 *status = foc_feature_store_get_status (self->store);
  guint32 first = index * CHUNK;
  guint32 last = MIN (first + CHUNK, foc_feature_store_get_n_rows (self->store));
  guint8 features[FOC_N_FEATURES];

  for (guint32 row = first; row < last; row++)
    if (status[row] == 0)
      {
        if (!foc_feature_store_read (self->store, &row, 1, features, error))
          return FALSE;
        make_signature (&self->signatures[row], row, features);
      }

  return TRUE;
}

/* Closes the gaps that pictures without features have left. */
static void
compact (Search *self)
{
  const guint8 *status = foc_feature_store_get_status (self->store);

  for (guint32 row = 0; row < foc_feature_store_get_n_rows (self->store); row++)
    if (status[row] == 0)
      self->signatures[self->n_signatures++] = self->signatures[row];
}

/* The tree */

static void
bound_node (Node *node, const Signature *signatures)
{
  memcpy (node->min, signatures[node->first].values, sizeof node->min);
  memcpy (node->max, signatures[node->first].values, sizeof node->max);
  for (guint32 i = node->first + 1; i < node->last; i++)
    for (guint v = 0; v < N_VALUES; v++)
      {
        node->min[v] = MIN (node->min[v], signatures[i].values[v]);
        node->max[v] = MAX (node->max[v], signatures[i].values[v]);
      }
}

static guint
widest_value (const Node *node)
{
  guint widest = 0;

  for (guint v = 1; v < N_VALUES; v++)
    if (node->max[v] - node->min[v] > node->max[widest] - node->min[widest])
      widest = v;

  return widest;
}

static void
swap (Signature *a, Signature *b)
{
  Signature other = *a;

  *a = *b;
  *b = other;
}

/* Brings the half of smaller values to the front: finds the median by counting, for
 * values are small, and puts what is less before and what is more behind it. */
static void
halve (Signature *signatures, guint32 n, guint value)
{
  guint32 counts[BLOCK_SIDE * BLOCK_SIDE * 255 / SCALE + 1] = { 0 };
  guint32 n_less = 0, equal = 0, less = 0, more = n;
  gint16 median = 0;

  for (guint32 i = 0; i < n; i++)
    counts[signatures[i].values[value]]++;
  while (n_less + counts[median] <= n / 2)
    n_less += counts[median++];

  while (equal < more)
    if (signatures[equal].values[value] < median)
      swap (&signatures[equal++], &signatures[less++]);
    else if (signatures[equal].values[value] > median)
      swap (&signatures[equal], &signatures[--more]);
    else
      equal++;
}

/* In halves, so that the depth is a logarithm whatever the pictures. */
static void
grow (Search *self, guint32 first, guint32 last)
{
  guint32 index = self->nodes->len;
  guint32 middle = first + (last - first) / 2;
  Node node = { .first = first, .last = last };

  bound_node (&node, self->signatures);
  g_array_append_val (self->nodes, node);
  if (last - first <= LEAF)
    {
      g_array_append_val (self->leaves, index);
      return;
    }

  halve (self->signatures + first, last - first, widest_value (&node));
  grow (self, first, middle);
  g_array_index (self->nodes, Node, index).right = self->nodes->len;
  grow (self, middle, last);
}

/* The search */

/* A leaf whose pictures are compared, with those of their features that were needed. */
typedef struct
{
  Node *node;
  guint64 loaded;
  guint8 features[LEAF][FOC_N_FEATURES];
} Leaf;

typedef struct
{
  Search *search;
  Leaf *leaf;
  Leaf *other;
  GError **error;
} Visit;

static const guint8 *
leaf_get_features (Leaf *leaf, Search *search, guint32 signature, GError **error)
{
  guint32 i = signature - leaf->node->first;

  if (!(leaf->loaded >> i & 1)
      && !foc_feature_store_read (search->store, &search->signatures[signature].row, 1,
                                  leaf->features[i], error))
    return NULL;

  leaf->loaded |= (guint64) 1 << i;
  return leaf->features[i];
}

/* Compares picture `i` of one leaf with picture `j` of the other. */
static gboolean
compare (Visit *visit, guint32 i, guint32 j)
{
  Search *self = visit->search;
  FocUnion *sets = self->sets;
  guint32 a = self->signatures[i].row, b = self->signatures[j].row;
  const guint8 *x, *y;

  if (foc_union_find (sets, a) == foc_union_find (sets, b))
    return TRUE;

  x = leaf_get_features (visit->leaf, self, i, visit->error);
  y = x != NULL ? leaf_get_features (visit->other, self, j, visit->error) : NULL;
  if (y == NULL)
    return FALSE;
  if (foc_near_is_pair (x, y))
    foc_union_join (sets, a, b);

  return TRUE;
}

static gboolean
is_connected (Search *self, const Node *node)
{
  guint32 root = foc_union_find (self->sets, self->signatures[node->first].row);

  for (guint32 i = node->first + 1; i < node->last; i++)
    if (foc_union_find (self->sets, self->signatures[i].row) != root)
      return FALSE;

  return TRUE;
}

static gboolean
are_connected (Search *self, Node *a, Node *b)
{
  return g_atomic_int_get (&a->joined) && g_atomic_int_get (&b->joined)
         && foc_union_find (self->sets, self->signatures[a->first].row)
              == foc_union_find (self->sets, self->signatures[b->first].row);
}

/* `visit->other` is the leaf itself, or an earlier one. */
static gboolean
compare_leaves (Visit *visit)
{
  const Search *self = visit->search;
  const Node *a = visit->leaf->node, *b = visit->other->node;

  for (guint32 i = a->first; i < a->last; i++)
    for (guint32 j = b->first; j < MIN (b->last, i); j++)
      if (signature_distance (&self->signatures[i], &self->signatures[j]) <= self->bound
          && !compare (visit, i, j))
        return FALSE;

  return TRUE;
}

static gint32
box_distance (const Node *a, const Node *b)
{
  gint32 squares = 0;

  for (guint v = 0; v < N_VALUES; v++)
    {
      gint16 gap = (gint16) MAX (a->min[v] - b->max[v], b->min[v] - a->max[v]);

      gap = MAX (gap, 0);
      squares += gap * gap;
    }

  return squares;
}

/* Compares the leaf with all earlier ones below the node. */
static gboolean
visit_node (Visit *visit, guint32 index)
{
  Search *self = visit->search;
  Node *leaf = visit->leaf->node;
  Node *node = &g_array_index (self->nodes, Node, index);

  if (node->first >= leaf->first || box_distance (node, leaf) > self->bound)
    return TRUE;
  if (node->right != 0)
    return visit_node (visit, index + 1) && visit_node (visit, node->right);
  if (are_connected (self, node, leaf))
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, visit->error))
    return FALSE;

  visit->other->node = node;
  visit->other->loaded = 0;
  return compare_leaves (visit);
}

static gboolean
search_leaf (guint32 index, gpointer data, GError **error)
{
  Search *self = data;
  g_autofree Leaf *leaf = g_new (Leaf, 1);
  g_autofree Leaf *other = g_new (Leaf, 1);
  Visit visit = { self, leaf, leaf, error };
  guint32 place = g_array_index (self->leaves, guint32, index);

  leaf->node = &g_array_index (self->nodes, Node, place);
  leaf->loaded = 0;
  if (!compare_leaves (&visit))
    return FALSE;
  if (is_connected (self, leaf->node))
    g_atomic_int_set (&leaf->node->joined, TRUE);

  visit.other = other;
  if (!visit_node (&visit, 0))
    return FALSE;
  if (is_connected (self, leaf->node))
    g_atomic_int_set (&leaf->node->joined, TRUE);
  return TRUE;
}

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->signatures, g_free);
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->leaves, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

gboolean
foc_near_find (FocFeatureStore *store,
               FocUnion *sets,
               guint jobs,
               FocProgress progress,
               gpointer user_data,
               GCancellable *cancellable,
               GError **error)
{
  guint32 n_rows = foc_feature_store_get_n_rows (store);
  FocProgressSteps steps = { progress, user_data, 0, 2 };
  g_auto (Search) self = {
    .store = store,
    .sets = sets,
    .cancellable = cancellable,
    .signatures = g_new (Signature, n_rows),
    .bound = signature_bound (),
    .nodes = g_array_new (FALSE, FALSE, sizeof (Node)),
    .leaves = g_array_new (FALSE, FALSE, sizeof (guint32)),
  };

  if (!foc_parallel ((n_rows + CHUNK - 1) / CHUNK, jobs, make_chunk, &self,
                     foc_progress_report_step, &steps, cancellable, error))
    return FALSE;

  compact (&self);
  if (self.n_signatures > 0)
    grow (&self, 0, self.n_signatures);

  steps.step = 1;
  return foc_parallel (self.leaves->len, jobs, search_leaf, &self,
                       foc_progress_report_step, &steps, cancellable, error);
}
