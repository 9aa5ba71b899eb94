/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a picture: features or an error, and nothing else. */

#include "foc-preprocess.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize length)
{
  static const FocRectangle region = { 3.5, 1.25, 10.5, 7.75 };
  int fd = memfd_create ("picture", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  if (fd < 0 || write (fd, data, length) != (ssize_t) length)
    abort ();

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 features[FOC_N_FEATURES];
      gboolean ok =
        foc_preprocess_file (path, i == 0 ? NULL : &region, features, NULL, &error);

      if (ok == (error != NULL))
        abort ();
    }

  close (fd);
  return 0;
}
