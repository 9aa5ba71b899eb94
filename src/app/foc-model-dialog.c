/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-model-dialog.h"

#include "foc-settings.h"
#include "foc-text.h"
#include "foc-weights-view.h"
#include "foc-widget.h"

#include <glib/gi18n.h>
#include <math.h>

struct _FocModelDialog
{
  AdwWindow parent_instance;

  AdwPreferencesGroup *about;
  AdwPreferencesGroup *training;
  AdwPreferencesGroup *doubt;
  AdwPreferencesGroup *layers;
  AdwPreferencesGroup *weights;
  FocWeightsView *weights_view;
};

G_DEFINE_FINAL_TYPE (FocModelDialog, foc_model_dialog, ADW_TYPE_WINDOW)

static GtkWidget *
new_row (const char *title)
{
  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, NULL);
}

/* `value` is taken over; what is not known (NULL) has no row. */
static void
add_row (AdwPreferencesGroup *group, const char *title, char *value)
{
  g_autofree char *text = value;
  GtkWidget *row, *label;

  if (text == NULL)
    return;
  row = new_row (title);
  label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                        PANGO_WRAP_WORD_CHAR, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                        "xalign", 1.0f, "justify", GTK_JUSTIFY_RIGHT, "selectable", TRUE,
                        "css-classes",
                        (const char *const[]){ "dim-label", "numeric", NULL }, NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
}

static void
copy (GtkWidget *button, gpointer user_data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button),
                          g_object_get_data (G_OBJECT (button), "text"));
}

/* For what is too long to stand beside its title, and to be typed. `tooltip` says what is
 * copied, which is `text`. */
static void
add_long_row (AdwPreferencesGroup *group,
              const char *title,
              const char *text,
              const char *tooltip)
{
  GtkWidget *row, *button;
  g_autofree char *shown = NULL;

  if (text == NULL)
    return;
  shown = foc_text_escape (text);
  row = new_row (title);
  button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_object_set (button, "tooltip-text", tooltip, "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "text", g_strdup (text), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (copy), NULL);
  g_object_set (row, "subtitle", shown, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}

static char *
format_percent (double share)
{
  return isnan (share) ? NULL : g_strdup_printf (_ ("%.1f %%"), 100 * share);
}

static char *
format_number (double value)
{
  return isnan (value) ? NULL : g_strdup_printf ("%g", value);
}

static void
show_about (FocModelDialog *self, FocLoadedModel *loaded)
{
  const FocModel *model = foc_loaded_model_get_model (loaded);
  guint n_pictures = foc_loaded_model_get_n_pictures (loaded);
  g_autofree char *names = g_strjoinv (_ (", "), model->class_names);
  g_autofree char *classes = foc_text_escape (names);
  g_autofree char *path = g_filename_display_name (foc_loaded_model_get_path (loaded));

  add_row (self->about, _ ("Classes"), g_steal_pointer (&classes));
  add_row (self->about, _ ("Validation accuracy"),
           format_percent (model->origin.validation_accuracy));
  add_row (self->about, _ ("Data set"),
           g_strdup (foc_loaded_model_get_dataset_name (loaded)));
  add_row (self->about, _ ("Pictures"),
           n_pictures > 0 ? g_strdup_printf ("%'u", n_pictures) : NULL);
  add_long_row (self->about, _ ("File"), path, _ ("Copy the Path"));
}

static const char *
name_optimizer (const char *optimizer)
{
  if (g_strcmp0 (optimizer, "adam") == 0)
    return C_ ("optimiser", "Adam");
  if (g_strcmp0 (optimizer, "momentum") == 0)
    return C_ ("optimiser", "Momentum");
  return g_strcmp0 (optimizer, "sgd") == 0 ? C_ ("optimiser", "SGD") : optimizer;
}

static const char *
name_kept (FocKeep keep)
{
  switch (keep)
    {
    case FOC_KEEP_ALL:
      return _ ("Duplicates and same names");
    case FOC_KEEP_DUPLICATES:
      return _ ("Duplicates");
    case FOC_KEEP_NAMES:
      return _ ("Same names");
    case FOC_KEEP_NONE:
    default:
      return NULL;
    }
}

static void
add_split (FocModelDialog *self, const char *string)
{
  FocSplitSettings split;

  if (string == NULL || !foc_split_settings_from_string (&split, string))
    return;
  add_row (
    self->training, _ ("Split"),
    g_strdup (split.method == FOC_SPLIT_PAPER ? _ ("In file order") : _ ("Stratified")));
  add_row (self->training, _ ("Shares of the sets"),
           g_strdup_printf ("%u · %u · %u", split.shares[FOC_PART_TRAIN],
                            split.shares[FOC_PART_VALIDATION],
                            split.shares[FOC_PART_HOLDOUT]));
  if (split.method == FOC_SPLIT_STRATIFIED)
    add_row (self->training, _ ("Seed of the split"),
             g_strdup_printf ("%" G_GUINT64_FORMAT, split.seed));
  add_row (self->training, _ ("Kept in one set"), g_strdup (name_kept (split.group)));
}

static void
show_training (FocModelDialog *self, const FocModelOrigin *origin)
{
  gboolean is_known = origin->optimizer != NULL;
  g_autofree char *version =
    origin->program_version != NULL ? foc_text_escape (origin->program_version) : NULL;

  if (is_known)
    add_row (self->training, _ ("Optimiser"),
             foc_text_escape (name_optimizer (origin->optimizer)));
  add_row (self->training, _ ("Learning rate"), format_number (origin->learning_rate));
  if (origin->epochs > 0)
    add_row (self->training, _ ("Epochs"), g_strdup_printf ("%u", origin->epochs));
  if (is_known) /* 0 is a seed like any other */
    add_row (self->training, _ ("Seed"),
             g_strdup_printf ("%" G_GUINT64_FORMAT, origin->seed));
  add_split (self, origin->split);
  add_row (self->training, _ ("Version of the program"), g_steal_pointer (&version));
  add_long_row (self->training, _ ("Digest of the data set"), origin->data_digest,
                _ ("Copy the Digest"));
  if (!is_known && origin->data_digest == NULL)
    adw_preferences_group_set_description (
      self->training, _ ("The file does not say how the model was trained."));
}

static void
show_doubt (FocModelDialog *self, FocLoadedModel *loaded)
{
  const FocModel *model = foc_loaded_model_get_model (loaded);
  const FocNovelty *novelty = model->novelty;
  g_autofree char *own = format_percent (foc_loaded_model_get_own (loaded)->threshold);

  add_row (self->doubt, _ ("Threshold of the probability"),
           format_percent (model->threshold));
  if (!isnan (foc_loaded_model_get_threshold (loaded)))
    add_row (self->doubt, _ ("The model’s own threshold"), g_steal_pointer (&own));
  if (novelty != NULL)
    {
      add_row (self->doubt, _ ("Least certainty"),
               format_percent (novelty->min_certainty));
      add_row (self->doubt, _ ("Greatest distance from the training pictures"),
               isfinite (novelty->max_distance)
                 ? g_strdup_printf ("%.2f", novelty->max_distance)
                 : NULL);
    }
  else
    adw_preferences_group_set_description (
      self->doubt, _ ("The file does not tell how the training pictures looked, so no "
                      "picture is found to be unlike them."));
  add_row (self->doubt, _ ("Temperature"), g_strdup_printf ("%.3f", model->temperature));
}

static void
show_layers (FocModelDialog *self, const FocMlp *mlp)
{
  GString *widths = g_string_new (NULL);

  for (guint i = 0; i <= mlp->shape.n_layers; i++)
    g_string_append_printf (widths, "%s%u", i > 0 ? " → " : "", mlp->shape.widths[i]);
  add_row (self->layers, _ ("Inputs, units of each layer, classes"),
           g_string_free (widths, FALSE));
  add_row (self->layers, _ ("Weights"),
           g_strdup_printf ("%'" G_GSIZE_FORMAT, mlp->n_parameters));
}

static void
show_weights (FocModelDialog *self, FocLoadedModel *loaded)
{
  guint n_units = foc_loaded_model_get_model (loaded)->mlp->shape.widths[1];
  guint n;

  foc_weights_view_set_model (self->weights_view, loaded);
  n = foc_weights_view_get_n_pictures (self->weights_view);
  if (n < n_units)
    {
      g_autofree char *text = g_strdup_printf (
        /* Translators: units are those of a network's layer. */
        _ ("The first %u of %u units. Each picture shows what a unit multiplies the red, "
           "green and blue of the input with: grey is zero, and each has a scale of its "
           "own."),
        n, n_units);

      adw_preferences_group_set_description (self->weights, text);
    }
}

static void
foc_model_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_MODEL_DIALOG);
  G_OBJECT_CLASS (foc_model_dialog_parent_class)->dispose (object);
}

static void
foc_model_dialog_class_init (FocModelDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_model_dialog_dispose;

  g_type_ensure (FOC_TYPE_WEIGHTS_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-model-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FocModelDialog, about);
  gtk_widget_class_bind_template_child (widget_class, FocModelDialog, training);
  gtk_widget_class_bind_template_child (widget_class, FocModelDialog, doubt);
  gtk_widget_class_bind_template_child (widget_class, FocModelDialog, layers);
  gtk_widget_class_bind_template_child (widget_class, FocModelDialog, weights);
  gtk_widget_class_bind_template_child (widget_class, FocModelDialog, weights_view);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
foc_model_dialog_init (FocModelDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FocModelDialog *
foc_model_dialog_present (GtkWindow *parent, FocLoadedModel *model)
{
  const char *name = foc_loaded_model_get_name (model);
  FocModelDialog *self =
    g_object_new (FOC_TYPE_MODEL_DIALOG, "transient-for", parent, "title", name, NULL);

  show_about (self, model);
  show_training (self, &foc_loaded_model_get_model (model)->origin);
  show_doubt (self, model);
  show_layers (self, foc_loaded_model_get_model (model)->mlp);
  show_weights (self, model);
  foc_widget_name_buttons (GTK_WIDGET (self));
  gtk_window_present (GTK_WINDOW (self));

  return self;
}
