/* runnel-cli-run.h: what is given to `runnel run`
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "cli/runnel-cli.h"
#include "engine/runnel-run.h"

G_BEGIN_DECLS

/* Everything read and checked; nothing is started yet. */
typedef struct
{
  char *file;                /* absolute */
  char *text;
  gsize length;
  RunnelPipeline *pipeline;
  JsonObject *parameters;
  JsonObject *trigger;
  char *ancestry;            /* the steps inside which it runs; NULL = none */
  JsonNode *outputs;         /* wanted of this run by the pipeline that runs it, or NULL */
  int jobs;
  gboolean no_cache;
  gboolean as_json;
  gboolean is_detached;
} RunnelCliOrder;

int      runnel_cli_rehearse     (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_check        (RunnelCliOrder  *order,
                                  GError         **error);
gboolean runnel_cli_check_limits (RunnelCliOrder  *order,
                                  GError         **error);
int      runnel_cli_execute      (RunnelCliOrder  *order,
                                  GError         **error);

G_END_DECLS
