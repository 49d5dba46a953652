/* runnel-log-bytes.c: counts bytes of one kind
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-bytes.h"

#define MOST_AT_ONCE 255 /* each byte of a sum holds no more */

static gsize
sum_up (RunnelLogBytes counts)
{
  gsize sum = 0;

  for (guint i = 0; i < sizeof counts; i++)
    sum += counts[i];
  return sum;
}

/**
 * runnel_log_bytes_count:
 * @text: (array length=length): any bytes
 * @length: how many
 * @byte: one of them
 *
 * Counts what is too frequent for memchr(), which has to begin anew after each, as ends of lines
 * are.
 *
 * Returns: how often @byte is in @text
 */
gsize
runnel_log_bytes_count (const char *text,
                        gsize       length,
                        char        byte)
{
  gsize n = 0;

  while (length >= sizeof (RunnelLogBytes))
    {
      gsize n_at_once = MIN (length / sizeof (RunnelLogBytes), MOST_AT_ONCE);
      RunnelLogBytes counts = { 0, }, bytes;

      for (gsize i = 0; i < n_at_once; i++, text += sizeof bytes)
        {
          memcpy (&bytes, text, sizeof bytes);
          counts -= (RunnelLogBytes) (bytes == (guint8) byte);
        }
      n += sum_up (counts);
      length -= n_at_once * sizeof bytes;
    }
  for (; length > 0; length--, text++)
    n += *text == byte;
  return n;
}
