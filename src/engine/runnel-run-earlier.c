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
  return runnel_selection_get_earlier (self->selection) != NULL ? RUNNEL_LEFT_OUT "rerun"
                                                                : RUNNEL_LEFT_OUT "run";
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

static char *
describe_reuse (RunnelRunStep *step)
{
  return g_strdup_printf ("reused from run %" G_GINT64_FORMAT, _runnel_run_step_get_reused (step));
}

/* A leg of a step that is over: it stands for itself, and expressions find it. */
static RunnelRunStep *
add_leg (RunnelRunStep *parent, const RunnelEarlierStep *earlier)
{
  g_autoptr(JsonNode) matrix = json_node_init_object (json_node_alloc (), earlier->matrix);
  RunnelRunStep *leg =
    _runnel_run_add_step (parent->run, RUNNEL_ROLE_LEG, earlier->id, parent,
                          _runnel_run_step_get_definition (parent), matrix);
  g_autofree char *reason = NULL;

  copy_result (leg, earlier);
  reason = describe_reuse (leg);
  _runnel_run_step_settle (leg, earlier->state, reason);
  return leg;
}

static void
take_over_legs (RunnelRunStep *step)
{
  const RunnelEarlier *earlier = runnel_selection_get_earlier (step->run->selection);
  GPtrArray *legs = g_ptr_array_new ();

  for (guint i = 0; i < earlier->steps->len; i++)
    {
      const RunnelEarlierStep *other = g_ptr_array_index (earlier->steps, i);

      if (other->role == RUNNEL_ROLE_LEG && other->matrix != NULL
          && g_strcmp0 (other->parent, _runnel_run_step_get_id (step)) == 0)
        g_ptr_array_add (legs, add_leg (step, other));
    }
  _runnel_run_step_set_legs (step, legs);
}

/* A leg is the same when its values are, whatever its number. */
static const RunnelEarlierStep *
find_earlier (RunnelRunStep *step)
{
  const RunnelEarlier *earlier = runnel_selection_get_earlier (step->run->selection);

  if (_runnel_run_step_get_role (step) != RUNNEL_ROLE_LEG)
    return runnel_earlier_find (earlier, _runnel_run_step_get_id (step));
  return runnel_earlier_find_leg (earlier,
                                  _runnel_run_step_get_id (_runnel_run_step_get_parent (step)),
                                  json_node_get_object (_runnel_run_step_get_matrix (step)));
}

/* Whether this run has the artifacts, too: which leg takes whose is known only now. The folders of
 * all runs lie side by side. */
static gboolean
inherit_artifacts (RunnelRunStep *leg, const RunnelEarlierStep *earlier)
{
  RunnelRun *self = leg->run;
  gint64 earlier_run = runnel_selection_get_earlier (self->selection)->run;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, earlier_run);
  g_autofree char *runs = NULL;
  g_autofree char *earlier_dir = NULL;

  if (earlier->artifacts == NULL || self->keeper == NULL)
    return TRUE;
  runs = g_path_get_dirname (self->run_dir);
  earlier_dir = g_build_filename (runs, number, NULL);
  return self->keeper->inherit (self->keeper, earlier_dir, earlier->id, self->run_dir,
                                _runnel_run_step_get_id (leg));
}

/*
 * _runnel_run_leg_take_over:
 * @leg: a leg that may start
 *
 * In a run that carries on what failed, a leg that succeeded before is over, unless its artifacts
 * are gone.
 *
 * Returns: whether it is
 */
gboolean
_runnel_run_leg_take_over (RunnelRunStep *leg)
{
  const RunnelSelection *selection = leg->run->selection;
  const RunnelEarlierStep *earlier;
  g_autofree char *reason = NULL;

  if (selection == NULL || runnel_selection_get_verb (selection) != RUNNEL_SELECT_FAILED)
    return FALSE;
  earlier = find_earlier (leg);
  if (earlier == NULL || earlier->state != RUNNEL_STATE_SUCCEEDED || earlier->undone
      || !inherit_artifacts (leg, earlier))
    return FALSE;
  copy_result (leg, earlier);
  reason = describe_reuse (leg);
  _runnel_run_step_conclude (leg, RUNNEL_STATE_SUCCEEDED, reason);
  return TRUE;
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
  reason = describe_reuse (step);
  if (_runnel_run_step_has_matrix (step))
    take_over_legs (step);
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
  earlier = find_earlier (step);
  if (earlier == NULL)
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s", runnel_selection_get_earlier (selection)->run,
                          earlier->id);
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
      RunnelRunStep *step = _runnel_run_find_step (self, undo->parent);
      g_autoptr(RunnelStep) definition = NULL;

      if (step != NULL)
        definition = _runnel_run_step_make_undo (step, undo->id);
      if (definition != NULL)
        _runnel_run_lane_add (&self->lane,
                              _runnel_run_add_step (self, RUNNEL_ROLE_UNDO, undo->id, step,
                                                    definition, _runnel_run_step_get_matrix (step)));
    }
}
