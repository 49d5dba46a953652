/* runnel-gitlab-import-job.c: a step from a job of GitLab CI
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-gitlab-private.h"
#include "interchange/runnel-shell.h"
#include "model/runnel-duration.h"

typedef struct
{
  RunnelGitlabImport *file;
  const char *name;
  guint line;
  JsonObject *job;      /* resolved */
  JsonObject *said;     /* what our metadata says of it, or NULL */
  JsonObject *step;
  const char *on;       /* of its links, NULL = success */
} Reader;

static JsonNode *
get (Reader     *self,
     const char *key)
{
  JsonNode *node = json_object_get_member (self->job, key);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static void
keep (Reader     *self,
      const char *key,
      JsonNode   *value)
{
  runnel_import_keep (self->step, RUNNEL_GITLAB, key, json_node_copy (value));
}

/* Keeps what changes how the job runs, and says so. */
static void
keep_and_note (Reader     *self,
               const char *key,
               JsonNode   *value)
{
  keep (self, key, value);
  runnel_import_note (self->file->import, self->line, 1, json_object_get_string_member (self->step, "id"),
                      "“%s” is kept for GitLab, but has no effect in Runnel", key);
}

static JsonObject *
get_own (JsonObject *object,
         const char *key)
{
  if (!json_object_has_member (object, key))
    json_object_set_object_member (object, key, json_object_new ());

  return json_object_get_object_member (object, key);
}

/* --- Lines --- */

/* Adds the lines of `script` or `before_script`; FALSE when some are not known. */
static gboolean
add_lines (GString  *lines,
           JsonNode *value,
           guint     depth)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (value))
    {
      g_autofree char *text = _runnel_gitlab_dup_scalar (value);

      g_string_append (lines, text);
      if (!g_str_has_suffix (text, "\n"))
        g_string_append_c (lines, '\n');
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_ARRAY (value) || depth == 0)
    return FALSE;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
    if (!add_lines (lines, json_array_get_element (json_node_get_array (value), i), depth - 1))
      return FALSE;

  return TRUE;
}

/* A line of ours that hands an output of a job before to the step's environment. */
static gboolean
read_export (Reader     *self,
             const char *line)
{
  g_autoptr(GRegex) regex = g_regex_new ("^export (\\w+)=\"\\$\\{(\\w+)\\}\"$", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *name = NULL;
  g_autofree char *output = NULL;
  g_autofree char *value = NULL;
  const char *source;

  if (!g_regex_match (regex, line, 0, &match))
    return FALSE;

  name = g_match_info_fetch (match, 1);
  output = g_match_info_fetch (match, 2);
  source = _runnel_gitlab_find_output (self->file, self->job, output);
  if (source == NULL)
    return FALSE;

  value = g_strdup_printf ("${{ steps.%s.outputs.%s }}", runnel_import_get_id (self->file->import, source), output);
  json_object_set_string_member (get_own (self->step, "env"), name, value);

  return TRUE;
}

/* Whether all of `before_script` was such lines. */
static gboolean
read_exports (Reader   *self,
              JsonNode *before)
{
  JsonArray *lines;

  if (before == NULL || !JSON_NODE_HOLDS_ARRAY (before))
    return FALSE;

  lines = json_node_get_array (before);
  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      const char *line = get_text (json_array_get_element (lines, i));

      if (line == NULL || !read_export (self, line))
        return FALSE;
    }

  return json_array_get_length (lines) > 0;
}

static JsonNode *
get_default (Reader     *self,
             const char *key)
{
  JsonObject *defaults = _runnel_gitlab_get_object (self->file->config, "default");
  JsonNode *inherit = get (self, "inherit");
  JsonNode *node;

  if (inherit != NULL && JSON_NODE_HOLDS_OBJECT (inherit)
      && json_object_has_member (json_node_get_object (inherit), "default"))
    return NULL;

  node = defaults != NULL ? json_object_get_member (defaults, key) : NULL;
  if (node == NULL && g_str_equal (key, "before_script"))
    node = json_object_get_member (self->file->config, key);

  return node;
}

static JsonNode *
get_or_default (Reader     *self,
                const char *key)
{
  return json_object_has_member (self->job, key) ? get (self, key) : get_default (self, key);
}

/* The lines that run in one shell; NULL when the job is none that runs lines. */
static char *
make_lines (Reader   *self,
            JsonNode *before)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  if (get (self, "script") == NULL || get (self, "trigger") != NULL)
    return NULL;
  if (!add_lines (lines, before, 10) || !add_lines (lines, get (self, "script"), 10))
    return NULL;

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* --- Links --- */

/* Whether an entry says more than the link. */
static gboolean
is_plain_need (JsonNode *need)
{
  return JSON_NODE_HOLDS_VALUE (need)
         || (JSON_NODE_HOLDS_OBJECT (need) && json_object_get_size (json_node_get_object (need)) == 2
             && json_object_has_member (json_node_get_object (need), "job")
             && json_object_has_member (json_node_get_object (need), "optional"));
}

static void
add_links (Reader    *self,
           GPtrArray *before)
{
  for (guint i = 0; i < before->len; i++)
    runnel_import_add_need (self->file->import, self->step, g_ptr_array_index (before, i), self->on);

  if (before->len > 1 && g_strcmp0 (self->on, "failure") == 0)
    json_object_set_string_member (self->step, "join", "any");
}

static void
read_needs (Reader    *self,
            JsonNode  *needs,
            GPtrArray *ret_before)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (needs) ? json_node_get_array (needs) : NULL;
  gboolean plain = list != NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *need = json_array_get_element (list, i);
      const char *name = _runnel_gitlab_get_need (need);
      gboolean known = name != NULL && g_hash_table_contains (self->file->jobs, name);

      plain = plain && known && is_plain_need (need);
      if (known && !g_ptr_array_find_with_equal_func (ret_before, name, g_str_equal, NULL))
        g_ptr_array_add (ret_before, (gpointer) name);
    }
  if (!plain)
    keep (self, "needs", needs);
}

static void
read_links (Reader    *self,
            GPtrArray *stage_before)
{
  JsonNode *needs = json_object_get_member (self->job, "needs");
  g_autoptr(GPtrArray) before = g_ptr_array_new ();

  if (needs != NULL)
    {
      read_needs (self, needs, before);
      add_links (self, before);
      return;
    }

  add_links (self, stage_before);
  if (stage_before->len > 0)
    {
      g_autoptr(JsonNode) count = json_node_init_int (json_node_alloc (), stage_before->len);

      keep (self, "needs", count);
    }
}

/* --- When --- */

/* What the guards of the jobs before say already. */
static GPtrArray *
inherit_guards (Reader *self)
{
  GPtrArray *guards = g_ptr_array_new_with_free_func (g_free);
  JsonNode *needs = get (self, "needs");
  JsonArray *list = needs != NULL && JSON_NODE_HOLDS_ARRAY (needs) ? json_node_get_array (needs) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *name = _runnel_gitlab_get_need (json_array_get_element (list, i));
      GPtrArray *inherited = name != NULL ? g_hash_table_lookup (self->file->guards, name) : NULL;

      for (guint j = 0; inherited != NULL && j < inherited->len && g_strcmp0 (self->on, "always") != 0; j++)
        if (!g_ptr_array_find_with_equal_func (guards, g_ptr_array_index (inherited, j), g_str_equal, NULL))
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
read_condition (Reader     *self,
                GPtrArray  *guards,
                const char *condition)
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
read_never (Reader    *self,
            GPtrArray *guards)
{
  gboolean inherited = _runnel_gitlab_never_runs (guards);

  if (inherited && (self->said == NULL || !json_object_has_member (self->said, "disabled")))
    return;

  json_object_set_boolean_member (self->step, "disabled", TRUE);
  g_ptr_array_add (guards, g_strdup (RUNNEL_GITLAB_NEVER));
}

/* The only rule, when it has nothing but a condition and `when`. */
static JsonObject *
get_only_rule (Reader *self)
{
  JsonNode *rules = get (self, "rules");
  JsonArray *list = rules != NULL && JSON_NODE_HOLDS_ARRAY (rules) ? json_node_get_array (rules) : NULL;
  JsonNode *first = list != NULL && json_array_get_length (list) == 1 ? json_array_get_element (list, 0) : NULL;
  JsonObject *rule = first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : NULL;
  guint n_known;

  if (rule == NULL)
    return NULL;
  n_known = (_runnel_gitlab_get_text (rule, "if") != NULL) + (_runnel_gitlab_get_text (rule, "when") != NULL);

  return n_known > 0 && n_known == json_object_get_size (rule) ? rule : NULL;
}

static const char *
get_when (Reader *self)
{
  JsonObject *rule = get_only_rule (self);
  const char *when = rule != NULL ? _runnel_gitlab_get_text (rule, "when") : get_text (get (self, "when"));

  return when != NULL ? when : "on_success";
}

/* Sets the outcome on which the links fire; before they are added. */
static void
read_when (Reader *self)
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
read_rule (Reader     *self,
           GPtrArray  *guards,
           JsonObject *rule,
           const char *when)
{
  const char *condition = rule != NULL ? _runnel_gitlab_get_text (rule, "if") : NULL;

  if (get (self, "rules") != NULL && rule == NULL)
    return FALSE;
  if (condition != NULL && !read_condition (self, guards, condition))
    return FALSE;
  if (g_str_equal (when, "never"))
    read_never (self, guards);

  return is_modelled (when) || g_str_equal (json_object_get_string_member (self->step, "kind"), "approval");
}

/* Everything that decides whether the job is there at all. */
static void
read_rules (Reader *self)
{
  const char *key = get (self, "rules") != NULL ? "rules" : "when";
  GPtrArray *guards = inherit_guards (self);

  if (!read_rule (self, guards, get_only_rule (self), get_when (self)))
    {
      json_object_remove_member (self->step, "if");
      keep_and_note (self, key, get (self, key));
    }
  g_hash_table_insert (self->file->guards, g_strdup (self->name), guards);
}

/* --- Variables and matrix --- */

static void
keep_variable (Reader     *self,
               const char *name,
               JsonNode   *value)
{
  JsonObject *foreign = get_own (get_own (self->step, "foreign"), RUNNEL_GITLAB);

  json_object_set_member (get_own (foreign, "variables"), name, json_node_copy (value));
}

static void
read_variables (Reader *self)
{
  JsonNode *variables = get (self, "variables");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (variables == NULL || !JSON_NODE_HOLDS_OBJECT (variables))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (variables));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      g_autofree char *scalar = _runnel_gitlab_dup_scalar (value);
      g_autofree char *text = scalar != NULL ? _runnel_gitlab_read_text (self->file->references, scalar) : NULL;

      if (g_str_equal (name, "RUNNEL_OUTPUT"))
        continue;
      if (text != NULL)
        json_object_set_string_member (get_own (self->step, "env"), name, text);
      else
        keep_variable (self, name, value);
    }
}

/* The matrix that we have written, when the job still has it. */
static JsonNode *
find_said_matrix (Reader   *self,
                  JsonNode *parallel)
{
  JsonNode *said = self->said != NULL ? json_object_get_member (self->said, "matrix") : NULL;
  g_auto(RunnelMatrix) legs = { 0 };
  g_autoptr(JsonNode) again = NULL;

  if (said == NULL || !runnel_matrix_init (&legs, said, NULL))
    return NULL;

  again = _runnel_gitlab_say_matrix (&legs);

  return json_node_equal (again, parallel) ? json_node_copy (said) : NULL;
}

/* The axes of a matrix of ours are variables by other names. */
static void
refer_to_axes (Reader   *self,
               JsonNode *matrix)
{
  g_auto(RunnelMatrix) legs = { 0 };

  if (!runnel_matrix_init (&legs, matrix, NULL))
    return;
  for (guint i = 0; i < legs.combinations->len; i++)
    {
      JsonObjectIter iter;
      const char *axis;

      json_object_iter_init_ordered (&iter, g_ptr_array_index (legs.combinations, i));
      while (json_object_iter_next_ordered (&iter, &axis, NULL))
        g_hash_table_insert (self->file->references, _runnel_gitlab_get_axis (axis),
                             g_strconcat ("matrix.", axis, NULL));
    }
}

static void
set_leg_values (Reader     *self,
                JsonObject *values)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!g_str_equal (name, "include") && !g_str_equal (name, "fail-fast"))
      {
        g_autofree char *reference = g_strdup_printf ("${{ matrix.%s }}", name);

        json_object_set_string_member (get_own (self->step, "env"), name, reference);
      }
}

static void
set_all_leg_values (Reader   *self,
                    JsonNode *matrix,
                    JsonNode *parallel)
{
  JsonNode *include = json_object_get_member (json_node_get_object (matrix), "include");

  set_leg_values (self, json_node_get_object (matrix));
  for (guint i = 0; include != NULL && i < json_array_get_length (json_node_get_array (include)); i++)
    set_leg_values (self, json_array_get_object_element (json_node_get_array (include), i));
  if (JSON_NODE_HOLDS_VALUE (parallel))
    {
      g_autofree char *total = _runnel_gitlab_dup_scalar (parallel);

      json_object_set_string_member (get_own (self->step, "env"), "CI_NODE_TOTAL", total);
    }
}

static void
read_parallel (Reader *self)
{
  JsonNode *parallel = get (self, "parallel");
  JsonNode *matrix;

  if (parallel == NULL)
    return;

  matrix = find_said_matrix (self, parallel);
  if (matrix != NULL)
    {
      refer_to_axes (self, matrix);
      json_object_set_member (self->step, "matrix", matrix);
      return;
    }

  matrix = _runnel_gitlab_read_matrix (parallel);
  if (matrix == NULL)
    {
      keep_and_note (self, "parallel", parallel);
      return;
    }
  keep (self, "parallel", parallel);
  set_all_leg_values (self, matrix, parallel);
  json_object_set_member (self->step, "matrix", matrix);
}

/* --- Other keys --- */

static void
read_image (Reader *self)
{
  JsonNode *image = get (self, "image");
  const char *name = get_text (image);

  if (image == NULL)
    return;
  if (name == NULL && JSON_NODE_HOLDS_OBJECT (image))
    name = _runnel_gitlab_get_text (json_node_get_object (image), "name");

  if (name == NULL || strchr (name, '$') != NULL || get_text (image) == NULL)
    keep (self, "image", image);
  if (name != NULL && strchr (name, '$') == NULL)
    json_object_set_string_member (self->step, "image", name);
}

static gboolean
is_pattern (JsonNode *path)
{
  const char *text = get_text (path);

  return text != NULL && *text != '/' && strchr (text, '$') == NULL && strstr (text, "..") == NULL;
}

static gboolean
are_patterns (JsonNode *paths)
{
  if (paths == NULL || !JSON_NODE_HOLDS_ARRAY (paths))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (paths)); i++)
    if (!is_pattern (json_array_get_element (json_node_get_array (paths), i)))
      return FALSE;

  return json_array_get_length (json_node_get_array (paths)) > 0;
}

static gboolean
is_own_report (JsonNode *reports)
{
  const char *file = JSON_NODE_HOLDS_OBJECT (reports)
                       ? _runnel_gitlab_get_text (json_node_get_object (reports), "dotenv")
                       : NULL;

  return file != NULL && g_str_has_prefix (file, RUNNEL_GITLAB_REPORT);
}

static void
read_artifacts (Reader *self)
{
  JsonNode *artifacts = get (self, "artifacts");
  g_autoptr(JsonNode) kept = json_node_new (JSON_NODE_OBJECT);
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (artifacts == NULL || !JSON_NODE_HOLDS_OBJECT (artifacts))
    return;

  json_node_take_object (kept, json_object_new ());
  json_object_iter_init_ordered (&iter, json_node_get_object (artifacts));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (g_str_equal (key, "paths") && are_patterns (value))
      json_object_set_member (self->step, "artifacts", json_node_copy (value));
    else if (!g_str_equal (key, "reports") || !is_own_report (value))
      json_object_set_member (json_node_get_object (kept), key, json_node_copy (value));
  if (json_object_get_size (json_node_get_object (kept)) > 0)
    keep (self, "artifacts", kept);
}

static void
read_retry (Reader *self)
{
  JsonNode *retry = get_or_default (self, "retry");
  JsonObject *object = retry != NULL && JSON_NODE_HOLDS_OBJECT (retry) ? json_node_get_object (retry) : NULL;
  JsonNode *max = object != NULL ? json_object_get_member (object, "max") : retry;
  JsonNode *codes = object != NULL ? json_object_get_member (object, "exit_codes") : NULL;

  if (retry == NULL || json_object_has_member (self->step, "retry"))
    return;
  if (object != NULL && json_object_has_member (object, "when"))
    keep (self, "retry", retry);
  if (max == NULL || !JSON_NODE_HOLDS_VALUE (max) || json_node_get_value_type (max) != G_TYPE_INT64
      || json_node_get_int (max) < 1)
    return;

  if (codes != NULL && JSON_NODE_HOLDS_ARRAY (codes))
    {
      JsonObject *said = get_own (self->step, "retry");

      json_object_set_int_member (said, "max", json_node_get_int (max));
      json_object_set_member (said, "exit-codes", json_node_copy (codes));
    }
  else
    json_object_set_int_member (self->step, "retry", json_node_get_int (max));
}

/* "3h 30m", "90 minutes", "1 hour" -> microseconds; 0 when it is no such text. */
static gint64
parse_timeout (const char *text)
{
  static const char units[] = "smhdw";
  static const gint64 seconds[] = { 1, 60, 3600, 86400, 604800 };
  gint64 total = 0;

  for (const char *p = text; *p != '\0';)
    {
      char *end;
      gint64 number = g_ascii_strtoll (p, &end, 10);
      const char *unit;

      if (end == p || number < 0 || number > 1000000)
        return 0;
      for (p = end; *p == ' '; p++)
        ;
      unit = *p != '\0' ? strchr (units, g_ascii_tolower (*p)) : units;
      if (unit == NULL || g_str_has_prefix (p, "mo"))
        return 0;
      total += number * seconds[unit - units];
      while (g_ascii_isalpha (*p))
        p++;
      while (*p == ' ' || *p == ',')
        p++;
    }

  return total * G_TIME_SPAN_SECOND;
}

static void
read_timeout (Reader *self)
{
  JsonNode *timeout = get_or_default (self, "timeout");
  g_autofree char *scalar = timeout != NULL ? _runnel_gitlab_dup_scalar (timeout) : NULL;
  gint64 duration = scalar != NULL ? parse_timeout (scalar) : 0;
  g_autofree char *text = NULL;

  if (timeout == NULL || json_object_has_member (self->step, "timeout"))
    return;
  if (duration == 0)
    {
      keep (self, "timeout", timeout);
      return;
    }

  text = runnel_duration_to_string (duration);
  json_object_set_string_member (self->step, "timeout", text);
}

static void
read_allow_failure (Reader *self)
{
  JsonNode *allow = get (self, "allow_failure");

  if (allow == NULL)
    return;
  if (!JSON_NODE_HOLDS_VALUE (allow) || json_node_get_value_type (allow) != G_TYPE_BOOLEAN)
    keep_and_note (self, "allow_failure", allow);
  else if (json_node_get_boolean (allow))
    json_object_set_boolean_member (self->step, "continue-on-error", TRUE);
  else if (g_strcmp0 (json_object_get_string_member (self->step, "kind"), "approval") != 0)
    keep (self, "allow_failure", allow);
}

static void
read_resource_group (Reader *self)
{
  const char *group = get_text (get (self, "resource_group"));

  if (group == NULL || strchr (group, '$') != NULL || *group == '\0')
    {
      if (get (self, "resource_group") != NULL)
        keep (self, "resource_group", get (self, "resource_group"));
      return;
    }
  json_object_set_int_member (get_own (self->file->root, "pools"), group, 1);
  json_object_set_string_member (self->step, "pool", group);
}

static gboolean
is_kind (Reader     *self,
         const char *kind)
{
  return g_str_equal (json_object_get_string_member (self->step, "kind"), kind);
}

static void
keep_rest (Reader *self)
{
  static const char *const read[] = {
    "script", "before_script", "needs", "when", "rules", "variables", "parallel", "image", "artifacts", "retry",
    "timeout", "allow_failure", "resource_group", NULL,
  };
  static const char *const quiet[] = {
    "stage", "tags", "interruptible", "environment", "coverage", "manual_confirmation", "dependencies", NULL,
  };
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, self->job);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (g_strv_contains (read, key) || (g_str_equal (key, "manual_confirmation") && is_kind (self, "approval")))
      continue;
    else if (g_strv_contains (quiet, key))
      keep (self, key, value);
    else
      keep_and_note (self, key, value);
}

/* --- Steps --- */

static void
set_outputs (Reader *self)
{
  JsonObject *outputs = _runnel_gitlab_get_object (self->said, "outputs");

  if (outputs != NULL)
    json_object_set_object_member (self->step, "outputs", json_object_ref (outputs));
}

/* A job that only waits for a person. */
static gboolean
is_approval (Reader *self)
{
  JsonNode *script = get (self, "script");
  JsonArray *lines = script != NULL && JSON_NODE_HOLDS_ARRAY (script) ? json_node_get_array (script) : NULL;

  return get (self, "manual_confirmation") != NULL && lines != NULL && json_array_get_length (lines) == 1
         && g_strcmp0 (get_text (json_array_get_element (lines, 0)), "true") == 0;
}

static void
set_approval (Reader *self)
{
  json_object_set_string_member (self->step, "kind", "approval");
  runnel_import_set_string (get_own (self->step, "with"), "prompt", get_text (get (self, "manual_confirmation")));
}

/* What runs no lines, or lines that are not known, stays what it is. */
static void
set_foreign (Reader *self)
{
  JsonObject *with = get_own (self->step, "with");

  json_object_set_string_member (self->step, "kind", "foreign");
  json_object_set_string_member (with, "system", RUNNEL_GITLAB);
  json_object_set_object_member (with, "definition", json_object_ref (_runnel_gitlab_get_object (self->file->config,
                                                                                                  self->name)));
}

static void
read_script (Reader     *self,
             const char *lines)
{
  if (is_approval (self))
    set_approval (self);
  else
    runnel_shell_read_step (lines, NULL, self->step);

  read_rules (self);
  read_image (self);
  read_artifacts (self);
  read_retry (self);
  read_timeout (self);
  read_allow_failure (self);
  read_resource_group (self);
  set_outputs (self);
  keep_rest (self);
}

/**
 * _runnel_gitlab_read_job:
 * @self: a file that was read
 * @name: a job of it
 * @job: the job, resolved
 * @before: (element-type utf8): the jobs that it waits for when it does not say so itself
 *
 * Adds the step.
 */
void
_runnel_gitlab_read_job (RunnelGitlabImport *self,
                         const char         *name,
                         JsonObject         *job,
                         GPtrArray          *before)
{
  Reader reader = {
    .file = self,
    .name = name,
    .line = GPOINTER_TO_UINT (g_hash_table_lookup (self->lines, name)),
    .job = job,
    .said = _runnel_gitlab_get_object (_runnel_gitlab_get_object (self->metadata, "steps"), name),
  };
  g_autofree char *lines = NULL;
  JsonNode *before_script;

  reader.step = runnel_import_add_step (self->import, name, "script");
  runnel_import_set_string (reader.step, "name", _runnel_gitlab_get_text (reader.said, "name"));
  read_when (&reader);
  read_links (&reader, before);
  read_parallel (&reader);
  read_variables (&reader);
  before_script = get_or_default (&reader, "before_script");
  lines = make_lines (&reader, read_exports (&reader, before_script) ? NULL : before_script);
  if (lines != NULL)
    read_script (&reader, lines);
  else
    set_foreign (&reader);
}
