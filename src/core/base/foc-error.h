/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* The errors of the core that a caller can act on. Every message is one
 * translated sentence that names the file or folder it is about, ready to be
 * shown. Besides these, functions report G_IO_ERROR_CANCELLED and the
 * G_FILE_ERROR codes of the operating system. */

#define FOC_ERROR (foc_error_quark ())

/* The codes up to FOC_ERROR_LAST_IMAGE say why a picture cannot be used. They
 * are stored in feature stores: never renumber them, only add. */
typedef enum
{
  FOC_ERROR_IMAGE_NO_ACCESS = 1, /* it is gone, or may not be read         */
  FOC_ERROR_IMAGE_EMPTY = 2,     /* a file of no bytes                     */
  FOC_ERROR_IMAGE_FORMAT = 3,    /* no picture, or no loader for its format */
  FOC_ERROR_IMAGE_TRUNCATED = 4, /* the file ends too early                */
  FOC_ERROR_IMAGE_DAMAGED = 5,   /* the loader gave up                     */
  FOC_ERROR_IMAGE_TOO_LARGE = 6, /* beyond the limits of foc-limits.h      */
  FOC_ERROR_IMAGE_SPECIAL = 7,   /* a pipe, a socket or a device           */
  FOC_ERROR_IMAGE_FOLDER = 8,    /* a folder; among pictures, one that could not be listed
                                    to its end (foc-pictures.h) */
  FOC_ERROR_LAST_IMAGE = FOC_ERROR_IMAGE_FOLDER,

  FOC_ERROR_DATASET = 32, /* the folder cannot be used as a data set        */
  FOC_ERROR_STORE,        /* a feature store is damaged: build it again      */
  FOC_ERROR_MODEL,        /* a model file is damaged, hostile or not ours    */
  FOC_ERROR_RUN,          /* a run record is damaged, or of other settings   */
  FOC_ERROR_SETTINGS,     /* a setting is out of its range                   */
  FOC_ERROR_DIVERGED,     /* training left the finite numbers                */
  FOC_ERROR_NO_CLASSES,   /* the folder is no data set, but has pictures     */
} FocError;

GQuark foc_error_quark (void);

/* Why a picture cannot be used, in words, without its name: "the file ends too
 * early". `code` is one of the image codes above; any other gets a general
 * phrase. Translated and static: do not free. */
const char *foc_error_image_reason (int code);

/* Sets `error` to the image code `code` with the sentence made of the name of `path`,
 * fit to be shown (foc_text_escape()), and the reason. */
void foc_error_set_image (GError **error, int code, const char *path);
