/* runnel-history.h: what ran, when and why; SQLite
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "engine/files/runnel-artifact.h"
#include "engine/runnel-event.h"
#include "history/runnel-run-filter.h"

G_BEGIN_DECLS

#define RUNNEL_HISTORY_ERROR (runnel_history_error_quark ())
typedef enum
{
  RUNNEL_HISTORY_ERROR_DATABASE = 1, /* SQLite said no */
  RUNNEL_HISTORY_ERROR_NEWER,        /* written by a later version of Runnel */
  RUNNEL_HISTORY_ERROR_NOT_FOUND,    /* no such run, step or log */
  RUNNEL_HISTORY_ERROR_CORRUPT,      /* not a database, or a damaged one */
  RUNNEL_HISTORY_ERROR_UNWRITABLE,   /* the file or its folder can't be made or written */
  RUNNEL_HISTORY_ERROR_FULL,         /* no space left */
  RUNNEL_HISTORY_ERROR_BUSY,         /* locked by someone else for too long */
  RUNNEL_HISTORY_ERROR_LIVE,         /* not possible while the run is under way */
  RUNNEL_HISTORY_ERROR_EXCHANGE,     /* a file is no history that was exported, or a damaged one */
  RUNNEL_HISTORY_ERROR_FILTER,       /* words that say which runs are wanted make no sense */
} RunnelHistoryError;
GQuark runnel_history_error_quark (void);

/* One attempt of one step. Times in microseconds since 1970, 0 = not yet. */
typedef struct
{
  guint attempt;
  RunnelState state;
  gint64 started;
  gint64 finished;
  int exit_code;      /* -1 = none */
  int term_signal;    /* 0 = none */
  RunnelUsage usage;
  gint64 pid;         /* of its process, 0 = none */
  gint64 process_start; /* field 22 of /proc/PID/stat */
  char *reason;
} RunnelAttemptRecord;

/* A time in which a step waited for a person, a pool or a clock. */
typedef struct
{
  gint64 started;
  gint64 finished;    /* 0 = it still waits */
  RunnelWaitKind kind;
  char *reason;
} RunnelWaitRecord;

typedef struct
{
  char *id;
  char *name;
  char *kind;
  guint index;        /* order in the file; added steps behind */
  RunnelRole role;
  char *parent;       /* id of the step an added one belongs to, or NULL */
  JsonObject *matrix; /* of a leg: its values by axis, or NULL */
  RunnelState state;
  gboolean tolerated; /* failed, but continued on error */
  gboolean handled;   /* failed, but a fallback made it good */
  gint64 queued;
  gint64 started;     /* of the first attempt, its own or that of a leg */
  gint64 finished;
  char *reason;
  char *cause;        /* why it was started, or NULL */
  gint64 reused;      /* the run whose result was taken, 0 = it ran itself */
  JsonObject *outputs;    /* or NULL */
  GPtrArray *attempts;    /* of RunnelAttemptRecord, by number */
  GPtrArray *waits;       /* of RunnelWaitRecord, by time */
} RunnelStepRecord;

typedef struct
{
  gint64 id;
  char *uuid;
  char *pipeline;     /* its name */
  char *file;
  RunnelState state;
  gint64 queued;          /* when it began to wait for other runs, 0 = it never did */
  gint64 started;
  gint64 finished;
  char *reason;
  JsonObject *details;    /* parameters, trigger, jobs, host, user; or NULL */
  char *trigger;          /* the kind: "manual", "rerun", "schedule", ... */
  const char *user;       /* who started it, of `details`; or NULL */
  const char *host;       /* where, of `details`; or NULL */
  gboolean pinned;        /* kept when old runs are cleared away */
  char **labels;          /* in alphabetical order */
  gint64 parent;          /* the run of whose step this is the subpipeline, 0 = none */
  char *parent_step;
  gint64 origin;          /* the run that this one repeats or takes back, 0 = none */
  char *imported_from;    /* the machine that it comes from, NULL = this one */
  gint64 imported_number; /* that it had there */
  guint n_steps;
  guint n_by_state[RUNNEL_N_STATES];
} RunnelRunRecord;

/* A pipeline of which there are runs. */
typedef struct
{
  char *name;
  char *file;
} RunnelPipelineRecord;

/* A file that a step left to its run; it lies in the step's folder below that of the run. */
typedef struct
{
  char *step;           /* id */
  RunnelArtifact *file; /* its mode is not known */
} RunnelArtifactRecord;

RunnelRunRecord *runnel_run_record_copy (const RunnelRunRecord *self);
void runnel_run_record_free     (RunnelRunRecord     *self);
void runnel_step_record_free    (RunnelStepRecord    *self);
void runnel_attempt_record_free (RunnelAttemptRecord *self);
void runnel_wait_record_free    (RunnelWaitRecord    *self);
void runnel_artifact_record_free (RunnelArtifactRecord *self);
void runnel_pipeline_record_free (RunnelPipelineRecord *self);

/* The store. Synchronous: one thread owns it. The CLI calls it directly; the
 * application goes through RunnelHistoryService, which owns a worker thread. */
typedef struct _RunnelHistory RunnelHistory;

char            *runnel_history_get_path     (void);   /* $XDG_DATA_HOME/runnel/history.db */
char            *runnel_history_get_runs_dir (void);   /* $XDG_STATE_HOME/runnel/runs */
char            *runnel_history_get_run_dir  (gint64                      run);
RunnelHistory   *runnel_history_open         (const char                 *path,  /* NULL = the default; ":memory:" for tests */
                                              GError                    **error);
void             runnel_history_close        (RunnelHistory              *self);
/* Durable when it returns: gives the run its number. */
gint64           runnel_history_add_run      (RunnelHistory              *self,
                                              const char                 *pipeline_name,
                                              const char                 *file,
                                              const char                 *pipeline_text,
                                              gsize                       length,
                                              gint64                      started,
                                              GError                    **error);
gboolean         runnel_history_begin        (RunnelHistory              *self,
                                              GError                    **error);
gboolean         runnel_history_commit       (RunnelHistory              *self,
                                              GError                    **error);
void             runnel_history_rollback     (RunnelHistory              *self);
gboolean         runnel_history_record       (RunnelHistory              *self,
                                              const RunnelEvent          *event,
                                              GError                    **error);
/* Another one when something was written since, by this process or another; -1 on failure. */
gint64           runnel_history_get_version  (RunnelHistory              *self,
                                              GError                    **error);
GArray          *runnel_history_find_runs    (RunnelHistory              *self,  /* of gint64, latest first */
                                              const RunnelRunFilter      *filter,
                                              GError                    **error);
GPtrArray       *runnel_history_load_runs    (RunnelHistory              *self,  /* of RunnelRunRecord */
                                              const gint64               *runs,
                                              guint                       n_runs,
                                              GError                    **error);
GPtrArray       *runnel_history_list_runs    (RunnelHistory              *self,  /* of RunnelRunRecord, latest first */
                                              const RunnelRunFilter      *filter,
                                              guint                       limit,
                                              GError                    **error);
gint64           runnel_history_count_runs   (RunnelHistory              *self,  /* -1 on failure */
                                              const RunnelRunFilter      *filter,
                                              GError                    **error);
char           **runnel_history_list_labels  (RunnelHistory              *self,
                                              GError                    **error);
char           **runnel_history_list_triggers (RunnelHistory             *self,
                                              GError                    **error);
GPtrArray       *runnel_history_list_pipelines (RunnelHistory            *self,  /* of RunnelPipelineRecord */
                                              GError                    **error);
gboolean         runnel_history_set_pinned   (RunnelHistory              *self,
                                              const gint64               *runs,
                                              guint                       n_runs,
                                              gboolean                    pinned,
                                              GError                    **error);
gboolean         runnel_history_check_label  (const char                 *label,
                                              GError                    **error);
gboolean         runnel_history_add_label    (RunnelHistory              *self,
                                              const gint64               *runs,
                                              guint                       n_runs,
                                              const char                 *label,
                                              GError                    **error);
gboolean         runnel_history_remove_label (RunnelHistory              *self,
                                              const gint64               *runs,
                                              guint                       n_runs,
                                              const char                 *label,
                                              GError                    **error);
RunnelRunRecord *runnel_history_get_run      (RunnelHistory              *self,
                                              gint64                      run,
                                              GError                    **error);
GPtrArray       *runnel_history_get_steps    (RunnelHistory              *self,  /* of RunnelStepRecord, in file order, then added ones */
                                              gint64                      run,
                                              GError                    **error);
GPtrArray       *runnel_history_list_artifacts (RunnelHistory            *self,  /* of RunnelArtifactRecord, by step and path */
                                              gint64                      run,
                                              const char                 *step,
                                              GError                    **error);
GPtrArray       *runnel_history_list_children (RunnelHistory             *self,  /* of RunnelRunRecord, earliest first */
                                              gint64                      run,
                                              GError                    **error);
GPtrArray       *runnel_history_list_successors (RunnelHistory           *self,  /* of RunnelRunRecord, earliest first */
                                              gint64                      run,
                                              GError                    **error);
char            *runnel_history_get_text     (RunnelHistory              *self,  /* the pipeline as it ran */
                                              gint64                      run,
                                              GError                    **error);
/* Its rows and its folder with the logs, in one operation. */
gboolean         runnel_history_delete_run   (RunnelHistory              *self,
                                              gint64                      run,
                                              GError                    **error);
/* Those that are over; the others are counted and stay. */
gboolean         runnel_history_delete_runs  (RunnelHistory              *self,
                                              const gint64               *runs,
                                              guint                       n_runs,
                                              GCancellable               *cancellable,
                                              guint                      *ret_deleted,
                                              guint                      *ret_live,
                                              GError                    **error);
/* Ends a run that never began, because there was no place or no means for it. */
gboolean         runnel_history_abandon_run  (RunnelHistory              *self,
                                              gint64                      run,
                                              const char                 *reason,
                                              GError                    **error);
/* Finds runs that are said to be running but whose process is gone, completes their
 * facts from their event journal, kills what is left of them, and marks them interrupted. */
gboolean         runnel_history_reconcile    (RunnelHistory              *self,
                                              GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RunnelHistory, runnel_history_close)

G_END_DECLS
