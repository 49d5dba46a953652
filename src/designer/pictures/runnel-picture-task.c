/* runnel-picture-task.c: draws pictures in threads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "designer/pictures/runnel-picture-task.h"

typedef struct
{
  RunnelScene *scene;
  RunnelPictureOptions *options;
  guint n_options;
} Job;

static void
job_free (Job *job)
{
  for (guint i = 0; i < job->n_options; i++)
    g_free ((char *) job->options[i].title);
  g_free (job->options);
  runnel_scene_free (job->scene);
  g_free (job);
}

static void
draw_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GError *error = NULL;

  for (guint i = 0; i < job->n_options; i++)
    {
      GBytes *file = runnel_picture_to_bytes (job->scene, &job->options[i], &error);

      if (file == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      g_ptr_array_add (files, file);
    }

  g_task_return_pointer (task, g_steal_pointer (&files), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * runnel_picture_draw_async:
 * @scene: (transfer full): what to draw
 * @options: (array length=n_options): the pictures to make; copied
 * @cancellable: (nullable): cancels
 *
 * Draws a scene in a thread, as one picture or several.
 */
void
runnel_picture_draw_async (RunnelScene                *scene,
                           const RunnelPictureOptions *options,
                           guint                       n_options,
                           GCancellable               *cancellable,
                           GAsyncReadyCallback         callback,
                           gpointer                    user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->scene = scene;
  job->options = g_memdup2 (options, n_options * sizeof *options);
  job->n_options = n_options;
  for (guint i = 0; i < n_options; i++)
    job->options[i].title = g_strdup (options[i].title);

  g_task_set_source_tag (task, runnel_picture_draw_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, draw_in_thread);
}

/**
 * runnel_picture_draw_finish:
 *
 * Returns: (transfer full) (element-type GBytes): the files in the order of the options, or %NULL
 *   with a #RunnelPictureError set
 */
GPtrArray *
runnel_picture_draw_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
