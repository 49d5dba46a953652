/* runnel-run-tally.h: what one run adds to the statistics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "history/runnel-tally.h"

G_BEGIN_DECLS

/* Whether a row of run takes back what another run did. */
#define RUNNEL_SQL_TAKES_BACK "trigger = 'rollback'"
/* Whether it came to an end by itself, good or bad, and is a run of the whole pipeline. */
#define RUNNEL_SQL_RUN_IS_JUDGED "state IN (4, 5, 6) AND trigger <> 'rollback'"

/* Read from the rows of a run that is over. */
typedef struct
{
  gboolean is_judged;  /* it came to an end by itself: what failed in it may succeed in the next */
  gint64 pipeline;
  gint64 definition;
  gint64 started;      /* microseconds since 1970 */
  RunnelTally run;     /* in it, sums over all steps */
  GPtrArray *ids;      /* of char *: the steps of the definition in their order */
  RunnelTally *steps;  /* of each; what their legs and undos did is theirs */
} RunnelRunTally;

RunnelRunTally *_runnel_run_tally_new  (RunnelHistory   *history,
                                        gint64           run,
                                        GError         **error);
RunnelRunTally *_runnel_run_tally_new_flips (RunnelHistory *history,
                                       gint64           run,
                                       gint64           before,
                                       GError         **error);
void            _runnel_run_tally_free (RunnelRunTally  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunTally, _runnel_run_tally_free)

G_END_DECLS
