/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-examination.h"

/* What the tests of foc-examination share: a picture, and who examines it. */

#define TEST_EXAMINATION_WIDTH 300
#define TEST_EXAMINATION_HEIGHT 200

typedef struct
{
  FocExamination *examination;
  FocLoadedModel *model;
  char *folder;
  char *path; /* of a picture of these pixels */
  FocSource *source;
  GString *log; /* of the examination's signals */
} ExaminationFixture;

void test_examination_set_up (ExaminationFixture *self, gconstpointer data);
void test_examination_tear_down (ExaminationFixture *self, gconstpointer data);

/* Until what is loading is there, or has failed. */
void test_examination_wait (ExaminationFixture *self);

/* The picture is there, and nobody has said anything yet. */
void test_examination_open (ExaminationFixture *self);

void test_examination_assert_square (ExaminationFixture *self,
                                     double x,
                                     double y,
                                     double side);

/* The answer is the model's to the features, and its shares sum to the difference. */
void test_examination_assert_answer (ExaminationFixture *self, FocLoadedModel *loaded);

#define TEST_EXAMINATION(name, function)                                                 \
  g_test_add ("/" name, ExaminationFixture, NULL, test_examination_set_up, function,     \
              test_examination_tear_down)
