/* runnel-fuzzy.c: how well a text fits what somebody typed to find it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/commands/runnel-fuzzy.h"

#define MAX_INITIALS 8

enum
{
  RANK_NONE = 0,
  RANK_INITIALS = 1, /* letters that begin words: "zs" for "zoom to selection" */
  RANK_INSIDE = 2,
  RANK_WORD = 4,     /* the beginning of a word */
  RANK_BEGINNING = 6,
};

static gboolean
begins_word (const char *text,
             const char *place)
{
  return place == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (place)));
}

/* Whether the rest of what was typed is found from `place` on, each letter either right behind the
 * one before or at the beginning of a later word. */
static gboolean
follow_initials (const char *text,
                 const char *place,
                 const char *typed)
{
  if (*typed == '\0')
    return TRUE;
  if (*place == '\0')
    return FALSE;
  if (g_utf8_get_char (place) == g_utf8_get_char (typed)
      && follow_initials (text, g_utf8_next_char (place), g_utf8_next_char (typed)))
    return TRUE;

  for (place = g_utf8_next_char (place); *place != '\0'; place = g_utf8_next_char (place))
    if (begins_word (text, place) && g_utf8_get_char (place) == g_utf8_get_char (typed))
      return follow_initials (text, place, typed);
  return FALSE;
}

/* Words of which people type initials are short, and long ones would try too many ways to go. */
static gboolean
has_initials (const char *text,
              const char *word)
{
  if (g_utf8_strlen (word, -1) > MAX_INITIALS)
    return FALSE;

  for (const char *place = text; *place != '\0'; place = g_utf8_next_char (place))
    if (begins_word (text, place) && g_utf8_get_char (place) == g_utf8_get_char (word)
        && follow_initials (text, place, word))
      return TRUE;
  return FALSE;
}

static guint
rank_word (const char *text,
           const char *word)
{
  const char *found = strstr (text, word);

  if (found == text)
    return RANK_BEGINNING;
  for (const char *place = found; place != NULL; place = strstr (place + 1, word))
    if (begins_word (text, place))
      return RANK_WORD;
  if (found != NULL)
    return RANK_INSIDE;
  return has_initials (text, word) ? RANK_INITIALS : RANK_NONE;
}

/**
 * runnel_fuzzy_rank:
 * @text: a title, case folded
 * @typed: words separated by spaces, case folded
 *
 * Every word must be found: at best at the beginning of the text, then of a word in it, then
 * anywhere, and at last as the first letters of words.
 *
 * Returns: 0 when the text does not fit; otherwise the more the better it does
 */
guint
runnel_fuzzy_rank (const char *text,
                   const char *typed)
{
  g_auto(GStrv) words = NULL;
  guint sum = 1;

  g_return_val_if_fail (text, 0);
  g_return_val_if_fail (typed, 0);

  words = g_strsplit (typed, " ", -1);
  for (guint i = 0; words[i]; i++)
    {
      guint rank = *words[i] != '\0' ? rank_word (text, words[i]) : 1;

      if (rank == 0)
        return 0;
      sum += rank;
    }
  return sum;
}
