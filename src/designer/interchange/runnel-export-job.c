/* runnel-export-job.c: exports made and written in a thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/interchange/runnel-export-job.h"

/* What the thread is given. */
typedef struct
{
  RunnelExport *export;     /* or NULL = those that the pipeline names */
  RunnelPipeline *pipeline; /* a copy; json-glib wants it freed in the thread it was made in */
  char *path;               /* of its file, or NULL for one that was never saved */
} Job;

static Job *
job_new (const RunnelExport *export,
         RunnelPipeline     *pipeline,
         const char         *path)
{
  Job *self = g_new0 (Job, 1);

  self->export = export ? runnel_export_copy (export) : NULL;
  self->pipeline = runnel_pipeline_copy (pipeline);
  self->path = g_strdup (path);
  return self;
}

static void
job_free (Job *self)
{
  g_clear_pointer (&self->export, runnel_export_free);
  g_clear_object (&self->pipeline);
  g_free (self->path);
  g_free (self);
}

void
runnel_export_result_free (RunnelExportResult *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->difference);
  g_free (self);
}

/* A pipeline that was never saved has no place that paths could be relative to. */
static RunnelExportResult *
make (const Job  *job,
      GError    **error)
{
  g_autoptr(RunnelExportResult) result = g_new0 (RunnelExportResult, 1);
  g_autofree char *path = job->path ? g_strdup (job->path)
                                    : g_build_filename (g_get_tmp_dir (), "pipeline" RUNNEL_FILE_SUFFIX,
                                                        NULL);

  result->files = runnel_export_make (job->export, job->pipeline, path, error);
  if (!result->files)
    return NULL;
  if (job->path && !runnel_export_compare (result->files, &result->difference, error))
    return NULL;
  return g_steal_pointer (&result);
}

static void
make_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  RunnelExportResult *result = make (task_data, &error);

  if (result)
    g_task_return_pointer (task, result, (GDestroyNotify) runnel_export_result_free);
  else
    g_task_return_error (task, error);
}

/* Who finishes a task takes the job out of it, in the thread that began it. */
static void
start (GTask           *task,
       Job             *job,
       GTaskThreadFunc  func)
{
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, func);
}

static void
finish (GAsyncResult *result)
{
  job_free (g_task_get_task_data (G_TASK (result)));
}

/**
 * runnel_export_job_make_async:
 * @export: what to export
 * @pipeline: of what; it is copied
 * @path: (nullable): absolute path of its file
 */
void
runnel_export_job_make_async (const RunnelExport  *export,
                              RunnelPipeline      *pipeline,
                              const char          *path,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, runnel_export_job_make_async);
  start (task, job_new (export, pipeline, path), make_thread);
}

/**
 * runnel_export_job_make_finish:
 * @error: #RUNNEL_EXPORT_ERROR, #GFileError
 *
 * Returns: (transfer full) (nullable): the files, and how they differ from what is on disk
 */
RunnelExportResult *
runnel_export_job_make_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_export_job_make_async), NULL);

  finish (result);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (runnel_export_write (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * runnel_export_job_write_async:
 * @files: (element-type RunnelExportFile): files with absolute paths
 */
void
runnel_export_job_write_async (GPtrArray           *files,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, runnel_export_job_write_async);
  g_task_set_task_data (task, g_ptr_array_ref (files), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, write_thread);
}

/**
 * runnel_export_job_write_finish:
 * @error: #GFileError, #GIOError
 */
gboolean
runnel_export_job_write_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_export_job_write_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
write_one (const RunnelExport  *export,
           const Job           *job,
           GError             **error)
{
  g_autoptr(GPtrArray) files = runnel_export_make (export, job->pipeline, job->path, error);

  if (files && runnel_export_write (files, error))
    return TRUE;
  g_prefix_error (error, "%s: ", export->target->title);
  return FALSE;
}

static gboolean
write_all (const Job  *job,
           GError    **error)
{
  g_autoptr(GPtrArray) exports = runnel_export_list (job->pipeline, error);

  for (guint i = 0; exports && i < exports->len; i++)
    if (!write_one (g_ptr_array_index (exports, i), job, error))
      return FALSE;
  return exports != NULL;
}

static void
sync_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_all (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * runnel_export_job_sync_async:
 * @pipeline: a pipeline; it is copied
 * @path: absolute path of its file
 *
 * Writes all exports that the pipeline names.
 */
void
runnel_export_job_sync_async (RunnelPipeline      *pipeline,
                              const char          *path,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, runnel_export_job_sync_async);
  start (task, job_new (NULL, pipeline, path), sync_thread);
}

/**
 * runnel_export_job_sync_finish:
 * @error: #RUNNEL_EXPORT_ERROR, #GFileError, #GIOError; the message begins with the system
 */
gboolean
runnel_export_job_sync_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, runnel_export_job_sync_async), FALSE);

  finish (result);
  return g_task_propagate_boolean (G_TASK (result), error);
}
