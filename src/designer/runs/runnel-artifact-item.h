/* runnel-artifact-item.h: a file that a step left as one item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "history/runnel-history.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_ARTIFACT_ITEM (runnel_artifact_item_get_type ())
G_DECLARE_FINAL_TYPE (RunnelArtifactItem, runnel_artifact_item, RUNNEL, ARTIFACT_ITEM, GObject)

RunnelArtifactItem *runnel_artifact_item_new        (const RunnelArtifactRecord *record,
                                                     const char                 *run_dir);
const char         *runnel_artifact_item_get_name   (RunnelArtifactItem         *self);
const char         *runnel_artifact_item_get_path   (RunnelArtifactItem         *self);
const char         *runnel_artifact_item_get_sha256 (RunnelArtifactItem         *self);
gint64              runnel_artifact_item_get_size   (RunnelArtifactItem         *self);

G_END_DECLS
