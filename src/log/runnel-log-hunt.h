/* runnel-log-hunt.h: a pattern looked for in the logs of many runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "log/runnel-log-pattern.h"

G_BEGIN_DECLS

/* One line of one log. */
typedef struct
{
  gint64 run;
  const char *step;     /* id */
  guint attempt;
  const char *path;     /* of the log, without the suffix of a compressed one */
  guint64 number;       /* of the line, from 0 */
  const char *text;     /* what a terminal shows of it, in UTF-8; the middle of a very long one */
  gsize start, end;     /* of the first place in `text` */
} RunnelLogHit;

typedef struct _RunnelLogHunt RunnelLogHunt;

typedef struct
{
  /* For each line, in the order of the runs, then of the logs, then of the lines. */
  void (*hit)  (const RunnelLogHit *hit,
                gpointer            user_data);
  /* Once, at the end. */
  void (*done) (gpointer            user_data);
  /* After each run, when what was found in it has been told; NULL = not wanted. None of the three may
   * free the hunt. */
  void (*next) (gpointer            user_data);
} RunnelLogHuntFuncs;

RunnelLogHunt *runnel_log_hunt_new         (RunnelLogPattern         *pattern,
                                            const char               *runs_dir,
                                            const gint64             *runs,
                                            guint                     n_runs,
                                            guint                     limit,
                                            const RunnelLogHuntFuncs *funcs,
                                            gpointer                  user_data);
void           runnel_log_hunt_free        (RunnelLogHunt            *self);
gboolean       runnel_log_hunt_is_done     (RunnelLogHunt            *self);
guint          runnel_log_hunt_get_n_hits  (RunnelLogHunt            *self);
guint          runnel_log_hunt_get_n_runs  (RunnelLogHunt            *self);
gboolean       runnel_log_hunt_has_more    (RunnelLogHunt            *self);

gboolean       runnel_log_hunt_parse_name  (const char               *name,
                                            char                    **ret_step,
                                            guint                    *ret_attempt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogHunt, runnel_log_hunt_free)

G_END_DECLS
