/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-split-private.h"

#include "foc-error.h"
#include "foc-rng.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

struct _FocSplit
{
  guint8 *parts; /* FocPart of every picture */
  guint32 *rows[FOC_N_PARTS];
  guint32 n_rows[FOC_N_PARTS];
  guint32 *joint; /* training and validation set */
};

static const char *const method_names[] = { "paper", "stratified" };

const char *
foc_split_method_to_string (FocSplitMethod method)
{
  g_return_val_if_fail (method < G_N_ELEMENTS (method_names), NULL);

  return method_names[method];
}

gboolean
foc_split_method_from_string (const char *string, FocSplitMethod *method)
{
  for (guint i = 0; i < G_N_ELEMENTS (method_names); i++)
    if (g_str_equal (string, method_names[i]))
      {
        *method = (FocSplitMethod) i;
        return TRUE;
      }

  return FALSE;
}

const char *
foc_keep_to_string (FocKeep keep)
{
  static const char *const names[] = { "none", "duplicates", "names",
                                       "duplicates,names" };

  g_return_val_if_fail (keep < G_N_ELEMENTS (names), NULL);

  return names[keep];
}

gboolean
foc_keep_from_string (const char *string, FocKeep *keep)
{
  g_auto (GStrv) names = g_strsplit (string, ",", -1);
  guint sum = FOC_KEEP_NONE;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "duplicates"))
      sum |= FOC_KEEP_DUPLICATES;
    else if (g_str_equal (names[i], "names"))
      sum |= FOC_KEEP_NAMES;
    else if (!g_str_equal (string, "none"))
      return FALSE;

  *keep = (FocKeep) sum;
  return names[0] != NULL;
}

typedef struct
{
  guint64 key;
  guint32 index;
} Card;

static int
compare_cards (const void *a, const void *b)
{
  const Card *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* The pictures of a class that wait for a part, in the order of the cut; `is_placed`
 * (nullable) tells which of them do not wait any more. */
static Card *
deal (const FocDataset *dataset,
      const FocSplitSettings *settings,
      guint32 first,
      guint32 last,
      FocPart among,
      const guint8 *is_placed,
      guint32 *n_cards)
{
  Card *cards = g_new (Card, last - first);
  guint32 n = 0;

  for (guint32 i = first; i < last; i++)
    {
      const FocPicture *picture = foc_dataset_get_picture (dataset, i);

      if (picture->part != among || (is_placed != NULL && is_placed[i]))
        continue;
      cards[n].index = i;
      cards[n].key = settings->method == FOC_SPLIT_STRATIFIED
                       ? foc_hash (picture->name, strlen (picture->name), settings->seed)
                       : 0;
      n++;
    }

  qsort (cards, n, sizeof *cards, compare_cards);
  *n_cards = n;
  return cards;
}

/* Cuts the cards in proportion to the shares, each cut rounded to the nearest. */
static void
cut (guint8 *parts, const Card *cards, guint32 n_cards, const guint shares[FOC_N_PARTS])
{
  guint64 total = 0, sum = 0;
  guint32 from = 0;

  if (n_cards == 0)
    return;
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    total += shares[part];

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      guint32 to;

      sum += shares[part];
      to = (guint32) ((n_cards * sum + total / 2) / total);
      for (; from < to; from++)
        parts[cards[from].index] = (guint8) part;
    }
}

static void
collect_rows (FocSplit *self, guint32 n_pictures)
{
  guint32 n_joint = 0;

  for (guint32 i = 0; i < n_pictures; i++)
    if (self->parts[i] < FOC_N_PARTS)
      self->n_rows[self->parts[i]]++;

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      self->rows[part] = g_new (guint32, self->n_rows[part]);
      self->n_rows[part] = 0;
    }

  for (guint32 i = 0; i < n_pictures; i++)
    if (self->parts[i] < FOC_N_PARTS)
      self->rows[self->parts[i]][self->n_rows[self->parts[i]]++] = i;

  self->joint =
    g_new (guint32, self->n_rows[FOC_PART_TRAIN] + self->n_rows[FOC_PART_VALIDATION]);
  for (guint32 i = 0; i < n_pictures; i++)
    if (self->parts[i] == FOC_PART_TRAIN || self->parts[i] == FOC_PART_VALIDATION)
      self->joint[n_joint++] = i;
}

void
foc_split_cut (const FocSplitPlan *plan,
               const guint8 *is_placed,
               const guint (*shares)[FOC_N_PARTS])
{
  guint32 first = 0;

  for (guint label = 0; label < foc_dataset_get_n_classes (plan->dataset); label++)
    {
      guint32 last = first + foc_dataset_get_class_size (plan->dataset, label);
      guint32 n_cards;
      g_autofree Card *cards = deal (plan->dataset, plan->settings, first, last,
                                     plan->among, is_placed, &n_cards);

      cut (plan->parts, cards, n_cards, shares != NULL ? shares[label] : plan->shares);
      first = last;
    }
}

FocSplit *
foc_split_new (const FocDataset *dataset,
               const guint8 *status,
               const guint32 *groups,
               const FocSplitSettings *settings,
               GError **error)
{
  guint32 n_pictures = foc_dataset_get_n_pictures (dataset);
  FocSplitPlan plan = {
    .dataset = dataset,
    .settings = settings,
    .among = foc_dataset_has_split (dataset) ? FOC_PART_TRAIN : FOC_PART_NONE,
  };
  FocSplit *self;

  g_return_val_if_fail ((groups == NULL) == (settings->group == FOC_KEEP_NONE), NULL);

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      if (settings->shares[part] == 0 || settings->shares[part] > FOC_SPLIT_SHARE_MAX)
        {
          g_set_error (error, FOC_ERROR, FOC_ERROR_SETTINGS,
                       _ ("Each share of the split must be between 1 and %d."),
                       FOC_SPLIT_SHARE_MAX);
          return NULL;
        }
      /* What has a folder of its own takes nothing from the training folder. */
      plan.shares[part] = part != FOC_PART_TRAIN && foc_dataset_has_part (dataset, part)
                            ? 0
                            : settings->shares[part];
    }

  self = g_new0 (FocSplit, 1);
  self->parts = g_new (guint8, n_pictures);
  for (guint32 i = 0; i < n_pictures; i++)
    self->parts[i] = foc_dataset_get_picture (dataset, i)->part;

  plan.parts = self->parts;
  foc_split_cut (&plan, NULL, NULL);
  if (groups != NULL)
    foc_split_keep_together (&plan, groups);

  for (guint32 i = 0; i < n_pictures; i++)
    if (status != NULL && status[i] != 0)
      self->parts[i] = FOC_PART_NONE;

  collect_rows (self, n_pictures);
  return self;
}

void
foc_split_free (FocSplit *self)
{
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    g_free (self->rows[part]);
  g_free (self->joint);
  g_free (self->parts);
  g_free (self);
}

guint32
foc_split_guess_n_train (const FocDataset *dataset,
                         const guint8 *status,
                         const FocSplitSettings *settings)
{
  FocSplitSettings ungrouped = *settings;
  g_autoptr (FocSplit) split = NULL;

  ungrouped.group = FOC_KEEP_NONE;
  split = foc_split_new (dataset, status, NULL, &ungrouped, NULL);
  return split != NULL ? split->n_rows[FOC_PART_TRAIN] : 0;
}

const guint32 *
foc_split_get_rows (const FocSplit *self, FocPart part, guint32 *n_rows)
{
  g_return_val_if_fail (part < FOC_N_PARTS, NULL);

  *n_rows = self->n_rows[part];
  return self->rows[part];
}

const guint32 *
foc_split_get_training_and_validation (const FocSplit *self, guint32 *n_rows)
{
  *n_rows = self->n_rows[FOC_PART_TRAIN] + self->n_rows[FOC_PART_VALIDATION];
  return self->joint;
}

FocPart
foc_split_get_part (const FocSplit *self, guint32 index)
{
  return (FocPart) self->parts[index];
}
