/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* `text`, such as the name of a file or of a class, fit to be shown on one line: valid
 * UTF-8 in which nothing breaks it, moves a cursor or turns the direction of what follows;
 * such characters become \uXXXX. Any thread. Free with g_free(). */
char *foc_text_escape (const char *text);
