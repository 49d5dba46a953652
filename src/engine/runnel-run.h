/* runnel-run.h: one run of a pipeline, from start to end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "engine/limits/runnel-breakers.h"
#include "engine/limits/runnel-concurrency.h"
#include "engine/limits/runnel-machine-pools.h"
#include "engine/runnel-clock.h"
#include "engine/runnel-event.h"
#include "engine/runnel-executor.h"
#include "engine/runnel-selection.h"
#include "engine/runnel-trace-context.h"
#include "engine/runnel-keeper.h"
#include "engine/secrets/runnel-secrets.h"
#include "model/runnel-pipeline.h"

G_BEGIN_DECLS

#define RUNNEL_RUN_ERROR (runnel_run_error_quark ())
typedef enum
{
  RUNNEL_RUN_ERROR_PARAMETERS = 1, /* missing, unknown or of the wrong type */
  RUNNEL_RUN_ERROR_NO_STEP,        /* there is no such step, or it does not wait for an answer */
  RUNNEL_RUN_ERROR_INVALID,        /* the pipeline can't be run */
} RunnelRunError;
GQuark runnel_run_error_quark (void);

typedef struct
{
  gint64 id;                /* the run's number */
  guint jobs;               /* steps at once; 0 = one per processor */
  JsonObject *parameters;   /* given values; checked and completed by the run */
  RunnelSecrets *secrets;   /* (transfer none): values of declared secrets; outlive the run; NULL = none */
  const char *origin;       /* from where it is started, see runnel-origin.h; NULL = not known */
  JsonObject *fingerprint;  /* where it takes place, see runnel-fingerprint.h; NULL = not known */
  const char *const *labels; /* besides those of the pipeline; NULL = none */
  JsonObject *trigger;      /* what started it: {"kind": "manual", ...} */
  const char *file;         /* absolute path of the pipeline's file */
  const char *run_dir;      /* absolute; exists */
  RunnelKeeper *keeper;     /* keeps artifacts and results; must outlive the run; NULL = nothing is kept */
  gboolean no_cache;        /* use no result of an earlier run */
  gint64 grace;             /* microseconds between TERM and KILL */
  guint32 seed;             /* for jitter */
  gboolean is_rehearsal;    /* nothing is carried out: what steps would make need not be there */
  const RunnelSelection *selection; /* (transfer none): the steps to carry out, or NULL = all; must outlive the run */
  GPtrArray *undos;         /* (transfer none): of RunnelEarlierStep: the run is a rollback of these, in
                             * their order, and the selection has no steps; or NULL */
  RunnelMachinePools *pools; /* (transfer none): the machine's, or NULL; must outlive the run */
  RunnelTraceContext *trace; /* (transfer none): given on to what steps start; NULL = nothing is traced */
  RunnelBreakers *breakers; /* (transfer none): of the file's steps, or NULL; must outlive the run */
  const char *container;    /* runs steps that have an image, see runnel_container_find_program(); NULL = as the others */
} RunnelRunOptions;

/* What a person did to a run. */
typedef struct
{
  const char *name;         /* "approved", "paused", ...: see runnel-history-audit.c */
  const char *step;         /* id, or NULL for the run itself */
  const char *comment;      /* what the person said, or NULL */
  const char *user;
  const char *origin;       /* from where, see runnel-origin.h; NULL = not known */
} RunnelRunAction;

typedef struct _RunnelRun RunnelRun;
typedef void (*RunnelRunFinishedFunc) (RunnelRun *run, RunnelState state, gpointer user_data);

/* Every string of `text` is one parameter's value as typed on a command line; it becomes the declared type. */
JsonObject *runnel_parameters_from_strings (RunnelPipeline         *pipeline,
                                            const char *const      *assignments,  /* "name=value" */
                                            GError                **error);
char       *runnel_parameters_get_variable (const char             *prefix,       /* "RUNNEL_PARAM_", "RUNNEL_MATRIX_" */
                                            const char             *name);
guint       runnel_run_choose_jobs         (RunnelPipeline         *pipeline,
                                            guint                   jobs);
RunnelRun  *runnel_run_new                 (RunnelPipeline         *pipeline,
                                            const RunnelRunOptions *options,
                                            RunnelExecutor         *executor,     /* (transfer none) */
                                            RunnelClock            *clock,        /* (transfer none) */
                                            GError                **error);
void        runnel_run_free                (RunnelRun              *self);
void        runnel_run_add_sink            (RunnelRun              *self,
                                            RunnelEventSink        *sink);        /* (transfer none) */
void        runnel_run_start               (RunnelRun              *self,
                                            RunnelRunFinishedFunc   finished,
                                            gpointer                user_data);
/* Before it starts, or instead. */
gboolean    runnel_run_get_concurrency     (RunnelRun              *self,
                                            RunnelConcurrency      *ret_concurrency,
                                            GError                **error);
void        runnel_run_queue               (RunnelRun              *self,
                                            const char             *place,
                                            RunnelRunFinishedFunc   finished,
                                            gpointer                user_data);
void        runnel_run_decline             (RunnelRun              *self,
                                            RunnelState             outcome,
                                            const char             *reason,
                                            RunnelRunFinishedFunc   finished,
                                            gpointer                user_data);
RunnelState runnel_run_get_state           (RunnelRun              *self);
void        runnel_run_cancel              (RunnelRun              *self,
                                            const char             *reason);
void        runnel_run_tell_action         (RunnelRun              *self,
                                            const RunnelRunAction  *action);
gboolean    runnel_run_answer              (RunnelRun              *self,
                                            const char             *step,
                                            gboolean                approved,
                                            const char             *who,
                                            const char             *comment,
                                            GError                **error);
/* Nothing starts while a run is paused; attempts under way go on. */
gboolean    runnel_run_pause               (RunnelRun              *self,
                                            const char             *who,
                                            GError                **error);
gboolean    runnel_run_resume              (RunnelRun              *self,
                                            const char             *who,
                                            GError                **error);
void        runnel_run_hold                (RunnelRun              *self,
                                            RunnelHold              hold,
                                            const char             *who);
/* A frozen step stands still, and so does its timeout. */
gboolean    runnel_run_freeze              (RunnelRun              *self,
                                            const char             *step,
                                            const char             *who,
                                            GError                **error);
gboolean    runnel_run_thaw                (RunnelRun              *self,
                                            const char             *step,
                                            GError                **error);
/* The present state as one JSON object: {"run", "state", "pipeline", "file", "started",
 * "steps": [{"id", "state", "attempt", ...}]}. */
JsonNode   *runnel_run_snapshot            (RunnelRun              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelRun, runnel_run_free)

G_END_DECLS
