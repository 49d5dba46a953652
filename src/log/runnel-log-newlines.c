/* runnel-log-newlines.c: counts the ends of lines
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-newlines.h"

#define EACH_BYTE(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (byte))
#define WORDS_AT_ONCE 128 /* each byte of the sum counts to 255 at most */

/* Lines are short, and memchr() has to begin anew for each. This looks at eight bytes at once.
 * Source: Henry S. Warren, Hacker's Delight, 6-1, "find first 0-byte", in its exact form: the top
 * bit of each byte of `t` is 0 where the byte of `x` is not. */
static guint64
mark_newlines (const char *text)
{
  guint64 x, t;

  memcpy (&x, text, sizeof x);
  x ^= EACH_BYTE ('\n');
  t = (x & EACH_BYTE (0x7f)) + EACH_BYTE (0x7f);
  t = ~(t | x | EACH_BYTE (0x7f));
  return t >> 7;
}

static guint64
sum_bytes (guint64 counts)
{
  guint64 pairs = (counts & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff)) +
                  ((counts >> 8) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff));

  return (pairs * G_GUINT64_CONSTANT (0x0001000100010001)) >> 48;
}

/**
 * runnel_log_newlines_count:
 * @text: (array length=length): any bytes
 * @length: how many
 *
 * Returns: how many newlines there are
 */
gsize
runnel_log_newlines_count (const char *text,
                           gsize       length)
{
  gsize n = 0;

  for (; length >= WORDS_AT_ONCE * 8; length -= WORDS_AT_ONCE * 8, text += WORDS_AT_ONCE * 8)
    {
      guint64 counts = 0;

      for (guint i = 0; i < WORDS_AT_ONCE; i++)
        counts += mark_newlines (text + i * 8);
      n += sum_bytes (counts);
    }
  for (; length > 0; length--, text++)
    n += *text == '\n';
  return n;
}
