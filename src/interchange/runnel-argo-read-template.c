/* runnel-argo-read-template.c: how often a task of Argo runs, and for how long
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-argo-read.h"

#include <stdlib.h>
#include <string.h>

#include "model/runnel-duration.h"

/* Items of one kind: values, or maps. */
static JsonNode *
read_items (JsonArray *items)
{
  JsonObject *matrix = json_object_new ();
  guint n_maps = 0;
  guint n_lists = 0;

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);

      n_maps += JSON_NODE_HOLDS_OBJECT (item);
      n_lists += JSON_NODE_HOLDS_ARRAY (item);
    }
  if (n_lists > 0 || (n_maps > 0 && n_maps < json_array_get_length (items))
      || json_array_get_length (items) == 0)
    {
      json_object_unref (matrix);
      return NULL;
    }
  json_object_set_array_member (matrix, n_maps > 0 ? "include" : "item", json_array_ref (items));
  json_object_set_boolean_member (matrix, "fail-fast", FALSE);
  return json_node_init_object (json_node_alloc (), matrix);
}

/**
 * _runnel_argo_read_matrix:
 * @reader: the pipeline
 * @call: a task
 * @step: the step made of it
 *
 * Sets `matrix` from `withItems` or `withParam`.
 *
 * Returns: whether that could be done, or there was nothing to do
 */
gboolean
_runnel_argo_read_matrix (RunnelArgoReader *reader,
                          RunnelArgoCall   *call,
                          JsonObject       *step)
{
  JsonNode *items = json_object_get_member (call->task, "withItems");
  const char *list = runnel_kube_get_string (call->task, "withParam");
  g_autofree char *text = items != NULL ? json_to_string (items, FALSE) : g_strdup (list);
  JsonNode *known = runnel_kube_recall (call->said, text);
  JsonNode *matrix = NULL;
  g_autofree char *ours = NULL;

  if (json_object_has_member (call->task, "withSequence"))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (known != NULL)
    {
      json_object_set_member (step, "matrix", json_node_copy (known));
      return TRUE;
    }
  if (items != NULL && JSON_NODE_HOLDS_ARRAY (items))
    matrix = read_items (json_node_get_array (items));
  else if (list != NULL && (ours = _runnel_argo_read_text (reader, call, list)) != NULL
           && g_str_has_prefix (ours, "${{ steps."))
    {
      g_autofree char *expression =
        g_strdup_printf ("${{ fromJSON(%.*s) }}", (int) strlen (ours) - 7, ours + 4);

      matrix = runnel_kube_string_node (expression);
    }
  if (matrix == NULL)
    return FALSE;
  json_object_set_member (step, "matrix", matrix);
  return TRUE;
}

static gboolean
read_span (JsonObject *object,
           const char *key,
           JsonObject *target,
           const char *target_key)
{
  g_autofree char *text =
    runnel_kube_to_text (object != NULL ? json_object_get_member (object, key) : NULL);
  g_autofree char *plain = NULL;
  gint64 span;

  if (*text != '\0' && text[strspn (text, "0123456789")] == '\0')
    {
      g_autofree char *seconds = g_steal_pointer (&text);

      text = g_strconcat (seconds, "s", NULL);
    }
  if (*text == '\0' || !runnel_duration_parse (text, &span, NULL))
    return FALSE;
  plain = runnel_duration_to_string (span);
  json_object_set_string_member (target, target_key, plain);
  return TRUE;
}

static void
read_retry (RunnelArgoCall *call,
            JsonObject     *strategy,
            JsonObject     *step,
            JsonObject     *rest)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), strategy);
  g_autofree char *text = json_to_string (node, FALSE);
  JsonNode *known = runnel_kube_recall (call->said, text);
  g_autofree char *limit = runnel_kube_to_text (json_object_get_member (strategy, "limit"));
  JsonObject *backoff = runnel_kube_get_object (strategy, "backoff");
  JsonObject *retry;

  if (known != NULL)
    {
      json_object_set_member (step, "retry", json_node_copy (known));
      json_object_remove_member (rest, "retryStrategy");
      return;
    }
  if (*limit == '\0' || limit[strspn (limit, "0123456789")] != '\0')
    return; /* without a limit, or one that is computed: kept as it is */
  retry = json_object_new ();
  json_object_set_int_member (retry, "max", atoi (limit));
  if (read_span (backoff, "duration", retry, "delay"))
    {
      g_autofree char *factor = runnel_kube_to_text (json_object_get_member (backoff, "factor"));

      if (atoi (factor) > 1)
        json_object_set_int_member (retry, "backoff", atoi (factor));
      read_span (backoff, "cap", retry, "max-delay");
    }
  json_object_set_object_member (step, "retry", retry);
  json_object_remove_member (strategy, "limit");
  if (json_object_get_size (strategy) == 0)
    json_object_remove_member (rest, "retryStrategy");
}

static void
read_timeout (RunnelArgoCall *call,
              JsonObject     *step,
              JsonObject     *rest)
{
  g_autofree char *seconds =
    runnel_kube_to_text (json_object_get_member (rest, "activeDeadlineSeconds"));
  JsonNode *known = *seconds != '\0' ? runnel_kube_recall (call->said, seconds) : NULL;

  if (known != NULL)
    json_object_set_member (step, "timeout", json_node_copy (known));
  if (known != NULL || read_span (rest, "activeDeadlineSeconds", step, "timeout"))
    json_object_remove_member (rest, "activeDeadlineSeconds");
  else if (read_span (rest, "timeout", step, "timeout"))
    json_object_remove_member (rest, "timeout");
}

/* A semaphore of our own export is a pool, or the limit of a matrix that is known from elsewhere.
 */
static void
read_semaphores (RunnelArgoReader *reader,
                 JsonObject       *step,
                 JsonObject       *rest)
{
  JsonObject *synchronization = runnel_kube_get_object (rest, "synchronization");
  JsonArray *list = runnel_kube_get_array (synchronization, "semaphores");

  for (guint i = list != NULL ? json_array_get_length (list) : 0; i > 0; i--)
    {
      JsonNode *entry = json_array_get_element (list, i - 1);
      JsonObject *ref = JSON_NODE_HOLDS_OBJECT (entry)
                          ? runnel_kube_get_object (json_node_get_object (entry), "configMapKeyRef")
                          : NULL;
      const char *key = runnel_kube_get_string (ref, "key");

      if (key == NULL || reader->limits == NULL
          || g_strcmp0 (runnel_kube_get_string (ref, "name"), reader->limits_name) != 0)
        continue;
      if (!g_str_has_prefix (key, "legs-"))
        json_object_set_string_member (step, "pool", key);
      json_array_remove_element (list, i - 1);
    }
  if (list != NULL && json_array_get_length (list) == 0)
    json_object_remove_member (synchronization, "semaphores");
  if (synchronization != NULL && json_object_get_size (synchronization) == 0)
    json_object_remove_member (rest, "synchronization");
}

static gboolean
goes_on (JsonObject *task)
{
  JsonObject *going_on = runnel_kube_get_object (task, "continueOn");

  return going_on != NULL
         && json_object_get_boolean_member_with_default (going_on, "failed", FALSE);
}

static void
keep_hooks (RunnelArgoReader *reader,
            RunnelArgoCall   *call,
            JsonObject       *step)
{
  JsonObject *hooks = runnel_kube_get_object (call->task, "hooks");
  g_autoptr(GList) names = hooks != NULL ? json_object_get_members (hooks) : NULL;
  const char *on_exit = runnel_kube_get_string (call->task, "onExit");

  for (GList *l = names; l != NULL; l = l->next)
    _runnel_argo_keep_template (
      reader, runnel_kube_get_string (runnel_kube_get_object (hooks, l->data), "template"));
  if (hooks != NULL)
    json_object_set_object_member (_runnel_argo_get_kept (step, "task"), "hooks",
                                   json_object_ref (hooks));
  if (on_exit == NULL)
    return;
  _runnel_argo_keep_template (reader, on_exit);
  json_object_set_string_member (_runnel_argo_get_kept (step, "task"), "onExit", on_exit);
}

/* Arguments that are files belong to Argo alone. */
static void
keep_artifacts (RunnelArgoCall *call,
                JsonObject     *step)
{
  JsonNode *artifacts = NULL;
  JsonObject *arguments = runnel_kube_get_object (call->task, "arguments");

  if (arguments != NULL)
    artifacts = json_object_get_member (arguments, "artifacts");
  if (artifacts != NULL)
    json_object_set_member (
      runnel_kube_add_object (_runnel_argo_get_kept (step, "task"), "arguments"), "artifacts",
      json_node_copy (artifacts));
}

/**
 * _runnel_argo_read_template:
 * @reader: the pipeline
 * @call: a task
 * @step: the step made of it
 * @rest: what is left of its template; what is read is taken from it, and what stays is kept for
 * Argo
 */
void
_runnel_argo_read_template (RunnelArgoReader *reader,
                            RunnelArgoCall   *call,
                            JsonObject       *step,
                            JsonObject       *rest)
{
  JsonObject *strategy = runnel_kube_get_object (rest, "retryStrategy");

  if (call->memory != NULL && json_object_has_member (call->memory, "continue-on-error"))
    json_object_set_boolean_member (step, "continue-on-error", TRUE);
  if (goes_on (call->task) && !json_object_has_member (step, "continue-on-error"))
    json_object_set_boolean_member (step, "continue-on-error", TRUE);
  if (g_strcmp0 (runnel_kube_get_string (step, "kind"), "pipeline") == 0)
    return; /* the rest belongs to the other pipeline */
  if (g_strcmp0 (runnel_kube_get_string (step, "kind"), "approval") == 0 && call->memory != NULL)
    return;
  if (strategy != NULL)
    read_retry (call, strategy, step, rest);
  read_timeout (call, step, rest);
  read_semaphores (reader, step, rest);
  keep_hooks (reader, call, step);
  keep_artifacts (call, step);
  if (json_object_get_size (rest) > 0)
    runnel_kube_merge (_runnel_argo_get_kept (step, "template"), rest);
}
