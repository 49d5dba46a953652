/* golden.h: output compared with a file that was looked at
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

/* With RUNNEL_UPDATE_GOLDEN in the environment the file is written anew; look at it then. */
static inline void
assert_golden (const char *text,
               const char *room,
               const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("RUNNEL_SOURCE_DIR"), "tests", room, "golden",
                                            name, NULL);
  g_autofree char *expected = NULL;
  g_autoptr(GError) error = NULL;

  if (g_getenv ("RUNNEL_UPDATE_GOLDEN") != NULL)
    g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}
