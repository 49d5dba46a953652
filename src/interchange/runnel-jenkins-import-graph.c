/* runnel-jenkins-import-graph.c: the graph that the export writes where stages can't say it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is a call of runGraph () with a list of steps, see runnel-jenkins-graph.c. Only where nothing
 * was changed but this list it is read as a graph; else it is a script like any other.
 */
#include "config.h"

#include "interchange/runnel-jenkins-read-private.h"
#include "model/runnel-json-write.h"

#include <string.h>

static gboolean
is_true (const RunnelJenkinsValue *value)
{
  return value != NULL && g_strcmp0 (value->text, "true") == 0;
}

static const char *
get_item (const RunnelJenkinsValue *list, const char *key)
{
  const RunnelJenkinsValue *value = _runnel_jenkins_find_item (list->items, key);

  return value != NULL ? value->text : NULL;
}

/* Links. */

static void
add_needs (RunnelJenkinsImport *self, JsonObject *step, const RunnelJenkinsValue *needs)
{
  for (guint i = 0; needs != NULL && needs->items != NULL && i < needs->items->len; i++)
    {
      const RunnelJenkinsValue *need = g_ptr_array_index (needs->items, i);
      const char *before = get_item (need, "step");
      const char *on = get_item (need, "on");
      gboolean handles = is_true (_runnel_jenkins_find_item (need->items, "handles"));
      gboolean usually = g_strcmp0 (on, "failure") == 0;
      JsonArray *array;
      JsonObject *object;

      if (before == NULL)
        continue;
      runnel_import_add_need (self->import, step, before, on);
      if (handles == usually)
        continue;
      array = json_object_get_array_member (step, "needs");
      if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
        continue;
      object = json_array_get_object_element (array, i);
      json_object_set_boolean_member (object, "handles", handles);
    }
}

/* Members that only the comment before a step tells: they stand in the Groovy with values filled
 * in. */
void
_runnel_jenkins_set_marked (const char *mark, JsonObject *step)
{
  g_autoptr(JsonNode) node = mark != NULL ? json_from_string (mark, NULL) : NULL;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    if (g_str_equal (key, "matrix") || g_str_equal (key, "env") || g_str_equal (key, "outputs"))
      json_object_set_member (step, key, json_node_copy (value));
}

/* The statements that the step does: those of its first leg when it has some. */
static GPtrArray *
get_work (const RunnelJenkinsValue *body)
{
  GPtrArray *nodes = body != NULL && body->call != NULL ? body->call->children : NULL;
  const RunnelJenkinsNode *legs = _runnel_jenkins_find (nodes, "runLegs");
  const RunnelJenkinsValue *list = legs != NULL ? _runnel_jenkins_get_value (legs, NULL) : NULL;
  const RunnelJenkinsValue *leg = list != NULL && list->items != NULL && list->items->len > 0
                                    ? g_ptr_array_index (list->items, 0)
                                    : NULL;

  return leg != NULL && leg->call != NULL ? leg->call->children : nodes;
}

static const char *
find_mark (const RunnelJenkinsImport *self, const RunnelJenkinsValue *item, const char *key)
{
  gsize length = strlen (key);

  for (guint i = item->first; i > 0; i--)
    {
      const RunnelJenkinsToken *token = _runnel_jenkins_get_token (self->file, i - 1);

      if (token->type != RUNNEL_JENKINS_MARK && token->type != RUNNEL_JENKINS_NEWLINE)
        return NULL;
      if (token->type == RUNNEL_JENKINS_MARK && g_str_has_prefix (token->text, key)
          && g_str_has_prefix (token->text + length, ": "))
        return token->text + length + 2;
    }

  return NULL;
}

static void
set_condition (RunnelJenkinsImport *self,
               JsonObject *step,
               const RunnelJenkinsValue *item,
               const RunnelJenkinsValue *condition)
{
  g_autofree char *said = NULL;
  const char *disabled = find_mark (self, item, "disabled");

  if (g_strcmp0 (disabled, "true") == 0)
    json_object_set_boolean_member (step, "disabled", TRUE);
  else
    runnel_import_set_string (step, "disabled", disabled);
  if (condition == NULL || condition->call == NULL)
    return;
  said = _runnel_jenkins_read_condition (self->file, condition->first + 1, condition->last - 1,
                                         &self->names);
  if (said != NULL && !g_str_equal (said, "true") && !g_str_equal (said, "false"))
    json_object_set_string_member (step, "if", said);
}

/* `docker.image` around legs. */
static GPtrArray *
enter_image (const RunnelJenkinsValue *body, JsonObject *step)
{
  const RunnelJenkinsNode *docker = body != NULL && body->call != NULL
                                      ? _runnel_jenkins_find (body->call->children, "docker.image")
                                      : NULL;
  RunnelJenkinsValue inside = { .call = (RunnelJenkinsNode *) docker };

  if (docker == NULL)
    return get_work (body);
  runnel_import_set_string (step, "image", _runnel_jenkins_get_text (docker, NULL));

  return get_work (&inside);
}

static gboolean
add_step (RunnelJenkinsImport *self, const RunnelJenkinsValue *item)
{
  const char *id = get_item (item, "id");
  const char *title = get_item (item, "title");
  const RunnelJenkinsValue *body = _runnel_jenkins_find_item (item->items, "body");
  const char *join = get_item (item, "join");
  g_autofree char *name = NULL;
  GPtrArray *work;
  JsonObject *step;

  if (id == NULL || body == NULL || g_hash_table_contains (self->taken, id))
    return FALSE;
  name = _runnel_jenkins_take_name (self, id, NULL);
  step = runnel_import_add_step (self->import, name, "script");
  if (title != NULL && !g_str_equal (title, id))
    json_object_set_string_member (step, "name", title);
  add_needs (self, step, _runnel_jenkins_find_item (item->items, "needs"));
  if (join != NULL && !g_str_equal (join, "all"))
    json_object_set_string_member (step, "join", join);
  work = enter_image (body, step);
  if (work != NULL)
    _runnel_jenkins_read_work (self, work, step);
  set_condition (self, step, item, _runnel_jenkins_find_item (item->items, "condition"));
  _runnel_jenkins_set_marked (find_mark (self, item, "values"), step);
  if (is_true (_runnel_jenkins_find_item (item->items, "continues")))
    json_object_set_boolean_member (step, "continue-on-error", TRUE);

  return TRUE;
}

/* The block of `script` in the only stage. */
static const RunnelJenkinsNode *
find_script (const RunnelJenkinsNode *stages)
{
  const RunnelJenkinsNode *stage = _runnel_jenkins_find (stages->children, "stage");
  const RunnelJenkinsNode *steps =
    stage != NULL ? _runnel_jenkins_find (stage->children, "steps") : NULL;

  return steps != NULL ? _runnel_jenkins_find (steps->children, "script") : NULL;
}

static void
add_start_hook (RunnelJenkinsImport *self, RunnelJenkinsNode *node)
{
  const char *id = _runnel_jenkins_get_mark (node, "id");
  g_autofree char *name = _runnel_jenkins_take_name (self, id != NULL ? id : "on-start", NULL);
  JsonObject *hook = runnel_import_add_hook (self->import, "on-start", name, "script");
  g_autoptr(GPtrArray) work = g_ptr_array_new ();

  runnel_import_set_string (hook, "name", _runnel_jenkins_get_mark (node, "name"));
  g_ptr_array_add (work, node);
  _runnel_jenkins_read_work (self, work, hook);
}

/*
 * _runnel_jenkins_read_graph:
 * @stages: the section `stages`
 *
 * Returns: whether it has been read as a graph; if not, nothing was added
 */
gboolean
_runnel_jenkins_read_graph (RunnelJenkinsImport *self, const RunnelJenkinsNode *stages)
{
  const RunnelJenkinsNode *script = find_script (stages);
  const RunnelJenkinsNode *graph =
    script != NULL ? _runnel_jenkins_find (script->children, "runGraph") : NULL;
  const RunnelJenkinsValue *list = graph != NULL ? _runnel_jenkins_get_value (graph, NULL) : NULL;

  if (list == NULL || list->items == NULL || graph->values->len != 1)
    return FALSE;
  for (guint i = 0; i < list->items->len; i++)
    {
      const RunnelJenkinsValue *item = g_ptr_array_index (list->items, i);

      if (item->items == NULL || get_item (item, "id") == NULL
          || _runnel_jenkins_find_item (item->items, "body") == NULL)
        return FALSE;
    }
  for (guint i = 0; i < script->children->len; i++)
    {
      RunnelJenkinsNode *node = g_ptr_array_index (script->children, i);

      if (node != graph && _runnel_jenkins_get_mark (node, "id") != NULL)
        add_start_hook (self, node);
    }
  for (guint i = 0; i < list->items->len; i++)
    if (!add_step (self, g_ptr_array_index (list->items, i)))
      _runnel_jenkins_tell (self, graph, NULL, "An item of the graph has an id that another has.");

  return TRUE;
}
