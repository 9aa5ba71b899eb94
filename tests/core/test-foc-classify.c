/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-classify.h"

#include "foc-blas.h"
#include "foc-error.h"
#include "foc-image-private.h"
#include "foc-limits.h"

#include "test-encoders.h"
#include "test-pictures.h"

#define MISSING "/nowhere/there is no such picture.png"

typedef struct
{
  FocModel *model;
  char *pictures[8]; /* no two alike */
  float probabilities[8][2];

  /* Of a stream: */
  guint n;
  guint jobs;
  GPtrArray *paths; /* taken in turns */
  gint n_taken;     /* atomic         */
  gint n_answered;
  guint n_failed;
  GThread *caller;
  GCancellable *cancellable;
  guint cancel_at;
} Fixture;

static FocModel *
make_model (void)
{
  const guint hidden[] = { 8 };
  const char *const names[] = { "a", "b", NULL };
  FocMlpShape shape;
  FocMlp *mlp;
  FocRng rng;

  foc_mlp_shape_init (&shape, FOC_N_FEATURES, hidden, 1, 2);
  mlp = foc_mlp_new (&shape);
  foc_rng_init (&rng, 7, 1);
  foc_mlp_initialise (mlp, &rng);
  return foc_model_new (mlp, names);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (FocMlpWork) work = NULL;

  foc_blas_begin_thread ();
  self->model = make_model ();
  work = foc_mlp_work_new (&self->model->mlp->shape, 1);
  self->paths = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->caller = g_thread_self ();
  self->jobs = 3;
  for (guint i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i);
      g_autoptr (GdkPixbuf) pixbuf = test_picture_new (30 + 9 * (int) i, 40, FALSE);
      g_autoptr (GBytes) bytes = test_jpeg (pixbuf, TEST_JPEG_COLOUR, FALSE, 0, FALSE);
      guint8 features[FOC_N_FEATURES];
      FocAnswer answer;

      self->pictures[i] = test_write_bytes (name, bytes);
      g_ptr_array_add (self->paths, self->pictures[i]);
      g_assert_true (foc_preprocess_file (self->pictures[i], NULL, features, NULL, NULL));
      foc_model_answer (self->model, work, features, self->probabilities[i], &answer);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  foc_model_free (self->model);
  g_ptr_array_unref (self->paths);
  g_object_unref (self->cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (self->pictures); i++)
    g_free (self->pictures[i]);
  test_pictures_remove ();
}

static const char *
next (gpointer *tag, gpointer user_data)
{
  Fixture *self = user_data;
  guint index = (guint) g_atomic_int_get (&self->n_taken);

  if (index == self->n)
    return NULL;

  g_atomic_int_inc (&self->n_taken);
  *tag = GUINT_TO_POINTER (index);
  return g_ptr_array_index (self->paths, index % self->paths->len);
}

static void
count (Fixture *self)
{
  guint bound = FOC_CLASSIFY_AHEAD * self->jobs + 1;
  guint n_taken;

  g_assert_true (g_thread_self () == self->caller);
  self->n_answered++;
  n_taken = (guint) g_atomic_int_get (&self->n_taken);
  g_assert_cmpuint (n_taken - (guint) self->n_answered, <=, bound);
  if ((guint) self->n_answered == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static void
on_in_order (gpointer tag, const FocClassification *result, gpointer user_data)
{
  Fixture *self = user_data;
  guint index = GPOINTER_TO_UINT (tag);

  g_assert_cmpuint (index, ==, (guint) self->n_answered);
  g_assert_no_error (result->error);
  g_assert_cmpmem (result->probabilities, 2 * sizeof (float),
                   self->probabilities[index % 8], 2 * sizeof (float));
  count (self);
}

static void
test_in_order (Fixture *self, gconstpointer data)
{
  for (self->jobs = 1; self->jobs < 6; self->jobs += 2)
    {
      g_autoptr (GError) error = NULL;

      self->n = 500;
      self->n_taken = self->n_answered = 0;
      g_assert_true (foc_classify_stream (self->model, self->jobs, FOC_CLASSIFY_AS_ASKED,
                                          next, on_in_order, self, self->cancellable,
                                          &error));
      g_assert_no_error (error);
      g_assert_cmpint (self->n_answered, ==, 500);
    }
}

/* Nothing to do. */
static void
test_none (Fixture *self, gconstpointer data)
{
  g_assert_true (foc_classify_stream (self->model, 0, FOC_CLASSIFY_AS_DONE, next,
                                      on_in_order, self, NULL, NULL));
  g_assert_true (foc_classify_files (self->model, NULL, 0, 4, NULL, NULL, NULL, NULL));
  g_assert_cmpint (self->n_answered, ==, 0);
}

static void
on_failed (gpointer tag, const FocClassification *result, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_null (result->probabilities);
  g_assert_error (result->error, FOC_ERROR, FOC_ERROR_IMAGE_NO_ACCESS);
  count (self);
}

/* A million names, half of them in each order: no more are under way than the header says. */
static void
test_a_million (Fixture *self, gconstpointer data)
{
  self->n = 1000000 / 2;
  g_ptr_array_set_size (self->paths, 0);
  g_ptr_array_add (self->paths, (gpointer) MISSING);

  for (guint order = 0; order < 2; order++)
    {
      self->n_taken = self->n_answered = 0;
      g_assert_true (foc_classify_stream (self->model, self->jobs,
                                          (FocClassifyOrder) order, next, on_failed, self,
                                          NULL, NULL));
      g_assert_cmpuint ((guint) self->n_answered, ==, self->n);
    }
}

static void
on_until_cancelled (gpointer tag, const FocClassification *result, gpointer user_data)
{
  Fixture *self = user_data;

  if (!g_error_matches (result->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_assert_no_error (result->error);
  count (self);
}

/* There is an answer for all that was taken, whatever becomes of it. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  for (guint order = 0; order < 2; order++)
    for (self->cancel_at = 1; self->cancel_at < 400; self->cancel_at += 133)
      {
        g_autoptr (GError) error = NULL;

        self->n = 1000000;
        self->n_taken = self->n_answered = 0;
        g_assert_false (
          foc_classify_stream (self->model, self->jobs, (FocClassifyOrder) order, next,
                               on_until_cancelled, self, self->cancellable, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        g_assert_cmpint (self->n_answered, ==, self->n_taken);
        g_assert_cmpint (self->n_answered, >=, (gint) self->cancel_at);
        g_cancellable_reset (self->cancellable);
      }
}

/* The first one is missing, in the midst of pictures. */
static const char *
next_missing (gpointer *tag, gpointer user_data)
{
  const char *path = next (tag, user_data);

  return path != NULL && *tag == NULL ? MISSING : path;
}

static void
on_any (gpointer tag, const FocClassification *result, gpointer user_data)
{
  Fixture *self = user_data;

  if (GPOINTER_TO_UINT (tag) == 0)
    g_assert_nonnull (result->error);
  else
    g_assert_cmpmem (result->probabilities, 2 * sizeof (float),
                     self->probabilities[GPOINTER_TO_UINT (tag) % 8], 2 * sizeof (float));
  self->n_failed += result->error != NULL;
  count (self);
}

/* One that cannot be read stops nothing, in either order. */
static void
test_failed (Fixture *self, gconstpointer data)
{
  for (guint order = 0; order < 2; order++)
    {
      self->n = 100;
      self->n_taken = self->n_answered = 0;
      self->n_failed = 0;
      g_assert_true (foc_classify_stream (self->model, self->jobs,
                                          (FocClassifyOrder) order, next_missing, on_any,
                                          self, NULL, NULL));
      g_assert_cmpint (self->n_answered, ==, 100);
      g_assert_cmpuint (self->n_failed, ==, 1);
    }
}

/* A picture that is not read to its end: it waits until this test gives back what decoding
 * needs. Files that are missing do not. */
static const char *
next_held (gpointer *tag, gpointer user_data)
{
  Fixture *self = user_data;
  const char *path = next (tag, user_data);

  /* Of the ring; the next ones are only in the hands of threads. */
  if (path != NULL
      && GPOINTER_TO_UINT (*tag) == (FOC_CLASSIFY_AHEAD - 1) * self->jobs - 1)
    foc_image_budget_return (FOC_LIMIT_DECODING_PIXELS);
  return path != NULL && *tag != NULL ? MISSING : path;
}

static void
on_held (gpointer tag, const FocClassification *result, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpuint (GPOINTER_TO_UINT (tag), ==, (guint) self->n_answered);
  count (self);
}

/* In order, they wait for it, and no more are taken meanwhile than may be. */
static void
test_slow_in_order (Fixture *self, gconstpointer data)
{
  self->n = 20000;
  g_assert_true (foc_image_budget_take (FOC_LIMIT_DECODING_PIXELS, NULL));
  g_assert_true (foc_classify_stream (self->model, self->jobs, FOC_CLASSIFY_AS_ASKED,
                                      next_held, on_held, self, NULL, NULL));
  g_assert_cmpint (self->n_answered, ==, 20000);
}

static const char *
next_first_is_picture (gpointer *tag, gpointer user_data)
{
  const char *path = next (tag, user_data);

  return path != NULL && *tag != NULL ? MISSING : path;
}

static void
on_first_is_last (gpointer tag, const FocClassification *result, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_cmpint (tag == NULL, ==, (guint) self->n_answered == self->n - 1);
  count (self);
  if ((guint) self->n_answered == self->n - 1)
    foc_image_budget_return (FOC_LIMIT_DECODING_PIXELS);
}

/* As they are done, nobody waits for it. */
static void
test_slow_as_done (Fixture *self, gconstpointer data)
{
  self->n = 20000;
  g_assert_true (foc_image_budget_take (FOC_LIMIT_DECODING_PIXELS, NULL));
  g_assert_true (foc_classify_stream (self->model, self->jobs, FOC_CLASSIFY_AS_DONE,
                                      next_first_is_picture, on_first_is_last, self, NULL,
                                      NULL));
  g_assert_cmpint (self->n_answered, ==, 20000);
}

typedef struct
{
  Fixture *fixture;
  guint n;
  guint cancel_at;
} Files;

static void
on_file (guint index, const FocClassification *result, gpointer user_data)
{
  Files *files = user_data;

  g_assert_cmpuint (index, ==, files->n++);
  g_assert_cmpmem (result->probabilities, 2 * sizeof (float),
                   files->fixture->probabilities[index % 8], 2 * sizeof (float));
  if (files->n == files->cancel_at)
    g_cancellable_cancel (files->fixture->cancellable);
}

/* No more is heard after it was cancelled. */
static void
test_files (Fixture *self, gconstpointer data)
{
  Files files = { self, 0, 0 };
  const char *paths[800];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    paths[i] = self->pictures[i % 8];

  g_assert_true (foc_classify_files (self->model, paths, 800, 4, on_file, &files,
                                     self->cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (files.n, ==, 800);

  files = (Files){ self, 0, 5 };
  g_assert_false (foc_classify_files (self->model, paths, 800, 4, on_file, &files,
                                      self->cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (files.n, ==, 5);
}

#define ADD(name, function)                                                              \
  g_test_add ("/classify/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("in-order", test_in_order);
  ADD ("none", test_none);
  ADD ("a-million", test_a_million);
  ADD ("cancel", test_cancel);
  ADD ("failed", test_failed);
  ADD ("slow-in-order", test_slow_in_order);
  ADD ("slow-as-done", test_slow_as_done);
  ADD ("files", test_files);

  return g_test_run ();
}
