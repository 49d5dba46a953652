/* runnel-run-private.h: what the files of a run share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/runnel-environment.h"
#include "engine/runnel-keeper.h"
#include "engine/runnel-plan.h"
#include "engine/runnel-run.h"
#include "expr/runnel-expr.h"

G_BEGIN_DECLS

typedef struct _RunnelRunAdded RunnelRunAdded;
typedef struct _RunnelRunFreeze RunnelRunFreeze;

/* What a step has to do with files; only of one that has `cache` or `artifacts`. */
typedef struct
{
  RunnelKeeping *keeping; /* NULL: it was over before the run began */
  gboolean cached;
  gboolean busy;        /* the keeper was asked, and has not answered yet */
  gint64 reused;        /* the run whose result was taken, 0 = none */
  char *cause;          /* why it runs though it has a `cache`, or NULL */
  JsonArray *artifacts; /* or NULL */
} RunnelRunFiles;

/* A step of the run: one of the file, or one that was added. Wall times in microseconds since 1970, 0 = not yet. */
typedef struct
{
  RunnelRun *run;
  RunnelRunAdded *added; /* what it is, when it is none of the file's steps, else NULL */
  RunnelTask *task;    /* the attempt under way, or NULL */
  RunnelTimer *timer;  /* its timeout, or the end of the wait before the next attempt */
  gint64 timer_at;     /* by `now` of the clock */
  gint64 timeout;      /* of the last attempt, microseconds, 0 = none */
  RunnelRunFreeze *freeze; /* the attempt is frozen; or NULL */
  JsonObject *outputs; /* of the last attempt, or NULL */
  RunnelRunFiles *files; /* from its first attempt on, or NULL */
  char *reason;
  gint64 queued;
  gint64 started;      /* the first attempt */
  gint64 finished;
  gint64 pid;
  guint attempt;
  int exit_code;       /* of the last attempt, -1 = none */
  RunnelState state;
  RunnelWaitKind wait; /* while it waits: for what */
  guint idle : 1;      /* its kind takes none of the jobs */
  guint holds_job : 1;
  guint told : 1;      /* attempt-started is out */
  guint timed_out : 1;
  guint cancelled : 1; /* the executor was asked to end the attempt */
  guint tolerated : 1;
  guint reused : 1;    /* its result is that of the earlier run */
  guint watched : 1;   /* its breaker let it through and waits to hear how it went */
} RunnelRunStep;

/* A step that does not stand in the file's `steps`. */
struct _RunnelRunAdded
{
  RunnelRunStep step;
  guint index;         /* behind those of the file */
  RunnelRole role;
  char *id;
  RunnelRunStep *parent; /* the step it belongs to, or NULL */
  RunnelStep *definition;
  JsonNode *matrix;    /* of a leg and its undo: the values by axis, or NULL */
};

/* Steps that run one after another, whatever the end of each. */
typedef struct
{
  GPtrArray *steps; /* of RunnelRunStep */
  guint position;   /* of the step that is under way or comes next */
  gboolean cancelled;
} RunnelRunLane;

/* The parts of a run, in their order. In all but STEPS it is the lane that runs. */
typedef enum
{
  RUNNEL_RUN_PHASE_START_HOOKS,
  RUNNEL_RUN_PHASE_STEPS,
  RUNNEL_RUN_PHASE_ROLLBACK,
  RUNNEL_RUN_PHASE_END_HOOKS,
  RUNNEL_RUN_PHASE_OVER,
} RunnelRunPhase;

struct _RunnelRun
{
  /* What it is about */
  RunnelPipeline *pipeline;
  gint64 id;
  guint jobs;
  guint32 seed;
  gboolean is_rehearsal;
  gint64 grace;
  char *name; /* the pipeline's, or else its file's */
  char *file;
  char *base_dir;
  char *run_dir;
  const RunnelSelection *selection; /* NULL = all steps */
  GPtrArray *undos;     /* of RunnelEarlierStep, when it rolls another run back, else NULL */
  RunnelStep *defaults; /* the pipeline's `defaults`, read like a step */

  /* What it works with; borrowed but for the plan */
  RunnelPlan *plan;
  RunnelExecutor *executor;
  RunnelKeeper *keeper; /* or NULL: nothing is kept */
  gboolean may_reuse;   /* results of earlier runs */
  char *container;      /* what runs steps that have an image, or NULL */
  RunnelClock *clock;
  RunnelMachinePools *pools; /* NULL = the machine has none */
  GHashTable *leases;       /* what steps have of them, by RunnelRunStep; NULL without pools */
  GHashTable *pool_errors;  /* why a step can't have any, by RunnelRunStep; NULL without pools */
  RunnelBreakers *breakers; /* NULL = the run keeps none */
  RunnelSecrets *secret_values; /* NULL = there are none */
  RunnelTraceContext *trace; /* or NULL: nothing is traced */
  RunnelSecretMask *mask;   /* what readers must not be told, or NULL */
  GPtrArray *sinks;

  /* What expressions and processes see */
  JsonNode *params;
  JsonNode *trigger;
  JsonNode *labels;
  char *origin;
  JsonObject *fingerprint; /* or NULL */
  JsonNode *secrets;
  JsonNode *env;
  JsonNode *about;         /* the context `run` */
  JsonNode *steps_context; /* of the steps that are over; NULL until an expression asks */
  RunnelEnvironment *environment;

  /* Where it stands */
  RunnelRunStep *steps; /* those of the file */
  guint n_steps;
  GPtrArray *added;     /* of RunnelRunAdded, in the order of their indexes */
  GHashTable *matrices; /* RunnelRunMatrix by the step, once it has legs; NULL until there is one */
  guint n_jobs;   /* attempts that count as jobs */
  guint n_tasks;  /* attempts under way, and answers of the keeper that are due */
  RunnelState state;
  RunnelState outcome;  /* known when the steps are over, pending before */
  RunnelRunPhase phase;
  RunnelRunLane lane;   /* of the present phase */
  gboolean rolled_back;
  char *reason;
  gint64 started;
  gint64 finished;
  gboolean cancelling;      /* it was cancelled, and is not over yet */
  gboolean steps_cancelled; /* while the steps were not over */
  gboolean paused;    /* by a person */
  RunnelHold hold;    /* by the terminal, or the run that this one is a step of */
  char *pause_reason; /* as a sentence, while one of the two is so */
  guint depth;        /* of calls into the run from outside */
  gboolean unflushed; /* events were sent since the last flush */
  gint64 told_time;   /* the latest time that was told, 0 = none ... */
  gint64 told_at;     /* ... and when that was, monotonic */
  gint64 time_shift;  /* how far the time that is told is ahead of the wall clock */
  RunnelTimer *finished_timer;
  RunnelRunFinishedFunc finished_func;
  gpointer finished_data;
};

/* runnel-run.c */
void       _runnel_run_enter             (RunnelRun      *self);
void       _runnel_run_leave             (RunnelRun      *self);
void       _runnel_run_dispatch          (RunnelRun      *self);
void       _runnel_run_end               (RunnelRun      *self);

/* runnel-run-queued.c */
void       _runnel_run_cancel_queued     (RunnelRun      *self,
                                          const char     *reason);

/* runnel-run-phase.c */
void       _runnel_run_begin             (RunnelRun      *self);
void       _runnel_run_go_on             (RunnelRun      *self);
void       _runnel_run_cancel_phase      (RunnelRun      *self);

/* runnel-run-lane.c */
void       _runnel_run_lane_init         (RunnelRunLane  *self);
void       _runnel_run_lane_clear        (RunnelRunLane  *self);
void       _runnel_run_lane_reset        (RunnelRunLane  *self);
void       _runnel_run_lane_add          (RunnelRunLane  *self,
                                          RunnelRunStep  *step);
gboolean   _runnel_run_lane_advance      (RunnelRunLane  *self);
void       _runnel_run_lane_cancel       (RunnelRunLane  *self);

/* runnel-run-earlier.c */
gboolean    _runnel_run_step_is_preset    (RunnelRunStep  *step);
void        _runnel_run_step_take_over    (RunnelRunStep  *step);
gint64      _runnel_run_step_get_reused   (RunnelRunStep  *step);
gboolean    _runnel_run_leg_take_over     (RunnelRunStep  *leg);
void        _runnel_run_line_up_undos     (RunnelRun      *self);
char       *_runnel_run_step_describe_resumed (RunnelRunStep *step);

/* runnel-run-rollback.c */
void        _runnel_run_register_undo     (RunnelRunStep  *step);
RunnelStep *_runnel_run_step_make_undo    (RunnelRunStep  *step,
                                           const char     *id);
char       *_runnel_run_step_describe_undone (RunnelRunStep *step);
void        _runnel_run_begin_rollback    (RunnelRun      *self);
RunnelState _runnel_run_judge_rollback    (RunnelRun      *self);
void        _runnel_run_skip_undos        (RunnelRun      *self);
JsonObject *_runnel_run_describe_rollback (RunnelRun      *self);

/* runnel-run-added.c */
const char    *_runnel_run_step_get_id         (RunnelRunStep *self);
guint          _runnel_run_step_get_index      (RunnelRunStep *self);
RunnelStep    *_runnel_run_step_get_definition (RunnelRunStep *self);
RunnelRole     _runnel_run_step_get_role       (RunnelRunStep *self);
gboolean       _runnel_run_step_is_in_lane     (RunnelRunStep *self);
RunnelRunStep *_runnel_run_step_get_parent     (RunnelRunStep *self);
JsonNode      *_runnel_run_step_get_matrix     (RunnelRunStep *self);
JsonNode      *_runnel_run_step_dup_member     (RunnelRunStep *self,
                                                const char    *key);
void           _runnel_run_step_init           (RunnelRunStep *self,
                                                RunnelRun     *run);
guint          _runnel_run_get_n_steps         (RunnelRun     *self);
RunnelRunStep *_runnel_run_get_step            (RunnelRun     *self,
                                                guint          index);
RunnelRunStep *_runnel_run_find_step           (RunnelRun     *self,
                                                const char    *id);
RunnelRunStep *_runnel_run_add_step            (RunnelRun     *self,
                                                RunnelRole     role,
                                                const char    *id,
                                                RunnelRunStep *parent,
                                                RunnelStep    *definition,
                                                JsonNode      *matrix);
JsonObject    *_runnel_run_describe_added      (RunnelRunAdded *self);
void           _runnel_run_clear_added         (RunnelRun     *self);

/* runnel-run-breaker.c */
gboolean   _runnel_run_step_pass_breaker (RunnelRunStep  *step,
                                          char          **ret_reason);
void       _runnel_run_step_tell_breaker (RunnelRunStep  *step);

/* runnel-run-pools.c */
void       _runnel_run_init_pools        (RunnelRun          *self,
                                          RunnelMachinePools *pools);
void       _runnel_run_clear_pools       (RunnelRun      *self);
gboolean   _runnel_run_step_pass_pools   (RunnelRunStep  *step,
                                          char          **ret_reason);
void       _runnel_run_step_leave_pools  (RunnelRunStep  *step);

/* runnel-run-matrix.c */
typedef struct _RunnelRunMatrix RunnelRunMatrix;

gboolean    _runnel_run_step_has_matrix  (RunnelRunStep  *step);
void        _runnel_run_step_expand      (RunnelRunStep  *step,
                                          const char     *cause);
void        _runnel_run_step_set_legs    (RunnelRunStep  *step,
                                          GPtrArray      *legs);
GPtrArray  *_runnel_run_step_get_legs    (RunnelRunStep  *step);
RunnelPlanItem _runnel_run_step_get_item (RunnelRunStep  *step);
RunnelRunStep *_runnel_run_get_item      (RunnelRun            *self,
                                          const RunnelPlanItem *item);
const char *_runnel_run_leg_get_stop     (RunnelRunStep  *leg);
void        _runnel_run_leg_started      (RunnelRunStep  *leg);
void        _runnel_run_leg_over         (RunnelRunStep  *leg);

/* runnel-run-step.c */
extern const RunnelExecutorCallbacks _runnel_run_executor_callbacks;

void       _runnel_run_step_start        (RunnelRunStep  *step);
void       _runnel_run_step_make_ready   (RunnelRunStep  *step);
const char *_runnel_run_step_get_stop    (RunnelRunStep  *step);
void       _runnel_run_step_queue        (RunnelRunStep  *step,
                                          const char     *cause);
void       _runnel_run_step_put_back     (RunnelRunStep  *step);
void       _runnel_run_step_delay        (RunnelRunStep  *step,
                                          const char     *reason);
void       _runnel_run_step_conclude_as  (RunnelRunStep  *step,
                                          RunnelState     state,
                                          gboolean        tolerated,
                                          const char     *reason);
void       _runnel_run_step_settle       (RunnelRunStep  *step,
                                          RunnelState     state,
                                          const char     *reason);
void       _runnel_run_step_start_queued (RunnelRunStep  *step);
void       _runnel_run_step_set_timeout  (RunnelRunStep  *step,
                                          gint64          time);
gint64     _runnel_run_step_stop_timeout (RunnelRunStep  *step);
void       _runnel_run_step_cancel       (RunnelRunStep  *step);
void       _runnel_run_step_clear        (RunnelRunStep  *step);

void       _runnel_run_step_hold_job     (RunnelRunStep  *step);
void       _runnel_run_step_release_job  (RunnelRunStep  *step);
void       _runnel_run_step_conclude     (RunnelRunStep  *step,
                                          RunnelState     state,
                                          const char     *reason);

/* runnel-run-files.c */
extern const RunnelKeeperCallbacks _runnel_run_keeper_callbacks;

gboolean   _runnel_run_step_look_up      (RunnelRunStep  *step);
gboolean   _runnel_run_step_keep         (RunnelRunStep  *step);
void       _runnel_run_step_take_artifacts (RunnelRunStep *step,
                                          JsonArray      *artifacts);
JsonObject *_runnel_run_step_describe_files (RunnelRunStep *step);
void       _runnel_run_step_clear_files  (RunnelRunStep  *step);

/* runnel-run-parts.c */
JsonObject *_runnel_run_step_list_parts  (RunnelRunStep  *step,
                                          GError        **error);

/* runnel-run-times.c */
gboolean   _runnel_run_step_get_timeout  (RunnelRunStep  *step,
                                          gint64         *ret_timeout,
                                          GError        **error);
const RunnelRetry *_runnel_run_step_get_retry (RunnelRunStep *step);
gboolean   _runnel_run_step_get_delay    (RunnelRunStep  *step,
                                          gint64         *ret_delay,
                                          GError        **error);

/* runnel-run-hold.c */
gboolean   _runnel_run_is_paused         (RunnelRun      *self);
gboolean   _runnel_run_step_wait_frozen  (RunnelRunStep  *step,
                                          RunnelState     state,
                                          RunnelWaitKind  wait,
                                          const char     *reason);
void       _runnel_run_step_forget_freeze (RunnelRunStep *step);

/* runnel-run-context.c */

/* What an expression of one step sees. */
typedef struct
{
  RunnelExprScope scope;
  RunnelRun *run;
  RunnelRunStep *step;  /* NULL: an expression of the pipeline */
  JsonNode *env;        /* the step's own context `env`, or NULL = the pipeline's */
  JsonNode *secrets;    /* what it sees of them, or NULL = all */
} RunnelRunScope;

void       _runnel_run_scope_init        (RunnelRunScope *self,
                                          RunnelRun      *run,
                                          RunnelRunStep  *step);
void       _runnel_run_init_contexts     (RunnelRun      *self,
                                          JsonObject     *trigger);
void       _runnel_run_clear_contexts    (RunnelRun      *self);
void       _runnel_run_add_to_context    (RunnelRunStep  *step);
void       _runnel_run_show_outcome      (RunnelRun      *self);
gboolean   _runnel_run_show_self         (RunnelRunStep  *step);
void       _runnel_run_hide_self         (RunnelRun      *self);
gboolean   _runnel_run_step_test         (RunnelRunStep  *step,
                                          const char     *condition,
                                          gboolean       *ret_value,
                                          char          **ret_account,
                                          GError        **error);
gboolean   _runnel_run_step_test_attempt (RunnelRunStep  *step,
                                          const char     *condition,
                                          gboolean       *ret_value,
                                          char          **ret_account,
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
  char *image;
  char *resumes;
  char *undoes;
  char log_name[128];
  char output_name[128];
} RunnelRunAttempt;

gboolean   _runnel_run_init_environment  (RunnelRun        *self,
                                          GError          **error);
gboolean   _runnel_run_evaluate_env      (JsonNode         *env,
                                          const RunnelExprScope *scope,
                                          RunnelEnvironment *environment,
                                          JsonObject       *values,
                                          GError          **error);
JsonObject *_runnel_run_step_evaluate_with (RunnelRunStep  *step,
                                          const RunnelExprScope *scope,
                                          GError          **error);
char      *_runnel_run_step_evaluate_working_directory (RunnelRunStep *step,
                                          const RunnelExprScope *scope,
                                          GError          **error);
gboolean   _runnel_run_step_evaluate_image (RunnelRunStep  *step,
                                          const RunnelExprScope *scope,
                                          char            **ret_image,
                                          GError          **error);
gboolean   _runnel_run_prepare_attempt   (RunnelRunStep    *step,
                                          RunnelRunAttempt *ret_attempt,
                                          GError          **error);
void       _runnel_run_attempt_clear     (RunnelRunAttempt *self);

/* runnel-run-events.c */
gint64     _runnel_run_get_time          (RunnelRun        *self);
void       _runnel_run_emit              (RunnelRun        *self,
                                          RunnelEvent      *event);
void       _runnel_run_flush             (RunnelRun        *self);
void       _runnel_run_emit_run          (RunnelRun        *self,
                                          RunnelEventType   type,
                                          JsonObject       *details);
void       _runnel_run_emit_step         (RunnelRunStep    *step,
                                          RunnelEventType   type);
void       _runnel_run_init_labels       (RunnelRun        *self,
                                          const char *const *labels);
JsonObject *_runnel_run_describe_start   (RunnelRun        *self);
JsonObject *_runnel_run_describe_end     (RunnelRun        *self);
char       *_runnel_run_explain_end      (RunnelRun        *self,
                                          JsonObject       *details);

/* runnel-parameters.c */
JsonObject *_runnel_parameters_complete  (RunnelPipeline   *pipeline,
                                          JsonObject       *given,
                                          GError          **error);

G_END_DECLS
