/* runnel-run-earlier.c: what a run takes over from an earlier one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/runnel-run-private.h"

static const char *
describe_left_out (RunnelRun *self)
{
  if (runnel_selection_get_verb (self->selection) == RUNNEL_SELECT_NONE)
    return "a rollback runs no steps";
  return runnel_selection_get_earlier (self->selection) != NULL ? "not part of this rerun"
                                                                : "not part of this run";
}

static void
copy_result (RunnelRunStep *step, const RunnelEarlierStep *earlier)
{
  step->outputs = earlier->outputs != NULL ? json_object_ref (earlier->outputs) : NULL;
  step->exit_code = earlier->exit_code;
  step->tolerated = earlier->tolerated;
  step->reused = TRUE;
  _runnel_run_step_take_artifacts (step, earlier->artifacts);
}

/*
 * _runnel_run_step_is_preset:
 * @step: a step of the file
 *
 * Returns: whether it was over before the run began
 */
gboolean
_runnel_run_step_is_preset (RunnelRunStep *step)
{
  const RunnelSelection *selection = step->run->selection;

  return selection != NULL
         && !runnel_selection_has (selection, _runnel_run_step_get_index (step));
}

/*
 * _runnel_run_step_take_over:
 * @step: a step that was over before the run began
 *
 * Gives it the result that it had in the earlier run, or leaves it out.
 */
void
_runnel_run_step_take_over (RunnelRunStep *step)
{
  RunnelRun *self = step->run;
  const RunnelEarlierStep *earlier = runnel_selection_get_reused (
    self->selection, self->pipeline, _runnel_run_step_get_index (step));
  g_autofree char *reason = NULL;

  if (earlier == NULL)
    {
      _runnel_run_step_settle (step, RUNNEL_STATE_SKIPPED, describe_left_out (self));
      return;
    }
  copy_result (step, earlier);
  reason = g_strdup_printf ("reused from run %" G_GINT64_FORMAT,
                            _runnel_run_step_get_reused (step));
  _runnel_run_step_settle (step, earlier->state, reason);
}

/*
 * _runnel_run_step_get_reused:
 * @step: a step
 *
 * Returns: the run from which its result was taken over, or was found in the cache; 0 = none
 */
gint64
_runnel_run_step_get_reused (RunnelRunStep *step)
{
  if (step->reused)
    return runnel_selection_get_earlier (step->run->selection)->run;
  return step->files != NULL ? step->files->reused : 0;
}

static gboolean
runs_pipeline (RunnelRunStep *step)
{
  return g_str_equal (_runnel_run_step_get_definition (step)->kind, "pipeline");
}

/*
 * _runnel_run_step_describe_resumed:
 * @step: a step
 *
 * A run that carries on what failed in an earlier one does so in its subpipelines, too.
 *
 * Returns: (transfer full) (nullable): "RUN:STEP", the step of the earlier run
 */
char *
_runnel_run_step_describe_resumed (RunnelRunStep *step)
{
  const RunnelSelection *selection = step->run->selection;
  const RunnelEarlierStep *earlier;

  if (selection == NULL || runnel_selection_get_verb (selection) != RUNNEL_SELECT_FAILED
      || !runs_pipeline (step))
    return NULL;
  earlier = runnel_earlier_find (runnel_selection_get_earlier (selection),
                                 _runnel_run_step_get_id (step));
  if (earlier == NULL)
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s", runnel_selection_get_earlier (selection)->run,
                          earlier->id);
}

/* The leg of the earlier run, so that its undo finds what belongs to it. */
static RunnelRunStep *
add_leg (RunnelRun *self, const RunnelEarlierStep *leg)
{
  RunnelRunStep *parent = _runnel_run_find_step (self, leg->parent);
  g_autoptr(JsonNode) matrix = NULL;
  RunnelRunStep *step;

  if (parent == NULL)
    return NULL;
  matrix = json_node_init_object (json_node_alloc (), leg->matrix);
  step = _runnel_run_add_step (self, RUNNEL_ROLE_LEG, leg->id, parent,
                               _runnel_run_step_get_definition (parent), matrix);
  copy_result (step, leg);
  _runnel_run_step_settle (step, leg->state, NULL);
  return step;
}

static RunnelRunStep *
find_undone_step (RunnelRun *self, const RunnelEarlierStep *undo)
{
  const RunnelEarlier *earlier = runnel_selection_get_earlier (self->selection);
  const RunnelEarlierStep *leg = runnel_earlier_find (earlier, undo->parent);
  RunnelRunStep *step = _runnel_run_find_step (self, undo->parent);

  if (step == NULL && leg != NULL && leg->role == RUNNEL_ROLE_LEG && leg->matrix != NULL)
    step = add_leg (self, leg);
  return step;
}

/*
 * _runnel_run_line_up_undos:
 * @self: a run that rolls another one back
 *
 * Fills the lane with the undos that it was given.
 */
void
_runnel_run_line_up_undos (RunnelRun *self)
{
  for (guint i = 0; i < self->undos->len; i++)
    {
      const RunnelEarlierStep *undo = g_ptr_array_index (self->undos, i);
      RunnelRunStep *step = find_undone_step (self, undo);
      g_autoptr(RunnelStep) definition = NULL;

      if (step != NULL)
        definition = _runnel_run_step_make_undo (step, undo->id);
      if (definition != NULL)
        _runnel_run_lane_add (&self->lane,
                              _runnel_run_add_step (self, RUNNEL_ROLE_UNDO, undo->id, step,
                                                    definition, _runnel_run_step_get_matrix (step)));
    }
}
