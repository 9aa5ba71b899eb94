/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-training.h"
#include "test-experiment.h"

/* What the tests of foc-training share, beside the pictures of test-experiment.h: a
 * catalog of these, and what the object says meanwhile. Each test begins without runs. */

typedef struct
{
  FocTraining *training;
  FocCatalog *catalog;
  guint n_changed;

  /* What was said, one word each, followed by a blank: "nothing", "shown", "working",
   * "paused", "stopping" for the state, "done:" with the steps, and the names of the
   * other signals but for "changed". */
  GString *log;
  char *message; /* the last one of a signal */
} TrainingFixture;

/* For main(): as those of test-experiment.h, and what else is kept until the end. */
void test_training_init (int *argc, char ***argv);
int test_training_run (void);

void test_training_set_up (TrainingFixture *self, gconstpointer data);
/* Waits for the workers: nothing works at a run after that. */
void test_training_tear_down (TrainingFixture *self, gconstpointer data);

/* A search that is over at once, and one that takes some seconds, with two learning rates;
 * its first cell comes soon. */
FocSettings test_training_short (void);
FocSettings test_training_long (void);

/* The run of these settings on the pictures, carried out by the core alone until it was
 * looked at, with the shortest settings or the longer ones. Not to be freed. */
const FocRun *test_training_get_short (void);
const FocRun *test_training_get_long (void);

/* That what is shown is what the core found, to the bit: all of it, or as far as there is
 * something. */
void test_training_assert_same (TrainingFixture *self, const FocRun *reference);

/* How many points the curves of the grid have that is shown. */
guint test_training_count_points (TrainingFixture *self);

/* Begins, and waits until the grid has grown, or has a cell. */
void test_training_start (TrainingFixture *self, const FocSettings *settings);
void test_training_wait_to_grow (TrainingFixture *self);
void test_training_wait_for_cell (TrainingFixture *self);

/* Waits until nothing is done; goes on, and waits. */
void test_training_wait (TrainingFixture *self);
void test_training_go_on (TrainingFixture *self, FocTrainingSteps steps);

/* Everything from the beginning until the final model is there. */
void test_training_until_final (TrainingFixture *self, const FocSettings *settings);

/* How many runs there are on the disk. */
guint test_training_count_runs (void);

/* What was said since the last time. */
void test_training_assert_said (TrainingFixture *self, const char *expected);
/* The last message has this in it. */
void test_training_assert_message (TrainingFixture *self, const char *part);

#define ADD_TRAINING_TEST(name, function)                                                \
  g_test_add ("/training/" name, TrainingFixture, NULL, test_training_set_up, function,  \
              test_training_tear_down)
