/* runnel-run-facts.h: what is known of a run before anything happens in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-trace-context.h"
#include "history/runnel-history.h"
#include "telemetry/runnel-vcs.h"

G_BEGIN_DECLS

/* A step of the file, or one that was added. */
typedef struct
{
  char *id;
  char *title;
  char *kind;
} RunnelStepFacts;

/* Does not change once somebody is told, so that threads may share it. */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 id;
  char *uuid;
  char *pipeline;
  char *file;
  char *folder;      /* with its logs */
  char *trigger;     /* "manual", "rerun", ... or NULL */
  char *host;
  char *user;
  RunnelTraceContext *trace;
  gint64 origin_id;  /* of the run that this one repeats or takes back, 0 = none */
  RunnelTraceContext *origin; /* of that run, or NULL */
  RunnelVcs *vcs;    /* NULL = not known; of a run under way, set by the thread that tells of it */
  GHashTable *steps; /* RunnelStepFacts by id */
} RunnelRunFacts;

RunnelRunFacts  *runnel_run_facts_new      (RunnelHistory    *history,
                                            gint64            run,
                                            const char       *traceparent,
                                            JsonObject       *trigger,
                                            GError          **error);
RunnelRunFacts  *runnel_run_facts_ref      (RunnelRunFacts   *self);
void             runnel_run_facts_unref    (RunnelRunFacts   *self);
void             runnel_run_facts_add_step (RunnelRunFacts   *self,
                                            const char       *id,
                                            const char       *title,
                                            const char       *kind);
char            *runnel_run_facts_make_url (RunnelRunFacts   *self,
                                            const char       *step,
                                            guint             attempt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRunFacts, runnel_run_facts_unref)

G_END_DECLS
