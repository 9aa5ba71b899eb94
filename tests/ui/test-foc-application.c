/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo.h"
#include "test-folders.h"
#include "test-ui.h"

#include <string.h>

/* The program itself, as it is started. */

static GSubprocess *
start (const char *folder, GSubprocessFlags flags, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_assert_nonnull (g_getenv ("FOC_TEST_APP"));
  g_ptr_array_add (argv, (char *) g_getenv ("FOC_TEST_APP"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  if (folder != NULL)
    g_subprocess_launcher_set_cwd (launcher, folder);
  process =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);

  return process;
}

/* Runs it to its end; its exit status. */
static int
run (const char *folder, const char *const *arguments, char **out, char **err)
{
  g_autoptr (GSubprocess) process = start (
    folder, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, arguments);

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, out, err, NULL));
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

#define ARGUMENTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
test_options (void)
{
  g_autofree char *version = NULL;
  g_autofree char *no_error = NULL;
  g_autofree char *no_output = NULL;
  g_autofree char *error = NULL;
  g_autofree char *help = NULL;
  g_autofree char *help_error = NULL;

  g_assert_cmpint (run (NULL, ARGUMENTS ("--version"), &version, &no_error), ==, 0);
  g_assert_cmpstr (version, ==, "face-or-comic " FOC_VERSION "\n");
  g_assert_cmpstr (no_error, ==, "");

  g_assert_cmpint (run (NULL, ARGUMENTS ("--page=start"), &no_output, &error), ==, 2);
  g_assert_cmpstr (no_output, ==, "");
  g_assert_nonnull (strstr (error, "There is no page “start”"));

  g_assert_cmpint (run (NULL, ARGUMENTS ("--help"), &help, &help_error), ==, 0);
  g_assert_nonnull (strstr (help, "--page=PAGE"));
  g_assert_nonnull (strstr (help, "[FOLDER | PICTURE…]"));
}

typedef struct
{
  GActionGroup *actions; /* of the window of the first process */
  const char *page;
} Remote;

static gboolean
is_on_page (gpointer data)
{
  const Remote *remote = data;
  g_autoptr (GVariant) state = g_action_group_get_action_state (remote->actions, "page");

  return state != NULL && g_str_equal (g_variant_get_string (state, NULL), remote->page);
}

static gboolean
has_dataset (gpointer data)
{
  return g_action_group_get_action_enabled (((Remote *) data)->actions, "close-dataset");
}

static void
set_ended (GObject *source, GAsyncResult *result, gpointer ended)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) ended = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

#define APPLICATION "/io/github/faceorcomic/FaceOrComic"
#define WINDOW APPLICATION "/window/1"

static gboolean
has_window (gpointer bus)
{
  g_autoptr (GVariant) actions = g_dbus_connection_call_sync (
    bus, FOC_APPLICATION_ID, WINDOW, "org.gtk.Actions", "List", NULL, NULL,
    G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL);

  return actions != NULL;
}

static void
wait_for_window (GDBusConnection *bus)
{
  g_assert_nonnull (bus);
  test_ui_wait (has_window, bus);
}

static void
activate (GDBusConnection *bus, const char *path, const char *action)
{
  g_autoptr (GVariant) done = g_dbus_connection_call_sync (
    bus, FOC_APPLICATION_ID, path, "org.gtk.Actions", "Activate",
    g_variant_new ("(sava{sv})", action, NULL, NULL), NULL,
    G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL);

  g_assert_nonnull (done);
}

static void
test_second_start (void)
{
  const FocDemoOptions options = { .per_class = 12, .size = 32, .seed = 1, .jobs = 1 };
  g_autofree char *root = test_folder_new ();
  g_autofree char *dataset = test_path (root, "drawn");
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GDBusActionGroup) window = NULL;
  Remote remote = { .page = "train" };
  gboolean ended = FALSE;

  g_assert_true (foc_demo_write (dataset, &options, NULL, NULL, NULL, NULL));
  first = start (NULL, G_SUBPROCESS_FLAGS_NONE, ARGUMENTS ("--page", "train"));
  g_subprocess_wait_check_async (first, NULL, set_ended, &ended);
  wait_for_window (bus);
  window = g_dbus_action_group_get (bus, FOC_APPLICATION_ID, WINDOW);
  remote.actions = G_ACTION_GROUP (window);
  test_ui_wait (is_on_page, &remote);
  g_assert_false (has_dataset (&remote));

  /* The name is below the folder that the second one was started in. */
  g_assert_cmpint (run (root, ARGUMENTS ("drawn"), NULL, NULL), ==, 0);
  test_ui_wait (has_dataset, &remote);
  remote.page = "dataset";
  test_ui_wait (is_on_page, &remote);

  g_assert_cmpint (run (root, ARGUMENTS ("drawn/faces/0.jpg"), NULL, NULL), ==, 0);
  remote.page = "classify";
  test_ui_wait (is_on_page, &remote);
  g_assert_true (has_dataset (&remote));

  activate (bus, APPLICATION, "quit");
  test_ui_wait (is_set, &ended);
  test_folder_delete (root);
}

static gboolean
is_folder (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

/* It ends only when what it has drawn so far is removed. */
static void
test_quit_while_drawing (void)
{
  g_autofree char *demo =
    g_build_filename (g_get_user_data_dir (), "face-or-comic", "demo", NULL);
  g_autofree char *faces = g_build_filename (demo, "faces", NULL);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GSubprocess) process =
    start (NULL, G_SUBPROCESS_FLAGS_NONE, ARGUMENTS (NULL));
  gboolean ended = FALSE;

  g_subprocess_wait_check_async (process, NULL, set_ended, &ended);
  wait_for_window (bus);
  activate (bus, WINDOW, "draw-demo");
  test_ui_wait (is_folder, faces);
  activate (bus, APPLICATION, "quit");
  test_ui_wait (is_set, &ended);
  g_assert_false (is_folder (demo));
}

int
main (int argc, char *argv[])
{
  test_ui_init (&argc, &argv);
  g_test_add_func ("/application/options", test_options);
  g_test_add_func ("/application/second-start", test_second_start);
  g_test_add_func ("/application/quit-while-drawing", test_quit_while_drawing);
  return g_test_run ();
}
