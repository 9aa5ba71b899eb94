/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-split-chooser.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <math.h>

struct _FocSplitChooser
{
  GtkPopover parent_instance;

  AdwComboRow *method; /* in the order of FocSplitMethod */
  GtkWidget *seed_row;
  GtkSpinButton *seed;
  GtkSpinButton *training;
  GtkSpinButton *validation;
  GtkLabel *holdout;
  GtkSwitch *duplicates;
  GtkSwitch *names;
  GtkWidget *folders; /* that the data set is split by folders */
  GtkLabel *problem;

  FocOpenDataset *dataset; /* or NULL                               */
  gboolean is_updating;    /* the controls follow the data set      */
};

G_DEFINE_FINAL_TYPE (FocSplitChooser, foc_split_chooser, GTK_TYPE_POPOVER)

/* All three parts have folders: nothing is left to cut. */
static gboolean
is_by_folders (const FocCatalog *catalog)
{
  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    if (!foc_dataset_has_part (catalog->dataset, part))
      return FALSE;

  return TRUE;
}

const char *
foc_split_describe (const FocCatalog *catalog)
{
  if (is_by_folders (catalog))
    return _ ("By Its Folders");

  return catalog->split_settings.method == FOC_SPLIT_PAPER ? _ ("In File Order")
                                                           : _ ("Stratified");
}

/* What is kept in one set, after the rest; takes `cut`. */
static char *
add_group (char *cut, FocKeep group)
{
  g_autofree char *before = cut;

  switch (group)
    {
    case FOC_KEEP_DUPLICATES:
      /* Translators: how the data set is cut, as “in file order, 50 %, 20 %, 30 %”. */
      return g_strdup_printf (_ ("%s; duplicates in one set"), before);
    case FOC_KEEP_NAMES:
      /* Translators: how the data set is cut, as “in file order, 50 %, 20 %, 30 %”. */
      return g_strdup_printf (_ ("%s; same names in one set"), before);
    case FOC_KEEP_ALL:
      /* Translators: how the data set is cut, as “in file order, 50 %, 20 %, 30 %”. */
      return g_strdup_printf (_ ("%s; duplicates and same names in one set"), before);
    case FOC_KEEP_NONE:
    default:
      return g_steal_pointer (&before);
    }
}

char *
foc_split_settings_describe (const FocSplitSettings *self)
{
  g_autofree char *shares = NULL;
  g_autofree char *seed = NULL;
  double sum = 0;

  for (FocPart part = 0; part < FOC_N_PARTS; part++)
    sum += self->shares[part];
  shares = g_strdup_printf (_ ("%.3g %%, %.3g %%, %.3g %%"), 100 * self->shares[0] / sum,
                            100 * self->shares[1] / sum, 100 * self->shares[2] / sum);
  if (self->method == FOC_SPLIT_PAPER)
    /* Translators: the shares of training, validation and holdout set; part of a sentence. */
    return add_group (g_strdup_printf (_ ("in file order, %s"), shares), self->group);

  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, self->seed);
  return add_group (
    /* Translators: a seed, and the shares of training, validation and holdout set; part of
       a sentence. */
    g_strdup_printf (_ ("stratified with the seed %s, %s"), seed, shares), self->group);
}

char *
foc_split_describe_shares (const FocCatalog *catalog)
{
  g_autofree char *words = NULL;

  if (catalog == NULL)
    return g_strdup (_ ("From the Dataset page, where nothing is open"));

  words = is_by_folders (catalog)
            ? add_group (g_strdup (_ ("by the folders of the data set")),
                         catalog->split_settings.group)
            : foc_split_settings_describe (&catalog->split_settings);
  /* Translators: how the data set is split, as “in file order, 50 %, 20 %, 30 %”. */
  return g_strdup_printf (_ ("From the Dataset page: %s"), words);
}

/* Two shares of three in percent; at least one is left for each. */
static void
get_percent (const guint shares[FOC_N_PARTS], int *training, int *validation)
{
  double sum = 0;

  for (guint i = 0; i < FOC_N_PARTS; i++)
    sum += shares[i];
  *training = CLAMP ((int) lround (100 * shares[0] / sum), 1, 98);
  *validation = CLAMP ((int) lround (100 * shares[1] / sum), 1, 99 - *training);
}

static void
show_holdout (FocSplitChooser *self)
{
  int training = gtk_spin_button_get_value_as_int (self->training);
  int validation = gtk_spin_button_get_value_as_int (self->validation);
  g_autofree char *text = g_strdup_printf (_ ("%d %%"), 100 - training - validation);

  gtk_label_set_text (self->holdout, text);
}

static void
update (FocSplitChooser *self)
{
  const FocCatalog *catalog =
    self->dataset != NULL ? foc_open_dataset_get_catalog (self->dataset) : NULL;
  const FocSplitSettings *settings;
  gboolean by_folders;
  int training, validation;

  gtk_widget_set_sensitive (GTK_WIDGET (self), catalog != NULL);
  if (catalog == NULL)
    return;

  settings = &catalog->split_settings;
  by_folders = is_by_folders (catalog);
  get_percent (settings->shares, &training, &validation);

  self->is_updating = TRUE;
  adw_combo_row_set_selected (self->method, (guint) settings->method);
  gtk_spin_button_set_value (self->seed, (double) settings->seed);
  gtk_spin_button_set_value (self->training, training);
  gtk_spin_button_set_value (self->validation, validation);
  gtk_switch_set_active (self->duplicates, settings->group & FOC_KEEP_DUPLICATES);
  gtk_switch_set_active (self->names, settings->group & FOC_KEEP_NAMES);
  show_holdout (self);
  self->is_updating = FALSE;

  gtk_widget_set_visible (self->folders, by_folders);
  gtk_widget_set_sensitive (GTK_WIDGET (self->method), !by_folders);
  gtk_widget_set_visible (self->seed_row, settings->method == FOC_SPLIT_STRATIFIED);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
on_changed (FocSplitChooser *self)
{
  const FocCatalog *catalog;
  g_autoptr (GError) error = NULL;
  FocSplitSettings settings;
  int training, validation, old_training, old_validation;

  if (self->is_updating || self->dataset == NULL)
    return;
  catalog = foc_open_dataset_get_catalog (self->dataset);
  if (catalog == NULL)
    return;

  settings = catalog->split_settings;
  settings.method = (FocSplitMethod) adw_combo_row_get_selected (self->method);
  settings.seed = (guint64) gtk_spin_button_get_value (self->seed);
  settings.group =
    (FocKeep) ((gtk_switch_get_active (self->duplicates) ? FOC_KEEP_DUPLICATES : 0)
               | (gtk_switch_get_active (self->names) ? FOC_KEEP_NAMES : 0));

  /* Shares in other units stay as they are until somebody turns a knob. */
  training = gtk_spin_button_get_value_as_int (self->training);
  validation = MIN (gtk_spin_button_get_value_as_int (self->validation), 99 - training);
  get_percent (settings.shares, &old_training, &old_validation);
  if (training != old_training || validation != old_validation)
    {
      settings.shares[FOC_PART_TRAIN] = (guint) training;
      settings.shares[FOC_PART_VALIDATION] = (guint) validation;
      settings.shares[FOC_PART_HOLDOUT] = (guint) (100 - training - validation);
    }

  if (foc_open_dataset_set_split (self->dataset, &settings, &error))
    return;
  gtk_label_set_text (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

void
foc_split_chooser_set_dataset (FocSplitChooser *self, FocOpenDataset *dataset)
{
  if (self->dataset != NULL)
    g_signal_handlers_disconnect_by_data (self->dataset, self);
  g_set_object (&self->dataset, dataset);
  if (dataset != NULL)
    g_signal_connect_swapped (dataset, "notify::catalog", G_CALLBACK (update), self);
  update (self);
}

static void
foc_split_chooser_dispose (GObject *object)
{
  FocSplitChooser *self = FOC_SPLIT_CHOOSER (object);

  if (self->dataset != NULL)
    g_signal_handlers_disconnect_by_data (self->dataset, self);
  g_clear_object (&self->dataset);
  gtk_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_SPLIT_CHOOSER);

  G_OBJECT_CLASS (foc_split_chooser_parent_class)->dispose (object);
}

static void
foc_split_chooser_class_init (FocSplitChooserClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_split_chooser_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-split-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, method);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, seed_row);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, seed);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, training);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, validation);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, holdout);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, duplicates);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, names);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, folders);
  gtk_widget_class_bind_template_child (widget_class, FocSplitChooser, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
foc_split_chooser_init (FocSplitChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
