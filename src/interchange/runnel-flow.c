/* runnel-flow.c: a pipeline as other systems are told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-flow-private.h"

#include "engine/kinds/runnel-interpreter.h"
#include "engine/runnel-graph.h"
#include "engine/runnel-heap.h"
#include "model/runnel-hooks.h"

static gint64
get_integer (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static void
add_steps (RunnelFlowReader *self)
{
  for (guint i = 0; i < runnel_pipeline_get_n_steps (self->pipeline); i++)
    {
      RunnelStep *source = runnel_step_ref (runnel_pipeline_get_step (self->pipeline, i));
      RunnelFlowStep *step;

      g_ptr_array_add (self->sources, source);
      step = _runnel_flow_step_new (self, source);
      step->index = i;
      g_ptr_array_add (self->flow.steps, step);
    }
}

static GPtrArray *
read_hooks (RunnelFlowReader *self, RunnelHookPoint point)
{
  GPtrArray *hooks = g_ptr_array_new_with_free_func ((GDestroyNotify) _runnel_flow_step_free);
  g_autoptr(GPtrArray) sources = runnel_hooks_get (self->pipeline, point);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      RunnelStep *source = runnel_step_ref (g_ptr_array_index (sources, i));

      g_ptr_array_add (self->sources, source);
      g_ptr_array_add (hooks, _runnel_flow_step_new (self, source));
    }

  return hooks;
}

/* Links, and the order that they leave. */

static void
add_links (RunnelFlowReader *self, const RunnelGraph *graph)
{
  guint n_links = graph->n_steps > 0 ? graph->first_in[graph->n_steps] : 0;

  for (guint i = 0; i < n_links; i++)
    {
      const RunnelGraphLink *link = &graph->links[i];
      RunnelFlowNeed need = { link->from, (RunnelOn) link->on, link->handles };
      guint to = link->to;

      g_array_append_val (runnel_flow_get_step (&self->flow, to)->needs, need);
      g_array_append_val (runnel_flow_get_step (&self->flow, link->from)->followers, to);
    }
}

/* Of the steps whose needs are placed, the first of the file comes first (Kahn's algorithm with a
 * heap). */
static void
set_order (RunnelFlowReader *self)
{
  guint n_steps = self->flow.steps->len;
  g_autofree guint *n_missing = g_new (guint, MAX (n_steps, 1));
  g_autoptr(GArray) ready = runnel_heap_new ();

  for (guint i = 0; i < n_steps; i++)
    {
      n_missing[i] = runnel_flow_get_step (&self->flow, i)->needs->len;
      if (n_missing[i] == 0)
        runnel_heap_push (ready, i);
    }

  while (ready->len > 0)
    {
      guint index = runnel_heap_pop (ready);
      GArray *followers = runnel_flow_get_step (&self->flow, index)->followers;

      g_array_append_val (self->flow.order, index);
      for (guint i = 0; i < followers->len; i++)
        {
          guint follower = g_array_index (followers, guint, i);

          if (--n_missing[follower] == 0)
            runnel_heap_push (ready, follower);
        }
    }
}

/* The pipeline. */

static void
read_concurrency (RunnelFlowReader *self)
{
  JsonNode *node = runnel_pipeline_get_member (self->pipeline, "concurrency");
  JsonObject *concurrency =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (concurrency == NULL)
    return;

  self->flow.jobs = MAX (get_integer (concurrency, "jobs"), 0);
  self->flow.max = MAX (get_integer (concurrency, "max"), 0);
  self->flow.group = _runnel_flow_get_string (json_object_get_member (concurrency, "group"));
  self->flow.policy = _runnel_flow_get_string (json_object_get_member (concurrency, "policy"));
}

static void
read_pipeline (RunnelFlowReader *self, const char *file)
{
  RunnelFlow *flow = &self->flow;
  RunnelPipeline *pipeline = self->pipeline;
  JsonNode *triggers = runnel_pipeline_get_member (pipeline, "triggers");

  flow->name = runnel_pipeline_get_name (pipeline);
  flow->description =
    _runnel_flow_get_string (runnel_pipeline_get_member (pipeline, "description"));
  flow->file = _runnel_flow_keep (self, file);
  flow->parameters = runnel_pipeline_get_parameters (pipeline, &flow->n_parameters);
  flow->env = g_array_new (FALSE, FALSE, sizeof (RunnelFlowVariable));
  _runnel_flow_add_variables (self, flow->env, runnel_pipeline_get_member (pipeline, "env"));
  flow->secrets =
    _runnel_flow_read_strings (self, runnel_pipeline_get_member (pipeline, "secrets"));
  flow->rolls_back =
    g_strcmp0 (_runnel_flow_get_string (runnel_pipeline_get_member (pipeline, "on-failure")),
               "rollback")
    == 0;
  flow->pools = _runnel_flow_dup_object (runnel_pipeline_get_member (pipeline, "pools"));
  flow->foreign = _runnel_flow_dup_object (runnel_pipeline_get_member (pipeline, "foreign"));
  if (triggers != NULL && JSON_NODE_HOLDS_ARRAY (triggers))
    flow->triggers = json_node_dup_array (triggers);
  read_concurrency (self);
  flow->on_start = read_hooks (self, RUNNEL_HOOK_START);
  flow->on_success = read_hooks (self, RUNNEL_HOOK_SUCCESS);
  flow->on_failure = read_hooks (self, RUNNEL_HOOK_FAILURE);
  flow->on_finish = read_hooks (self, RUNNEL_HOOK_FINISH);
}

static RunnelStep *
read_defaults (RunnelPipeline *pipeline)
{
  g_autoptr(JsonObject) defaults =
    _runnel_flow_dup_object (runnel_pipeline_get_member (pipeline, "defaults"));

  if (defaults == NULL)
    defaults = json_object_new ();

  return runnel_step_new (defaults, "defaults", NULL);
}

/**
 * runnel_flow_new:
 * @pipeline: a pipeline without errors
 * @file: (nullable): where its file is, relative to the place where what is exported will be used
 * @error: return location for an error of runnel_graph_init(): the steps need each other in a
 * circle
 *
 * Reads a pipeline into the form that exporters work on. The pipeline may be changed afterwards.
 *
 * Returns: (transfer full): the flow, or %NULL with @error set
 */
RunnelFlow *
runnel_flow_new (RunnelPipeline *pipeline, const char *file, GError **error)
{
  RunnelFlowReader *self;
  RunnelGraph graph = { 0 };

  g_return_val_if_fail (RUNNEL_IS_PIPELINE (pipeline), NULL);

  if (!runnel_graph_init (&graph, pipeline, error))
    {
      runnel_graph_clear (&graph);
      return NULL;
    }

  self = g_new0 (RunnelFlowReader, 1);
  self->pipeline = runnel_pipeline_copy (pipeline);
  self->defaults = read_defaults (pipeline);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_step_unref);
  self->strings = g_string_chunk_new (4096);
  self->flow.steps = g_ptr_array_new_with_free_func ((GDestroyNotify) _runnel_flow_step_free);
  self->flow.order = g_array_new (FALSE, FALSE, sizeof (guint));
  read_pipeline (self, file);
  add_steps (self);
  add_links (self, &graph);
  _runnel_flow_add_outputs_read (&self->flow);
  set_order (self);
  runnel_graph_clear (&graph);

  return &self->flow;
}

/**
 * runnel_flow_free:
 * @self: (transfer full): a flow
 */
void
runnel_flow_free (RunnelFlow *self)
{
  RunnelFlowReader *owner = (RunnelFlowReader *) self; /* its first member */

  g_return_if_fail (self != NULL);

  g_array_unref (self->env);
  g_ptr_array_unref (self->secrets);
  g_ptr_array_unref (self->steps);
  g_array_unref (self->order);
  g_ptr_array_unref (self->on_start);
  g_ptr_array_unref (self->on_success);
  g_ptr_array_unref (self->on_failure);
  g_ptr_array_unref (self->on_finish);
  g_clear_pointer (&self->pools, json_object_unref);
  g_clear_pointer (&self->triggers, json_array_unref);
  g_clear_pointer (&self->foreign, json_object_unref);
  g_ptr_array_unref (owner->sources);
  runnel_step_unref (owner->defaults);
  g_object_unref (owner->pipeline);
  g_string_chunk_free (owner->strings);
  g_free (owner);
}

/**
 * runnel_flow_get_step:
 * @self: a flow
 * @index: the position of a step in the file
 *
 * Returns: (transfer none): the step
 */
RunnelFlowStep *
runnel_flow_get_step (const RunnelFlow *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->steps->len, NULL);

  return g_ptr_array_index (self->steps, index);
}

/**
 * runnel_flow_find_step:
 * @self: a flow
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the step with that id
 */
RunnelFlowStep *
runnel_flow_find_step (const RunnelFlow *self, const char *id)
{
  const RunnelFlowReader *owner = (const RunnelFlowReader *) self;
  guint index;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  if (!runnel_pipeline_find_step (owner->pipeline, id, &index))
    return NULL;

  return g_ptr_array_index (self->steps, index);
}

/**
 * runnel_flow_get_foreign:
 * @foreign: (nullable): the member `foreign` of a step or a pipeline
 * @system: the name of a target
 *
 * Returns: (transfer none) (nullable): what was kept of that system
 */
JsonObject *
runnel_flow_get_foreign (JsonObject *foreign, const char *system)
{
  JsonNode *node = foreign != NULL ? json_object_get_member (foreign, system) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * runnel_flow_get_flags:
 * @shell: the `shell` of a step
 *
 * Returns: (transfer full): the arguments that Runnel gives to an interpreter before the name of
 * the script, such as
 *   "-e", by which the first line that fails ends it; "" when it gives none
 */
char *
runnel_flow_get_flags (const char *shell)
{
  const char *const *arguments;

  g_return_val_if_fail (shell != NULL, NULL);

  arguments = runnel_interpreter_get_arguments (shell);

  return arguments != NULL ? g_strjoinv (" ", (char **) arguments) : g_strdup ("");
}

/**
 * runnel_flow_quote:
 * @text: any text
 *
 * Returns: (transfer full): @text as one word of a POSIX shell, without quotes when it needs none
 */
char *
runnel_flow_quote (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  if (*text != '\0'
      && text[strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                            "0123456789_-+./:,@%")]
           == '\0')
    return g_strdup (text);

  return g_shell_quote (text);
}
