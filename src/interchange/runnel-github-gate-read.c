/* runnel-github-gate-read.c: what the `if` of a job says of its links
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The `if` is taken apart at its `&&`. Parts that ask for the result of one job become the link
 * from it, one that asks for one of several becomes the join, and the others stay a condition.
 */
#include "config.h"

#include "interchange/runnel-github-gate.h"

#include <string.h>

#include "expr/runnel-expr-parser.h"
#include "interchange/runnel-github-expr.h"

/* Sets of results. */
enum
{
  SUCCEEDED = 1 << 0,
  FAILED = 1 << 1,
  CANCELLED = 1 << 2,
  SKIPPED = 1 << 3,
  ANY_RESULT = SUCCEEDED | FAILED | CANCELLED | SKIPPED,
};

/* What a part lets through, by link; ANY_RESULT where it does not ask. */
typedef struct
{
  guint *results;
  gboolean *tells;
  guint n_links;
} Ask;

typedef struct
{
  RunnelGithubGate *gate;
  const RunnelGithubNames *names;
  Ask all; /* what parts about one job each leave over */
  Ask any; /* of the one part about several */
  gboolean has_any;
  gboolean runs_anyway; /* a status function is in it: results count as far as it says */
  GString *condition;
  GString *read;
} Reader;

static void
ask_init (Ask *self, guint n_links, guint results)
{
  self->n_links = n_links;
  self->results = g_new (guint, n_links + 1);
  self->tells = g_new0 (gboolean, n_links + 1);
  for (guint i = 0; i < n_links; i++)
    self->results[i] = results;
}

static void
ask_clear (Ask *self)
{
  g_free (self->results);
  g_free (self->tells);
}

/* The tree only has to show the shape, so any context will do for those that Runnel does not know.
 */
static char *
shape_path (const char *const *path,
            guint n_names,
            guint *ret_n_used,
            gpointer user_data,
            GError **error)
{
  const RunnelGithubGate *gate = user_data;
  gboolean is_whole = gate->whole && n_names == 3 && g_str_equal (path[0], "steps");

  *ret_n_used = 1;
  if (is_whole)
    {
      *ret_n_used = 3;
      return g_strdup_printf (g_str_equal (path[2], "outcome")
                                ? "steps.%s.outputs." RUNNEL_GITHUB_RESULT
                                : "steps.%s.result",
                              path[1]);
    }

  return g_strdup (g_ascii_strcasecmp (path[0], "needs") == 0 ? "steps" : "params");
}

static RunnelExprNode *
parse_shape (const RunnelGithubGate *gate, const char *text)
{
  g_autofree char *shape =
    runnel_github_rewrite_expression (text, shape_path, (gpointer) gate, NULL);

  if (shape == NULL)
    return NULL;

  return runnel_expr_parse (shape, shape, shape + strlen (shape), NULL);
}

static const char *
get_text (RunnelExprNode *node)
{
  if (node->type != RUNNEL_NODE_LITERAL && node->type != RUNNEL_NODE_CONTEXT)
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node->value)
      || json_node_get_value_type (node->value) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node->value);
}

/* The member called `name` of something, which is returned; else NULL. */
static RunnelExprNode *
get_owner (RunnelExprNode *node, const char *name)
{
  if (node->type != RUNNEL_NODE_INDEX
      || g_strcmp0 (get_text (runnel_expr_node_get_child (node, 1)), name) != 0)
    return NULL;

  return runnel_expr_node_get_child (node, 0);
}

/* The link whose result the node is; the number of links when it is something else. */
static guint
find_link (const RunnelGithubGate *gate, RunnelExprNode *node, gboolean *ret_tells)
{
  RunnelExprNode *job = get_owner (node, "result");
  const char *id;

  *ret_tells = job == NULL;
  if (job == NULL && (job = get_owner (node, RUNNEL_GITHUB_RESULT)) != NULL)
    job = get_owner (job, "outputs");
  if (job == NULL || job->type != RUNNEL_NODE_INDEX
      || g_strcmp0 (get_text (runnel_expr_node_get_child (job, 0)), "steps") != 0)
    return gate->links->len;

  id = get_text (runnel_expr_node_get_child (job, 1));
  for (guint i = 0; id != NULL && i < gate->links->len; i++)
    if (g_ascii_strcasecmp (g_array_index (gate->links, RunnelGithubLink, i).id, id) == 0)
      return i;

  return gate->links->len;
}

static guint
get_result (const char *word)
{
  static const char *const words[] = { "success", "failure", "cancelled", "skipped" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], word))
      return 1 << i;

  return 0;
}

/* `needs.X.result == 'success'`, and the like. */
static gboolean
read_comparison (const RunnelGithubGate *gate, RunnelExprNode *node, Ask *ask)
{
  gboolean tells;
  const char *word;
  guint link, results;

  if (node->type != RUNNEL_NODE_EQUAL && node->type != RUNNEL_NODE_NOT_EQUAL)
    return FALSE;
  link = find_link (gate, runnel_expr_node_get_child (node, 0), &tells);
  word = get_text (runnel_expr_node_get_child (node, 1));
  if (link == gate->links->len || word == NULL || (*word != '\0' && get_result (word) == 0))
    return FALSE;

  results = get_result (word);
  if (node->type == RUNNEL_NODE_NOT_EQUAL)
    results = ANY_RESULT & ~results;
  ask->results[link] |= results;
  ask->tells[link] |= tells;

  return TRUE;
}

/* Comparisons joined by ||; `ask` comes in with no results. */
static gboolean
read_alternatives (const RunnelGithubGate *gate, RunnelExprNode *node, Ask *ask)
{
  if (node->type != RUNNEL_NODE_OR)
    return read_comparison (gate, node, ask);

  for (guint i = 0; i < runnel_expr_node_get_n_children (node); i++)
    if (!read_alternatives (gate, runnel_expr_node_get_child (node, i), ask))
      return FALSE;

  return TRUE;
}

/* A part that only asks for results of jobs. */
static gboolean
read_results (Reader *self, RunnelExprNode *node)
{
  Ask ask;
  guint n_asked = 0;
  gboolean is_read;

  ask_init (&ask, self->gate->links->len, 0);
  is_read = read_alternatives (self->gate, node, &ask);
  for (guint i = 0; is_read && i < ask.n_links; i++)
    n_asked += ask.results[i] != 0;

  if (n_asked == 1)
    {
      for (guint i = 0; i < ask.n_links; i++)
        if (ask.results[i] != 0)
          {
            self->all.results[i] &= ask.results[i];
            self->all.tells[i] |= ask.tells[i];
          }
    }
  else if (n_asked > 1 && n_asked == ask.n_links && !self->has_any)
    {
      ask_clear (&self->any);
      self->any = ask;
      self->has_any = TRUE;
      return TRUE;
    }
  ask_clear (&ask);

  return n_asked == 1;
}

static gboolean
is_call (RunnelExprNode *node, const char *function)
{
  return node->type == RUNNEL_NODE_CALL && g_ascii_strcasecmp (node->function->name, function) == 0;
}

/* always() and its relatives, which say that results count only as far as the rest says. */
static gboolean
read_status (Reader *self, RunnelExprNode *node)
{
  RunnelExprNode *inner =
    node->type == RUNNEL_NODE_NOT ? runnel_expr_node_get_child (node, 0) : NULL;

  if (is_call (node, "always") || (inner != NULL && is_call (inner, "cancelled")))
    {
      self->runs_anyway = TRUE;
      return TRUE;
    }
  if ((inner != NULL && is_call (inner, "always"))
      || (node->type == RUNNEL_NODE_LITERAL
          && json_node_get_value_type (node->value) == G_TYPE_BOOLEAN
          && !json_node_get_boolean (node->value)))
    {
      self->runs_anyway |= inner != NULL;
      self->gate->disabled = TRUE;
      return TRUE;
    }

  return is_call (node, "success");
}

static gboolean
is_guard (const RunnelGithubGate *gate, const char *part)
{
  return g_ptr_array_find_with_equal_func (gate->guards, part, g_str_equal, NULL);
}

/* What remains a condition; a part without a counterpart is left out and told of. */
static void
add_condition (Reader *self, const char *part)
{
  g_autoptr(GString) plain = g_string_new (part);
  g_autofree char *read = NULL;
  gboolean needs_parentheses = runnel_github_has_or (part);

  g_string_replace (plain, "contains(needs.*.result, 'failure')", "failure()", 0);
  if (self->gate->whole)
    read = g_strdup (part);
  else
    read = runnel_github_read_expression (plain->str, self->names, NULL);
  if (read == NULL)
    {
      g_free (self->gate->unread);
      self->gate->unread = g_strdup (part);
      return;
    }
  g_string_append_printf (self->read, needs_parentheses ? "%s(%s)" : "%s%s",
                          self->read->len > 0 ? " && " : "", read);
  g_string_append_printf (self->condition, needs_parentheses ? "%s(%s)" : "%s%s",
                          self->condition->len > 0 ? " && " : "", part);
}

static void
read_part (Reader *self, const char *part)
{
  g_autoptr(RunnelExprNode) node = parse_shape (self->gate, part);

  if (node != NULL && read_status (self, node))
    return;
  if (is_guard (self->gate, part))
    return;
  if (self->runs_anyway && node != NULL && read_results (self, node))
    return;
  add_condition (self, part);
}

static gboolean
get_on (guint results, RunnelOn *ret_on)
{
  *ret_on = results == SUCCEEDED              ? RUNNEL_ON_SUCCESS
            : results == FAILED               ? RUNNEL_ON_FAILURE
            : results == (SUCCEEDED | FAILED) ? RUNNEL_ON_FINISHED
                                              : RUNNEL_ON_ALWAYS;

  return *ret_on != RUNNEL_ON_ALWAYS || results == ANY_RESULT;
}

/* What was asked of a job, but is no link: a condition on its conclusion. */
static void
add_result_condition (Reader *self, const char *id, guint results)
{
  static const char *const words[] = { "success", "failure", "cancelled", "skipped" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((results & (1 << i)) == 0)
      {
        g_autofree char *part = g_strdup_printf ("needs.%s.result != '%s'", id, words[i]);

        add_condition (self, part);
      }
}

/* Of a join that forgives skips, the results asked for one by one follow from the links. */
static gboolean
is_none_failed (const Reader *self)
{
  for (guint i = 0; i < self->any.n_links; i++)
    {
      RunnelOn on;
      guint expected;

      get_on (self->any.results[i], &on);
      expected = on == RUNNEL_ON_SUCCESS  ? ANY_RESULT & ~(FAILED | CANCELLED)
                 : on == RUNNEL_ON_ALWAYS ? ANY_RESULT
                                          : ANY_RESULT & ~CANCELLED;
      if (self->all.results[i] != expected)
        return FALSE;
    }

  return TRUE;
}

static void
set_links (Reader *self)
{
  RunnelGithubGate *gate = self->gate;
  gboolean is_any = self->has_any;
  gboolean is_none = is_any && is_none_failed (self);

  gate->join = is_none ? RUNNEL_JOIN_NONE_FAILED : is_any ? RUNNEL_JOIN_ANY : RUNNEL_JOIN_ALL;
  for (guint i = 0; i < gate->links->len; i++)
    {
      RunnelGithubLink *link = &g_array_index (gate->links, RunnelGithubLink, i);
      guint results = is_any ? self->any.results[i] : self->all.results[i];

      link->tells = self->all.tells[i] || (is_any && self->any.tells[i]);
      if (!get_on (results, &link->on)
          || (is_any && !is_none && self->all.results[i] != ANY_RESULT))
        add_result_condition (self, link->id, is_any ? self->all.results[i] : results);
    }
}

/* Whether any of the parts lets GitHub look at the rest although something before failed. */
static gboolean
finds_status (GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);

      if (runnel_github_calls_status (part) && !g_str_equal (part, "success()"))
        return TRUE;
    }

  return FALSE;
}

/**
 * runnel_github_gate_read:
 * @self: a gate with its `links`, of which only the ids are known yet, and its `guards`
 * @text: (nullable): the text of `if` without `${{ }}`; %NULL when there is none
 * @names: (nullable): as of runnel_github_read_expression()
 *
 * Fills in what @text says: `on` of the links, `join`, `disabled`, `condition` and `read`, and in
 * `unread` a part that Runnel has no words for.
 */
void
runnel_github_gate_read (RunnelGithubGate *self, const char *text, const RunnelGithubNames *names)
{
  g_autoptr(GPtrArray) parts = runnel_github_split_and (text != NULL ? text : "success()");
  Reader reader = { .gate = self, .names = names };

  g_return_if_fail (self != NULL);

  reader.condition = g_string_new (NULL);
  reader.read = g_string_new (NULL);
  reader.runs_anyway = finds_status (parts);
  ask_init (&reader.all, self->links->len, reader.runs_anyway ? ANY_RESULT : SUCCEEDED);
  ask_init (&reader.any, self->links->len, 0);
  self->is_implicit = !reader.runs_anyway;

  for (guint i = 0; i < parts->len; i++)
    read_part (&reader, g_ptr_array_index (parts, i));
  set_links (&reader);

  self->condition = g_string_free (reader.condition, reader.condition->len == 0);
  self->read = g_string_free (reader.read, reader.read->len == 0);
  ask_clear (&reader.all);
  ask_clear (&reader.any);
}
