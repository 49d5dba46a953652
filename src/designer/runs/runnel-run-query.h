/* runnel-run-query.h: which runs the person wants to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "history/runnel-run-filter.h"

G_BEGIN_DECLS

#define RUNNEL_TYPE_RUN_QUERY (runnel_run_query_get_type ())
G_DECLARE_FINAL_TYPE (RunnelRunQuery, runnel_run_query, RUNNEL, RUN_QUERY, GObject)

/* What was chosen, and what is being typed. Widgets show it and change it.
 *
 * Signal "changed" (): other runs are wanted now, or the same are said in another way. */

RunnelRunQuery        *runnel_run_query_new        (void);
RunnelRunQuery        *runnel_run_query_get_default (void);
const RunnelRunFilter *runnel_run_query_get_filter (RunnelRunQuery  *self);
const RunnelRunFilter *runnel_run_query_get_chosen (RunnelRunQuery  *self);
void                   runnel_run_query_choose     (RunnelRunQuery  *self,
                                                    RunnelRunFilter *chosen);
const char            *runnel_run_query_get_text   (RunnelRunQuery  *self);
const char            *runnel_run_query_get_mistake (RunnelRunQuery *self);
void                   runnel_run_query_type       (RunnelRunQuery  *self,
                                                    const char      *text);
void                   runnel_run_query_absorb     (RunnelRunQuery  *self);
void                   runnel_run_query_clear      (RunnelRunQuery  *self);

G_END_DECLS
