/* runnel-log-words.c: finds any of several words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-words.h"

/* Source: Sun Wu and Udi Manber, "A fast algorithm for multi-pattern searching", 1994, with blocks
 * of two characters. A window as long as the shortest word moves over the text; the last two
 * characters in it tell how far it may move on without missing anything, and the first two whether
 * any word begins like that. */

#define N_PAIRS 65536

struct _RunnelLogWords
{
  char **words;          /* in small letters */
  guint n_words;
  guint window;          /* characters */
  guint8 shift[N_PAIRS]; /* by the last two of them; 0 = a word may begin at the window */
  guint8 starts[N_PAIRS / 8]; /* a bit for each pair that a word begins with */
};

static guint
get_pair (const char *text)
{
  return (guint) (guchar) text[0] << 8 | (guchar) text[1];
}

static void
set_pair (RunnelLogWords *self,
          char            first,
          char            second,
          guint           end)
{
  const char text[] = { first, second };
  guint pair = get_pair (text);

  self->shift[pair] = (guint8) MIN (self->shift[pair], self->window - end);
  if (end == 2)
    self->starts[pair / 8] |= (guint8) (1 << pair % 8);
}

/* Two characters, with small letters and capitals in all combinations. */
static void
add_pair (RunnelLogWords *self,
          const char     *word,
          guint           end)
{
  const char *pair = word + end - 2;

  set_pair (self, pair[0], pair[1], end);
  set_pair (self, pair[0], g_ascii_toupper (pair[1]), end);
  set_pair (self, g_ascii_toupper (pair[0]), pair[1], end);
  set_pair (self, g_ascii_toupper (pair[0]), g_ascii_toupper (pair[1]), end);
}

/**
 * runnel_log_words_new:
 * @words: (array length=n_words): at least two characters each
 * @n_words: how many
 *
 * Returns: (transfer full): the words, prepared; small letters and capitals of ASCII are the same
 */
RunnelLogWords *
runnel_log_words_new (const char *const *words,
                      guint              n_words)
{
  RunnelLogWords *self = g_new0 (RunnelLogWords, 1);

  self->words = g_new0 (char *, n_words + 1);
  self->n_words = n_words;
  self->window = 64;
  for (guint i = 0; i < n_words; i++)
    {
      self->words[i] = g_ascii_strdown (words[i], -1);
      self->window = MIN (self->window, (guint) strlen (words[i]));
    }
  g_assert (self->window >= 2);

  memset (self->shift, (int) self->window - 1, sizeof self->shift);
  for (guint i = 0; i < n_words; i++)
    for (guint end = 2; end <= self->window; end++)
      add_pair (self, self->words[i], end);
  return self;
}

void
runnel_log_words_free (RunnelLogWords *self)
{
  g_strfreev (self->words);
  g_free (self);
}

static gboolean
is_word_at (RunnelLogWords *self,
            const char     *text,
            gsize           length)
{
  guint start = get_pair (text);

  if (!(self->starts[start / 8] >> start % 8 & 1))
    return FALSE;
  for (guint i = 0; i < self->n_words; i++)
    {
      gsize n = strlen (self->words[i]);

      if (n <= length && g_ascii_strncasecmp (text, self->words[i], n) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * runnel_log_words_find:
 * @text: (array length=length): any bytes
 * @length: of @text
 *
 * Returns: (nullable): where in @text the first of the words is
 */
const char *
runnel_log_words_find (RunnelLogWords *self,
                       const char     *text,
                       gsize           length)
{
  const char *end = text + length, *last = end - self->window;

  if (length < self->window)
    return NULL;
  while (text <= last)
    {
      guint shift = self->shift[get_pair (text + self->window - 2)];

      if (shift > 0)
        text += shift;
      else if (is_word_at (self, text, (gsize) (end - text)))
        return text;
      else
        text++;
    }
  return NULL;
}
