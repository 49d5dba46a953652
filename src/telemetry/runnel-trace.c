/* runnel-trace.c: the events of a run as spans of a trace
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run is a span, each step is one in it, and each attempt one in that of its step; the legs of
 * a matrix are in that of their step. Undos and hooks, which may come when the step they belong to
 * is over, are in that of the run, with a link to it. Names are those of OpenTelemetry's semantic
 * conventions for CI/CD (1.44) as far as they go.
 */
#include "config.h"

#include "telemetry/runnel-otlp-resource.h"
#include "telemetry/runnel-otlp.h"
#include "telemetry/runnel-trace.h"

/* A step that is not over. */
typedef struct
{
  char *id;
  char *title;
  char *kind;
  char *parent;      /* id of the step it belongs to, or NULL */
  RunnelRole role;
  gint64 begun;      /* 0 = not yet */
  gint64 started;    /* the present attempt */
  gint64 pid;        /* of the present attempt */
  GString *events;   /* NULL = none */
} Step;

struct _RunnelTrace
{
  RunnelRunFacts *facts;
  GString *resource;  /* attributes */
  GHashTable *steps;  /* Step by id */
  gint64 begun;
  GString *events;    /* of the run */
  GString *spans;
  guint n_spans;
};

static void
step_free (gpointer data)
{
  Step *self = data;

  g_free (self->id);
  g_free (self->title);
  g_free (self->kind);
  g_free (self->parent);
  if (self->events)
    g_string_free (self->events, TRUE);
  g_free (self);
}

/* An event of a step that was never heard of is one whose first events were lost. */
static Step *
get_step (RunnelTrace *self,
          const char  *id)
{
  Step *step = g_hash_table_lookup (self->steps, id);
  const RunnelStepFacts *facts = g_hash_table_lookup (self->facts->steps, id);

  if (step)
    return step;
  step = g_new0 (Step, 1);
  step->id = g_strdup (id);
  step->title = g_strdup (facts ? facts->title : id);
  step->kind = g_strdup (facts ? facts->kind : NULL);
  g_hash_table_insert (self->steps, step->id, step);
  return step;
}

/* --- What states are called --- */

static RunnelSpanStatus
get_status (RunnelState state)
{
  if (state == RUNNEL_STATE_SUCCEEDED)
    return RUNNEL_SPAN_OK;
  return runnel_state_is_failure (state) ? RUNNEL_SPAN_ERROR : RUNNEL_SPAN_UNSET;
}

/* A few words, so that errors can be counted by them. */
static const char *
get_error_type (RunnelState        state,
                const RunnelEvent *attempt)
{
  if (!runnel_state_is_failure (state))
    return NULL;
  if (attempt && attempt->term_signal > 0)
    return "signal";
  if (attempt && attempt->exit_code > 0)
    return "exit_code";
  return runnel_otlp_get_result (state);
}

/* --- Spans --- */

static void
add_span (RunnelTrace *self,
          RunnelSpan  *span)
{
  span->trace = runnel_trace_context_get_trace (self->facts->trace);
  runnel_otlp_add_span (self->spans, span);
  self->n_spans++;
}

static void
add_attempt_span (RunnelTrace       *self,
                  Step              *step,
                  const RunnelEvent *event)
{
  RunnelTraceContext *trace = self->facts->trace;
  g_autofree char *id = runnel_trace_context_make_span (trace, step->id, event->attempt);
  g_autofree char *parent = runnel_trace_context_make_span (trace, step->id, 0);
  g_autofree char *name = g_strdup_printf ("%s, attempt %u", step->title, event->attempt);
  g_autoptr(GString) attributes = g_string_new (NULL);
  RunnelSpan span = {
    .id = id,
    .parent = parent,
    .name = name,
    .kind = RUNNEL_SPAN_INTERNAL,
    .start = step->started ? step->started : event->time,
    .end = event->time,
    .status = get_status (event->state),
    .message = event->reason,
    .attributes = attributes,
  };

  runnel_otlp_add_int (attributes, "runnel.attempt.number", event->attempt);
  runnel_otlp_add_string (attributes, "runnel.attempt.result",
                          runnel_otlp_get_result (event->state));
  runnel_otlp_add_string (attributes, "error.type", get_error_type (event->state, event));
  if (step->pid > 0)
    runnel_otlp_add_int (attributes, "process.pid", step->pid);
  if (event->exit_code >= 0)
    runnel_otlp_add_int (attributes, "process.exit.code", event->exit_code);
  if (event->term_signal > 0)
    runnel_otlp_add_int (attributes, "runnel.attempt.signal", event->term_signal);
  runnel_otlp_add_double (attributes, "runnel.attempt.cpu.user", event->usage.user_us / 1e6);
  runnel_otlp_add_double (attributes, "runnel.attempt.cpu.system", event->usage.system_us / 1e6);
  runnel_otlp_add_int (attributes, "runnel.attempt.memory.peak",
                       runnel_usage_get_memory_kb (&event->usage) * 1024);
  add_span (self, &span);
}

/* A leg began, and so did its step. */
static char *
find_parent (RunnelTrace *self,
             Step        *step)
{
  RunnelTraceContext *trace = self->facts->trace;
  Step *parent;

  if (step->role != RUNNEL_ROLE_LEG || !step->parent)
    return g_strdup (runnel_trace_context_get_span (trace));
  parent = get_step (self, step->parent);
  if (parent->begun == 0 || step->begun < parent->begun)
    parent->begun = step->begun;
  return runnel_trace_context_make_span (trace, step->parent, 0);
}

/* What an undo or a hook belongs to, and the step whose result was taken. */
static GString *
make_links (RunnelTrace       *self,
            Step              *step,
            const RunnelEvent *event)
{
  RunnelRunFacts *facts = self->facts;
  GString *links = g_string_new (NULL);
  g_autofree char *other = NULL;

  if (step->parent && step->role != RUNNEL_ROLE_LEG)
    {
      other = runnel_trace_context_make_span (facts->trace, step->parent, 0);
      runnel_otlp_add_link (links, runnel_trace_context_get_trace (facts->trace), other,
                            runnel_role_to_string (step->role));
    }
  else if (event->reused > 0 && facts->origin && event->reused == facts->origin_id)
    {
      other = runnel_trace_context_make_span (facts->origin, step->id, 0);
      runnel_otlp_add_link (links, runnel_trace_context_get_trace (facts->origin), other, "reused");
    }
  return links;
}

static void
add_step_attributes (RunnelTrace       *self,
                     GString           *attributes,
                     Step              *step,
                     const RunnelEvent *event)
{
  g_autofree char *run = g_strconcat (self->facts->uuid, "/", step->id, NULL);
  g_autofree char *url = runnel_run_facts_make_url (self->facts, step->id, event->attempt);

  runnel_otlp_add_string (attributes, "cicd.pipeline.task.name", step->title);
  runnel_otlp_add_string (attributes, "cicd.pipeline.task.run.id", run);
  runnel_otlp_add_string (attributes, "cicd.pipeline.task.run.result",
                          runnel_otlp_get_result (event->state));
  runnel_otlp_add_string (attributes, "cicd.pipeline.task.run.url.full", url);
  runnel_otlp_add_string (attributes, "error.type", get_error_type (event->state, NULL));
  runnel_otlp_add_string (attributes, "runnel.step.id", step->id);
  runnel_otlp_add_string (attributes, "runnel.step.kind", step->kind);
  runnel_otlp_add_int (attributes, "runnel.step.attempts", event->attempt);
  if (step->role != RUNNEL_ROLE_STEP)
    runnel_otlp_add_string (attributes, "runnel.step.role", runnel_role_to_string (step->role));
  if (event->tolerated)
    runnel_otlp_add_boolean (attributes, "runnel.step.tolerated", TRUE);
  if (event->reused > 0)
    runnel_otlp_add_int (attributes, "runnel.step.reused_from", event->reused);
}

/* A step that never began is a point in time. */
static void
add_step_span (RunnelTrace       *self,
               Step              *step,
               const RunnelEvent *event)
{
  g_autofree char *id = runnel_trace_context_make_span (self->facts->trace, step->id, 0);
  g_autofree char *parent = NULL;
  g_autoptr(GString) attributes = g_string_new (NULL);
  g_autoptr(GString) links = make_links (self, step, event);
  RunnelSpan span = {
    .id = id,
    .name = step->title,
    .kind = RUNNEL_SPAN_INTERNAL,
    .end = event->time,
    .status = get_status (event->state),
    .message = event->reason,
    .attributes = attributes,
    .events = step->events,
    .links = links,
  };

  if (step->begun == 0)
    step->begun = event->time;
  parent = find_parent (self, step);
  span.parent = parent;
  span.start = step->begun;
  add_step_attributes (self, attributes, step, event);
  add_span (self, &span);
}

static void
add_run_attributes (RunnelTrace       *self,
                    GString           *attributes,
                    const RunnelEvent *event)
{
  const RunnelRunFacts *facts = self->facts;

  runnel_otlp_add_string (attributes, "cicd.pipeline.action.name", "RUN");
  runnel_otlp_add_string (attributes, "cicd.pipeline.result",
                          runnel_otlp_get_result (event->state));
  runnel_otlp_add_string (attributes, "error.type", get_error_type (event->state, NULL));
  runnel_otlp_add_int (attributes, "runnel.run.number", facts->id);
  runnel_otlp_add_string (attributes, "runnel.run.trigger", facts->trigger);
  runnel_otlp_add_string (attributes, "runnel.run.user", facts->user);
  runnel_otlp_add_string (attributes, "runnel.pipeline.file", facts->file);
  if (!facts->vcs)
    return;
  runnel_otlp_add_string (attributes, "vcs.repository.url.full", facts->vcs->url);
  runnel_otlp_add_string (attributes, "vcs.ref.head.name", facts->vcs->branch);
  runnel_otlp_add_string (attributes, "vcs.ref.head.revision", facts->vcs->revision);
  if (facts->vcs->branch)
    runnel_otlp_add_string (attributes, "vcs.ref.head.type", "branch");
}

static void
add_run_span (RunnelTrace       *self,
              const RunnelEvent *event)
{
  const RunnelRunFacts *facts = self->facts;
  g_autofree char *name = g_strconcat ("RUN ", facts->pipeline, NULL);
  g_autoptr(GString) attributes = g_string_new (NULL);
  g_autoptr(GString) links = g_string_new (NULL);
  const RunnelSpan span = {
    .id = runnel_trace_context_get_span (facts->trace),
    .parent = runnel_trace_context_get_parent (facts->trace),
    .name = name,
    .kind = RUNNEL_SPAN_SERVER,
    .start = self->begun ? self->begun : event->time,
    .end = event->time,
    .status = get_status (event->state),
    .message = event->reason,
    .attributes = attributes,
    .events = self->events,
    .links = links,
  };

  add_run_attributes (self, attributes, event);
  if (facts->origin)
    runnel_otlp_add_link (links, runnel_trace_context_get_trace (facts->origin),
                          runnel_trace_context_get_span (facts->origin), facts->trigger);
  add_span (self, (RunnelSpan *) &span);
}

/* --- Events --- */

/* What a person did to the run, and who it was. */
static void
add_action (GString    *attributes,
            JsonObject *details)
{
  static const char *const members[] = { "action", "step", "user", "host", "origin" };

  for (guint i = 0; details && i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *key = g_strconcat ("runnel.action.", members[i], NULL);

      runnel_otlp_add_string (attributes, key, json_object_get_string_member_with_default (
                                                 details, members[i], NULL));
    }
}

static void
add_note (GString           *events,
          const RunnelEvent *event)
{
  g_autoptr(GString) attributes = g_string_new (NULL);

  runnel_otlp_add_string (attributes, "runnel.reason", event->reason);
  if (event->type == RUNNEL_EVENT_ACTION)
    add_action (attributes, event->details);
  runnel_otlp_add_event (events, runnel_event_type_to_string (event->type), event->time,
                         attributes->str);
}

static void
note_wait (Step              *step,
           const RunnelEvent *event)
{
  if (event->state == RUNNEL_STATE_RUNNING)
    return;
  if (!step->events)
    step->events = g_string_new (NULL);
  add_note (step->events, event);
}

static void
add_step (RunnelTrace       *self,
          const RunnelEvent *event)
{
  Step *step = get_step (self, event->step);
  RunnelAddedStep added;

  if (!event->details || !runnel_added_step_from_json (event->details, &added))
    return;
  step->role = added.role;
  g_free (step->parent);
  step->parent = g_strdup (added.parent);
  g_free (step->kind);
  step->kind = g_strdup (added.kind);
  if (added.name)
    {
      g_free (step->title);
      step->title = g_strdup (added.name);
    }
}

static void
begin_step (Step              *step,
            const RunnelEvent *event)
{
  if (step->begun == 0)
    step->begun = event->time;
}

static void
take_step_event (RunnelTrace       *self,
                 const RunnelEvent *event)
{
  Step *step = get_step (self, event->step);

  switch (event->type)
    {
    case RUNNEL_EVENT_STEP_QUEUED:
      begin_step (step, event);
      break;
    case RUNNEL_EVENT_STEP_WAITING:
      begin_step (step, event);
      note_wait (step, event);
      break;
    case RUNNEL_EVENT_ATTEMPT_STARTED:
      begin_step (step, event);
      step->started = event->time;
      step->pid = event->pid;
      break;
    case RUNNEL_EVENT_ATTEMPT_FINISHED:
      begin_step (step, event);
      add_attempt_span (self, step, event);
      step->started = 0;
      break;
    case RUNNEL_EVENT_STEP_FINISHED:
      add_step_span (self, step, event);
      g_hash_table_remove (self->steps, event->step);
      break;
    default:
      break;
    }
}

static void
take_run_event (RunnelTrace       *self,
                const RunnelEvent *event)
{
  gboolean is_first = self->begun == 0;

  if (is_first)
    self->begun = event->time;
  if (event->type == RUNNEL_EVENT_RUN_FINISHED)
    add_run_span (self, event);
  else if (!is_first || event->type != RUNNEL_EVENT_RUN_STARTED)
    add_note (self->events, event);
}

/**
 * runnel_trace_new:
 * @facts: the run
 * @attributes: (nullable): more attributes of the resource, text by name; they win
 *
 * Returns: (transfer full): a trace without spans
 */
RunnelTrace *
runnel_trace_new (RunnelRunFacts *facts,
                  GHashTable     *attributes)
{
  RunnelTrace *self = g_new0 (RunnelTrace, 1);

  self->facts = runnel_run_facts_ref (facts);
  self->resource = runnel_otlp_describe_run (facts, attributes);
  self->steps = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, step_free);
  self->events = g_string_new (NULL);
  self->spans = g_string_new (NULL);
  return self;
}

void
runnel_trace_free (RunnelTrace *self)
{
  runnel_run_facts_unref (self->facts);
  g_string_free (self->resource, TRUE);
  g_string_free (self->events, TRUE);
  g_string_free (self->spans, TRUE);
  g_hash_table_unref (self->steps);
  g_free (self);
}

/**
 * runnel_trace_add:
 * @event: the next event of the run; some may be missing, but they come in order
 */
void
runnel_trace_add (RunnelTrace       *self,
                  const RunnelEvent *event)
{
  if (event->type == RUNNEL_EVENT_STEP_ADDED && event->step)
    add_step (self, event);
  else if (event->step)
    take_step_event (self, event);
  else
    take_run_event (self, event);
}

/**
 * runnel_trace_get_n_spans:
 *
 * Returns: how many spans are over and were not taken
 */
guint
runnel_trace_get_n_spans (RunnelTrace *self)
{
  return self->n_spans;
}

/**
 * runnel_trace_take:
 *
 * Returns: (transfer full) (nullable): the body of a request to /v1/traces with all spans that are
 *   over, which are forgotten now; %NULL when there are none
 */
GBytes *
runnel_trace_take (RunnelTrace *self)
{
  GBytes *body;

  if (self->n_spans == 0)
    return NULL;
  body = runnel_otlp_write_traces (self->resource, self->spans);
  g_string_truncate (self->spans, 0);
  self->n_spans = 0;
  return body;
}
