/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into the tests under ThreadSanitizer. GLib's locks are its own, not the
 * C library's, so that the sanitizer sees nothing of them in a GLib that was built
 * without it, and would call whatever they guard a race. Each lock tells it here, and
 * so does the counting of references. A program without the sanitizer (tests may
 * start some) passes through. */

#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

#pragma weak __tsan_acquire
#pragma weak __tsan_release

#define ACQUIRED(lock)                                                                   \
  do                                                                                     \
    if (__tsan_acquire)                                                                  \
      __tsan_acquire (lock);                                                             \
  while (0)
#define RELEASING(lock)                                                                  \
  do                                                                                     \
    if (__tsan_release)                                                                  \
      __tsan_release (lock);                                                             \
  while (0)

/* GLib's function of this name, which ours stands before. */
#define REAL(name)                                                                       \
  ({                                                                                     \
    static gpointer real;                                                                \
    gpointer found = g_atomic_pointer_get (&real);                                       \
                                                                                         \
    if (found == NULL)                                                                   \
      g_atomic_pointer_set (&real, found = dlsym (RTLD_NEXT, #name));                    \
    (__typeof__ (&name)) found;                                                          \
  })

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  ACQUIRED (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = REAL (g_mutex_trylock) (mutex);

  if (locked)
    ACQUIRED (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  RELEASING (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  RELEASING (mutex);
  REAL (g_cond_wait) (cond, mutex);
  ACQUIRED (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean signalled;

  RELEASING (mutex);
  signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  ACQUIRED (mutex);
  return signalled;
}

/* Whoever drops the last reference has seen all that was done with the others. */
gboolean
g_atomic_ref_count_dec (gatomicrefcount *count)
{
  gboolean last;

  RELEASING (count);
  last = REAL (g_atomic_ref_count_dec) (count);
  if (last)
    ACQUIRED (count);
  return last;
}
