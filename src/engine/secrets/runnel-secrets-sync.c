/* runnel-secrets-sync.c: values of secrets for a thread that has nothing else to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "engine/secrets/runnel-secrets.h"

static void
resolved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **ret_result = user_data;

  *ret_result = g_object_ref (result);
}

/**
 * runnel_secrets_resolve_sync:
 * @cancellable: (nullable): ends the wait for the keyring
 * @error: as of runnel_secrets_resolve_finish()
 *
 * Looks into the keyring for what is still missing, and waits for it; only sources of a context of
 * its own are dispatched meanwhile. To be called in a process that has no child to fork any more,
 * because the keyring needs threads.
 *
 * Returns: whether all declared secrets have a value
 */
gboolean
runnel_secrets_resolve_sync (RunnelSecrets  *self,
                             GCancellable   *cancellable,
                             GError        **error)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  runnel_secrets_resolve_async (self, cancellable, resolved_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return runnel_secrets_resolve_finish (self, result, error);
}

/**
 * runnel_secrets_find_sync:
 * @names: names of secrets, NULL-terminated
 * @cancellable: (nullable): ends the wait for the keyring
 * @error: #RUNNEL_SECRETS_ERROR
 *
 * Looks for secrets that no pipeline declares, such as those of a sink of telemetry: in the
 * environment and then in the keyring.
 *
 * Returns: (transfer full) (nullable): secrets that all have a value
 */
RunnelSecrets *
runnel_secrets_find_sync (const char *const  *names,
                          GCancellable       *cancellable,
                          GError            **error)
{
  g_autoptr(RunnelSecrets) secrets = runnel_secrets_new (names);
  g_auto(GStrv) environment = g_get_environ ();

  if (!runnel_secrets_take_environment (secrets, (const char *const *) environment, error) ||
      !runnel_secrets_resolve_sync (secrets, cancellable, error))
    return NULL;
  return g_steal_pointer (&secrets);
}
