/* main.c: starts the designer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "designer/compat/runnel-renderer.h"
#include "designer/runnel-application-compare.h"
#include "designer/runnel-application.h"
#include "engine/kinds/runnel-kinds.h"
#include "engine/runnel-origin.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr(RunnelApplication) application = NULL;
  int status;

  runnel_renderer_choose ();
  g_setenv (RUNNEL_ENV_ORIGIN, "application", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, RUNNEL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  runnel_kinds_init ();
  application = runnel_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  /* GIO forgets what the options came to when there was a window. */
  return status != 0 ? status : runnel_application_get_status ();
}
