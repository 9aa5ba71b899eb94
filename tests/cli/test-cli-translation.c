/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"

#include "test-locale.h"

#include <glib/gstdio.h>
#include <string.h>

/* The program in another language: catalogues are found in the build folder, and beside
 * a program that was moved. FOC_TEST_CATALOGUES is where they are; there are none where
 * there is no msgfmt. */

#define CATALOGUE "it/LC_MESSAGES/face-or-comic.mo"

static GSubprocessLauncher *
italian_launcher (void)
{
  GSubprocessLauncher *launcher =
    cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autofree char *locales = cli_path ("locales");

  g_subprocess_launcher_setenv (launcher, "LOCPATH", locales, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", TEST_LOCALE, TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", "it", TRUE);
  return launcher;
}

static CliResult *
run_italian (const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = italian_launcher ();

  return cli_run_argv (launcher, arguments);
}

static void
assert_says (const CliResult *result, const char *part)
{
  if (strstr (result->out, part) == NULL)
    g_test_message ("standard output: %s", result->out);
  g_assert_nonnull (strstr (result->out, part));
}

static void
test_scan (void)
{
  const char *const arguments[] = { "scan", "d", NULL };
  g_autoptr (GSubprocessLauncher) launcher = italian_launcher ();
  g_autoptr (CliResult) italian = NULL;
  g_autoptr (CliResult) english = NULL;

  if (test_locale_skip ())
    return;

  cli_write ("d/faces/empty.jpg", "", 0);
  cli_write ("d/notes.txt", "", 0);
  italian = cli_run_argv (launcher, arguments);
  cli_assert_silent (italian);
  assert_says (italian, "/d: 25 immagini\n  comics: 12\n  faces: 13\n");
  assert_says (
    italian,
    "\nSuddivisione: 13 per l’addestramento, 4 per la validazione, 7 da parte\n");
  assert_says (italian, "\n1 immagine è illeggibile e viene esclusa:\n"
                        "  faces/empty.jpg: il file è vuoto\n");
  assert_says (italian, "\nIgnorato: 1 file che non è un’immagine\n");

  g_subprocess_launcher_setenv (launcher, "LANGUAGE", "en", TRUE);
  english = cli_run_argv (launcher, arguments);
  cli_assert_silent (english);
  assert_says (english, "\nSplit: 13 for training, 4 for validation, 7 held out\n");
  cli_remove ("d/faces/empty.jpg");
  cli_remove ("d/notes.txt");
}

/* Long names are shortened between the quotation marks of the language. */
static void
test_quoted (void)
{
  g_autofree char *name = g_strnfill (1000, 'x');
  const char *const arguments[] = { "scan", "d", name, NULL };
  g_autoptr (CliResult) result = run_italian (arguments);

  if (test_locale_skip ())
    return;

  g_assert_cmpint (result->status, ==, 2);
  g_assert_true (g_str_has_prefix (result->err, "face-or-comic-cli: «xxx"));
  g_assert_nonnull (strstr (result->err, "xxx…xxx"));
  g_assert_nonnull (strstr (result->err, "xxx» è un argomento di troppo.\n"));
  g_assert_true (
    g_str_has_suffix (result->err, "\nProvare «face-or-comic-cli scan --help».\n"));
  g_assert_cmpuint (strlen (result->err), <, 400);
}

static void
test_argument (void)
{
  static const struct
  {
    const char *command, *sentence;
  } cases[] = {
    { "evaluate", "face-or-comic-cli: Manca MODELLO.\n" },
    { "classify", "face-or-comic-cli: Manca PERCORSO.\n" },
  };

  if (test_locale_skip ())
    return;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const arguments[] = { cases[i].command, NULL };
      g_autoptr (CliResult) result = run_italian (arguments);

      g_assert_cmpint (result->status, ==, 2);
      g_assert_true (g_str_has_prefix (result->err, cases[i].sentence));
    }
}

/* The columns stand under each other, however long the words. */
static void
test_table (void)
{
  const char *const arguments[] = { "experiment", "d", "-o", "r", NULL };
  g_autoptr (CliResult) result = run_italian (arguments);
  g_auto (GStrv) lines = NULL;
  guint row = 0;

  if (test_locale_skip ())
    return;

  cli_assert_silent (result);
  lines = g_strsplit (result->out, "\n", -1);
  while (lines[row] != NULL && !g_str_has_prefix (lines[row], "accuratezza, perdita  "))
    row++;
  g_assert_cmpuint (row + 2, <, g_strv_length (lines));
  g_assert_true (
    g_regex_match_simple (" 1 epoca +3 epoche +5 epoche$", lines[row], 0, 0));
  for (guint i = 1; i <= 2; i++)
    {
      g_assert_true (g_str_has_prefix (lines[row + i], "tasso 0.0"));
      g_assert_cmpint (g_utf8_strlen (lines[row + i], -1), ==,
                       g_utf8_strlen (lines[row], -1));
    }
  cli_remove ("r");
}

static void
copy (const char *from, const char *to)
{
  g_autofree char *path = cli_path (to);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_mkdir_with_parents (parent, 0755));
  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_moved (void)
{
  g_autofree char *catalogue = NULL;
  g_autofree char *program = cli_path ("moved/bin/face-or-comic-cli");
  const char *const arguments[] = { program, "--help", NULL };
  g_autoptr (GSubprocessLauncher) launcher = italian_launcher ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (CliResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (test_locale_skip ())
    return;

  catalogue = g_build_filename (g_getenv ("FOC_TEST_CATALOGUES"), CATALOGUE, NULL);
  copy (g_getenv ("FOC_TEST_CLI"), "moved/bin/face-or-comic-cli");
  copy (catalogue, "moved/share/locale/" CATALOGUE);
  process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  g_assert_no_error (error);
  result = cli_wait (process, NULL);
  cli_assert_silent (result);
  assert_says (result, "Uso: face-or-comic-cli COMANDO [OPZIONE…] …\n");
  cli_remove ("moved");
}

/* Where the locale is not UTF-8, text is in its own bytes, and names keep theirs. */
static void
test_latin (void)
{
  const char *const arguments[] = { "scan", "d", NULL };
  const char *const wrong[] = { "scan", "d", "x", NULL };
  g_autoptr (GSubprocessLauncher) launcher = italian_launcher ();
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) usage = NULL;

  if (test_locale_skip ())
    return;

  /* As GLib lets the user say; no locale needs to be installed for it. */
  g_subprocess_launcher_setenv (launcher, "CHARSET", "ISO-8859-1", TRUE);
  cli_write ("d/faces/\xc3\xa8.jpg", "", 0);
  result = cli_run_argv (launcher, arguments);
  cli_assert_silent (result);
  assert_says (result, "\n1 immagine \xe8 illeggibile e viene esclusa:\n"
                       "  faces/\xc3\xa8.jpg: il file \xe8 vuoto\n");
  usage = cli_run_argv (launcher, wrong);
  g_assert_true (g_str_has_prefix (usage->err, "face-or-comic-cli: \xabx\xbb \xe8 un "));
  cli_remove ("d/faces/\xc3\xa8.jpg");
}

int
main (int argc, char *argv[])
{
  g_autofree char *locales = NULL;

  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);
  locales = cli_path ("locales");
  test_locale_add (locales);

  g_test_add_func ("/cli/translation/scan", test_scan);
  g_test_add_func ("/cli/translation/quoted", test_quoted);
  g_test_add_func ("/cli/translation/argument", test_argument);
  g_test_add_func ("/cli/translation/table", test_table);
  g_test_add_func ("/cli/translation/moved", test_moved);
  g_test_add_func ("/cli/translation/latin", test_latin);

  return cli_test_run ();
}
