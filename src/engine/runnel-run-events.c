/* runnel-run-events.c: what a run tells its readers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

/*
 * _runnel_run_emit:
 * @self: a run
 * @event: an event; its time and run are filled in
 */
void
_runnel_run_emit (RunnelRun *self, RunnelEvent *event)
{
  event->time = self->clock->wall (self->clock);
  event->run = self->id;
  for (guint i = 0; i < self->sinks->len; i++)
    {
      RunnelEventSink *sink = g_ptr_array_index (self->sinks, i);

      sink->event (sink, event);
    }
  self->unflushed = TRUE;
}

/*
 * _runnel_run_flush:
 * @self: a run
 *
 * Has the sinks make good what they were told; costs nothing when that is nothing new.
 */
void
_runnel_run_flush (RunnelRun *self)
{
  if (!self->unflushed)
    return;
  self->unflushed = FALSE;
  for (guint i = 0; i < self->sinks->len; i++)
    {
      RunnelEventSink *sink = g_ptr_array_index (self->sinks, i);

      if (sink->flush != NULL)
        sink->flush (sink);
    }
}

/*
 * _runnel_run_emit_run:
 * @self: a run
 * @type: the type of an event about the run itself
 * @details: (nullable): its details
 */
void
_runnel_run_emit_run (RunnelRun *self, RunnelEventType type, JsonObject *details)
{
  RunnelEvent event = {
    .type = type,
    .state = self->state,
    .reason = self->reason,
    .exit_code = -1,
    .details = details,
  };

  _runnel_run_emit (self, &event);
}

/*
 * _runnel_run_emit_step:
 * @step: a step
 * @type: the type of an event about the step
 */
void
_runnel_run_emit_step (RunnelRunStep *step, RunnelEventType type)
{
  gboolean is_start = type == RUNNEL_EVENT_ATTEMPT_STARTED;
  RunnelEvent event = {
    .type = type,
    .step_index = _runnel_run_step_get_index (step),
    .step = _runnel_run_step_get_id (step),
    .attempt = step->attempt,
    .state = step->state,
    .reason = is_start ? NULL : step->reason,
    .tolerated = step->tolerated,
    .exit_code = -1,
    .outputs = type == RUNNEL_EVENT_STEP_FINISHED ? step->outputs : NULL,
  };

  _runnel_run_emit (step->run, &event);
}

/*
 * _runnel_run_describe_start:
 * @self: a run
 *
 * Returns: (transfer full): the details of run-started
 */
JsonObject *
_runnel_run_describe_start (RunnelRun *self)
{
  JsonObject *details = json_object_new ();

  json_object_set_string_member (details, "pipeline", self->name);
  json_object_set_string_member (details, "file", self->file);
  json_object_set_member (details, "parameters", json_node_ref (self->params));
  json_object_set_int_member (details, "jobs", self->jobs);
  json_object_set_string_member (details, "host", g_get_host_name ());
  json_object_set_string_member (details, "user", g_get_user_name ());
  json_object_set_member (details, "trigger", json_node_ref (self->trigger));
  return details;
}

/*
 * _runnel_run_describe_end:
 * @self: a run whose plan is done
 *
 * Returns: (transfer full) (nullable): the details of run-finished
 */
JsonObject *
_runnel_run_describe_end (RunnelRun *self)
{
  g_autoptr(JsonArray) handled = json_array_new ();
  JsonObject *details;

  for (guint i = 0; i < self->n_steps; i++)
    {
      if (runnel_plan_is_handled (self->plan, i))
        json_array_add_string_element (handled, runnel_pipeline_get_step (self->pipeline, i)->id);
    }
  if (json_array_get_length (handled) == 0)
    return NULL;
  details = json_object_new ();
  json_object_set_array_member (details, "handled", g_steal_pointer (&handled));
  return details;
}
