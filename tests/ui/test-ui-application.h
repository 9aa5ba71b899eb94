/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-application.h"
#include "foc-window.h"
#include "test-ui-train.h"

/* The application, with its window, and no runs. */

typedef struct
{
  UiTrain train; /* of which no page is made */
  FocApplication *application;
  FocWindow *window; /* NULL once it has gone */
  FocTraining *training;
} UiApplication;

void test_ui_application_set_up (UiApplication *self, gconstpointer data);
void test_ui_application_tear_down (UiApplication *self, gconstpointer data);

/* As a start of the program does, the second one too. */
void test_ui_application_start (UiApplication *self);
/* The window with its Train page, and the data set. */
void test_ui_application_open (UiApplication *self);
/* The same; then a search begins, or one is under way that has its first cell. */
void test_ui_application_begin (UiApplication *self, FocSettings settings);
void test_ui_application_search (UiApplication *self);

/* TestConditions: there is a Train page, a first cell, nothing is done, there is no window. */
gboolean test_ui_application_has_page (gpointer self);
gboolean test_ui_application_has_cell (gpointer self);
gboolean test_ui_application_is_done (gpointer self);
gboolean test_ui_application_is_gone (gpointer self);

gboolean test_ui_application_is_seen (UiApplication *self);
void test_ui_application_close_window (UiApplication *self);
/* Dialogs over the window. */
guint test_ui_application_count_questions (UiApplication *self);

/* Two pictures in the list of the Classify page, with their answers; and the class of one. */
void test_ui_application_add_answers (UiApplication *self);
void test_ui_application_set_by_hand (UiApplication *self, guint row, int label);
