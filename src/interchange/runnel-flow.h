/* runnel-flow.h: a pipeline as other systems are told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-matrix.h"
#include "interchange/runnel-feature.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

typedef enum
{
  /* lines for an interpreter: script, command, and what can be said as such (http, wait for a
   * span) */
  RUNNEL_FLOW_SHELL,
  RUNNEL_FLOW_APPROVAL, /* a person is asked: `with` has `prompt`, `timeout`, `on-timeout` */
  RUNNEL_FLOW_PIPELINE, /* another pipeline: `with` has `file`, `parameters`, `outputs` */
  /* a construct of the system `with.system`, as it is written there: `with.definition` */
  RUNNEL_FLOW_FOREIGN,
  RUNNEL_FLOW_OTHER,    /* none of these can be said of it */
} RunnelFlowBody;

typedef struct
{
  const char *name;
  const char *value; /* as in the file: may hold ${{ }} */
} RunnelFlowVariable;

/* An output of one step that is read by another. */
typedef struct
{
  const char *step;
  const char *name;
} RunnelFlowRead;

/* A link, with the position of the step before. */
typedef struct
{
  guint step;
  RunnelOn on;
  gboolean handles;
} RunnelFlowNeed;

/* A step with all defaults of the pipeline filled in, and nothing left to look up in JSON but
 * what is particular to its kind. Owned by its flow, as all that it points to. */
typedef struct _RunnelFlowStep RunnelFlowStep;
struct _RunnelFlowStep
{
  const char *id;
  const char *title;              /* the name people see; the id when it has none */
  const char *kind;
  guint index;                    /* in RunnelFlow.steps; of a hook or an undo, that of no step */
  RunnelFlowBody body;
  const char *text;               /* of RUNNEL_FLOW_SHELL: the lines, ended by a newline */
  const char *shell;              /* what runs them: sh, bash, python3, ...; with the flags that Runnel gives,
                                   * see runnel_flow_get_flags() */
  JsonObject *with;               /* the kind's own fields; empty, never NULL */
  GArray *env;                    /* of RunnelFlowVariable: the step's own, not the pipeline's */
  const char *folder;             /* working-directory, or NULL = that of the pipeline's file */
  GArray *needs;                  /* of RunnelFlowNeed */
  GArray *followers;              /* of guint: steps that need this one */
  RunnelJoin join;
  const char *condition;          /* the text of `if` without ${{ }} around, or NULL */
  RunnelEnabled enabled;
  gint64 timeout;                 /* microseconds, 0 = none, or RUNNEL_DURATION_EXPRESSION */
  const RunnelRetry *retry;       /* or NULL */
  const char *retry_condition;    /* `if` of the retry, or NULL */
  gboolean continues;             /* continue-on-error */
  const char *continues_if;       /* it is an expression: this; else NULL */
  JsonNode *matrix;               /* as in the file, or NULL */
  RunnelMatrix *legs;             /* its combinations when they are known beforehand, else NULL */
  GPtrArray *outputs;             /* of const char *: promised, or read by others; sorted */
  /* the outputs that it promises, with their descriptions, or NULL */
  JsonObject *promises;
  GArray *reads;                  /* of RunnelFlowRead: outputs of other steps that it reads */
  GPtrArray *artifacts;           /* of const char *: patterns */
  JsonObject *cache;              /* or NULL */
  const char *pool;               /* or NULL */
  gint64 slots;                   /* of the pool */
  int priority;
  const char *image;              /* of the step or else of the pipeline's defaults, or NULL */
  RunnelFlowStep *undo;           /* or NULL */
  gboolean has_breaker;
  /* constructs of other systems kept on the step: by name of the system, or NULL */
  JsonObject *foreign;
};

/* The intermediate form between the document and what is written for another system: read once,
 * typed, with defaults resolved, never changed. Every exporter reads this and no JSON. */
typedef struct
{
  const char *name;               /* title of the pipeline */
  const char *description;        /* or NULL */
  /* where it was read from, relative to where the exported file is used, or NULL */
  const char *file;
  const RunnelParameter *parameters;
  guint n_parameters;
  GArray *env;                    /* of RunnelFlowVariable: the pipeline's */
  GPtrArray *secrets;             /* of const char *: names */
  GPtrArray *steps;               /* of RunnelFlowStep, in the order of the file */
  /* of guint: positions in `steps`, each behind what it needs, otherwise as in the file */
  GArray *order;
  GPtrArray *on_start;            /* of RunnelFlowStep: hooks */
  GPtrArray *on_success;
  GPtrArray *on_failure;
  GPtrArray *on_finish;
  gboolean rolls_back;            /* on-failure: rollback */
  guint jobs;                     /* at once, 0 = not said */
  const char *group;              /* of concurrency, or NULL */
  const char *policy;             /* or NULL */
  guint max;                      /* of the group, 0 = not said */
  JsonObject *pools;              /* name: slots, or NULL */
  JsonArray *triggers;            /* or NULL */
  /* constructs of other systems kept on the pipeline, by name of the system, or NULL */
  JsonObject *foreign;
} RunnelFlow;

RunnelFlow     *runnel_flow_new         (RunnelPipeline       *pipeline,
                                         const char           *file,
                                         GError              **error);
void            runnel_flow_free        (RunnelFlow           *self);
RunnelFlowStep *runnel_flow_get_step    (const RunnelFlow     *self,
                                         guint                 index);
RunnelFlowStep *runnel_flow_find_step   (const RunnelFlow     *self,
                                         const char           *id);
gboolean        runnel_flow_step_asks   (const RunnelFlow     *self,
                                         const RunnelFlowStep *step,
                                         RunnelFeature         feature);
gboolean        runnel_flow_asks        (const RunnelFlow     *self,
                                         RunnelFeature         feature);
JsonObject     *runnel_flow_get_foreign (JsonObject           *foreign,
                                         const char           *system);
char           *runnel_flow_get_flags   (const char           *shell);
char           *runnel_flow_quote       (const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelFlow, runnel_flow_free)

G_END_DECLS
