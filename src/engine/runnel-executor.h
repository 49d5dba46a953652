/* runnel-executor.h: the one seam between the engine and the outside world
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/runnel-clock.h"
#include "engine/runnel-event.h"
#include "engine/secrets/runnel-secrets.h"

G_BEGIN_DECLS

/* What an executor is asked to do: everything is decided and evaluated by now. The
 * strings and arrays live until `start` returns, the objects as long as they are referenced. */
typedef struct
{
  guint step_index;
  const char *step;
  const char *kind;
  guint attempt;
  JsonObject *with;              /* expressions already evaluated */
  const char *const *env;        /* the whole environment, "NAME=value", NULL-terminated */
  const char *working_directory; /* absolute */
  const char *base_dir;          /* the folder of the pipeline's file, absolute */
  const char *run_dir;           /* absolute; logs and outputs go here */
  const char *log_name;          /* file name inside run_dir, "build.1.log" */
  const char *output_name;       /* file name inside run_dir of $RUNNEL_OUTPUT, "build.1.out" */
  gint64 grace;                  /* microseconds between TERM and KILL; 0 = RUNNEL_DEFAULT_GRACE */
  gboolean no_cache;             /* use no results of earlier runs, if it is a run itself */
  const char *resumes;           /* "RUN:STEP" of which this carries on what failed, or NULL */
  const char *undoes;            /* "RUN:STEP" whose subpipelines this rolls back, or NULL */
  RunnelSecretMask *mask;        /* what logs must not show, or NULL */
  RunnelSecrets *secrets;        /* what a run inside of this one must not show either, or NULL */
  const char *container;         /* the program that runs steps in containers, or NULL = they are run as they are */
  const char *image;             /* for the container, or NULL = the step is run as it is */
  JsonObject *variables;         /* those of `env` that the pipeline and the step set, by name */
} RunnelAttempt;

#define RUNNEL_DEFAULT_GRACE (10 * G_USEC_PER_SEC)

typedef struct
{
  RunnelState state;             /* succeeded, failed or cancelled; the run turns it into timed-out */
  int exit_code;                 /* -1 = none */
  int term_signal;               /* 0 = none */
  const char *reason;            /* a sentence for people when it did not succeed, else NULL */
  JsonObject *outputs;           /* outputs besides those in $RUNNEL_OUTPUT, or NULL */
  gboolean output_file;          /* $RUNNEL_OUTPUT may have been written: the run reads it */
  RunnelUsage usage;
} RunnelResult;

/* How far an attempt under way is held back. */
typedef enum
{
  RUNNEL_HOLD_NONE,
  RUNNEL_HOLD_STARTS, /* what it does goes on; if it is a run itself, nothing new starts in it */
  RUNNEL_HOLD_ALL,    /* it is frozen: all of its processes are stopped, its time stands still */
} RunnelHold;

typedef struct _RunnelExecutor RunnelExecutor;
typedef struct _RunnelTask RunnelTask; /* an attempt under way; gone once `finished` was called */

typedef struct
{
  /* The attempt has begun: with a process, its pid and start time, else 0. May come before `start` returns. */
  void (*started)  (gpointer user_data, guint step_index, gint64 pid, gint64 start_time);
  /* It waits for something outside; `reason` says for what, in words. NULL = it no longer waits. */
  void (*waiting)  (gpointer user_data, guint step_index, RunnelWaitKind kind, const char *reason);
  /* It is over: no process of its group is left. Never called before `start` has returned. */
  void (*finished) (gpointer user_data, guint step_index, const RunnelResult *result);
} RunnelExecutorCallbacks;

struct _RunnelExecutor
{
  RunnelTask *(*start)   (RunnelExecutor *self, const RunnelAttempt *attempt);
  /* Ask the attempt to end: TERM, and after the grace period KILL, to its whole process group; `finished` still comes. */
  void        (*cancel)  (RunnelExecutor *self, RunnelTask *task);
  /* A person's answer to a waiting approval; FALSE when the task does not wait for one. */
  gboolean    (*answer)  (RunnelExecutor *self, RunnelTask *task, gboolean approved, const char *who, const char *comment);
  /* Hold the attempt back, or let it go on. FALSE with an error, for people, when it can't be held that far. A
   * frozen attempt can be cancelled. */
  gboolean    (*hold)    (RunnelExecutor *self, RunnelTask *task, RunnelHold hold, GError **error);
  void        (*free)    (RunnelExecutor *self);
  const RunnelExecutorCallbacks *callbacks;  /* set by the run */
  gpointer user_data;
};

void            runnel_executor_free        (RunnelExecutor *self);
void            runnel_real_executor_end_leftovers (void);
RunnelExecutor *runnel_real_executor_new    (void);
/* Every attempt succeeds at once, nothing is carried out. */
RunnelExecutor *runnel_dry_run_executor_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelExecutor, runnel_executor_free)

G_END_DECLS
