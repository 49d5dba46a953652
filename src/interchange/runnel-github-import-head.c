/* runnel-github-import-head.c: what a workflow says besides its jobs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-import.h"

static void
read_secret_names (RunnelGithubReader *self, JsonObject *mark)
{
  JsonObject *secrets = _runnel_github_get_object (mark, "secrets");
  JsonObjectIter iter;
  const char *name;

  if (secrets == NULL)
    return;
  json_object_iter_init (&iter, secrets);
  while (json_object_iter_next (&iter, &name, NULL))
    g_hash_table_insert (self->names.secrets, g_strdup (name),
                         g_strdup (_runnel_github_get_string (secrets, name)));
}

static void
read_env (RunnelGithubReader *self)
{
  JsonObject *env = _runnel_github_get_object (self->workflow, "env");
  g_autoptr(JsonObject) own = json_object_new ();
  g_autoptr(JsonObject) kept = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (env == NULL)
    return;
  json_object_iter_init_ordered (&iter, env);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *text = runnel_value_to_text (value);
      g_autofree char *read = NULL;

      if (g_str_has_prefix (name, "RUNNEL_PARAM_") && strstr (text, "inputs.") != NULL)
        continue;
      read = runnel_github_read_text (text, &self->names, NULL);
      if (read != NULL)
        json_object_set_string_member (own, name, read);
      else
        json_object_set_member (kept, name, json_node_copy (value));
    }
  if (json_object_get_size (own) > 0)
    json_object_set_object_member (self->pipeline, "env", json_object_ref (own));
  if (json_object_get_size (kept) > 0)
    {
      JsonNode *node = json_node_init_object (json_node_alloc (), kept);

      runnel_import_keep (self->pipeline, RUNNEL_GITHUB, "env", node);
    }
}

/* A group of Runnel's may only speak of parameters. */
static char *
read_group (RunnelGithubReader *self, const char *text)
{
  g_autofree char *read = text != NULL ? runnel_github_read_text (text, &self->names, NULL) : NULL;

  if (read == NULL || strstr (read, "run.") != NULL || strstr (read, "steps.") != NULL
      || strstr (read, "env.") != NULL || strstr (read, "secrets.") != NULL
      || strstr (read, "matrix.") != NULL)
    return NULL;

  return g_steal_pointer (&read);
}

static void
read_concurrency (RunnelGithubReader *self, JsonObject *mark)
{
  JsonNode *node = json_object_get_member (self->workflow, "concurrency");
  JsonObject *object = _runnel_github_get_object (self->workflow, "concurrency");
  const char *text = object != NULL ? _runnel_github_get_string (object, "group")
                                    : _runnel_github_get_string (self->workflow, "concurrency");
  g_autofree char *group = NULL;
  gboolean is_own, cancels;
  JsonObject *concurrency;

  if (node == NULL)
    return;
  is_own = g_strcmp0 (text, "${{ github.workflow }}") == 0;
  group = is_own ? NULL : read_group (self, text);
  cancels = object != NULL && _runnel_github_get_boolean (object, "cancel-in-progress");
  if ((group == NULL && !is_own) || (is_own && !cancels && !json_object_has_member (mark, "policy"))
      || (object != NULL && json_object_has_member (object, "cancel-in-progress")
          && _runnel_github_get_string (object, "cancel-in-progress") != NULL))
    {
      runnel_import_keep (self->pipeline, RUNNEL_GITHUB, "concurrency", json_node_copy (node));
      return;
    }

  concurrency = json_object_new ();
  runnel_import_set_string (concurrency, "group", group);
  runnel_import_set_string (
    concurrency, "policy", cancels ? "cancel-running" : _runnel_github_get_string (mark, "policy"));
  json_object_set_object_member (self->pipeline, "concurrency", concurrency);
}

static void
keep_others (RunnelGithubReader *self)
{
  static const char *const read[] = { "name", "on", "env", "concurrency", "jobs", NULL };
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->workflow);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (read, key))
      runnel_import_keep (self->pipeline, RUNNEL_GITHUB, key, json_node_copy (value));
}

/* Secrets that steps read of are declared, as Runnel wants it. */
void
_runnel_github_declare_secrets (RunnelGithubReader *self)
{
  JsonArray *secrets = json_object_has_member (self->pipeline, "secrets")
                         ? json_array_ref (json_object_get_array_member (self->pipeline, "secrets"))
                         : json_array_new ();
  g_autoptr(GList) used =
    g_list_sort (g_hash_table_get_keys (self->names.used), (GCompareFunc) strcmp);

  for (guint i = 0; i < json_array_get_length (secrets); i++)
    g_hash_table_remove (self->names.used, json_array_get_string_element (secrets, i));
  for (GList *link = used; link != NULL; link = link->next)
    if (g_hash_table_contains (self->names.used, link->data))
      json_array_add_string_element (secrets, link->data);
  if (json_array_get_length (secrets) > 0)
    json_object_set_array_member (self->pipeline, "secrets", secrets);
  else
    json_array_unref (secrets);
}

/* Reads all that a workflow says besides its jobs; `mark` is what an export told of it, or NULL. */
void
_runnel_github_read_head (RunnelGithubReader *self, JsonObject *mark)
{
  g_autoptr(JsonObject) none = json_object_new ();
  JsonNode *on = json_object_get_member (self->workflow, "on");

  if (mark == NULL)
    mark = none;
  read_secret_names (self, mark);
  runnel_import_set_string (self->pipeline, "description",
                            _runnel_github_get_string (mark, "description"));
  runnel_import_set_string (self->pipeline, "on-failure",
                            _runnel_github_get_string (mark, "on-failure"));
  if (!_runnel_github_read_on (on, self->pipeline, &self->names))
    runnel_import_keep (self->pipeline, RUNNEL_GITHUB, "on", json_node_copy (on));
  read_env (self);
  read_concurrency (self, mark);
  keep_others (self);
}
