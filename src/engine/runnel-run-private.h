/* runnel-run-private.h: what the files of a run share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-environment.h"
#include "engine/runnel-plan.h"
#include "engine/runnel-run.h"
#include "expr/runnel-expr.h"

G_BEGIN_DECLS

/* A step of the run. Wall times in microseconds since 1970, 0 = not yet. */
typedef struct
{
  RunnelRun *run;
  RunnelTask *task;    /* the attempt under way, or NULL */
  RunnelTimer *timer;  /* its timeout, or the end of the wait before the next attempt */
  JsonObject *outputs; /* of the last attempt, or NULL */
  char *reason;
  gint64 queued;
  gint64 started;      /* the first attempt */
  gint64 finished;
  gint64 pid;
  guint attempt;
  int exit_code;       /* of the last attempt, -1 = none */
  RunnelState state;
  guint idle : 1;      /* its kind takes none of the jobs */
  guint holds_job : 1;
  guint told : 1;      /* attempt-started is out */
  guint timed_out : 1;
  guint cancelled : 1; /* the executor was asked to end the attempt */
  guint tolerated : 1;
} RunnelRunStep;

struct _RunnelRun
{
  /* What it is about */
  RunnelPipeline *pipeline;
  gint64 id;
  guint jobs;
  guint32 seed;
  gint64 grace;
  char *name; /* the pipeline's, or else its file's */
  char *file;
  char *base_dir;
  char *run_dir;
  RunnelStep *defaults; /* the pipeline's `defaults`, read like a step */

  /* What it works with; borrowed but for the plan */
  RunnelPlan *plan;
  RunnelExecutor *executor;
  RunnelClock *clock;
  GPtrArray *sinks;

  /* What expressions and processes see */
  JsonNode *params;
  JsonNode *trigger;
  JsonNode *secrets;
  JsonNode *env;
  JsonNode *about;         /* the context `run` */
  JsonNode *steps_context; /* of the steps that are over; NULL until an expression asks */
  RunnelEnvironment *environment;

  /* Where it stands */
  RunnelRunStep *steps;
  guint n_steps;
  guint n_jobs;   /* attempts that count as jobs */
  guint n_tasks;  /* attempts under way */
  RunnelState state;
  char *reason;
  gint64 started;
  gint64 finished;
  gboolean cancelling;
  guint depth;        /* of calls into the run from outside */
  gboolean unflushed; /* events were sent since the last flush */
  RunnelTimer *finished_timer;
  RunnelRunFinishedFunc finished_func;
  gpointer finished_data;
};

/* runnel-run.c */
void       _runnel_run_enter             (RunnelRun      *self);
void       _runnel_run_leave             (RunnelRun      *self);

/* runnel-run-step.c */
extern const RunnelExecutorCallbacks _runnel_run_executor_callbacks;

void       _runnel_run_step_start        (RunnelRunStep  *step);
void       _runnel_run_step_make_ready   (RunnelRunStep  *step);
void       _runnel_run_step_settle       (RunnelRunStep  *step,
                                          RunnelState     state,
                                          const char     *reason);
void       _runnel_run_step_cancel       (RunnelRunStep  *step);
void       _runnel_run_step_clear        (RunnelRunStep  *step);

/* runnel-run-context.c */

/* What an expression of one step sees. */
typedef struct
{
  RunnelExprScope scope;
  RunnelRun *run;
  guint step;           /* G_MAXUINT = none: an expression of the pipeline */
  JsonNode *env;        /* the step's own context `env`, or NULL = the pipeline's */
} RunnelRunScope;

void       _runnel_run_scope_init        (RunnelRunScope *self,
                                          RunnelRun      *run,
                                          guint           step);
void       _runnel_run_init_contexts     (RunnelRun      *self,
                                          JsonObject     *trigger);
void       _runnel_run_clear_contexts    (RunnelRun      *self);
void       _runnel_run_add_to_context    (RunnelRun      *self,
                                          guint           step);
gboolean   _runnel_run_test              (RunnelRun      *self,
                                          guint           step,
                                          const char     *condition,
                                          gboolean       *ret_value,
                                          GError        **error);
gboolean   _runnel_run_test_attempt      (RunnelRun      *self,
                                          guint           step,
                                          const char     *condition,
                                          gboolean       *ret_value,
                                          GError        **error);

/* runnel-run-attempt.c */

/* An attempt together with what it borrows. */
typedef struct
{
  RunnelAttempt attempt;
  JsonObject *with;
  RunnelEnvironment *environment; /* NULL = the run's */
  JsonNode *env;
  char *working_directory;
  char log_name[128];
  char output_name[128];
} RunnelRunAttempt;

gboolean   _runnel_run_init_environment  (RunnelRun        *self,
                                          GError          **error);
gboolean   _runnel_run_prepare_attempt   (RunnelRun        *self,
                                          guint             step,
                                          RunnelRunAttempt *ret_attempt,
                                          GError          **error);
void       _runnel_run_attempt_clear     (RunnelRunAttempt *self);

/* runnel-run-events.c */
void       _runnel_run_emit              (RunnelRun        *self,
                                          RunnelEvent      *event);
void       _runnel_run_flush             (RunnelRun        *self);
void       _runnel_run_emit_run          (RunnelRun        *self,
                                          RunnelEventType   type,
                                          JsonObject       *details);
void       _runnel_run_emit_step         (RunnelRun        *self,
                                          guint             step,
                                          RunnelEventType   type);
JsonObject *_runnel_run_describe_start   (RunnelRun        *self);
JsonObject *_runnel_run_describe_end     (RunnelRun        *self);

/* runnel-parameters.c */
JsonObject *_runnel_parameters_complete  (RunnelPipeline   *pipeline,
                                          JsonObject       *given,
                                          GError          **error);

/* A member of a step, or else of the pipeline's `defaults`. */
JsonNode  *_runnel_run_get_member        (RunnelRun        *self,
                                          guint             step,
                                          const char       *key);

G_END_DECLS
