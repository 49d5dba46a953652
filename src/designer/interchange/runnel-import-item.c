/* runnel-import-item.c: a file of another system, and the pipelines made of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "designer/interchange/runnel-import-item.h"

static void
pipeline_free (RunnelImportedPipeline *self)
{
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static void
note_free (RunnelImportedNote *self)
{
  g_free (self->message);
  g_free (self);
}

void
runnel_import_item_free (RunnelImportItem *self)
{
  g_free (self->path);
  g_free (self->source);
  g_ptr_array_unref (self->pipelines);
  g_ptr_array_unref (self->notes);
  g_clear_error (&self->error);
  g_free (self);
}

static void
take_notes (RunnelImportItem *self,
            RunnelImport     *import)
{
  GPtrArray *notes = runnel_import_get_notes (import);

  for (guint i = 0; i < notes->len; i++)
    {
      const RunnelImportNote *note = g_ptr_array_index (notes, i);
      RunnelImportedNote *copy = g_new0 (RunnelImportedNote, 1);

      copy->line = note->line;
      copy->column = note->column;
      copy->message = note->step ? g_strdup_printf ("%s: %s", note->step, note->message)
                                 : g_strdup (note->message);
      g_ptr_array_add (self->notes, copy);
    }
}

static gboolean
take_pipelines (RunnelImportItem  *self,
                RunnelImport      *import,
                GError           **error)
{
  for (guint i = 0; i < runnel_import_get_n_pipelines (import); i++)
    {
      g_autoptr(RunnelPipeline) pipeline = runnel_import_make_pipeline (import, i, error);
      RunnelImportedPipeline *copy;

      if (!pipeline)
        return FALSE;
      copy = g_new0 (RunnelImportedPipeline, 1);
      copy->name = g_strdup (runnel_import_get_stem (import, i));
      copy->text = runnel_pipeline_to_text (pipeline, NULL);
      copy->n_steps = runnel_pipeline_get_n_steps (pipeline);
      g_ptr_array_add (self->pipelines, copy);
    }
  return TRUE;
}

/**
 * runnel_import_item_new:
 * @target: (nullable): the system whose file it is; %NULL = to be found out
 * @path: the file
 *
 * Blocks on the disk.
 *
 * Returns: (transfer full): what is in it
 */
RunnelImportItem *
runnel_import_item_new (const RunnelTarget *target,
                        const char         *path)
{
  RunnelImportItem *self = g_new0 (RunnelImportItem, 1);
  g_autoptr(RunnelImport) import = NULL;

  self->path = g_strdup (path);
  self->pipelines = g_ptr_array_new_with_free_func ((GDestroyNotify) pipeline_free);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);
  import = runnel_import_read_file (target, path, &self->error);
  if (!g_error_matches (self->error, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_TOO_LARGE))
    g_file_get_contents (path, &self->source, NULL, NULL);
  if (self->source && !g_utf8_validate (self->source, -1, NULL))
    g_clear_pointer (&self->source, g_free);
  self->target = target;
  if (!target && self->source)
    self->target = runnel_target_detect (path, self->source, strlen (self->source));
  if (import && take_pipelines (self, import, &self->error))
    take_notes (self, import);
  return self;
}

/* What the thread is given. */
typedef struct
{
  const RunnelTarget *target; /* or NULL */
  GStrv paths;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_strfreev (self->paths);
  g_free (self);
}

static gboolean
read_path (const RunnelTarget  *target,
           const char          *path,
           GPtrArray           *items,
           GError             **error)
{
  g_autoptr(GPtrArray) files = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_ptr_array_add (items, runnel_import_item_new (target, path));
      return TRUE;
    }
  files = runnel_import_list_folder (target, path, error);
  for (guint i = 0; files && i < files->len; i++)
    g_ptr_array_add (items, runnel_import_item_new (target, g_ptr_array_index (files, i)));
  return files != NULL;
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_import_item_free);
  GError *error = NULL;

  for (char **path = job->paths; *path; path++)
    if (!read_path (job->target, *path, items, &error))
      {
        g_task_return_error (task, error);
        return;
      }
  if (items->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&items), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_new_error (task, RUNNEL_IMPORT_ERROR, RUNNEL_IMPORT_ERROR_UNKNOWN,
                             _("No file in the folder looks like that of a system that can be read."));
}

/**
 * runnel_import_item_read_async:
 * @target: (nullable): the system whose files they are; %NULL = to be found out
 * @files: a list of #GFile, folders among them
 */
void
runnel_import_item_read_async (const RunnelTarget  *target,
                               GListModel          *files,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();
  Job *job = g_new0 (Job, 1);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path)
        g_strv_builder_add (paths, path);
    }
  job->target = target;
  job->paths = g_strv_builder_end (paths);
  g_task_set_source_tag (task, runnel_import_item_read_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * runnel_import_item_read_finish:
 * @error: #GFileError, %RUNNEL_IMPORT_ERROR_UNKNOWN
 *
 * Returns: (transfer full) (element-type RunnelImportItem) (nullable): the files, those that can't be
 *   read among them
 */
GPtrArray *
runnel_import_item_read_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_import_item_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
