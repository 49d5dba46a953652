/* runnel-cli-log-set.h: the logs of a run that are wanted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli.h"

G_BEGIN_DECLS

/* The log of an attempt. */
typedef struct
{
  char *step;
  guint attempt;
  gint64 started;
  char *path;
  gboolean is_over;  /* nothing will be added */

  /* For who prints it. */
  gint64 offset;     /* printed so far, in bytes */
  gpointer lines;
  guint part;        /* of a merge, plus 1 */
  gboolean is_done;  /* all of it is printed */
} RunnelCliLog;

typedef struct
{
  RunnelHistory *history;
  gint64 run;
  char *run_dir;
  const char *const *steps; /* only these, or NULL */
  guint attempt;            /* only this one, or 0 */
  GPtrArray *logs;          /* of RunnelCliLog, in the order of their start */
  char *reason;             /* why the one step is in its state, or NULL */
  gboolean was_begun;       /* there was a process to write a log */
  gboolean is_over;         /* nothing will be added to any of them */
} RunnelCliLogSet;

gboolean runnel_cli_log_set_open  (RunnelCliLogSet  *self,
                                   const char       *run,
                                   GError          **error);
void     runnel_cli_log_set_clear (RunnelCliLogSet  *self);
gboolean runnel_cli_log_set_look  (RunnelCliLogSet  *self,
                                   GError          **error);
gboolean runnel_cli_log_set_wait  (RunnelCliLogSet  *self,
                                   GError          **error);
gboolean runnel_cli_log_set_check (RunnelCliLogSet  *self,
                                   gboolean          has_printed,
                                   GError          **error);
const char *runnel_cli_log_set_get_only_step (RunnelCliLogSet *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RunnelCliLogSet, runnel_cli_log_set_clear)

G_END_DECLS
