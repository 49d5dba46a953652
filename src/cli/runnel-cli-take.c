/* runnel-cli-take.c: finds the secrets of a run before it starts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "cli/runnel-cli-run.h"
#include "cli/runnel-cli-terminal.h"

/**
 * runnel_cli_inherit:
 * @order: what is to be run
 * @error: return location for a #RunnelCliError
 *
 * Reads from standard input what the step of another run, for which this one is carried out,
 * gives it: an object with "secrets" and "parameters", see pipeline.c.
 */
gboolean
runnel_cli_inherit (RunnelCliOrder  *order,
                    GError         **error)
{
  gsize length;
  g_autofree char *text = runnel_cli_read_stdin (&length, error);

  if (!text)
    return FALSE;
  order->inheritance = json_from_string (text, NULL);
  if (order->inheritance && JSON_NODE_HOLDS_OBJECT (order->inheritance))
    return TRUE;

  g_set_error_literal (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_USAGE,
                       "standard input has no JSON object to inherit from");

  return FALSE;
}

/**
 * runnel_cli_get_inherited:
 * @order: what is to be run
 * @member: "secrets" or "parameters"
 *
 * Returns: (transfer none) (nullable): values by name
 */
JsonObject *
runnel_cli_get_inherited (RunnelCliOrder *order,
                          const char     *member)
{
  JsonNode *node = NULL;

  if (order->inheritance)
    node = json_object_get_member (json_node_get_object (order->inheritance), member);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * runnel_cli_take_secrets:
 * @order: what is to be run
 * @error: return location for a #RunnelSecretsError
 *
 * Takes what is at hand: from the run that this one is a step of, the file of secrets and the
 * environment.
 */
gboolean
runnel_cli_take_secrets (RunnelCliOrder  *order,
                         GError         **error)
{
  g_auto(GStrv) names = runnel_secrets_list_declared (order->pipeline);
  g_auto(GStrv) environment = g_get_environ ();
  RunnelSecrets *secrets = runnel_secrets_new ((const char *const *) names);
  JsonObject *inherited = runnel_cli_get_inherited (order, "secrets");

  order->secrets = secrets;

  return (!inherited || runnel_secrets_take_parent (secrets, inherited, error)) &&
         (!order->secrets_file || runnel_secrets_take_file (secrets, order->secrets_file, error)) &&
         runnel_secrets_take_environment (secrets, (const char *const *) environment, error);
}

/* It is kept with the run as it was written: with *** in it, it could not be run again. */
static void
warn_of_text (RunnelCliOrder *order)
{
  const char *name = runnel_secrets_find_in_text (order->secrets, order->text);

  if (name)
    runnel_terminal_print (stderr,
                           "%s: warning: the value of the secret “%s” stands in it in the open, and "
                           "in the history, too; write ${{ secrets.%s }} in its place\n",
                           order->file, name, name);
}

/**
 * runnel_cli_find_secrets:
 * @order: what is to be run, with the secrets that are at hand
 * @error: return location for a #RunnelSecretsError, which names all that are missing
 *
 * Looks into the keyring for what was found nowhere else. Has to come after the guard was
 * started, because the keyring needs threads.
 */
gboolean
runnel_cli_find_secrets (RunnelCliOrder  *order,
                            GError         **error)
{
  gboolean ok = runnel_secrets_resolve_sync (order->secrets, NULL, error);

  if (ok)
    warn_of_text (order);

  return ok;
}
