/* runnel-log-bundle.h: the logs of all steps of a run, as they come
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/logs/runnel-log-view.h"

G_BEGIN_DECLS

typedef struct _RunnelLogBundle RunnelLogBundle;

RunnelLogBundle *runnel_log_bundle_new  (void);
void             runnel_log_bundle_free (RunnelLogBundle *self);
void             runnel_log_bundle_add  (RunnelLogBundle *self,
                                         const char      *label,
                                         guint            attempt,
                                         const char      *path,
                                         gint64           started,
                                         gboolean         is_over);
void             runnel_log_bundle_show (RunnelLogBundle *self,
                                         RunnelLogView   *view,
                                         gboolean         is_live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelLogBundle, runnel_log_bundle_free)

G_END_DECLS
