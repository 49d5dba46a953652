/* runnel-script-table.c: what an exported script looks up of its steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-script.h"

/* How urgent a step is among those that may start; as in runnel-plan.c. */
typedef struct
{
  int priority;
  guint length; /* of the longest path that begins with it, in steps */
  guint step;
} Urgency;

static int
compare_urgency (gconstpointer a,
                 gconstpointer b)
{
  const Urgency *left = a;
  const Urgency *right = b;

  if (left->priority != right->priority)
    return left->priority > right->priority ? -1 : 1;
  if (left->length != right->length)
    return left->length > right->length ? -1 : 1;

  return left->step < right->step ? -1 : 1;
}

static Urgency *
rank_steps (const RunnelFlow *flow)
{
  Urgency *urgencies = g_new0 (Urgency, MAX (flow->steps->len, 1));

  for (guint i = flow->order->len; i-- > 0;)
    {
      guint index = g_array_index (flow->order, guint, i);
      const RunnelFlowStep *step = runnel_flow_get_step (flow, index);
      guint longest = 0;

      for (guint j = 0; j < step->followers->len; j++)
        longest = MAX (longest, urgencies[g_array_index (step->followers, guint, j)].length);
      urgencies[index] = (Urgency){ step->priority, longest + 1, index };
    }
  qsort (urgencies, flow->steps->len, sizeof *urgencies, compare_urgency);

  return urgencies;
}

/* The step and its legs. */
static void
append_keys (GString              *text,
             GPtrArray            *items,
             const RunnelFlowStep *step)
{
  for (guint i = 0; i < items->len; i++)
    {
      const RunnelScriptItem *item = g_ptr_array_index (items, i);

      if (item->step == step)
        g_string_append_printf (text, " %s", item->key);
    }
}

static void
add_urgency (RunnelScript *self,
             GPtrArray    *items)
{
  g_autofree Urgency *urgencies = rank_steps (self->flow);
  g_autoptr(GString) keys = g_string_new (NULL);

  for (guint i = 0; i < self->flow->steps->len; i++)
    append_keys (keys, items, runnel_flow_get_step (self->flow, urgencies[i].step));
  g_string_append_printf (self->text, "steps='%s'\n", keys->len > 0 ? keys->str + 1 : "");
}

static void
add_order (RunnelScript *self,
           GPtrArray    *items)
{
  g_autoptr(GString) all = g_string_new (NULL);
  g_autoptr(GString) backwards = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const RunnelScriptItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (all, "%s%s", i > 0 ? " " : "", item->key);
      if (item->step->index != G_MAXUINT && !item->is_leg)
        {
          g_string_prepend (backwards, " ");
          g_string_prepend (backwards, item->key);
        }
    }
  g_string_append_printf (self->text, "all='%s'\nbackwards='%s'\n", all->str,
                          g_strchomp (backwards->str));
}

static void
add_hooks (RunnelScript *self,
           const char   *variable,
           GPtrArray    *hooks)
{
  g_string_append_printf (self->text, "%s='", variable);
  for (guint i = 0; i < hooks->len; i++)
    {
      g_autofree char *key =
        _runnel_script_get_key (((RunnelFlowStep *) g_ptr_array_index (hooks, i))->id);

      g_string_append_printf (self->text, "%s%s", i > 0 ? " " : "", key);
    }
  g_string_append (self->text, "'\n");
}

static void
add_pools (RunnelScript *self)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *slots;

  if (self->flow->pools == NULL)
    return;

  json_object_iter_init (&iter, self->flow->pools);
  while (json_object_iter_next (&iter, &name, &slots))
    {
      g_autofree char *key = _runnel_script_get_key (name);

      g_string_append_printf (self->text, "pool_%s=%" G_GINT64_FORMAT "\n", key,
                              json_node_get_int (slots));
    }
}

static void
append_needs (RunnelScript           *self,
              const RunnelScriptItem *item)
{
  g_string_append (self->text, " needs='");
  for (guint i = 0; i < item->needs->len; i++)
    {
      const RunnelFlowNeed *need = &g_array_index (item->needs, RunnelFlowNeed, i);
      g_autofree char *key =
        _runnel_script_get_key (runnel_flow_get_step (self->flow, need->step)->id);

      g_string_append_printf (self->text, "%s%s:%s%s", i > 0 ? " " : "",
                              runnel_on_to_string (need->on), key, need->handles ? ":handles" : "");
    }
  g_string_append_c (self->text, '\'');
  if (item->needs->len > 1 && item->step->join != RUNNEL_JOIN_ALL)
    g_string_append_printf (self->text, " join=%s", runnel_join_to_string (item->step->join));
}

static void
append_matrix (RunnelScript           *self,
               const RunnelScriptItem *item)
{
  const RunnelMatrix *legs = item->step->legs;

  g_string_append (self->text, " matrix=1 legs='");
  for (guint i = 0; i < legs->combinations->len; i++)
    g_string_append_printf (self->text, "%s%s__%u", i > 0 ? " " : "", item->key, i + 1);
  g_string_append_c (self->text, '\'');
  if (legs->max_parallel > 0)
    g_string_append_printf (self->text, " at_once=%u", legs->max_parallel);
  if (!legs->fail_fast)
    g_string_append (self->text, " fail_fast=0");
}

static void
append_attempts (RunnelScript         *self,
                 const RunnelFlowStep *step)
{
  if (step->timeout > 0)
    g_string_append (self->text, " limited=1");
  if (step->retry != NULL && step->retry->max > 0)
    g_string_append_printf (self->text, " retries=%u", step->retry->max);
  if (step->continues || step->continues_if != NULL)
    g_string_append (self->text, " tolerant=1");
  if (step->artifacts->len > 0)
    g_string_append (self->text, " artifacts=1");
  if (step->body == RUNNEL_FLOW_APPROVAL || g_str_equal (step->kind, "wait"))
    g_string_append (self->text, " place=0");
  if (step->pool != NULL && self->flow->pools != NULL
      && json_object_has_member (self->flow->pools, step->pool))
    {
      g_autofree char *pool = _runnel_script_get_key (step->pool);

      g_string_append_printf (self->text, " pool=%s slots=%" G_GINT64_FORMAT, pool,
                              MAX (step->slots, 1));
    }
}

static void
append_own (RunnelScript           *self,
            const RunnelScriptItem *item)
{
  const RunnelFlowStep *step = item->step;

  if (item->needs != NULL && item->needs->len > 0)
    append_needs (self, item);
  if (step->condition != NULL)
    g_string_append (self->text, " conditional=1");
  if (step->enabled != RUNNEL_ENABLED)
    g_string_append (self->text,
                     step->enabled == RUNNEL_DISABLED ? " enabled=no" : " enabled=bypass");
  if (step->legs != NULL)
    append_matrix (self, item);
  append_attempts (self, step);
}

static void
add_row (RunnelScript           *self,
         const RunnelScriptItem *item)
{
  g_autofree char *name = runnel_flow_quote (item->name);
  gboolean shares = !g_str_equal (item->key, item->base);

  g_string_append_printf (self->text, "    %s) ", item->key);
  if (shares)
    g_string_append_printf (self->text, "look_up %s; ", item->base);
  g_string_append_printf (self->text, "id=%s", name);
  if (item->is_leg)
    g_string_append_printf (self->text, " leg_of=%s needs='' conditional=0 matrix=0 legs=''",
                            item->base);
  if (item->values != NULL)
    g_string_append_printf (self->text, " values=%s", item->values);
  if (!shares)
    append_own (self, item);
  if (item->undo != NULL)
    g_string_append_printf (self->text, " undo=%s", item->undo);
  g_string_append (self->text, " ;;\n");
}

/* The lists of steps, and look_up(), which tells of one. */
void
_runnel_script_add_table (RunnelScript *self,
                          GPtrArray    *items)
{
  const RunnelFlow *flow = self->flow;

  add_urgency (self, items);
  add_order (self, items);
  add_hooks (self, "on_start", flow->on_start);
  add_hooks (self, "on_success", flow->on_success);
  add_hooks (self, "on_failure", flow->on_failure);
  add_hooks (self, "on_finish", flow->on_finish);
  add_pools (self);
  g_string_append_printf (self->text, "rolls_back=%d\n", flow->rolls_back);
  if (flow->jobs > 0)
    g_string_append_printf (self->text, "jobs=%u\n", flow->jobs);
  else
    g_string_append (self->text, "jobs=$(count_processors)\n");

  g_string_append (
    self->text,
    "\n# What the pipeline says of step $1. A link is OUTCOME:STEP.\nlook_up () {\n"
    "  needs='' join=all enabled=yes conditional=0 matrix=0 legs='' at_once=0 fail_fast=1\n"
    "  leg_of='' values='' place=1 pool='' slots=0 retries=0 limited=0 tolerant=0 artifacts=0\n"
    "  undo='' base=$1 output_prefix=$1\n"
    "  case $1 in\n");
  for (guint i = 0; i < items->len; i++)
    add_row (self, g_ptr_array_index (items, i));
  g_string_append (self->text, "  esac\n}\n");
}
