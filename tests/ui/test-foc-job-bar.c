/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "foc-catalog.h"
#include "foc-job-bar.h"
#include "test-ui.h"

/* Work that reports what it is told to, until it is cancelled. */
typedef struct
{
  guint stage;
  guint64 done;
  guint64 total;
} Report;

static gpointer
report_and_wait (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Report *report = data;

  foc_job_set_stage (job, report->stage);
  foc_job_report (report->done, report->total, job);
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_usleep (1000);
  return NULL;
}

static void
ignore (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (foc_job_finish (FOC_JOB (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static FocJob *
start (const Report *report, gpointer owner)
{
  FocJob *job = foc_job_new ();

  foc_job_run (job, report_and_wait, g_memdup2 (report, sizeof *report), g_free, NULL,
               ignore, owner);
  return job;
}

/* What is hidden has no place, either. */
static gboolean
is_revealed (gpointer bar)
{
  gboolean is_shown =
    gtk_revealer_get_reveal_child (test_ui_find (bar, GTK_TYPE_REVEALER));
  int height;

  gtk_widget_measure (bar, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (height > 0, ==, is_shown);
  return is_shown;
}

static gboolean
is_hidden (gpointer bar)
{
  return !is_revealed (bar);
}

static void
count (FocJobBar *bar, gpointer n)
{
  (*(guint *) n)++;
}

static void
test_shown_late (void)
{
  FocJobBar *bar = FOC_JOB_BAR (g_object_ref_sink (foc_job_bar_new ()));
  g_autoptr (FocJob) job = start (&(Report){ FOC_CATALOG_READ, 124, 200 }, bar);
  gint64 begin = g_get_monotonic_time ();
  GtkLabel *label = test_ui_find (bar, GTK_TYPE_LABEL);
  GtkProgressBar *progress = test_ui_find (bar, GTK_TYPE_PROGRESS_BAR);
  GtkWidget *cancel = test_ui_find_button (bar, "_Cancel");
  guint n_cancelled = 0;

  foc_job_bar_set_job (bar, job);
  g_assert_true (foc_job_bar_get_job (bar) == job);
  g_assert_false (is_revealed (bar));
  test_ui_wait (is_revealed, bar);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, (FOC_JOB_BAR_DELAY - 10) * 1000);

  g_assert_true (
    g_str_has_prefix (gtk_label_get_text (label), "Reading pictures: 124 of 200"));
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (progress), 0.62, 1e-6);

  g_signal_connect (bar, "cancel", G_CALLBACK (count), &n_cancelled);
  g_signal_emit_by_name (cancel, "clicked");
  g_assert_cmpuint (n_cancelled, ==, 1);
  g_assert_true (foc_job_get_running (job)); /* that is not for the bar to do */

  foc_job_cancel (job);
  test_ui_wait (is_hidden, bar);
  g_assert_finalize_object (bar);
}

/* What is over before is not shown at all. */
static void
test_short_job (void)
{
  FocJobBar *bar = FOC_JOB_BAR (g_object_ref_sink (foc_job_bar_new ()));
  g_autoptr (FocJob) job = start (&(Report){ 0 }, bar);

  foc_job_bar_set_job (bar, job);
  test_ui_run (20);
  foc_job_cancel (job);
  test_ui_run (FOC_JOB_BAR_DELAY + 100);
  g_assert_false (is_revealed (bar));
  g_assert_finalize_object (bar);
}

/* Freed in the middle of a job, while it pulses. */
static void
test_freed_while_shown (void)
{
  FocJobBar *bar = FOC_JOB_BAR (g_object_ref_sink (foc_job_bar_new ()));
  g_autoptr (FocJob) job = start (&(Report){ FOC_CATALOG_SCANNED, 1500, 0 }, bar);

  foc_job_bar_set_job (bar, job);
  test_ui_wait (is_revealed, bar);
  g_assert_cmpstr (gtk_label_get_text (test_ui_find (bar, GTK_TYPE_LABEL)), ==,
                   "Looking for pictures: 1500 found");
  test_ui_run (150);
  g_assert_finalize_object (bar);
  foc_job_cancel (job);
  test_ui_run (50);
}

/* Without a job, and beside one. */
static void
test_waiting (void)
{
  FocJobBar *bar = FOC_JOB_BAR (g_object_ref_sink (foc_job_bar_new ()));
  g_autoptr (FocJob) job = start (&(Report){ 0, 0, 0 }, bar);
  GtkLabel *label = test_ui_find (bar, GTK_TYPE_LABEL);

  foc_job_bar_set_waiting (bar, "Waiting");
  g_assert_false (is_revealed (bar));
  test_ui_wait (is_revealed, bar);
  g_assert_cmpstr (gtk_label_get_text (label), ==, "Waiting");
  foc_job_bar_set_waiting (bar, NULL);
  g_assert_false (is_revealed (bar));

  foc_job_bar_set_text_func (bar, foc_job_text_drawing);
  foc_job_bar_set_job (bar, job);
  foc_job_bar_set_waiting (bar, "Waiting");
  test_ui_wait (is_revealed, bar);
  g_assert_cmpstr (gtk_label_get_text (label), ==, "Waiting");
  foc_job_cancel (job);
  test_ui_run (100);
  g_assert_true (is_revealed (bar));
  foc_job_bar_set_job (bar, NULL);
  g_assert_true (is_revealed (bar));
  g_assert_finalize_object (bar);
}

static void
test_drawing (void)
{
  FocJobBar *bar = FOC_JOB_BAR (g_object_ref_sink (foc_job_bar_new ()));
  g_autoptr (FocJob) job = start (&(Report){ 0, 0, 0 }, bar);

  foc_job_bar_set_text_func (bar, foc_job_text_drawing);
  g_object_set (bar, "job", job, NULL);
  test_ui_wait (is_revealed, bar);
  g_assert_cmpstr (gtk_label_get_text (test_ui_find (bar, GTK_TYPE_LABEL)), ==,
                   "Drawing faces");
  foc_job_bar_set_job (bar, NULL);
  g_assert_false (is_revealed (bar));
  foc_job_cancel (job);
  test_ui_run (50);
  g_assert_finalize_object (bar);
}

static gpointer
report_on (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  for (guint i = 1; !g_cancellable_set_error_if_cancelled (cancellable, error); i++)
    {
      foc_job_report (i, 1000000, job);
      g_usleep (1000);
    }
  return NULL;
}

static gboolean
says_what_is_left (gpointer label)
{
  return g_str_has_suffix (gtk_label_get_text (label), " minutes left");
}

/* Copying, once its speed is known. */
static void
test_copying (void)
{
  FocJobBar *bar = FOC_JOB_BAR (g_object_ref_sink (foc_job_bar_new ()));
  g_autoptr (FocJob) job = foc_job_new ();
  GtkLabel *label = test_ui_find (bar, GTK_TYPE_LABEL);

  foc_job_run (job, report_on, NULL, NULL, NULL, ignore, bar);
  foc_job_bar_set_text_func (bar, foc_job_text_copying);
  foc_job_bar_set_job (bar, job);
  test_ui_wait (says_what_is_left, label);
  g_assert_true (g_str_has_prefix (gtk_label_get_text (label), "Copying pictures: "));
  foc_job_cancel (job);
  test_ui_wait (is_hidden, bar);
  g_assert_finalize_object (bar);
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add_func ("/job-bar/shown-late", test_shown_late);
  g_test_add_func ("/job-bar/short-job", test_short_job);
  g_test_add_func ("/job-bar/freed-while-shown", test_freed_while_shown);
  g_test_add_func ("/job-bar/drawing", test_drawing);
  g_test_add_func ("/job-bar/waiting", test_waiting);
  g_test_add_func ("/job-bar/copying", test_copying);
  return g_test_run ();
}
