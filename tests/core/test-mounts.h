/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Gives this process mounts of its own: as root, or as root of a name space in which
 * there is only this user. To be called while there is one thread. FALSE where the
 * system does not allow it. */
gboolean test_unshare_mounts (void);
