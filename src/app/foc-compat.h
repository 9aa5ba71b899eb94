/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

/* What GTK and libadwaita offer in one way in their oldest version that we build on, and
 * in another, or not at all without a word of warning, in the newest. Main thread only.
 *
 * Choosing files. The user who chooses nothing gives G_IO_ERROR_CANCELLED: be silent.
 * `parent` may be NULL, `initial_folder` and `filter` too. `accept`: what the button does,
 * with its key, or NULL for "Open". */

void foc_compat_open_folder (GtkWindow *parent,
                             const char *title,
                             const char *accept,
                             GFile *initial_folder,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* Free with g_object_unref(). */
GFile *foc_compat_open_folder_finish (GAsyncResult *result, GError **error);

void foc_compat_open_files (GtkWindow *parent,
                            const char *title,
                            GtkFileFilter *filter,
                            gboolean multiple,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* A list of GFile with at least one; free with g_object_unref(). */
GListModel *foc_compat_open_files_finish (GAsyncResult *result, GError **error);

/* Asks before it lets the user choose a file that exists. */
void foc_compat_save_file (GtkWindow *parent,
                           const char *title,
                           const char *initial_name,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* A file that has a path. G_IO_ERROR_NOT_SUPPORTED where what was chosen has none. Free with
 * g_object_unref(). */
GFile *foc_compat_save_file_finish (GAsyncResult *result, GError **error);

/* Opens the file manager at a file. The error is that of GIO or of D-Bus. */
void foc_compat_show_in_files (GtkWindow *parent,
                               const char *path,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean foc_compat_show_in_files_finish (GAsyncResult *result, GError **error);

/* A dialog that says that something failed: `heading` what, `body` why, a sentence. */
GtkWindow *
foc_compat_present_failure (GtkWindow *parent, const char *heading, const char *body);

/* A dialog with Cancel and one other answer, which cannot be taken back: it calls `callback`
 * (owner), unless `owner` is gone by then. */
GtkWindow *foc_compat_ask (GtkWindow *parent,
                           const char *heading,
                           const char *body,
                           const char *answer,
                           GCallback callback,
                           GObject *owner);

/* The same with Wait instead of Cancel, which could be taken for the other answer. */
GtkWindow *foc_compat_ask_to_wait (GtkWindow *parent,
                                   const char *heading,
                                   const char *body,
                                   const char *answer,
                                   GCallback callback,
                                   GObject *owner);

/* As foc_compat_ask(), with an answer that is harmless, and may be what the user wants
 * instead of what `body` says that there is not. */
GtkWindow *foc_compat_offer (GtkWindow *parent,
                             const char *heading,
                             const char *body,
                             const char *answer,
                             GCallback callback,
                             GObject *owner);

/* The same with several answers, the last of which is about something that cannot be taken
 * back; `answers`, NULL at their end, are translated here, each with its callback. */
GtkWindow *foc_compat_choose (GtkWindow *parent,
                              const char *heading,
                              const char *body,
                              const char *const *answers,
                              const GCallback *callbacks,
                              GObject *owner);

GtkWindow *foc_compat_present_about (GtkWindow *parent);
/* Takes the page, which is floating. */
GtkWindow *foc_compat_present_preferences (GtkWindow *parent, GtkWidget *page);
/* `resource`: a GtkBuilder file with a GtkShortcutsWindow "help_overlay". */
GtkWindow *foc_compat_present_shortcuts (GtkWindow *parent, const char *resource);

/* Whether GTK itself finds the name of a menu button for screen readers in its text. */
gboolean foc_compat_names_menu_buttons (void);
