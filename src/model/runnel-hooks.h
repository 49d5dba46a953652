/* runnel-hooks.h: the steps of a pipeline that run when a run begins and ends
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

/* When a hook runs. */
typedef enum
{
  RUNNEL_HOOK_START,   /* before the first step */
  RUNNEL_HOOK_SUCCESS, /* after the last step of a run that succeeded */
  RUNNEL_HOOK_FAILURE, /* after the last step and the rollback of a run that failed */
  RUNNEL_HOOK_FINISH,  /* last of all, in every run */
} RunnelHookPoint;
#define RUNNEL_N_HOOK_POINTS (RUNNEL_HOOK_FINISH + 1)

const char *runnel_hook_point_to_string (RunnelHookPoint  self);
GPtrArray  *runnel_hooks_get            (RunnelPipeline  *pipeline,
                                         RunnelHookPoint  point);
char       *runnel_hooks_get_path       (RunnelHookPoint  point,
                                         guint            index);

G_END_DECLS
