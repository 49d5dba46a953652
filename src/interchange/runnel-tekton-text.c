/* runnel-tekton-text.c: values and conditions in the words of Tekton
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It replaces references, $(params.x), and knows no expressions: a condition is a list of values
 * that another one is in or not in.
 */
#include "config.h"

#include "interchange/runnel-tekton-private.h"

#include <string.h>

#include "engine/runnel-run.h"
#include "interchange/runnel-dialect.h"

typedef struct
{
  const RunnelFlow *flow;
  const RunnelFlowStep *step;
  RunnelKubeNames *names;
  GPtrArray *secrets;    /* of char *, or NULL = none may be named */
  gboolean is_computed;  /* something in the text depends on other tasks or the leg */
} Scope;

static char *
say_output (Scope             *self,
            const char *const *path)
{
  RunnelFlowStep *step = runnel_flow_find_step (self->flow, path[1]);

  if (step == NULL || self->step == NULL || step->matrix != NULL
      || !runnel_kube_is_before (self->flow, self->step, step->index))
    return NULL;
  self->is_computed = TRUE;
  return g_strdup_printf ("$(tasks.%s.results.%s)", runnel_kube_names_get (self->names, step->id),
                          path[3]);
}

static char *
say_reference (const char *const *path,
               gpointer           user_data,
               GError           **error)
{
  Scope *self = user_data;
  const guint n_parts = g_strv_length ((char **) path);
  char *said = NULL;

  if (n_parts == 2 && g_str_equal (path[0], "params"))
    {
      said = g_strdup_printf ("$(params.%s)", path[1]);
    }
  else if (n_parts == 2 && g_str_equal (path[0], "matrix") && self->step != NULL
           && self->step->matrix != NULL)
    {
      said = g_strdup_printf ("$(params.matrix-%s)", path[1]);
    }
  else if (n_parts == 2 && g_str_equal (path[0], "secrets") && self->secrets != NULL)
    {
      g_autofree char *variable = runnel_parameters_get_variable ("RUNNEL_SECRET_", path[1]);

      g_ptr_array_add (self->secrets, g_strdup (path[1]));
      said = g_strdup_printf ("$(%s)", variable);
    }
  else if (n_parts == 4 && g_str_equal (path[0], "steps") && g_str_equal (path[2], "outputs"))
    {
      said = say_output (self, path);
    }
  if (said == NULL)
    g_set_error (error, RUNNEL_DIALECT_ERROR, RUNNEL_DIALECT_ERROR_INEXPRESSIBLE,
                 "Tekton has no word for “%s”", path[0]);
  return said;
}

static char *
escape (const char *text,
        gpointer    user_data)
{
  return runnel_kube_escape (text);
}

static const RunnelDialect dialect = { .reference = say_reference, .escape = escape };

/**
 * _runnel_tekton_say_text:
 * @flow: a pipeline
 * @step: (nullable): the step whose text it is
 * @names: names of tasks
 * @text: a text with any number of `${{ }}`
 * @secrets: (nullable): takes the names of the secrets in it, which are variables there
 * @ret_is_computed: (out): whether it must enter the task as a parameter
 * @error: return location for a %RUNNEL_DIALECT_ERROR
 *
 * Returns: (transfer full): the text as Tekton takes it, or %NULL with @error set
 */
char *
_runnel_tekton_say_text (const RunnelFlow     *flow,
                         const RunnelFlowStep *step,
                         RunnelKubeNames      *names,
                         const char           *text,
                         GPtrArray            *secrets,
                         gboolean             *ret_is_computed,
                         GError              **error)
{
  Scope scope = { flow, step, names, secrets, FALSE };
  char *said = runnel_dialect_say_text (&dialect, text, &scope, error);

  *ret_is_computed = scope.is_computed;
  return said;
}

/* Conditions. */

static const RunnelParameter *
find_parameter (const RunnelFlow *flow,
                const char       *name)
{
  for (guint i = 0; i < flow->n_parameters; i++)
    if (g_str_equal (flow->parameters[i].name, name))
      return &flow->parameters[i];
  return NULL;
}

static void
add_when (JsonArray  *list,
          const char *input,
          gboolean    is_in,
          const char *value)
{
  JsonObject *when = json_object_new ();

  json_object_set_string_member (when, "input", input);
  json_object_set_string_member (when, "operator", is_in ? "in" : "notin");
  json_array_add_string_element (runnel_kube_add_array (when, "values"), value);
  json_array_add_object_element (list, when);
}

/* Tekton tells capitals apart and Runnel does not: only where that makes no difference it can be
 * said. */
static gboolean
is_exact (const RunnelFlow      *flow,
          const RunnelParameter *parameter,
          const char            *value)
{
  gboolean is_found = FALSE;

  if (_runnel_tekton_has_own (flow))
    return TRUE;
  for (guint i = 0; parameter->choices != NULL && parameter->choices[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (parameter->choices[i], value) == 0
          && !g_str_equal (parameter->choices[i], value))
        return FALSE;
      is_found = is_found || g_str_equal (parameter->choices[i], value);
    }
  return is_found;
}

/* One side of `&&`: params.x == 'v', params.x, !params.x */
static gboolean
add_term (const RunnelFlow *flow,
          JsonArray        *list,
          const char       *term,
          RunnelKubeNames  *names)
{
  g_autoptr (GRegex) regex = g_regex_new (
    "^(!?)(params\\.([A-Za-z_][A-Za-z0-9_-]*)|steps\\.([A-Za-z_][A-Za-z0-9_-]*)\\.outputs\\."
    "([A-Za-z_][A-Za-z0-9_-]*))(?: *(==|!=) *'([^'$]*)')?$",
    0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *name = NULL;
  g_autofree char *not = NULL;
  g_autofree char *operator = NULL;
  g_autofree char *value = NULL;
  g_autofree char *input = NULL;
  const RunnelParameter *parameter;

  if (!g_regex_match (regex, term, 0, &match))
    return FALSE;
  not = g_match_info_fetch (match, 1);
  name = g_match_info_fetch (match, 3);
  operator = g_match_info_fetch (match, 6);
  value = g_match_info_fetch (match, 7);
  if (name == NULL || *name == '\0')
    {
      g_autofree char *step = g_match_info_fetch (match, 4);
      g_autofree char *output = g_match_info_fetch (match, 5);

      if (!_runnel_tekton_has_own (flow) || runnel_flow_find_step (flow, step) == NULL
          || operator== NULL || * operator== '\0' || * not!= '\0')
        return FALSE;
      input =
        g_strdup_printf ("$(tasks.%s.results.%s)", runnel_kube_names_get (names, step), output);
      add_when (list, input, g_str_equal (operator, "=="), value);
      return TRUE;
    }
  parameter = find_parameter (flow, name);
  input = g_strdup_printf ("$(params.%s)", name);
  if (parameter == NULL)
    return FALSE;
  if (operator != NULL && *operator != '\0')
    {
      if (*not != '\0' || parameter->type == RUNNEL_PARAMETER_NUMBER
          || !is_exact (flow, parameter, value))
        return FALSE;
      add_when (list, input, g_str_equal (operator, "=="), value);
      return TRUE;
    }
  if (parameter->type != RUNNEL_PARAMETER_BOOLEAN)
    return FALSE;
  add_when (list, input, *not == '\0', "true");
  return TRUE;
}

/**
 * _runnel_tekton_say_when:
 * @flow: a pipeline
 * @step: a step with a condition
 * @names: names of tasks
 *
 * Returns: (transfer full) (nullable): its condition as `when`, or %NULL if that can't say it
 */
JsonArray *
_runnel_tekton_say_when (const RunnelFlow     *flow,
                         const RunnelFlowStep *step,
                         RunnelKubeNames      *names)
{
  g_autoptr(JsonArray) list = json_array_new ();
  g_auto(GStrv) terms = g_strsplit (step->condition, "&&", -1);

  for (guint i = 0; terms[i] != NULL; i++)
    if (!add_term (flow, list, g_strstrip (terms[i]), names))
      return NULL;
  return g_steal_pointer (&list);
}

/* Whether Tekton's own rules say what is wanted. */

static gboolean
has_only_plain_links (const RunnelFlow *flow)
{
  for (guint i = 0; i < flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, i);

      if (step->needs->len > 1 && step->join != RUNNEL_JOIN_ALL)
        return FALSE;
      if (step->continues || step->enabled != RUNNEL_ENABLED)
        return FALSE;
      for (guint j = 0; j < step->needs->len; j++)
        if (g_array_index (step->needs, RunnelFlowNeed, j).on != RUNNEL_ON_SUCCESS)
          return FALSE;
    }
  return TRUE;
}

static gboolean
has_only_plain_conditions (const RunnelFlow *flow)
{
  g_autoptr(RunnelKubeNames) names = runnel_kube_names_new (FALSE);

  for (guint i = 0; i < flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, i);
      g_autoptr(JsonArray) when = NULL;

      if (step->condition != NULL && (when = _runnel_tekton_say_when (flow, step, names)) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* More steps are not compared with each other. */
#define MOST_STEPS 1000

/* The steps before each, as a bit for each. */
static guint8 *
get_ancestors (const RunnelFlow *flow,
               guint             n_bytes)
{
  guint8 *bits = g_malloc0 ((gsize) flow->steps->len * n_bytes);

  for (guint i = 0; i < flow->order->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, g_array_index (flow->order, guint, i));
      guint8 *mine = bits + (gsize) step->index * n_bytes;

      for (guint j = 0; j < step->needs->len; j++)
        {
          guint before = g_array_index (step->needs, RunnelFlowNeed, j).step;
          const guint8 *theirs = bits + (gsize) before * n_bytes;

          for (guint k = 0; k < n_bytes; k++)
            mine[k] |= theirs[k];
          mine[before / 8] |= 1 << (before % 8);
        }
    }
  return bits;
}

/* When a task fails, Tekton starts no other. That changes nothing if whatever does not come behind
 * it had been started by then: everything that such a step needs comes before the one that fails,
 * too. */
static gboolean
stops_nothing (const RunnelFlow *flow)
{
  const guint n_steps = flow->steps->len;
  const guint n_bytes = (n_steps + 7) / 8;
  g_autofree guint8 *bits = NULL;

  if (n_steps > MOST_STEPS)
    return FALSE;
  bits = get_ancestors (flow, n_bytes);
#define IS_BEFORE(a, b) (bits[(gsize) (b) * n_bytes + (a) / 8] & (1 << ((a) % 8)))
  for (guint x = 0; x < n_steps; x++)
    for (guint y = 0; y < n_steps; y++)
      {
        RunnelFlowStep *other = runnel_flow_get_step (flow, y);

        if (x == y || IS_BEFORE (x, y) || IS_BEFORE (y, x))
          continue;
        for (guint i = 0; i < other->needs->len; i++)
          if (!IS_BEFORE (g_array_index (other->needs, RunnelFlowNeed, i).step, x))
            return FALSE;
      }
#undef IS_BEFORE
  return TRUE;
}

/* Whether there are constructs of Tekton in it, which can't be told apart from what Tekton does
 * with them. */
gboolean
_runnel_tekton_has_own (const RunnelFlow *flow)
{
  if (runnel_flow_get_foreign (flow->foreign, "tekton") != NULL)
    return TRUE;
  for (guint i = 0; i < flow->steps->len; i++)
    {
      RunnelFlowStep *step = runnel_flow_get_step (flow, i);

      if (step->body == RUNNEL_FLOW_FOREIGN
          && g_strcmp0 (runnel_kube_get_string (step->with, "system"), "tekton") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether the tasks are told what to do by runAfter and when; else each decides by itself. */
gboolean
_runnel_tekton_is_plain (const RunnelFlow *flow)
{
  return _runnel_tekton_has_own (flow)
         || (has_only_plain_links (flow) && has_only_plain_conditions (flow)
             && stops_nothing (flow));
}
