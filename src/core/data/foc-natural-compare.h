/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Compares file names byte by byte but for runs of digits, which compare as
 * numbers of any length: "2.jpg" < "10.jpg". Names that differ in leading zeros
 * alone compare as strings, so that this is a total order: 0 for equal strings
 * only. It is the same in every locale. */
int foc_natural_compare (const char *a, const char *b);
