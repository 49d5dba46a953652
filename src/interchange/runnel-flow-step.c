/* runnel-flow-step.c: a step as other systems are told of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-flow-private.h"

#include <string.h>

#include "expr/runnel-expr.h"
#include "model/runnel-json-write.h"

#define OPEN "${{"
#define CLOSE "}}"

void
_runnel_flow_step_free (RunnelFlowStep *step)
{
  g_clear_pointer (&step->with, json_object_unref);
  g_clear_pointer (&step->env, g_array_unref);
  g_clear_pointer (&step->needs, g_array_unref);
  g_clear_pointer (&step->followers, g_array_unref);
  g_clear_pointer (&step->matrix, json_node_unref);
  if (step->legs != NULL)
    runnel_matrix_clear (step->legs);
  g_clear_pointer (&step->legs, g_free);
  g_clear_pointer (&step->outputs, g_ptr_array_unref);
  g_clear_pointer (&step->promises, json_object_unref);
  g_clear_pointer (&step->reads, g_array_unref);
  g_clear_pointer (&step->artifacts, g_ptr_array_unref);
  g_clear_pointer (&step->cache, json_object_unref);
  g_clear_pointer (&step->undo, _runnel_flow_step_free);
  g_clear_pointer (&step->foreign, json_object_unref);
  g_free (step);
}

/* The step's own member, or that of the pipeline's defaults; (transfer full). */
static JsonNode *
dup_or_default (RunnelFlowReader *self, RunnelStep *source, const char *key)
{
  JsonNode *own = runnel_step_dup_member (source, key);

  return own != NULL ? own : runnel_step_dup_member (self->defaults, key);
}

static const char *
read_string (RunnelFlowReader *self, RunnelStep *source, const char *key)
{
  g_autoptr(JsonNode) node = dup_or_default (self, source, key);

  return _runnel_flow_keep (self, _runnel_flow_get_string (node));
}

/* The text between ${{ and }} when that is all there is. */
static const char *
strip_braces (RunnelFlowReader *self, const char *condition)
{
  g_autofree char *stripped = condition != NULL ? g_strstrip (g_strdup (condition)) : NULL;
  gsize length = stripped != NULL ? strlen (stripped) : 0;

  if (length < strlen (OPEN CLOSE) || !g_str_has_prefix (stripped, OPEN)
      || !g_str_has_suffix (stripped, CLOSE) || strstr (stripped + 3, OPEN) != NULL)
    return _runnel_flow_keep (self, condition);
  stripped[length - strlen (CLOSE)] = '\0';

  return _runnel_flow_keep (self, g_strstrip (stripped + strlen (OPEN)));
}

static void
read_matrix (RunnelFlowStep *step, RunnelStep *source)
{
  g_autoptr(GString) text = g_string_new (NULL);

  step->matrix = runnel_step_dup_member (source, "matrix");
  if (step->matrix == NULL)
    return;

  runnel_json_write_compact (text, step->matrix);
  if (strstr (text->str, OPEN) != NULL)
    return;
  step->legs = g_new0 (RunnelMatrix, 1);
  if (!runnel_matrix_init (step->legs, step->matrix, NULL))
    g_clear_pointer (&step->legs, g_free);
}

static void
read_retry (RunnelFlowReader *self, RunnelFlowStep *step, RunnelStep *source)
{
  g_autoptr(JsonNode) node = dup_or_default (self, source, "retry");
  JsonNode *condition;

  step->retry = source->retry != NULL ? source->retry : self->defaults->retry;
  if (step->retry == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  condition = json_object_get_member (json_node_get_object (node), "if");
  step->retry_condition = strip_braces (self, _runnel_flow_get_string (condition));
}

static void
read_continue (RunnelFlowReader *self, RunnelFlowStep *step, RunnelStep *source)
{
  g_autoptr(JsonNode) node = dup_or_default (self, source, "continue-on-error");

  step->continues_if = strip_braces (self, _runnel_flow_get_string (node));
  step->continues = node != NULL && step->continues_if == NULL && runnel_value_is_true (node);
}

static void
read_with (RunnelFlowReader *self, RunnelFlowStep *step, RunnelStep *source)
{
  g_autoptr(JsonNode) shell = runnel_step_dup_member (self->defaults, "shell");

  step->with = runnel_step_dup_with (source);
  if (step->with == NULL)
    step->with = json_object_new ();
  step->shell = _runnel_flow_get_string (shell) != NULL
                  ? _runnel_flow_keep (self, _runnel_flow_get_string (shell))
                  : "sh";
  _runnel_flow_read_body (step, self->strings);
}

static void
read_promised_outputs (RunnelFlowReader *self, RunnelFlowStep *step, RunnelStep *source)
{
  g_autoptr(JsonNode) node = runnel_step_dup_member (source, "outputs");
  JsonObjectIter iter;
  const char *name;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  step->promises = json_node_dup_object (node);
  json_object_iter_init (&iter, step->promises);
  while (json_object_iter_next (&iter, &name, NULL))
    g_ptr_array_add (step->outputs, (gpointer) _runnel_flow_keep (self, name));
}

static void
read_undo (RunnelFlowReader *self, RunnelFlowStep *step, RunnelStep *source)
{
  RunnelStep *undo;
  g_autofree char *id = NULL;

  if (!runnel_step_has_member (source, "undo"))
    return;

  id = g_strdup_printf ("%s-undo", source->id);
  undo = runnel_step_new_undo (source, id);
  if (undo != NULL)
    {
      g_ptr_array_add (self->sources, undo);
      step->undo = _runnel_flow_step_new (self, undo);
    }
}

static void
read_members (RunnelFlowReader *self, RunnelFlowStep *step, RunnelStep *source)
{
  g_autoptr(JsonNode) env = runnel_step_dup_member (source, "env");
  g_autoptr(JsonNode) artifacts = runnel_step_dup_member (source, "artifacts");
  g_autoptr(JsonNode) cache = runnel_step_dup_member (source, "cache");
  g_autoptr(JsonNode) foreign = runnel_step_dup_member (source, "foreign");
  g_autofree char *pool = runnel_step_dup_pool (source, &step->slots);

  _runnel_flow_add_variables (self, step->env, env);
  step->artifacts = _runnel_flow_read_strings (self, artifacts);
  step->cache = _runnel_flow_dup_object (cache);
  step->foreign = _runnel_flow_dup_object (foreign);
  step->pool = _runnel_flow_keep (self, pool);
  step->folder = read_string (self, source, "working-directory");
  step->image = read_string (self, source, "image");
  step->has_breaker = runnel_step_has_member (source, "breaker");
}

RunnelFlowStep *
_runnel_flow_step_new (RunnelFlowReader *self, RunnelStep *source)
{
  RunnelFlowStep *step = g_new0 (RunnelFlowStep, 1);
  g_autoptr(JsonNode) json = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (json, runnel_step_to_json (source));
  step->id = source->id;
  step->title = runnel_step_get_title (source);
  step->kind = source->kind;
  step->index = G_MAXUINT;
  step->env = g_array_new (FALSE, FALSE, sizeof (RunnelFlowVariable));
  step->needs = g_array_new (FALSE, FALSE, sizeof (RunnelFlowNeed));
  step->followers = g_array_new (FALSE, FALSE, sizeof (guint));
  step->reads = g_array_new (FALSE, FALSE, sizeof (RunnelFlowRead));
  step->outputs = g_ptr_array_new ();
  step->join = source->join;
  step->condition = strip_braces (self, source->condition);
  step->enabled = source->enabled;
  step->timeout = source->timeout != 0 ? source->timeout : self->defaults->timeout;
  step->priority = source->priority;
  read_members (self, step, source);
  read_with (self, step, source);
  read_retry (self, step, source);
  read_continue (self, step, source);
  read_matrix (step, source);
  read_promised_outputs (self, step, source);
  _runnel_flow_read_reads (self, step, json);
  read_undo (self, step, source);

  return step;
}
