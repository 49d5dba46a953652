/* runnel-problems-list.h: what is wrong with a document, each finding leading to its place
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "designer/runnel-problem.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_PROBLEMS_LIST (runnel_problems_list_get_type ())
G_DECLARE_FINAL_TYPE (RunnelProblemsList, runnel_problems_list, RUNNEL, PROBLEMS_LIST, AdwBin)

/* Signal "problem-activated" (RunnelProblem *problem): a click or Enter. */

GtkWidget *runnel_problems_list_new             (void);
void       runnel_problems_list_set_diagnostics (RunnelProblemsList *self,
                                                 RunnelDiagnostics  *diagnostics);

G_END_DECLS
