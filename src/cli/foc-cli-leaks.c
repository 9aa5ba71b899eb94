/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-leaks.h"

#include "foc-cli.h"

#include <glib/gi18n.h>

/* How many leaks a text names. */
#define MAX_EXAMPLES 3

/* Groups of each relation that a document lists, and files of each group. */
#define MAX_LEAKS 20
#define MAX_GROUPS 1000
#define MAX_FILES 100

/* JSON */

static void
group_to_json (const FocExperiment *experiment,
               FocRelation relation,
               const guint32 *group,
               guint32 n,
               JsonBuilder *builder)
{
  guint32 n_listed = MIN (n, MAX_FILES);

  json_builder_begin_object (builder);
  foc_json_add_string (builder, "relation", foc_relation_to_string (relation));
  json_builder_set_member_name (builder, "leaks");
  json_builder_add_boolean_value (builder,
                                  foc_leaks_is_leak (experiment->split, group, n));
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint32 i = 0; i < n_listed; i++)
    {
      FocPart part = foc_split_get_part (experiment->split, group[i]);

      json_builder_begin_object (builder);
      foc_cli_add_file (builder, "file", "uri",
                        foc_dataset_get_root (experiment->dataset),
                        foc_dataset_get_picture (experiment->dataset, group[i])->path);
      foc_json_add_string (builder, "part", foc_part_to_string (part));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  foc_json_add_int (builder, "files_left_out", n - n_listed);
  json_builder_end_object (builder);
}

/* At most `max` groups of each relation, of those that leak or of all; and how many
 * more there are. */
static void
groups_to_json (const FocExperiment *experiment,
                gboolean only_leaks,
                guint32 max,
                JsonBuilder *builder)
{
  guint32 n_left_out = 0;

  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    {
      guint32 n_groups = foc_duplicates_get_n_groups (experiment->duplicates, relation);
      guint32 n_listed = 0;

      for (guint32 i = 0; i < n_groups; i++)
        {
          guint32 n;
          const guint32 *group =
            foc_duplicates_get_group (experiment->duplicates, relation, i, &n);

          if (only_leaks && !foc_leaks_is_leak (experiment->split, group, n))
            continue;
          if (n_listed < max)
            {
              group_to_json (experiment, relation, group, n, builder);
              n_listed++;
            }
          else
            n_left_out++;
        }
    }
  json_builder_end_array (builder);
  foc_json_add_int (builder, "groups_left_out", n_left_out);
}

void
foc_cli_duplicates_to_json (const FocExperiment *experiment, JsonBuilder *builder)
{
  FocLeaks leaks;

  foc_leaks_count (&leaks, experiment->duplicates, experiment->split);
  json_builder_set_member_name (builder, "duplicates");
  json_builder_begin_object (builder);
  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    {
      json_builder_set_member_name (builder, foc_relation_to_string (relation));
      json_builder_begin_object (builder);
      foc_json_add_int (builder, "groups", leaks.counts[relation].groups);
      foc_json_add_int (builder, "images", leaks.counts[relation].pictures);
      json_builder_end_object (builder);
    }
  groups_to_json (experiment, FALSE, MAX_GROUPS, builder);
  json_builder_end_object (builder);
}

void
foc_cli_leaks_to_json (const FocExperiment *experiment, JsonBuilder *builder)
{
  FocLeaks leaks;

  foc_leaks_count (&leaks, experiment->duplicates, experiment->split);
  json_builder_set_member_name (builder, "leaks");
  json_builder_begin_object (builder);
  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    foc_json_add_int (builder, foc_relation_to_string (relation),
                      leaks.counts[relation].leaks);

  json_builder_set_member_name (builder, "between");
  json_builder_begin_object (builder);
  for (guint pair = 0; pair < FOC_N_PART_PAIRS; pair++)
    {
      g_autofree char *name = NULL;
      FocPart first, second;

      foc_leaks_get_pair (pair, &first, &second);
      name = g_strdup_printf ("%s-%s", foc_part_to_string (first),
                              foc_part_to_string (second));
      json_builder_set_member_name (builder, name);
      json_builder_begin_object (builder);
      for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
        foc_json_add_int (builder, foc_relation_to_string (relation),
                          leaks.counts[relation].between[pair]);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);

  groups_to_json (experiment, TRUE, MAX_LEAKS, builder);
  json_builder_end_object (builder);
}

/* Text */

/* "of the same content" and so on, behind a number of groups. */
static const char *
describe_relation (FocRelation relation)
{
  switch (relation)
    {
    case FOC_RELATION_EXACT:
      return _ ("the same file");
    case FOC_RELATION_NEAR:
      return _ ("looking the same");
    case FOC_RELATION_NAMES:
    default:
      return _ ("of one name in several classes");
    }
}

static void
print_counts (FocRelation relation, guint32 n_groups, guint32 n_pictures)
{
  g_autofree char *groups =
    g_strdup_printf (ngettext ("%u group", "%u groups", n_groups), n_groups);

  /* Translators: a number of groups, what they have in common, how many pictures. */
  g_print (ngettext ("  %s %s: %u picture\n", "  %s %s: %u pictures\n", n_pictures),
           groups, describe_relation (relation), n_pictures);
}

void
foc_cli_print_duplicates (const FocExperiment *experiment)
{
  FocLeaks leaks;
  gboolean has_any = FALSE;

  foc_leaks_count (&leaks, experiment->duplicates, experiment->split);
  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    if (leaks.counts[relation].groups > 0)
      {
        if (!has_any)
          g_print ("%s\n", _ ("Related pictures:"));
        has_any = TRUE;
        print_counts (relation, leaks.counts[relation].groups,
                      leaks.counts[relation].pictures);
      }
}

/* One picture of a leaking group, and the first that stands in another part. */
static void
print_example (const FocExperiment *experiment, const guint32 *group, guint32 n)
{
  FocPart first = foc_split_get_part (experiment->split, group[0]);

  for (guint32 i = 1; i < n; i++)
    {
      FocPart part = foc_split_get_part (experiment->split, group[i]);
      g_autofree char *one = NULL;
      g_autofree char *other = NULL;

      if (part == first)
        continue;
      one = foc_cli_display_name (
        foc_dataset_get_picture (experiment->dataset, group[0])->path);
      other = foc_cli_display_name (
        foc_dataset_get_picture (experiment->dataset, group[i])->path);
      g_print ("    %s (%s), %s (%s)\n", one, foc_part_to_string (first), other,
               foc_part_to_string (part));
      return;
    }
}

static void
print_examples (const FocExperiment *experiment, FocRelation relation)
{
  guint32 n_groups = foc_duplicates_get_n_groups (experiment->duplicates, relation);
  guint n_printed = 0;

  for (guint32 i = 0; i < n_groups; i++)
    {
      guint32 n;
      const guint32 *group =
        foc_duplicates_get_group (experiment->duplicates, relation, i, &n);

      if (!foc_leaks_is_leak (experiment->split, group, n))
        continue;
      if (n_printed++ == MAX_EXAMPLES)
        {
          g_print ("    …\n");
          return;
        }
      print_example (experiment, group, n);
    }
}

void
foc_cli_print_leaks (const FocExperiment *experiment)
{
  FocLeaks leaks;

  foc_leaks_count (&leaks, experiment->duplicates, experiment->split);
  if (foc_leaks_total (&leaks) == 0)
    return;

  g_print ("%s\n", _ ("Warning: related pictures stand in different parts, "
                      "which makes results look better than they are:"));
  for (FocRelation relation = 0; relation < FOC_N_RELATIONS; relation++)
    if (leaks.counts[relation].leaks > 0)
      {
        guint32 n = leaks.counts[relation].leaks;

        g_print (ngettext ("  %u group %s:\n", "  %u groups %s:\n", n), n,
                 describe_relation (relation));
        print_examples (experiment, relation);
      }

  g_print (_ ("To keep each group in one part: --group %s\n"),
           foc_keep_to_string (foc_leaks_get_remedy (&leaks)));
}
