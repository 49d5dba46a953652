/* runnel-event.h: what happened in a run, the one stream all readers read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/runnel-added-step.h"
#include "engine/runnel-state.h"
#include "engine/runnel-wait-kind.h"

G_BEGIN_DECLS

/* What the reason of a step that waits begins with when it is frozen. */
#define RUNNEL_REASON_FROZEN "frozen "

typedef enum
{
  RUNNEL_EVENT_RUN_STARTED,      /* "run-started" */
  RUNNEL_EVENT_STEP_QUEUED,      /* "step-queued": what it needs is there */
  RUNNEL_EVENT_STEP_WAITING,     /* "step-waiting": reason says for what; state running: it waits no longer */
  RUNNEL_EVENT_ATTEMPT_STARTED,  /* "attempt-started" */
  RUNNEL_EVENT_ATTEMPT_FINISHED, /* "attempt-finished" */
  RUNNEL_EVENT_STEP_FINISHED,    /* "step-finished": the state is final */
  RUNNEL_EVENT_RUN_CANCELLING,   /* "run-cancelling" */
  RUNNEL_EVENT_RUN_FINISHED,     /* "run-finished": always the last */
  RUNNEL_EVENT_STEP_ADDED,       /* "step-added": a step beyond those in the file; before all else about it */
  RUNNEL_EVENT_RUN_QUEUED,       /* "run-queued": reason says which place it has, and behind whom */
  RUNNEL_EVENT_RUN_PAUSED,       /* "run-paused": nothing starts until run-resumed */
  RUNNEL_EVENT_RUN_RESUMED,      /* "run-resumed" */
  RUNNEL_EVENT_RUN_ROLLING_BACK, /* "run-rolling-back": it failed, and what it did is taken back */
  RUNNEL_EVENT_ACTION,           /* "action": a person did something to the run or a step; reason: in her words */
} RunnelEventType;

/* What an attempt cost. */
typedef struct
{
  gint64 user_us;     /* from wait4(): the program and what it waited for ... */
  gint64 system_us;
  gint64 max_rss_kb;  /* ... and the largest of these */
  gint64 cpu_us;      /* of all its processes, where it had a control group; else 0 */
  gint64 peak_kb;     /* of all its processes together; else 0 */
} RunnelUsage;

gint64 runnel_usage_get_cpu_us    (const RunnelUsage *self);
gint64 runnel_usage_get_memory_kb (const RunnelUsage *self);

/* One event. On the stack of the sender: a reader copies what it keeps. Members that do not
 * belong to the type are zero. As JSON it is one line with the keys named at the right. */
typedef struct
{
  RunnelEventType type;   /* "event" */
  gint64 time;            /* "time": wall clock, microseconds since 1970 */
  gint64 run;             /* "run": the run's number */
  guint step_index;       /* position in the file, added steps behind it in their order; not in JSON */
  const char *step;       /* "step": id, or NULL for the run itself */
  guint attempt;          /* "attempt": from 1; step-finished: how many there were */
  RunnelState state;      /* "state" */
  const char *reason;     /* "reason": a sentence for people, or NULL */
  RunnelWaitKind wait;    /* "wait": step-waiting: for what, as the reason says it in words */
  const char *cause;      /* "cause": step-queued: why it may start, a sentence for people, or NULL */
  gint64 reused;          /* "reused": step-finished: the run whose result was taken, 0 = it ran itself */
  gboolean tolerated;     /* "tolerated": failed, but continues on error */
  gint64 pid;             /* "pid" of the attempt's process, 0 = none */
  gint64 start_time;      /* "process-start": field 22 of /proc/PID/stat, so that a pid is never mistaken for another */
  int exit_code;          /* "exit-code", -1 = none */
  int term_signal;        /* "signal", 0 = none */
  RunnelUsage usage;      /* "user-us", "system-us", "max-rss-kb", "cpu-us", "peak-kb" */
  JsonObject *outputs;    /* "outputs": strings by name, or NULL */
  JsonObject *details;    /* "details": run-started: pipeline, file, parameters, jobs, host, user, fingerprint, trigger,
                           * traceparent; run-finished: handled, the ids of failed steps that a fallback
                           * made good; step-added: see RunnelAddedStep; step-finished: artifacts; action:
                           * action, step, user, host, origin; or NULL */
} RunnelEvent;

#define RUNNEL_EVENT_ERROR (runnel_event_error_quark ())
typedef enum
{
  RUNNEL_EVENT_ERROR_SYNTAX = 1, /* not one JSON object on one line: a torn write, or another file */
  RUNNEL_EVENT_ERROR_UNKNOWN,    /* JSON, but no event this version knows */
} RunnelEventError;
GQuark runnel_event_error_quark (void);

const char *runnel_event_type_to_string   (RunnelEventType    type);
gboolean    runnel_event_type_from_string (const char        *text,
                                           RunnelEventType   *ret_type);
void        runnel_event_append_json      (const RunnelEvent *self,
                                           GString           *line); /* without the newline */
/* Parses one line; strings and objects of `ret_event` belong to `ret_owner`. */
gboolean    runnel_event_parse_json       (const char        *line,
                                           gssize             length,
                                           RunnelEvent       *ret_event,
                                           JsonNode         **ret_owner,
                                           GError           **error);

/* A reader of the stream. Called in the engine's thread, in order; must not block. */
typedef struct _RunnelEventSink RunnelEventSink;
struct _RunnelEventSink
{
  void (*event) (RunnelEventSink *self, const RunnelEvent *event);
  /* Called before anything starts that relies on the events so far; a sink that
   * promises durability has them out of the process when it returns. May be NULL. */
  void (*flush) (RunnelEventSink *self);
  /* It keeps them in memory only, to hand them on as they are. All others see ***. */
  gboolean sees_secrets;
};

G_END_DECLS
