/* runnel-cli-order.c: what is to run, and the way from there to its exit code
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-detach.h"
#include "cli/runnel-cli-run.h"
#include "engine/runnel-guard.h"
#include "engine/runnel-origin.h"

/**
 * runnel_cli_order_clear:
 * @self: an order
 */
void
runnel_cli_order_clear (RunnelCliOrder *self)
{
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->parameters, json_object_unref);
  g_clear_pointer (&self->trigger, json_object_unref);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->secrets_file, g_free);
  g_clear_pointer (&self->inheritance, json_node_unref);
  g_clear_pointer (&self->secrets, runnel_secrets_free);
  g_clear_pointer (&self->outputs, json_node_unref);
  g_clear_pointer (&self->ancestry, g_free);
  g_clear_pointer (&self->container, g_free);
  g_clear_pointer (&self->undos, g_ptr_array_unref);
  g_clear_pointer (&self->selection, runnel_selection_free);
  g_clear_pointer (&self->earlier, runnel_earlier_free);
}

/**
 * runnel_cli_check_labels:
 * @order: an order
 * @error: return location for a #RunnelHistoryError
 *
 * Returns: whether the labels that were given are labels
 */
gboolean
runnel_cli_check_labels (RunnelCliOrder  *order,
                         GError         **error)
{
  for (char **label = order->labels; label && *label; label++)
    if (!runnel_history_check_label (*label, error))
      return FALSE;

  return TRUE;
}

/**
 * runnel_cli_part_clear:
 * @self: a part
 */
void
runnel_cli_part_clear (RunnelCliPart *self)
{
  g_clear_pointer (&self->step, g_free);
  g_clear_pointer (&self->from, g_free);
  g_clear_pointer (&self->until, g_free);
}

/**
 * runnel_cli_part_select:
 * @self: what was given
 * @order: the order, with its pipeline and earlier run
 * @error: return location for a %RUNNEL_CLI_ERROR_USAGE or a #RunnelRunError
 *
 * Returns: whether the order now says which steps are to run
 */
gboolean
runnel_cli_part_select (RunnelCliPart   *self,
                        RunnelCliOrder  *order,
                        GError         **error)
{
  RunnelSelectVerb verb = self->failed  ? RUNNEL_SELECT_FAILED
                          : self->step  ? RUNNEL_SELECT_STEP
                          : self->from  ? RUNNEL_SELECT_FROM
                          : self->until ? RUNNEL_SELECT_UNTIL
                                        : RUNNEL_SELECT_ALL;
  const char *step = self->step ? self->step : self->from ? self->from : self->until;

  if (!!self->failed + !!self->step + !!self->from + !!self->until > 1)
    {
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                   "only one of %s--step, --from and --until can be given",
                   order->earlier ? "--failed, " : "");
      return FALSE;
    }
  if (verb == RUNNEL_SELECT_ALL)
    return TRUE;

  order->selection = runnel_selection_new (order->pipeline, verb, step, order->earlier, error);

  return order->selection != NULL;
}

/**
 * runnel_cli_carry_out:
 * @order: what to run
 * @dry_run: whether it is only printed
 * @error: return location for a #RunnelRunError, #RunnelCliError, #RunnelSecretsError,
 *   #RunnelHistoryError or #GIOError
 *
 * All that can be wrong with what was given is found before there is a run. The guard has to be
 * there before threads are, which begin with the history.
 *
 * Returns: the exit code
 */
int
runnel_cli_carry_out (RunnelCliOrder  *order,
                      gboolean         dry_run,
                      GError         **error)
{
  static const char *const successor[] = { "runnel", "after-run", NULL };
  int code = RUNNEL_EXIT_USAGE;

  if (!runnel_cli_take_secrets (order, error) || !runnel_cli_check (order, error))
    return RUNNEL_EXIT_USAGE;
  if (dry_run)
    return runnel_cli_rehearse (order, error);
  if (!runnel_cli_check_limits (order, error))
    return RUNNEL_EXIT_STORE;
  order->origin = runnel_origin_describe ();
  if (order->is_detached && !runnel_cli_detach (&code, error))
    return code;
  fflush (NULL);
  runnel_guard_start (successor);

  return runnel_cli_execute (order, error);
}
