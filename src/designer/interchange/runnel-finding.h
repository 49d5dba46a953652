/* runnel-finding.h: how one system does one thing a step asks for, as an item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "interchange/runnel-portability.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_FINDING (runnel_finding_get_type ())
G_DECLARE_FINAL_TYPE (RunnelFinding, runnel_finding, RUNNEL, FINDING, GObject)

RunnelFinding *runnel_finding_new          (RunnelPortability *portability,
                                            guint              row,
                                            guint              target);
const char    *runnel_finding_get_step     (RunnelFinding     *self);
RunnelFidelity runnel_finding_get_fidelity (RunnelFinding     *self);
char          *runnel_finding_make_title   (RunnelFinding     *self);
char          *runnel_finding_make_how     (RunnelFinding     *self);
char          *runnel_finding_make_fix     (RunnelFinding     *self);

const char    *runnel_fidelity_get_icon    (RunnelFidelity     fidelity);
const char    *runnel_fidelity_get_style   (RunnelFidelity     fidelity);
const char    *runnel_fidelity_get_word    (RunnelFidelity     fidelity);

G_END_DECLS
