/* test-renderer.c: the choice of GTK's renderer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/compat/runnel-renderer.h"

/* what the person chose stays */
static void
test_respects_choice (void)
{
  g_setenv ("GSK_RENDERER", "gl", TRUE);
  runnel_renderer_choose ();
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "gl");
}

static void
test_without_gpu (void)
{
  if (g_file_test ("/dev/dri", G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("This machine may have a GPU");
      return;
    }

  g_unsetenv ("GSK_RENDERER");
  runnel_renderer_choose ();
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, "cairo");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/designer/renderer/respects-choice", test_respects_choice);
  g_test_add_func ("/designer/renderer/without-gpu", test_without_gpu);

  return g_test_run ();
}
