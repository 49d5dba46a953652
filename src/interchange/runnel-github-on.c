/* runnel-github-on.c: what starts a workflow, and with which values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-github-import.h"

#define SCHEDULE "schedule"
#define DISPATCH "workflow_dispatch"
#define CALL "workflow_call"

static const char *const type_names[] = {
  [RUNNEL_PARAMETER_STRING] = "string",
  [RUNNEL_PARAMETER_NUMBER] = "number",
  [RUNNEL_PARAMETER_BOOLEAN] = "boolean",
  [RUNNEL_PARAMETER_CHOICE] = "choice",
};

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_string (JsonObject *object, const char *key)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, key) : NULL;

  return _runnel_github_get_text (node);
}

/* Reading. */

static gboolean
holds_texts (JsonNode *node)
{
  JsonArray *array =
    node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (_runnel_github_get_text (json_array_get_element (array, i)) == NULL)
      return FALSE;

  return array != NULL && json_array_get_length (array) > 0;
}

static JsonObject *
read_input (JsonObject *input)
{
  static const char *const known[] = { "number", "boolean", "choice", NULL };
  JsonObject *parameter = json_object_new ();
  const char *type = get_string (input, "type");
  JsonNode *options = json_object_get_member (input, "options");
  JsonNode *value = json_object_get_member (input, "default");
  gboolean is_choice = g_strcmp0 (type, "choice") == 0;

  if (type != NULL && g_strv_contains (known, type) && (!is_choice || holds_texts (options)))
    json_object_set_string_member (parameter, "type", type);
  runnel_import_set_string (parameter, "description", get_string (input, "description"));
  if (value != NULL && JSON_NODE_HOLDS_VALUE (value))
    json_object_set_member (parameter, "default", json_node_copy (value));
  if (_runnel_github_get_boolean (input, "required"))
    json_object_set_boolean_member (parameter, "required", TRUE);
  if (is_choice && json_object_has_member (parameter, "type"))
    json_object_set_member (parameter, "choices", json_node_copy (options));

  return parameter;
}

/* GitHub takes "3" for a number and "true" for a boolean. */
static void
convert_default (JsonObject *parameter)
{
  const char *type = get_string (parameter, "type");
  JsonNode *value = json_object_get_member (parameter, "default");
  const char *text = get_string (parameter, "default");
  char *end;
  double number;

  if (value == NULL)
    return;
  if (g_strcmp0 (type, "boolean") == 0 && text != NULL)
    json_object_set_boolean_member (parameter, "default", g_ascii_strcasecmp (text, "true") == 0);
  else if (g_strcmp0 (type, "number") == 0 && text != NULL)
    {
      number = g_ascii_strtod (text, &end);
      if (end == text || *end != '\0')
        json_object_remove_member (parameter, "default");
      else
        json_object_set_double_member (parameter, "default", number);
    }
  else if (json_node_is_null (value))
    json_object_remove_member (parameter, "default");
  else if ((type == NULL || g_str_equal (type, "choice")) && text == NULL)
    {
      g_autofree char *said = runnel_value_to_text (value);

      json_object_set_string_member (parameter, "default", said);
    }
}

static void
read_inputs (JsonObject *event, JsonObject *parameters)
{
  JsonObject *inputs = event != NULL ? get_object (json_object_get_member (event, "inputs")) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (inputs == NULL)
    return;
  json_object_iter_init_ordered (&iter, inputs);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autoptr(JsonObject) none = json_object_new ();
      JsonObject *parameter;

      if (json_object_has_member (parameters, name))
        continue;
      parameter = read_input (JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : none);
      convert_default (parameter);
      json_object_set_object_member (parameters, name, parameter);
    }
}

static gboolean
read_schedule (JsonNode *schedule, JsonArray *triggers)
{
  JsonArray *entries;

  if (schedule == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (schedule))
    return FALSE;

  entries = json_node_get_array (schedule);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = get_object (json_array_get_element (entries, i));
      JsonObject *trigger;

      if (get_string (entry, "cron") == NULL)
        return FALSE;
      trigger = json_object_new ();
      json_object_set_string_member (trigger, "kind", "schedule");
      json_object_set_string_member (trigger, "cron", get_string (entry, "cron"));
      if (get_string (entry, "timezone") != NULL)
        json_object_set_string_member (trigger, "timezone", get_string (entry, "timezone"));
      json_array_add_object_element (triggers, trigger);
    }

  return TRUE;
}

static void
read_secrets (JsonObject *call, JsonObject *pipeline, const RunnelGithubNames *names)
{
  JsonObject *declared =
    call != NULL ? get_object (json_object_get_member (call, "secrets")) : NULL;
  JsonArray *array;
  JsonObjectIter iter;
  const char *name;

  if (declared == NULL || json_object_get_size (declared) == 0)
    return;
  array = json_array_new ();
  json_object_iter_init_ordered (&iter, declared);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const char *own =
        names != NULL && names->secrets != NULL ? g_hash_table_lookup (names->secrets, name) : NULL;

      json_array_add_string_element (array, own != NULL ? own : name);
    }
  json_object_set_array_member (pipeline, "secrets", array);
}

/* Whether an export would write all of it again, so that nothing has to be kept. */
static gboolean
is_ours (JsonObject *events)
{
  guint n_known = 0;
  static const char *const known[] = { SCHEDULE, DISPATCH, CALL };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    n_known += json_object_has_member (events, known[i]);

  return n_known == json_object_get_size (events) && json_object_has_member (events, DISPATCH)
         && json_object_has_member (events, CALL);
}

/* Sets `parameters`, `secrets` and `triggers` of a pipeline; returns whether that is all that `on`
 * says. */
gboolean
_runnel_github_read_on (JsonNode *on, JsonObject *pipeline, const RunnelGithubNames *names)
{
  JsonObject *events = get_object (on);
  g_autoptr(JsonObject) parameters = json_object_new ();
  g_autoptr(JsonArray) triggers = json_array_new ();
  gboolean is_all;

  if (events == NULL)
    return FALSE;
  read_inputs (get_object (json_object_get_member (events, DISPATCH)), parameters);
  read_inputs (get_object (json_object_get_member (events, CALL)), parameters);
  if (json_object_get_size (parameters) > 0)
    json_object_set_object_member (pipeline, "parameters", json_object_ref (parameters));
  read_secrets (get_object (json_object_get_member (events, CALL)), pipeline, names);
  is_all = read_schedule (json_object_get_member (events, SCHEDULE), triggers);
  if (json_array_get_length (triggers) > 0)
    json_object_set_array_member (pipeline, "triggers", json_array_ref (triggers));

  return is_all && is_ours (events);
}

/* Writing. */

static void
write_input (RunnelGithubExport *self, const RunnelParameter *parameter, gboolean is_call)
{
  RunnelParameterType type = parameter->type;

  if (is_call && type == RUNNEL_PARAMETER_CHOICE)
    type = RUNNEL_PARAMETER_STRING;
  runnel_yaml_writer_key (self->writer, parameter->name);
  runnel_yaml_writer_open_map (self->writer);
  _runnel_github_write_text (self->writer, "description", parameter->description);
  runnel_yaml_writer_pair (self->writer, "type", type_names[type]);
  /* A call may leave out what has a default, whether it is required or not. */
  if (parameter->required && !(is_call && parameter->default_value != NULL))
    {
      runnel_yaml_writer_key (self->writer, "required");
      runnel_yaml_writer_boolean (self->writer, TRUE);
    }
  if (parameter->default_value != NULL)
    {
      runnel_yaml_writer_key (self->writer, "default");
      runnel_yaml_writer_json (self->writer, parameter->default_value);
    }
  if (type == RUNNEL_PARAMETER_CHOICE && parameter->choices != NULL)
    {
      runnel_yaml_writer_key (self->writer, "options");
      runnel_yaml_writer_open_list (self->writer);
      for (gsize i = 0; parameter->choices[i] != NULL; i++)
        runnel_yaml_writer_string (self->writer, parameter->choices[i]);
      runnel_yaml_writer_close_list (self->writer);
    }
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_inputs (RunnelGithubExport *self, gboolean is_call)
{
  if (self->flow->n_parameters == 0)
    return;
  runnel_yaml_writer_key (self->writer, "inputs");
  runnel_yaml_writer_open_map (self->writer);
  for (guint i = 0; i < self->flow->n_parameters; i++)
    write_input (self, &self->flow->parameters[i], is_call);
  runnel_yaml_writer_close_map (self->writer);
}

static void
write_secrets (RunnelGithubExport *self)
{
  if (self->flow->secrets->len == 0)
    return;
  runnel_yaml_writer_key (self->writer, "secrets");
  runnel_yaml_writer_open_map (self->writer);
  for (guint i = 0; i < self->flow->secrets->len; i++)
    {
      g_autofree char *name =
        runnel_github_secret_name (g_ptr_array_index (self->flow->secrets, i));

      runnel_yaml_writer_key (self->writer, name);
      runnel_yaml_writer_open_map (self->writer);
      runnel_yaml_writer_key (self->writer, "required");
      runnel_yaml_writer_boolean (self->writer, TRUE);
      runnel_yaml_writer_close_map (self->writer);
    }
  runnel_yaml_writer_close_map (self->writer);
}

static gboolean
gives_outputs (const RunnelFlowStep *step)
{
  return step->outputs->len > 0 && step->matrix == NULL && step->body == RUNNEL_FLOW_SHELL;
}

/* A workflow that calls this one asks for outputs of its jobs by these names. */
static void
write_outputs (RunnelGithubExport *self)
{
  gboolean has_any = FALSE;

  for (guint i = 0; i < self->flow->steps->len && !self->whole; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (self->flow, i);

      if (!gives_outputs (step))
        continue;
      if (!has_any)
        {
          runnel_yaml_writer_key (self->writer, "outputs");
          runnel_yaml_writer_open_map (self->writer);
        }
      has_any = TRUE;
      for (guint j = 0; j < step->outputs->len; j++)
        {
          const char *output = g_ptr_array_index (step->outputs, j);
          g_autofree char *name = g_strdup_printf ("%s-%s", step->id, output);
          g_autofree char *value = g_strdup_printf ("jobs.%s.outputs.%s", step->id, output);

          runnel_yaml_writer_key (self->writer, name);
          runnel_yaml_writer_open_map (self->writer);
          _runnel_github_write_expression (self->writer, "value", value);
          runnel_yaml_writer_close_map (self->writer);
        }
    }
  if (has_any)
    runnel_yaml_writer_close_map (self->writer);
}

static void
write_schedule (RunnelGithubExport *self)
{
  guint n_triggers =
    self->flow->triggers != NULL ? json_array_get_length (self->flow->triggers) : 0;
  gboolean has_any = FALSE;

  for (guint i = 0; i < n_triggers; i++)
    {
      JsonObject *trigger = get_object (json_array_get_element (self->flow->triggers, i));

      if (g_strcmp0 (get_string (trigger, "kind"), "schedule") != 0
          || get_string (trigger, "cron") == NULL)
        continue;
      if (!has_any)
        {
          runnel_yaml_writer_key (self->writer, SCHEDULE);
          runnel_yaml_writer_open_list (self->writer);
        }
      has_any = TRUE;
      runnel_yaml_writer_open_map (self->writer);
      runnel_yaml_writer_pair (self->writer, "cron", get_string (trigger, "cron"));
      runnel_yaml_writer_pair (self->writer, "timezone", get_string (trigger, "timezone"));
      runnel_yaml_writer_close_map (self->writer);
    }
  if (has_any)
    runnel_yaml_writer_close_list (self->writer);
}

static void
write_event (RunnelGithubExport *self, const char *name, gboolean is_call)
{
  gboolean is_empty = self->flow->n_parameters == 0 && (!is_call || self->flow->secrets->len == 0);

  for (guint i = 0; is_call && !self->whole && i < self->flow->steps->len; i++)
    is_empty = is_empty && !gives_outputs (runnel_flow_get_step (self->flow, i));

  runnel_yaml_writer_key (self->writer, name);
  if (is_empty)
    {
      runnel_yaml_writer_null (self->writer);
      return;
    }
  runnel_yaml_writer_open_map (self->writer);
  write_inputs (self, is_call);
  if (is_call)
    {
      write_secrets (self);
      write_outputs (self);
    }
  runnel_yaml_writer_close_map (self->writer);
}

/* Events that only GitHub knows, as they were imported. */
static void
write_other_events (RunnelGithubExport *self, JsonNode *kept)
{
  static const char *const own[] = { SCHEDULE, DISPATCH, CALL, NULL };
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (get_object (kept) == NULL)
    return;
  json_object_iter_init_ordered (&iter, get_object (kept));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!g_strv_contains (own, name))
      {
        runnel_yaml_writer_key (self->writer, name);
        runnel_yaml_writer_json (self->writer, value);
      }
}

static JsonObject *
describe_parameters (const RunnelFlow *flow)
{
  JsonObject *parameters = json_object_new ();

  for (guint i = 0; i < flow->n_parameters; i++)
    {
      const RunnelParameter *parameter = &flow->parameters[i];
      JsonObject *object = json_object_new ();

      if (parameter->type != RUNNEL_PARAMETER_STRING)
        json_object_set_string_member (object, "type", type_names[parameter->type]);
      if (parameter->description != NULL)
        json_object_set_string_member (object, "description", parameter->description);
      if (parameter->default_value != NULL)
        json_object_set_member (object, "default", json_node_copy (parameter->default_value));
      if (parameter->required)
        json_object_set_boolean_member (object, "required", TRUE);
      if (parameter->choices != NULL)
        {
          JsonArray *choices = json_array_new ();

          for (gsize j = 0; parameter->choices[j] != NULL; j++)
            json_array_add_string_element (choices, parameter->choices[j]);
          json_object_set_array_member (object, "choices", choices);
        }
      json_object_set_object_member (parameters, parameter->name, object);
    }

  return parameters;
}

/* Whether the events that were imported still say what the pipeline does. */
static gboolean
is_unchanged (RunnelGithubExport *self, JsonNode *kept)
{
  g_autoptr(JsonObject) read = json_object_new ();
  g_autoptr(JsonObject) parameters = describe_parameters (self->flow);
  g_autoptr(JsonObject) no_parameters = json_object_new ();
  g_autoptr(JsonArray) none = json_array_new ();
  JsonObject *read_parameters;
  JsonArray *read_triggers;

  _runnel_github_read_on (kept, read, NULL);
  read_parameters = get_object (json_object_get_member (read, "parameters"));
  read_triggers = json_object_has_member (read, "triggers")
                    ? json_object_get_array_member (read, "triggers")
                    : none;

  return json_object_equal (read_parameters != NULL ? read_parameters : no_parameters, parameters)
         && json_array_equal (read_triggers,
                              self->flow->triggers != NULL ? self->flow->triggers : none);
}

/* Writes `on`. */
void
_runnel_github_write_on (RunnelGithubExport *self)
{
  JsonNode *kept = self->kept != NULL ? json_object_get_member (self->kept, "on") : NULL;

  runnel_yaml_writer_key (self->writer, "on");
  if (kept != NULL && is_unchanged (self, kept))
    {
      runnel_yaml_writer_json (self->writer, kept);
      return;
    }

  runnel_yaml_writer_open_map (self->writer);
  write_other_events (self, kept);
  write_schedule (self);
  write_event (self, DISPATCH, FALSE);
  write_event (self, CALL, TRUE);
  runnel_yaml_writer_close_map (self->writer);
}

/* Writes `concurrency`; of runs that wait GitHub keeps the latest only. */
void
_runnel_github_write_group (RunnelGithubExport *self)
{
  const RunnelFlow *flow = self->flow;
  RunnelGithubSpeaker speaker = { flow, NULL, NULL, RUNNEL_GITHUB_IN_WORKFLOW, FALSE };
  JsonNode *kept = self->kept != NULL ? json_object_get_member (self->kept, "concurrency") : NULL;
  g_autofree char *group = NULL;

  if (flow->group == NULL && flow->policy == NULL && flow->max == 0)
    {
      if (kept != NULL)
        {
          runnel_yaml_writer_key (self->writer, "concurrency");
          runnel_yaml_writer_json (self->writer, kept);
        }
      return;
    }
  if (g_strcmp0 (flow->policy, "parallel") == 0 && flow->max == 0)
    return;

  group = flow->group != NULL ? runnel_github_say_text (&speaker, flow->group, NULL) : NULL;
  runnel_yaml_writer_key (self->writer, "concurrency");
  runnel_yaml_writer_open_map (self->writer);
  runnel_yaml_writer_pair (self->writer, "group", group != NULL ? group : "${{ github.workflow }}");
  if (g_strcmp0 (flow->policy, "cancel-running") == 0)
    {
      runnel_yaml_writer_key (self->writer, "cancel-in-progress");
      runnel_yaml_writer_boolean (self->writer, TRUE);
    }
  runnel_yaml_writer_close_map (self->writer);
}
