/* runnel-run-lives.h: what became of each step of a run, as little of it as can be counted with
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

#define RUNNEL_NO_OWNER G_MAXUINT

/* A step, a leg, an undo or a hook. Times are microseconds since 1970, sums microseconds. */
typedef struct
{
  guint owner;         /* the step of the definition it belongs to, itself or not; or none */
  RunnelRole role;
  RunnelState state;
  gboolean reused;
  gint64 queued;
  gint64 begun;        /* of its first attempt, or that of its legs; 0 = it did not run */
  gint64 finished;
  guint n_attempts;
  gint64 worked;       /* in attempts, without what they waited */
  gint64 retried;      /* from the beginning of the first attempt to that of the last */
  gint64 waited[RUNNEL_N_WAIT_KINDS];
  gint64 waited_first; /* before it began */
} RunnelLife;

typedef struct
{
  GPtrArray *ids;      /* of char *: the steps of the definition in their order */
  GArray *lives;       /* of RunnelLife: these steps, and then those that were added */
} RunnelRunLives;

RunnelRunLives *_runnel_run_lives_new           (RunnelHistory   *history,
                                                 gint64           run,
                                                 GError         **error);
void            _runnel_run_lives_free          (RunnelRunLives  *self);
GPtrArray      *_runnel_run_lives_list_critical (RunnelRunLives  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunLives, _runnel_run_lives_free)

G_END_DECLS
