/* runnel-github-facts.c: what the jobs of an export have to know of each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-github-private.h"
#include "model/runnel-json-write.h"

static void
clear_facts (gpointer data)
{
  RunnelGithubFacts *facts = data;

  g_clear_pointer (&facts->reads, g_ptr_array_unref);
}

static RunnelGithubFacts *
get (GArray *facts, guint position)
{
  return &g_array_index (facts, RunnelGithubFacts, position);
}

/* A failure that is made good must not end the workflow as failed. Of a matrix the outcomes of the
 * combinations would overwrite each other, so there it does. */
static void
find_tellers (const RunnelFlow *flow, GArray *facts)
{
  for (guint i = 0; i < flow->steps->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);

      for (guint j = 0; j < step->needs->len; j++)
        {
          const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, j);
          const RunnelFlowStep *before = runnel_flow_get_step (flow, need->step);

          if (need->handles && before->matrix == NULL && before->body == RUNNEL_FLOW_SHELL
              && !before->continues)
            get (facts, need->step)->tells = TRUE;
        }
    }
}

/* What the texts of a step name of other steps. */

typedef struct
{
  const RunnelFlow *flow;
  const RunnelFlowStep *step;
  GArray *facts;
} Visit;

static gboolean
has_link (const RunnelFlowStep *step, guint before)
{
  for (guint i = 0; i < step->needs->len; i++)
    if (g_array_index (step->needs, RunnelFlowNeed, i).step == before)
      return TRUE;

  return FALSE;
}

static char *
visit_path (const char *const *path,
            guint n_names,
            guint *ret_n_used,
            gpointer user_data,
            GError **error)
{
  Visit *self = user_data;
  const RunnelFlowStep *other;

  if (n_names < 3 || g_ascii_strcasecmp (path[0], "steps") != 0)
    return NULL;
  other = runnel_flow_find_step (self->flow, path[1]);
  if (other == NULL)
    return NULL;
  if (g_ascii_strcasecmp (path[2], "outcome") == 0)
    get (self->facts, other->index)->is_asked = TRUE;
  if (self->step->index < self->flow->steps->len && other != self->step
      && !has_link (self->step, other->index))
    {
      GPtrArray *reads = get (self->facts, self->step->index)->reads;

      if (!g_ptr_array_find (reads, other->id, NULL))
        g_ptr_array_add (reads, (gpointer) other->id);
    }

  return NULL;
}

static char *
visit_expression (const char *expression, gpointer user_data, GError **error)
{
  return runnel_github_rewrite_expression (expression, visit_path, user_data, error);
}

static void
visit_text (Visit *self, const char *text)
{
  g_autofree char *same = NULL;

  if (text != NULL && strstr (text, "${{") != NULL)
    same = runnel_github_rewrite_text (text, visit_expression, self, NULL);
}

static void
visit_json (Visit *self, JsonNode *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  runnel_json_write_compact (text, value);
  visit_text (self, text->str);
}

static void
visit_step (const RunnelFlow *flow, const RunnelFlowStep *step, GArray *facts)
{
  Visit self = { flow, step, facts };
  g_autofree char *same = NULL;

  if (step->condition != NULL)
    same = visit_expression (step->condition, &self, NULL);
  for (guint i = 0; i < step->env->len; i++)
    visit_text (&self, g_array_index (step->env, RunnelFlowVariable, i).value);
  visit_text (&self, step->folder);
  for (guint i = 0; i < step->artifacts->len; i++)
    visit_text (&self, g_ptr_array_index (step->artifacts, i));
  if (step->matrix != NULL)
    visit_json (&self, step->matrix);
  if (step->body == RUNNEL_FLOW_PIPELINE && json_object_has_member (step->with, "parameters"))
    visit_json (&self, json_object_get_member (step->with, "parameters"));
  if (step->body == RUNNEL_FLOW_APPROVAL && json_object_has_member (step->with, "prompt"))
    visit_json (&self, json_object_get_member (step->with, "prompt"));
}

static void
visit_hooks (const RunnelFlow *flow, GPtrArray *hooks, GArray *facts)
{
  for (guint i = 0; i < hooks->len; i++)
    visit_step (flow, g_ptr_array_index (hooks, i), facts);
}

/* What follows from the steps before; in the order in which they run. */

static gboolean
reads_plain (const RunnelFlow *flow, GPtrArray *reads, GArray *facts)
{
  for (guint i = 0; i < reads->len; i++)
    if (!get (facts, runnel_flow_find_step (flow, g_ptr_array_index (reads, i))->index)->is_plain)
      return FALSE;

  return TRUE;
}

static gboolean
is_plain (const RunnelFlow *flow, const RunnelFlowStep *step, GArray *facts)
{
  if (step->enabled == RUNNEL_DISABLED || flow->on_start->len > 0
      || (step->join != RUNNEL_JOIN_ALL && step->needs->len > 1)
      || (step->condition != NULL && runnel_github_calls_status (step->condition)))
    return FALSE;

  for (guint i = 0; i < step->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (step->needs, RunnelFlowNeed, i);
      const RunnelGithubFacts *before = get (facts, need->step);

      if (need->on != RUNNEL_ON_SUCCESS || before->tells || !before->is_plain)
        return FALSE;
    }

  return reads_plain (flow, get (facts, step->index)->reads, facts);
}

static gboolean
has_artifacts_before (const RunnelFlow *flow, const RunnelFlowStep *step, GArray *facts)
{
  for (guint i = 0; i < step->needs->len; i++)
    {
      guint before = g_array_index (step->needs, RunnelFlowNeed, i).step;

      if (runnel_flow_get_step (flow, before)->artifacts->len > 0
          || get (facts, before)->has_artifacts_before)
        return TRUE;
    }

  return FALSE;
}

/* Returns (transfer full) facts of all steps, by their position. */
GArray *
_runnel_github_find_facts (const RunnelFlow *flow)
{
  GArray *facts = g_array_new (FALSE, TRUE, sizeof (RunnelGithubFacts));

  g_array_set_clear_func (facts, clear_facts);
  g_array_set_size (facts, flow->steps->len);
  for (guint i = 0; i < facts->len; i++)
    get (facts, i)->reads = g_ptr_array_new ();

  find_tellers (flow, facts);
  for (guint i = 0; i < facts->len; i++)
    {
      const RunnelFlowStep *step = runnel_flow_get_step (flow, i);

      visit_step (flow, step, facts);
      if (step->undo != NULL)
        visit_step (flow, step->undo, facts);
    }
  visit_hooks (flow, flow->on_start, facts);
  visit_hooks (flow, flow->on_success, facts);
  visit_hooks (flow, flow->on_failure, facts);
  visit_hooks (flow, flow->on_finish, facts);
  for (guint i = 0; i < flow->order->len; i++)
    {
      const RunnelFlowStep *step =
        runnel_flow_get_step (flow, g_array_index (flow->order, guint, i));

      get (facts, step->index)->is_plain = is_plain (flow, step, facts);
      get (facts, step->index)->has_artifacts_before = has_artifacts_before (flow, step, facts);
    }

  return facts;
}

const RunnelGithubFacts *
_runnel_github_get_facts (const RunnelGithubExport *self, guint step)
{
  g_assert (step < self->facts->len);

  return get (self->facts, step);
}
