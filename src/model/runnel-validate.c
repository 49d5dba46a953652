/* runnel-validate.c: what is wrong with a pipeline
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "model/runnel-edit-private.h"
#include "model/runnel-hooks.h"
#include "model/runnel-json-read.h"
#include "model/runnel-shape.h"
#include "util/runnel-nearest.h"
#include "model/runnel-validate-private.h"

/* Looking for the nearest of 10,000 ids for each of 10,000 unknown ones would take minutes. */
#define MOST_SUGGESTIONS 50

typedef struct
{
  RunnelPipeline *pipeline;
  RunnelDiagnostics *diagnostics;
  guint n_suggestions;
} Validation;

static RunnelStep *
get_step (RunnelPipeline *pipeline,
          guint           index)
{
  return g_ptr_array_index (pipeline->steps, index);
}

/* --- Shape --- */

static void
check_member (RunnelPipeline    *self,
              const char        *key,
              JsonNode          *value,
              RunnelDiagnostics *diagnostics)
{
  const RunnelKey *known = runnel_shape_find_key (&runnel_pipeline_shape, key);
  g_autoptr(GString) path = g_string_new (NULL);

  runnel_json_path_append_key (path, key);
  if (known != NULL)
    runnel_shape_check (known->shape, value, path, NULL, diagnostics);
  else
    runnel_shape_report_unknown (&runnel_pipeline_shape, key, path->str, NULL, diagnostics);
}

static void
check_members (RunnelPipeline    *self,
               RunnelDiagnostics *diagnostics)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!json_object_has_member (self->members, "format"))
    runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_ERROR, "", NULL, "write \"format\": 1",
                            "“format” is missing: the version of the format, 1");

  json_object_iter_init_ordered (&iter, self->members);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    check_member (self, key, value, diagnostics);
}

static void
check_strays (RunnelPipeline    *self,
              RunnelDiagnostics *diagnostics)
{
  for (guint i = 0; i < self->strays->len; i++)
    {
      RunnelStray *stray = &g_array_index (self->strays, RunnelStray, i);
      g_autoptr(GString) path = g_string_new (NULL);

      g_string_printf (path, "steps[%u]", MIN (stray->position, self->steps->len + i));
      runnel_shape_check (&runnel_step_shape, stray->value, path, NULL, diagnostics);
    }
}

static void
check_layout (RunnelPipeline    *self,
              RunnelDiagnostics *diagnostics)
{
  g_autoptr(JsonNode) rest = NULL;
  g_autoptr(GString) path = g_string_new ("layout");
  JsonObjectIter iter;
  const char *id;

  if (self->layout_rest != NULL)
    {
      rest = json_node_init_object (json_node_alloc (), self->layout_rest);
      runnel_shape_check (&runnel_layout_shape, rest, path, NULL, diagnostics);
    }
  if (self->misplaced == NULL)
    return;

  json_object_iter_init_ordered (&iter, self->misplaced);
  while (json_object_iter_next_ordered (&iter, &id, NULL))
    {
      if (g_hash_table_contains (self->positions, id))
        continue;
      g_string_assign (path, "layout.steps");
      runnel_json_path_append_key (path, id);
      runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_WARNING, path->str, id, "write [x, y]",
                              "this is not the place of a step");
    }
}

/* Reports all that is not as the format has it: types, ids, durations, choices, missing and unknown keys. */
void
_runnel_pipeline_check_shape (RunnelPipeline    *self,
                              RunnelDiagnostics *diagnostics)
{
  check_members (self, diagnostics);
  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *path = _runnel_pipeline_get_step_path (self, i);

      runnel_step_check (get_step (self, i), path, diagnostics);
    }
  check_strays (self, diagnostics);
  check_layout (self, diagnostics);
}

/* --- Names --- */

static char *
suggest_step (Validation *self,
              const char *id)
{
  RunnelNearest search = { .word = id };

  if (self->n_suggestions >= MOST_SUGGESTIONS)
    return NULL;

  self->n_suggestions++;
  for (guint i = 0; i < self->pipeline->steps->len; i++)
    runnel_nearest_consider (&search, get_step (self->pipeline, i)->id);

  return runnel_nearest_suggest (&search);
}

static void
check_id (Validation *self,
          guint       index,
          const char *step_path)
{
  const char *id = get_step (self->pipeline, index)->id;
  g_autofree char *path = NULL, *first_path = NULL, *free_id = NULL, *suggestion = NULL;
  guint first;

  if (!runnel_pipeline_find_step (self->pipeline, id, &first) || first == index)
    return;

  path = g_strconcat (step_path, ".id", NULL);
  first_path = _runnel_pipeline_get_step_path (self->pipeline, first);
  if (self->n_suggestions++ < MOST_SUGGESTIONS)
    {
      free_id = runnel_pipeline_make_step_id (self->pipeline, id);
      suggestion = g_strdup_printf ("“%s” is free", free_id);
    }
  runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, path, id, suggestion,
                          "there is another step “%s”, %s", id, first_path);
}

static void
check_needs (Validation *self,
             RunnelStep *step,
             const char *step_path)
{
  for (guint i = 0; i < step->n_needs; i++)
    {
      g_autofree char *path = NULL, *suggestion = NULL;

      if (runnel_pipeline_find_step (self->pipeline, step->needs[i].step, NULL))
        continue;

      path = g_strdup_printf ("%s.needs[%u]", step_path, step->needs[i].position);
      suggestion = suggest_step (self, step->needs[i].step);
      runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, path, step->id, suggestion,
                              "“%s” needs “%s”, and there is no such step", step->id, step->needs[i].step);
    }
}

static const char *
get_string (JsonNode *value)
{
  return value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
}

static void
check_step (Validation *self,
            guint       index)
{
  RunnelStep *step = get_step (self->pipeline, index);
  g_autofree char *path = _runnel_pipeline_get_step_path (self->pipeline, index);
  RunnelJsonSlice undo = runnel_json_slice_get_member (step->source, "undo");
  const char *id = *step->id != '\0' ? step->id : NULL;

  check_id (self, index, path);
  check_needs (self, step, path);
  _runnel_validate_kind (step->source, path, id, self->diagnostics);

  if (runnel_json_slice_holds (undo, RUNNEL_JSON_OBJECT))
    {
      g_autofree char *undo_path = g_strconcat (path, ".undo", NULL);

      _runnel_validate_kind (undo, undo_path, id, self->diagnostics);
    }
}

/* --- Hooks --- */

/* Hooks share the ids with steps: both have logs and a place in the history under their id. */
static void
check_hook_id (Validation *self,
               RunnelStep *hook,
               const char *path,
               GHashTable *ids)
{
  g_autofree char *id_path = g_strconcat (path, ".id", NULL);

  if (*hook->id == '\0')
    return;
  if (!g_hash_table_contains (ids, hook->id) && !runnel_pipeline_find_step (self->pipeline, hook->id, NULL))
    g_hash_table_add (ids, g_strdup (hook->id));
  else
    runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, id_path, hook->id, NULL,
                            "there is another step or hook “%s”", hook->id);
}

static void
check_hooks (Validation *self)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint point = 0; point < RUNNEL_N_HOOK_POINTS; point++)
    {
      g_autoptr(GPtrArray) hooks = runnel_hooks_get (self->pipeline, point);

      for (guint i = 0; i < hooks->len; i++)
        {
          RunnelStep *hook = g_ptr_array_index (hooks, i);
          g_autofree char *path = runnel_hooks_get_path (point, i);

          check_hook_id (self, hook, path, ids);
          _runnel_validate_kind (hook->source, path, *hook->id != '\0' ? hook->id : NULL, self->diagnostics);
        }
    }
}

/* --- Parameters --- */

static gboolean
is_of_type (const RunnelParameter *parameter,
            JsonNode              *value)
{
  GType type = json_node_get_value_type (value);

  switch (parameter->type)
    {
    case RUNNEL_PARAMETER_STRING:
    case RUNNEL_PARAMETER_CHOICE:
      return type == G_TYPE_STRING;
    case RUNNEL_PARAMETER_NUMBER:
      return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
    case RUNNEL_PARAMETER_BOOLEAN:
      return type == G_TYPE_BOOLEAN;
    }

  return FALSE;
}

static void
check_default (Validation            *self,
               const RunnelParameter *parameter,
               const char            *path)
{
  static const char *const type_names[] = { "a text", "a number", "true or false", "one of its choices" };
  g_autofree char *default_path = g_strconcat (path, ".default", NULL);
  const char *text;

  if (parameter->default_value == NULL)
    return;

  text = json_node_get_string (parameter->default_value);
  if (!is_of_type (parameter, parameter->default_value))
    runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, default_path, NULL, NULL,
                            "the default of the parameter “%s” must be %s",
                            parameter->name, type_names[parameter->type]);
  else if (parameter->type == RUNNEL_PARAMETER_CHOICE && !g_strv_contains (parameter->choices, text))
    runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, default_path, NULL, NULL,
                            "the default “%s” is not among the choices of the parameter “%s”",
                            text, parameter->name);
}

/* Parameters reach processes as RUNNEL_PARAM_NAME in capitals, where "a-b" and "A_b" are the same. */
static void
check_variable (Validation            *self,
                const RunnelParameter *parameter,
                const char            *path,
                GHashTable            *variables)
{
  char *variable = g_strdelimit (g_ascii_strup (parameter->name, -1), "-", '_');
  const char *other = g_hash_table_lookup (variables, variable);

  if (other != NULL)
    runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, path, NULL, NULL,
                            "the parameters “%s” and “%s” would both be RUNNEL_PARAM_%s",
                            other, parameter->name, variable);
  g_hash_table_replace (variables, variable, (gpointer) parameter->name);
}

static void
check_parameters (Validation *self)
{
  g_autoptr(GHashTable) variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const RunnelParameter *parameters;
  guint n;

  parameters = runnel_pipeline_get_parameters (self->pipeline, &n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GString) path = g_string_new ("parameters");

      runnel_json_path_append_key (path, parameters[i].name);
      if (!runnel_id_is_valid (parameters[i].name))
        runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, path->str, NULL,
                                "use letters, digits, _ and -, with a letter or _ first",
                                "“%s” is no name for a parameter", parameters[i].name);
      if (parameters[i].type == RUNNEL_PARAMETER_CHOICE && parameters[i].choices[0] == NULL)
        runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, path->str, NULL,
                                "add \"choices\": [...]", "the parameter “%s” has no choices", parameters[i].name);
      else
        check_default (self, &parameters[i], path->str);
      check_variable (self, &parameters[i], path->str, variables);
    }
}

/* --- Groups --- */

static void
check_group_steps (Validation *self,
                   JsonArray  *steps,
                   const char *path)
{
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      const char *id = get_string (json_array_get_element (steps, i));
      g_autofree char *step_path = NULL, *suggestion = NULL;

      if (id == NULL || runnel_pipeline_find_step (self->pipeline, id, NULL))
        continue;

      step_path = g_strdup_printf ("%s.steps[%u]", path, i);
      suggestion = suggest_step (self, id);
      runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_WARNING, step_path, NULL, suggestion,
                              "the group names “%s”, and there is no such step", id);
    }
}

static void
check_groups (Validation *self)
{
  JsonNode *groups = runnel_pipeline_get_member (self->pipeline, "groups");
  JsonArray *array = groups != NULL && JSON_NODE_HOLDS_ARRAY (groups) ? json_node_get_array (groups) : NULL;
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *group = json_array_get_element (array, i);
      g_autofree char *path = g_strdup_printf ("groups[%u]", i);
      const char *id;
      JsonNode *steps;

      if (!JSON_NODE_HOLDS_OBJECT (group))
        continue;

      id = get_string (json_object_get_member (json_node_get_object (group), "id"));
      if (id != NULL && !g_hash_table_add (ids, (gpointer) id))
        runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_ERROR, path, NULL, NULL,
                                "there is another group “%s”", id);

      steps = json_object_get_member (json_node_get_object (group), "steps");
      if (steps != NULL && JSON_NODE_HOLDS_ARRAY (steps))
        check_group_steps (self, json_node_get_array (steps), path);
    }
}

static void
check_pinned (Validation *self)
{
  JsonArray *pinned = _runnel_areas_get_array (self->pipeline->layout_rest, "pinned");

  for (guint i = 0; pinned != NULL && i < json_array_get_length (pinned); i++)
    {
      const char *id = get_string (json_array_get_element (pinned, i));
      g_autofree char *path = NULL, *suggestion = NULL;

      if (id == NULL || runnel_pipeline_find_step (self->pipeline, id, NULL))
        continue;

      path = g_strdup_printf ("layout.pinned[%u]", i);
      suggestion = suggest_step (self, id);
      runnel_diagnostics_add (self->diagnostics, RUNNEL_SEVERITY_WARNING, path, NULL, suggestion,
                              "“%s” is pinned, and there is no such step", id);
    }
}

/**
 * runnel_pipeline_validate:
 * @self: a pipeline
 * @diagnostics: where findings go, without line numbers
 *
 * Looks for everything that is wrong with the pipeline and can be told
 * without running it: all that runnel_pipeline_new_from_text() reports, and
 * unknown or repeated names, cycles, steps that can never run, fields that do
 * not suit the step's kind, and expressions where none may be. Expressions
 * themselves are not looked into.
 */
void
runnel_pipeline_validate (RunnelPipeline    *self,
                          RunnelDiagnostics *diagnostics)
{
  Validation validation = { self, diagnostics };

  g_return_if_fail (RUNNEL_IS_PIPELINE (self));
  g_return_if_fail (diagnostics != NULL);

  _runnel_pipeline_check_shape (self, diagnostics);
  if (self->steps->len == 0)
    runnel_diagnostics_add (diagnostics, RUNNEL_SEVERITY_WARNING, "steps", NULL, NULL, "the pipeline has no steps");

  check_parameters (&validation);
  for (guint i = 0; i < self->steps->len; i++)
    check_step (&validation, i);
  check_hooks (&validation);
  check_groups (&validation);
  check_pinned (&validation);
  _runnel_validate_graph (self, diagnostics);
}
