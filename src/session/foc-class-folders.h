/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-answer-record.h"

/* The folder of pictures that are of no class. Not translated, as classes are not. */
#define FOC_CLASS_FOLDER_NOT_SURE "not sure"

/* A folder for each class of the models that gave the answers `records` (FocAnswerRecord):
 * its name by that of the class. It is the same, but for what a name of a folder cannot have;
 * and no two are the same, nor that of the pictures that are of no class, even on a disk that
 * does not tell upper from lower case: "a/b" beside "a_b" is "a_b-2". Any thread;
 * g_hash_table_unref(). */
GHashTable *foc_class_folders_new (const GPtrArray *records);

/* Bytes of a name that any file system takes. */
#define FOC_CLASS_FOLDERS_MAX_NAME 255

/* Bytes of the longest beginning of a name that is no longer than `max` and cuts no
 * character. */
gsize foc_class_folders_cut (const char *text, gsize length, gsize max);
