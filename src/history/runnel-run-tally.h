/* runnel-run-tally.h: what one run adds to the statistics
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"
#include "history/runnel-tally.h"

G_BEGIN_DECLS

/* Read from the rows of a run that is over. */
typedef struct
{
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
void            _runnel_run_tally_free (RunnelRunTally  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunTally, _runnel_run_tally_free)

G_END_DECLS
