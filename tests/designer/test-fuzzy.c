/* test-fuzzy.c: what fits what was typed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/commands/runnel-fuzzy.h"

static void
assert_better (const char *typed,
               const char *better,
               const char *worse)
{
  g_assert_cmpuint (runnel_fuzzy_rank (better, typed), >, runnel_fuzzy_rank (worse, typed));
}

static void
test_order (void)
{
  assert_better ("sel", "select all", "zoom to selection");
  assert_better ("sel", "zoom to selection", "counsel");
  assert_better ("sel", "counsel", "save each log");
  assert_better ("se lo", "save each log", "save");
}

static void
test_initials (void)
{
  g_assert_cmpuint (runnel_fuzzy_rank ("zoom to selection", "zs"), >, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("zoom to selection", "zose"), >, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("zoom to selection", "zse"), >, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("zoom to selection", "zm"), ==, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("an aunt", "aun"), >, 0);
}

static void
test_misses (void)
{
  g_assert_cmpuint (runnel_fuzzy_rank ("select all", "select none"), ==, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("", "a"), ==, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("anything", ""), >, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("anything", " any  "), >, 0);
}

/* A name made to have too many ways to be read takes no longer than others. */
static void
test_hostile (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) typed = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "aaaa ");
  for (guint i = 0; i < 60; i++)
    g_string_append_c (typed, 'a');
  g_string_append_c (typed, 'b');
  g_assert_cmpuint (runnel_fuzzy_rank (text->str, typed->str), ==, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("größe ändern", "äg"), ==, 0);
  g_assert_cmpuint (runnel_fuzzy_rank ("größe ändern", "gä"), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/designer/fuzzy/order", test_order);
  g_test_add_func ("/designer/fuzzy/initials", test_initials);
  g_test_add_func ("/designer/fuzzy/misses", test_misses);
  g_test_add_func ("/designer/fuzzy/hostile", test_hostile);
  return g_test_run ();
}
