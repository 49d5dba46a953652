/* window-fixture.h: the application, for the tests that open its windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/compat/runnel-renderer.h"
#include "designer/runnel-application.h"
#include "designer/runnel-window.h"
#include "engine/kinds/runnel-kinds.h"

/* Returns: (transfer full): the application, registered, without a window */
static inline GtkApplication *
window_fixture_init (int    *argc,
                     char ***argv)
{
  GApplication *application;

  /* The runtime folder is the test's own; what a person opened last or has set is none of its
   * business. */
  g_setenv ("XDG_DATA_HOME", g_getenv ("XDG_RUNTIME_DIR"), TRUE);
  g_setenv ("XDG_STATE_HOME", g_getenv ("XDG_RUNTIME_DIR"), TRUE);
  g_setenv ("XDG_CONFIG_HOME", g_getenv ("XDG_RUNTIME_DIR"), TRUE);
  g_test_init (argc, argv, NULL);
  runnel_renderer_choose ();
  runnel_kinds_init ();
  application = G_APPLICATION (runnel_application_new ());
  g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (application, NULL, NULL));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  return GTK_APPLICATION (application);
}
