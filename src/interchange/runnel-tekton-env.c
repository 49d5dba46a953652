/* runnel-tekton-env.c: the environment of a task, and the parameters from which it comes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-tekton-private.h"
#include "interchange/runnel-shell-dialect.h"

#include <string.h>

#include "engine/runnel-run.h"

gboolean
_runnel_tekton_is_gated (const RunnelTektonMaker *self)
{
  return self->writer->is_gated && self->step->body == RUNNEL_FLOW_SHELL;
}

/* A value that the task gets from outside: $(params.NAME). */
static void
add_param (RunnelTektonMaker      *self,
           const char *name,
           const char *value)
{
  JsonObject *declared = json_object_new ();

  runnel_kube_add_pair (runnel_kube_add_array (self->task, "params"), name, value);
  json_object_set_string_member (declared, "name", name);
  json_object_set_string_member (declared, "type", "string");
  json_array_add_object_element (runnel_kube_add_array (self->spec, "params"), declared);
}

/* The same as an environment variable. */
static void
add_given (RunnelTektonMaker      *self,
           const char *variable,
           const char *name,
           const char *value)
{
  g_autofree char *inside = g_strdup_printf ("$(params.%s)", name);

  add_param (self, name, value);
  runnel_kube_add_pair (self->env, variable, inside);
}

static gboolean
has_param (RunnelTektonMaker      *self,
           const char *name)
{
  JsonArray *list = runnel_kube_add_array (self->spec, "params");

  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_strcmp0 (runnel_kube_get_string (json_array_get_object_element (list, i), "name"), name)
        == 0)
      return TRUE;
  return FALSE;
}

/* A parameter for a variable that no parameter of the pipeline stands behind. */
static void
add_made (RunnelTektonMaker      *self,
          const char *variable,
          const char *value)
{
  g_autofree char *stem = runnel_kube_make_name (variable);
  g_autofree char *name = g_strdup_printf ("env-%s", stem);

  for (guint i = 2; has_param (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("env-%s-%u", stem, i);
    }
  add_given (self, variable, name, value);
}

static void
add_secret (RunnelTektonMaker      *self,
            const char *variable,
            const char *secret)
{
  JsonObject *entry = json_object_new ();
  JsonObject *ref;

  json_object_set_string_member (entry, "name", variable);
  ref = runnel_kube_add_object (runnel_kube_add_object (entry, "valueFrom"), "secretKeyRef");
  json_object_set_string_member (ref, "name", RUNNEL_KUBE_SECRETS);
  json_object_set_string_member (ref, "key", secret);
  json_array_add_object_element (self->env, entry);
}

static void
add_variable (RunnelTektonMaker                    *self,
              const RunnelFlowVariable *variable)
{
  g_autoptr(GPtrArray) secrets = g_ptr_array_new_with_free_func (g_free);
  gboolean is_computed;
  g_autofree char *said = _runnel_tekton_say_text (self->flow, self->step, self->writer->names,
                                                   variable->value, secrets, &is_computed, NULL);

  if (said == NULL)
    return; /* told as a loss */
  for (guint i = 0; i < secrets->len; i++)
    {
      g_autofree char *name =
        runnel_parameters_get_variable ("RUNNEL_SECRET_", g_ptr_array_index (secrets, i));

      add_secret (self, name, g_ptr_array_index (secrets, i));
    }
  if (strstr (variable->value, "${{") != NULL)
    runnel_kube_remember (self->said, said, runnel_kube_string_node (variable->value));
  if (is_computed)
    add_made (self, variable->name, said);
  else
    runnel_kube_add_pair (self->env, variable->name, said);
}

static gboolean
has_variable (const RunnelFlowStep *step,
              const char           *name)
{
  for (guint i = 0; i < step->env->len; i++)
    if (g_str_equal (g_array_index (step->env, RunnelFlowVariable, i).name, name))
      return TRUE;
  return FALSE;
}

static void
add_axis (RunnelTektonMaker      *self,
          const char *axis,
          const char *value)
{
  g_autofree char *name = g_strdup_printf ("matrix-%s", axis);
  g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_MATRIX_", axis);
  g_autofree char *inside = g_strdup_printf ("$(params.%s)", name);

  if (value != NULL)
    {
      g_autofree char *escaped = runnel_kube_escape (value);

      add_given (self, variable, name, escaped);
      return;
    }
  runnel_kube_add_pair (runnel_kube_add_array (self->spec, "params"), name, NULL);
  runnel_kube_add_pair (self->env, variable, inside);
}

/* One of the legs, each of which is a task of its own. */
static void
add_leg (RunnelTektonMaker *self)
{
  JsonObject *leg = g_ptr_array_index (self->step->legs->combinations, self->leg);
  g_autoptr(GList) axes = json_object_get_members (leg);

  for (GList *l = axes; l != NULL; l = l->next)
    {
      g_autofree char *value = runnel_kube_to_text (json_object_get_member (leg, l->data));

      add_axis (self, l->data, value);
    }
  json_object_set_member (self->memory, "matrix", json_node_copy (self->step->matrix));
  json_object_set_int_member (self->memory, "leg", self->leg);
}

/* Axes as they are, where each combination of them is wanted. */
static gboolean
add_axes (RunnelTektonMaker *self)
{
  static const char *const others[] = { "fail-fast", "max-parallel", "limit", NULL };
  JsonObject *matrix =
    JSON_NODE_HOLDS_OBJECT (self->step->matrix) ? json_node_get_object (self->step->matrix) : NULL;
  g_autoptr(GList) keys = matrix != NULL ? json_object_get_members (matrix) : NULL;

  for (GList *l = keys; l != NULL; l = l->next)
    if (g_str_equal (l->data, "include") || g_str_equal (l->data, "exclude")
        || (!g_strv_contains (others, l->data) && runnel_kube_get_array (matrix, l->data) == NULL))
      return FALSE;
  for (GList *l = keys; l != NULL; l = l->next)
    {
      JsonArray *values = runnel_kube_get_array (matrix, l->data);
      g_autofree char *name = g_strdup_printf ("matrix-%s", (char *) l->data);
      JsonObject *param;

      if (values == NULL)
        continue;
      add_axis (self, l->data, NULL);
      param = json_object_new ();
      json_object_set_string_member (param, "name", name);
      for (guint i = 0; i < json_array_get_length (values); i++)
        {
          g_autofree char *value = runnel_kube_to_text (json_array_get_element (values, i));

          json_array_add_string_element (runnel_kube_add_array (param, "value"), value);
        }
      json_array_add_object_element (
        runnel_kube_add_array (runnel_kube_add_object (self->task, "matrix"), "params"), param);
    }
  return matrix != NULL;
}

/* All combinations spelled out. */
static void
add_combinations (RunnelTektonMaker *self)
{
  JsonArray *include =
    runnel_kube_add_array (runnel_kube_add_object (self->task, "matrix"), "include");
  g_autoptr(GHashTable) axes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->step->legs->combinations->len; i++)
    {
      JsonObject *leg = g_ptr_array_index (self->step->legs->combinations, i);
      JsonObject *entry = json_object_new ();
      g_autofree char *name = g_strdup_printf ("leg-%u", i + 1);
      g_autoptr(GList) keys = json_object_get_members (leg);

      json_object_set_string_member (entry, "name", name);
      for (GList *l = keys; l != NULL; l = l->next)
        {
          g_autofree char *axis = g_strdup_printf ("matrix-%s", (char *) l->data);
          g_autofree char *value = runnel_kube_to_text (json_object_get_member (leg, l->data));

          if (g_hash_table_add (axes, l->data))
            add_axis (self, l->data, NULL);
          runnel_kube_add_pair (runnel_kube_add_array (entry, "params"), axis, value);
        }
      json_array_add_object_element (include, entry);
    }
}

static void
add_matrix (RunnelTektonMaker *self)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *whole = NULL;

  if (!add_axes (self))
    add_combinations (self);
  node = json_node_init_object (json_node_alloc (), runnel_kube_add_object (self->task, "matrix"));
  whole = json_to_string (node, FALSE);
  runnel_kube_remember (self->said, whole, json_node_copy (self->step->matrix));
}

/* The states of other steps, as results of their tasks. */
void
_runnel_tekton_add_reads (RunnelTektonMaker *self)
{
  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (self->flow, i);
      const guint n_legs =
        _runnel_tekton_is_unrolled (self->writer, step) ? step->legs->combinations->len : 0;

      if (!g_hash_table_contains (self->reads, step))
        continue;
      for (guint j = 0; j < MAX (n_legs, 1); j++)
        {
          const char *task =
            _runnel_tekton_get_name (self->writer, step, n_legs > 0 ? (int) j : -1);
          g_autofree char *number = n_legs > 0 ? g_strdup_printf ("%u", j + 1) : NULL;
          g_autofree char *outcome =
            runnel_shell_get_variable ("RUNNEL_OUTCOME_", step->id, number);
          g_autofree char *after = runnel_shell_get_variable ("RUNNEL_AFTER_", step->id, NULL);
          g_autofree char *outcome_value = g_strdup_printf ("$(tasks.%s.results.outcome)", task);
          g_autofree char *after_value = g_strdup_printf ("$(tasks.%s.results.after)", task);

          add_made (self, outcome, outcome_value);
          if (j == 0)
            add_made (self, after, after_value);
        }
    }
}

/* Steps whose state the condition names, and outputs of which it reads. */
static void
find_reads (RunnelTektonMaker *self)
{
  const RunnelFlowStep *step = self->step;

  for (guint i = 0; i < step->needs->len; i++)
    g_hash_table_add (
      self->reads,
      runnel_flow_get_step (self->flow, g_array_index (step->needs, RunnelFlowNeed, i).step));
  for (guint i = 0; i < self->flow->steps->len; i++)
    {
      RunnelFlowStep *other = runnel_flow_get_step (self->flow, i);
      g_autofree char *mention = g_strdup_printf ("steps.%s.", other->id);

      if (self->phase != NULL && !g_str_equal (self->phase, "on-start"))
        g_hash_table_add (self->reads, other);
      else if (self->phase == NULL && step->condition != NULL
               && strstr (step->condition, mention) != NULL
               && runnel_kube_is_before (self->flow, step, i))
        g_hash_table_add (self->reads, other);
    }
}

/* Outputs that the condition compares. */
static void
add_compared (RunnelTektonMaker *self)
{
  g_autoptr (GRegex) regex =
    g_regex_new ("steps\\.([A-Za-z0-9_-]+)\\.outputs\\.([A-Za-z0-9_-]+)", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (self->step->condition == NULL)
    return;
  for (g_regex_match (regex, self->step->condition, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *id = g_match_info_fetch (match, 1);
      g_autofree char *output = g_match_info_fetch (match, 2);
      RunnelFlowStep *other = runnel_flow_find_step (self->flow, id);
      char *variable = runnel_shell_get_variable ("RUNNEL_OUTPUT_", id, output);
      g_autofree char *value = NULL;

      if (!g_hash_table_add (seen, variable) || other == NULL || other->matrix != NULL
          || !runnel_kube_is_before (self->flow, self->step, other->index))
        continue;
      value = g_strdup_printf ("$(tasks.%s.results.%s)",
                               _runnel_tekton_get_name (self->writer, other, -1), output);
      add_made (self, variable, value);
    }
}

void
_runnel_tekton_add_env (RunnelTektonMaker *self)
{
  for (guint i = 0; i < self->flow->env->len; i++)
    if (!has_variable (self->step, g_array_index (self->flow->env, RunnelFlowVariable, i).name))
      add_variable (self, &g_array_index (self->flow->env, RunnelFlowVariable, i));
  for (guint i = 0; i < self->flow->n_parameters; i++)
    {
      const char *name = self->flow->parameters[i].name;
      g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", name);
      g_autofree char *value = g_strdup_printf ("$(params.%s)", name);

      add_given (self, variable, name, value);
    }
  if (runnel_flow_asks (self->flow, RUNNEL_FEATURE_ARTIFACTS))
    runnel_kube_add_pair (self->env, "RUNNEL_ARTIFACTS", RUNNEL_TEKTON_ARTIFACTS);
  if (self->leg >= 0)
    add_leg (self);
  else if (self->step->legs != NULL && !self->writer->is_gated)
    add_matrix (self);
  if (_runnel_tekton_is_gated (self))
    {
      find_reads (self);
      _runnel_tekton_add_reads (self);
      add_compared (self);
    }
  for (guint i = 0; i < self->step->env->len; i++)
    add_variable (self, &g_array_index (self->step->env, RunnelFlowVariable, i));
}
