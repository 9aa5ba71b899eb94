/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-experiment.h"

/* What the tests of foc-experiment share: a data set of two classes with
 * TEST_PER_CLASS pictures each, and a cache. */

enum
{
  TEST_PER_CLASS = 40
};

extern char *test_pictures;
extern char *test_cache;

/* For main(): g_test_init() and the folders; g_test_run(), and they are removed. */
void test_experiment_init (int *argc, char ***argv);
int test_experiment_run (void);

/* A data set of "comics" and "faces"; free the folder's name. */
char *test_make_pictures (guint n_first, guint n_second);
/* A small network; with momentum it is trained on variants of the pictures. */
FocSettings test_make_settings (FocOptimizerKind kind);

/* Everything from the beginning to the end. */
gboolean
test_carry_out (FocExperiment *experiment, const FocSettings *settings, GError **error);
FocExperiment *test_open_pictures (const char *root, const FocExperimentOptions *options);

/* Carries it out in `output`; the model's SHA-256. */
char *test_run_in (const char *output, FocOptimizerKind kind, guint jobs);

/* As far as the final model, of the data set `root`, whose related pictures `group` keeps
 * together; with NULL as `output` among the user's runs. Free the run's folder's name. */
char *test_run_without_look (const char *root, const char *output, FocKeep group);

/* The record, the model, and nothing else. */
void test_check_finished (const char *output, const char *sha256);
