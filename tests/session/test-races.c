/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Only under ThreadSanitizer: does it still find a race, beside each of the ways in which
 * tests/tsan-glib.c tells it that threads are ordered, and no race where they are?
 *
 * Each way is tried twice, in a process of its own. A worker writes something and hands
 * on, or hands on and writes then; and the main thread takes over, and reads it. What is
 * done when is arranged with flags that order nothing for the sanitizer. */

#include "foc-job.h"

#include "test-loop.h"

#define RAISE(flag) __atomic_store_n (&(flag), TRUE, __ATOMIC_RELAXED)
#define IS_RAISED(flag) __atomic_load_n (&(flag), __ATOMIC_RELAXED)

static gboolean is_race;
static int written;
static gboolean handed_on; /* a flag: by the worker, which has written too  */
static gboolean taken;     /* a flag: by the main thread, which has read it */

static void
wait_for (gboolean *flag)
{
  while (!IS_RAISED (*flag))
    g_usleep (1000);
}

static void
take (void)
{
  g_assert_cmpint (written, ==, 1);
  RAISE (taken);
}

/* One way from the worker to the main thread. */
typedef struct
{
  const char *name;
  void (*prepare) (void); /* nullable; may start a job, which has a worker */
  void (*hand_on) (void);
  void (*take_over) (void); /* and calls take() */
} Way;

static const Way *way;

static void
write_and_hand_on (void)
{
  if (!is_race)
    written = 1;
  way->hand_on ();
  if (is_race)
    written = 1;
  RAISE (handed_on);
}

/* A mutex */

static GMutex mutex;

static void
hand_on_mutex (void)
{
  g_mutex_lock (&mutex);
  g_mutex_unlock (&mutex);
}

static void
take_over_mutex (void)
{
  hand_on_mutex ();
  take ();
}

/* References: the main thread drops the last */

static gatomicrefcount count;

static void
prepare_count (void)
{
  g_atomic_ref_count_init (&count);
  g_atomic_ref_count_inc (&count);
}

static void
hand_on_count (void)
{
  g_assert_false (g_atomic_ref_count_dec (&count));
}

static void
take_over_count (void)
{
  g_assert_true (g_atomic_ref_count_dec (&count));
  take ();
}

static gpointer box;

static void
prepare_box (void)
{
  box = g_atomic_rc_box_acquire (g_atomic_rc_box_alloc0 (1));
}

static void
take_box (gpointer data)
{
  take ();
}

static void
release_box (void)
{
  g_atomic_rc_box_release_full (box, take_box);
}

/* A string: who drops the last reference knows it, since nobody else is left. */

static GRefString *string;

static void
prepare_string (void)
{
  string = g_ref_string_acquire (g_ref_string_new ("text"));
}

static void
release_string (void)
{
  g_ref_string_release (string);
}

static void
release_last_string (void)
{
  release_string ();
  take ();
}

/* Arrays and bytes free what they hold. */

static GArray *array;
static GPtrArray *ptr_array;
static GBytes *bytes;

static void
prepare_array (void)
{
  array = g_array_ref (g_array_set_size (g_array_new (FALSE, TRUE, 1), 1));
  g_array_set_clear_func (array, take_box);
}

static void
unref_array (void)
{
  g_array_unref (array);
}

static void
prepare_ptr_array (void)
{
  ptr_array = g_ptr_array_ref (g_ptr_array_new_with_free_func (take_box));
  g_ptr_array_add (ptr_array, &written);
}

static void
unref_ptr_array (void)
{
  g_ptr_array_unref (ptr_array);
}

static void
prepare_bytes (void)
{
  bytes = g_bytes_ref (g_bytes_new_with_free_func ("text", 4, take_box, NULL));
}

static void
unref_bytes (void)
{
  g_bytes_unref (bytes);
}

static GObject *object;

static void
prepare_object (void)
{
  object = g_object_ref (g_object_new (G_TYPE_OBJECT, NULL));
  g_object_set_data_full (object, "box", object, take_box);
}

static void
unref_object (void)
{
  g_object_unref (object);
}

/* Sources: of a task, and of a job */

static GTask *task;

static void
on_task (GObject *source, GAsyncResult *result, gpointer data)
{
  take ();
}

static void
prepare_task (void)
{
  task = g_task_new (NULL, NULL, on_task, NULL);
}

static void
return_task (void)
{
  g_task_return_boolean (task, TRUE);
}

static void
iterate (void)
{
  TEST_WAIT (taken);
}

/* The worker of a job, which holds its lock now and then: its end must not come first. */

static FocJob *job;
static GObject *owner;

static void
on_delivery (FocJob *source, gpointer value, gpointer data)
{
  take ();
}

static void
deliver (void)
{
  foc_job_deliver (job, on_delivery, NULL, NULL);
}

static void
on_progress (void)
{
  if (!taken)
    take ();
}

static void
report (void)
{
  foc_job_report (1, 2, job);
}

static gpointer
work_and_wait (FocJob *self, gpointer data, GCancellable *cancellable, GError **error)
{
  write_and_hand_on ();
  wait_for (&taken);
  return data;
}

static void
on_end (GObject *source, GAsyncResult *result, gpointer data)
{
}

static void
prepare_job (void)
{
  job = foc_job_new ();
  owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_signal_connect (job, "notify::done", on_progress, NULL);
  foc_job_run (job, work_and_wait, &written, NULL, NULL, on_end, owner);
}

/* The result of a job, and what its worker does when it has been returned. */

static gpointer
work_for_result (FocJob *self, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!is_race)
    written = 1;
  return data;
}

static void
after_result (gpointer data)
{
  if (is_race)
    written = 1;
  RAISE (handed_on);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (foc_job_finish (FOC_JOB (source), result, NULL) == &written);
  take ();
}

static void
prepare_result (void)
{
  job = foc_job_new ();
  owner = g_object_new (G_TYPE_OBJECT, NULL);
  foc_job_run (job, work_for_result, &written, after_result, NULL, on_result, owner);
}

static const Way ways[] = {
  { "mutex", NULL, hand_on_mutex, take_over_mutex },
  { "count", prepare_count, hand_on_count, take_over_count },
  { "box", prepare_box, release_box, release_box },
  { "string", prepare_string, release_string, release_last_string },
  { "array", prepare_array, unref_array, unref_array },
  { "pointer-array", prepare_ptr_array, unref_ptr_array, unref_ptr_array },
  { "bytes", prepare_bytes, unref_bytes, unref_bytes },
  { "object", prepare_object, unref_object, unref_object },
  { "task", prepare_task, return_task, iterate },
  { "delivery", prepare_job, deliver, iterate },
  { "progress", prepare_job, report, iterate },
  { "result", prepare_result, NULL, iterate },
};

static gpointer
work (gpointer data)
{
  write_and_hand_on ();
  return NULL;
}

static void
go (void)
{
  GThread *thread = NULL;

  if (way->prepare != NULL)
    way->prepare ();
  if (job == NULL)
    thread = g_thread_new ("worker", work, NULL);

  wait_for (&handed_on);
  way->take_over ();
  g_assert_true (taken);

  if (job == NULL)
    g_thread_join (thread);
  else
    TEST_WAIT (!foc_job_get_running (job));
}

static void
test_ordered (gconstpointer data)
{
  way = data;
  if (g_test_subprocess ())
    {
      go ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_race (gconstpointer data)
{
  way = data;
  is_race = TRUE;
  if (g_test_subprocess ())
    {
      go ();
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*data race*global 'written'*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *ordered = g_strdup_printf ("/races/%s/none", ways[i].name);
      g_autofree char *race = g_strdup_printf ("/races/%s/found", ways[i].name);

      g_test_add_data_func (ordered, &ways[i], test_ordered);
      g_test_add_data_func (race, &ways[i], test_race);
    }

  return g_test_run ();
}
