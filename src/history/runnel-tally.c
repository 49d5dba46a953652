/* runnel-tally.c: what there was of runs, or of a step in them, in one stretch of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As bytes, all of it numbers in base 128 (LEB128: seven bits a byte, the lowest first, the eighth
 * bit says that more follow): a mask of the fields that are not 0, these fields, the number of
 * bins, and of each bin the distance of its bucket from the one before and its count. A step that
 * succeeded once takes some fifteen bytes. A field that a later version adds is one more bit.
 */
#include "config.h"

#include "history/runnel-tally.h"

G_STATIC_ASSERT (RUNNEL_N_TALLY_FIELDS <= 64);

#define NUMBER_BITS 7
#define MORE_FOLLOWS 0x80

static const char *const names[RUNNEL_N_TALLY_FIELDS] = {
  [RUNNEL_TALLY_SUCCEEDED] = "succeeded",
  [RUNNEL_TALLY_FAILED] = "failed",
  [RUNNEL_TALLY_CANCELLED] = "cancelled",
  [RUNNEL_TALLY_SKIPPED] = "skipped",
  [RUNNEL_TALLY_REUSED] = "reused",
  [RUNNEL_TALLY_ATTEMPTS] = "attempts",
  [RUNNEL_TALLY_RETRIES] = "retries",
  [RUNNEL_TALLY_FLAKES] = "flaky-in-run",
  [RUNNEL_TALLY_FLIPS] = "flaky-between-runs",
  [RUNNEL_TALLY_ROLLBACKS] = "rollbacks",
  [RUNNEL_TALLY_DURATION] = "duration-us",
  [RUNNEL_TALLY_WORK] = "work-us",
  [RUNNEL_TALLY_CRITICAL] = "critical-us",
  [RUNNEL_TALLY_QUEUED] = "queued-us",
  [RUNNEL_TALLY_RETRYING] = "retrying-us",
  [RUNNEL_TALLY_ROLLING_BACK] = "rolling-back-us",
  [RUNNEL_TALLY_BEHIND_RUNS] = "behind-runs-us",
  [RUNNEL_TALLY_WAITED + RUNNEL_WAIT_UNKNOWN] = "waited-unknown-us",
  [RUNNEL_TALLY_WAITED + RUNNEL_WAIT_POOL] = "waited-pool-us",
  [RUNNEL_TALLY_WAITED + RUNNEL_WAIT_APPROVAL] = "waited-approval-us",
  [RUNNEL_TALLY_WAITED + RUNNEL_WAIT_RETRY] = "waited-retry-us",
  [RUNNEL_TALLY_WAITED + RUNNEL_WAIT_TIME] = "waited-time-us",
  [RUNNEL_TALLY_WAITED + RUNNEL_WAIT_HOLD] = "waited-hold-us",
};

/**
 * runnel_tally_field_to_string:
 * @self: a field
 *
 * Returns: (transfer none): its name on the command line and in exported tables
 */
const char *
runnel_tally_field_to_string (RunnelTallyField self)
{
  g_return_val_if_fail (self < RUNNEL_N_TALLY_FIELDS, NULL);

  return names[self];
}

/**
 * runnel_tally_clear:
 * @self: a tally
 *
 * Makes it empty.
 */
void
runnel_tally_clear (RunnelTally *self)
{
  runnel_histogram_clear (&self->durations);
  *self = (RunnelTally) { 0, };
}

/**
 * runnel_tally_is_empty:
 * @self: a tally
 *
 * Returns: whether there was nothing
 */
gboolean
runnel_tally_is_empty (const RunnelTally *self)
{
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    if (self->fields[i] != 0)
      return FALSE;
  return runnel_histogram_get_n_bins (&self->durations) == 0;
}

/**
 * runnel_tally_merge:
 * @self: a tally
 * @other: another one, which stays as it is
 * @sign: 1 to add it, -1 to take it away
 */
void
runnel_tally_merge (RunnelTally       *self,
                    const RunnelTally *other,
                    int                sign)
{
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    self->fields[i] += sign * other->fields[i];
  runnel_histogram_merge (&self->durations, &other->durations, sign);
}

/**
 * runnel_tally_get_n_judged:
 * @self: a tally
 *
 * Returns: how many came to an end by themselves, good or bad
 */
gint64
runnel_tally_get_n_judged (const RunnelTally *self)
{
  return self->fields[RUNNEL_TALLY_SUCCEEDED] + self->fields[RUNNEL_TALLY_FAILED];
}

/**
 * runnel_tally_get_success_rate:
 * @self: a tally
 *
 * Returns: the part of those that came to an end by themselves that succeeded, 0 to 1; -1 when
 *   there were none
 */
double
runnel_tally_get_success_rate (const RunnelTally *self)
{
  gint64 n_judged = runnel_tally_get_n_judged (self);

  return n_judged > 0 ? (double) self->fields[RUNNEL_TALLY_SUCCEEDED] / n_judged : -1;
}

/**
 * runnel_tally_get_n_flaky:
 * @self: a tally
 *
 * Returns: how often something failed and then succeeded without a change of definition
 */
gint64
runnel_tally_get_n_flaky (const RunnelTally *self)
{
  return self->fields[RUNNEL_TALLY_FLAKES] + self->fields[RUNNEL_TALLY_FLIPS];
}

/**
 * runnel_tally_get_lost:
 * @self: a tally
 *
 * Returns: microseconds that went to anything but what the steps are for: the queue, waits,
 *   attempts that had to be repeated, and undoing. A step that waits for a time is there to wait.
 */
gint64
runnel_tally_get_lost (const RunnelTally *self)
{
  gint64 lost = 0;

  for (guint i = RUNNEL_TALLY_QUEUED; i < RUNNEL_N_TALLY_FIELDS; i++)
    lost += self->fields[i];
  return lost - self->fields[RUNNEL_TALLY_WAITED + RUNNEL_WAIT_TIME];
}

/**
 * runnel_tally_pack_number:
 * @bytes: what to append to
 * @number: a number
 */
void
runnel_tally_pack_number (GByteArray *bytes,
                          guint64     number)
{
  guint8 buffer[10];
  guint n = 0;

  for (; number >= MORE_FOLLOWS; number >>= NUMBER_BITS)
    buffer[n++] = (guint8) number | MORE_FOLLOWS;
  buffer[n++] = (guint8) number;
  g_byte_array_append (bytes, buffer, n);
}

/**
 * runnel_tally_unpack_number:
 * @cursor: (inout): where to read; then what follows
 * @end: where the bytes end
 * @ret_number: (out): the number
 *
 * Returns: %FALSE when there is no whole number
 */
gboolean
runnel_tally_unpack_number (const guint8 **cursor,
                            const guint8  *end,
                            guint64       *ret_number)
{
  const guint8 *byte = *cursor;

  *ret_number = 0;
  for (guint shift = 0; byte < end && shift < 64; shift += NUMBER_BITS)
    {
      *ret_number |= (guint64) (*byte & ~MORE_FOLLOWS) << shift;
      if ((*byte++ & MORE_FOLLOWS) == 0)
        {
          *cursor = byte;
          return TRUE;
        }
    }
  return FALSE;
}

static void
pack_histogram (const RunnelHistogram *histogram,
                GByteArray            *bytes)
{
  guint n_bins = runnel_histogram_get_n_bins (histogram);
  guint bucket = 0;

  runnel_tally_pack_number (bytes, n_bins);
  for (guint i = 0; i < n_bins; i++)
    {
      RunnelBin bin = runnel_histogram_get_bin (histogram, i);

      runnel_tally_pack_number (bytes, bin.bucket - bucket);
      runnel_tally_pack_number (bytes, bin.count);
      bucket = bin.bucket;
    }
}

/**
 * runnel_tally_pack:
 * @self: a tally with nothing below 0
 * @bytes: what to append to
 */
void
runnel_tally_pack (const RunnelTally *self,
                   GByteArray        *bytes)
{
  guint64 mask = 0;

  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    if (self->fields[i] != 0)
      mask |= G_GUINT64_CONSTANT (1) << i;
  runnel_tally_pack_number (bytes, mask);
  for (guint i = 0; i < RUNNEL_N_TALLY_FIELDS; i++)
    if (self->fields[i] != 0)
      runnel_tally_pack_number (bytes, self->fields[i]);
  pack_histogram (&self->durations, bytes);
}

static gboolean
unpack_histogram (RunnelHistogram *histogram,
                  const guint8   **cursor,
                  const guint8    *end)
{
  guint64 n_bins, distance, count;
  RunnelBin bin = { 0, 0 };
  guint position = 0;

  if (!runnel_tally_unpack_number (cursor, end, &n_bins))
    return FALSE;
  for (; n_bins > 0; n_bins--)
    {
      if (!runnel_tally_unpack_number (cursor, end, &distance) ||
          !runnel_tally_unpack_number (cursor, end, &count))
        return FALSE;
      if (distance > RUNNEL_HISTOGRAM_MAX_BUCKET - bin.bucket || count > G_MAXINT32)
        return FALSE;
      bin.bucket += distance;
      bin.count = count;
      position = runnel_histogram_add_next (histogram, position, bin);
    }
  return TRUE;
}

/**
 * runnel_tally_unpack:
 * @self: a tally, to which what is read is added
 * @cursor: (inout): where to read; then what follows
 * @end: where the bytes end
 *
 * Returns: %FALSE when the bytes are no tally; then @self may have a part of it
 */
gboolean
runnel_tally_unpack (RunnelTally   *self,
                     const guint8 **cursor,
                     const guint8  *end)
{
  guint64 mask, value;

  if (!runnel_tally_unpack_number (cursor, end, &mask))
    return FALSE;
  for (guint i = 0; mask != 0; i++, mask >>= 1)
    {
      if ((mask & 1) == 0)
        continue;
      if (!runnel_tally_unpack_number (cursor, end, &value))
        return FALSE;
      if (i < RUNNEL_N_TALLY_FIELDS)
        self->fields[i] += value;
    }
  return unpack_histogram (&self->durations, cursor, end);
}

static gboolean
skip_numbers (const guint8 **cursor,
              const guint8  *end,
              guint64        n_numbers)
{
  for (; *cursor < end && n_numbers > 0; (*cursor)++)
    n_numbers -= (**cursor & MORE_FOLLOWS) == 0;
  return n_numbers == 0;
}

/**
 * runnel_tally_skip:
 * @cursor: (inout): where a tally begins; then what follows
 * @end: where the bytes end
 *
 * Returns: %FALSE when the bytes are no tally
 */
gboolean
runnel_tally_skip (const guint8 **cursor,
                   const guint8  *end)
{
  guint64 mask, n_bins;

  return runnel_tally_unpack_number (cursor, end, &mask) &&
         skip_numbers (cursor, end, __builtin_popcountll (mask)) &&
         runnel_tally_unpack_number (cursor, end, &n_bins) &&
         n_bins <= RUNNEL_HISTOGRAM_MAX_BUCKET + 1 && skip_numbers (cursor, end, 2 * n_bins);
}
