/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-preprocess.h"

/* Pictures for tests, made on the spot (test-encoders.h makes files of them), and what
 * comes of them. */

/* Smooth colours with a few hard edges, no two corners alike. */
GdkPixbuf *test_picture_new (int width, int height, gboolean alpha);

/* How a picture must be stored so that `orientation` makes it upright. */
GdkPixbuf *test_picture_store (GdkPixbuf *upright, int orientation);

/* A file in a folder of the test's own; free the name. */
char *test_write (const char *name, const void *data, gsize length);
char *test_write_bytes (const char *name, GBytes *bytes);
/* Removes that folder. */
void test_pictures_remove (void);

/* Area averaging as its definition says, in double. */
void test_average (GdkPixbuf *pixbuf,
                   const FocRectangle *region,
                   double features[FOC_N_FEATURES]);

/* The greatest difference. */
int test_difference (const guint8 *a, const guint8 *b, gsize length);

/* As RGB; the sizes must agree. */
int test_pixbuf_difference (GdkPixbuf *a, GdkPixbuf *b);

/* 0 if the file can be used, else the code. Whatever it is, it must be one of
 * the image codes, and name the file; of data it must be the same in a file and in
 * memory. */
int test_code_of_file (const char *path);
int test_code_of_data (const void *data, gsize length);
int test_code_of_bytes (GBytes *bytes);

/* What must succeed, from a file and from memory with the same result. */
void test_load (GBytes *bytes, const FocRectangle *region, int min_side, FocImage *image);
void test_features (GBytes *bytes, const FocRectangle *region, guint8 *features);
