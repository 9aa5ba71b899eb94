/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* Everything that the program writes goes through foc-file.c (foc-file-read.c is for
 * reading, foc-file-copy.c for copies, foc-file-lock.c for locks), and every write is
 * atomic: the data goes to a hidden file beside the target, is brought to the disk, and then takes the target's name. Whatever happens
 * on the way, power cut included, the target is either as it was or complete. What a
 * killed process leaves behind is swept by the next process that writes to the folder.
 *
 * Errors are G_FILE_ERROR (NOSPC for a full disk) with a sentence that names
 * the target; and where the thread has a current cancellable (g_cancellable_push_current())
 * that is cancelled, writing and committing end soon with G_IO_ERROR_CANCELLED. All functions
 * may be called from any thread. */

typedef struct _FocFileWriter FocFileWriter;

/* Begins to write `path`. Reserves `size` bytes first, so that a full disk is
 * an early error and not a late one (0 reserves nothing). With `path` NULL the
 * file is temporary, has no name, and is gone when it is closed. */
FocFileWriter *foc_file_writer_new (const char *path, guint64 size, GError **error);

/* Writes `length` bytes at `offset`. Several threads may write at once. */
gboolean foc_file_writer_write_at (FocFileWriter *self,
                                   guint64 offset,
                                   const void *data,
                                   gsize length,
                                   GError **error);

/* The file's descriptor, for reading back what was written; owned by the writer. */
int foc_file_writer_get_descriptor (FocFileWriter *self);

/* Brings the data to the disk and gives the file its name. Returns a descriptor
 * open for reading and writing that the caller closes, or -1: then the target
 * is as it was. Call it once; write nothing afterwards. */
int foc_file_writer_commit (FocFileWriter *self, GError **error);

/* The same where nothing may have that name yet, not even since foc_file_writer_new(): else
 * G_FILE_ERROR_EXIST, and what has it stays as it is. */
int foc_file_writer_commit_new (FocFileWriter *self, GError **error);

/* Frees the writer; without a successful commit nothing of it remains. */
void foc_file_writer_free (FocFileWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FocFileWriter, foc_file_writer_free)

/* Writes `length` bytes as the whole of `path`, atomically. */
gboolean
foc_file_replace (const char *path, const void *data, gsize length, GError **error);

/* Creates the folder `path` and those above it where they are missing. */
gboolean foc_file_make_folder (const char *path, GError **error);

/* By what a file is known again: if it is another file, or was written to, something of
 * this is different. */
typedef struct
{
  guint64 device;
  guint64 inode;
  guint64 size; /* bytes             */
  gint64 mtime; /* nanoseconds, 1970 */
} FocFileStamp;

/* Of what has the name `path`, itself and not what it links to; FALSE if nothing has. */
gboolean foc_file_get_stamp (const char *path, FocFileStamp *stamp);
gboolean foc_file_stamp_equal (const FocFileStamp *a, const FocFileStamp *b);

/* Copies the regular file `from`, with the time of its last change, to `to`, which becomes
 * as it does by foc_file_writer_commit_new(); `stamp` is that of the copy. Never blocks on a
 * pipe or a device. G_IO_ERROR_CANCELLED. */
gboolean foc_file_copy (const char *from,
                        const char *to,
                        FocFileStamp *stamp,
                        GCancellable *cancellable,
                        GError **error);

/* Locks the folder `path` against every other caller, of this process or another,
 * until the descriptor that is returned is closed or the process ends. -1 with
 * G_FILE_ERROR_AGAIN and a sentence if somebody else has it, after a tenth of a second.
 * Where the file system has no locks it succeeds without one. */
int foc_file_lock_folder (const char *path, GError **error);

/* Whether somebody has the lock of the folder `path`. Asking is in nobody's way. */
gboolean foc_file_folder_is_locked (const char *path);

/* A new hidden folder beside `path`, which becomes `path` by foc_file_finish_folder() once
 * all is in it: G_FILE_ERROR_EXIST where something has that name, which stays as it is.
 * Free the name with g_free(). */
char *foc_file_begin_folder (const char *path, GError **error);
gboolean foc_file_finish_folder (const char *begun, const char *path, GError **error);

/* Removes the file `path`; that it does not exist is no error. */
gboolean foc_file_remove (const char *path, GError **error);

/* Removes the folder `path` if nothing is in it. */
void foc_file_remove_empty_folder (const char *path);

/* Reads the whole of the regular file `path`, at most `limit` bytes: more is
 * G_FILE_ERROR_FAILED. Never blocks on a pipe or a device. Free with g_free();
 * a zero byte follows the data. */
gboolean foc_file_read (const char *path,
                        gsize limit,
                        guint8 **data,
                        gsize *length,
                        GError **error);

/* The SHA-256 of the file in hexadecimal, with the limits of foc_file_read(); free
 * with g_free(). */
char *foc_file_sha256 (const char *path, gsize limit, GError **error);

/* Opens the regular file `path` for reading and tells its size; -1 with errno
 * set (EISDIR for a folder, ENXIO for a socket, EINVAL for whatever else is no regular
 * file). */
int foc_file_open (const char *path, guint64 *size);

/* Reads exactly `length` bytes at `offset` of an open file; FALSE with errno set, 0
 * where the file ends before. */
gboolean foc_file_read_at (int fd, guint64 offset, void *data, gsize length);

/* For tests: lets the operation number `nth` from now (1 is the next; counted
 * are reserve, write, fsync and rename) fail with `error_number`; 0 ends it.
 * Returns how many operations there were since the last call. */
guint foc_file_set_fault (guint nth, int error_number);
/* The same for foc_file_remove(): each time, until 0 ends it. */
void foc_file_set_removal_fault (int error_number);
