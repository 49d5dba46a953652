/* runnel-history-family.c: the runs inside of a run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "history/runnel-history-family.h"

/**
 * runnel_inner_run_free:
 * @self: (transfer full) (nullable): an inner run
 */
void
runnel_inner_run_free (RunnelInnerRun *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->run, runnel_run_record_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

static gboolean
add_children (RunnelHistory *self,
              gint64         run,
              GPtrArray     *family,
              GError       **error)
{
  g_autoptr(GPtrArray) children = runnel_history_list_children (self, run, error);

  if (children == NULL)
    return FALSE;
  g_ptr_array_set_free_func (children, NULL);
  for (guint i = 0; i < children->len; i++)
    {
      RunnelInnerRun *inner = g_new0 (RunnelInnerRun, 1);

      inner->run = g_ptr_array_index (children, i);
      g_ptr_array_add (family, inner);
    }
  for (guint i = family->len - children->len, end = family->len; i < end; i++)
    {
      RunnelInnerRun *inner = g_ptr_array_index (family, i);

      inner->steps = runnel_history_get_steps (self, inner->run->id, error);
      if (inner->steps == NULL || !add_children (self, inner->run->id, family, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * runnel_history_list_family:
 * @self: a history
 * @run: the number of a run
 * @error: return location; %RUNNEL_HISTORY_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type RunnelInnerRun): all runs of subpipelines inside
 *   of @run, at any depth, those of one run in the order in which they began
 */
GPtrArray *
runnel_history_list_family (RunnelHistory *self,
                            gint64         run,
                            GError       **error)
{
  g_autoptr(GPtrArray) family =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_inner_run_free);

  g_return_val_if_fail (self != NULL, NULL);

  return add_children (self, run, family, error) ? g_steal_pointer (&family) : NULL;
}
