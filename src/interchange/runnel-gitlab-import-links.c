/* runnel-gitlab-import-links.c: when a step starts, by a job of GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-reader.h"

/* --- Links --- */

/* Whether an entry says more than the link. */
static gboolean
is_plain_need (JsonNode *need)
{
  return JSON_NODE_HOLDS_VALUE (need)
         || (JSON_NODE_HOLDS_OBJECT (need)
             && json_object_get_size (json_node_get_object (need)) == 2
             && json_object_has_member (json_node_get_object (need), "job")
             && json_object_has_member (json_node_get_object (need), "optional"));
}

static void
add_links (RunnelGitlabReader *self,
           GPtrArray          *before)
{
  for (guint i = 0; i < before->len; i++)
    runnel_import_add_need (self->file->import, self->step, g_ptr_array_index (before, i),
                            self->on);

  if (before->len > 1 && g_strcmp0 (self->on, "failure") == 0)
    json_object_set_string_member (self->step, "join", "any");
}

/* Whether a job is needed for its outputs alone, by our metadata. */
static gboolean
only_reads (RunnelGitlabReader *self,
            const char         *name)
{
  JsonNode *reads = self->said != NULL ? json_object_get_member (self->said, "reads") : NULL;
  JsonArray *names = reads != NULL && JSON_NODE_HOLDS_ARRAY (reads) ? json_node_get_array (reads) : NULL;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    if (g_strcmp0 (_runnel_gitlab_get_node_text (json_array_get_element (names, i)), name) == 0)
      return TRUE;

  return FALSE;
}

static void
read_needs (RunnelGitlabReader *self,
            JsonNode           *needs,
            GPtrArray          *ret_before)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (needs) ? json_node_get_array (needs) : NULL;
  gboolean plain = list != NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *need = json_array_get_element (list, i);
      const char *name = _runnel_gitlab_get_need (need);
      gboolean known = name != NULL && g_hash_table_contains (self->file->jobs, name);

      plain = plain && known && is_plain_need (need);
      if (known && !only_reads (self, name)
          && !g_ptr_array_find_with_equal_func (ret_before, name, g_str_equal, NULL))
        g_ptr_array_add (ret_before, (gpointer) name);
    }
  if (!plain)
    _runnel_gitlab_keep (self, "needs", needs);
}

void
_runnel_gitlab_read_links (RunnelGitlabReader *self,
                           GPtrArray          *stage_before)
{
  JsonNode *needs = json_object_get_member (self->job, "needs");
  g_autoptr (GPtrArray) before = g_ptr_array_new ();

  if (needs != NULL)
    {
      read_needs (self, needs, before);
      add_links (self, before);
      return;
    }

  add_links (self, stage_before);
  if (stage_before->len > 0)
    {
      g_autoptr (JsonNode) count = json_node_init_int (json_node_alloc (), stage_before->len);

      _runnel_gitlab_keep (self, "needs", count);
    }
}

/* --- When --- */

/* What the guards of the jobs before say already. */
static GPtrArray *
inherit_guards (RunnelGitlabReader *self)
{
  GPtrArray *guards = g_ptr_array_new_with_free_func (g_free);
  JsonNode *needs = _runnel_gitlab_get (self, "needs");
  JsonArray *list =
    needs != NULL && JSON_NODE_HOLDS_ARRAY (needs) ? json_node_get_array (needs) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *name = _runnel_gitlab_get_need (json_array_get_element (list, i));
      GPtrArray *inherited = name != NULL ? g_hash_table_lookup (self->file->guards, name) : NULL;

      for (guint j = 0;
           inherited != NULL && j < inherited->len && g_strcmp0 (self->on, "always") != 0; j++)
        if (!g_ptr_array_find_with_equal_func (guards, g_ptr_array_index (inherited, j),
                                               g_str_equal, NULL))
          g_ptr_array_add (guards, g_strdup (g_ptr_array_index (inherited, j)));
    }

  return guards;
}

/* What is left of a condition when those before it are taken away; NULL when nothing is. */
static char *
take_own_guard (GPtrArray  *inherited,
                const char *condition)
{
  const char *p = condition;

  for (guint i = 0; i < inherited->len; i++)
    {
      const char *guard = g_ptr_array_index (inherited, i);

      if (g_str_equal (guard, RUNNEL_GITLAB_NEVER))
        continue;
      if (!g_str_has_prefix (p, guard))
        return g_strdup (p);
      p += strlen (guard);
      if (*p == '\0')
        return NULL;
      if (!g_str_has_prefix (p, " && "))
        return g_strdup (condition);
      p += strlen (" && ");
    }

  return g_strdup (p);
}

/* "(a || b)" -> "a || b", when the first bracket is closed by the last one. */
static char *
unwrap (const char *condition)
{
  gsize length = strlen (condition);

  if (*condition == '(' && condition[length - 1] == ')' && strchr (condition + 1, '(') == NULL)
    return g_strndup (condition + 1, length - 2);

  return g_strdup (condition);
}

static gboolean
read_condition (RunnelGitlabReader *self,
                GPtrArray          *guards,
                const char         *condition)
{
  g_autofree char *own = take_own_guard (guards, condition);
  g_autofree char *inner = own != NULL ? unwrap (own) : NULL;
  g_autofree char *read = NULL;

  if (inner == NULL)
    return TRUE;

  read = _runnel_gitlab_read_condition (self->file->references, self->file->booleans, inner);
  if (read == NULL)
    return FALSE;
  json_object_set_string_member (self->step, "if", read);
  g_ptr_array_add (guards, g_steal_pointer (&own));

  return TRUE;
}

static void
read_never (RunnelGitlabReader *self,
            GPtrArray          *guards)
{
  gboolean inherited = _runnel_gitlab_never_runs (guards);

  if (inherited && (self->said == NULL || !json_object_has_member (self->said, "disabled")))
    return;

  json_object_set_boolean_member (self->step, "disabled", TRUE);
  g_ptr_array_add (guards, g_strdup (RUNNEL_GITLAB_NEVER));
}

/* The only rule, when it has nothing but a condition and `when`. */
static JsonObject *
get_only_rule (RunnelGitlabReader *self)
{
  JsonNode *rules = _runnel_gitlab_get (self, "rules");
  JsonArray *list =
    rules != NULL && JSON_NODE_HOLDS_ARRAY (rules) ? json_node_get_array (rules) : NULL;
  JsonNode *first =
    list != NULL && json_array_get_length (list) == 1 ? json_array_get_element (list, 0) : NULL;
  JsonObject *rule =
    first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : NULL;
  guint n_known;

  if (rule == NULL)
    return NULL;
  n_known = (_runnel_gitlab_get_text (rule, "if") != NULL)
            + (_runnel_gitlab_get_text (rule, "when") != NULL);

  return n_known > 0 && n_known == json_object_get_size (rule) ? rule : NULL;
}

static const char *
get_when (RunnelGitlabReader *self)
{
  JsonObject *rule = get_only_rule (self);
  const char *when = rule != NULL
                       ? _runnel_gitlab_get_text (rule, "when")
                       : _runnel_gitlab_get_node_text (_runnel_gitlab_get (self, "when"));

  return when != NULL ? when : "on_success";
}

/* Sets the outcome on which the links fire; before they are added. */
void
_runnel_gitlab_read_when (RunnelGitlabReader *self)
{
  static const char *const outcomes[] = { "failure", "finished", "always", NULL };
  const char *said = _runnel_gitlab_get_text (self->said, "on");
  const char *when = get_when (self);

  if (g_str_equal (when, "on_failure"))
    self->on = "failure";
  else if (g_str_equal (when, "always"))
    self->on = g_strcmp0 (said, "finished") == 0 ? "finished" : "always";
  else if (g_str_equal (when, "never") && said != NULL && g_strv_contains (outcomes, said))
    self->on = said;
}

static gboolean
is_modelled (const char *when)
{
  static const char *const modelled[] = { "on_success", "on_failure", "always", "never", NULL };

  return g_strv_contains (modelled, when);
}

/* Whether the rules are of a form that Runnel has, too. */
static gboolean
read_rule (RunnelGitlabReader *self,
           GPtrArray          *guards,
           JsonObject         *rule,
           const char         *when)
{
  const char *condition = rule != NULL ? _runnel_gitlab_get_text (rule, "if") : NULL;

  if (_runnel_gitlab_get (self, "rules") != NULL && rule == NULL)
    return FALSE;
  if (condition != NULL && !read_condition (self, guards, condition))
    return FALSE;
  if (g_str_equal (when, "never"))
    read_never (self, guards);

  return is_modelled (when)
         || g_str_equal (json_object_get_string_member (self->step, "kind"), "approval");
}

/* Everything that decides whether the job is there at all. */
void
_runnel_gitlab_read_rules (RunnelGitlabReader *self)
{
  const char *key = _runnel_gitlab_get (self, "rules") != NULL ? "rules" : "when";
  GPtrArray *guards = inherit_guards (self);

  if (!read_rule (self, guards, get_only_rule (self), get_when (self)))
    {
      json_object_remove_member (self->step, "if");
      _runnel_gitlab_keep_and_note (self, key, _runnel_gitlab_get (self, key));
    }
  g_hash_table_insert (self->file->guards, g_strdup (self->name), guards);
}
