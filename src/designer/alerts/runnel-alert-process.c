/* runnel-alert-process.c: `runnel alerts`, called by the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It looks at the rules and tells whoever is to be told, as at the end of a run: a process may wait
 * for a server as long as it likes.
 */
#include "config.h"

#include <string.h>

#include "alerts/runnel-alert-rule.h"
#include "designer/alerts/runnel-alert-process.h"
#include "designer/runs/runnel-run-launcher.h"

static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autofree char *complaint = NULL;
  GError *error = NULL;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (object), result, NULL, &complaint,
                                             &error))
    g_task_return_error (task, error);
  else if (g_subprocess_get_successful (G_SUBPROCESS (object)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, RUNNEL_ALERT_ERROR, RUNNEL_ALERT_ERROR_CHANNEL, "%s",
                             g_str_has_prefix (complaint, "runnel: ")
                               ? g_strchomp (complaint + strlen ("runnel: "))
                               : g_strchomp (complaint));
}

/**
 * runnel_alert_process_call_async:
 * @arguments: (array zero-terminated=1): for `runnel alerts`: "check", or "test" and a channel
 * @cancellable: (nullable): to forget it
 * @callback: called when it has ended
 * @user_data: for @callback
 */
void
runnel_alert_process_call_async (const char *const   *arguments,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = runnel_run_launcher_find_program ();
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GSubprocess) process = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, runnel_alert_process_call_async);
  g_ptr_array_add (argv, program ? program : (char *) "runnel");
  g_ptr_array_add (argv, (char *) "alerts");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  if (process != NULL)
    {
      g_subprocess_communicate_utf8_async (process, NULL, cancellable, called_cb, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * runnel_alert_process_call_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_ALERT_ERROR_CHANNEL with what `runnel` said
 *
 * Returns: whether it was successful
 */
gboolean
runnel_alert_process_call_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_alert_process_call_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
