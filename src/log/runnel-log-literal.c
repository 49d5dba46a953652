/* runnel-log-literal.c: finds a text at the speed of memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-bytes.h"
#include "log/runnel-log-literal.h"

/* memchr() looks at 32 bytes at once, or whatever the processor has, for one byte; so it is given
 * the byte of the text that logs have least of. Only where it is found are others compared: first
 * the next rarest, which is hardly ever there by chance. Source: Andrew Gallant, the memchr crate,
 * "rare byte" prefilters. */

struct _RunnelLogLiteral
{
  char *text;         /* in small letters when capitals are the same */
  gsize length;
  gboolean caseless;
  gsize rare;         /* index of the byte that is looked for */
  gsize second;       /* index of the next rarest */
  char bytes[2];      /* what is looked for: the same twice, or small and capital */
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
choose_bytes (RunnelLogLiteral *self)
{
  for (gsize i = 1; i < self->length; i++)
    if (get_rarity (self, i) > get_rarity (self, self->rare))
      self->rare = i;
  self->second = self->rare == 0 ? self->length - 1 : 0;
  for (gsize i = 0; i < self->length; i++)
    if (i != self->rare && get_rarity (self, i) > get_rarity (self, self->second))
      self->second = i;
  self->bytes[0] = self->bytes[1] = self->text[self->rare];
  if (self->caseless)
    self->bytes[1] = g_ascii_toupper (self->bytes[0]);
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
is_byte (RunnelLogLiteral *self,
         char              byte,
         gsize             index)
{
  return (self->caseless ? g_ascii_tolower (byte) : byte) == self->text[index];
}

static inline gboolean
is_at (RunnelLogLiteral *self,
       const char       *start)
{
  if (!is_byte (self, start[self->second], self->second))
    return FALSE;
  if (self->caseless)
    return g_ascii_strncasecmp (start, self->text, self->length) == 0;
  return memcmp (start, self->text, self->length) == 0;
}

/* Where the two forms of the rare byte come next. Looking for both at once would be a loop of our
 * own; looking for one, then for the other, is two of memchr(), each of which is far faster. */
typedef struct
{
  const char *next[2]; /* NULL = not up to the end */
  const char *end;
} Hits;

static void
begin_hits (Hits             *hits,
            RunnelLogLiteral *self,
            const char       *start,
            const char       *end)
{
  hits->end = end;
  hits->next[0] = memchr (start, self->bytes[0], (gsize) (end - start));
  hits->next[1] = NULL;
  if (self->bytes[1] != self->bytes[0])
    hits->next[1] = memchr (start, self->bytes[1], (gsize) (end - start));
}

static const char *
take_hit (Hits             *hits,
          RunnelLogLiteral *self)
{
  guint i = !hits->next[0] || (hits->next[1] && hits->next[1] < hits->next[0]);
  const char *hit = hits->next[i];

  if (hit)
    hits->next[i] = memchr (hit + 1, self->bytes[i], (gsize) (hits->end - hit - 1));
  return hit;
}

/* Calls itself for no one: both users want it in their loop. */
static inline const char *
find_next (RunnelLogLiteral *self,
           Hits             *hits,
           const char       *from)
{
  const char *hit;

  while ((hit = take_hit (hits, self)))
    if (hit - self->rare >= from && is_at (self, hit - self->rare))
      return hit - self->rare;
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
  Hits hits;

  if (length < self->length)
    return NULL;
  begin_hits (&hits, self, text + self->rare, text + length - (self->length - 1 - self->rare));
  return find_next (self, &hits, text);
}

static guint
count_byte (RunnelLogLiteral *self,
            const char       *text,
            gsize             length)
{
  guint n = (guint) runnel_log_bytes_count (text, length, self->bytes[0]);

  if (self->bytes[1] != self->bytes[0])
    n += (guint) runnel_log_bytes_count (text, length, self->bytes[1]);
  return n;
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
  const char *from = text;
  guint n = 0;
  Hits hits;

  if (self->length == 1)
    return count_byte (self, text, length);
  if (length < self->length)
    return 0;
  begin_hits (&hits, self, text + self->rare, text + length - (self->length - 1 - self->rare));
  while ((from = find_next (self, &hits, from)))
    {
      n++;
      from += self->length;
    }
  return n;
}
