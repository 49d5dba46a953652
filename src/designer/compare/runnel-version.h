/* runnel-version.h: one version of a pipeline, and where it comes from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef struct _RunnelVersion RunnelVersion;

RunnelVersion  *runnel_version_new_file     (GFile          *file,
                                             const char     *title);
RunnelVersion  *runnel_version_new_text     (const char     *text,
                                             const char     *title);
RunnelVersion  *runnel_version_new_revision (GFile          *file,
                                             const char     *revision);
void            runnel_version_free         (RunnelVersion  *self);
const char     *runnel_version_get_title    (RunnelVersion  *self);
RunnelPipeline *runnel_version_read         (RunnelVersion  *self,
                                             GCancellable   *cancellable,
                                             GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelVersion, runnel_version_free)

G_END_DECLS
