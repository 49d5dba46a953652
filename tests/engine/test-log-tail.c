/* test-log-tail.c: the end of a log as a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include <glib/gstdio.h>

#include "engine/runnel-log-tail.h"

static void
assert_tail (const char *content,
             gssize      length,
             gsize       size,
             const char *expected)
{
  g_autofree char *dir = g_dir_make_tmp ("runnel-log-tail-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "log", NULL);
  g_autofree char *tail = NULL;

  g_assert_true (g_file_set_contents (path, content, length, NULL));
  tail = runnel_log_tail_read (path, size);
  g_assert_cmpstr (tail, ==, expected);
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_size (void)
{
  assert_tail ("", -1, 4, "");
  assert_tail ("abc", -1, 4, "abc");
  assert_tail ("abcd", -1, 4, "abcd");
  assert_tail ("abcdef", -1, 4, "cdef");
}

static void
test_bytes (void)
{
  /* One that is cut in two at the beginning is left out, what is no UTF-8 at all is replaced. */
  assert_tail ("\xE2\x82\xAC" "uro", -1, 5, "uro");
  assert_tail ("\xE2\x82\xAC" "uro", -1, 6, "\xE2\x82\xAC" "uro");
  assert_tail ("a\xFF" "b\0c", 5, 9, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD" "c");
}

static void
test_missing (void)
{
  g_autofree char *tail = runnel_log_tail_read ("/nonexistent/log", 4);

  g_assert_cmpstr (tail, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/log-tail/size", test_size);
  g_test_add_func ("/engine/log-tail/bytes", test_bytes);
  g_test_add_func ("/engine/log-tail/missing", test_missing);
  return g_test_run ();
}
