/* runnel-file-opener.c: shows a file with the program that the person uses for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkFileLauncher came with GTK 4.10. Before it, gtk_show_uri_full() opens a file, through the
 * portal where there is one, and the file manager is asked by its own D-Bus interface
 * (https://www.freedesktop.org/wiki/Specifications/file-manager-interface/). Only this file knows.
 */
#include "config.h"

#include "designer/compat/runnel-file-opener.h"

#if GTK_CHECK_VERSION (4, 10, 0)

static void
launched_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
revealed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_file (GtkWindow *parent,
           GFile     *file,
           GTask     *task)
{
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_launch (launcher, parent, g_task_get_cancellable (task), launched_cb, task);
}

static void
reveal_file (GtkWindow *parent,
             GFile     *file,
             GTask     *task)
{
  g_autoptr(GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, parent, g_task_get_cancellable (task),
                                            revealed_cb, task);
}

#else

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GtkWindow *parent = object ? GTK_WINDOW (object) : NULL;
  GError *error = NULL;

  if (gtk_show_uri_full_finish (parent, result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
open_file (GtkWindow *parent,
           GFile     *file,
           GTask     *task)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri_full (parent, uri, GDK_CURRENT_TIME, g_task_get_cancellable (task), shown_cb, task);
}

/* Without a file manager that can select the file, its folder will do. */
static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  g_autoptr(GFile) folder = NULL;

  if (answer)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  folder = g_file_get_parent (g_object_get_data (G_OBJECT (task), "file"));
  open_file (g_object_get_data (G_OBJECT (task), "parent"), folder, g_steal_pointer (&task));
}

static void
reveal_file (GtkWindow *parent,
             GFile     *file,
             GTask     *task)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };

  g_object_set_data_full (G_OBJECT (task), "file", g_object_ref (file), g_object_unref);
  if (parent)
    g_object_set_data_full (G_OBJECT (task), "parent", g_object_ref (parent), g_object_unref);
  if (bus)
    g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                            "org.freedesktop.FileManager1", "ShowItems",
                            g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                            g_task_get_cancellable (task), asked_cb, task);
  else
    {
      g_autoptr(GFile) folder = g_file_get_parent (file);

      open_file (parent, folder, task);
    }
}

#endif

/**
 * runnel_file_opener_open_async:
 * @parent: (nullable): the window it belongs to
 * @file: the file
 * @cancellable: (nullable): to forget about it
 * @callback: called when a program was asked to show it
 * @user_data: for @callback
 *
 * Opens a file in the program for its type.
 */
void
runnel_file_opener_open_async (GtkWindow           *parent,
                               GFile               *file,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, runnel_file_opener_open_async);
  open_file (parent, file, task);
}

/**
 * runnel_file_opener_reveal_async:
 * @parent: (nullable): the window it belongs to
 * @file: the file
 * @cancellable: (nullable): to forget about it
 * @callback: called when a program was asked to show it
 * @user_data: for @callback
 *
 * Shows a file in its folder.
 */
void
runnel_file_opener_reveal_async (GtkWindow           *parent,
                                 GFile               *file,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, runnel_file_opener_reveal_async);
  reveal_file (parent, file, task);
}

/**
 * runnel_file_opener_finish:
 * @result: what the callback was given
 * @error: return location; why no program shows the file
 *
 * Returns: whether a program was asked to
 */
gboolean
runnel_file_opener_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
