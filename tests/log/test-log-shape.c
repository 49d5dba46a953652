/* test-log-shape.c: how a line lies on a grid of cells
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log/runnel-log-shape.h"

static RunnelLogShape *
make (const char *text)
{
  const RunnelLogStyle style = { 0, };
  const RunnelLogSpan span = { text, strlen (text), 0 };

  return runnel_log_shape_new (&span, &style);
}

static void
test_simple (void)
{
  g_autoptr(RunnelLogShape) shape = make ("\033[31mred\033[0m and");
  g_autoptr(RunnelLogShape) empty = make ("");

  g_assert_cmpstr (runnel_log_shape_get_text (shape)->text->str, ==, "red and");
  g_assert_cmpuint (runnel_log_shape_get_width (shape), ==, 7);
  g_assert_cmpuint (runnel_log_shape_get_height (shape, 0), ==, 1);
  g_assert_cmpuint (runnel_log_shape_get_height (shape, 7), ==, 1);
  g_assert_cmpuint (runnel_log_shape_get_height (shape, 6), ==, 2);
  g_assert_cmpuint (runnel_log_shape_get_height (shape, 1), ==, 7);
  g_assert_cmpuint (runnel_log_shape_get_height (empty, 10), ==, 1);
  g_assert_cmpuint (runnel_log_shape_find_byte (empty, 5, NULL), ==, 0);
}

static void
test_wide (void)
{
  g_autoptr(RunnelLogShape) shape = make ("a\t日e\xcc\x81z");
  guint cell;

  g_assert_cmpuint (runnel_log_shape_get_width (shape), ==, 8 + 2 + 1 + 1);
  g_assert_cmpuint (runnel_log_shape_find_byte (shape, 5, &cell), ==, 1); /* within the tab */
  g_assert_cmpuint (cell, ==, 1);
  g_assert_cmpuint (runnel_log_shape_find_byte (shape, 9, &cell), ==, 2);
  g_assert_cmpuint (cell, ==, 8);
  g_assert_cmpuint (runnel_log_shape_find_cell (shape, 5), ==, 10);
  g_assert_cmpuint (runnel_log_shape_find_cell (shape, 100), ==, 12);
}

/* Against a walk from the beginning. */
static void
test_random (void)
{
  for (guint turn = 0; turn < 20; turn++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(RunnelLogShape) shape = NULL;
      guint n = g_test_rand_int_range (0, 3000), cell = 0;

      for (guint i = 0; i < n; i++)
        g_string_append (text, (const char *[]) { "a", "é", "日", "\t", "b" }[
                                 g_test_rand_int_range (0, 5)]);
      shape = make (text->str);
      for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
        {
          guint width = *p == '\t' ? 8 - cell % 8 : g_utf8_get_char (p) == 0x65e5 ? 2 : 1, found;

          g_assert_cmpuint (runnel_log_shape_find_cell (shape, (gsize) (p - text->str)), ==, cell);
          for (guint i = 0; i < width; i++)
            {
              g_assert_cmpuint (runnel_log_shape_find_byte (shape, cell + i, &found), ==,
                                (gsize) (p - text->str));
              g_assert_cmpuint (found, ==, cell);
            }
          cell += width;
        }
      g_assert_cmpuint (runnel_log_shape_get_width (shape), ==, cell);
      g_assert_cmpuint (runnel_log_shape_find_byte (shape, cell, NULL), ==, text->len);
    }
}

static void
test_marker (void)
{
  g_autoptr(RunnelLogShape) group = make ("::group::Build");
  g_autoptr(RunnelLogShape) section = make ("section_start:1:x\r\033[0KBuild");

  g_assert_cmpint (runnel_log_shape_get_marker (group)->type, ==, RUNNEL_LOG_MARKER_GROUP);
  g_assert_cmpuint (runnel_log_shape_get_marker (group)->end, ==, 9);
  g_assert_null (runnel_log_shape_get_marker (section)); /* it was written over */
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/shape/simple", test_simple);
  g_test_add_func ("/log/shape/wide", test_wide);
  g_test_add_func ("/log/shape/random", test_random);
  g_test_add_func ("/log/shape/marker", test_marker);
  return g_test_run ();
}
