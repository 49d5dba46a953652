/* test-renderer.c: the choice of GTK's renderer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <gtk/gtk.h>

#include "designer/compat/runnel-renderer.h"

#define VARIABLE (gtk_get_minor_version () >= 16 ? "GDK_DISABLE" : "GDK_DEBUG")

/* what the person chose stays */
static void
test_respects_choice (void)
{
  g_setenv ("GSK_RENDERER", "gl", TRUE);
  g_unsetenv (VARIABLE);
  runnel_renderer_choose ();
  g_assert_null (g_getenv (VARIABLE));
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "gl");
}

static gboolean
may_have_gpu (void)
{
  if (!g_file_test ("/dev/dri", G_FILE_TEST_IS_DIR))
    return FALSE;

  g_test_skip ("This machine may have a GPU");
  return TRUE;
}

static void
test_without_gpu (void)
{
  if (may_have_gpu ())
    return;

  g_unsetenv ("GSK_RENDERER");
  g_unsetenv (VARIABLE);
  runnel_renderer_choose ();
  g_assert_nonnull (strstr (g_getenv (VARIABLE), "gl"));
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "cairo");
  runnel_renderer_leave_environment ();
  g_assert_null (g_getenv (VARIABLE));
}

/* the variable also says other things, which stay */
static void
test_keeps_given (void)
{
  if (may_have_gpu ())
    return;

  g_unsetenv ("GSK_RENDERER");
  g_setenv (VARIABLE, "settings", TRUE);
  runnel_renderer_choose ();
  g_assert_true (g_str_has_prefix (g_getenv (VARIABLE), "settings,"));
  runnel_renderer_leave_environment ();
  g_assert_cmpstr (g_getenv (VARIABLE), ==, "settings");
  runnel_renderer_leave_environment ();
  g_assert_cmpstr (g_getenv (VARIABLE), ==, "settings");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/designer/renderer/respects-choice", test_respects_choice);
  g_test_add_func ("/designer/renderer/without-gpu", test_without_gpu);
  g_test_add_func ("/designer/renderer/keeps-given", test_keeps_given);

  return g_test_run ();
}
