/* runnel-run-tokens.h: what runs are chosen by, each to be taken back by a click
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "designer/runs/runnel-run-query.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_TOKENS (runnel_run_tokens_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunTokens, runnel_run_tokens, RUNNEL, RUN_TOKENS, GtkWidget)

/* Not visible while nothing is chosen. */

GtkWidget *runnel_run_tokens_new       (void);
void       runnel_run_tokens_set_query (RunnelRunTokens *self,
                                        RunnelRunQuery  *query);

G_END_DECLS
