/* runnel-run-snapshot.c: where a run stands, for a reader that comes late
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"
#include "engine/secrets/runnel-masked-event.h"

/* What expressions go on to use must not be seen. */
static JsonNode *
make_node (RunnelRun *self, JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (self->mask != NULL)
    json_node_take_object (node, runnel_secret_mask_hide_in_facts (self->mask, object));
  else
    json_node_set_object (node, object);
  return node;
}

static void
set_time (JsonObject *object, const char *key, gint64 time)
{
  if (time != 0)
    json_object_set_int_member (object, key, time);
}

static JsonObject *
describe_step (RunnelRunStep *step)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", _runnel_run_step_get_id (step));
  json_object_set_string_member (object, "kind", _runnel_run_step_get_definition (step)->kind);
  json_object_set_string_member (object, "state", runnel_state_to_string (step->state));
  json_object_set_int_member (object, "attempt", step->attempt);
  set_time (object, "queued", step->queued);
  set_time (object, "started", step->started);
  set_time (object, "finished", step->finished);
  if (step->reason != NULL)
    json_object_set_string_member (object, "reason", step->reason);
  if (step->freeze != NULL)
    json_object_set_boolean_member (object, "frozen", TRUE);
  if (step->tolerated)
    json_object_set_boolean_member (object, "tolerated", TRUE);
  if (step->task != NULL && step->pid != 0)
    json_object_set_int_member (object, "pid", step->pid);
  if (step->exit_code >= 0)
    json_object_set_int_member (object, "exit-code", step->exit_code);
  if (step->outputs != NULL)
    json_object_set_object_member (object, "outputs", json_object_ref (step->outputs));
  if (step->added != NULL)
    json_object_set_object_member (object, "added", _runnel_run_describe_added (step->added));
  return object;
}

/**
 * runnel_run_snapshot:
 * @self: a run
 *
 * The present state as one JSON object: "run", "state", "cancelling", "paused" (the reason, while
 * nothing starts), "pipeline", "file", "started", "finished", "reason", "rolling-back", and
 * "steps", each with "id", "kind", "state", "attempt", "queued", "started", "finished", "reason",
 * "frozen", "tolerated", "pid", "exit-code", "outputs", and of one that is not in the file
 * "added", the details of its step-added event. What there is not is left out. Times in
 * microseconds since 1970.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
runnel_run_snapshot (RunnelRun *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonArray *steps = json_array_sized_new (self->n_steps);

  json_object_set_int_member (object, "run", self->id);
  json_object_set_string_member (object, "state", runnel_state_to_string (self->state));
  if (self->cancelling)
    json_object_set_boolean_member (object, "cancelling", TRUE);
  if (self->rolled_back && self->phase == RUNNEL_RUN_PHASE_ROLLBACK)
    json_object_set_boolean_member (object, "rolling-back", TRUE);
  if (_runnel_run_is_paused (self))
    json_object_set_string_member (object, "paused", self->pause_reason);
  json_object_set_string_member (object, "pipeline", self->name);
  json_object_set_string_member (object, "file", self->file);
  set_time (object, "started", self->started);
  set_time (object, "finished", self->finished);
  if (self->reason != NULL)
    json_object_set_string_member (object, "reason", self->reason);
  for (guint i = 0; i < _runnel_run_get_n_steps (self); i++)
    json_array_add_object_element (steps, describe_step (_runnel_run_get_step (self, i)));
  json_object_set_array_member (object, "steps", steps);
  return make_node (self, object);
}
