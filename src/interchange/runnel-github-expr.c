/* runnel-github-expr.c: expressions in the words of GitHub Actions, and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contexts by https://docs.github.com/en/actions/reference/workflows-and-actions/contexts: a job
 * knows of those that it needs by `needs`, the steps of a job know each other by `steps`.
 */
#include "config.h"

#include "interchange/runnel-github-expr.h"

#include <string.h>

#include "expr/runnel-expr.h"

static gboolean
is_name (const char *name, const char *wanted)
{
  return g_ascii_strcasecmp (name, wanted) == 0;
}

static char *
refuse (const char *const *path, guint n_names, const char *why, GError **error)
{
  g_autoptr(GString) text = g_string_new (path[0]);

  for (guint i = 1; i < n_names && i < 4; i++)
    g_string_append_printf (text, ".%s", path[i]);
  g_set_error (error, RUNNEL_GITHUB_ERROR, RUNNEL_GITHUB_ERROR_UNKNOWN, "%s %s", text->str, why);

  return NULL;
}

/* `.name`, or `['name']` where that is no name. */
static char *
make_member (const char *context, const char *name)
{
  g_autoptr(GString) quoted = NULL;

  if ((g_ascii_isalpha (*name) || *name == '_')
      && name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-")] == '\0')
    return g_strdup_printf ("%s.%s", context, name);

  quoted = g_string_new (name);
  g_string_replace (quoted, "'", "''", 0);

  return g_strdup_printf ("%s['%s']", context, quoted->str);
}

/* To GitHub. */

static const RunnelFlowStep *
find_step (const RunnelGithubSpeaker *self, const char *id)
{
  return runnel_flow_find_step (self->flow, id);
}

/* Of a call, the output that the other workflow has by another name: that of a step of its own. */
static char *
find_call_output (const RunnelFlowStep *step, const char *name)
{
  JsonNode *node = json_object_get_member (step->with, "outputs");
  JsonObject *outputs =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *text = outputs != NULL && json_object_has_member (outputs, name)
                         && JSON_NODE_HOLDS_VALUE (json_object_get_member (outputs, name))
                       ? json_object_get_string_member (outputs, name)
                       : NULL;
  g_autoptr(GRegex) reference = NULL;
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *other = NULL;
  g_autofree char *output = NULL;

  if (text == NULL)
    return NULL;
  reference =
    g_regex_new ("^\\$\\{\\{ *steps\\.([\\w-]+)\\.outputs\\.([\\w-]+) *\\}\\}$", 0, 0, NULL);
  if (!g_regex_match (reference, text, 0, &match))
    return NULL;
  other = g_match_info_fetch (match, 1);
  output = g_match_info_fetch (match, 2);

  return g_strdup_printf ("%s-%s", other, output);
}

/* steps.X.outputs.Y: of a script as it is, of a call by the name that the other workflow has for
 * it. */
static char *
say_output (const RunnelGithubSpeaker *self,
            const RunnelFlowStep *step,
            const char *const *path,
            guint n_names,
            guint *ret_n_used,
            GError **error)
{
  JsonObject *kept = runnel_flow_get_foreign (step->foreign, RUNNEL_GITHUB);
  const char *context = self->whole ? "steps" : "needs";
  g_autofree char *output = NULL;

  if (step->matrix != NULL)
    return refuse (path, n_names, "is overwritten by each combination of the matrix", error);
  if (step->body == RUNNEL_FLOW_PIPELINE)
    output = find_call_output (step, path[3]);
  if (output != NULL)
    {
      *ret_n_used = 4;
      return g_strdup_printf ("%s.%s.outputs.%s", context, step->id, output);
    }
  if (step->body != RUNNEL_FLOW_SHELL && step->body != RUNNEL_FLOW_FOREIGN
      && (kept == NULL || !json_object_has_member (kept, "uses")))
    return refuse (path, n_names, "is no output there", error);
  *ret_n_used = 2;

  return g_strdup_printf ("%s.%s", context, step->id);
}

/* steps.X.outputs.Y, .conclusion and .outcome; nothing else of a step is known there. */
static char *
say_step (const RunnelGithubSpeaker *self,
          const char *const *path,
          guint n_names,
          guint *ret_n_used,
          GError **error)
{
  const char *context = self->whole ? "steps" : "needs";
  const char *id;
  const RunnelFlowStep *step;

  if (n_names < 3 || is_name (path[1], "*"))
    return refuse (path, n_names, "is not known there", error);
  id = is_name (path[1], "self") && self->self != NULL ? self->self : path[1];
  step = find_step (self, id);
  if (step == NULL || self->place == RUNNEL_GITHUB_IN_WORKFLOW)
    return refuse (path, n_names, "is not known there", error);

  *ret_n_used = 3;
  if (is_name (path[2], "outputs") && n_names > 3)
    return say_output (self, step, path, n_names, ret_n_used, error);
  if (is_name (path[2], "conclusion"))
    return g_strdup_printf ("%s.%s.%s", context, step->id, self->whole ? "conclusion" : "result");
  if (is_name (path[2], "outcome") && step->matrix == NULL && step->body == RUNNEL_FLOW_SHELL)
    return g_strdup_printf (self->whole ? "%s.%s.outcome" : "%s.%s.outputs." RUNNEL_GITHUB_OUTCOME,
                            context, step->id);

  return refuse (path, n_names, "is not known there", error);
}

static const char *
find_variable (GArray *env, const char *name)
{
  for (guint i = 0; i < env->len; i++)
    if (is_name (g_array_index (env, RunnelFlowVariable, i).name, name))
      return g_array_index (env, RunnelFlowVariable, i).value;

  return NULL;
}

/* A job's condition has no `env`, and the `env` of a step does not know itself: there the value is
 * put in. */
static char *
say_variable (const RunnelGithubSpeaker *self,
              const char *const *path,
              guint n_names,
              guint *ret_n_used,
              GError **error)
{
  const char *value =
    self->step != NULL && n_names > 1 ? find_variable (self->step->env, path[1]) : NULL;
  g_autoptr(GString) quoted = NULL;

  if (n_names < 2)
    return refuse (path, n_names, "is not known there", error);
  if (value == NULL)
    {
      value = find_variable (self->flow->env, path[1]);
      if (value != NULL && self->place == RUNNEL_GITHUB_IN_STEP)
        return NULL;
    }
  if (value != NULL && strstr (value, "${{") != NULL)
    return refuse (path, n_names, "has a value that is computed itself", error);

  quoted = g_string_new (value != NULL ? value : "");
  g_string_replace (quoted, "'", "''", 0);
  *ret_n_used = 2;

  return g_strdup_printf ("'%s'", quoted->str);
}

static char *
say_secret (const RunnelGithubSpeaker *self,
            const char *const *path,
            guint n_names,
            guint *ret_n_used,
            GError **error)
{
  g_autofree char *name = NULL;

  if (self->place == RUNNEL_GITHUB_IN_CONDITION)
    return refuse (path, n_names, "is not known in a condition", error);
  if (n_names < 2)
    return refuse (path, n_names, "is not known there", error);

  name = runnel_github_secret_name (path[1]);
  *ret_n_used = 2;

  return g_strdup_printf ("secrets.%s", name);
}

static char *
say_path (const char *const *path,
          guint n_names,
          guint *ret_n_used,
          gpointer user_data,
          GError **error)
{
  const RunnelGithubSpeaker *self = user_data;

  *ret_n_used = 1;
  if (is_name (path[0], "params"))
    return g_strdup ("inputs");
  if (is_name (path[0], "steps"))
    return say_step (self, path, n_names, ret_n_used, error);
  if (is_name (path[0], "env"))
    return say_variable (self, path, n_names, ret_n_used, error);
  if (is_name (path[0], "secrets"))
    return say_secret (self, path, n_names, ret_n_used, error);
  if (is_name (path[0], "matrix") && self->place == RUNNEL_GITHUB_IN_STEP)
    return NULL;
  if (is_name (path[0], "run") && n_names > 1)
    {
      *ret_n_used = 2;
      if (is_name (path[1], "id"))
        return g_strdup ("github.run_id");
      if (is_name (path[1], "pipeline"))
        return g_strdup ("github.workflow");
      if (is_name (path[1], "dir") && self->place == RUNNEL_GITHUB_IN_STEP)
        return g_strdup ("runner.temp");
      if (is_name (path[1], "state") && self->is_last)
        return g_strdup (self->whole ? RUNNEL_GITHUB_JOB_STATE : RUNNEL_GITHUB_STATE);
    }

  return refuse (path, n_names, "is not known there", error);
}

static char *
say_expression_cb (const char *expression, gpointer user_data, GError **error)
{
  return runnel_github_rewrite_expression (expression, say_path, user_data, error);
}

/**
 * runnel_github_say_expression:
 * @self: who speaks, and where
 * @expression: one of Runnel's expressions, without `${{ }}`
 * @error: return location for a %RUNNEL_GITHUB_ERROR
 *
 * Returns: (transfer full): the same in GitHub's words, or %NULL with @error set, which names what
 * can't be said
 */
char *
runnel_github_say_expression (const RunnelGithubSpeaker *self,
                              const char *expression,
                              GError **error)
{
  g_return_val_if_fail (self != NULL && expression != NULL, NULL);

  return say_expression_cb (expression, (gpointer) self, error);
}

/**
 * runnel_github_say_text:
 * @self: who speaks, and where
 * @text: a text of Runnel with any number of `${{ }}` in it
 * @error: return location for a %RUNNEL_GITHUB_ERROR
 *
 * Returns: (transfer full): the same in GitHub's words, or %NULL with @error set, which names what
 * can't be said
 */
char *
runnel_github_say_text (const RunnelGithubSpeaker *self, const char *text, GError **error)
{
  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  return runnel_github_rewrite_text (text, say_expression_cb, (gpointer) self, error);
}

/* From GitHub. */

static char *
read_need (const RunnelGithubNames *names,
           const char *const *path,
           guint n_names,
           guint *ret_n_used,
           GError **error)
{
  g_autofree char *key = NULL;
  const char *output;

  if (n_names < 3 || is_name (path[1], "*"))
    return refuse (path, n_names, "has no counterpart", error);
  *ret_n_used = 3;
  if (is_name (path[2], "result"))
    return g_strdup_printf ("steps.%s.conclusion", path[1]);
  if (!is_name (path[2], "outputs") || n_names < 4)
    return refuse (path, n_names, "has no counterpart", error);

  *ret_n_used = 4;
  if (g_str_equal (path[3], RUNNEL_GITHUB_OUTCOME))
    return g_strdup_printf ("steps.%s.outcome", path[1]);
  key = g_strdup_printf ("%s.%s", path[1], path[3]);
  output =
    names != NULL && names->outputs != NULL ? g_hash_table_lookup (names->outputs, key) : NULL;
  if (output != NULL)
    return g_strdup_printf ("steps.%s.outputs.%s", path[1], output);
  *ret_n_used = 2;

  return g_strdup_printf ("steps.%s", path[1]);
}

static char *
read_github (const char *const *path, guint n_names, guint *ret_n_used, GError **error)
{
  *ret_n_used = 2;
  if (n_names > 1 && is_name (path[1], "run_id"))
    return g_strdup ("run.id");
  if (n_names > 1
      && is_name (path[1],
                  "run_state")) /* of which there is none: it stands for a longer expression */
    return g_strdup ("run.state");
  if (n_names > 1 && is_name (path[1], "workflow"))
    return g_strdup ("run.pipeline");
  if (n_names > 3 && is_name (path[1], "event") && is_name (path[2], "inputs"))
    {
      *ret_n_used = 4;
      return make_member ("params", path[3]);
    }

  return refuse (path, n_names, "has no counterpart", error);
}

static char *
read_secret (const RunnelGithubNames *names, const char *secret)
{
  const char *own =
    names != NULL && names->secrets != NULL ? g_hash_table_lookup (names->secrets, secret) : NULL;

  if (own == NULL)
    own = secret;
  if (names != NULL && names->used != NULL)
    g_hash_table_add (names->used, g_strdup (own));

  return make_member ("secrets", own);
}

static char *
read_path (const char *const *path,
           guint n_names,
           guint *ret_n_used,
           gpointer user_data,
           GError **error)
{
  const RunnelGithubNames *names = user_data;

  *ret_n_used = 1;
  if (is_name (path[0], "inputs") && n_names > 1)
    return g_strdup ("params");
  if (is_name (path[0], "needs"))
    return read_need (names, path, n_names, ret_n_used, error);
  if (is_name (path[0], "github"))
    return read_github (path, n_names, ret_n_used, error);
  if (is_name (path[0], "runner") && n_names > 1 && is_name (path[1], "temp"))
    {
      *ret_n_used = 2;
      return g_strdup ("run.dir");
    }
  if ((is_name (path[0], "matrix") && (names == NULL || names->has_matrix))
      || (is_name (path[0], "env") && n_names > 1))
    return NULL;
  if (is_name (path[0], "secrets") && n_names > 1 && !is_name (path[1], "github_token"))
    {
      *ret_n_used = 2;
      return read_secret (names, path[1]);
    }

  return refuse (path, n_names, "has no counterpart", error);
}

static char *
read_expression_cb (const char *expression, gpointer user_data, GError **error)
{
  g_autoptr(GString) known = g_string_new (expression);
  g_autofree char *read = NULL;
  g_autoptr(GError) problem = NULL;
  RunnelExpr *parsed;

  g_string_replace (known, RUNNEL_GITHUB_STATE, "github.run_state", 0);
  read = runnel_github_rewrite_expression (known->str, read_path, user_data, error);
  if (read == NULL)
    return NULL;
  parsed = runnel_expr_new (read, &problem);
  if (parsed == NULL)
    {
      g_set_error_literal (error, RUNNEL_GITHUB_ERROR, RUNNEL_GITHUB_ERROR_SYNTAX,
                           problem->message);
      return NULL;
    }
  runnel_expr_free (parsed);

  return g_steal_pointer (&read);
}

/**
 * runnel_github_read_expression:
 * @expression: one of GitHub's expressions, without `${{ }}`
 * @names: (nullable): what names mean in the workflow
 * @error: return location for a %RUNNEL_GITHUB_ERROR
 *
 * Returns: (transfer full): the same in Runnel's words, or %NULL with @error set, which names what
 * has none
 */
char *
runnel_github_read_expression (const char *expression,
                               const RunnelGithubNames *names,
                               GError **error)
{
  g_return_val_if_fail (expression != NULL, NULL);

  return read_expression_cb (expression, (gpointer) names, error);
}

/**
 * runnel_github_read_text:
 * @text: a text of a workflow with any number of `${{ }}` in it
 * @names: (nullable): what names mean in the workflow
 * @error: return location for a %RUNNEL_GITHUB_ERROR
 *
 * Returns: (transfer full): the same in Runnel's words, or %NULL with @error set, which names what
 * has none
 */
char *
runnel_github_read_text (const char *text, const RunnelGithubNames *names, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  return runnel_github_rewrite_text (text, read_expression_cb, (gpointer) names, error);
}

static char *
keep_path (const char *const *path,
           guint n_names,
           guint *ret_n_used,
           gpointer user_data,
           GError **error)
{
  return NULL;
}

/**
 * runnel_github_check_syntax:
 * @expression: an expression, without `${{ }}`
 * @error: return location for a %RUNNEL_GITHUB_ERROR
 *
 * Returns: (transfer full): the same, or %NULL with @error set when it is made of no words of the
 * language
 */
char *
runnel_github_check_syntax (const char *expression, GError **error)
{
  g_return_val_if_fail (expression != NULL, NULL);

  return runnel_github_rewrite_expression (expression, keep_path, NULL, error);
}

/**
 * runnel_github_secret_name:
 * @secret: the name of a secret
 *
 * Returns: (transfer full): what it is called there: capitals, digits and `_`
 */
char *
runnel_github_secret_name (const char *secret)
{
  char *name;

  g_return_val_if_fail (secret != NULL, NULL);

  name = g_ascii_strup (secret, -1);
  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      *p = '_';

  return name;
}
