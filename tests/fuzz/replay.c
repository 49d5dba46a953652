/* replay.c: gives the files of a folder to a harness, as an ordinary test
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>

#include "fuzz.h"

static void
replay (gconstpointer data)
{
  const char *folder = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) files = g_dir_open (folder, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_file_get_contents (path, &bytes, &length, &error);
      g_assert_no_error (error);
      LLVMFuzzerTestOneInput ((const uint8_t *) bytes, length);
      n++;
    }
  g_test_message ("%u files", n);
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc != 2)
    g_error ("usage: %s FOLDER", argv[0]);

  g_test_add_data_func ("/fuzz/replay", argv[1], replay);

  return g_test_run ();
}
