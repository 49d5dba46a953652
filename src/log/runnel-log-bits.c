/* runnel-log-bits.c: which of the lines of a block
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-bits.h"

#define WORD_BITS 64

static guint
count_words (guint n)
{
  return (n + WORD_BITS - 1) / WORD_BITS;
}

/**
 * runnel_log_bits_new:
 * @n: how many lines there are
 *
 * Returns: (transfer full): none of the lines; to be freed with g_free()
 */
RunnelLogBits *
runnel_log_bits_new (guint n)
{
  RunnelLogBits *self = g_malloc0 (sizeof (RunnelLogBits) + count_words (n) * sizeof (guint64));

  self->n = n;
  return self;
}

RunnelLogBits *
runnel_log_bits_copy (const RunnelLogBits *self)
{
  return g_memdup2 (self, sizeof (RunnelLogBits) + count_words (self->n) * sizeof (guint64));
}

void
runnel_log_bits_set (RunnelLogBits *self,
                     guint          bit)
{
  g_assert (bit < self->n);

  self->words[bit / WORD_BITS] |= G_GUINT64_CONSTANT (1) << bit % WORD_BITS;
}

/**
 * runnel_log_bits_set_range:
 * @from: the first line
 * @to: the one behind the last; what is behind all lines is left out
 * @value: whether they are among them
 */
void
runnel_log_bits_set_range (RunnelLogBits *self,
                           guint          from,
                           guint          to,
                           gboolean       value)
{
  guint end = MIN (to, self->n);

  for (guint bit = from; bit < end;)
    {
      guint n = MIN (WORD_BITS - bit % WORD_BITS, end - bit);
      guint64 mask = n == WORD_BITS ? G_MAXUINT64 : ((G_GUINT64_CONSTANT (1) << n) - 1);

      mask <<= bit % WORD_BITS;
      if (value)
        self->words[bit / WORD_BITS] |= mask;
      else
        self->words[bit / WORD_BITS] &= ~mask;
      bit += n;
    }
}

gboolean
runnel_log_bits_get (const RunnelLogBits *self,
                     guint                bit)
{
  return bit < self->n && self->words[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

/**
 * runnel_log_bits_count:
 * @end: a line
 *
 * Returns: how many lines before @end are among them
 */
guint
runnel_log_bits_count (const RunnelLogBits *self,
                       guint                end)
{
  guint n = 0;

  end = MIN (end, self->n);
  for (guint i = 0; i < end / WORD_BITS; i++)
    n += (guint) __builtin_popcountll (self->words[i]);
  if (end % WORD_BITS > 0)
    n += (guint) __builtin_popcountll (self->words[end / WORD_BITS] << (WORD_BITS - end % WORD_BITS));
  return n;
}

/**
 * runnel_log_bits_find:
 * @nth: which one of them, from 0
 *
 * Returns: the line; the number of lines when there are not so many
 */
guint
runnel_log_bits_find (const RunnelLogBits *self,
                      guint                nth)
{
  for (guint i = 0; i < count_words (self->n); i++)
    {
      guint64 word = self->words[i];
      guint n = (guint) __builtin_popcountll (word);

      if (nth >= n)
        {
          nth -= n;
          continue;
        }
      for (; nth > 0; nth--)
        word &= word - 1; /* without its lowest bit */
      return i * WORD_BITS + (guint) __builtin_ctzll (word);
    }
  return self->n;
}

/**
 * runnel_log_bits_next:
 * @from: a line
 *
 * Returns: the first of them that is not before @from; the number of lines when there is none
 */
guint
runnel_log_bits_next (const RunnelLogBits *self,
                      guint                from)
{
  if (from >= self->n)
    return self->n;

  for (guint i = from / WORD_BITS; i < count_words (self->n); i++)
    {
      guint64 word = self->words[i];

      if (i == from / WORD_BITS)
        word &= G_MAXUINT64 << from % WORD_BITS;
      if (word != 0)
        return i * WORD_BITS + (guint) __builtin_ctzll (word);
    }
  return self->n;
}
