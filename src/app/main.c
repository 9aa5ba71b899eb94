/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-application.h"
#include "foc-installed.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  g_autofree char *translations = foc_installed_find_translations ();
  g_autoptr (FocApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = foc_application_new (FOC_APPLICATION_ID);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
