/* runnel-step-sections.h: the groups of rows in the form of a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "designer/inspector/runnel-form.h"

G_BEGIN_DECLS

void runnel_step_sections_add_flow        (RunnelForm *form);
void runnel_step_sections_add_retry       (RunnelForm *form);
void runnel_step_sections_add_matrix      (RunnelForm *form);
void runnel_step_sections_add_pool        (RunnelForm *form);
void runnel_step_sections_add_environment (RunnelForm *form);
void runnel_step_sections_add_results     (RunnelForm *form);
void runnel_step_sections_add_cache       (RunnelForm *form);
void runnel_step_sections_add_undo        (RunnelForm *form,
                                           const char *kind,
                                           GFile      *base);
void runnel_step_sections_add_breaker     (RunnelForm *form);
void runnel_step_sections_add_foreign     (RunnelForm *form);

G_END_DECLS
