/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-help-window.h"
#include "foc-model-dialog.h"
#include "foc-preferences-page.h"
#include "test-locale.h"
#include "test-ui-window.h"
#include "test-ui.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

/* The same widgets in English and in Italian: what is said in the same words in both is
 * not translated, unless it is listed here. */

static const char *const same[] = {
  /* Names. */
  "people",
  "people – Face or Comic",
  "comics",
  "comics, faces",
  "faces",
  "faces-and-comics",
  "Adam",
  "File",
  "JPEG",
  /* Words of the libraries, which bring their own translations, or do not. */
  "(None)",
  "10 bytes",
  "Clear entry",
  "Close",
  "Close the window",
  "Maximize",
  "Maximize the window",
  "Minimize",
  "Minimize the window",
  "Search…",
  NULL,
};

/* A SHA-256 in hexadecimal. */
static gboolean
is_digest (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
may_be_same (const char *text)
{
  return g_strv_contains (same, text) || g_str_has_suffix (text, ".jpg")
         || g_str_has_suffix (text, "kB") || g_str_has_suffix (text, ".safetensors")
         || is_digest (text);
}

static void
set_language (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, TEST_LOCALE); /* forgets what was looked up before */
}

static void
add_text (GHashTable *texts, const char *text)
{
  gboolean has_letters = FALSE;

  for (const char *c = text; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    has_letters |= g_unichar_isalpha (g_utf8_get_char (c));
  if (has_letters)
    g_hash_table_add (texts, g_strdup (text));
}

/* What a screen reader says. There is no other way to it than that of being wrong. */
static void
add_property (GHashTable *texts, GtkAccessible *widget, GtkAccessibleProperty property)
{
  g_autofree char *text = gtk_test_accessible_has_property (widget, property)
                            ? gtk_test_accessible_check_property (widget, property, "?")
                            : NULL;

  add_text (texts, text);
}

static void
collect (gpointer widget, gpointer texts)
{
  add_text (texts, gtk_widget_get_tooltip_text (widget));
  add_property (texts, widget, GTK_ACCESSIBLE_PROPERTY_LABEL);
  add_property (texts, widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  if (GTK_IS_LABEL (widget))
    add_text (texts, gtk_label_get_text (widget));
  if (GTK_IS_SEARCH_ENTRY (widget))
    {
      g_autofree char *placeholder = NULL;

      g_object_get (widget, "placeholder-text", &placeholder, NULL);
      add_text (texts, placeholder);
    }
}

/* What is said in a language, each only once. */
static GHashTable *
collect_all (const char *language)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  UiWindow self = { 0 };
  GtkWidget *preferences;
  FocHelpWindow *help;
  FocModelDialog *dialog;
  g_autoptr (FocLoadedModel) model = NULL;

  set_language (language);
  test_ui_window_set_up (&self, NULL);
  test_ui_window_open (&self);
  test_ui_window_open_dataset (&self, "faces/broken.jpg");
  test_ui_foreach (self.window, collect, texts);
  test_ui_window_select (&self, "faces/0.jpg");
  test_ui_foreach (self.window, collect, texts);
  add_text (texts, gtk_window_get_title (GTK_WINDOW (self.window)));

  help = foc_help_window_show (GTK_WINDOW (self.window), NULL);
  test_ui_foreach (help, collect, texts);
  test_ui_destroy (help);

  model = foc_loaded_model_read (NULL, NULL);
  dialog = foc_model_dialog_present (GTK_WINDOW (self.window), model);
  test_ui_foreach (dialog, collect, texts);
  test_ui_destroy (dialog);

  preferences = test_ui_show (g_object_new (FOC_TYPE_PREFERENCES_PAGE, NULL), 600, 400);
  test_ui_foreach (preferences, collect, texts);
  test_ui_destroy (preferences);

  test_ui_window_tear_down (&self, NULL);
  set_language ("en");
  return texts;
}

static void
test_texts (void)
{
  g_autoptr (GHashTable) english = NULL;
  g_autoptr (GHashTable) italian = NULL;
  GHashTableIter iter;
  gpointer text;

  if (test_locale_skip ())
    return;

  english = collect_all ("en");
  italian = collect_all ("it");
  g_assert_cmpuint (g_hash_table_size (english), >, 100);
  g_assert_cmpuint (g_hash_table_size (italian), >, 100);
  g_hash_table_iter_init (&iter, italian);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    if (g_hash_table_contains (english, text) && !may_be_same (text))
      {
        g_test_message ("“%s” is not translated", (char *) text);
        g_test_fail ();
      }
}

/* Some of what is made in C, and with numbers. */
static void
test_words (void)
{
  const char *const words[] = {
    "26 immagini",
    "In ordine di file",
    "Fornito con il programma",
    "comics: 46%\nfaces: 54%",
    "In nessun insieme",
    "Illeggibili, 1 immagine",
    "Immagine successiva",
  };
  g_autoptr (GHashTable) italian = NULL;

  if (test_locale_skip ())
    return;

  italian = collect_all ("it");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (!g_hash_table_contains (italian, words[i]))
      {
        g_test_message ("“%s” is nowhere", words[i]);
        g_test_fail ();
      }
}

/* Italian words are longer. */
static void
test_size (void)
{
  UiWindow self = { 0 };

  if (test_locale_skip ())
    return;

  set_language ("it");
  test_ui_window_set_up (&self, NULL);
  test_ui_set_text_size (200);
  g_settings_set_int (self.settings, "window-width", UI_SMALL_WIDTH);
  g_settings_set_int (self.settings, "window-height", UI_SMALL_HEIGHT);
  test_ui_window_open (&self);
  test_ui_window_assert_pages_fit (&self);
  test_ui_window_open_dataset (&self, "faces/0.jpg");
  test_ui_window_assert_pages_fit (&self);
  test_ui_window_tear_down (&self, NULL);
  test_ui_set_text_size (100);
  set_language ("en");
}

int
main (int argc, char *argv[])
{
  const char *catalogues = g_getenv ("FOC_TEST_CATALOGUES");
  g_autofree char *locales = g_build_filename (g_get_home_dir (), "locales", NULL);

  test_ui_init (&argc, &argv);
  test_locale_add (locales);
  g_setenv ("LOCPATH", locales, TRUE);
  if (catalogues != NULL)
    {
      bindtextdomain (GETTEXT_PACKAGE, catalogues);
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      textdomain (GETTEXT_PACKAGE);
    }

  g_test_add_func ("/window-italian/texts", test_texts);
  g_test_add_func ("/window-italian/words", test_words);
  g_test_add_func ("/window-italian/size", test_size);

  return g_test_run ();
}
