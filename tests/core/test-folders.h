/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Folders and files for tests. Whatever fails aborts the test. */

/* A new empty folder; free the name. */
char *test_folder_new (void);
/* Removes a folder with all that it holds, or a file. */
void test_folder_delete (const char *path);
/* How many entries it has, hidden ones included. */
guint test_folder_count (const char *path);

/* `root` and `name`, joined. */
char *test_path (const char *root, const char *name);

/* These are below `root`; what stands above them is made with them. */
void test_add_folder (const char *root, const char *name);
void test_add_file (const char *root, const char *name, const void *data, gsize length);

/* Files of no bytes: those named in `names`, separated by blanks. */
void test_add_files (const char *root, const char *names);

/* A link named `name` to `target`. */
void test_add_link (const char *root, const char *name, const char *target);

/* SHA-256 of a file, in hexadecimal. */
char *test_file_sha256 (const char *path);

/* Turns one bit of a file around, in place; again, and it is as before. */
void test_file_flip (const char *path, gsize bit);
