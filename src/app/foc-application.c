/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-application.h"

#include "foc-app-settings.h"
#include "foc-compat.h"
#include "foc-feature-build.h"
#include "foc-help-window.h"
#include "foc-menu-names.h"
#include "foc-preferences-page.h"
#include "foc-session.h"
#include "foc-window.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define USAGE_ERROR 2
/* Milliseconds that threads have to end in, most of them cancelled: what they have written on a
 * slow disk, and nobody wants any more, is taken away. */
#define LAST_WAIT 10000

struct _FocApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* NULL before startup */
  FocSession *session; /* the same            */
};

G_DEFINE_FINAL_TYPE (FocApplication, foc_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} accels[] = {
  { "app.help", { "F1" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "win.close", { "<Control>w" } },
  { "win.open", { "<Control>o" } },
  { "win.page::classify", { "<Control>3" } },
  { "win.page::dataset", { "<Control>1" } },
  { "win.page::train", { "<Control>2" } },
  { "win.refresh", { "F5", "<Control>r" } },
  { "win.show-help-overlay", { "<Control>question" } },
};

static FocWindow *
get_window (FocApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (FOC_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

/* `open_last`: where a new window has to be made, it opens the last data set. */
static FocWindow *
ensure_window (FocApplication *self, gboolean open_last)
{
  FocWindow *window = get_window (self);

  if (window == NULL)
    window = foc_window_new (
      ADW_APPLICATION (self), self->session, self->settings,
      open_last && g_settings_get_boolean (self->settings, "open-last-dataset"));

  return window;
}

static void
open_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocApplication *self = user_data;

  foc_compat_present_preferences (GTK_WINDOW (ensure_window (self, TRUE)),
                                  foc_preferences_page_new (self->settings));
}

static void
open_help (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocWindow *window = ensure_window (user_data, TRUE);

  foc_help_window_show (GTK_WINDOW (window), foc_window_get_page (window));
}

static void
open_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  foc_compat_present_about (GTK_WINDOW (ensure_window (user_data, TRUE)));
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FocApplication *self = user_data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (FOC_IS_WINDOW (l->data) && foc_window_ask_before_close (l->data))
      return;

  /* One may take others with it. The program ends with the last one, and with what it
   * leaves to be tidied up. */
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    gtk_window_destroy (windows->data);
}

static const GActionEntry actions[] = {
  { "about", open_about },
  { "help", open_help },
  { "preferences", open_preferences },
  { "quit", quit },
};

static void
follow_color_scheme (FocApplication *self)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT,
    ADW_COLOR_SCHEME_FORCE_LIGHT,
    ADW_COLOR_SCHEME_FORCE_DARK,
  };
  int chosen = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (
    adw_application_get_style_manager (ADW_APPLICATION (self)), schemes[chosen]);
}

static void
foc_application_startup (GApplication *application)
{
  FocApplication *self = FOC_APPLICATION (application);
  g_autofree char *cache = foc_default_cache ();

  G_APPLICATION_CLASS (foc_application_parent_class)->startup (application);
  foc_menu_names_init ();

  if (self->settings == NULL && (self->settings = foc_app_settings_new ()) == NULL)
    exit (EXIT_FAILURE);
  self->session = foc_session_new (cache);
  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (follow_color_scheme), self, G_CONNECT_SWAPPED);
  follow_color_scheme (self);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions),
                                   self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           (const char **) accels[i].accels);
}

static void
foc_application_shutdown (GApplication *application)
{
  FocApplication *self = FOC_APPLICATION (application);

  g_clear_object (&self->session);
  G_APPLICATION_CLASS (foc_application_parent_class)->shutdown (application);
  foc_job_wait_for_workers (LAST_WAIT);
}

static void
foc_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (FOC_APPLICATION (application), TRUE)));
}

static void
foc_application_open (GApplication *application,
                      GFile **files,
                      int n_files,
                      const char *hint)
{
  FocWindow *window = ensure_window (FOC_APPLICATION (application), FALSE);

  foc_window_open_files (window, files, (guint) n_files, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

/* In the process that was started, which may not be the one that has the window. */
static int
foc_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  FocApplication *self = FOC_APPLICATION (application);
  g_autofree const char **arguments = NULL;
  const char *page;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", g_get_prgname (), FOC_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "page", "&s", &page) && !foc_window_is_page (page))
    {
      /* Translators: what was given on the command line. */
      g_printerr (_ ("There is no page “%s”: --page takes dataset, train or classify.\n"),
                  page);
      g_printerr (_ ("Try “%s --help”.\n"), g_get_prgname ());
      return USAGE_ERROR;
    }

  /* GIO would take it for the current folder. */
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments)
      && g_strv_contains (arguments, ""))
    {
      g_printerr (_ ("An argument is empty: it should name a folder or a picture.\n"));
      g_printerr (_ ("Try “%s --help”.\n"), g_get_prgname ());
      return USAGE_ERROR;
    }

  self->settings = foc_app_settings_new ();
  return self->settings != NULL ? -1 : 1;
}

static int
foc_application_command_line (GApplication *application,
                              GApplicationCommandLine *command_line)
{
  FocApplication *self = FOC_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **arguments = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  const char *page = NULL;
  FocWindow *window;

  g_variant_dict_lookup (options, "page", "&s", &page);
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &arguments))
    for (guint i = 0; arguments[i] != NULL; i++)
      g_ptr_array_add (files, g_application_command_line_create_file_for_arg (
                                command_line, arguments[i]));

  window = ensure_window (self, files->len == 0);
  if (files->len > 0)
    foc_window_open_files (window, (GFile **) files->pdata, files->len, page);
  else if (page != NULL)
    foc_window_set_page (window, page);
  gtk_window_present (GTK_WINDOW (window));

  return 0;
}

static void
foc_application_finalize (GObject *object)
{
  FocApplication *self = FOC_APPLICATION (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (foc_application_parent_class)->finalize (object);
}

static void
foc_application_class_init (FocApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = foc_application_finalize;
  application_class->startup = foc_application_startup;
  application_class->shutdown = foc_application_shutdown;
  application_class->activate = foc_application_activate;
  application_class->open = foc_application_open;
  application_class->command_line = foc_application_command_line;
  application_class->handle_local_options = foc_application_handle_local_options;
}

static void
foc_application_init (FocApplication *self)
{
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Show this page: dataset, train or classify"), N_ ("PAGE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL,
      N_ ("[FOLDER | PICTURE…]") },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_summary (
    G_APPLICATION (self),
    _ ("Sorts faces from comics: opens a folder of labelled pictures as a data set, and "
       "tells\nwhat pictures are."));
}

FocApplication *
foc_application_new (const char *application_id)
{
  return g_object_new (FOC_TYPE_APPLICATION, "application-id", application_id, "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/faceorcomic/FaceOrComic", NULL);
}
