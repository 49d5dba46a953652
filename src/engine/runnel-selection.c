/* runnel-selection.c: which steps of a pipeline a run is to carry out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/runnel-graph.h"
#include "engine/runnel-run.h"
#include "engine/runnel-selection.h"

#define HIDDEN "***" /* stands where a secret was */

struct _RunnelSelection
{
  RunnelSelectVerb verb;
  const RunnelEarlier *earlier; /* or NULL */
  guint n_steps;
  gboolean *selected;           /* by step */
  RunnelPlanPreset *presets;    /* by step; pending: the run decides */
};

/* Growing the selection along the links. The order has each step behind all that it needs. */

static void
add_downstream (RunnelSelection *self, const RunnelGraph *graph)
{
  for (guint i = 0; i < graph->n_steps; i++)
    {
      guint32 step = graph->order[i];

      for (guint32 j = graph->first_in[step]; j < graph->first_in[step + 1]; j++)
        self->selected[step] |= self->selected[graph->links[j].from];
    }
}

static void
add_upstream (RunnelSelection *self, const RunnelGraph *graph)
{
  for (guint i = graph->n_steps; i-- > 0;)
    {
      guint32 step = graph->order[i];

      for (guint32 j = graph->first_in[step]; self->selected[step] && j < graph->first_in[step + 1];
           j++)
        self->selected[graph->links[j].from] = TRUE;
    }
}

static const RunnelEarlierStep *
find_earlier (const RunnelSelection *self, RunnelPipeline *pipeline, guint step)
{
  if (self->earlier == NULL)
    return NULL;
  return runnel_earlier_find (self->earlier, runnel_pipeline_get_step (pipeline, step)->id);
}

/* It succeeded, and that still holds, or it was rightly skipped. One that was skipped because of a
 * failure comes after it, and so is selected in any case. */
static gboolean
came_to_a_good_end (const RunnelEarlierStep *step)
{
  return step != NULL && !step->undone
         && (step->state == RUNNEL_STATE_SUCCEEDED || step->state == RUNNEL_STATE_SKIPPED);
}

static gboolean
select_failed (RunnelSelection *self, RunnelPipeline *pipeline, GError **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->n_steps; i++)
    {
      self->selected[i] = !came_to_a_good_end (find_earlier (self, pipeline, i));
      any |= self->selected[i];
    }
  if (!any)
    g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP,
                 "In run %" G_GINT64_FORMAT " nothing failed and nothing was left undone",
                 self->earlier->run);
  return any;
}

static gboolean
select_one (RunnelSelection *self, RunnelPipeline *pipeline, const char *id, GError **error)
{
  guint step;

  if (runnel_pipeline_find_step (pipeline, id, &step))
    return self->selected[step] = TRUE;
  g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP, "The pipeline has no step \"%s\"",
               id);
  return FALSE;
}

static gboolean
select_steps (RunnelSelection *self,
              RunnelPipeline *pipeline,
              const RunnelGraph *graph,
              const char *step,
              GError **error)
{
  switch (self->verb)
    {
    case RUNNEL_SELECT_ALL:
      for (guint i = 0; i < self->n_steps; i++)
        self->selected[i] = TRUE;
      return TRUE;
    case RUNNEL_SELECT_FAILED:
      if (!select_failed (self, pipeline, error))
        return FALSE;
      add_downstream (self, graph);
      return TRUE;
    case RUNNEL_SELECT_NONE:
      return TRUE;
    case RUNNEL_SELECT_STEP:
    case RUNNEL_SELECT_FROM:
    case RUNNEL_SELECT_UNTIL:
    default:
      if (!select_one (self, pipeline, step, error))
        return FALSE;
      if (self->verb == RUNNEL_SELECT_FROM)
        add_downstream (self, graph);
      else if (self->verb == RUNNEL_SELECT_UNTIL)
        add_upstream (self, graph);
      return TRUE;
    }
}

/* What the plan is to make of it. */

static gboolean
is_reused (const RunnelSelection *self, const RunnelEarlierStep *earlier)
{
  return self->verb != RUNNEL_SELECT_UNTIL && earlier != NULL
         && runnel_state_is_terminal (earlier->state);
}

/* A person who says where to begin does not want to hear that the links say otherwise. */
static gboolean
starts_in_any_case (const RunnelSelection *self, const RunnelGraph *graph, guint step)
{
  if (self->verb != RUNNEL_SELECT_STEP && self->verb != RUNNEL_SELECT_FROM)
    return FALSE;
  for (guint32 j = graph->first_in[step]; j < graph->first_in[step + 1]; j++)
    {
      if (self->selected[graph->links[j].from])
        return FALSE;
    }
  return TRUE;
}

static void
make_preset (RunnelSelection *self, RunnelPipeline *pipeline, const RunnelGraph *graph, guint step)
{
  RunnelPlanPreset *preset = &self->presets[step];
  const RunnelEarlierStep *earlier = find_earlier (self, pipeline, step);

  if (self->selected[step])
    preset->starts = starts_in_any_case (self, graph, step);
  else if (is_reused (self, earlier))
    {
      preset->state = earlier->state;
      preset->tolerated = earlier->tolerated;
    }
  else
    {
      preset->state = RUNNEL_STATE_SKIPPED;
      preset->satisfies = TRUE;
    }
}

/* Secrets. */

static gboolean
has_hidden_output (const RunnelEarlierStep *step)
{
  JsonObjectIter iter;
  JsonNode *value;

  if (step->outputs == NULL)
    return FALSE;
  json_object_iter_init (&iter, step->outputs);
  while (json_object_iter_next (&iter, NULL, &value))
    {
      const char *text = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;

      if (text != NULL && strstr (text, HIDDEN) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
reads_outputs_of (RunnelStep *step, const char *id)
{
  g_autoptr(JsonObject) object = runnel_step_to_json (step);
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *dotted = g_strdup_printf ("steps.%s.", id);
  g_autofree char *quoted = g_strdup_printf ("steps['%s']", id);

  return strstr (text, dotted) != NULL || strstr (text, quoted) != NULL;
}

/* The history holds *** in place of secrets, so what was made of one can't be handed on. */
static gboolean
check_hidden_outputs (RunnelSelection *self, RunnelPipeline *pipeline, GError **error)
{
  for (guint i = 0; i < self->n_steps; i++)
    {
      const RunnelEarlierStep *earlier = runnel_selection_get_reused (self, pipeline, i);

      if (earlier == NULL || !has_hidden_output (earlier))
        continue;
      for (guint j = 0; j < self->n_steps; j++)
        {
          RunnelStep *reader = runnel_pipeline_get_step (pipeline, j);

          if (!self->selected[j] || !reads_outputs_of (reader, earlier->id))
            continue;
          g_set_error (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID,
                       "Step \"%s\" reads the outputs of \"%s\", and there was a secret in them, "
                       "which is not kept: run \"%s\" again, too, with --from %s",
                       reader->id, earlier->id, earlier->id, earlier->id);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * runnel_selection_new:
 * @pipeline: a pipeline
 * @verb: what is selected
 * @step: (nullable): the step that @verb begins with or ends at; %NULL when it is about none
 * @earlier: (nullable) (transfer none): a run from which the rest is taken; must outlive the
 *   selection. %NULL is not possible with FAILED and NONE
 * @error: #RUNNEL_RUN_ERROR: NO_STEP when there is no such step, or nothing to select; INVALID
 *   for a pipeline that can't be planned, and when a selected step reads an output with a secret
 *   of one that is not
 *
 * Steps that are not selected are taken from @earlier as they ended there, when they did; else
 * they are skipped, and links from them fire. With UNTIL all others are skipped.
 *
 * Returns: (transfer full) (nullable): the selection
 */
RunnelSelection *
runnel_selection_new (RunnelPipeline *pipeline,
                      RunnelSelectVerb verb,
                      const char *step,
                      const RunnelEarlier *earlier,
                      GError **error)
{
  g_autoptr(RunnelSelection) self = g_new0 (RunnelSelection, 1);
  g_autoptr(GError) local_error = NULL;
  RunnelGraph graph;
  gboolean ok;

  self->verb = verb;
  self->earlier = earlier;
  self->n_steps = runnel_pipeline_get_n_steps (pipeline);
  self->selected = g_new0 (gboolean, self->n_steps + 1);
  self->presets = g_new0 (RunnelPlanPreset, self->n_steps + 1);
  if (!runnel_graph_init (&graph, pipeline, &local_error))
    {
      g_set_error_literal (error, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_INVALID, local_error->message);
      runnel_graph_clear (&graph);
      return NULL;
    }
  ok = select_steps (self, pipeline, &graph, step, error);
  for (guint i = 0; ok && i < self->n_steps; i++)
    make_preset (self, pipeline, &graph, i);
  runnel_graph_clear (&graph);
  return ok && check_hidden_outputs (self, pipeline, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * runnel_selection_free:
 * @self: (transfer full): a selection
 */
void
runnel_selection_free (RunnelSelection *self)
{
  g_free (self->selected);
  g_free (self->presets);
  g_free (self);
}

RunnelSelectVerb
runnel_selection_get_verb (const RunnelSelection *self)
{
  return self->verb;
}

/**
 * runnel_selection_get_earlier:
 * @self: a selection
 *
 * Returns: (transfer none) (nullable): the run from which the rest is taken
 */
const RunnelEarlier *
runnel_selection_get_earlier (const RunnelSelection *self)
{
  return self->earlier;
}

/**
 * runnel_selection_get_presets:
 * @self: a selection
 *
 * Returns: (transfer none) (array): what a plan begins with, by step
 */
const RunnelPlanPreset *
runnel_selection_get_presets (const RunnelSelection *self)
{
  return self->presets;
}

/**
 * runnel_selection_has:
 * @self: a selection
 * @step: a step
 *
 * Returns: whether the run carries it out
 */
gboolean
runnel_selection_has (const RunnelSelection *self, guint step)
{
  g_return_val_if_fail (step < self->n_steps, FALSE);

  return self->selected[step];
}

/**
 * runnel_selection_get_reused:
 * @self: a selection
 * @pipeline: its pipeline
 * @step: a step
 *
 * Returns: (transfer none) (nullable): how it ended in the earlier run, when that holds in this
 *   one, too
 */
const RunnelEarlierStep *
runnel_selection_get_reused (const RunnelSelection *self, RunnelPipeline *pipeline, guint step)
{
  const RunnelEarlierStep *earlier = find_earlier (self, pipeline, step);

  return !self->selected[step] && is_reused (self, earlier) ? earlier : NULL;
}
