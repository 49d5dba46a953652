/* runnel-run-rollback.c: takes back what the steps of a run did
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

static gboolean
is_undo (RunnelRunStep *step)
{
  return _runnel_run_step_get_role (step) == RUNNEL_ROLE_UNDO;
}

/* What a subpipeline did is taken back by a rollback of its run, unless the file says how. */
static RunnelStep *
make_undo_of_pipeline (RunnelStep *step, const char *id)
{
  g_autoptr(JsonObject) with = NULL;
  g_autoptr(JsonObject) json = NULL;

  if (!g_str_equal (step->kind, "pipeline"))
    return NULL;
  with = runnel_step_dup_with (step);
  if (with == NULL)
    return NULL;
  json = json_object_new ();
  json_object_set_string_member (json, "id", id);
  json_object_set_string_member (json, "kind", step->kind);
  json_object_set_object_member (json, "with", json_object_ref (with));
  return runnel_step_new (json, "", NULL);
}

/*
 * _runnel_run_step_make_undo:
 * @step: a step
 * @id: the id of its undo
 *
 * Returns: (transfer full) (nullable): the step that takes back what @step did, if there is one
 */
RunnelStep *
_runnel_run_step_make_undo (RunnelRunStep *step, const char *id)
{
  RunnelStep *definition = _runnel_run_step_get_definition (step);
  RunnelStep *undo = runnel_step_new_undo (definition, id);

  return undo != NULL ? undo : make_undo_of_pipeline (definition, id);
}

/*
 * _runnel_run_step_describe_undone:
 * @step: a step
 *
 * Returns: (transfer full) (nullable): "RUN:STEP" when @step is there to roll back what that step
 *   ran as its subpipelines
 */
char *
_runnel_run_step_describe_undone (RunnelRunStep *step)
{
  RunnelRun *self = step->run;
  RunnelRunStep *undone = _runnel_run_step_get_parent (step);
  gint64 run = self->id;

  if (!is_undo (step) || runnel_step_has_member (_runnel_run_step_get_definition (undone), "undo"))
    return NULL;
  if (self->undos != NULL)
    run = runnel_selection_get_earlier (self->selection)->run;
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s", run, _runnel_run_step_get_id (undone));
}

/*
 * _runnel_run_register_undo:
 * @step: a step of which the first attempt is about to start
 *
 * Adds its undo, if it has one. It is told before the attempt is, so that whatever becomes of
 * this process, what may have been begun can be taken back.
 */
void
_runnel_run_register_undo (RunnelRunStep *step)
{
  g_autofree char *id = g_strconcat (_runnel_run_step_get_id (step), ".undo", NULL);
  g_autoptr(RunnelStep) definition = NULL;

  if (_runnel_run_step_is_in_lane (step))
    return;
  definition = _runnel_run_step_make_undo (step, id);
  if (definition != NULL)
    _runnel_run_add_step (step->run, RUNNEL_ROLE_UNDO, id, step, definition,
                          _runnel_run_step_get_matrix (step));
}

static gboolean
wants_rollback (RunnelRun *self)
{
  JsonNode *policy = runnel_pipeline_get_member (self->pipeline, "on-failure");

  return policy != NULL && JSON_NODE_HOLDS_VALUE (policy)
         && g_strcmp0 (json_node_get_string (policy), "rollback") == 0;
}

/* Fills the lane with the undos, the latest first. */
static void
line_up (RunnelRun *self)
{
  for (guint i = _runnel_run_get_n_steps (self); i-- > self->n_steps;)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (is_undo (step) && step->state == RUNNEL_STATE_PENDING)
        _runnel_run_lane_add (&self->lane, step);
    }
}

static void
tell_rollback (RunnelRun *self)
{
  guint n = self->lane.steps->len;
  g_autofree char *reason = g_strdup_printf ("%u step%s to be undone", n, n == 1 ? " is" : "s are");
  RunnelEvent event = {
    .type = RUNNEL_EVENT_RUN_ROLLING_BACK,
    .state = self->state,
    .reason = reason,
    .exit_code = -1,
  };

  _runnel_run_emit (self, &event);
}

/*
 * _runnel_run_begin_rollback:
 * @self: a run whose steps are over
 *
 * Fills the lane with what is to be undone: nothing, unless that is what the run is for, or it
 * failed and its pipeline wants that to be followed by a rollback.
 */
void
_runnel_run_begin_rollback (RunnelRun *self)
{
  if (self->undos != NULL)
    _runnel_run_line_up_undos (self);
  else if (self->outcome == RUNNEL_STATE_FAILED && wants_rollback (self))
    line_up (self);
  if (self->lane.steps->len == 0)
    return;
  self->rolled_back = TRUE;
  tell_rollback (self);
}

/*
 * _runnel_run_judge_rollback:
 * @self: a run that rolled another one back
 *
 * Returns: how it ends: failed if an undo did, cancelled if one did not come to run, else succeeded
 */
RunnelState
_runnel_run_judge_rollback (RunnelRun *self)
{
  RunnelState outcome = self->outcome;

  for (guint i = self->n_steps; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (is_undo (step) && runnel_state_is_failure (step->state))
        return RUNNEL_STATE_FAILED;
      if (is_undo (step) && step->state == RUNNEL_STATE_CANCELLED)
        outcome = RUNNEL_STATE_CANCELLED;
    }
  return outcome;
}

/*
 * _runnel_run_skip_undos:
 * @self: a run that is about to end
 *
 * What was registered and is not needed is over, too.
 */
void
_runnel_run_skip_undos (RunnelRun *self)
{
  for (guint i = self->n_steps; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (is_undo (step) && step->state == RUNNEL_STATE_PENDING)
        _runnel_run_step_settle (step, RUNNEL_STATE_SKIPPED, "nothing was rolled back");
    }
}

static void
add_ids_of_state (JsonObject *object, const char *key, JsonArray *ids)
{
  if (json_array_get_length (ids) > 0)
    json_object_set_array_member (object, key, json_array_ref (ids));
}

/*
 * _runnel_run_describe_rollback:
 * @self: a run that was rolled back
 *
 * Returns: (transfer full): {"undone": how many steps, "failed": [ids of steps], "left": [ids of
 *   steps of which the undo did not come to run]}; empty lists are left out
 */
JsonObject *
_runnel_run_describe_rollback (RunnelRun *self)
{
  JsonObject *object = json_object_new ();
  g_autoptr(JsonArray) failed = json_array_new ();
  g_autoptr(JsonArray) left = json_array_new ();
  guint n_undone = 0;

  for (guint i = self->n_steps; i < _runnel_run_get_n_steps (self); i++)
    {
      RunnelRunStep *step = _runnel_run_get_step (self, i);

      if (!is_undo (step))
        continue;
      if (step->state == RUNNEL_STATE_SUCCEEDED)
        n_undone++;
      else
        json_array_add_string_element (runnel_state_is_failure (step->state) ? failed : left,
                                       _runnel_run_step_get_id (step->added->parent));
    }
  json_object_set_int_member (object, "undone", n_undone);
  add_ids_of_state (object, "failed", failed);
  add_ids_of_state (object, "left", left);
  return object;
}
