/* runnel-kube-step.c: parts of a step as they stand in the file of a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-kube.h"

#include "model/runnel-duration.h"

/**
 * runnel_kube_needs_to_json:
 * @flow: a pipeline
 * @step: a step of it
 *
 * Returns: (transfer full): `needs` and `join` as in the file of the pipeline
 */
JsonNode *
runnel_kube_needs_to_json (const RunnelFlow     *flow,
                           const RunnelFlowStep *step)
{
  JsonArray *needs = json_array_new ();
  JsonObject *links = json_object_new ();

  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      const char *id = runnel_flow_get_step (flow, need->step)->id;
      JsonObject *entry;

      if (need->on == RUNNEL_ON_SUCCESS && !need->handles)
        {
          json_array_add_string_element (needs, id);
          continue;
        }
      entry = json_object_new ();
      json_object_set_string_member (entry, "step", id);
      if (need->on != RUNNEL_ON_SUCCESS)
        json_object_set_string_member (entry, "on", runnel_on_to_string (need->on));
      if (need->handles != (need->on == RUNNEL_ON_FAILURE))
        json_object_set_boolean_member (entry, "handles", need->handles);
      json_array_add_object_element (needs, entry);
    }
  json_object_set_array_member (links, "needs", needs);
  if (step->join != RUNNEL_JOIN_ALL)
    json_object_set_string_member (links, "join", runnel_join_to_string (step->join));
  return json_node_init_object (json_node_alloc (), links);
}

/**
 * runnel_kube_retry_to_json:
 * @step: a step with a retry
 *
 * Returns: (transfer full): `retry` as in the file of the pipeline
 */
JsonNode *
runnel_kube_retry_to_json (const RunnelFlowStep *step)
{
  const RunnelRetry *retry = step->retry;
  JsonObject *object;

  if (retry->delay == 0 && retry->backoff == 1.0 && retry->max_delay == 0 && retry->jitter == 0
      && retry->n_exit_codes == 0 && step->retry_condition == NULL)
    return json_node_init_int (json_node_alloc (), retry->max);
  object = json_object_new ();
  json_object_set_int_member (object, "max", retry->max);
  for (guint i = 0; i < 2; i++)
    {
      gint64 span = i == 0 ? retry->delay : retry->max_delay;
      g_autofree char *text = span > 0 ? runnel_duration_to_string (span) : NULL;

      if (text != NULL)
        json_object_set_string_member (object, i == 0 ? "delay" : "max-delay", text);
      if (i == 0 && retry->backoff != 1.0)
        json_object_set_double_member (object, "backoff", retry->backoff);
    }
  if (retry->jitter > 0)
    json_object_set_double_member (object, "jitter", retry->jitter);
  if (retry->n_exit_codes > 0)
    {
      JsonArray *codes = runnel_kube_add_array (object, "exit-codes");

      for (guint i = 0; i < retry->n_exit_codes; i++)
        json_array_add_int_element (codes, retry->exit_codes[i]);
    }
  if (step->retry_condition != NULL)
    json_object_set_string_member (object, "if", step->retry_condition);
  return json_node_init_object (json_node_alloc (), object);
}

/**
 * runnel_kube_say_artifacts:
 * @step: a step
 *
 * Returns: (transfer full): lines that copy its artifacts to $RUNNEL_ARTIFACTS when $code is 0; ""
 * if it has none
 */
char *
runnel_kube_say_artifacts (const RunnelFlowStep *step)
{
  g_autoptr(GString) lines = NULL;

  if (step->artifacts->len == 0)
    return g_strdup ("");
  lines = g_string_new ("if [ \"$code\" = 0 ]; then\n  for file in");
  for (guint i = 0; i < step->artifacts->len; i++)
    g_string_append_printf (lines, " %s", (const char *) g_ptr_array_index (step->artifacts, i));
  g_string_append_printf (lines,
                          "; do\n    [ -e \"$file\" ] || continue\n"
                          "    mkdir -p \"$RUNNEL_ARTIFACTS/%s/$(dirname \"$file\")\"\n"
                          "    cp -R \"$file\" \"$RUNNEL_ARTIFACTS/%s/$file\" || code=1\n"
                          "  done\nfi\n",
                          step->id, step->id);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/**
 * runnel_kube_is_before:
 * @flow: a pipeline
 * @step: a step of it
 * @other: the position of another one
 *
 * Returns: whether a path of links leads from @other to @step
 */
gboolean
runnel_kube_is_before (const RunnelFlow     *flow,
                       const RunnelFlowStep *step,
                       guint                 other)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr(GQueue) queue = g_queue_new ();

  g_queue_push_tail (queue, (gpointer) step);
  while (!g_queue_is_empty (queue))
    {
      const RunnelFlowStep *here = g_queue_pop_head (queue);

      for (guint i = 0; i < here->needs->len; i++)
        {
          guint before = g_array_index (here->needs, RunnelFlowNeed, i).step;

          if (before == other)
            return TRUE;
          if (g_hash_table_add (seen, GUINT_TO_POINTER (before + 1)))
            g_queue_push_tail (queue, runnel_flow_get_step (flow, before));
        }
    }
  return FALSE;
}

/**
 * runnel_kube_find_doubles:
 * @flow: a pipeline
 * @step: a step of it
 *
 * Returns: (transfer full) (nullable): the variables that both set to the same, which could not be
 * told apart on the way back
 */
JsonObject *
runnel_kube_find_doubles (const RunnelFlow     *flow,
                          const RunnelFlowStep *step)
{
  JsonObject *doubles = NULL;

  for (guint i = 0; i < flow->env->len; i++)
    for (guint j = 0; j < step->env->len; j++)
      {
        const RunnelFlowVariable *outer = &g_array_index (flow->env, RunnelFlowVariable, i);
        const RunnelFlowVariable *inner = &g_array_index (step->env, RunnelFlowVariable, j);

        if (!g_str_equal (outer->name, inner->name) || !g_str_equal (outer->value, inner->value))
          continue;
        if (doubles == NULL)
          doubles = json_object_new ();
        json_object_set_string_member (doubles, inner->name, inner->value);
      }

  return doubles;
}

static void
keep_environment (JsonObject           *memory,
                  const RunnelFlowStep *step)
{
  for (guint i = 0; i < step->env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (step->env, RunnelFlowVariable, i);

      json_object_set_string_member (runnel_kube_add_object (memory, "env"), variable->name,
                                     variable->value);
    }
}

/**
 * runnel_kube_keep_step:
 * @memory: what goes into the annotation of a step
 * @step: a step whose kind the other system lacks
 *
 * Keeps all that the task made of it does not show.
 */
void
runnel_kube_keep_step (JsonObject           *memory,
                       const RunnelFlowStep *step)
{
  g_autofree char *timeout = step->timeout > 0 ? runnel_duration_to_string (step->timeout) : NULL;

  json_object_set_string_member (memory, "kind", step->kind);
  json_object_set_object_member (memory, "with", json_object_ref (step->with));
  keep_environment (memory, step);
  if (step->folder != NULL)
    json_object_set_string_member (memory, "working-directory", step->folder);
  if (step->image != NULL)
    json_object_set_string_member (memory, "image", step->image);
  if (timeout != NULL)
    json_object_set_string_member (memory, "timeout", timeout);
  if (step->retry != NULL)
    json_object_set_member (memory, "retry", runnel_kube_retry_to_json (step));
  if (step->pool != NULL)
    json_object_set_string_member (memory, "pool", step->pool);
  for (guint i = 0; i < step->outputs->len; i++)
    json_object_set_string_member (runnel_kube_add_object (memory, "outputs"),
                                   g_ptr_array_index (step->outputs, i), "");
}

/**
 * runnel_kube_recall_step:
 * @memory: (nullable): the annotation of a step
 * @step: the step, to be filled in
 *
 * Returns: whether @memory has its kind
 */
gboolean
runnel_kube_recall_step (JsonObject *memory,
                         JsonObject *step)
{
  static const char *const keys[] = { "kind",   "with",    "env",   "working-directory",
                                      "image",  "timeout", "retry", "pool",
                                      "outputs" };

  if (runnel_kube_get_string (memory, "kind") == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (memory, keys[i]))
      json_object_set_member (step, keys[i],
                              json_node_copy (json_object_get_member (memory, keys[i])));

  return TRUE;
}
