/* runnel-argo-repeat.c: what runs more than once: retries and the legs of a matrix
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-private.h"

#include <math.h>
#include <string.h>

static void
set_seconds (JsonObject *object,
             const char *key,
             gint64      span)
{
  g_autofree char *text =
    span % G_TIME_SPAN_SECOND == 0
      ? g_strdup_printf ("%" G_GINT64_FORMAT "s", span / G_TIME_SPAN_SECOND)
      : g_strdup_printf ("%" G_GINT64_FORMAT "ms", span / G_TIME_SPAN_MILLISECOND);

  json_object_set_string_member (object, key, text);
}

static void
add_backoff (JsonObject        *strategy,
             const RunnelRetry *retry)
{
  JsonObject *backoff;

  if (retry->delay <= 0)
    return;
  backoff = runnel_kube_add_object (strategy, "backoff");
  set_seconds (backoff, "duration", retry->delay);
  if (retry->backoff > 1 && floor (retry->backoff) == retry->backoff)
    {
      g_autofree char *factor = g_strdup_printf ("%.0f", retry->backoff);

      json_object_set_string_member (backoff, "factor", factor);
    }
  if (retry->max_delay > 0)
    set_seconds (backoff, "cap", retry->max_delay);
}

static char *
say_exit_codes (const RunnelRetry *retry)
{
  GString *said = g_string_new ("lastRetry.exitCode in [");

  for (guint i = 0; i < retry->n_exit_codes; i++)
    g_string_append_printf (said, "%s'%d'", i > 0 ? ", " : "", retry->exit_codes[i]);
  g_string_append_c (said, ']');
  return g_string_free (said, FALSE);
}

static char *
say_expression (const RunnelArgoScope *scope)
{
  const RunnelFlowStep *step = scope->step;
  g_autofree char *codes = step->retry->n_exit_codes > 0 ? say_exit_codes (step->retry) : NULL;
  g_autofree char *rule = step->retry_condition != NULL
                            ? _runnel_argo_say_rule (scope, step->retry_condition, NULL)
                            : NULL;

  if (codes != NULL && rule != NULL)
    return g_strdup_printf ("%s && (%s)", codes, rule);
  return codes != NULL ? g_steal_pointer (&codes) : g_steal_pointer (&rule);
}

/* Retries of failures and of attempts that took too long: both are "Failed" there. */
void
_runnel_argo_add_retry (JsonObject            *template,
                        JsonObject            *said,
                        const RunnelArgoScope *scope)
{
  const RunnelFlowStep *step = scope->step;
  g_autofree char *limit = NULL;
  g_autofree char *expression = NULL;
  g_autofree char *whole = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *strategy;

  if (step->retry == NULL || step->retry->max == 0 || step->body != RUNNEL_FLOW_SHELL)
    return;
  strategy = runnel_kube_add_object (template, "retryStrategy");
  limit = g_strdup_printf ("%u", step->retry->max);
  json_object_set_string_member (strategy, "limit", limit);
  json_object_set_string_member (strategy, "retryPolicy", "OnFailure");
  expression = say_expression (scope);
  if (expression != NULL)
    json_object_set_string_member (strategy, "expression", expression);
  add_backoff (strategy, step->retry);
  node = json_node_init_object (json_node_alloc (), strategy);
  whole = json_to_string (node, FALSE);
  runnel_kube_remember (said, whole, runnel_kube_retry_to_json (step));
}

/* The whole of a text that makes a list from an output: that output as Argo has it. */
static char *
find_output (JsonNode *value)
{
  g_autoptr(GRegex) regex = NULL;
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *step = NULL;
  g_autofree char *output = NULL;

  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
    return NULL;
  regex = g_regex_new (
    "^\\$\\{\\{\\s*fromJSON\\(\\s*steps\\.([A-Za-z0-9_-]+)\\.outputs\\.([A-Za-z0-9_-]+)\\s*\\)"
    "\\s*\\}\\}$",
    G_REGEX_CASELESS, 0, NULL);
  if (!g_regex_match (regex, json_node_get_string (value), 0, &match))
    return NULL;
  step = g_match_info_fetch (match, 1);
  output = g_match_info_fetch (match, 2);
  return g_strdup_printf ("%s %s", step, output);
}

/* A matrix that is only known while running, and that Argo knows, too: one list, which is an
 * output. Returns: (transfer full) (nullable): "STEP OUTPUT" */
char *
_runnel_argo_find_list (const RunnelFlowStep *step,
                        const char          **ret_axis)
{
  g_autoptr(GList) keys = NULL;
  char *found = NULL;

  *ret_axis = "item";
  if (!JSON_NODE_HOLDS_OBJECT (step->matrix))
    return find_output (step->matrix);
  keys = json_object_get_members (json_node_get_object (step->matrix));
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *key = l->data;

      if (g_str_equal (key, "fail-fast") || g_str_equal (key, "limit")
          || g_str_equal (key, "max-parallel"))
        continue;
      if (found != NULL || g_str_equal (key, "include") || g_str_equal (key, "exclude"))
        {
          g_free (found);
          return NULL;
        }
      found = find_output (json_object_get_member (json_node_get_object (step->matrix), key));
      if (found == NULL)
        return NULL;
      *ret_axis = key;
    }
  return found;
}

/* One value of the matrix goes to the template as an argument, and there into the environment. */
static void
add_axis (RunnelArgoStep *self,
          const char     *axis,
          const char     *value)
{
  g_autofree char *name = g_strdup_printf ("matrix-%s", axis);

  runnel_kube_add_pair (
    runnel_kube_add_array (runnel_kube_add_object (self->task, "arguments"), "parameters"), name,
    value);
  runnel_kube_add_pair (
    runnel_kube_add_array (runnel_kube_add_object (self->template, "inputs"), "parameters"), name,
    NULL);
}

static void
add_legs (RunnelArgoStep *self)
{
  const RunnelMatrix *legs = self->step->legs;
  g_autoptr(GHashTable) axes = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *items = runnel_kube_add_array (self->task, "withItems");

  for (guint i = 0; i < legs->combinations->len; i++)
    {
      g_autoptr(GList) keys = json_object_get_members (g_ptr_array_index (legs->combinations, i));

      for (GList *l = keys; l != NULL; l = l->next)
        if (g_hash_table_add (axes, l->data))
          {
            g_autofree char *value = g_strdup_printf ("{{item.%s}}", (char *) l->data);

            add_axis (self, l->data, value);
          }
    }
  /* each item has all axes, for Argo knows no default of them */
  for (guint i = 0; i < legs->combinations->len; i++)
    {
      JsonObject *item = json_object_new ();
      JsonArray *parameters = json_object_get_array_member (
        json_object_get_object_member (self->task, "arguments"), "parameters");

      for (guint j = 0; j < json_array_get_length (parameters); j++)
        {
          const char *name =
            json_object_get_string_member (json_array_get_object_element (parameters, j), "name");
          const char *axis = name + strlen ("matrix-");
          JsonNode *value =
            json_object_get_member (g_ptr_array_index (legs->combinations, i), axis);
          g_autofree char *text = runnel_kube_to_text (value);

          json_object_set_string_member (item, axis, text);
        }
      json_array_add_object_element (items, item);
    }
}

/* What a matrix is written as, to be recognised by an import. */
static char *
describe (JsonObject *task)
{
  JsonNode *items = json_object_get_member (task, "withItems");

  return items != NULL ? json_to_string (items, FALSE)
                       : g_strdup (json_object_get_string_member (task, "withParam"));
}

void
_runnel_argo_add_matrix (RunnelArgoStep        *self,
                         const RunnelArgoScope *scope,
                         JsonObject            *said)
{
  const char *axis;
  g_autofree char *output = NULL;
  g_autofree char *whole = NULL;

  if (self->step->legs != NULL)
    {
      add_legs (self);
    }
  else if ((output = _runnel_argo_find_list (self->step, &axis)) != NULL)
    {
      g_auto(GStrv) parts = g_strsplit (output, " ", 2);
      g_autofree char *list =
        g_strdup_printf ("{{tasks.%s.outputs.parameters.%s}}",
                         runnel_kube_names_get (scope->names, parts[0]), parts[1]);

      json_object_set_string_member (self->task, "withParam", list);
      add_axis (self, axis, "{{item}}");
    }
  else
    {
      return; /* told as a loss */
    }
  whole = describe (self->task);
  runnel_kube_remember (said, whole, json_node_copy (self->step->matrix));
}
