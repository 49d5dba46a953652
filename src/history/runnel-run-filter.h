/* runnel-run-filter.h: which runs someone wants to see
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-state.h"

G_BEGIN_DECLS

/* The runs that are not over, and those that went wrong, as masks of states. */
#define RUNNEL_RUN_FILTER_ACTIVE ((1u << RUNNEL_STATE_SUCCEEDED) - 1)
#define RUNNEL_RUN_FILTER_FAILURES \
  (1u << RUNNEL_STATE_FAILED | 1u << RUNNEL_STATE_TIMED_OUT | 1u << RUNNEL_STATE_INTERRUPTED)

/* A run passes when it meets everything that is asked for. The members are free to be set; strings
 * belong to the filter. A new one lets every run pass. */
typedef struct
{
  char *pipeline;        /* its name or its file, NULL = any */
  guint states;          /* mask: 1 << RunnelState, 0 = any */
  char *trigger;         /* what started it: "manual", "schedule", ...; NULL = any */
  gint64 since;          /* it began at or after this, microseconds since 1970; below 0: so long
                          * before now; 0 = any time */
  gint64 until;          /* it began before this; as since */
  GPtrArray *parameters; /* of char *: "NAME=VALUE", or "NAME" for any value */
  GPtrArray *labels;     /* of char * */
  GPtrArray *texts;      /* of char *: each is somewhere in the pipeline's name or file, or in what
                          * went wrong with the run or one of its steps */
  gboolean pinned;       /* only those that are kept */
  gboolean top_level;    /* none that a step of another started */
  gint64 parent;         /* only those that steps of this run started, 0 = any */
  gint64 before;         /* only those that come after this run in a list, 0 = all */
} RunnelRunFilter;

RunnelRunFilter *runnel_run_filter_new        (void);
RunnelRunFilter *runnel_run_filter_parse      (const char             *line,
                                               GError                **error);
RunnelRunFilter *runnel_run_filter_copy       (const RunnelRunFilter  *self);
void             runnel_run_filter_free       (RunnelRunFilter        *self);
gboolean         runnel_run_filter_is_empty   (const RunnelRunFilter  *self);
gboolean         runnel_run_filter_add        (RunnelRunFilter        *self,
                                               const char             *key,
                                               const char             *value,
                                               GError                **error);
gboolean         runnel_run_filter_parse_word (RunnelRunFilter        *self,
                                               const char             *word,
                                               GError                **error);
char            *runnel_run_filter_to_string  (const RunnelRunFilter  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunFilter, runnel_run_filter_free)

G_END_DECLS
