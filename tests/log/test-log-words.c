/* test-log-words.c: finds any of several words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "log/runnel-log-words.h"

static const char *
find_slowly (const char        *text,
             gsize              length,
             const char *const *words,
             guint              n_words)
{
  for (gsize i = 0; i < length; i++)
    for (guint k = 0; k < n_words; k++)
      {
        gsize n = strlen (words[k]);

        if (i + n <= length && g_ascii_strncasecmp (text + i, words[k], n) == 0)
          return text + i;
      }
  return NULL;
}

static void
test_random (void)
{
  for (guint turn = 0; turn < 5000; turn++)
    {
      char text[200], buffers[5][8];
      const char *found[5];
      guint n_words = g_test_rand_int_range (1, 5);
      gsize length = (gsize) g_test_rand_int_range (0, 200);
      g_autoptr(RunnelLogWords) words = NULL;

      for (guint k = 0; k < n_words; k++)
        {
          guint n = g_test_rand_int_range (2, 7);

          for (guint i = 0; i < n; i++)
            buffers[k][i] = "abAB* "[g_test_rand_int_range (0, 6)];
          buffers[k][n] = '\0';
          found[k] = buffers[k];
        }
      for (gsize i = 0; i < length; i++)
        text[i] = "abcABC* \0\xff"[g_test_rand_int_range (0, 10)];
      words = runnel_log_words_new (found, n_words);
      g_assert_true (runnel_log_words_find (words, text, length)
                     == find_slowly (text, length, found, n_words));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/words/random", test_random);
  return g_test_run ();
}
