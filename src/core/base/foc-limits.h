/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* Every limit on foreign input, in one place. What is beyond a limit is
 * refused with a reason, never cut silently. */

/* Pictures */
#define FOC_LIMIT_IMAGE_SIDE 16384                /* pixels                  */
#define FOC_LIMIT_IMAGE_PIXELS 100000000          /* pixels of one picture   */
#define FOC_LIMIT_IMAGE_BYTES (256 * 1024 * 1024) /* bytes of one file       */
#define FOC_LIMIT_DECODING_PIXELS 200000000       /* at once, over all threads */
#define FOC_LIMIT_JPEG_SCANS 200                  /* of one progressive JPEG */

/* Data sets */
#define FOC_LIMIT_CLASSES_MIN 2
#define FOC_LIMIT_CLASSES 1000
#define FOC_LIMIT_FOLDER_DEPTH 64  /* folders below the data set's root */
#define FOC_LIMIT_ROWS 100000000   /* pictures of a data set            */
#define FOC_LIMIT_PER_CLASS_MIN 10 /* pictures, for an experiment       */

/* Network and training */
#define FOC_LIMIT_HIDDEN_LAYERS 4
#define FOC_LIMIT_LAYER_WIDTH 8192
/* With two numbers of an optimiser's state for each, all fit into a checkpoint. */
#define FOC_LIMIT_PARAMETERS 80000000
#define FOC_LIMIT_BATCH_SIZE 8192
/* Examples times parameters: about a second, since training stops between batches. */
#define FOC_LIMIT_BATCH_WORK 2e10
#define FOC_LIMIT_EPOCHS 10000 /* of 16 rates, the curves fit into a record */
#define FOC_LIMIT_LEARNING_RATES 16
#define FOC_LIMIT_LEARNING_RATE_MIN 1e-9
#define FOC_LIMIT_LEARNING_RATE_MAX 1e3
#define FOC_LIMIT_MOMENTUM 0.9999
#define FOC_LIMIT_EPOCH_COUNTS 16
#define FOC_LIMIT_TEMPERATURE_MIN 1e-3
#define FOC_LIMIT_TEMPERATURE_MAX 1e3
#define FOC_LIMIT_JOBS 64 /* OpenBLAS gives up at several hundred threads */

/* Files of ours that may come from elsewhere */
#define FOC_LIMIT_SAFETENSORS_HEADER (1024 * 1024) /* bytes of JSON       */
#define FOC_LIMIT_SAFETENSORS_BYTES (1024 * 1024 * 1024)
#define FOC_LIMIT_JSON_DEPTH 16                   /* nested braces       */
#define FOC_LIMIT_RECORD_BYTES (64 * 1024 * 1024) /* of a run record     */
#define FOC_LIMIT_TITLE_BYTES 1024                /* of a run's name     */
