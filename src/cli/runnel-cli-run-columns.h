/* runnel-cli-run-columns.h: what a list of runs says of each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli.h"

G_BEGIN_DECLS

#define RUNNEL_CLI_RUN_COLUMNS "run,state,pipeline,started,time,steps"
#define RUNNEL_CLI_ALL_RUN_COLUMNS \
  "run,state,pipeline,file,trigger,labels,pinned,queued,started,finished,time,steps,failed," \
  "user,host,reason,parent,origin,uuid"

typedef struct _RunnelCliRunColumn RunnelCliRunColumn;

GPtrArray  *runnel_cli_run_columns_parse    (const char               *names, /* of RunnelCliRunColumn */
                                             GError                  **error);
const char *runnel_cli_run_column_get_title (const RunnelCliRunColumn *self);
const char *runnel_cli_run_column_get_name  (const RunnelCliRunColumn *self);
char       *runnel_cli_run_column_show      (const RunnelCliRunColumn *self,
                                             const RunnelRunRecord    *run);
char       *runnel_cli_run_column_write     (const RunnelCliRunColumn *self,
                                             const RunnelRunRecord    *run);

G_END_DECLS
