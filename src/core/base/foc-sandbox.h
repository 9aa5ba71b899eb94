/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Whether the program runs in a Flatpak's sandbox, where a path may mean nothing, although
 * its file is there for all others: what the user chooses in a dialog or drops is let in. Any
 * thread. */
gboolean foc_sandbox_is_active (void);

/* For tests: as if it did, or not. */
void foc_sandbox_pretend (gboolean is_active);
