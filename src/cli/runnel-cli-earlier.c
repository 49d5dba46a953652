/* runnel-cli-earlier.c: orders a run that takes up an earlier one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "cli/runnel-cli-earlier.h"
#include "engine/limits/runnel-ancestry.h"
#include "engine/secrets/runnel-secret-mask.h"
#include "history/runnel-history-earlier.h"

static gboolean
is_declared (RunnelPipeline *pipeline,
             const char     *name)
{
  const RunnelParameter *parameters;
  guint n;

  parameters = runnel_pipeline_get_parameters (pipeline, &n);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (parameters[i].name, name))
      return TRUE;

  return FALSE;
}

/* The history has *** in place of secrets, and a run with that would do something else. */
static gboolean
check_not_hidden (const char  *name,
                  JsonNode    *value,
                  GError     **error)
{
  g_autofree char *text = json_to_string (value, FALSE);

  if (!strstr (text, RUNNEL_SECRET_HIDDEN))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "there was a secret in the parameter %s, which is not kept; start the pipeline anew, "
               "or give it with --param %s=VALUE", name, name);

  return FALSE;
}

/* Those of the earlier run hold where none are given, if the pipeline still has them. */
static gboolean
read_parameters (const RunnelRunRecord  *record,
                 const char *const      *assignments,
                 RunnelCliOrder         *order,
                 GError                **error)
{
  JsonObject *inherited = runnel_cli_get_inherited (order, "parameters");
  JsonNode *earlier = record->details ? json_object_get_member (record->details, "parameters") : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  order->parameters = runnel_parameters_from_strings (order->pipeline, assignments, error);
  if (!order->parameters || !earlier || !JSON_NODE_HOLDS_OBJECT (earlier))
    return order->parameters != NULL;

  json_object_iter_init (&iter, json_node_get_object (earlier));
  while (json_object_iter_next (&iter, &name, &value))
    if (!json_object_has_member (order->parameters, name) && !JSON_NODE_HOLDS_NULL (value) &&
        is_declared (order->pipeline, name))
      {
        if (inherited && json_object_has_member (inherited, name))
          value = json_object_get_member (inherited, name);
        else if (!check_not_hidden (name, value, error))
          return FALSE;
        json_object_set_member (order->parameters, name, json_node_copy (value));
      }

  return TRUE;
}

static gboolean
read_pipeline (RunnelHistory          *history,
               const RunnelRunRecord  *record,
               RunnelCliDefinition     definition,
               RunnelCliOrder         *order,
               GError                **error)
{
  order->file = g_strdup (record->file);
  if (definition == RUNNEL_CLI_AS_GIVEN)
    order->text = runnel_cli_read_stdin (&order->length, error);
  else if (definition == RUNNEL_CLI_AS_IN_FILE)
    order->text = runnel_cli_read_file (order->file, &order->length, error);
  else
    order->text = runnel_history_get_text (history, record->id, error);
  if (!order->text)
    return FALSE;
  if (definition == RUNNEL_CLI_AS_IT_RAN)
    order->length = strlen (order->text);

  order->pipeline = runnel_cli_read_pipeline (order->file, order->text, order->length, error);

  return order->pipeline != NULL;
}

/* It ran no steps, and what it did not undo is still to be undone in the run that it rolled back. */
static gboolean
check_no_rollback (const RunnelRunRecord  *record,
                   GError                **error)
{
  if (!runnel_run_record_is_rollback (record))
    return TRUE;

  g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
               "run %" G_GINT64_FORMAT " rolled run %" G_GINT64_FORMAT " back, so take up that one: "
               "`runnel rollback %" G_GINT64_FORMAT "` undoes what is left",
               record->id, record->origin, record->origin);

  return FALSE;
}

static JsonObject *
make_trigger (const char *kind,
              gint64      run)
{
  JsonObject *trigger = json_object_new ();

  json_object_set_string_member (trigger, "kind", kind);
  json_object_set_int_member (trigger, "run", run);

  return trigger;
}

/**
 * runnel_cli_read_earlier:
 * @run: the number of a run that is over
 * @kind: "rerun" or "rollback"
 * @definition: which definition of the pipeline the new run follows
 * @assignments: (nullable): values of parameters, "NAME=VALUE", on top of those of @run
 * @order: (out caller-allocates): what there is to say of the new run; cleared by the caller in
 *   any case
 * @error: return location for a #RunnelHistoryError, #RunnelCliError or #RunnelRunError
 *
 * Returns: whether the order is complete but for the steps that are selected
 */
gboolean
runnel_cli_read_earlier (gint64               run,
                         const char          *kind,
                         RunnelCliDefinition  definition,
                         const char *const   *assignments,
                         RunnelCliOrder      *order,
                         GError             **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  RunnelRunRecord *record = history ? runnel_history_get_run (history, run, error) : NULL;
  gboolean ok;

  if (!record)
    return FALSE;

  if (check_no_rollback (record, error))
    order->earlier = runnel_history_get_earlier (history, run, error);
  ok = order->earlier && read_pipeline (history, record, definition, order, error) &&
       read_parameters (record, assignments, order, error);
  order->trigger = make_trigger (kind, run);
  order->ancestry = runnel_ancestry_from_environment ();
  runnel_run_record_free (record);

  return ok;
}

/**
 * runnel_cli_find_children:
 * @step: "RUN:STEP"
 * @error: return location for a #RunnelHistoryError
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the runs that the step started, the
 *   latest first
 */
GArray *
runnel_cli_find_children (const char  *step,
                          GError     **error)
{
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  const char *colon = strchr (step, ':');
  g_autoptr(GPtrArray) children = NULL;
  GArray *runs;

  if (history)
    children = runnel_history_list_children (history, g_ascii_strtoll (step, NULL, 10), error);
  if (!children)
    return NULL;

  runs = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = children->len; i-- > 0;)
    {
      const RunnelRunRecord *child = g_ptr_array_index (children, i);

      if (colon && g_strcmp0 (child->parent_step, colon + 1) == 0)
        g_array_append_val (runs, child->id);
    }

  return runs;
}

/**
 * runnel_cli_carry_on:
 * @resumed: "RUN:STEP": the step whose subpipeline failed
 * @order: the order of the run that carries it on, with its pipeline
 * @error: return location for a #RunnelHistoryError or a #RunnelRunError
 *
 * Selects what did not come to a good end in the latest run of the step; everything when there
 * is no such run, or nothing in it failed.
 *
 * Returns: whether the order is complete
 */
gboolean
runnel_cli_carry_on (const char      *resumed,
                     RunnelCliOrder  *order,
                     GError         **error)
{
  g_autoptr(GArray) runs = runnel_cli_find_children (resumed, error);
  g_autoptr(RunnelHistory) history = NULL;
  g_autoptr(GError) problem = NULL;

  if (!runs || runs->len == 0)
    return runs != NULL;

  history = runnel_cli_open_history (error);
  if (history)
    order->earlier = runnel_history_get_earlier (history, g_array_index (runs, gint64, 0), error);
  if (!order->earlier)
    return FALSE;

  order->selection = runnel_selection_new (order->pipeline, RUNNEL_SELECT_FAILED, NULL,
                                           order->earlier, &problem);
  if (!order->selection && !g_error_matches (problem, RUNNEL_RUN_ERROR, RUNNEL_RUN_ERROR_NO_STEP))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return TRUE;
}
