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
extern const RunnelTarget runnel_target_make;
extern const RunnelTarget runnel_target_ninja;
extern const RunnelTarget runnel_target_systemd;
extern const RunnelTarget runnel_target_cron;
extern const RunnelTarget runnel_target_dot;
extern const RunnelTarget runnel_target_mermaid;
extern const RunnelTarget runnel_target_markdown;

G_END_DECLS
