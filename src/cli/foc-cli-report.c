/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-cli-report.h"

#include "foc-cli-leaks.h"
#include "foc-cli.h"
#include "foc-error.h"
#include "foc-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#ifdef __GLIBC__
#  include <malloc.h>
#endif

/* How many unreadable pictures a text names; JSON names them all. */
#define MAX_UNREADABLE 10

/* Classes of a confusion matrix that is printed: more are wider than any terminal; and
 * the characters of their names. */
#define MAX_CONFUSION 20
#define MAX_CLASS_NAME 20

static void
unreadable_to_json (const FocExperiment *experiment, JsonBuilder *builder)
{
  const guint8 *status = foc_feature_store_get_status (experiment->store);

  json_builder_set_member_name (builder, "unreadable");
  json_builder_begin_array (builder);
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (experiment->dataset); i++)
    if (status[i] != 0)
      {
        json_builder_begin_object (builder);
        foc_cli_add_file (builder, "file", "uri",
                          foc_dataset_get_root (experiment->dataset),
                          foc_dataset_get_picture (experiment->dataset, i)->path);
        foc_json_add_string (builder, "reason", foc_error_image_reason (status[i]));
        json_builder_end_object (builder);
      }
  json_builder_end_array (builder);
}

static void
split_folders_to_json (const FocDataset *dataset, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "split_folders");
  json_builder_begin_array (builder);
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    if (foc_dataset_has_part (dataset, part))
      json_builder_add_string_value (builder, foc_part_to_string (part));
  json_builder_end_array (builder);
}

void
foc_cli_dataset_to_json (const FocExperiment *experiment, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "dataset");
  json_builder_begin_object (builder);
  foc_json_add_strings (builder, "classes",
                        foc_dataset_get_class_names (experiment->dataset));
  foc_json_add_int (builder, "images", foc_dataset_get_n_pictures (experiment->dataset));
  unreadable_to_json (experiment, builder);
  json_builder_set_member_name (builder, "split");
  json_builder_begin_object (builder);
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    {
      guint32 n;

      foc_split_get_rows (experiment->split, part, &n);
      foc_json_add_int (builder, foc_part_to_string (part), n);
    }
  json_builder_end_object (builder);
  split_folders_to_json (experiment->dataset, builder);
  foc_json_add_string (builder, "digest",
                       foc_feature_store_get_digest (experiment->store));
  json_builder_end_object (builder);
}

static void
print_unreadable (const FocExperiment *experiment)
{
  const guint8 *status = foc_feature_store_get_status (experiment->store);
  guint n = 0;

  for (guint32 i = 0; i < foc_dataset_get_n_pictures (experiment->dataset); i++)
    n += status[i] != 0;
  if (n == 0)
    return;

  g_print (ngettext ("%u picture cannot be read and is left out:\n",
                     "%u pictures cannot be read and are left out:\n", n),
           n);
  n = 0;
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (experiment->dataset); i++)
    if (status[i] != 0)
      {
        g_autofree char *name =
          foc_cli_display_name (foc_dataset_get_picture (experiment->dataset, i)->path);

        if (n++ == MAX_UNREADABLE)
          {
            g_print ("  …\n");
            return;
          }
        g_print ("  %s: %s\n", name, foc_error_image_reason (status[i]));
      }
}

/* The top folders that have pictures of a part, as they are called. */
static void
add_folders (const FocDataset *dataset, FocPart part, GPtrArray *folders)
{
  for (guint32 i = 0; i < foc_dataset_get_n_pictures (dataset); i++)
    {
      const FocPicture *picture = foc_dataset_get_picture (dataset, i);
      const char *end = strchr (picture->path, '/');

      if (picture->part == part && end != NULL)
        {
          char *name = g_strndup (picture->path, (gsize) (end - picture->path));

          if (g_ptr_array_find_with_equal_func (folders, name, g_str_equal, NULL))
            g_free (name);
          else
            g_ptr_array_add (folders, name);
        }
    }
}

static char *
name_split_folders (const FocDataset *dataset)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  GString *names = g_string_new (NULL);

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    add_folders (dataset, part, folders);

  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *name = foc_cli_display_name (g_ptr_array_index (folders, i));

      if (i > 0)
        g_string_append (names, i + 1 < folders->len
                                  /* Translators: between names, */
                                  ? _ (", ")
                                  /* Translators: and before the last of them. */
                                  : _ (" and "));
      g_string_append (names, name);
    }

  return g_string_free (names, FALSE);
}

/* Where folders decide about the split: which, and what of it is left to be cut. */
static void
print_split_folders (const FocDataset *dataset)
{
  gboolean validation = foc_dataset_has_part (dataset, FOC_PART_VALIDATION);
  gboolean holdout = foc_dataset_has_part (dataset, FOC_PART_HOLDOUT);
  g_autofree char *names = NULL;

  if (!foc_dataset_has_split (dataset))
    return;

  names = name_split_folders (dataset);
  if (validation && holdout)
    g_print (_ ("The folders %s decide the split.\n"), names);
  else if (validation)
    g_print (_ ("The folders %s decide the split; holdout is cut from train.\n"), names);
  else if (holdout)
    g_print (_ ("The folders %s decide the split; validation is cut from train.\n"),
             names);
  else
    g_print (_ ("Validation and holdout are cut from the folder %s.\n"), names);
}

void
foc_cli_print_dataset (const FocExperiment *experiment)
{
  const FocDataset *dataset = experiment->dataset;
  const char *const *names = foc_dataset_get_class_names (dataset);
  guint32 n = foc_dataset_get_n_pictures (dataset), parts[FOC_N_PARTS];
  g_autofree char *root = foc_cli_display_name (foc_dataset_get_root (dataset));

  g_print (ngettext ("%s: %u picture\n", "%s: %u pictures\n", n), root, n);
  for (guint label = 0; names[label] != NULL; label++)
    {
      g_autofree char *name = foc_text_escape (names[label]);

      g_print ("  %s: %u\n", name, foc_dataset_get_class_size (dataset, label));
    }

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    foc_split_get_rows (experiment->split, part, &parts[part]);
  g_print (_ ("Split: %u for training, %u for validation, %u held out\n"),
           parts[FOC_PART_TRAIN], parts[FOC_PART_VALIDATION], parts[FOC_PART_HOLDOUT]);
  print_split_folders (dataset);
  print_unreadable (experiment);
}

void
foc_cli_describe_dataset (FocExperiment *experiment, JsonBuilder *builder)
{
  gboolean has_leaks =
    experiment->duplicates != NULL
    && foc_duplicates_get_relations (experiment->duplicates) == FOC_RELATIONS_ALL;

  if (builder != NULL)
    foc_cli_dataset_to_json (experiment, builder);
  else
    foc_cli_print_dataset (experiment);
  if (has_leaks && builder != NULL)
    foc_cli_leaks_to_json (experiment, builder);
  else if (has_leaks)
    foc_cli_print_leaks (experiment);

  g_clear_pointer (&experiment->duplicates, foc_duplicates_unref);
  g_clear_pointer (&experiment->dataset, foc_dataset_unref);
#ifdef __GLIBC__
  malloc_trim (0); /* its names were many small pieces, which would stay */
#endif
}

/* The columns that a text takes on a terminal, where printf counts bytes. */
static int
text_width (const char *text)
{
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);

      if (!g_unichar_iszerowidth (character))
        width += g_unichar_iswide (character) ? 2 : 1;
    }

  return width;
}

static void
print_cell (const char *text, int width, gboolean left)
{
  int padding = MAX (width - text_width (text), 0);

  g_print ("%*s%s%*s", left ? 0 : padding, "", text, left ? padding : 0, "");
}

/* A number of any size in a few characters. */
static char *
describe_loss (double loss)
{
  return loss < 1000 ? g_strdup_printf ("%.3f", loss) : g_strdup_printf ("%.3g", loss);
}

static char *
describe_cell (const FocCell *cell, const FocCell *best)
{
  gboolean is_best =
    cell->learning_rate == best->learning_rate && cell->epochs == best->epochs;
  g_autofree char *loss = describe_loss (cell->loss);

  return isfinite (cell->accuracy)
           ? g_strdup_printf ("%s%.3f, %s", is_best ? "*" : "", cell->accuracy, loss)
           : g_strdup (_ ("diverged"));
}

/* A line of the grid: its head, then its cells. */
static GPtrArray *
new_line (GPtrArray *lines, char *head)
{
  GPtrArray *line = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (line, head);
  g_ptr_array_add (lines, line);
  return line;
}

/* The first column stands to the left, all others to the right. */
static void
print_lines (const GPtrArray *lines)
{
  int widths[2] = { 16, 14 }; /* of the first column, of all others */

  for (guint i = 0; i < lines->len; i++)
    {
      const GPtrArray *line = g_ptr_array_index (lines, i);

      for (guint j = 0; j < line->len; j++)
        widths[j > 0] = MAX (widths[j > 0], text_width (g_ptr_array_index (line, j)));
    }

  for (guint i = 0; i < lines->len; i++)
    {
      const GPtrArray *line = g_ptr_array_index (lines, i);

      print_cell (g_ptr_array_index (line, 0), widths[0], TRUE);
      for (guint j = 1; j < line->len; j++)
        print_cell (g_ptr_array_index (line, j), widths[1] + 2, FALSE);
      g_print ("\n");
    }
}

void
foc_cli_print_grid (const FocGrid *grid, const FocCell *best)
{
  g_autoptr (GPtrArray) lines =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *line = new_line (lines, g_strdup (_ ("accuracy, loss")));

  for (guint j = 0; j < grid->n_epochs; j++)
    g_ptr_array_add (line,
                     g_strdup_printf (ngettext ("%u epoch", "%u epochs", grid->epochs[j]),
                                      grid->epochs[j]));

  for (guint i = 0; i < grid->n_learning_rates; i++)
    {
      line = new_line (
        lines, g_strdup_printf (_ ("lr %g"), grid->trajectories[i].learning_rate));
      for (guint j = 0; j < grid->n_epochs; j++)
        {
          FocCell cell;

          foc_grid_get_cell (grid, i, j, &cell);
          g_ptr_array_add (line, describe_cell (&cell, best));
        }
    }

  print_lines (lines);
}

static void
print_confusion (const FocConfusion *confusion, const char *const *class_names)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int width = 6;

  for (guint c = 0; c < confusion->n_classes; c++)
    {
      g_autofree char *full_name = foc_text_escape (class_names[c]);
      char *name = foc_cli_shorten (full_name, MAX_CLASS_NAME);

      g_ptr_array_add (names, name);
      width = MAX (width, text_width (name));
    }

  g_print ("%s\n", _ ("Confusion matrix (rows are the true class, columns the answer):"));
  print_cell ("", width + 2, TRUE);
  for (guint a = 0; a < confusion->n_classes; a++)
    print_cell (names->pdata[a], width + 2, FALSE);
  g_print ("\n");
  for (guint t = 0; t < confusion->n_classes; t++)
    {
      g_print ("  ");
      print_cell (names->pdata[t], width, TRUE);
      for (guint a = 0; a < confusion->n_classes; a++)
        g_print ("%*" G_GUINT64_FORMAT, width + 2, foc_confusion_get (confusion, t, a));
      g_print ("\n");
    }
}

/* How far the answers can be relied on. */
static void
print_trust (const FocMeasurement *result)
{
  double n = (double) foc_confusion_total (&result->confusion);
  double auc = 0.0;

  for (guint i = 0; i < result->n_rocs; i++)
    auc += result->rocs[i].auc / result->n_rocs;

  g_print (_ ("Answered %.1f %%, “not sure” %.1f %%, answered wrongly %.1f %%\n"),
           100.0 * (double) result->n_answered / n,
           100.0 * (n - (double) result->n_answered) / n,
           100.0 * (double) result->n_answered_wrongly / n);
  if (isfinite (auc))
    g_print (_ ("Expected calibration error %.4f (%.4f without calibration), area under "
                "the ROC curve %.4f\n"),
             result->calibration.error, result->uncalibrated.error, auc);
  else
    g_print (_ ("Expected calibration error %.4f (%.4f without calibration)\n"),
             result->calibration.error, result->uncalibrated.error);
}

void
foc_cli_print_result (FocPart part,
                      const FocMeasurement *result,
                      guint looks,
                      const char *const *class_names)
{
  const FocConfusion *confusion = &result->confusion;
  guint n = (guint) foc_confusion_total (confusion);

  switch (part)
    {
    case FOC_PART_TRAIN:
      g_print (
        ngettext ("Training set, %u picture:\n", "Training set, %u pictures:\n", n), n);
      break;
    case FOC_PART_VALIDATION:
      g_print (
        ngettext ("Validation set, %u picture:\n", "Validation set, %u pictures:\n", n),
        n);
      break;
    case FOC_PART_NONE:
      g_print (ngettext ("All, %u picture:\n", "All, %u pictures:\n", n), n);
      break;
    case FOC_PART_HOLDOUT:
    default:
      g_print (ngettext ("Holdout set, %u picture:\n", "Holdout set, %u pictures:\n", n),
               n);
      break;
    }
  g_print (_ ("Accuracy %.4f (95 %% interval %.4f to %.4f), loss %.4f\n"),
           result->accuracy, result->interval[0], result->interval[1], result->loss);
  print_trust (result);
  if (looks > 1)
    g_print (ngettext ("This holdout set has been looked at %u time.\n",
                       "This holdout set has been looked at %u times.\n", looks),
             looks);

  if (confusion->n_classes <= MAX_CONFUSION)
    print_confusion (confusion, class_names);
  else
    g_print (ngettext ("The confusion matrix of %u class is in the JSON document "
                       "(--json).\n",
                       "The confusion matrix of %u classes is in the JSON document "
                       "(--json).\n",
                       confusion->n_classes),
             confusion->n_classes);
}

void
foc_cli_add_peak_memory (JsonBuilder *builder)
{
  /* Not getrusage(): that begins with the peak of the process that started this one. */
  static const char member[] = "\nVmHWM:";
  g_autofree char *status = NULL;
  const char *peak = NULL;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    peak = strstr (status, member);
  foc_json_add_int (
    builder, "peak_rss_bytes",
    peak != NULL ? 1024 * g_ascii_strtoll (peak + strlen (member), NULL, 10) : 0);
}
