/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-settings-form.h"

#include <adwaita.h>

/* A row in which a list of numbers is edited: each is a chip that removes itself, and
 * behind them is an entry. Enter adds what is typed, one number or many; so does leaving
 * the entry. Backspace in the empty entry takes the last number back into it, Delete on a
 * chip removes it. What is wrong is marked, and said below and to screen readers.
 *
 * Signal "changed": the numbers are others, or right or wrong. */

#define FOC_TYPE_NUMBER_LIST (foc_number_list_get_type ())

G_DECLARE_FINAL_TYPE (FocNumberList, foc_number_list, FOC, NUMBER_LIST, AdwPreferencesRow)

/* Edits that list of `settings` from now on; what was typed is gone. No signal. */
void foc_number_list_set_settings (FocNumberList *self,
                                   const FocSettings *settings,
                                   FocField field);

/* Takes the list over into `settings`, with what is in the entry; FALSE, and nothing
 * taken over, if anything is wrong. */
gboolean foc_number_list_get_settings (FocNumberList *self, FocSettings *settings);

/* Something that is wrong although each number is right; NULL: nothing. */
void foc_number_list_set_problem (FocNumberList *self, const char *problem);
