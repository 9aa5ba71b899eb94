/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-parallel.h"
#include "foc-rng.h"
#include "foc-union.h"

/* Loops shared among threads, and sets that threads join together. */

enum
{
  N = 5000
};

static const guint jobs[] = { 1, 2, 8, 64 };

typedef struct
{
  guint8 seen[N];
  guint32 fails_at;
  GCancellable *cancellable;
  gint n_rounds; /* atomic */
} Rounds;

static gboolean
count_round (guint32 index, gpointer data, GError **error)
{
  Rounds *rounds = data;

  rounds->seen[index]++;
  g_atomic_int_inc (&rounds->n_rounds);
  if (index == rounds->fails_at)
    {
      if (rounds->cancellable == NULL)
        g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO, "broken");
      else
        g_cancellable_cancel (rounds->cancellable);
      return rounds->cancellable != NULL;
    }
  return TRUE;
}

static void
watch (guint64 done, guint64 total, gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (done, >=, *last);
  g_assert_cmpuint (total, ==, N);
  *last = done;
}

static void
test_all_rounds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_autofree Rounds *rounds = g_new0 (Rounds, 1);
      g_autoptr (GError) error = NULL;
      guint64 done = 0;

      rounds->fails_at = N;
      g_assert_true (
        foc_parallel (N, jobs[i], count_round, rounds, watch, &done, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (done, ==, N);
      for (guint j = 0; j < N; j++)
        g_assert_cmpuint (rounds->seen[j], ==, 1);
      g_assert_true (
        foc_parallel (0, jobs[i], count_round, rounds, NULL, NULL, NULL, &error));
      g_assert_cmpint (rounds->n_rounds, ==, N);
    }
}

/* What goes wrong ends the loop, and what is cancelled too. */
static void
test_ends_early (void)
{
  for (guint i = 0; i < 2 * G_N_ELEMENTS (jobs); i++)
    {
      g_autofree Rounds *rounds = g_new0 (Rounds, 1);
      g_autoptr (GCancellable) cancellable = i % 2 ? g_cancellable_new () : NULL;
      g_autoptr (GError) error = NULL;

      rounds->fails_at = 100;
      rounds->cancellable = cancellable;
      g_assert_false (foc_parallel (N, jobs[i / 2], count_round, rounds, NULL, NULL,
                                    cancellable, &error));
      if (cancellable != NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_IO);
      g_assert_cmpint (rounds->n_rounds, >, 100 / 64);
      if (jobs[i / 2] == 1)
        g_assert_cmpint (rounds->n_rounds, ==, 101);
    }
}

static void
watch_steps (guint64 done, guint64 total, gpointer user_data)
{
  double *share = user_data;

  *share = (double) done / (double) total;
}

static void
test_steps (void)
{
  double share = -1;
  FocProgressSteps steps = { watch_steps, &share, 0, 4 };

  foc_progress_report_step (0, 7, &steps);
  g_assert_cmpfloat (share, ==, 0.0);
  foc_progress_report_step (7, 7, &steps);
  g_assert_cmpfloat (share, ==, 0.25);
  steps.step = 3;
  foc_progress_report_step (1, 2, &steps);
  g_assert_cmpfloat (share, ==, 0.875);
  foc_progress_report_step (0, 0, &steps);
  g_assert_cmpfloat (share, ==, 1.0);
}

/* Joins pairs of a random graph; as many as there are numbers make large sets. */
typedef struct
{
  FocUnion sets;
  guint32 pairs[N][2];
} Graph;

static gboolean
join_pair (guint32 index, gpointer data, GError **error)
{
  Graph *graph = data;

  foc_union_join (&graph->sets, graph->pairs[index][0], graph->pairs[index][1]);
  return TRUE;
}

static void
test_union (void)
{
  g_autofree Graph *graph = g_new (Graph, 1);
  g_autofree guint32 *labels = g_new (guint32, N);
  gboolean changed = TRUE;
  FocRng rng;

  foc_rng_init (&rng, 3, 0);
  for (guint i = 0; i < N; i++)
    {
      graph->pairs[i][0] = foc_rng_below (&rng, N);
      graph->pairs[i][1] = i % 2 ? foc_rng_below (&rng, N) : graph->pairs[i][0];
      labels[i] = i;
    }

  /* The smallest of each component, by passing it on until nothing changes. */
  while (changed)
    {
      changed = FALSE;
      for (guint i = 0; i < N; i++)
        {
          guint32 *a = &labels[graph->pairs[i][0]], *b = &labels[graph->pairs[i][1]];

          changed = changed || *a != *b;
          *a = *b = MIN (*a, *b);
        }
    }

  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      foc_union_init (&graph->sets, N);
      g_assert_true (foc_parallel (N, jobs[i], join_pair, graph, NULL, NULL, NULL, NULL));
      for (guint32 j = 0; j < N; j++)
        g_assert_cmpuint (foc_union_find (&graph->sets, j), ==, labels[j]);
      foc_union_clear (&graph->sets);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parallel/all-rounds", test_all_rounds);
  g_test_add_func ("/parallel/ends-early", test_ends_early);
  g_test_add_func ("/progress/steps", test_steps);
  g_test_add_func ("/union/threads", test_union);

  return g_test_run ();
}
