/* test-markup.c: the simple markup of notes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/canvas/runnel-markup.h"

static void
test_text (void)
{
  static const char *const cases[][2] = {
    { "", "" },
    { "plain", "plain" },
    { "# Heading\nand **bold**", "Heading\nand bold" },
    { "#no heading, #### nor this", "#no heading, #### nor this" },
    { "*a* _b_ `c` **d *e* f**", "a b c d e f" },
    { "- one\n  * two\n1. three", "•  one\n  •  two\n1. three" },
    { "[site](https://a.b/c) https://d.e.", "site https://d.e." },
    { "```\nx * y * z\n```\nend", "\nx * y * z\nend" },
    /* no marks */
    { "2 * 3 * 4", "2 * 3 * 4" },
    { "a file_name_here and ** nothing", "a file_name_here and ** nothing" },
    { "`open *and [so] on](", "`open *and [so] on](" },
    { "\\*not\\* \\\\", "*not* \\" },
    { "é *ü* ö", "é ü ö" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RunnelMarkup) markup = runnel_markup_parse (cases[i][0]);

      g_assert_cmpstr (markup->text, ==, cases[i][1]);
      g_assert_true (g_utf8_validate (markup->text, -1, NULL));
    }
}

static void
test_links (void)
{
  g_autoptr(RunnelMarkup) markup =
    runnel_markup_parse ("See [the *site*](mailto:a@b), or (https://c.d/e?f).");

  g_assert_cmpstr (markup->text, ==, "See the *site*, or (https://c.d/e?f).");
  g_assert_cmpuint (markup->links->len, ==, 2);
  g_assert_cmpstr (runnel_markup_find_link (markup, 4), ==, "mailto:a@b");
  g_assert_cmpstr (runnel_markup_find_link (markup, 13), ==, "mailto:a@b");
  g_assert_null (runnel_markup_find_link (markup, 14));
  g_assert_cmpstr (runnel_markup_find_link (markup, 22), ==, "https://c.d/e?f");
}

/* whatever is in a file can be read */
static void
test_random (void)
{
  static const char *const pieces[] = { "*", "**", "_", "`", "```", "\n", "[", "](", ")", "# ", "- ",
                                        "\\", "a", " ", "é", "https://x", "http" };
  GRand *rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr(GString) source = g_string_new (NULL);
      g_autoptr(RunnelMarkup) markup = NULL;

      for (int n = g_rand_int_range (rand, 0, 40); n > 0; n--)
        g_string_append (source, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      markup = runnel_markup_parse (source->str);
      g_assert_true (g_utf8_validate (markup->text, -1, NULL));
    }

  g_rand_free (rand);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canvas/markup/text", test_text);
  g_test_add_func ("/canvas/markup/links", test_links);
  g_test_add_func ("/canvas/markup/random", test_random);

  return g_test_run ();
}
