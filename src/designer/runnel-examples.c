/* runnel-examples.c: the example pipelines that come with the application
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <json-glib/json-glib.h>

#include "designer/runnel-examples.h"
#include "designer/runnel-settings.h"
#include "model/runnel-pipeline.h"

static void
example_free (gpointer data)
{
  RunnelExample *example = data;

  g_clear_object (&example->file);
  g_free (example->name);
  g_free (example->description);
  g_free (example);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const RunnelExample *const *left = a;
  const RunnelExample *const *right = b;

  return g_utf8_collate ((*left)->name, (*right)->name);
}

/* NULL for a file that can't be read: an example that is broken is not offered. */
static RunnelExample *
read_example (const char *path)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  RunnelExample *example;
  JsonObject *object;

  if (!json_parser_load_from_file (parser, path, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  object = json_node_get_object (json_parser_get_root (parser));
  example = g_new0 (RunnelExample, 1);
  example->file = g_file_new_for_path (path);
  example->name = g_strdup (json_object_get_string_member_with_default (object, "name", ""));
  example->description = g_strdup (json_object_get_string_member_with_default (object,
                                                                               "description",
                                                                               NULL));
  return example;
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char *folder = task_data;
  g_autoptr(GPtrArray) examples = g_ptr_array_new_with_free_func (example_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  if (!dir)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      RunnelExample *example = g_str_has_suffix (name, RUNNEL_FILE_SUFFIX) ? read_example (path)
                                                                           : NULL;

      if (example)
        g_ptr_array_add (examples, example);
    }
  g_ptr_array_sort (examples, compare_names);
  g_task_return_pointer (task, g_steal_pointer (&examples), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * runnel_examples_list_async:
 *
 * Reads names and descriptions of the examples, in a thread.
 */
void
runnel_examples_list_async (GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, runnel_examples_list_async);
  g_task_set_task_data (task, runnel_settings_find_data ("examples"), g_free);
  g_task_run_in_thread (task, list_thread);
}

/**
 * runnel_examples_list_finish:
 *
 * Returns: (transfer full) (element-type RunnelExample): the examples by name, or %NULL with a
 *   #GFileError
 */
GPtrArray *
runnel_examples_list_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
