/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-settings-pane.h"

#include "foc-number-list.h"
#include "foc-settings-form.h"
#include "foc-split-chooser.h"
#include "foc-widget.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A field of one value. */
typedef struct
{
  AdwEntryRow *row;
  GtkWidget *icon;
  AdwPreferencesRow *message;
  FocField field;
  gboolean is_valid;
} Entry;

struct _FocSettingsPane
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkStringList *presets; /* in the order of FocPreset, and "Custom" while it is */
  AdwPreferencesGroup *start;
  AdwComboRow *preset;
  AdwPreferencesGroup *search;
  FocNumberList *learning_rates;
  FocNumberList *epochs;
  FocNumberList *hidden;
  Entry batch_size;
  AdwComboRow *optimizer; /* in the order of FocOptimizerKind */
  Entry momentum;
  GtkSwitch *augment;
  Entry seed;
  AdwActionRow *split;
  AdwActionRow *preset_split; /* that it is not that of the preset */
  GtkAdjustment *jobs_range;

  FocCatalog *catalog; /* or NULL */
  guint32 n_train;
  guint32
    n_guessed; /* that settings are recommended for: see foc_split_guess_n_train() */
  FocSettings settings; /* what no widget has, and the last good values of entries */
  gboolean is_valid;
  gboolean is_running;
  gboolean is_updating; /* the widgets follow the settings */
};

G_DEFINE_FINAL_TYPE (FocSettingsPane, foc_settings_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_VALID = 1,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint use_split_signal;

#define CUSTOM (FOC_PRESET_RECOMMENDED + 1)

/* Each number is right; all together may still be too much. */
static gboolean
collect (FocSettingsPane *self, FocSettings *settings)
{
  gboolean is_right;

  *settings = self->settings;
  settings->training.optimizer =
    (FocOptimizerKind) adw_combo_row_get_selected (self->optimizer);
  settings->training.augment = gtk_switch_get_active (self->augment);
  if (self->catalog != NULL)
    settings->split = self->catalog->split_settings;

  is_right = self->batch_size.is_valid && self->seed.is_valid
             && (self->momentum.is_valid
                 || settings->training.optimizer != FOC_OPTIMIZER_MOMENTUM);
  is_right &= foc_number_list_get_settings (self->learning_rates, settings);
  is_right &= foc_number_list_get_settings (self->epochs, settings);
  is_right &= foc_number_list_get_settings (self->hidden, settings);
  return is_right;
}

/* The preset that is set but for the split, whatever that is; FALSE: none. */
static gboolean
find_preset (FocSettingsPane *self, FocPreset *preset)
{
  FocSettings settings;

  return foc_settings_pane_get_settings (self, &settings)
         && foc_settings_find_preset (&settings, self->n_guessed, preset);
}

static const char *
describe_preset (FocPreset preset)
{
  return preset == FOC_PRESET_PAPER
           ? _ ("As in the published experiment; duplicates are not kept in one set")
           : _ ("What does best with so many pictures, with duplicates in one set");
}

static void
offer_split (FocSettingsPane *self, FocPreset preset)
{
  FocSettings settings;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  foc_settings_init (&settings, preset, 0);
  words = foc_split_settings_describe (&settings.split);
  text = preset == FOC_PRESET_PAPER
           /* Translators: how it is split, as “in file order, 50 %, 20 %, 30 %”. */
           ? g_strdup_printf (_ ("“Paper” splits otherwise: %s"), words)
           /* Translators: how it is split, as “in file order, 50 %, 20 %, 30 %”. */
           : g_strdup_printf (_ ("“Recommended” splits otherwise: %s"), words);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->preset_split), text);
}

static void
show_preset (FocSettingsPane *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->presets));
  const char *words = _ ("Chosen one by one");
  guint shown = CUSTOM;
  gboolean is_split_otherwise = FALSE;
  FocPreset preset;

  if (find_preset (self, &preset))
    {
      /* Without a data set there is no split yet. */
      is_split_otherwise =
        self->catalog != NULL
        && !foc_preset_has_split (preset, &self->catalog->split_settings);
      if (!is_split_otherwise)
        {
          shown = preset;
          words = describe_preset (preset);
        }
      else
        {
          offer_split (self, preset);
          words = preset == FOC_PRESET_PAPER ? _ ("“Paper”, but for the split")
                                             : _ ("“Recommended”, but for the split");
        }
    }

  if (shown == CUSTOM && n == CUSTOM)
    gtk_string_list_append (self->presets, C_ ("preset", "Custom"));
  adw_combo_row_set_selected (self->preset, shown);
  if (shown != CUSTOM && n > CUSTOM)
    gtk_string_list_remove (self->presets, CUSTOM);
  adw_preferences_group_set_description (self->start, words);
  gtk_widget_set_visible (GTK_WIDGET (self->preset_split), is_split_otherwise);
}

static void
show_entry (Entry *entry, const char *problem)
{
  GtkWidget *label = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (entry->message));

  foc_widget_set_problem (GTK_WIDGET (entry->row), problem);
  gtk_widget_set_visible (entry->icon, problem != NULL);
  gtk_label_set_text (GTK_LABEL (label), problem);
  gtk_widget_set_visible (GTK_WIDGET (entry->message), problem != NULL);
}

/* What is to be said of all together. */
static void
update (FocSettingsPane *self)
{
  gboolean was_valid = self->is_valid;
  FocSettings settings;
  g_autofree char *cost = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_right = collect (self, &settings);
  gboolean has_momentum = settings.training.optimizer == FOC_OPTIMIZER_MOMENTUM;

  self->is_updating = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->momentum.row), has_momentum);
  gtk_widget_set_visible (GTK_WIDGET (self->momentum.message),
                          has_momentum && !self->momentum.is_valid);

  self->is_valid = is_right && foc_settings_normalise (&settings, &error);
  foc_number_list_set_problem (self->hidden, error != NULL ? error->message : NULL);
  cost = self->is_valid ? foc_settings_describe_cost (&settings, self->n_train)
                        : g_strdup (_ ("What is marked as wrong must be mended first"));
  adw_preferences_group_set_description (self->search, cost);
  show_preset (self);
  self->is_updating = FALSE;

  if (self->is_valid != was_valid)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALID]);
}

static void
on_changed (FocSettingsPane *self)
{
  if (!self->is_updating)
    update (self);
}

static void
on_entry_changed (FocSettingsPane *self, AdwEntryRow *row)
{
  Entry *entries[] = { &self->batch_size, &self->momentum, &self->seed };

  if (self->is_updating)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i]->row == row)
      {
        g_autoptr (GError) error = NULL;

        entries[i]->is_valid =
          foc_field_read (&self->settings, entries[i]->field,
                          gtk_editable_get_text (GTK_EDITABLE (row)), NULL, &error);
        show_entry (entries[i], error != NULL ? error->message : NULL);
      }
  update (self);
}

/* Shows the value of the settings. */
static void
set_entry (FocSettingsPane *self, Entry *entry)
{
  g_autofree char *text = foc_field_write (&self->settings, entry->field, 0, NULL);

  self->is_updating = TRUE; /* it is empty in between */
  gtk_editable_set_text (GTK_EDITABLE (entry->row), text);
  self->is_updating = FALSE;
  entry->is_valid = TRUE;
  show_entry (entry, NULL);
}

static void
fill_in (FocSettingsPane *self, const FocSettings *settings)
{
  self->settings = *settings;

  self->is_updating = TRUE;
  foc_number_list_set_settings (self->learning_rates, settings, FOC_FIELD_LEARNING_RATES);
  foc_number_list_set_settings (self->epochs, settings, FOC_FIELD_EPOCHS);
  foc_number_list_set_settings (self->hidden, settings, FOC_FIELD_HIDDEN);
  adw_combo_row_set_selected (self->optimizer, settings->training.optimizer);
  gtk_switch_set_active (self->augment, settings->training.augment);
  self->is_updating = FALSE;
  set_entry (self, &self->batch_size);
  set_entry (self, &self->momentum);
  set_entry (self, &self->seed);
}

static void
use_split_of (FocSettingsPane *self, FocPreset preset)
{
  FocSettings settings;

  foc_settings_init (&settings, preset, 0);
  g_signal_emit (self, use_split_signal, 0, &settings.split);
}

/* How many pictures there would be to train on, split so. */
static guint32
guess_n_train (FocSettingsPane *self, const FocSplitSettings *split)
{
  return self->catalog != NULL
           ? foc_split_guess_n_train (self->catalog->dataset,
                                      foc_feature_store_get_status (self->catalog->store),
                                      split)
           : 0;
}

/* As it would be in the terminal, where its own split comes first. */
static void
on_preset_selected (FocSettingsPane *self)
{
  guint preset = adw_combo_row_get_selected (self->preset);
  FocSettings settings;

  if (self->is_updating || preset >= CUSTOM)
    return;

  foc_settings_init (&settings, (FocPreset) preset, 0);
  foc_settings_init (&settings, (FocPreset) preset,
                     guess_n_train (self, &settings.split));
  fill_in (self, &settings);
  if (self->catalog != NULL
      && !foc_preset_has_split ((FocPreset) preset, &self->catalog->split_settings))
    use_split_of (self, (FocPreset) preset);
  update (self);
}

static void
on_use_split (FocSettingsPane *self)
{
  FocPreset preset;

  if (find_preset (self, &preset))
    use_split_of (self, preset);
}

static void
on_random_seed (FocSettingsPane *self)
{
  /* Short enough to be read out. */
  self->settings.training.seed = (guint64) g_random_int_range (0, 1000000);
  set_entry (self, &self->seed);
  update (self);
}

void
foc_settings_pane_set_catalog (FocSettingsPane *self, FocCatalog *catalog)
{
  g_autofree char *split = foc_split_describe_shares (catalog);
  FocSettings settings;
  FocPreset preset;
  gboolean is_recommended =
    find_preset (self, &preset) && preset == FOC_PRESET_RECOMMENDED;

  if (catalog != NULL)
    foc_catalog_ref (catalog);
  g_clear_pointer (&self->catalog, foc_catalog_unref);
  self->catalog = catalog;
  self->n_train = catalog != NULL ? foc_catalog_count (catalog, -1, FOC_PART_TRAIN) : 0;
  self->n_guessed = catalog != NULL && catalog->split_settings.group != FOC_KEEP_NONE
                      ? guess_n_train (self, &catalog->split_settings)
                      : self->n_train;
  adw_action_row_set_subtitle (self->split, split);

  if (is_recommended
      && !(find_preset (self, &preset) && preset == FOC_PRESET_RECOMMENDED))
    {
      foc_settings_init (&settings, FOC_PRESET_RECOMMENDED, self->n_guessed);
      fill_in (self, &settings);
    }
  update (self);
}

gboolean
foc_settings_pane_get_settings (FocSettingsPane *self, FocSettings *settings)
{
  FocSettings collected;

  if (!collect (self, &collected) || !foc_settings_normalise (&collected, NULL))
    return FALSE;

  *settings = collected;
  return TRUE;
}

void
foc_settings_pane_set_settings (FocSettingsPane *self, const FocSettings *settings)
{
  fill_in (self, settings);
  update (self);
}

guint
foc_settings_pane_get_jobs (FocSettingsPane *self)
{
  return (guint) gtk_adjustment_get_value (self->jobs_range);
}

static void
foc_settings_pane_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  FocSettingsPane *self = FOC_SETTINGS_PANE (object);

  switch (id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, self->is_valid);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->is_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_settings_pane_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  FocSettingsPane *self = FOC_SETTINGS_PANE (object);

  switch (id)
    {
    case PROP_RUNNING:
      self->is_running = g_value_get_boolean (value);
      gtk_widget_set_sensitive (self->content, !self->is_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_settings_pane_dispose (GObject *object)
{
  FocSettingsPane *self = FOC_SETTINGS_PANE (object);

  g_clear_pointer (&self->catalog, foc_catalog_unref);
  foc_widget_dispose_template (GTK_WIDGET (object), FOC_TYPE_SETTINGS_PANE);

  G_OBJECT_CLASS (foc_settings_pane_parent_class)->dispose (object);
}

static void
foc_settings_pane_class_init (FocSettingsPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = foc_settings_pane_get_property;
  object_class->set_property = foc_settings_pane_set_property;
  object_class->dispose = foc_settings_pane_dispose;

  props[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  use_split_signal =
    g_signal_new ("use-split", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (FOC_TYPE_NUMBER_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-settings-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, content);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, presets);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, start);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, preset);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, search);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, learning_rates);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, epochs);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, hidden);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, optimizer);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, augment);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, split);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, preset_split);
  gtk_widget_class_bind_template_child (widget_class, FocSettingsPane, jobs_range);
#define BIND_ENTRY(name)                                                                 \
  gtk_widget_class_bind_template_child_full (                                            \
    widget_class, #name, FALSE, G_STRUCT_OFFSET (FocSettingsPane, name.row));            \
  gtk_widget_class_bind_template_child_full (                                            \
    widget_class, #name "_icon", FALSE, G_STRUCT_OFFSET (FocSettingsPane, name.icon));   \
  gtk_widget_class_bind_template_child_full (                                            \
    widget_class, #name "_message", FALSE,                                               \
    G_STRUCT_OFFSET (FocSettingsPane, name.message))
  BIND_ENTRY (batch_size);
  BIND_ENTRY (momentum);
  BIND_ENTRY (seed);
#undef BIND_ENTRY
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_preset_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_random_seed);
  gtk_widget_class_bind_template_callback (widget_class, on_use_split);
}

/* What has the focus in the row has its name. */
static void
name_entry (Entry *entry)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entry->row));

  gtk_accessible_update_property (
    GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
    adw_preferences_row_get_title (ADW_PREFERENCES_ROW (entry->row)), -1);
}

/* What is chosen, for screen readers. */
static void
describe_choice (AdwComboRow *row)
{
  GtkStringObject *chosen = adw_combo_row_get_selected_item (row);

  if (chosen != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    gtk_string_object_get_string (chosen), -1);
}

static void
foc_settings_pane_init (FocSettingsPane *self)
{
  guint jobs = MIN (g_get_num_processors (), FOC_LIMIT_JOBS);
  FocSettings settings;

  self->batch_size = (Entry){ .field = FOC_FIELD_BATCH_SIZE, .is_valid = TRUE };
  self->momentum = (Entry){ .field = FOC_FIELD_MOMENTUM, .is_valid = TRUE };
  self->seed = (Entry){ .field = FOC_FIELD_SEED, .is_valid = TRUE };
  self->is_valid = TRUE;
  self->is_updating = TRUE; /* nothing is chosen while it is made */
  gtk_widget_init_template (GTK_WIDGET (self));

  name_entry (&self->batch_size);
  name_entry (&self->momentum);
  name_entry (&self->seed);
  foc_widget_name_buttons (self->content);
  g_signal_connect (self->preset, "notify::selected-item", G_CALLBACK (describe_choice),
                    NULL);
  g_signal_connect (self->optimizer, "notify::selected-item",
                    G_CALLBACK (describe_choice), NULL);
  describe_choice (self->preset);
  describe_choice (self->optimizer);
  gtk_adjustment_set_upper (self->jobs_range, jobs);
  gtk_adjustment_set_value (self->jobs_range, jobs);
  foc_settings_init (&settings, FOC_PRESET_PAPER, 0);
  fill_in (self, &settings);
  foc_settings_pane_set_catalog (self, NULL);
}

GtkWidget *
foc_settings_pane_new (void)
{
  return g_object_new (FOC_TYPE_SETTINGS_PANE, NULL);
}
