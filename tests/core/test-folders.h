/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-dataset.h"

/* Folders for tests. All names are below a root; what stands above a file is made
 * with it. Whatever fails aborts the test. */

/* A new folder. Free the name, after test_remove(). */
char *test_root_new (void);

/* Removes a folder with all that it holds, or a file. */
void test_remove (const char *path);

void test_add_folder (const char *root, const char *name);
void test_add_file (const char *root, const char *name, const void *data, gsize length);

/* Files of no bytes: those named in `names`, separated by blanks. */
void test_add_files (const char *root, const char *names);

/* A link named `name` to `target`. */
void test_add_link (const char *root, const char *name, const char *target);

/* `root` and `name`, joined. */
char *test_path (const char *root, const char *name);

/* What must succeed. */
FocDataset *test_scan (const char *root);

/* The paths of all pictures, separated by blanks. */
char *test_list (const FocDataset *dataset);
