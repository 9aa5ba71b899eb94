/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "foc-session.h"

/* The window: header bar, bars for what runs and what is amiss, the three pages. It tells
 * what the session tells: results as toasts, failures in a dialog.
 *
 * What is dropped on it, or pasted, is classified; but a folder that is dropped on the
 * Dataset page is opened as a data set, and a single file that is called *.safetensors is
 * loaded as the model; among others it is left out.
 *
 * Size, page and the data set that is open are kept in the settings.
 *
 * Actions, for menus and pages. What is about the list of a page belongs to the page.
 *
 *     win.open               what the page is about: a data set, or pictures to classify
 *     win.open-dataset       asks for a folder
 *     win.open-recent (s)    a path or URI
 *     win.close-dataset
 *     win.draw-demo          draws the demo data set where there is none, and opens it
 *     win.refresh            looks what has changed on the disk; also on focus
 *     win.show-model         a dialog with all that is known of the model in use
 *     win.load-model         asks for a file
 *     win.save-model         asks for a name
 *     win.export-onnx        asks for a folder
 *     win.use-shipped-model  the model that comes with the program
 *     win.open-pictures      asks for pictures to be classified
 *     win.classify (as)      paths or URIs of pictures, and of folders of them
 *     win.paste              classifies what is in the clipboard
 *     win.page (s)           stateful: "dataset", "train", "classify"
 *     win.show-help-overlay  the keyboard shortcuts
 *     win.close */

#define FOC_TYPE_WINDOW (foc_window_get_type ())

G_DECLARE_FINAL_TYPE (FocWindow, foc_window, FOC, WINDOW, AdwApplicationWindow)

/* `settings` of foc_app_settings_new(). With `open_last`, the data set that was open last,
 * if any, is opened: its folder is read while the widgets are made. That it fails is no
 * more than a toast. */
FocWindow *foc_window_new (AdwApplication *application,
                           FocSession *session,
                           GSettings *settings,
                           gboolean open_last);

gboolean foc_window_is_page (const char *name);
void foc_window_set_page (FocWindow *self, const char *name);
const char *foc_window_get_page (FocWindow *self);

/* Opens a data set, split as it was when it was last open. */
void foc_window_open_dataset (FocWindow *self, const char *path);
/* A single folder is opened as a data set, a single model is loaded; pictures are for the
 * Classify page. Shows `page`, with NULL the one where that is seen; with "classify" a
 * single folder is one of pictures, too. */
void
foc_window_open_files (FocWindow *self, GFile **files, guint n_files, const char *page);

/* Whether it is not to be closed yet: something is being written or trained, and the user is
 * asked what is to become of that. The answer may close it, or hide it. */
gboolean foc_window_ask_before_close (FocWindow *self);

/* Says a result, as plain text. */
void foc_window_add_toast (FocWindow *self, const char *message);
