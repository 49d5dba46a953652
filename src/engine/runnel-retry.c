/* runnel-retry.c: whether and when a failed attempt is repeated
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "engine/runnel-retry.h"

#define LONGEST_DELAY (366.0 * G_TIME_SPAN_DAY)

/* The finaliser of MurmurHash3 (Austin Appleby, public domain) spreads near seeds. */
static double
draw (guint32 seed, guint attempt)
{
  guint32 h = seed ^ (attempt * 0x9e3779b9u);

  h = (h ^ (h >> 16)) * 0x85ebca6bu;
  h = (h ^ (h >> 13)) * 0xc2b2ae35u;
  h ^= h >> 16;
  return h / 4294967296.0;
}

/**
 * runnel_retry_applies:
 * @self: (nullable): how a step is retried; NULL = not at all
 * @attempt: the attempt that failed, from 1
 * @exit_code: its exit code, -1 = none
 *
 * Returns: whether there is an attempt left, and the exit code is one that is retried
 */
gboolean
runnel_retry_applies (const RunnelRetry *self, guint attempt, int exit_code)
{
  if (self == NULL || attempt > self->max)
    return FALSE;
  if (self->exit_codes == NULL)
    return TRUE;
  for (guint i = 0; i < self->n_exit_codes; i++)
    {
      if (self->exit_codes[i] == exit_code)
        return TRUE;
    }
  return FALSE;
}

/**
 * runnel_retry_get_delay:
 * @self: how a step is retried
 * @attempt: the attempt that failed, from 1
 * @seed: of the step; the same seed gives the same delay
 *
 * The delay grows by the factor `backoff` from one attempt to the next up to `max-delay`.
 * `jitter` is the share of it that is drawn at random: 0.2 makes it 80 to 100 per cent.
 *
 * Returns: microseconds until the next attempt
 */
gint64
runnel_retry_get_delay (const RunnelRetry *self, guint attempt, guint32 seed)
{
  double delay = self->delay * pow (self->backoff > 0 ? self->backoff : 1.0, attempt - 1.0);
  double limit = self->max_delay > 0 ? MIN (self->max_delay, LONGEST_DELAY) : LONGEST_DELAY;

  delay = CLAMP (delay, 0, limit);
  delay -= delay * CLAMP (self->jitter, 0, 1) * draw (seed, attempt);
  return (gint64) delay;
}
