/* runnel-github-import-job.c: a job of a workflow as a step
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-github-import.h"

#include <string.h>

static void
keep (RunnelGithubFound *job, const char *key)
{
  runnel_import_keep (job->step, RUNNEL_GITHUB, key,
                      json_node_copy (json_object_get_member (job->json, key)));
}

/* Needs. */

static gboolean
has_job (RunnelGithubReader *self, const char *name)
{
  JsonObject *jobs = json_object_get_object_member (self->workflow, "jobs");

  return json_object_has_member (jobs, name);
}

static gboolean
is_read_only (RunnelGithubFound *job, const char *name)
{
  JsonNode *node = job->mark != NULL ? json_object_get_member (job->mark, "reads") : NULL;
  JsonArray *reads =
    node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; reads != NULL && i < json_array_get_length (reads); i++)
    if (g_strcmp0 (_runnel_github_get_text (json_array_get_element (reads, i)), name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
holds_type (JsonNode *node, GType type)
{
  return node == NULL || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type);
}

static gboolean
add_need (RunnelGithubReader *self,
          RunnelGithubFound *job,
          const RunnelYaml *node,
          RunnelGithubGate *gate,
          GError **error)
{
  RunnelGithubLink link = { runnel_yaml_get_text (node) };

  if (link.id == NULL || !has_job (self, link.id))
    return _runnel_github_fail (node, error, "job “%s” needs “%s”, which is not there", job->name,
                                link.id != NULL ? link.id : "");
  for (guint i = 0; i < gate->links->len; i++)
    if (g_str_equal (g_array_index (gate->links, RunnelGithubLink, i).id, link.id))
      return TRUE;
  if (!g_hash_table_contains (self->others, link.id) && !is_read_only (job, link.id))
    g_array_append_val (gate->links, link);

  return TRUE;
}

static gboolean
find_needs (RunnelGithubReader *self,
            RunnelGithubFound *job,
            RunnelGithubGate *gate,
            GError **error)
{
  RunnelYaml *needs = runnel_yaml_get (job->node, "needs");

  if (needs == NULL)
    return TRUE;
  if (needs->type == RUNNEL_YAML_SCALAR)
    return add_need (self, job, needs, gate, error);
  if (needs->type == RUNNEL_YAML_MAPPING)
    return _runnel_github_fail (needs, error, "“needs” is the name of a job, or a list of them");
  for (guint i = 0; i < runnel_yaml_get_size (needs); i++)
    if (!add_need (self, job, runnel_yaml_get_item (needs, i), gate, error))
      return FALSE;

  return TRUE;
}

static void
add_links (RunnelGithubReader *self, RunnelGithubFound *job, const RunnelGithubGate *gate)
{
  for (guint i = 0; i < gate->links->len; i++)
    {
      const RunnelGithubLink *link = &g_array_index (gate->links, RunnelGithubLink, i);
      JsonArray *needs;

      runnel_import_add_need (self->import, job->step, link->id, runnel_on_to_string (link->on));
      needs = json_object_get_array_member (job->step, "needs");
      /* A job that fails makes the workflow fail, whatever runs then, unless it was exported not
       * to. */
      if (link->on == RUNNEL_ON_FAILURE && !link->tells)
        json_object_set_boolean_member (
          json_array_get_object_element (needs, json_array_get_length (needs) - 1), "handles",
          FALSE);
    }
}

/* What the mark says holds only for the very `if` that it was written for. */
static gboolean
is_marked (RunnelGithubFound *job, const char *condition)
{
  const char *of = job->mark != NULL ? _runnel_github_get_string (job->mark, "of") : NULL;
  g_autofree char *digest =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, condition != NULL ? condition : "", -1);

  return of != NULL && strncmp (digest, of, 12) == 0;
}

static void
read_marked_gate (RunnelGithubReader *self, RunnelGithubFound *job, RunnelGithubGate *gate)
{
  static const char *const keys[] = { "join", "if", "disabled" };

  /* The links are known by name to whoever checks them. */
  for (guint i = 0; i < gate->links->len; i++)
    runnel_import_add_need (self->import, job->step,
                            g_array_index (gate->links, RunnelGithubLink, i).id, NULL);
  if (json_object_has_member (job->mark, "needs"))
    json_object_set_member (job->step, "needs", json_object_dup_member (job->mark, "needs"));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (job->mark, keys[i]))
      json_object_set_member (job->step, keys[i], json_object_dup_member (job->mark, keys[i]));
}

/* The text of `if`, without ${{ }}. */
static char *
get_condition (JsonObject *job)
{
  JsonNode *node = json_object_get_member (job, "if");
  g_autofree char *text = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  text = g_strstrip (runnel_value_to_text (node));
  if (g_str_has_prefix (text, "${{") && g_str_has_suffix (text, "}}")
      && strstr (text + 3, "${{") == NULL)
    {
      g_autofree char *inner = g_strndup (text + 3, strlen (text) - 5);

      return g_strdup (g_strstrip (inner));
    }

  return g_steal_pointer (&text);
}

/* The `if` is kept when an export would write another. */
static void
keep_condition (RunnelGithubFound *job, const RunnelGithubGate *gate, const char *condition)
{
  g_autofree char *again = runnel_github_gate_say (gate);

  if (condition != NULL && (gate->unread != NULL || g_strcmp0 (again, condition) != 0))
    keep (job, "if");
}

static gboolean
read_gate (RunnelGithubReader *self, RunnelGithubFound *job, GError **error)
{
  g_auto(RunnelGithubGate) gate = { 0 };
  g_autofree char *condition = get_condition (job->json);
  JsonObject *strategy = _runnel_github_get_object (job->json, "strategy");

  runnel_github_gate_init (&gate);
  if (!find_needs (self, job, &gate, error))
    return FALSE;
  if (is_marked (job, condition))
    {
      read_marked_gate (self, job, &gate);
      return TRUE;
    }
  if (strategy != NULL && json_object_has_member (strategy, "matrix"))
    _runnel_github_add_guards (json_object_get_member (strategy, "matrix"), gate.guards);
  runnel_github_gate_read (&gate, condition, &self->names);
  add_links (self, job, &gate);
  if (gate.join != RUNNEL_JOIN_ALL)
    json_object_set_string_member (job->step, "join", runnel_join_to_string (gate.join));
  runnel_import_set_string (job->step, "if", gate.read);
  if (gate.disabled)
    json_object_set_boolean_member (job->step, "disabled", TRUE);
  if (gate.unread != NULL)
    _runnel_github_note (self, job, "the condition “%s” is kept for GitHub, but not asked here",
                         gate.unread);
  keep_condition (job, &gate, condition);

  return TRUE;
}

/* The matrix. */

static gboolean
is_list (JsonNode *value)
{
  const char *text =
    JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
      ? json_node_get_string (value)
      : NULL;

  return JSON_NODE_HOLDS_ARRAY (value) || (text != NULL && strstr (text, "${{") != NULL);
}

static gboolean
holds_objects (JsonNode *value)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      return FALSE;

  return array != NULL;
}

/* Whether Runnel can take it as its own: the same language has stranger things in it there. */
static gboolean
is_matrix (JsonNode *matrix)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (matrix))
    return is_list (matrix) && !JSON_NODE_HOLDS_ARRAY (matrix);

  json_object_iter_init (&iter, json_node_get_object (matrix));
  while (json_object_iter_next (&iter, &name, &value))
    {
      gboolean is_special = g_str_equal (name, "include") || g_str_equal (name, "exclude");

      if (is_special ? !holds_objects (value) : !is_list (value))
        return FALSE;
      if (g_str_equal (name, "limit") || g_str_equal (name, "max-parallel")
          || g_str_equal (name, "fail-fast"))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_limits (JsonNode *matrix, JsonObject *strategy)
{
  JsonNode *fail_fast = json_object_get_member (strategy, "fail-fast");
  JsonNode *max = json_object_get_member (strategy, "max-parallel");
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (matrix) ? json_node_get_object (matrix) : NULL;

  if ((fail_fast != NULL || max != NULL) && object == NULL)
    return FALSE;
  if (!holds_type (fail_fast, G_TYPE_BOOLEAN) || !holds_type (max, G_TYPE_INT64)
      || (max != NULL && json_node_get_int (max) < 1))
    return FALSE;
  if (max != NULL)
    json_object_set_member (object, "max-parallel", json_node_copy (max));
  if (fail_fast != NULL)
    json_object_set_member (object, "fail-fast", json_node_copy (fail_fast));

  return TRUE;
}

static void
read_strategy (RunnelGithubReader *self, RunnelGithubFound *job)
{
  JsonObject *strategy = _runnel_github_get_object (job->json, "strategy");
  JsonNode *matrix = strategy != NULL ? json_object_get_member (strategy, "matrix") : NULL;
  g_autoptr(JsonNode) read = NULL;

  self->names.has_matrix = FALSE;
  if (!json_object_has_member (job->json, "strategy"))
    return;
  if (matrix != NULL && is_matrix (matrix))
    read = _runnel_github_read_json (matrix, &self->names, NULL);
  if (read == NULL || !add_limits (read, strategy))
    keep (job, "strategy");
  if (read == NULL)
    {
      _runnel_github_note (self, job, "its matrix is kept for GitHub; here the step runs once");
      return;
    }
  json_object_set_member (job->step, "matrix", g_steal_pointer (&read));
  self->names.has_matrix = TRUE;
}

/* Limits of the job. */

static void
read_timeout (RunnelGithubFound *job)
{
  JsonNode *node = json_object_get_member (job->json, "timeout-minutes");
  g_autofree char *text = NULL;

  if (node == NULL)
    return;
  keep (job, "timeout-minutes");
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) <= 0)
    return;
  text = g_strdup_printf ("%" G_GINT64_FORMAT "m", json_node_get_int (node));
  json_object_set_string_member (job->step, "timeout", text);
}

/* Sets what `continue-on-error` of a job or of its step says, a boolean or an expression. */
void
_runnel_github_set_continue (RunnelGithubReader *self, RunnelGithubFound *job, JsonNode *node)
{
  const char *text = _runnel_github_get_text (node);
  g_autofree char *read = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    json_object_set_boolean_member (job->step, "continue-on-error", json_node_get_boolean (node));
  else if (text != NULL && strstr (text, "${{") != NULL)
    read = runnel_github_read_text (text, &self->names, NULL);
  runnel_import_set_string (job->step, "continue-on-error", read);
}

static void
read_continue (RunnelGithubReader *self, RunnelGithubFound *job)
{
  JsonNode *node = json_object_get_member (job->json, "continue-on-error");

  if (node == NULL)
    return;
  keep (job, "continue-on-error");
  _runnel_github_set_continue (self, job, node);
}

static gboolean
is_of_work (JsonObject *outputs)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, outputs);
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *text = runnel_value_to_text (value);
      g_autofree char *start = g_strdup_printf ("${{ steps." RUNNEL_GITHUB_RUN ".out%s",
                                                g_str_has_prefix (name, "runnel-") ? "" : "puts.");

      if (!g_str_has_prefix (text, start))
        return FALSE;
    }

  return TRUE;
}

/* In an export, outputs that are only read, and not promised, are those of the step that does the
 * work. */
static void
read_outputs (RunnelGithubReader *self, RunnelGithubFound *job)
{
  JsonObject *outputs = _runnel_github_get_object (job->json, "outputs");
  JsonObject *marked = job->mark != NULL ? _runnel_github_get_object (job->mark, "outputs") : NULL;
  g_autoptr(JsonObject) promised = json_object_new ();
  JsonObjectIter iter;
  const char *name;

  if (marked != NULL)
    json_object_set_object_member (job->step, "outputs", json_object_ref (marked));
  if (outputs == NULL || (self->is_ours && is_of_work (outputs)))
    return;
  json_object_iter_init_ordered (&iter, outputs);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    json_object_set_string_member (promised, name, "");
  if (json_object_get_size (promised) > 0)
    json_object_set_object_member (job->step, "outputs", json_object_ref (promised));
  keep (job, "outputs");
}

static void
read_title (RunnelGithubFound *job)
{
  const char *title = _runnel_github_get_string (job->json, "name");
  g_autofree char *plain = title != NULL ? runnel_github_unescape (title) : NULL;

  if (title == NULL || *title == '\0')
    return;
  if (plain == NULL || g_str_equal (title, job->name))
    keep (job, "name");
  if (!g_str_equal (title, job->name))
    json_object_set_string_member (job->step, "name", plain != NULL ? plain : title);
}

/* Adds the step that a job is. */
gboolean
_runnel_github_read_job (RunnelGithubReader *self, RunnelGithubFound *job, GError **error)
{
  job->step = runnel_import_add_step (self->import, job->name, "script");
  read_title (job);
  if (!read_gate (self, job, error))
    return FALSE;
  read_strategy (self, job);
  read_timeout (job);
  read_continue (self, job);
  read_outputs (self, job);
  _runnel_github_read_body (self, job);

  return TRUE;
}
