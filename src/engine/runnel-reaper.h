/* runnel-reaper.h: waits for child processes on the main context
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RunnelReaper RunnelReaper;
typedef void (*RunnelReaperFunc) (int                  status,
                                  const struct rusage *usage,
                                  gpointer             user_data);

RunnelReaper *runnel_reaper_new   (GError           **error);
void          runnel_reaper_free  (RunnelReaper      *self);
gboolean      runnel_reaper_watch (RunnelReaper      *self,
                                   pid_t              pid,
                                   int                pidfd,
                                   RunnelReaperFunc   func,
                                   gpointer           user_data,
                                   GError           **error);
void          runnel_reaper_reap_adopted (RunnelReaper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelReaper, runnel_reaper_free)

G_END_DECLS
