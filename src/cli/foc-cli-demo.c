/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-options.h"
#include "foc-cli.h"

#include "foc-demo.h"

#include <glib/gi18n.h>

static void
show_progress (guint done, guint total, gpointer user_data)
{
  foc_cli_progress_update (user_data, _ ("Drawing"), done, total);
}

int
foc_cli_demo (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("DIR"));
  g_autofree char *per_class = NULL;
  g_autofree char *size = NULL;
  g_autofree char *seed = NULL;
  g_autofree char *jobs = NULL;
  g_autofree char *name = NULL;
  g_autofree char *quoted = NULL;
  const GOptionEntry entries[] = {
    { "per-class", 0, 0, G_OPTION_ARG_STRING, &per_class,
      N_ ("Pictures of each class (500)"), N_ ("N") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, N_ ("Width and height in pixels (256)"),
      N_ ("PX") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed, N_ ("Seed of the drawings (1)"),
      N_ ("N") },
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, &jobs,
      N_ ("Threads to use (one for each processor)"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };
  guint64 n = FOC_DEMO_PER_CLASS_DEFAULT, pixels = FOC_DEMO_SIZE_DEFAULT;
  guint64 seed_number = FOC_DEMO_SEED_DEFAULT, threads = foc_cli_default_jobs ();
  FocCliProgress progress;
  FocDemoOptions options;
  GError *error = NULL;
  gboolean ok;

  g_option_context_set_summary (
    context,
    _ ("Draws a data set to try the program with: faces as photographs might show\n"
       "them and as comics might, into a new folder DIR."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;

  if ((per_class != NULL
       && !foc_cli_parse_uint ("--per-class", per_class, 1, FOC_DEMO_PER_CLASS_MAX, &n,
                               &error))
      || (size != NULL
          && !foc_cli_parse_uint ("--size", size, FOC_DEMO_SIZE_MIN, FOC_DEMO_SIZE_MAX,
                                  &pixels, &error))
      || (seed != NULL
          && !foc_cli_parse_uint ("--seed", seed, 0, G_MAXUINT64, &seed_number, &error))
      || (jobs != NULL
          && !foc_cli_parse_uint ("--jobs", jobs, 1, FOC_LIMIT_JOBS, &threads, &error)))
    return foc_cli_fail (error);

  options = (FocDemoOptions){ (guint) n, (guint) pixels, seed_number, (guint) threads };
  foc_cli_progress_init (&progress);
  ok = foc_demo_write (argv[1], &options, show_progress, &progress, cancellable, &error);
  foc_cli_progress_end (&progress);

  if (!ok)
    return foc_cli_fail (error);

  name = foc_cli_display_name (argv[1]);
  quoted = g_regex_match_simple ("^[\\w./+][\\w./+-]*$", name, 0, 0)
             ? g_strdup (name)
             : g_shell_quote (name);
  g_print (ngettext ("%s: %u picture of each class, comics and faces. Now try: "
                     "%s experiment %s --preset recommended\n",
                     "%s: %u pictures of each class, comics and faces. Now try: "
                     "%s experiment %s --preset recommended\n",
                     options.per_class),
           name, options.per_class, FOC_CLI_PROGRAM, quoted);
  return FOC_CLI_OK;
}
