/* runnel-run-added.c: the steps of a run: those of the file, and those it has beyond them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

static RunnelRunAdded *
added_new (RunnelRun *run,
           RunnelRole role,
           const char *id,
           RunnelRunStep *parent,
           RunnelStep *definition,
           JsonNode *matrix)
{
  RunnelRunAdded *self = g_new0 (RunnelRunAdded, 1);

  self->index = _runnel_run_get_n_steps (run);
  self->role = role;
  self->id = g_strdup (id);
  self->parent = parent;
  self->definition = runnel_step_ref (definition);
  self->matrix = matrix != NULL ? json_node_ref (matrix) : NULL;
  self->step.added = self;
  _runnel_run_step_init (&self->step, run);
  return self;
}

static void
added_free (RunnelRunAdded *self)
{
  _runnel_run_step_clear (&self->step);
  g_clear_pointer (&self->matrix, json_node_unref);
  runnel_step_unref (self->definition);
  g_free (self->id);
  g_free (self);
}

static void
tell_added (RunnelRunAdded *self)
{
  g_autoptr(JsonObject) details = _runnel_run_describe_added (self);
  RunnelEvent event = {
    .type = RUNNEL_EVENT_STEP_ADDED,
    .step_index = self->index,
    .step = self->id,
    .state = RUNNEL_STATE_PENDING,
    .exit_code = -1,
    .details = details,
  };

  _runnel_run_emit (self->step.run, &event);
}

/*
 * _runnel_run_step_init:
 * @self: a step, all zero but for `added`
 * @run: its run
 */
void
_runnel_run_step_init (RunnelRunStep *self, RunnelRun *run)
{
  const RunnelKind *kind;

  self->run = run;
  self->exit_code = -1;
  kind = runnel_kind_lookup (_runnel_run_step_get_definition (self)->kind);
  self->idle = kind != NULL && kind->idle;
}

/*
 * _runnel_run_step_get_id:
 *
 * Returns: (transfer none): by which everybody knows the step
 */
const char *
_runnel_run_step_get_id (RunnelRunStep *self)
{
  return self->added != NULL ? self->added->id : _runnel_run_step_get_definition (self)->id;
}

guint
_runnel_run_step_get_index (RunnelRunStep *self)
{
  return self->added != NULL ? self->added->index : (guint) (self - self->run->steps);
}

/*
 * _runnel_run_step_get_definition:
 *
 * Returns: (transfer none): what is to be done
 */
RunnelStep *
_runnel_run_step_get_definition (RunnelRunStep *self)
{
  if (self->added != NULL)
    return self->added->definition;
  return runnel_pipeline_get_step (self->run->pipeline, self - self->run->steps);
}

RunnelRole
_runnel_run_step_get_role (RunnelRunStep *self)
{
  return self->added != NULL ? self->added->role : RUNNEL_ROLE_STEP;
}

/*
 * _runnel_run_step_is_in_lane:
 *
 * Returns: whether a lane decides when it runs, and not the plan
 */
gboolean
_runnel_run_step_is_in_lane (RunnelRunStep *self)
{
  RunnelRole role = _runnel_run_step_get_role (self);

  return role == RUNNEL_ROLE_UNDO || role == RUNNEL_ROLE_HOOK;
}

/*
 * _runnel_run_step_get_parent:
 *
 * Returns: (transfer none) (nullable): the step it belongs to
 */
RunnelRunStep *
_runnel_run_step_get_parent (RunnelRunStep *self)
{
  return self->added != NULL ? self->added->parent : NULL;
}

/*
 * _runnel_run_step_get_matrix:
 *
 * Returns: (transfer none) (nullable): the context `matrix` of its expressions
 */
JsonNode *
_runnel_run_step_get_matrix (RunnelRunStep *self)
{
  return self->added != NULL ? self->added->matrix : NULL;
}

/*
 * _runnel_run_step_dup_member:
 * @self: a step
 * @key: a key that steps and `defaults` have in common
 *
 * Returns: (transfer full) (nullable): what the step says, or else what `defaults` says
 */
JsonNode *
_runnel_run_step_dup_member (RunnelRunStep *self, const char *key)
{
  JsonNode *member = runnel_step_dup_member (_runnel_run_step_get_definition (self), key);

  return member != NULL ? member : runnel_step_dup_member (self->run->defaults, key);
}

guint
_runnel_run_get_n_steps (RunnelRun *self)
{
  return self->n_steps + self->added->len;
}

/*
 * _runnel_run_get_step:
 * @self: a run
 * @index: position in the file, or behind it that of an added step
 *
 * Returns: (transfer none): the step, which stays in its place as long as the run lives
 */
RunnelRunStep *
_runnel_run_get_step (RunnelRun *self, guint index)
{
  if (index < self->n_steps)
    return &self->steps[index];
  return &((RunnelRunAdded *) g_ptr_array_index (self->added, index - self->n_steps))->step;
}

/*
 * _runnel_run_find_step:
 *
 * Returns: (transfer none) (nullable): the step of that id
 */
RunnelRunStep *
_runnel_run_find_step (RunnelRun *self, const char *id)
{
  guint index;

  if (runnel_pipeline_find_step (self->pipeline, id, &index))
    return &self->steps[index];
  for (guint i = 0; i < self->added->len; i++)
    {
      RunnelRunAdded *added = g_ptr_array_index (self->added, i);

      if (g_str_equal (added->id, id))
        return &added->step;
    }
  return NULL;
}

/*
 * _runnel_run_add_step:
 * @self: a run
 * @role: what the step is to the run
 * @id: its id, which no other step has
 * @parent: (nullable): the step it belongs to
 * @definition: what is to be done
 * @matrix: (nullable): what its expressions see as `matrix`
 *
 * Adds a step that does not stand in the file's `steps`, and tells of it.
 *
 * Returns: (transfer none): the step, pending
 */
RunnelRunStep *
_runnel_run_add_step (RunnelRun *self,
                      RunnelRole role,
                      const char *id,
                      RunnelRunStep *parent,
                      RunnelStep *definition,
                      JsonNode *matrix)
{
  RunnelRunAdded *added = added_new (self, role, id, parent, definition, matrix);

  g_ptr_array_add (self->added, added);
  tell_added (added);
  return &added->step;
}

/*
 * _runnel_run_describe_added:
 *
 * Returns: (transfer full): the details of its step-added event
 */
JsonObject *
_runnel_run_describe_added (RunnelRunAdded *self)
{
  RunnelAddedStep step = {
    .role = self->role,
    .parent = self->parent != NULL ? _runnel_run_step_get_id (self->parent) : NULL,
    .name = self->definition->name,
    .kind = self->definition->kind,
    .matrix = self->role == RUNNEL_ROLE_LEG ? json_node_get_object (self->matrix) : NULL,
  };

  return runnel_added_step_to_json (&step);
}

/*
 * _runnel_run_clear_added:
 * @self: a run without attempts under way
 */
void
_runnel_run_clear_added (RunnelRun *self)
{
  g_ptr_array_foreach (self->added, (GFunc) (void *) added_free, NULL);
  g_ptr_array_unref (self->added);
}
