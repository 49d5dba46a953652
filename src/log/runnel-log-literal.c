/* runnel-log-literal.c: finds a text at the speed of memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-bytes.h"
#include "log/runnel-log-literal.h"

/* Sixteen places at once are looked at for two bytes of the text, those that logs have least of.
 * Only where both are, which is hardly ever by chance, is the rest compared. Source: Wojciech Muła,
 * "SIMD-friendly algorithms for substring searching", with the choice of bytes of Andrew Gallant's
 * memchr crate ("packed pair"). */

#define N_AT_ONCE sizeof (RunnelLogBytes)
#define STRIDE (4 * N_AT_ONCE) /* looked through before anybody asks what was found */

struct _RunnelLogLiteral
{
  char *text;         /* in small letters when capitals are the same */
  gsize length;
  gboolean caseless;
  gsize rare;         /* index of the byte that logs have least of */
  gsize second;       /* index of the next rarest; the same when there is no other */
  guint8 bytes[2];    /* these two */
  guint8 small[2];    /* the bit that makes capitals small, where they are the same; or 0 */
};

/* From the most frequent on, counted in the logs of builds, tests and servers. What is not here is
 * rarer. */
static const char frequent[] =
  " e0t1o2i-rsanl:./c3d4p5mu6f879h_gbT\n=,vyS[]wAE\tkCI()OR'DN\"xLPMFUBq\\jzG+VHWX|*Y<>KJ#Z&{}Q;?@!%$~`^";

static guint
get_rank (char byte)
{
  const char *found = byte != '\0' ? strchr (frequent, byte) : NULL;

  return found ? (guint) (found - frequent) : G_N_ELEMENTS (frequent);
}

/* A letter whose capital is meant too is as frequent as both. */
static guint
get_rarity (RunnelLogLiteral *self,
            gsize             index)
{
  char byte = self->text[index];

  if (self->caseless && g_ascii_isalpha (byte))
    return MIN (get_rank (byte), get_rank (g_ascii_toupper (byte))) / 2;
  return get_rank (byte);
}

static void
prepare_byte (RunnelLogLiteral *self,
              guint             i,
              gsize             index)
{
  self->bytes[i] = (guint8) self->text[index];
  self->small[i] = self->caseless && g_ascii_isalpha (self->text[index]) ? 'a' - 'A' : 0;
}

static void
choose_bytes (RunnelLogLiteral *self)
{
  for (gsize i = 1; i < self->length; i++)
    if (get_rarity (self, i) > get_rarity (self, self->rare))
      self->rare = i;
  self->second = self->rare == 0 ? self->length - 1 : 0;
  for (gsize i = 0; i < self->length; i++)
    if (i != self->rare && get_rarity (self, i) > get_rarity (self, self->second))
      self->second = i;
  prepare_byte (self, 0, self->rare);
  prepare_byte (self, 1, self->second);
}

/**
 * runnel_log_literal_new:
 * @text: (array length=length): what is looked for; at least one byte
 * @length: of @text
 * @caseless: whether capitals and small letters of ASCII are the same
 *
 * Returns: (transfer full): the text, prepared
 */
RunnelLogLiteral *
runnel_log_literal_new (const char *text,
                        gsize       length,
                        gboolean    caseless)
{
  RunnelLogLiteral *self;

  g_return_val_if_fail (length > 0, NULL);

  self = g_new0 (RunnelLogLiteral, 1);
  self->text = caseless ? g_ascii_strdown (text, (gssize) length)
                        : g_memdup2 (text, length);
  self->length = length;
  self->caseless = caseless;
  choose_bytes (self);
  return self;
}

void
runnel_log_literal_free (RunnelLogLiteral *self)
{
  g_free (self->text);
  g_free (self);
}

static inline gboolean
is_at (const RunnelLogLiteral *self,
       const char             *start)
{
  if (self->caseless)
    return g_ascii_strncasecmp (start, self->text, self->length) == 0;
  return memcmp (start, self->text, self->length) == 0;
}

/* At which of sixteen places both bytes are. */
static inline RunnelLogBytes
get_hits (const RunnelLogLiteral *self,
          const char             *start)
{
  RunnelLogBytes rare, second;

  memcpy (&rare, start + self->rare, sizeof rare);
  memcpy (&second, start + self->second, sizeof second);
  return (RunnelLogBytes) ((rare | self->small[0]) == self->bytes[0]) &
         (RunnelLogBytes) ((second | self->small[1]) == self->bytes[1]);
}

static inline gboolean
has_any (RunnelLogBytes hits)
{
  guint64 words[2];

  memcpy (words, &hits, sizeof words);
  return (words[0] | words[1]) != 0;
}

/* Skips what has none of them. There are `n` places. */
static inline const char *
skip (const RunnelLogLiteral *self,
      const char             *start,
      gsize                  *n)
{
  while (*n >= STRIDE && !has_any (get_hits (self, start) | get_hits (self, start + N_AT_ONCE) |
                                   get_hits (self, start + 2 * N_AT_ONCE) |
                                   get_hits (self, start + 3 * N_AT_ONCE)))
    {
      start += STRIDE;
      *n -= STRIDE;
    }
  return start;
}

static inline const char *
find_in_hits (const RunnelLogLiteral *self,
              const char             *start)
{
  RunnelLogBytes hits = get_hits (self, start);
  guint64 words[2];

  memcpy (words, &hits, sizeof words);
  for (guint i = 0; i < 2; i++)
    for (guint64 word = GUINT64_FROM_LE (words[i]); word != 0;)
      {
        guint bit = (guint) __builtin_ctzll (word);
        const char *place = start + i * sizeof word + bit / 8;

        if (is_at (self, place))
          return place;
        word &= ~(G_GUINT64_CONSTANT (0xff) << bit);
      }
  return NULL;
}

/**
 * runnel_log_literal_find:
 * @text: (array length=length): any bytes
 * @length: of @text
 *
 * Returns: (nullable): where in @text it is first
 */
const char *
runnel_log_literal_find (RunnelLogLiteral *self,
                         const char       *text,
                         gsize             length)
{
  gsize n = length >= self->length ? length - self->length + 1 : 0;
  const char *found;

  while ((text = skip (self, text, &n)), n >= N_AT_ONCE)
    {
      if ((found = find_in_hits (self, text)))
        return found;
      text += N_AT_ONCE;
      n -= N_AT_ONCE;
    }
  for (; n > 0; n--, text++)
    if (is_at (self, text))
      return text;
  return NULL;
}

static guint
count_byte (RunnelLogLiteral *self,
            const char       *text,
            gsize             length)
{
  gsize n = runnel_log_bytes_count (text, length, self->text[0]);

  if (self->small[0])
    n += runnel_log_bytes_count (text, length, g_ascii_toupper (self->text[0]));
  return (guint) n;
}

/**
 * runnel_log_literal_count:
 * @text: (array length=length): any bytes
 * @length: of @text
 *
 * Returns: how often it is in @text, without those that overlap one before
 */
guint
runnel_log_literal_count (RunnelLogLiteral *self,
                          const char       *text,
                          gsize             length)
{
  const char *end = text + length;
  guint n = 0;

  if (self->length == 1)
    return count_byte (self, text, length);
  while ((text = runnel_log_literal_find (self, text, (gsize) (end - text))))
    {
      n++;
      text += self->length;
    }
  return n;
}
