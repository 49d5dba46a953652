/* runnel-cli-progress.c: how far a run is, as told by its events
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "cli/runnel-cli-log.h"
#include "cli/runnel-cli-outcome.h"
#include "cli/runnel-cli-progress.h"
#include "cli/runnel-cli-terminal.h"
#include "engine/runnel-run-dir.h"
#include "util/runnel-format.h"

#define MAX_ID_WIDTH 24
#define TAIL_LINES 20

/* The states in the order in which counts are told. */
static const RunnelState counted[] = {
  RUNNEL_STATE_SUCCEEDED, RUNNEL_STATE_FAILED, RUNNEL_STATE_TIMED_OUT, RUNNEL_STATE_SKIPPED,
  RUNNEL_STATE_CANCELLED, RUNNEL_STATE_RUNNING, RUNNEL_STATE_WAITING,
};

/**
 * runnel_cli_progress_init:
 * @self: progress, all zero but for its sink
 * @pipeline: what is run
 * @run: the run's number
 * @run_dir: its folder, where the logs are
 */
void
runnel_cli_progress_init (RunnelCliProgress *self,
                          RunnelPipeline    *pipeline,
                          gint64             run,
                          const char        *run_dir)
{
  self->pipeline = g_object_ref (pipeline);
  self->run = run;
  self->run_dir = g_strdup (run_dir);
  self->n_steps = runnel_pipeline_get_n_steps (pipeline);
  self->steps = g_new0 (RunnelCliStep, self->n_steps);
  self->n_by_state[RUNNEL_STATE_PENDING] = self->n_steps;

  for (guint i = 0; i < self->n_steps; i++)
    {
      RunnelStep *step = runnel_pipeline_get_step (pipeline, i);

      self->steps[i].id = step->id;
      self->steps[i].kind = step->kind;
      self->id_width = MAX (self->id_width, MIN (strlen (step->id), MAX_ID_WIDTH));
    }
}

void
runnel_cli_progress_clear (RunnelCliProgress *self)
{
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->steps, g_free);
  g_clear_pointer (&self->run_dir, g_free);
  g_clear_pointer (&self->failure, g_free);
  g_clear_pointer (&self->place, g_free);
}

static void
set_place (RunnelCliProgress *self,
           const char        *place)
{
  g_free (self->place);
  self->place = g_strdup (place);
}

static void
add_step (RunnelCliProgress *self,
          const RunnelEvent *event)
{
  RunnelAddedStep added = { .kind = "" };
  RunnelCliStep *step;

  if (event->step_index != self->n_steps)
    return;
  runnel_added_step_from_json (event->details, &added);
  self->steps = g_renew (RunnelCliStep, self->steps, self->n_steps + 1);
  step = &self->steps[self->n_steps++];
  *step = (RunnelCliStep) { .id = g_intern_string (event->step),
                            .kind = g_intern_string (added.kind),
                            .role = added.role };
  self->n_by_state[RUNNEL_STATE_PENDING]++;
  self->id_width = MAX (self->id_width, MIN (strlen (step->id), MAX_ID_WIDTH));
}

/* That a run keeps what its steps did is not worth a word. */
static gboolean
is_undo_not_needed (const RunnelCliStep *step)
{
  return step->role == RUNNEL_ROLE_UNDO && step->state == RUNNEL_STATE_SKIPPED;
}

/* What made the run fail weighs more than what it forgave. */
static guint
weigh_failure (const RunnelCliStep *step,
               const RunnelEvent   *event)
{
  if (event->type != RUNNEL_EVENT_STEP_FINISHED || !runnel_state_is_failure (event->state) ||
      event->reused != 0)
    return 0;

  return event->tolerated || step->role >= RUNNEL_ROLE_UNDO ? 1 : 2;
}

static void
take_failure (RunnelCliProgress *self,
              const char        *id,
              guint              weight)
{
  if (weight <= self->failure_weight)
    return;

  g_free (self->failure);
  self->failure = g_strdup (id);
  self->failure_weight = weight;
}

static void
take_step (RunnelCliProgress *self,
           RunnelCliStep     *step,
           const RunnelEvent *event)
{
  self->n_by_state[step->state]--;
  step->state = event->type == RUNNEL_EVENT_ATTEMPT_FINISHED ? step->state : event->state;
  if (!is_undo_not_needed (step))
    self->n_by_state[step->state]++;

  step->attempt = event->attempt;
  if (event->type == RUNNEL_EVENT_ATTEMPT_STARTED)
    {
      step->is_attempted = TRUE;
      step->pid = event->pid;
      if (step->started == 0)
        step->started = event->time;
    }
  else if (event->type == RUNNEL_EVENT_ATTEMPT_FINISHED)
    {
      step->is_attempted = FALSE;
      step->pid = 0;
    }

  take_failure (self, event->step, weigh_failure (step, event));
}

/**
 * runnel_cli_progress_take:
 * @self: progress
 * @event: what happened
 */
void
runnel_cli_progress_take (RunnelCliProgress *self,
                          const RunnelEvent *event)
{
  if (event->type == RUNNEL_EVENT_RUN_STARTED)
    {
      self->started = event->time;
      set_place (self, NULL);
    }
  else if (event->type == RUNNEL_EVENT_RUN_QUEUED)
    set_place (self, event->reason);
  else if (event->type == RUNNEL_EVENT_RUN_CANCELLING)
    self->is_cancelling = TRUE;
  else if (event->type == RUNNEL_EVENT_RUN_PAUSED || event->type == RUNNEL_EVENT_RUN_RESUMED)
    self->is_paused = event->type == RUNNEL_EVENT_RUN_PAUSED;
  else if (event->type == RUNNEL_EVENT_STEP_ADDED)
    add_step (self, event);
  else if (event->step && event->step_index < self->n_steps)
    take_step (self, &self->steps[event->step_index], event);
}

static char *
describe_end (RunnelCliProgress *self,
              const RunnelEvent *event)
{
  const RunnelCliStep *step = &self->steps[event->step_index];
  GString *text = g_string_new (runnel_state_to_string (event->state));

  if (step->started > 0)
    {
      g_autofree char *duration = runnel_format_duration (event->time - step->started);

      g_string_append (text, event->state == RUNNEL_STATE_SUCCEEDED ? " in " : " after ");
      g_string_append (text, duration);
    }
  if (event->attempt > 1)
    g_string_append_printf (text, ", attempt %u", event->attempt);
  if (event->tolerated)
    g_string_append (text, ", the run goes on");
  if (event->reason)
    g_string_append_printf (text, ": %s", event->reason);

  return g_string_free (text, FALSE);
}

static char *
describe_wait (RunnelCliProgress *self,
               const RunnelEvent *event)
{
  const RunnelCliStep *step = &self->steps[event->step_index];

  if (event->state != RUNNEL_STATE_WAITING)
    return NULL;
  if (step->is_attempted && g_str_equal (step->kind, "approval"))
    return g_strdup_printf ("waits for a person: %s (runnel approve %" G_GINT64_FORMAT " %s)",
                            event->reason, self->run, event->step);

  return g_strdup_printf ("waits %s", event->reason);
}

static char *
describe (RunnelCliProgress *self,
          const RunnelEvent *event)
{
  if (event->step && is_undo_not_needed (&self->steps[event->step_index]))
    return NULL;
  switch (event->type)
    {
    case RUNNEL_EVENT_ATTEMPT_STARTED:
      if (event->attempt > 1)
        return g_strdup_printf ("started, attempt %u", event->attempt);
      return event->cause ? g_strdup_printf ("started: %s", event->cause) : g_strdup ("started");
    case RUNNEL_EVENT_STEP_WAITING:
      return describe_wait (self, event);
    case RUNNEL_EVENT_STEP_FINISHED:
      return describe_end (self, event);
    default:
      return NULL;
    }
}

/**
 * runnel_cli_progress_describe:
 * @self: progress that has taken @event
 * @event: what happened
 *
 * Returns: (transfer full) (nullable): the event of a step in a few words, or %NULL when it is
 *   not worth a line
 */
char *
runnel_cli_progress_describe (RunnelCliProgress *self,
                              const RunnelEvent *event)
{
  g_autofree char *text = describe (self, event);

  return text ? runnel_text_make_line (text) : NULL;
}

/**
 * runnel_cli_progress_tail:
 * @self: progress
 * @event: what happened
 *
 * Returns: (transfer full) (nullable): the last lines of the log when @event says that a step
 *   failed, each line ended, else %NULL
 */
char *
runnel_cli_progress_tail (RunnelCliProgress *self,
                          const RunnelEvent *event)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (event->type != RUNNEL_EVENT_STEP_FINISHED || !runnel_state_is_failure (event->state) ||
      event->attempt == 0)
    return NULL;

  name = runnel_run_dir_log_name (event->step, event->attempt);
  path = g_build_filename (self->run_dir, name, NULL);

  return runnel_cli_log_read_tail (path, TAIL_LINES);
}

/**
 * runnel_cli_progress_count:
 * @self: progress
 *
 * Returns: (transfer full): such as "8 succeeded, 1 failed, 2 running"
 */
char *
runnel_cli_progress_count (RunnelCliProgress *self)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    if (self->n_by_state[counted[i]] > 0)
      g_string_append_printf (text, "%s%u %s", text->len > 0 ? ", " : "",
                              self->n_by_state[counted[i]], runnel_state_to_string (counted[i]));

  return g_string_free (text, FALSE);
}

static gboolean
is_handled (const RunnelEvent *event,
            const char        *step)
{
  JsonArray *ids = event->details && json_object_has_member (event->details, "handled")
                     ? json_object_get_array_member (event->details, "handled") : NULL;

  for (guint i = 0; ids && i < json_array_get_length (ids); i++)
    if (g_str_equal (json_array_get_string_element (ids, i), step))
      return TRUE;

  return FALSE;
}

static char *
describe_fallbacks (RunnelCliProgress *self,
                    const RunnelEvent *event)
{
  g_autoptr(RunnelCliOutcome) outcome = runnel_cli_outcome_new (self->pipeline);

  for (guint i = 0; i < self->n_steps; i++)
    runnel_cli_outcome_set (outcome, self->steps[i].id, self->steps[i].state,
                            is_handled (event, self->steps[i].id));

  return runnel_cli_outcome_fallbacks (outcome);
}

/**
 * runnel_cli_progress_sum_up:
 * @self: progress
 * @event: the end of the run
 *
 * Returns: (transfer full): the run in one line, with the command that tells more
 */
char *
runnel_cli_progress_sum_up (RunnelCliProgress *self,
                            const RunnelEvent *event)
{
  g_autofree char *duration = runnel_format_duration (event->time - self->started);
  g_autofree char *counts = self->started > 0 ? runnel_cli_progress_count (self) : g_strdup ("");
  g_autofree char *fallbacks = describe_fallbacks (self, event);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "Run %" G_GINT64_FORMAT " %s", self->run,
                          runnel_state_to_string (event->state));
  if (self->started > 0)
    g_string_append_printf (text, " in %s", duration);
  if (event->reason)
    g_string_append_printf (text, ": %s", event->reason);
  if (*counts)
    g_string_append_printf (text, " (%s)", counts);
  if (fallbacks)
    g_string_append_printf (text, ": %s", fallbacks);
  g_string_append_printf (text, ". See: runnel %s %" G_GINT64_FORMAT,
                          self->failure ? "logs" : "show", self->run);
  if (self->failure)
    g_string_append_printf (text, " %s", self->failure);

  return g_string_free (text, FALSE);
}
