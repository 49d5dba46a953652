/* runnel-artifact-writer.h: gathers the artifacts of one step, all or none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/files/runnel-artifact.h"

G_BEGIN_DECLS

typedef struct _RunnelArtifactWriter RunnelArtifactWriter;

RunnelArtifactWriter *runnel_artifact_writer_new    (const char             *run_dir,
                                                     const char             *step,
                                                     GError                **error);
void                  runnel_artifact_writer_free   (RunnelArtifactWriter   *self);
gboolean              runnel_artifact_writer_add    (RunnelArtifactWriter   *self,
                                                     const char             *path,
                                                     int                     fd,
                                                     const RunnelArtifact   *expected,
                                                     GCancellable           *cancellable,
                                                     GError                **error);
gboolean              runnel_artifact_writer_take   (RunnelArtifactWriter   *self,
                                                     const char             *path,
                                                     int                     fd,
                                                     GError                **error);
GPtrArray            *runnel_artifact_writer_finish (RunnelArtifactWriter   *self,
                                                     GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelArtifactWriter, runnel_artifact_writer_free)

G_END_DECLS
