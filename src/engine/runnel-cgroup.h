/* runnel-cgroup.h: control groups of the kernel, which know what all processes of an attempt took
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-event.h"

G_BEGIN_DECLS

/* The group that this process has to itself, below which attempts get theirs. */
typedef struct _RunnelCgroups RunnelCgroups;

/* That of one attempt. */
typedef struct _RunnelCgroup RunnelCgroup;

RunnelCgroups *runnel_cgroups_new        (void);
RunnelCgroups *runnel_cgroups_new_for    (const char    *folder);
void           runnel_cgroups_free       (RunnelCgroups *self);

RunnelCgroup  *runnel_cgroup_new         (RunnelCgroups *parent);
void           runnel_cgroup_free        (RunnelCgroup  *self);
int            runnel_cgroup_get_fd      (RunnelCgroup  *self);
void           runnel_cgroup_measure     (RunnelCgroup  *self,
                                          RunnelUsage   *usage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCgroups, runnel_cgroups_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelCgroup, runnel_cgroup_free)

G_END_DECLS
