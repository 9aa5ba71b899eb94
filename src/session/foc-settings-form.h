/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-settings.h"

/* What is typed for the settings of a training, and the settings. Ranges are those of
 * foc_settings_normalise(), which checks what concerns several fields as well. Numbers are
 * those of foc-numerals.h; `decimal` is as there, NULL for the locale's. Errors are
 * FOC_ERROR_SETTINGS with a sentence that names the range; what failed changes nothing.
 * Any thread. */

typedef enum
{
  FOC_FIELD_LEARNING_RATES, /* these three are lists, in the order in which they */
  FOC_FIELD_EPOCHS,         /* were typed                                        */
  FOC_FIELD_HIDDEN,
  FOC_FIELD_BATCH_SIZE,
  FOC_FIELD_MOMENTUM,
  FOC_FIELD_SEED,
} FocField;

/* How many values there are: 1, but for a list. */
guint foc_field_count (const FocSettings *settings, FocField field);

/* Value `i`, as it can be typed. g_free(). */
char *foc_field_write (const FocSettings *settings,
                       FocField field,
                       guint i,
                       const char *decimal);

/* A field of one value: takes what is typed over. */
gboolean foc_field_read (FocSettings *settings,
                         FocField field,
                         const char *text,
                         const char *decimal,
                         GError **error);

/* A list: appends all that is typed. What is in it already is left out, but for hidden
 * layers, and `note` is a sentence about it, or NULL; g_free(). */
gboolean foc_field_add (FocSettings *settings,
                        FocField field,
                        const char *text,
                        const char *decimal,
                        char **note,
                        GError **error);
void foc_field_remove (FocSettings *settings, FocField field, guint i);

/* A list: whether there is as much in it as there must be. */
gboolean foc_field_check (const FocSettings *settings, FocField field, GError **error);

void foc_field_copy (FocSettings *settings, const FocSettings *from, FocField field);

/* The preset that the settings are, whatever their split; FALSE: none. `n_train` is that
 * of foc_settings_init(). */
gboolean
foc_settings_find_preset (const FocSettings *self, guint32 n_train, FocPreset *preset);

/* Whether the split is that of the preset as well: only then is all of it what the preset
 * is in the terminal. */
gboolean foc_preset_has_split (FocPreset preset, const FocSplitSettings *split);

/* "4 learning rates × up to 100 epochs, 20 cells; 2,345 training pictures", without the
 * last if `n_train` is 0. Translated; g_free(). */
char *foc_settings_describe_cost (const FocSettings *self, guint32 n_train);

/* The settings without the split, as one line of JSON, and back, where the split becomes
 * foc_split_settings_default. */
char *foc_settings_to_training_string (const FocSettings *self);
gboolean foc_settings_from_training_string (FocSettings *self, const char *string);
