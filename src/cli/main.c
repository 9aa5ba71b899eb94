/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli.h"

#include "foc-error.h"
#include "foc-installed.h"
#include "foc-limits.h"
#include "foc-model-file.h"
#include "foc-shipped-model.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STOPPED N_ ("Stopped.")
#define STOPPED_REMOVED N_ ("Stopped. What was drawn is removed again.")

static const struct
{
  const char *name;
  const char *arguments; /* as in its --help */
  FocCliCommand run;
  const char *summary;
  const char *stopped; /* said after a signal, where nothing is kept */
} commands[] = {
  { "demo", N_ ("DIR"), foc_cli_demo, N_ ("Draw a data set to try the program with"),
    STOPPED_REMOVED },
  { "scan", N_ ("DATASET"), foc_cli_scan,
    N_ ("Show classes, split and unreadable pictures of a data set"), STOPPED },
  { "experiment", N_ ("DATASET"), foc_cli_experiment,
    N_ ("Grid search, final model, holdout accuracy"), STOPPED },
  { "plot", N_ ("RUN"), foc_cli_plot, N_ ("Draw what a run has measured"), STOPPED },
  { "train", N_ ("DATASET"), foc_cli_train, N_ ("Train one model"), STOPPED },
  { "evaluate", N_ ("MODEL DATASET"), foc_cli_evaluate,
    N_ ("Measure a model on a part of a data set"), STOPPED },
  { "classify", N_ ("PATH…"), foc_cli_classify, N_ ("Tell what pictures are"), STOPPED },
  { "explain", N_ ("IMAGE"), foc_cli_explain, N_ ("Show why a picture got its answer"),
    STOPPED },
  { "export", N_ ("MODEL"), foc_cli_export, N_ ("Write a model for other programs"),
    STOPPED },
};

/* What is said of the command that runs. */
static const char *command_arguments;
static const char *command_stopped;

static sem_t signals_waiting;
static gint latest_signal;
static gint received_signal;

/* Any thread may get the signal, those of OpenBLAS included, which were there before
 * main() and block none: so it cannot be waited for, and is handed on. */
static void
hand_on_signal (int number)
{
  int saved_errno = errno;

  g_atomic_int_set (&latest_signal, number);
  sem_post (&signals_waiting);
  errno = saved_errno;
}

/* The first one asks to stop; the second does not ask. */
static gpointer
wait_for_signals (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;

  while (TRUE)
    {
      int number;

      while (sem_wait (&signals_waiting) != 0)
        ; /* by a signal of another kind */

      number = g_atomic_int_get (&latest_signal);
      if (g_atomic_int_get (&received_signal) != 0)
        _exit (128 + number);
      g_atomic_int_set (&received_signal, number);
      g_cancellable_cancel (cancellable);
    }

  return NULL;
}

static void
watch_signal (int number)
{
  struct sigaction action;

  /* A shell lets the jobs in its background ignore SIGINT: it stays ignored. */
  if (sigaction (number, NULL, &action) != 0 || action.sa_handler == SIG_IGN)
    return;

  action = (struct sigaction){ .sa_handler = hand_on_signal, .sa_flags = SA_RESTART };
  sigaction (number, &action, NULL);
}

static void
watch_signals (GCancellable *cancellable)
{
  /* A file that grows too large is an error like a full disk. */
  signal (SIGXFSZ, SIG_IGN);

  sem_init (&signals_waiting, 0, 0);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
  watch_signal (SIGINT);
  watch_signal (SIGTERM);
}

static int
print_usage (const char *message)
{
  foc_cli_warn (message);
  /* Translators: the program's name, and a command where there is one. */
  g_printerr (_ ("Try “%s --help”.\n"), g_get_prgname ());

  return FOC_CLI_USAGE;
}

int
foc_cli_usage (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  return print_usage (message);
}

int
foc_cli_fail (GError *error)
{
  int status = FOC_CLI_FAILED;

  if (g_error_matches (error, FOC_ERROR, FOC_ERROR_SETTINGS))
    status = print_usage (error->message);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    status = FOC_CLI_STOPPED;
  else
    foc_cli_warn (error->message);
  g_error_free (error);

  return status;
}

void
foc_cli_set_kept (gboolean fresh)
{
  command_stopped = fresh ? N_ ("Stopped. The same command without --fresh goes on from "
                                "here.")
                          : N_ ("Stopped. The same command goes on from here.");
}

/* Argument `index` as the help calls it. */
static char *
get_argument_name (int index)
{
  g_auto (GStrv) names = g_strsplit (_ (command_arguments), " ", -1);
  char *end = strstr (names[index], "…");

  if (end != NULL)
    *end = '\0';
  return g_strdup (names[index]);
}

/* What stands behind "--" is an argument whatever it looks like; GLib leaves the
 * mark itself where such an argument follows. */
static void
remove_mark (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    if (g_str_equal (argv[i], "--"))
      {
        memmove (argv + i, argv + i + 1, (size_t) (*argc - i) * sizeof (char *));
        (*argc)--;
        return;
      }
}

gboolean
foc_cli_parse (GOptionContext *context, int *argc, char ***argv, int min, int max)
{
  g_autoptr (GError) error = NULL;
  int n;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      print_usage (error->message);
      return FALSE;
    }
  remove_mark (argc, *argv);

  n = *argc - 1;
  if (n < min)
    {
      g_autofree char *name = get_argument_name (n);

      /* Translators: an argument, as DATASET. */
      foc_cli_usage (_ ("%s is missing."), name);
    }
  else if (n > max)
    {
      g_autofree char *name = g_filename_display_name ((*argv)[max + 1]);

      foc_cli_usage (_ ("“%s” is one argument too many."), name);
    }

  return n >= min && n <= max;
}

char *
foc_cli_find_model (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR)
           ? g_build_filename (path, "model.safetensors", NULL)
           : g_strdup (path);
}

FocModel *
foc_cli_load_model (const char *path, GError **error)
{
  g_autofree char *file =
    path != NULL ? foc_cli_find_model (path) : foc_shipped_model_find ();
  FocModel *model;

  if (file == NULL)
    {
      g_set_error (error, FOC_ERROR, FOC_ERROR_MODEL,
                   _ ("The model that comes with the program is not installed; name one "
                      "with --model."));
      return NULL;
    }

  model = foc_model_load (file, error);
  if (model != NULL && model->novelty == NULL)
    {
      g_autofree char *name = g_filename_display_name (file);
      g_autofree char *message = g_strdup_printf (
        _ ("The model “%s” knows nothing about its training pictures: whether it is sure "
           "is told by the probability alone."),
        name);

      foc_cli_warn (message);
    }

  return model;
}

guint
foc_cli_default_jobs (void)
{
  return MIN (g_get_num_processors (), FOC_LIMIT_JOBS);
}

static void
print_help (void)
{
  g_print (_ ("Usage: %s COMMAND [OPTION…] …\n\n"), FOC_CLI_PROGRAM);
  g_print ("%s\n\n",
           _ ("Sorts faces from comics: trains a small neural network on folders of "
              "pictures, and uses it."));
  g_print ("%s\n", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n");
  g_print (_ ("“%s COMMAND --help” describes a command.\n"), FOC_CLI_PROGRAM);
}

static int
run_command (int argc, char **argv, GCancellable *cancellable)
{
  g_autofree char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[0], commands[i].name))
      {
        g_autofree char *full_name =
          g_strdup_printf ("%s %s", FOC_CLI_PROGRAM, commands[i].name);
        int status;

        g_set_prgname (full_name);
        watch_signals (cancellable);
        command_arguments = commands[i].arguments;
        command_stopped = commands[i].stopped;
        status = commands[i].run (argc, argv, cancellable);
        if (status != FOC_CLI_STOPPED)
          return status;
        if (g_atomic_int_get (&received_signal) == 0)
          return FOC_CLI_FAILED; /* the result could not be written */
        foc_cli_warn (_ (command_stopped));
        return 128 + g_atomic_int_get (&received_signal);
      }

  name = g_filename_display_name (argv[0]);
  return foc_cli_usage (_ ("There is no command “%s”."), name);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *translations = foc_installed_find_translations ();

  foc_cli_output_init (cancellable);
  setlocale (LC_ALL, "");
  /* In lists and tables the comma separates: numbers have a point everywhere. */
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (FOC_CLI_PROGRAM);

  if (argc < 2)
    return foc_cli_usage (_ ("A command is missing."));
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")
      || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return FOC_CLI_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("%s %s\n", FOC_CLI_PROGRAM, FOC_VERSION);
      return FOC_CLI_OK;
    }

  return run_command (argc - 1, argv + 1, cancellable);
}
