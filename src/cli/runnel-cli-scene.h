/* runnel-cli-scene.h: what a command draws
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/canvas/runnel-scene.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

RunnelScene    *runnel_cli_scene_new_from_file (const char      *path,
                                                RunnelPipeline **ret_pipeline,
                                                GError         **error);
RunnelScene    *runnel_cli_scene_new_from_run  (const char      *run,
                                                RunnelPipeline **ret_pipeline,
                                                GError         **error);
gboolean        runnel_cli_scene_keep          (RunnelScene     *scene,
                                                const char      *steps,
                                                GError         **error);

G_END_DECLS
