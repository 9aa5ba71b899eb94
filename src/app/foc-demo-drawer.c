/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-drawer.h"

#include "foc-file.h"

/* Folders that may be in the way. */
#define ATTEMPTS 100

struct _FocDemoDrawer
{
  GObject parent_instance;

  char *folder;
  FocDemoOptions options;
  FocJob *job;
};

G_DEFINE_FINAL_TYPE (FocDemoDrawer, foc_demo_drawer, G_TYPE_OBJECT)

enum
{
  PROP_JOB = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  DRAWN,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What the thread gets. */
typedef struct
{
  char *folder;
  FocDemoOptions options;
  GApplication *application; /* nullable */
} Order;

static Order *
order_new (FocDemoDrawer *self)
{
  Order *order = g_new (Order, 1);

  *order = (Order){ .folder = g_strdup (self->folder),
                    .options = self->options,
                    .application = g_application_get_default () };
  /* It does not end before what was cancelled is removed. */
  if (order->application != NULL)
    {
      g_object_ref (order->application);
      g_application_hold (order->application);
    }

  return order;
}

static void
release (gpointer application)
{
  g_application_release (application);
  g_object_unref (application);
}

/* In the thread. */
static void
order_free (gpointer data)
{
  Order *order = data;

  if (order->application != NULL)
    g_idle_add_once (release, order->application);
  g_free (order->folder);
  g_free (order);
}

static void
report (guint done, guint total, gpointer job)
{
  foc_job_report (done, total, job);
}

static gboolean
has_classes (const char *folder)
{
  g_autofree char *faces = g_build_filename (folder, "faces", NULL);
  g_autofree char *comics = g_build_filename (folder, "comics", NULL);

  return g_file_test (faces, G_FILE_TEST_IS_DIR)
         && g_file_test (comics, G_FILE_TEST_IS_DIR);
}

static gpointer
draw (FocJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;

  for (guint i = 1; TRUE; i++)
    {
      g_autofree char *folder =
        i == 1 ? g_strdup (order->folder) : g_strdup_printf ("%s-%u", order->folder, i);
      g_autofree char *mark = g_strconcat (folder, ".complete", NULL);
      g_autoptr (GError) local_error = NULL;

      if (g_file_test (mark, G_FILE_TEST_EXISTS) && has_classes (folder))
        return g_steal_pointer (&folder);
      if (foc_demo_write (folder, &order->options, report, job, cancellable,
                          &local_error))
        return foc_file_replace (mark, "", 0, error) ? g_steal_pointer (&folder) : NULL;
      if (i == ATTEMPTS
          || !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_EMPTY))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
}

static void
set_job (FocDemoDrawer *self, FocJob *job)
{
  if (g_set_object (&self->job, job))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
}

static void
finish_drawing (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FocDemoDrawer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = foc_job_finish (FOC_JOB (source), result, &error);

  if (self->job != FOC_JOB (source)) /* cancelled */
    return;

  set_job (self, NULL);
  if (folder != NULL)
    g_signal_emit (self, signals[DRAWN], 0, folder);
  else
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
foc_demo_drawer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_JOB:
      g_value_set_object (value, FOC_DEMO_DRAWER (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
foc_demo_drawer_dispose (GObject *object)
{
  foc_demo_drawer_cancel (FOC_DEMO_DRAWER (object));
  G_OBJECT_CLASS (foc_demo_drawer_parent_class)->dispose (object);
}

static void
foc_demo_drawer_finalize (GObject *object)
{
  FocDemoDrawer *self = FOC_DEMO_DRAWER (object);

  g_free (self->folder);
  G_OBJECT_CLASS (foc_demo_drawer_parent_class)->finalize (object);
}

static void
foc_demo_drawer_class_init (FocDemoDrawerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = foc_demo_drawer_get_property;
  object_class->dispose = foc_demo_drawer_dispose;
  object_class->finalize = foc_demo_drawer_finalize;

  properties[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, FOC_TYPE_JOB,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[DRAWN] = g_signal_new ("drawn", FOC_TYPE_DEMO_DRAWER, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", FOC_TYPE_DEMO_DRAWER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
foc_demo_drawer_init (FocDemoDrawer *self)
{
}

FocDemoDrawer *
foc_demo_drawer_new (const char *folder, const FocDemoOptions *options)
{
  FocDemoDrawer *self = g_object_new (FOC_TYPE_DEMO_DRAWER, NULL);

  self->folder = folder != NULL ? g_strdup (folder)
                                : g_build_filename (g_get_user_data_dir (),
                                                    "face-or-comic", "demo", NULL);
  self->options = *options;

  return self;
}

void
foc_demo_drawer_draw (FocDemoDrawer *self)
{
  g_autoptr (FocJob) job = NULL;

  g_return_if_fail (FOC_IS_DEMO_DRAWER (self));

  if (self->job != NULL)
    return;

  job = foc_job_new ();
  set_job (self, job);
  foc_job_run (job, draw, order_new (self), order_free, g_free, finish_drawing, self);
}

void
foc_demo_drawer_cancel (FocDemoDrawer *self)
{
  g_autoptr (FocJob) job = NULL;

  g_return_if_fail (FOC_IS_DEMO_DRAWER (self));

  if (!g_set_object (&job, self->job))
    return;
  set_job (self, NULL);
  foc_job_cancel (job);
}

FocJob *
foc_demo_drawer_get_job (FocDemoDrawer *self)
{
  g_return_val_if_fail (FOC_IS_DEMO_DRAWER (self), NULL);

  return self->job;
}
