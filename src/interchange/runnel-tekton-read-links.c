/* runnel-tekton-read-links.c: when a task of Tekton runs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-tekton-read.h"

#include <string.h>

static char *
read_when (RunnelTektonCall *self,
           JsonObject       *when)
{
  const char *input = runnel_kube_get_string (when, "input");
  const char *operator = runnel_kube_get_string (when, "operator");
  JsonArray *values = runnel_kube_get_array (when, "values");
  g_autofree char *ours = input != NULL ? _runnel_tekton_read_text (self, input, FALSE) : NULL;
  GString *said;

  if (ours == NULL || operator == NULL || values == NULL || !g_str_has_prefix (ours, "${{ ")
      || strstr (ours + 4, " }}") != ours + strlen (ours) - 3
      || (g_str_equal (operator, "in") && json_array_get_length (values) != 1))
    return NULL;
  said = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      g_autofree char *value = runnel_kube_to_text (json_array_get_element (values, i));

      if (strpbrk (value, "'$") != NULL)
        {
          g_string_free (said, TRUE);
          return NULL;
        }
      g_string_append_printf (said, "%s%.*s %s '%s'", i > 0 ? " && " : "", (int) strlen (ours) - 7,
                              ours + 4, g_str_equal (operator, "in") ? "==" : "!=", value);
    }
  return g_string_free (said, FALSE);
}

/* All of `when` as one condition; NULL if there is none, or it can't be said. */
static char *
read_whens (RunnelTektonCall *self)
{
  JsonArray *list = runnel_kube_get_array (self->task, "when");
  g_autoptr(GString) said = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      g_autofree char *one =
        JSON_NODE_HOLDS_OBJECT (node) ? read_when (self, json_node_get_object (node)) : NULL;

      if (one == NULL)
        return NULL;
      g_string_append_printf (said, "%s%s", i > 0 ? " && " : "", one);
    }
  return said->len > 0 ? g_string_free (g_steal_pointer (&said), FALSE) : NULL;
}

static JsonNode *
recall_whens (RunnelTektonCall *self)
{
  JsonNode *node = json_object_get_member (self->task, "when");
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

  return runnel_kube_recall (self->said, text);
}

gboolean
_runnel_tekton_has_conditions_of_ours (RunnelTektonCall *self)
{
  g_autofree char *condition = NULL;

  if (!json_object_has_member (self->task, "when") || recall_whens (self) != NULL)
    return TRUE;
  condition = read_whens (self);
  return condition != NULL;
}

static void
read_condition (RunnelTektonCall *self,
                JsonObject       *step)
{
  JsonNode *known = recall_whens (self);
  g_autofree char *condition = NULL;

  if (g_strcmp0 (runnel_kube_get_string (step, "kind"), "foreign") == 0 && self->memory == NULL)
    return; /* it is in the definition */
  if (known != NULL)
    condition = json_node_dup_string (known);
  else if (runnel_kube_get_string (self->memory, "if") != NULL)
    condition = g_strdup (runnel_kube_get_string (self->memory, "if"));
  else
    condition = read_whens (self);
  if (condition != NULL && *condition != '\0')
    json_object_set_string_member (step, "if", condition);
}

/* Tasks that this one names: after whom it runs, and whose results it takes. */
static void
add_needs (RunnelTektonCall *self,
           JsonObject       *step)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), self->task);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (GRegex) regex =
    g_regex_new ("\\$\\(tasks\\.([A-Za-z0-9_-]+)\\.(results|outputs)[.\\[]", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *after = runnel_kube_get_array (self->task, "runAfter");

  for (guint i = 0; after != NULL && i < json_array_get_length (after); i++)
    {
      char *name = runnel_kube_to_text (json_array_get_element (after, i));
      const char *label = runnel_kube_get_string (self->reader->labels, name);

      if (g_hash_table_add (seen, name) && label != NULL)
        runnel_import_add_need (self->reader->import, step, label, NULL);
    }
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      char *name = g_match_info_fetch (match, 1);
      const char *label = runnel_kube_get_string (self->reader->labels, name);

      if (g_hash_table_add (seen, name) && label != NULL)
        runnel_import_add_need (self->reader->import, step, label, NULL);
    }
}

/**
 * _runnel_tekton_read_links:
 * @self: a task
 * @step: the step made of it
 *
 * Sets `needs`, `join`, `if` and what else decides whether the step runs.
 */
void
_runnel_tekton_read_links (RunnelTektonCall *self,
                           JsonObject       *step)
{
  JsonNode *after = json_object_get_member (self->task, "runAfter");
  g_autofree char *text = after != NULL ? json_to_string (after, FALSE) : NULL;
  JsonNode *known = runnel_kube_recall (self->said, text);
  static const char *const keys[] = { "disabled", "continue-on-error" };

  if (known != NULL && JSON_NODE_HOLDS_OBJECT (known))
    {
      JsonObject *links = json_node_get_object (known);

      json_object_set_member (step, "needs",
                              json_node_copy (json_object_get_member (links, "needs")));
      if (json_object_has_member (links, "join"))
        json_object_set_member (step, "join",
                                json_node_copy (json_object_get_member (links, "join")));
    }
  else
    {
      add_needs (self, step);
    }
  read_condition (self, step);
  for (guint i = 0; self->memory != NULL && i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (self->memory, keys[i]))
      json_object_set_member (step, keys[i],
                              json_node_copy (json_object_get_member (self->memory, keys[i])));
}
