/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* A locale in which LANGUAGE is obeyed, on any system. That would be C.UTF-8, the one that
 * is always there, but from 2.39 on GNU's C library translates nothing in it: so it gets
 * another name. It is found where the environment has LOCPATH=root. */
#define TEST_LOCALE "it_IT.UTF-8"

/* Skips the test, and returns TRUE, where there is no such locale or are no catalogues. */
gboolean test_locale_skip (void);
/* Nothing where there is none; else a link below `root`, see test-folders.h. */
void test_locale_add (const char *root);
