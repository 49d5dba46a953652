/* runnel-airflow-read-links.c: order in Airflow as links, and gates of exported files as outcomes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-airflow-private.h"

#include <string.h>

#define SYSTEM (runnel_target_airflow.name)

static const struct
{
  const char *rule;
  const char *join; /* or NULL = all */
  const char *on;   /* or NULL = success */
} rules[] = {
  { "all_success", NULL, NULL },
  { "one_success", "any", NULL },
  { "none_failed_min_one_success", "none-failed", NULL },
  { "none_failed", "none-failed", NULL },
  { "all_failed", NULL, "failure" },
  { "one_failed", "any", "failure" },
  { "all_done", NULL, "always" },
  { "none_skipped", NULL, "finished" },
  { "all_done_setup_success", NULL, "always" },
  { "one_done", "any", "finished" },
  { "always", NULL, "always" },
};

gboolean
_runnel_airflow_is_gate (JsonObject *task)
{
  JsonObject *arguments = json_object_get_object_member (task, "arguments");

  return g_strcmp0 (_runnel_airflow_get_string (arguments, "doc_md"), RUNNEL_AIRFLOW_GATE) == 0;
}

static gboolean
is_hook (JsonObject *task)
{
  const char *mark =
    _runnel_airflow_get_string (json_object_get_object_member (task, "arguments"), "doc_md");

  return mark != NULL && g_str_has_prefix (mark, RUNNEL_AIRFLOW_HOOK);
}

static void
read_rule (RunnelAirflowReading *self, JsonObject *step, JsonObject *task, const char **ret_on)
{
  JsonNode *node = _runnel_airflow_get_argument (
    self, json_object_get_object_member (task, "arguments"), "trigger_rule");
  g_autofree char *rule = NULL;

  *ret_on = NULL;
  if (node == NULL)
    return;

  /* TriggerRule.ALL_DONE is not known without running the file, but it is plain what it means. */
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      const char *source = _runnel_airflow_get_string (json_node_get_object (node), "$source");
      const char *point = source != NULL ? strrchr (source, '.') : NULL;

      rule = point != NULL ? g_ascii_strdown (point + 1, -1) : g_strdup ("");
    }
  else
    {
      rule = runnel_value_to_text (node);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].rule, rule))
      {
        *ret_on = rules[i].on;
        runnel_import_set_string (step, "join", rules[i].join);
        return;
      }
  runnel_import_keep (step, SYSTEM, "trigger_rule", json_node_copy (node));
  runnel_import_note (self->import, json_object_get_int_member (task, "line"), 1,
                      _runnel_airflow_get_string (step, "id"),
                      "the trigger rule “%s” has no counterpart", rule);
}

/* The step and outcome that a gate of ours stands for; FALSE for one that only helps another. */
static gboolean
read_gate (RunnelAirflowReading *self, const char *gate, char **ret_step, const char **ret_on)
{
  static const struct
  {
    const char *suffix;
    const char *on;
  } outcomes[] = {
    { ".failed", "failure" },
    { ".finished", "finished" },
    { ".over", "always" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_str_has_suffix (gate, outcomes[i].suffix))
      {
        *ret_step = g_strndup (gate, strlen (gate) - strlen (outcomes[i].suffix));
        *ret_on = outcomes[i].on;
        if (g_hash_table_contains (self->steps, *ret_step))
          return TRUE;
        g_clear_pointer (ret_step, g_free);
      }

  return FALSE;
}

static void
read_edge (RunnelAirflowReading *self, const char *from, const char *to, const char *on)
{
  JsonObject *step = g_hash_table_lookup (self->steps, to);
  JsonObject *before = g_hash_table_lookup (self->tasks, from);
  g_autofree char *real = NULL;

  if (step == NULL || before == NULL || is_hook (before))
    return;
  if (!_runnel_airflow_is_gate (before))
    runnel_import_add_need (self->import, step, from, on);
  else if (read_gate (self, from, &real, &on))
    runnel_import_add_need (self->import, step, real, on);
}

void
_runnel_airflow_read_edges (RunnelAirflowReading *self, JsonArray *edges)
{
  g_autoptr(GHashTable) outcomes = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id, step;

  g_hash_table_iter_init (&iter, self->steps);
  while (g_hash_table_iter_next (&iter, &id, &step))
    {
      const char *on;

      read_rule (self, step, g_hash_table_lookup (self->tasks, id), &on);
      g_hash_table_insert (outcomes, id, (gpointer) on);
    }
  for (guint i = 0; i < json_array_get_length (edges); i++)
    {
      JsonArray *edge = json_array_get_array_element (edges, i);
      const char *to = json_array_get_string_element (edge, 1);

      read_edge (self, json_array_get_string_element (edge, 0), to,
                 g_hash_table_lookup (outcomes, to));
    }
}
