/* runnel-run-events.c: what a run tells its readers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-run-private.h"
#include "engine/secrets/runnel-masked-event.h"

static void
tell_sinks (RunnelRun *self, const RunnelEvent *event, const RunnelEvent *masked)
{
  for (guint i = 0; i < self->sinks->len; i++)
    {
      RunnelEventSink *sink = g_ptr_array_index (self->sinks, i);

      sink->event (sink, sink->sees_secrets ? event : masked);
    }
}

/*
 * _runnel_run_get_time:
 * @self: a run
 *
 * Returns: the time of the wall clock, in microseconds since 1970. When that is set back, the run
 *   goes on as if it had not been, so that nothing ends before it began; and catches up with it
 *   when it is put right again.
 */
gint64
_runnel_run_get_time (RunnelRun *self)
{
  gint64 now = self->clock->now (self->clock);
  gint64 wall = self->clock->wall (self->clock);
  gint64 expected = self->told_time + now - self->told_at;

  if (wall < self->told_time || self->time_shift > 0)
    self->time_shift = MAX (expected - wall, 0);
  self->told_time = wall + self->time_shift;
  self->told_at = now;
  return self->told_time;
}

/*
 * _runnel_run_emit:
 * @self: a run
 * @event: an event; its time and run are filled in
 *
 * The one way out of the run: here secrets are hidden from all who write or show events.
 */
void
_runnel_run_emit (RunnelRun *self, RunnelEvent *event)
{
  event->time = _runnel_run_get_time (self);
  event->run = self->id;
  if (self->mask != NULL)
    {
      RunnelMaskedEvent masked;

      runnel_masked_event_init (&masked, event, self->mask);
      tell_sinks (self, event, &masked.event);
      runnel_masked_event_clear (&masked);
    }
  else
    tell_sinks (self, event, event);
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
  gboolean is_end = type == RUNNEL_EVENT_STEP_FINISHED;
  g_autoptr(JsonObject) details = is_end ? _runnel_run_step_describe_files (step) : NULL;
  RunnelEvent event = {
    .type = type,
    .step_index = _runnel_run_step_get_index (step),
    .step = _runnel_run_step_get_id (step),
    .attempt = step->attempt,
    .state = step->state,
    .reason = is_start ? NULL : step->reason,
    .wait = type == RUNNEL_EVENT_STEP_WAITING && step->state == RUNNEL_STATE_WAITING
              ? step->wait : RUNNEL_WAIT_UNKNOWN,
    .tolerated = step->tolerated,
    .exit_code = -1,
    .reused = is_end ? _runnel_run_step_get_reused (step) : 0,
    .outputs = is_end ? step->outputs : NULL,
    .details = details,
  };

  _runnel_run_emit (step->run, &event);
}

/*
 * _runnel_run_init_labels:
 * @self: a run
 * @labels: (nullable): those that were given
 *
 * Puts them together with those of the pipeline.
 */
void
_runnel_run_init_labels (RunnelRun *self, const char *const *labels)
{
  JsonNode *declared = runnel_pipeline_get_member (self->pipeline, "labels");
  JsonArray *array = json_array_new ();

  if (declared != NULL && JSON_NODE_HOLDS_ARRAY (declared))
    {
      JsonArray *names = json_node_get_array (declared);

      for (guint i = 0; i < json_array_get_length (names); i++)
        json_array_add_element (array, json_node_copy (json_array_get_element (names, i)));
    }
  for (; labels != NULL && *labels != NULL; labels++)
    json_array_add_string_element (array, *labels);
  self->labels = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
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
  JsonNode *secrets = runnel_pipeline_get_member (self->pipeline, "secrets");
  JsonObject *details = json_object_new ();

  json_object_set_string_member (details, "pipeline", self->name);
  json_object_set_string_member (details, "file", self->file);
  json_object_set_member (details, "parameters", json_node_ref (self->params));
  json_object_set_int_member (details, "jobs", self->jobs);
  json_object_set_string_member (details, "host", g_get_host_name ());
  json_object_set_string_member (details, "user", g_get_user_name ());
  if (self->origin != NULL)
    json_object_set_string_member (details, "origin", self->origin);
  if (self->fingerprint != NULL)
    json_object_set_object_member (details, "fingerprint", json_object_ref (self->fingerprint));
  json_object_set_member (details, "trigger", json_node_ref (self->trigger));
  if (json_array_get_length (json_node_get_array (self->labels)) > 0)
    json_object_set_member (details, "labels", json_node_ref (self->labels));
  if (secrets != NULL)
    json_object_set_member (details, "secrets", json_node_copy (secrets));
  if (self->trace != NULL && runnel_trace_context_get_origin (self->trace) != NULL)
    json_object_set_string_member (details, "traceparent",
                                   runnel_trace_context_get_origin (self->trace));
  return details;
}

/* The ids of failed steps that a fallback made good. */
static JsonArray *
list_handled (RunnelRun *self)
{
  JsonArray *handled = json_array_new ();

  for (guint i = 0; i < self->n_steps; i++)
    {
      if (runnel_plan_is_handled (self->plan, i))
        json_array_add_string_element (handled, runnel_pipeline_get_step (self->pipeline, i)->id);
    }
  return handled;
}

static JsonArray *
list_failed_hooks (RunnelRun *self)
{
  JsonArray *failed = json_array_new ();

  for (guint i = self->n_steps; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (_runnel_run_step_get_role (step) == RUNNEL_ROLE_HOOK
          && runnel_state_is_failure (step->state))
        json_array_add_string_element (failed, _runnel_run_step_get_id (step));
    }
  return failed;
}

static void
take_list (JsonObject *details, const char *key, JsonArray *ids)
{
  if (json_array_get_length (ids) > 0)
    json_object_set_array_member (details, key, ids);
  else
    json_array_unref (ids);
}

/*
 * _runnel_run_describe_end:
 * @self: a run whose phases are over
 *
 * Returns: (transfer full) (nullable): the details of run-finished
 */
JsonObject *
_runnel_run_describe_end (RunnelRun *self)
{
  g_autoptr(JsonObject) details = json_object_new ();

  take_list (details, "handled", list_handled (self));
  take_list (details, "failed-hooks", list_failed_hooks (self));
  if (self->rolled_back)
    json_object_set_object_member (details, "rollback", _runnel_run_describe_rollback (self));
  return json_object_get_size (details) > 0 ? g_steal_pointer (&details) : NULL;
}

static void
append_ids (GString *text, JsonObject *details, const char *key, const char *words)
{
  JsonArray *ids = NULL;

  if (json_object_has_member (details, key))
    ids = json_object_get_array_member (details, key);
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    g_string_append_printf (text, "%s%s", i == 0 ? words : ", ",
                            json_array_get_string_element (ids, i));
}

static void
append_rollback (GString *text, JsonObject *rollback)
{
  gint64 n = json_object_get_int_member (rollback, "undone");

  g_string_append_printf (text, "; %" G_GINT64_FORMAT " step%s rolled back", n,
                          n == 1 ? " was" : "s were");
  append_ids (text, rollback, "failed", "; the undo failed of ");
  append_ids (text, rollback, "left", "; not undone: ");
}

/*
 * _runnel_run_explain_end:
 * @self: a run whose phases are over
 * @details: (nullable): what _runnel_run_describe_end() returned
 *
 * Returns: (transfer full) (nullable): why it was cancelled, what was rolled back and which hooks
 *   failed, in words
 */
char *
_runnel_run_explain_end (RunnelRun *self, JsonObject *details)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->reason != NULL)
    g_string_append_printf (text, "; %s", self->reason);
  if (self->rolled_back)
    append_rollback (text, json_object_get_object_member (details, "rollback"));
  if (details != NULL)
    append_ids (text, details, "failed-hooks", "; failed hooks: ");
  return text->len > 0 ? g_strdup (text->str + strlen ("; ")) : NULL;
}
