/* runnel-targets.h: every system by its variable; each is defined in a file of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-target.h"

G_BEGIN_DECLS

extern const RunnelTarget runnel_target_tekton;
extern const RunnelTarget runnel_target_argo;
extern const RunnelTarget runnel_target_airflow;
extern const RunnelTarget runnel_target_jenkins;
extern const RunnelTarget runnel_target_github;
extern const RunnelTarget runnel_target_shell;
extern const RunnelTarget runnel_target_gitlab;

G_END_DECLS
