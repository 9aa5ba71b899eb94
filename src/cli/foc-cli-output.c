/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-output.h"

#include "foc-cli.h"
#include "foc-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Characters of a name in a message. */
#define MAX_NAME 200
/* Names in a list of them, and characters of each. */
#define MAX_LISTED 10
#define MAX_LISTED_NAME 40

/* Of the main thread alone. */
static int write_errno;
static gboolean written;
static GCancellable *to_cancel;

static void
set_failed (int error_number)
{
  if (write_errno != 0)
    return;

  write_errno = error_number != 0 ? error_number : EIO;
  if (to_cancel != NULL)
    g_cancellable_cancel (to_cancel);
}

void
foc_cli_put (const char *text)
{
  written = TRUE;
  if (write_errno == 0 && fputs (text, stdout) < 0)
    set_failed (errno);
}

/* Stands before a character of a name that is not to be replaced; no text has it. */
#define KEEP 0xfdd0

/* What is put in the place of a character that the locale lacks; NULL: its bytes. */
static const char *
get_replacement (gunichar character)
{
  switch (character)
    {
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x00ab:
    case 0x00bb:
      return "\"";
    case 0x2018:
    case 0x2019:
      return "'";
    case 0x2013:
    case 0x2014:
      return "-";
    case 0x2026:
      return "...";
    case 0x00d7:
      return "x";
    default:
      return NULL;
    }
}

/* The character at `text`, up to `next`, in the locale's own bytes; or else a replacement. */
static void
append_character (GString *converted,
                  const char *text,
                  const char *next,
                  const char *charset)
{
  g_autofree char *own =
    g_convert (text, next - text, charset, "UTF-8", NULL, NULL, NULL);
  const char *replacement = get_replacement (g_utf8_get_char (text));

  if (own != NULL)
    g_string_append (converted, own);
  else if (replacement != NULL)
    g_string_append (converted, replacement);
  else
    g_string_append_len (converted, text, next - text);
}

static char *
to_locale (const char *text, const char *charset)
{
  GString *converted = g_string_new (NULL);
  gboolean keep = FALSE;

  for (const char *next; *text != '\0'; text = next)
    {
      gunichar character = g_utf8_get_char (text);
      gboolean is_kept = keep || character < 0x80;

      next = g_utf8_next_char (text);
      keep = character == KEEP;
      if (is_kept)
        g_string_append_len (converted, text, next - text);
      else if (!keep)
        append_character (converted, text, next, charset);
    }

  return g_string_free (converted, FALSE);
}

/* The handlers of g_print() and g_printerr(). */
static void
print_text (const char *text)
{
  const char *charset;
  g_autofree char *converted =
    g_get_console_charset (&charset) ? NULL : to_locale (text, charset);

  foc_cli_put (converted != NULL ? converted : text);
}

static void
print_message (const char *text)
{
  const char *charset;
  g_autofree char *converted =
    g_get_console_charset (&charset) ? NULL : to_locale (text, charset);

  fputs (converted != NULL ? converted : text, stderr);
  fflush (stderr);
}

char *
foc_cli_join_names (const char *const *names)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = foc_cli_shorten (names[i], MAX_LISTED_NAME);

      if (i > 0)
        g_string_append (joined, ", ");
      if (i == MAX_LISTED)
        {
          g_string_append (joined, "…");
          break;
        }
      g_string_append (joined, name);
    }

  return g_string_free (joined, FALSE);
}

/* Also where GOptionContext ends the program behind --help. */
static void
close_output (void)
{
  to_cancel = NULL; /* main() has ended */
  if (written && write_errno == 0 && fclose (stdout) != 0)
    set_failed (errno);
  if (write_errno == 0)
    return;

  {
    g_autofree char *message = g_strdup_printf (
      _ ("The result could not be written: %s."), g_strerror (write_errno));

    foc_cli_warn (message);
  }
  _exit (FOC_CLI_FAILED);
}

/* A file that is opened while a standard stream is closed would get its number, and
 * whatever is printed: so each number is taken, by something that cannot be printed
 * to either. */
static void
take_closed_streams (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", O_RDONLY) < 0)
      _exit (FOC_CLI_FAILED);
}

void
foc_cli_output_init (GCancellable *cancellable)
{
  take_closed_streams ();
  to_cancel = cancellable;
  setvbuf (stdout, NULL, _IOLBF, BUFSIZ);
  g_set_print_handler (print_text);
  g_set_printerr_handler (print_message);
  atexit (close_output);
}

char *
foc_cli_shorten (const char *text, guint max)
{
  glong length = g_utf8_strlen (text, -1), tail = max / 2, head = max - 1 - tail;
  g_autofree char *start = NULL;

  if (length <= (glong) max)
    return g_strdup (text);

  start = g_utf8_substring (text, 0, head);
  return g_strconcat (start, "…", g_utf8_offset_to_pointer (text, length - tail), NULL);
}

/* Where the first quotation in `text` begins, behind its mark; `end` is at the mark behind
 * it. NULL if there is none. */
static const char *
find_quoted (const char *text, const char **end)
{
  /* Those of English and of its translations; the mark that begins one may end another. */
  static const char *const marks[][2] = { { "„", "“" }, { "“", "”" }, { "«", "»" } };

  for (; *text != '\0'; text = g_utf8_next_char (text))
    for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
      if (g_str_has_prefix (text, marks[i][0]))
        {
          const char *start = text + strlen (marks[i][0]);

          *end = strstr (start, marks[i][1]);
          if (*end != NULL)
            return start;
        }

  return NULL;
}

/* `text` with short names between its quotes. */
static char *
shorten_quoted (const char *text)
{
  GString *shortened = g_string_new (NULL);
  const char *start, *end;

  while ((start = find_quoted (text, &end)) != NULL)
    {
      g_autofree char *name = NULL;
      g_autofree char *short_name = NULL;

      name = g_strndup (start, (gsize) (end - start));
      short_name = foc_cli_shorten (name, MAX_NAME);
      g_string_append_len (shortened, text, start - text);
      g_string_append (shortened, short_name);
      text = g_utf8_next_char (end);
      g_string_append_len (shortened, end, text - end);
    }

  g_string_append (shortened, text);
  return g_string_free (shortened, FALSE);
}

void
foc_cli_warn (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  g_autofree char *shortened = shorten_quoted (valid);
  g_autofree char *line = foc_text_escape (shortened);

  g_printerr ("%s: %s\n", FOC_CLI_PROGRAM, line);
}

/* As RFC 4180 has it. */
void
foc_cli_put_csv_field (const char *text)
{
  g_autoptr (GString) field = g_string_new (NULL);

  foc_text_append_csv_field (field, text);
  foc_cli_put (field->str);
}

void
foc_cli_put_json (JsonBuilder *builder)
{
  g_autofree char *text = foc_json_to_string (builder, TRUE, NULL);

  foc_cli_put (text);
  foc_cli_put ("\n");
}

char *
foc_cli_display_name (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *escaped = foc_text_escape (name);
  GString *kept;

  if (g_get_console_charset (NULL))
    return g_steal_pointer (&escaped);

  kept = g_string_new (NULL);
  for (const char *c = escaped; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character >= 0x80)
        g_string_append_unichar (kept, KEEP);
      g_string_append_unichar (kept, character);
    }

  return g_string_free (kept, FALSE);
}

char *
foc_cli_get_uri (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_get_uri (file);
}

void
foc_cli_add_file (JsonBuilder *builder,
                  const char *name,
                  const char *uri_name,
                  const char *folder,
                  const char *path)
{
  g_autofree char *display_name = g_filename_display_name (path);

  foc_json_add_string (builder, name, display_name);
  if (!g_str_equal (path, display_name))
    {
      g_autofree char *full = folder != NULL && !g_path_is_absolute (path)
                                ? g_build_filename (folder, path, NULL)
                                : g_strdup (path);
      g_autofree char *uri = foc_cli_get_uri (full);

      foc_json_add_string (builder, uri_name, uri);
    }
}
