/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-run-history.h"
#include "foc-run-watch.h"

/* What foc-run-history.c, the list and what it follows, and foc-run-history-delete.c
 * share. */

struct _FocRunHistory
{
  GObject parent_instance;

  char *folder;
  GPtrArray *items;      /* the list                                      */
  GHashTable *by_folder; /* the same                                      */
  GHashTable *deleted;   /* folder -> item that is not in the list, until */
                         /* it comes back or is gone                      */
  GHashTable *purged;    /* those items whose folders are being deleted   */
  FocJob *scan;          /* that is under way, or NULL                    */
  gboolean scan_again;
  gboolean loaded;
  char *problem; /* of the last scan, or NULL */

  FocRunWatch *watch;
  char *at_work; /* folder, or NULL */
};

/* Items come and go. */
void foc_run_history_insert (FocRunHistory *self, FocRunItem *item);
void foc_run_history_take_out (FocRunHistory *self, FocRunItem *item);

/* Looks at the folder; what a scan has seen that began before is not to be believed. */
void foc_run_history_scan_anew (FocRunHistory *self);

/* Emits "failed". */
void foc_run_history_fail (FocRunHistory *self, const char *message);

/* Nobody can undo a deletion any more. */
void foc_run_history_end_offers (FocRunHistory *self);
