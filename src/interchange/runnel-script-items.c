/* runnel-script-items.c: the steps, legs, hooks and undos that a script knows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interchange/runnel-script.h"

static void
item_free (RunnelScriptItem *self)
{
  g_free (self->key);
  g_free (self->name);
  g_free (self->base);
  g_free (self->values);
  g_free (self->undo);
  g_free (self);
}

/* An id as part of a name in shell, as the dialect makes it, too. */
char *
_runnel_script_get_key (const char *id)
{
  return runnel_shell_get_variable ("", id, NULL);
}

static RunnelScriptItem *
add_item (GPtrArray            *items,
          const RunnelFlowStep *step,
          const char           *key,
          const char           *name)
{
  RunnelScriptItem *item = g_new0 (RunnelScriptItem, 1);

  item->step = step;
  item->key = g_strdup (key);
  item->base = g_strdup (key);
  item->name = g_strdup (name);
  g_ptr_array_add (items, item);

  return item;
}

/* The undo of a step, or of one of its legs. */
static void
add_undo (GPtrArray        *items,
          RunnelScriptItem *item,
          const char       *base)
{
  g_autofree char *key = NULL;
  g_autofree char *name = NULL;
  RunnelScriptItem *undo;

  if (item->step->undo == NULL)
    return;

  key = g_strdup_printf ("%s__undo", item->key);
  name = g_strdup_printf ("%s.undo", item->name);
  undo = add_item (items, item->step->undo, key, name);
  undo->values = g_strdup (item->values);
  g_free (undo->base);
  undo->base = g_strdup_printf ("%s__undo", base);
  item->undo = g_strdup (key);
}

static void
add_legs (GPtrArray            *items,
          const RunnelFlowStep *step,
          const char           *base)
{
  for (guint i = 0; step->legs != NULL && i < step->legs->combinations->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("%s__%u", base, i + 1);
      g_autofree char *name = g_strdup_printf ("%s.%u", step->id, i + 1);
      RunnelScriptItem *leg = add_item (items, step, key, name);

      g_free (leg->base);
      leg->base = g_strdup (base);
      leg->is_leg = TRUE;
      leg->leg = g_ptr_array_index (step->legs->combinations, i);
      leg->values = g_strdup (key);
      add_undo (items, leg, base);
    }
}

static void
add_step (GPtrArray            *items,
          const RunnelFlowStep *step)
{
  g_autofree char *key = _runnel_script_get_key (step->id);
  RunnelScriptItem *item = add_item (items, step, key, step->id);

  item->needs = step->needs;
  if (step->matrix == NULL)
    {
      add_undo (items, item, key);
      return;
    }

  add_legs (items, step, key);
  if (step->undo != NULL)
    {
      add_undo (items, item, key); /* its functions are those of the undos of the legs */
      g_clear_pointer (&item->undo, g_free);
    }
}

static gboolean
check_keys (GPtrArray  *items,
            GError    **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      const RunnelScriptItem *item = g_ptr_array_index (items, i);
      const char *other = g_hash_table_lookup (names, item->key);

      if (other != NULL)
        {
          g_set_error (error, RUNNEL_EXPORT_ERROR, RUNNEL_EXPORT_ERROR_INVALID,
                       "The steps “%s” and “%s” would have the same variables in a shell, which "
                       "knows no “-” in their names; give one of them another id",
                       other, item->name);
          return FALSE;
        }
      g_hash_table_insert (names, item->key, item->name);
    }

  return TRUE;
}

/* Legs stand behind their step, undos behind what they undo, hooks at the end.
 * Returns: (transfer full) (element-type RunnelScriptItem): or NULL with `error` set */
GPtrArray *
_runnel_script_list_items (const RunnelFlow  *flow,
                           GError           **error)
{
  GPtrArray *hooks[] = { flow->on_start, flow->on_success, flow->on_failure, flow->on_finish };
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);

  for (guint i = 0; i < flow->order->len; i++)
    add_step (items, runnel_flow_get_step (flow, g_array_index (flow->order, guint, i)));
  for (guint i = 0; i < G_N_ELEMENTS (hooks); i++)
    for (guint j = 0; j < hooks[i]->len; j++)
      add_step (items, g_ptr_array_index (hooks[i], j));

  return check_keys (items, error) ? g_steal_pointer (&items) : NULL;
}
