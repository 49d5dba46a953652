/* runnel-jenkins-export.c: a pipeline as a declarative Jenkinsfile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-private.h"

#include "engine/runnel-run.h"
#include "model/runnel-json-write.h"

/* Values reach `environment` by functions: Declarative takes texts, sums of texts, and calls. */
static const char functions[] =
  "def param(name) { \"${params[name]}\" }\n"
  "\n"
  "// An output of a step, from the lines that it wrote: name=value, or name<<END, lines, END.\n"
  "def output(step, name) {\n"
  "  def file = \".runnel/outputs/${step}\"\n"
  "  return fileExists(file) ? findOutput(readFile(file), name) : ''\n"
  "}\n"
  "\n"
  "@NonCPS\n"
  "def findOutput(text, name) {\n"
  "  def value = ''\n"
  "  def lines = text.readLines().iterator()\n"
  "  while (lines.hasNext()) {\n"
  "    def line = lines.next()\n"
  "    def equals = line.indexOf('=')\n"
  "    def block = line.indexOf('<<')\n"
  "    if (block >= 0 && (equals < 0 || block < equals)) {\n"
  "      def end = line.substring(block + 2)\n"
  "      def inside = []\n"
  "      for (def next = lines.next(); next != end; next = lines.next()) inside << next\n"
  "      if (line.substring(0, block) == name) value = inside.join('\\n')\n"
  "    } else if (equals >= 0 && line.substring(0, equals) == name) {\n"
  "      value = line.substring(equals + 1)\n"
  "    }\n"
  "  }\n"
  "  return value\n"
  "}\n"
  "\n"
  "@NonCPS\n"
  "def both(left, right) { left ? right : left }\n"
  "\n"
  "@NonCPS\n"
  "def either(left, right) { left ?: right }\n"
  "\n"
  "@NonCPS\n"
  "def same(left, right) { \"${left}\".equalsIgnoreCase(\"${right}\") }\n"
  "\n";

/* The functions that each exported file has. */
const char *
_runnel_jenkins_get_functions (void)
{
  return functions;
}

static void
add_parameter (RunnelJenkins *self, const RunnelParameter *parameter)
{
  g_autofree char *name = _runnel_jenkins_quote (parameter->name);
  g_autofree char *value = parameter->default_value != NULL
                             ? runnel_value_to_text (parameter->default_value)
                             : g_strdup ("");
  g_autofree char *quoted = _runnel_jenkins_quote (value);
  g_autofree char *description =
    _runnel_jenkins_quote (parameter->description != NULL ? parameter->description : "");
  g_autoptr(GString) choices = g_string_new (NULL);

  if (parameter->type == RUNNEL_PARAMETER_NUMBER)
    _runnel_jenkins_line (self, "// runnel: type: number");
  if (parameter->required)
    _runnel_jenkins_line (self, "// runnel: required: true");
  if (parameter->type == RUNNEL_PARAMETER_BOOLEAN)
    {
      _runnel_jenkins_line (self, "booleanParam(name: %s, defaultValue: %s, description: %s)", name,
                            g_str_equal (value, "true") ? "true" : "false", description);
      return;
    }
  if (parameter->type != RUNNEL_PARAMETER_CHOICE)
    {
      _runnel_jenkins_line (self, "string(name: %s, defaultValue: %s, description: %s)", name,
                            quoted, description);
      return;
    }

  /* The first choice is the default. */
  g_string_append (choices, *value != '\0' ? quoted : "");
  for (guint i = 0; parameter->choices != NULL && parameter->choices[i] != NULL; i++)
    {
      g_autofree char *choice = _runnel_jenkins_quote (parameter->choices[i]);

      if (!g_str_equal (choice, quoted))
        g_string_append_printf (choices, "%s%s", choices->len > 0 ? ", " : "", choice);
    }
  _runnel_jenkins_line (self, "choice(name: %s, choices: [%s], description: %s)", name,
                        choices->str, description);
}

static void
add_parameters (RunnelJenkins *self)
{
  const char *kept = _runnel_jenkins_get_kept (self->flow->foreign, "parameters");

  if (self->flow->n_parameters == 0 && kept == NULL)
    return;

  _runnel_jenkins_open (self, "parameters");
  for (guint i = 0; i < self->flow->n_parameters; i++)
    add_parameter (self, &self->flow->parameters[i]);
  _runnel_jenkins_add_source (self, kept);
  _runnel_jenkins_close (self);
}

static void
add_environment (RunnelJenkins *self)
{
  _runnel_jenkins_open (self, "environment");
  _runnel_jenkins_line (self, "RUNNEL_ARTIFACTS = \"${env.WORKSPACE}/.runnel/artifacts\"");
  for (guint i = 0; i < self->flow->n_parameters; i++)
    {
      const char *name = self->flow->parameters[i].name;
      g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_PARAM_", name);
      g_autofree char *quoted = _runnel_jenkins_quote (name);

      _runnel_jenkins_line (self, "%s = param(%s)", variable, quoted);
    }
  for (guint i = 0; i < self->flow->env->len; i++)
    {
      const RunnelFlowVariable *variable = &g_array_index (self->flow->env, RunnelFlowVariable, i);
      g_autofree char *secret = _runnel_jenkins_get_secret (variable->value);
      g_autofree char *said = _runnel_jenkins_say_text (self->flow, NULL, variable->value);

      if (secret != NULL)
        _runnel_jenkins_line (self, "%s = credentials('%s')", variable->name, secret);
      else
        _runnel_jenkins_line (self, "%s = %s", variable->name, said != NULL ? said : "''");
    }
  _runnel_jenkins_add_source (self, _runnel_jenkins_get_kept (self->flow->foreign, "environment"));
  _runnel_jenkins_close (self);
}

static void
add_options (RunnelJenkins *self)
{
  const char *kept = _runnel_jenkins_get_kept (self->flow->foreign, "options");
  gboolean waits = runnel_flow_asks (self->flow, RUNNEL_FEATURE_GROUP)
                   && g_strcmp0 (self->flow->policy, "parallel") != 0;

  if (!waits && kept == NULL)
    return;

  _runnel_jenkins_open (self, "options");
  if (waits)
    _runnel_jenkins_line (self, g_strcmp0 (self->flow->policy, "cancel-running") == 0
                                  ? "disableConcurrentBuilds(abortPrevious: true)"
                                  : "disableConcurrentBuilds()");
  _runnel_jenkins_add_source (self, kept);
  _runnel_jenkins_close (self);
}

/* Schedules; what else is a trigger is among the losses. */
static void
add_triggers (RunnelJenkins *self)
{
  JsonArray *triggers = self->flow->triggers;
  const char *kept = _runnel_jenkins_get_kept (self->flow->foreign, "triggers");
  g_autoptr(GString) lines = g_string_new (NULL);
  g_autofree char *quoted = NULL;

  for (guint i = 0; triggers != NULL && i < json_array_get_length (triggers); i++)
    {
      JsonNode *node = json_array_get_element (triggers, i);
      const char *cron =
        JSON_NODE_HOLDS_OBJECT (node)
          ? json_object_get_string_member_with_default (json_node_get_object (node), "cron", NULL)
          : NULL;

      if (cron != NULL)
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", cron);
    }
  if (lines->len == 0 && kept == NULL)
    return;

  quoted = _runnel_jenkins_quote (lines->str);
  _runnel_jenkins_open (self, "triggers");
  if (lines->len > 0)
    _runnel_jenkins_line (self, "cron(%s)", quoted);
  _runnel_jenkins_add_source (self, kept);
  _runnel_jenkins_close (self);
}

static void
add_hooks (RunnelJenkins *self, GPtrArray *hooks, const char *condition)
{
  if (hooks->len == 0)
    return;

  _runnel_jenkins_open (self, "%s", condition);
  for (guint i = 0; i < hooks->len; i++)
    {
      const RunnelFlowStep *hook = g_ptr_array_index (hooks, i);

      _runnel_jenkins_add_losses (self, hook);
      _runnel_jenkins_add_hook_marks (self, hook);
      _runnel_jenkins_open (self, "catchError(buildResult: null, stageResult: 'FAILURE')");
      _runnel_jenkins_add_with_env (self, hook, NULL);
      _runnel_jenkins_close (self);
    }
  _runnel_jenkins_close (self);
}

static void
add_post (RunnelJenkins *self)
{
  const RunnelFlow *flow = self->flow;

  const char *kept = _runnel_jenkins_get_kept (flow->foreign, "post");

  if (flow->on_success->len + flow->on_failure->len + flow->on_finish->len == 0 && kept == NULL)
    return;

  _runnel_jenkins_open (self, "post");
  add_hooks (self, flow->on_success, "success");
  add_hooks (self, flow->on_failure, "failure");
  add_hooks (self, flow->on_finish, "cleanup");
  _runnel_jenkins_add_source (self, kept);
  _runnel_jenkins_close (self);
}

static void
add_agent (RunnelJenkins *self)
{
  g_autofree char *label =
    self->options->runner != NULL ? _runnel_jenkins_quote (self->options->runner) : NULL;

  const char *kept = _runnel_jenkins_get_kept (self->flow->foreign, "agent");

  if (label == NULL && kept != NULL)
    {
      _runnel_jenkins_add_source (self, kept);
      return;
    }
  if (label == NULL)
    {
      _runnel_jenkins_line (self, "agent any");
      return;
    }
  _runnel_jenkins_open (self, "agent");
  _runnel_jenkins_line (self, "label %s", label);
  _runnel_jenkins_close (self);
}

/* A comment by which the import finds what Jenkins has no word for. */
static void
add_title (RunnelJenkins *self)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(GString) text = g_string_new (NULL);
  JsonObject *object = json_object_new ();

  if (self->flow->name != NULL)
    json_object_set_string_member (object, "name", self->flow->name);
  if (self->flow->description != NULL)
    json_object_set_string_member (object, "description", self->flow->description);
  json_node_take_object (node, object);
  runnel_json_write_compact (text, node);
  _runnel_jenkins_line (self, "// runnel: pipeline: %s", text->str);
}

/* Implements `export` of RunnelTarget. */
gboolean
_runnel_jenkins_export (const RunnelFlow *flow,
                        const RunnelExportOptions *options,
                        GPtrArray *files,
                        GError **error)
{
  RunnelJenkins self = { .flow = flow, .options = options, .text = g_string_new (NULL) };
  g_autoptr(GPtrArray) shape = _runnel_jenkins_find_shape (flow, options->mode);
  static const char *const sections[] = { "tools", "libraries", "other" };
  g_autofree char *path = runnel_target_get_path (&runnel_target_jenkins, flow);

  _runnel_jenkins_line (&self, "// Made by Runnel from %s; edit that and export it again.",
                        flow->file != NULL ? flow->file : "a pipeline");
  _runnel_jenkins_add_losses (&self, NULL);
  _runnel_jenkins_add_source (&self, _runnel_jenkins_get_kept (flow->foreign, "functions"));
  g_string_append (self.text, functions);
  if (shape == NULL)
    _runnel_jenkins_add_engine (&self);
  add_title (&self);
  _runnel_jenkins_open (&self, "pipeline");
  add_agent (&self);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    _runnel_jenkins_add_source (&self, _runnel_jenkins_get_kept (flow->foreign, sections[i]));
  add_options (&self);
  add_triggers (&self);
  add_parameters (&self);
  add_environment (&self);
  _runnel_jenkins_open (&self, "stages");
  if (shape != NULL)
    _runnel_jenkins_add_stages (&self, shape);
  else
    _runnel_jenkins_add_graph (&self);
  _runnel_jenkins_close (&self);
  add_post (&self);
  _runnel_jenkins_close (&self);
  runnel_export_add_file (files, path, g_string_free (self.text, FALSE), 0644);

  return TRUE;
}
