/* runnel-problem.h: a finding about a document as an item of a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "model/runnel-diagnostic.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PROBLEM (runnel_problem_get_type ())
G_DECLARE_FINAL_TYPE (RunnelProblem, runnel_problem, RUNNEL, PROBLEM, GObject)

RunnelProblem          *runnel_problem_new            (const RunnelDiagnostic *diagnostic);
const RunnelDiagnostic *runnel_problem_get_diagnostic (RunnelProblem          *self);

G_END_DECLS
