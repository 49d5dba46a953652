/* runnel-alert-source.c: rules, channels and incidents for the application, off its thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules and channels are settings, read and written in a thread. Somebody is told by `runnel
 * alerts`, as at the end of a run: a process may wait for a server as long as it likes.
 */
#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "designer/alerts/runnel-alert-source.h"
#include "designer/runs/runnel-run-launcher.h"
#include "model/runnel-json-path.h"

/* --- Reading --- */

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();

  g_task_return_pointer (task, runnel_alert_config_new_for (settings),
                         (GDestroyNotify) runnel_alert_config_free);
}

/**
 * runnel_alert_source_load_async:
 * @cancellable: (nullable): to forget it
 * @callback: called when the settings are read
 * @user_data: for @callback
 */
void
runnel_alert_source_load_async (GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, runnel_alert_source_load_async);
  g_task_run_in_thread (task, load_thread);
}

/**
 * runnel_alert_source_load_finish:
 * @result: what the callback was given
 * @error: return location; only %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): rules and channels
 */
RunnelAlertConfig *
runnel_alert_source_load_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_alert_source_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Writing --- */

typedef struct
{
  char *key;
  JsonNode *value; /* NULL takes it out */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_free (self->key);
  g_clear_pointer (&self->value, json_node_unref);
  g_free (self);
}

static void
set_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  const Change *change = task_data;
  GError *error = NULL;

  if (runnel_settings_set (change->key, change->value, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * runnel_alert_source_set_async:
 * @table: "rules" or "channels"
 * @name: of one in it
 * @values: (nullable): what it is from now on, or %NULL to take it out
 * @cancellable: (nullable): to forget it
 * @callback: called when the file is replaced
 * @user_data: for @callback
 */
void
runnel_alert_source_set_async (const char          *table,
                               const char          *name,
                               JsonObject          *values,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GString) key = g_string_new ("alerts.");
  Change *change = g_new0 (Change, 1);

  g_string_append (key, table);
  runnel_json_path_append_key (key, name);
  change->key = g_string_free (g_steal_pointer (&key), FALSE);
  if (values != NULL)
    change->value = json_node_init_object (json_node_alloc (), values);
  g_task_set_source_tag (task, runnel_alert_source_set_async);
  g_task_set_task_data (task, change, change_free);
  g_task_run_in_thread (task, set_thread);
}

/**
 * runnel_alert_source_set_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_SETTINGS_ERROR
 *
 * Returns: whether it is on disk
 */
gboolean
runnel_alert_source_set_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_alert_source_set_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Telling --- */

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
 * runnel_alert_source_call_async:
 * @arguments: (array zero-terminated=1): for `runnel alerts`: "check", or "test" and a channel
 * @cancellable: (nullable): to forget it
 * @callback: called when it has ended
 * @user_data: for @callback
 */
void
runnel_alert_source_call_async (const char *const   *arguments,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = runnel_run_launcher_find_program ();
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GSubprocess) process = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, runnel_alert_source_call_async);
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
 * runnel_alert_source_call_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_ALERT_ERROR_CHANNEL with what `runnel` said
 *
 * Returns: whether it was successful
 */
gboolean
runnel_alert_source_call_finish (GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_alert_source_call_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
