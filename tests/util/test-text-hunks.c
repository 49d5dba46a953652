/* test-text-hunks.c: which lines turn one text into another
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "util/runnel-text-hunks.h"

#define N_RANDOM 500

/* Does what the hunks say to the lines of `from`. */
static char *
patch (const char *from,
       GArray     *hunks)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) text = g_string_new (NULL);
  guint next = 0;

  while (*from)
    {
      const char *end = strchrnul (from, '\n');
      gsize length = (gsize) (end - from) + (*end == '\n');

      g_ptr_array_add (lines, g_strndup (from, length));
      from += length;
    }
  for (guint i = 0; i < hunks->len; i++)
    {
      const RunnelTextHunk *hunk = &g_array_index (hunks, RunnelTextHunk, i);

      g_assert_cmpuint (hunk->line, >=, next);
      while (next < hunk->line)
        g_string_append (text, g_ptr_array_index (lines, next++));
      g_string_append_len (text, hunk->text, (gssize) hunk->length);
      next += hunk->n_removed;
    }
  while (next < lines->len)
    g_string_append (text, g_ptr_array_index (lines, next++));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_hunks (const char *from,
              const char *to,
              guint       n_hunks)
{
  g_autoptr(GArray) hunks = runnel_text_hunks_new (from, to);
  g_autofree char *text = patch (from, hunks);

  g_assert_cmpstr (text, ==, to);
  g_assert_cmpuint (hunks->len, ==, n_hunks);
}

static void
test_cases (void)
{
  assert_hunks ("", "", 0);
  assert_hunks ("a\nb\n", "a\nb\n", 0);
  assert_hunks ("", "a\nb\n", 1);
  assert_hunks ("a\nb\n", "", 1);
  assert_hunks ("a\nb\nc\n", "a\nx\nc\n", 1);
  assert_hunks ("a\nb", "a\nb\n", 1);
  /* Far apart: what lies between stays. */
  assert_hunks ("1\n2\n3\n4\n5\n6\n7\n", "1\nx\n3\n4\n5\n7\ny\n", 3);
  assert_hunks ("a\n}\nb\n}\nc\n}\n", "a\n}\nnew\n}\nb\n}\nc\n}\n", 1);
}

static void
test_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autoptr(GString) from = g_string_new (NULL), to = g_string_new (NULL);
      g_autoptr(GArray) hunks = NULL;
      g_autofree char *text = NULL;

      for (guint j = 0; j < 12; j++)
        {
          g_string_append_printf (from, "%d\n", g_rand_int_range (rand, 0, 15));
          g_string_append_printf (to, "%d\n", g_rand_int_range (rand, 0, 15));
        }
      hunks = runnel_text_hunks_new (from->str, to->str);
      text = patch (from->str, hunks);
      g_assert_cmpstr (text, ==, to->str);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/util/text-hunks/cases", test_cases);
  g_test_add_func ("/util/text-hunks/random", test_random);
  return g_test_run ();
}
