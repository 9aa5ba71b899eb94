/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli.h"

#include "foc-error.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "face-or-comic-cli"

static const struct
{
  const char *name;
  FocCliCommand run;
  const char *summary;
} commands[] = {
  { "demo", foc_cli_demo, N_ ("Draw a data set to try the program with") },
  { "scan", foc_cli_scan,
    N_ ("Show classes, split and unreadable pictures of a data set") },
  { "experiment", foc_cli_experiment, N_ ("Grid search, final model, holdout accuracy") },
  { "train", foc_cli_train, N_ ("Train one model") },
  { "evaluate", foc_cli_evaluate, N_ ("Measure a model on a part of a data set") },
  { "classify", foc_cli_classify, N_ ("Tell what pictures are") },
};

static gint received_signal;

/* A thread of its own waits for the signals, so that no code runs in a signal
 * handler. The first one asks to stop; the second does not ask. */
static gpointer
wait_for_signals (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);

  while (sigwait (&signals, &number) == 0)
    {
      if (g_atomic_int_get (&received_signal) != 0)
        _exit (128 + number);
      g_atomic_int_set (&received_signal, number);
      g_cancellable_cancel (cancellable);
    }

  return NULL;
}

static void
watch_signals (GCancellable *cancellable)
{
  sigset_t signals;

  /* Before any thread begins: they all inherit the mask. */
  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  /* A file that grows too large is an error like a full disk. */
  signal (SIGXFSZ, SIG_IGN);

  g_thread_unref (g_thread_new ("signals", wait_for_signals, cancellable));
}

void
foc_cli_warn (const char *message)
{
  g_printerr ("%s: %s\n", PROGRAM, message);
}

int
foc_cli_usage (const char *command, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  foc_cli_warn (message);
  if (command != NULL)
    g_printerr (_ ("Try “%s %s --help”.\n"), PROGRAM, command);
  else
    g_printerr (_ ("Try “%s --help”.\n"), PROGRAM);

  return FOC_CLI_USAGE;
}

int
foc_cli_fail (GError *error)
{
  int status = g_error_matches (error, FOC_ERROR, FOC_ERROR_SETTINGS) ? FOC_CLI_USAGE
                                                                      : FOC_CLI_FAILED;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    foc_cli_warn (error->message);
  g_error_free (error);

  return status;
}

gboolean
foc_cli_parse (GOptionContext *context, int *argc, char ***argv, int min, int max)
{
  g_autofree char *command = g_strdup ((*argv)[0]);
  g_autoptr (GError) error = NULL;
  int n;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      foc_cli_usage (command, "%s", error->message);
      return FALSE;
    }

  /* What stands behind "--" is an argument whatever it looks like. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      memmove (*argv + 1, *argv + 2, (size_t) (*argc - 1) * sizeof (char *));
      (*argc)--;
    }

  n = *argc - 1;
  if (n < min)
    foc_cli_usage (command, _ ("Something is missing."));
  else if (n > max)
    foc_cli_usage (command, _ ("“%s” is one too many."), (*argv)[max + 1]);

  return n >= min && n <= max;
}

void
foc_cli_print_json (JsonBuilder *builder)
{
  g_autofree char *text = foc_json_to_string (builder, TRUE, NULL);

  g_print ("%s\n", text);
}

char *
foc_cli_get_uri (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_get_uri (file);
}

void
foc_cli_add_file (JsonBuilder *builder, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  foc_json_add_string (builder, "file", name);
  if (!g_utf8_validate (path, -1, NULL))
    {
      g_autofree char *uri = foc_cli_get_uri (path);

      foc_json_add_string (builder, "uri", uri);
    }
}

void
foc_cli_print_csv_field (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_print ("%s", text);
      return;
    }
  parts = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  g_print ("\"%s\"", doubled);
}

guint
foc_cli_default_jobs (void)
{
  return g_get_num_processors ();
}

static void
print_help (void)
{
  g_print (_ ("Usage: %s COMMAND [OPTION…] …\n\n"), PROGRAM);
  g_print ("%s\n\n",
           _ ("Sorts faces from comics: trains a small neural network on folders of "
              "pictures, and uses it."));
  g_print ("%s\n", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-12s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n");
  g_print (_ ("“%s COMMAND --help” describes a command.\n"), PROGRAM);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  int status = -1;

  setlocale (LC_ALL, "");
  /* In lists and tables the comma separates: numbers have a point everywhere. */
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, FOC_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (PROGRAM);

  if (argc < 2)
    return foc_cli_usage (NULL, _ ("A command is missing."));
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")
      || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return FOC_CLI_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("%s %s\n", PROGRAM, FOC_VERSION);
      return FOC_CLI_OK;
    }

  watch_signals (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      {
        g_autofree char *name = g_strdup_printf ("%s %s", PROGRAM, argv[1]);

        g_set_prgname (name);
        status = commands[i].run (argc - 1, argv + 1, cancellable);
      }

  if (status < 0)
    return foc_cli_usage (NULL, _ ("There is no command “%s”."), argv[1]);
  if (status != FOC_CLI_OK && g_atomic_int_get (&received_signal) != 0)
    {
      foc_cli_warn (_ ("Stopped. What was finished is kept."));
      return 128 + g_atomic_int_get (&received_signal);
    }
  return status;
}
