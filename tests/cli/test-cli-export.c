/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-cli.h"
#include "test-mounts.h"

#include <string.h>
#include <sys/mount.h>

/* "export" and what it says where it cannot write; "r" is a run, "m" its model. */

static gboolean has_namespace;

static void
assert_export_fails (const char *format, const char *output, const char *sentence)
{
  g_autoptr (CliResult) result =
    cli_run ("export", "m", "--format", format, "-o", output, "--json", NULL);

  cli_assert_fails (result, 1, sentence);
}

static void
test_text (void)
{
  g_autoptr (CliResult) result =
    cli_run ("export", "r", "--format", "onnx", "-o", "e/ö x.onnx", NULL);
  g_autoptr (CliResult) again = NULL;

  cli_assert_fails (result, 1, "“e/ö x.onnx” could not be written: No such file");
  g_assert_false (cli_exists ("e"));

  cli_write ("e/other", "", 0);
  again = cli_run ("export", "r", "--format", "onnx", "-o", "e/ö x.onnx", NULL);
  cli_assert_silent (again);
  g_assert_cmpstr (again->out, ==,
                   "Model: e/ö x.onnx\nTest vectors: e/ö x.onnx.test-inputs.npy, e/ö "
                   "x.onnx.test-outputs.npy\n");
  g_assert_cmpuint (cli_count_files ("e", ""), ==, 4);
  cli_remove ("e");
}

static void
test_json (void)
{
  g_autoptr (CliResult) copy =
    cli_run ("export", "m", "--format", "safetensors", "-o", "copy", "--json", NULL);
  g_autoptr (CliResult) onnx =
    cli_run ("export", "m", "--format", "onnx", "-o", "o", "--json", NULL);
  g_autoptr (CliResult) again =
    cli_run ("export", "m", "--format", "onnx", "-o", "o", "--json", NULL);
  g_autoptr (CliResult) classified = NULL;
  g_autoptr (CliResult) by_copy = NULL;
  g_autofree guint8 *model = NULL;
  g_autofree guint8 *copied = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  gsize length, copied_length;

  cli_assert_silent (copy);
  cli_assert_silent (onnx);
  cli_assert_silent (again);
  g_assert_cmpstr (onnx->out, ==, again->out);
  root = cli_json (onnx);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "file"), ==, "o");
  g_assert_cmpstr (json_object_get_string_member (object, "format"), ==, "onnx");
  g_assert_cmpstr (json_object_get_string_member (object, "test_outputs"), ==,
                   "o.test-outputs.npy");
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "sha256")), ==, 64);
  g_assert_cmpuint (
    json_array_get_length (json_object_get_array_member (object, "classes")), ==, 2);

  /* All that the model had is in the copy. */
  cli_read ("m", &model, &length);
  cli_read ("copy", &copied, &copied_length);
  g_assert_cmpmem (model, length, copied, copied_length);
  classified = cli_run ("classify", "-m", "m", "d", NULL);
  by_copy = cli_run ("classify", "-m", "copy", "d", NULL);
  cli_assert_silent (classified);
  g_assert_cmpstr (classified->out, ==, by_copy->out);
}

/* A name that is no UTF-8 has its URI beside it. */
static void
test_name (void)
{
  g_autoptr (CliResult) result =
    cli_run ("export", "m", "--format", "onnx", "-o", "n\xff", "--json", NULL);
  g_autofree char *uri = NULL;

  cli_assert_silent (result);
  uri = cli_get_string (result, "test_inputs_uri");
  g_assert_true (g_str_has_suffix (uri, "/n%FF.test-inputs.npy"));
  g_assert_true (cli_exists ("n\xff.test-outputs.npy"));
}

static void
test_refused (void)
{
  g_autofree guint8 *before = NULL;
  g_autofree guint8 *after = NULL;
  gsize length, length_after;
  g_autoptr (CliResult) folder =
    cli_run ("export", "m", "--format", "onnx", "-o", "d", NULL);
  g_autoptr (CliResult) gone =
    cli_run ("export", "gone", "--format", "onnx", "-o", "x", NULL);
  g_autoptr (CliResult) photo =
    cli_run ("export", "d/faces/0.jpg", "--format", "onnx", "-o", "x", NULL);

  cli_assert_fails (folder, 2, "“d” is a folder, but must be a file.");
  cli_assert_fails (gone, 1, "“gone” could not be read: No such file");
  cli_assert_fails (photo, 1, "d/faces/0.jpg” cannot be used");

  cli_copy ("d/faces/0.jpg", "photo.jpg");
  cli_read ("photo.jpg", &before, &length);
  assert_export_fails ("onnx", "photo.jpg", "“photo.jpg” exists and is no onnx export");
  assert_export_fails ("safetensors", "photo.jpg",
                       "“photo.jpg” exists and is no safetensors export");
  cli_read ("photo.jpg", &after, &length_after);
  g_assert_cmpmem (before, length, after, length_after);
  assert_export_fails ("onnx", "m", "“m” exists and is no onnx export");
  assert_export_fails ("onnx", "/dev/full", "“/dev/full” exists and is no onnx export");

  cli_copy ("d/faces/0.jpg", "x.test-outputs.npy");
  assert_export_fails ("onnx", "x", "“x.test-outputs.npy” exists and is no");
  g_assert_false (cli_exists ("x") || cli_exists ("x.test-inputs.npy"));
  cli_remove ("x.test-outputs.npy");
}

/* A disk with room for `bytes` more than the model takes; one sentence, nothing is left. */
static void
check_disk (const char *format, gssize bytes, unsigned long flags, const char *sentence)
{
  g_autofree char *path = cli_path ("disk");
  g_autofree char *name = g_strconcat ("sized.", format, NULL);
  g_autoptr (CliResult) result =
    cli_run ("export", "m", "--format", format, "-o", name, NULL);
  g_autofree guint8 *model = NULL;
  g_autofree char *options = NULL;
  gsize length;

  cli_assert_silent (result);
  cli_read (name, &model, &length);
  options = g_strdup_printf ("size=%" G_GSSIZE_FORMAT, (gssize) length + bytes);

  g_assert_no_errno (g_mkdir_with_parents (path, 0755));
  g_assert_no_errno (mount ("tmpfs", path, "tmpfs", flags, options));
  assert_export_fails (format, "disk/m", sentence);
  g_assert_cmpuint (cli_count_files ("disk", ""), ==, 0);
  g_assert_no_errno (umount (path));
}

/* Full at the model, and at its vectors; and a disk that may only be read. */
static void
test_disks (void)
{
  static const char *const formats[] = { "onnx", "safetensors" };

  if (!has_namespace)
    {
      g_test_skip ("no file system can be mounted here");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      check_disk (formats[i], -64 * 1024, 0,
                  "“disk/m” could not be written: No space left on device.");
      check_disk (
        formats[i], 64 * 1024, 0,
        "“disk/m.test-inputs.npy” could not be written: No space left on device.");
      check_disk (formats[i], 1024 * 1024, MS_RDONLY,
                  "“disk/m” could not be written: Read-only file system.");
    }
}

int
main (int argc, char *argv[])
{
  has_namespace = test_unshare_mounts ();
  cli_test_init (&argc, &argv);
  cli_demo ("d", 12);
  {
    g_autoptr (CliResult) result = cli_run ("experiment", "d", "--output", "r", NULL);

    cli_assert_silent (result);
    cli_copy ("r/model.safetensors", "m");
  }

  g_test_add_func ("/cli/export/text", test_text);
  g_test_add_func ("/cli/export/json", test_json);
  g_test_add_func ("/cli/export/name", test_name);
  g_test_add_func ("/cli/export/refused", test_refused);
  g_test_add_func ("/cli/export/disks", test_disks);

  return cli_test_run ();
}
