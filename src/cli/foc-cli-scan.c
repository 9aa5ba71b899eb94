/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-leaks.h"
#include "foc-cli-options.h"
#include "foc-cli-report.h"
#include "foc-cli.h"

#include "foc-error.h"

#include <glib/gi18n.h>

static void
print_json (const FocExperiment *experiment)
{
  const FocIgnored *ignored = foc_dataset_get_ignored (experiment->dataset);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  foc_cli_dataset_to_json (experiment, builder);
  json_builder_set_member_name (builder, "ignored");
  json_builder_begin_object (builder);
  foc_json_add_int (builder, "hidden", ignored->hidden);
  foc_json_add_int (builder, "other_files", ignored->no_pictures);
  foc_json_add_int (builder, "empty_folders", ignored->empty_folders);
  foc_json_add_int (builder, "loops", ignored->loops);
  json_builder_end_object (builder);
  foc_cli_duplicates_to_json (experiment, builder);
  foc_cli_leaks_to_json (experiment, builder);
  json_builder_end_object (builder);
  foc_cli_put_json (builder);
}

static void
print_ignored (const FocIgnored *ignored)
{
  if (ignored->hidden > 0)
    g_print (ngettext ("Ignored: %u hidden entry\n", "Ignored: %u hidden entries\n",
                       ignored->hidden),
             ignored->hidden);
  if (ignored->no_pictures > 0)
    g_print (ngettext ("Ignored: %u file that is no picture\n",
                       "Ignored: %u files that are no pictures\n", ignored->no_pictures),
             ignored->no_pictures);
  if (ignored->empty_folders > 0)
    g_print (ngettext ("Ignored: %u class folder without pictures\n",
                       "Ignored: %u class folders without pictures\n",
                       ignored->empty_folders),
             ignored->empty_folders);
  if (ignored->loops > 0)
    g_print (ngettext ("Ignored: %u folder that was met before\n",
                       "Ignored: %u folders that were met before\n", ignored->loops),
             ignored->loops);
}

/* Every picture with its class and part, in the order of the data set. */
static void
print_list (const FocExperiment *experiment)
{
  const char *const *names = foc_dataset_get_class_names (experiment->dataset);
  const guint8 *status = foc_feature_store_get_status (experiment->store);

  foc_cli_put ("file,uri,class,part,problem\r\n");
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (experiment->dataset); i++)
    {
      const FocPicture *picture = foc_dataset_get_picture (experiment->dataset, i);
      FocPart part = foc_split_get_part (experiment->split, i);
      g_autofree char *path = foc_dataset_get_file (experiment->dataset, i);
      g_autofree char *uri = foc_cli_get_uri (path);
      g_autofree char *name = g_filename_display_name (picture->path);

      foc_cli_put_csv_field (name);
      foc_cli_put (",");
      foc_cli_put_csv_field (uri);
      foc_cli_put (",");
      foc_cli_put_csv_field (names[picture->label]);
      foc_cli_put (",");
      foc_cli_put (part < FOC_PART_NONE ? foc_part_to_string (part) : "");
      foc_cli_put (",");
      if (status[i] != 0)
        foc_cli_put_csv_field (foc_error_image_reason (status[i]));
      foc_cli_put ("\r\n");
    }
}

int
foc_cli_scan (int argc, char **argv, GCancellable *cancellable)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("DATASET"));
  g_auto (FocCliOptions) options = { 0 };
  gboolean list = FALSE;
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &list,
      N_ ("Print a table (CSV) of all pictures with their class and part"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (FocExperiment) experiment = NULL;
  GError *error = NULL;
  FocSettings settings;
  gboolean ok;

  g_option_context_set_summary (
    context,
    _ (
      "Shows classes, counts, split, unreadable pictures and duplicates of a data set."));
  foc_cli_options_add (&options, context, FOC_CLI_OPTIONS_DATA | FOC_CLI_OPTIONS_SPLIT);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!foc_cli_parse (context, &argc, &argv, 1, 1))
    return FOC_CLI_USAGE;
  if (list && options.json)
    return foc_cli_usage (_ ("--list and --json exclude each other."));

  experiment = foc_cli_options_open (&options, argv[1], cancellable, &error);
  ok = experiment != NULL
       && foc_cli_options_get_settings (&options, experiment, &settings, &error)
       && (list || foc_experiment_find_duplicates (experiment, FOC_RELATIONS_ALL, &error))
       && foc_experiment_split (experiment, &settings.split, &error);
  foc_cli_progress_end (&options.progress);
  if (!ok)
    return foc_cli_fail (error);

  if (list)
    print_list (experiment);
  else if (options.json)
    print_json (experiment);
  else
    {
      foc_cli_print_dataset (experiment);
      print_ignored (foc_dataset_get_ignored (experiment->dataset));
      foc_cli_print_duplicates (experiment);
      foc_cli_print_leaks (experiment);
    }
  return FOC_CLI_OK;
}
