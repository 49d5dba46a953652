/* runnel-application-keys.c: the file in which people give commands other keys
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * keys.json in the folder of a person's configuration. It is read at the start and whenever it is
 * changed.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "designer/commands/runnel-keymap.h"
#include "designer/runnel-application-keys.h"
#include "designer/runnel-window.h"
#include "util/runnel-task.h"

#define FILE_NAME "keys.json"

static GFile *
get_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "runnel", FILE_NAME, NULL);

  return g_file_new_for_path (path);
}

static RunnelWindow *
find_window (GtkApplication *application)
{
  for (GList *l = gtk_application_get_windows (application); l; l = l->next)
    if (RUNNEL_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* The first of the mistakes, and how many more there are. */
static void
tell (GtkApplication *application,
      GStrv           problems)
{
  RunnelWindow *window = find_window (application);
  guint n_more = g_strv_length (problems) - 1;
  g_autofree char *text = NULL;

  if (n_more > 0)
    text = g_strdup_printf (g_dngettext (NULL, FILE_NAME ": %s (and %u more)",
                                         FILE_NAME ": %s (and %u more)", n_more),
                            problems[0], n_more);
  else
    text = g_strdup_printf (FILE_NAME ": %s", problems[0]);
  if (window)
    runnel_window_add_toast_with_action (window, text, _("Open"), "app.edit-keys");
  else
    g_message ("%s", text);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GtkApplication) application = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) problems = NULL;
  gsize length = 0;

  g_file_load_contents_finish (G_FILE (object), result, &text, &length, NULL, &error);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      char *lines[] = { error->message, NULL };

      tell (application, lines);
      return;
    }
  problems = runnel_keymap_load (runnel_keymap_get_default (), text ? text : "", length);
  if (problems[0])
    tell (application, problems);
}

static void
load (GtkApplication *application,
      GFile          *file)
{
  g_file_load_contents_async (file, NULL, loaded_cb, g_object_ref (application));
}

static void
file_changed_cb (GFileMonitor      *monitor,
                 GFile             *file,
                 GFile             *other,
                 GFileMonitorEvent  event,
                 GtkApplication    *application)
{
  if (event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT || event == G_FILE_MONITOR_EVENT_DELETED
      || event == G_FILE_MONITOR_EVENT_RENAMED || event == G_FILE_MONITOR_EVENT_MOVED_IN)
    load (application, file);
}

static void
watch (GtkApplication *application,
       GFile          *file)
{
  g_autoptr(GFileMonitor) monitor =
    g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (!monitor)
    return;
  g_signal_connect_object (monitor, "changed", G_CALLBACK (file_changed_cb), application, 0);
  g_object_set_data_full (G_OBJECT (application), "runnel-keys-monitor", g_steal_pointer (&monitor),
                          g_object_unref);
}

/* --- Editing --------------------------------------------------------------------------- */

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_autoptr(GFile) file = get_file ();
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autoptr(GFileOutputStream) stream = NULL;
  const char *text = task_data;
  GError *error = NULL;

  g_file_make_directory_with_parents (folder, NULL, NULL);
  stream = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, &error);
  if (stream)
    g_output_stream_write_all (G_OUTPUT_STREAM (stream), text, strlen (text), NULL, NULL, &error);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GtkApplication *application = GTK_APPLICATION (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = get_file ();
  g_autofree char *uri = g_file_get_uri (file);

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      load (application, file);
      watch (application, file); /* now that its folder is sure to be there */
      g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
    }
  else
    {
      char *lines[] = { error->message, NULL };

      tell (application, lines);
    }
}

/* A file that is not there yet is written with all commands and the keys they have. */
static void
edit_keys_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr(GTask) task = g_task_new (user_data, NULL, written_cb, NULL);

  g_task_set_source_tag (task, edit_keys_cb);
  g_task_set_task_data (task, runnel_keymap_describe (runnel_keymap_get_default ()), g_free);
  runnel_task_run_in_thread (task, write_in_thread);
}

static const GActionEntry actions[] = {
  { "edit-keys", edit_keys_cb },
};

/**
 * runnel_application_keys_init:
 * @application: the application, at its start, when all commands are known
 *
 * Reads a person's keys, and again when they are changed.
 */
void
runnel_application_keys_init (GtkApplication *application)
{
  g_autoptr(GFile) file = get_file ();

  g_return_if_fail (GTK_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  load (application, file);
  watch (application, file);
}
