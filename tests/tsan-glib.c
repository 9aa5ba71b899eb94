/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into the tests under ThreadSanitizer, which sees no lock and no atomic
 * operation in a GLib that was built without it, and would call whatever they guard a
 * race. It is told here of those by which GLib orders what two threads do, and of each no
 * more than that:
 *
 *     mutex, condition          from unlocking to the next locking
 *     last reference            from dropping each of the others to dropping it
 *     source of a main loop     from attaching it to the call of its callback
 *
 * References are those of g_atomic_ref_count, of boxes (g_atomic_rc_box) and strings
 * (GRefString), of objects, arrays and bytes.
 * A GTask that returns attaches a source. Whatever GLib calls inside itself does not come
 * by here: sources of g_idle_add() and its like are not told of.
 * tests/session/test-races.c tries all but the condition: no race is seen where there is
 * none, and one beside it is.
 *
 * A program without the sanitizer (tests may start some) passes through. */

#include <dlfcn.h>
#include <glib-object.h>
#include <string.h>
#include <sanitizer/tsan_interface.h>

#pragma weak __tsan_acquire
#pragma weak __tsan_release
#pragma weak __tsan_ignore_thread_begin
#pragma weak __tsan_ignore_thread_end

/* Not in the header, but in gcc's library and in clang's. */
void __tsan_ignore_thread_begin (void);
void __tsan_ignore_thread_end (void);

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

/* A box may begin with a lock: what stands before it, GLib's, stands for its count. */
#define COUNT_OF_BOX(box) ((gsize *) (box) -1)

/* What is to be done with a box whose last reference is being dropped. */
static _Thread_local GDestroyNotify clear_box;

static void
on_last_release (gpointer box)
{
  ACQUIRED (COUNT_OF_BOX (box));
  if (clear_box != NULL)
    clear_box (box);
}

void
g_atomic_rc_box_release_full (gpointer box, GDestroyNotify clear)
{
  RELEASING (COUNT_OF_BOX (box));
  clear_box = clear;
  REAL (g_atomic_rc_box_release_full) (box, on_last_release);
}

void
g_atomic_rc_box_release (gpointer box)
{
  g_atomic_rc_box_release_full (box, NULL);
}

/* A string that is counted is a box; none of ours is interned. */
void
g_ref_string_release (GRefString *string)
{
  g_atomic_rc_box_release (string);
}

/* What is done with the last reference is done before GLib's function returns. So all
 * others are dropped here, as it would, but that no toggle reference is notified. Returns
 * FALSE where the last one is left to be dropped: after all that was done with the others. */
static gboolean
drop_other (gint *count)
{
  gint n;

  RELEASING (count);
  while (__tsan_release && (n = g_atomic_int_get (count)) > 1)
    if (g_atomic_int_compare_and_exchange (count, n, n - 1))
      return TRUE;
  ACQUIRED (count);
  return FALSE;
}

void
g_object_unref (gpointer object)
{
  if (!drop_other ((gint *) &((GObject *) object)->ref_count))
    REAL (g_object_unref) (object);
}

/* Where GLib counts the references of these, no header says: it is the one number among
 * the first that another reference changes. */
#define MAX_NUMBERS 8

static gsize place_in_array;
static gsize place_in_ptr_array;
static gsize place_in_bytes;

/* Takes `counted` over, which has one reference. */
static gsize
find_place (gpointer counted, gpointer (*ref) (gpointer), void (*unref) (gpointer))
{
  const gint *numbers = counted;
  gint before[MAX_NUMBERS];
  gsize place = 0;

  memcpy (before, numbers, sizeof before);
  ref (counted);
  while (place < MAX_NUMBERS && numbers[place] == before[place])
    place++;
  if (place == MAX_NUMBERS || before[place] != 1 || numbers[place] != 2)
    g_error ("GLib counts its references in another way");

  unref (counted);
  unref (counted);
  return place;
}

#define FIND_PLACE(counted, type)                                                        \
  find_place (counted, (gpointer (*) (gpointer)) g_##type##_ref,                         \
              (void (*) (gpointer)) REAL (g_##type##_unref))

__attribute__ ((constructor)) static void
find_places (void)
{
  place_in_array = FIND_PLACE (g_array_new (FALSE, FALSE, 1), array);
  place_in_ptr_array = FIND_PLACE (g_ptr_array_new (), ptr_array);
  place_in_bytes = FIND_PLACE (g_bytes_new (NULL, 0), bytes);
}

void
g_array_unref (GArray *array)
{
  if (!drop_other ((gint *) array + place_in_array))
    REAL (g_array_unref) (array);
}

void
g_ptr_array_unref (GPtrArray *array)
{
  if (!drop_other ((gint *) array + place_in_ptr_array))
    REAL (g_ptr_array_unref) (array);
}

void
g_bytes_unref (GBytes *bytes)
{
  if (bytes != NULL && !drop_other ((gint *) bytes + place_in_bytes))
    REAL (g_bytes_unref) (bytes);
}

/* The main context's lists of sources are GLib's own, under a lock of its own: what it
 * allocates for them in one thread, and frees in another, is not looked at. Returns what
 * it was before. */
static gboolean
look_away (gboolean away)
{
  static _Thread_local gboolean looking_away;
  gboolean before = looking_away;

  if (away != before && __tsan_ignore_thread_begin)
    (away ? __tsan_ignore_thread_begin : __tsan_ignore_thread_end) ();
  looking_away = away;
  return before;
}

guint
g_source_attach (GSource *source, GMainContext *context)
{
  gboolean before;
  guint id;

  RELEASING (source);
  before = look_away (TRUE);
  id = REAL (g_source_attach) (source, context);
  look_away (before);
  return id;
}

void
g_source_unref (GSource *source)
{
  gboolean before = look_away (TRUE);

  REAL (g_source_unref) (source);
  look_away (before);
}

/* What g_source_set_callback() gives a source, which tells when it is asked for: under the
 * lock of the context, just before the source is dispatched. */
typedef struct
{
  gatomicrefcount ref_count;
  GSourceFunc func;
  gpointer data;
  GDestroyNotify notify;
} Callback;

static void
callback_ref (gpointer callback)
{
  g_atomic_ref_count_inc (&((Callback *) callback)->ref_count);
}

static void
callback_unref (gpointer callback)
{
  Callback *self = callback;
  gboolean before;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  before = look_away (FALSE);
  if (self->notify != NULL)
    self->notify (self->data);
  g_free (self);
  look_away (before);
}

static void
callback_get (gpointer callback, GSource *source, GSourceFunc *func, gpointer *data)
{
  const Callback *self = callback;

  ACQUIRED (source);
  *func = self->func;
  *data = self->data;
}

static GSourceCallbackFuncs callback_funcs = { callback_ref, callback_unref,
                                               callback_get };

void
g_source_set_callback (GSource *source,
                       GSourceFunc func,
                       gpointer data,
                       GDestroyNotify notify)
{
  Callback *callback = g_new (Callback, 1);

  *callback = (Callback){ .func = func, .data = data, .notify = notify };
  g_atomic_ref_count_init (&callback->ref_count);
  g_source_set_callback_indirect (source, callback, &callback_funcs);
}
