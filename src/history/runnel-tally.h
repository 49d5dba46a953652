/* runnel-tally.h: what there was of runs, or of a step in them, in one stretch of time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-wait-kind.h"
#include "history/runnel-histogram.h"

G_BEGIN_DECLS

/* Numbers, and sums of microseconds. Their places in what is stored: append only. */
typedef enum
{
  RUNNEL_TALLY_SUCCEEDED,
  RUNNEL_TALLY_FAILED,       /* timed out, too */
  RUNNEL_TALLY_CANCELLED,    /* interrupted, too: neither says whether it would have succeeded */
  RUNNEL_TALLY_SKIPPED,
  RUNNEL_TALLY_REUSED,       /* an earlier result was taken */
  RUNNEL_TALLY_ATTEMPTS,
  RUNNEL_TALLY_RETRIES,      /* attempts beyond the first of a step */
  RUNNEL_TALLY_FLAKES,       /* a step that failed, was tried again and succeeded */
  RUNNEL_TALLY_FLIPS,        /* a step that succeeded, and had failed in the run of the same definition before */
  RUNNEL_TALLY_ROLLBACKS,    /* undos that ran */
  RUNNEL_TALLY_DURATION,     /* µs, of what succeeded */
  RUNNEL_TALLY_WORK,         /* µs, of attempts, without what they waited */
  RUNNEL_TALLY_CRITICAL,     /* µs, on the critical path */
  RUNNEL_TALLY_QUEUED,       /* µs, could start, but there was no free place */
  RUNNEL_TALLY_RETRYING,     /* µs, attempts that had to be repeated, and the delays after them */
  RUNNEL_TALLY_ROLLING_BACK, /* µs, of undos */
  RUNNEL_TALLY_BEHIND_RUNS,  /* µs, of a run, for others of its group */
  RUNNEL_TALLY_WAITED,       /* µs, a place for each RunnelWaitKind from here on */
  RUNNEL_N_TALLY_FIELDS = RUNNEL_TALLY_WAITED + RUNNEL_N_WAIT_KINDS
} RunnelTallyField;

/* All zero is an empty one; runnel_tally_clear() frees what it holds. */
typedef struct
{
  gint64 fields[RUNNEL_N_TALLY_FIELDS];
  RunnelHistogram durations; /* µs, of what succeeded */
} RunnelTally;

const char *runnel_tally_field_to_string (RunnelTallyField  self);

void     runnel_tally_clear            (RunnelTally        *self);
gboolean runnel_tally_is_empty         (const RunnelTally  *self);
void     runnel_tally_merge            (RunnelTally        *self,
                                        const RunnelTally  *other,
                                        int                 sign);
gint64   runnel_tally_get_n_judged     (const RunnelTally  *self);
double   runnel_tally_get_success_rate (const RunnelTally  *self);
gint64   runnel_tally_get_n_flaky      (const RunnelTally  *self);
gint64   runnel_tally_get_lost         (const RunnelTally  *self);
void     runnel_tally_pack             (const RunnelTally  *self,
                                        GByteArray         *bytes);
gboolean runnel_tally_unpack           (RunnelTally        *self,
                                        const guint8      **cursor,
                                        const guint8       *end);
gboolean runnel_tally_skip             (const guint8      **cursor,
                                        const guint8       *end);

/* Numbers of any size, small ones in few bytes. */
void     runnel_tally_pack_number      (GByteArray         *bytes,
                                        guint64             number);
gboolean runnel_tally_unpack_number    (const guint8      **cursor,
                                        const guint8       *end,
                                        guint64            *ret_number);

G_END_DECLS
