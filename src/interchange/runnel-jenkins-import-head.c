/* runnel-jenkins-import-head.c: what a Jenkinsfile says of the pipeline as a whole
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"
#include "model/runnel-shape.h"

#include <string.h>

static const RunnelJenkinsNode *
get_child (const RunnelJenkinsNode *node, guint index)
{
  return g_ptr_array_index (node->children, index);
}

static guint
count_children (const RunnelJenkinsNode *node)
{
  return node != NULL && node->children != NULL ? node->children->len : 0;
}

/* The image of `agent { docker 'x' }` or `agent { docker { image 'x' } }` that says no more; or
 * NULL. */
const char *
_runnel_jenkins_find_image (const RunnelJenkinsNode *agent)
{
  const RunnelJenkinsNode *docker =
    count_children (agent) == 1 ? _runnel_jenkins_find (agent->children, "docker") : NULL;

  if (docker == NULL)
    return NULL;
  if (docker->children == NULL)
    return docker->values->len == 1 ? _runnel_jenkins_get_text (docker, "image") : NULL;
  for (guint i = 0; i < docker->children->len; i++)
    if (g_strcmp0 (get_child (docker, i)->name, "image") != 0
        && g_strcmp0 (get_child (docker, i)->name, "reuseNode") != 0)
      return NULL;

  return _runnel_jenkins_get_text (_runnel_jenkins_find (docker->children, "image"), NULL);
}

static void
read_agent (RunnelJenkinsImport *self, const RunnelJenkinsNode *agent)
{
  const char *image = _runnel_jenkins_find_image (agent);
  const char *word = _runnel_jenkins_get_text (agent, NULL);

  if (image != NULL)
    {
      JsonObject *defaults = json_object_new ();

      json_object_set_string_member (defaults, "image", image);
      json_object_set_object_member (self->root, "defaults", defaults);
    }
  else if (g_strcmp0 (word, "any") != 0)
    _runnel_jenkins_keep (self, self->root, "agent", agent);
}

static void
read_options (RunnelJenkinsImport *self, const RunnelJenkinsNode *options)
{
  for (guint i = 0; i < count_children (options); i++)
    {
      const RunnelJenkinsNode *option = get_child (options, i);
      const char *aborts = _runnel_jenkins_get_text (option, "abortPrevious");
      JsonObject *concurrency;

      if (g_strcmp0 (option->name, "disableConcurrentBuilds") != 0)
        {
          _runnel_jenkins_keep (self, self->root, "options", option);
          continue;
        }
      concurrency = json_object_new ();
      json_object_set_string_member (concurrency, "policy",
                                     g_strcmp0 (aborts, "true") == 0 ? "cancel-running" : "queue");
      json_object_set_object_member (self->root, "concurrency", concurrency);
    }
}

/* Schedules without `H` and `TZ=`, which only Jenkins knows. */
static gboolean
read_cron (RunnelJenkinsImport *self, const RunnelJenkinsNode *node)
{
  const char *text =
    g_strcmp0 (node->name, "cron") == 0 ? _runnel_jenkins_get_text (node, NULL) : NULL;
  g_auto(GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  if (text == NULL || strchr (text, 'H') != NULL || strchr (text, '=') != NULL
      || strchr (text, '@') != NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      JsonObject *trigger;

      if (*g_strstrip (lines[i]) == '\0' || *lines[i] == '#')
        continue;
      trigger = json_object_new ();
      json_object_set_string_member (trigger, "kind", "schedule");
      json_object_set_string_member (trigger, "cron", lines[i]);
      if (!json_object_has_member (self->root, "triggers"))
        json_object_set_array_member (self->root, "triggers", json_array_new ());
      json_array_add_object_element (json_object_get_array_member (self->root, "triggers"),
                                     trigger);
    }

  return TRUE;
}

/* Parameters. */

static gboolean
set_choices (JsonObject *parameter, const RunnelJenkinsNode *node)
{
  const RunnelJenkinsValue *value = _runnel_jenkins_get_value (node, "choices");
  g_autoptr(JsonArray) choices = json_array_new ();
  g_auto(GStrv) lines = NULL;

  if (value == NULL || (value->type != RUNNEL_JENKINS_VALUE_TEXT && value->items == NULL))
    return FALSE;
  if (value->items == NULL)
    lines = g_strsplit (value->text, "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      json_array_add_string_element (choices, lines[i]);
  for (guint i = 0; lines == NULL && i < value->items->len; i++)
    {
      const RunnelJenkinsValue *item = g_ptr_array_index (value->items, i);

      if (item->text == NULL)
        return FALSE;
      json_array_add_string_element (choices, item->text);
    }
  if (json_array_get_length (choices) == 0)
    return FALSE;
  json_object_set_string_member (parameter, "type", "choice");
  json_object_set_string_member (parameter, "default", json_array_get_string_element (choices, 0));
  json_object_set_array_member (parameter, "choices", g_steal_pointer (&choices));

  return TRUE;
}

static void
set_default (JsonObject *parameter, const RunnelJenkinsNode *node)
{
  const char *value = _runnel_jenkins_get_text (node, "defaultValue");
  const char *type = _runnel_jenkins_get_mark (node, "type");
  double number;
  char *end = NULL;

  if (value == NULL || node->values->len == 1)
    return;
  number = g_ascii_strtod (value, &end);
  if (g_strcmp0 (type, "number") == 0)
    {
      json_object_set_string_member (parameter, "type", "number");
      if (*value == '\0' || *end != '\0')
        return;
      if (number == (double) (gint64) number)
        json_object_set_int_member (parameter, "default", (gint64) number);
      else
        json_object_set_double_member (parameter, "default", number);
    }
  else if (_runnel_jenkins_get_mark (node, "required") == NULL)
    json_object_set_string_member (parameter, "default", value);
}

static gboolean
read_parameter (RunnelJenkinsImport *self, const RunnelJenkinsNode *node, JsonObject *parameters)
{
  static const char *const texts[] = { "string", "text", NULL };
  const char *name = _runnel_jenkins_get_text (node, "name");
  const char *description = _runnel_jenkins_get_text (node, "description");
  g_autoptr(JsonObject) parameter = json_object_new ();

  if (node->name == NULL || name == NULL || !runnel_id_is_valid (name))
    return FALSE;
  if (g_str_equal (node->name, "booleanParam"))
    {
      const char *value = _runnel_jenkins_get_text (node, "defaultValue");

      json_object_set_string_member (parameter, "type", "boolean");
      if (node->values->len > 1)
        json_object_set_boolean_member (parameter, "default", g_strcmp0 (value, "true") == 0);
    }
  else if (g_str_equal (node->name, "choice"))
    {
      if (!set_choices (parameter, node))
        return FALSE;
    }
  else if (g_strv_contains (texts, node->name))
    set_default (parameter, node);
  else
    return FALSE;

  if (_runnel_jenkins_get_mark (node, "required") != NULL)
    json_object_set_boolean_member (parameter, "required", TRUE);
  if (description != NULL && *description != '\0' && node->values->len > 1)
    json_object_set_string_member (parameter, "description", description);
  json_object_set_object_member (parameters, name, g_steal_pointer (&parameter));

  return TRUE;
}

static void
read_parameters (RunnelJenkinsImport *self, const RunnelJenkinsNode *node)
{
  g_autoptr(JsonObject) parameters = json_object_new ();

  for (guint i = 0; i < count_children (node); i++)
    if (!read_parameter (self, get_child (node, i), parameters))
      _runnel_jenkins_keep (self, self->root, "parameters", get_child (node, i));
  if (json_object_get_size (parameters) == 0)
    return;

  self->names.parameters = parameters;
  json_object_set_object_member (self->root, "parameters", g_steal_pointer (&parameters));
}

static void
read_section (RunnelJenkinsImport *self, const RunnelJenkinsNode *node)
{
  static const char *const others[] = { "stages", "post", "environment", "parameters", NULL };

  if (g_strcmp0 (node->name, "agent") == 0)
    read_agent (self, node);
  else if (g_strcmp0 (node->name, "options") == 0)
    read_options (self, node);
  else if (g_strcmp0 (node->name, "triggers") == 0)
    {
      for (guint i = 0; i < count_children (node); i++)
        if (!read_cron (self, get_child (node, i)))
          _runnel_jenkins_keep (self, self->root, "triggers", get_child (node, i));
    }
  else if (node->name == NULL || !g_strv_contains (others, node->name))
    _runnel_jenkins_keep (self, self->root, node->name != NULL ? node->name : "other", node);
}

/* Reads all but the stages and what follows them. */
void
_runnel_jenkins_read_head (RunnelJenkinsImport *self, const RunnelJenkinsNode *pipeline)
{
  const RunnelJenkinsNode *parameters = _runnel_jenkins_find (pipeline->children, "parameters");

  if (parameters != NULL)
    read_parameters (self, parameters);
  _runnel_jenkins_read_env (self, self->root,
                            _runnel_jenkins_find (pipeline->children, "environment"));
  for (guint i = 0; i < pipeline->children->len; i++)
    read_section (self, get_child (pipeline, i));
}

/* What follows the stages. */

static void
add_hook (RunnelJenkinsImport *self,
          const char *point,
          const RunnelJenkinsNode *node,
          GPtrArray *nodes)
{
  const char *id = _runnel_jenkins_get_mark (node, "id");
  const char *title = _runnel_jenkins_get_mark (node, "name");
  g_autofree char *name = _runnel_jenkins_take_name (self, id != NULL ? id : point, "post");
  JsonObject *hook = runnel_import_add_hook (self->import, point, name, "script");

  runnel_import_set_string (hook, "name", title);
  _runnel_jenkins_read_work (self, nodes, hook);
}

static const char *
get_point (const char *condition)
{
  static const struct
  {
    const char *condition;
    const char *point;
  } table[] = {
    { "success", "on-success" },
    { "failure", "on-failure" },
    { "always", "on-finish" },
    { "cleanup", "on-finish" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (condition, table[i].condition) == 0)
      return table[i].point;

  return NULL;
}

/* Reads `post` of the pipeline; hooks for outcomes that only Jenkins knows are kept. */
void
_runnel_jenkins_read_post (RunnelJenkinsImport *self, const RunnelJenkinsNode *pipeline)
{
  const RunnelJenkinsNode *post = _runnel_jenkins_find (pipeline->children, "post");

  for (guint i = 0; i < count_children (post); i++)
    {
      const RunnelJenkinsNode *condition = get_child (post, i);
      const char *point = get_point (condition->name);

      if (point == NULL || condition->children == NULL)
        {
          _runnel_jenkins_keep (self, self->root, "post", condition);
          continue;
        }
      if (!self->ours)
        {
          add_hook (self, point, condition, condition->children);
          continue;
        }
      for (guint j = 0; j < condition->children->len; j++)
        if (get_child (condition, j)->children != NULL)
          add_hook (self, point, get_child (condition, j), get_child (condition, j)->children);
    }
}
