/* runnel-history-job.c: long work on the whole history, in a thread of its own
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The worker of the history answers pages, so it must not be kept for minutes. Each job opens the
 * history for itself; what it does is done in small steps beside all others.
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "designer/runs/runnel-history-job.h"
#include "history/exchange/runnel-export.h"
#include "history/exchange/runnel-import.h"

#define LOOK_MS 100
#define UNKNOWN (-1)
#define ALL 1000

typedef struct _Job Job;
typedef void (*JobFunc) (GTask *task, RunnelHistory *history, Job *job);

struct _Job
{
  JobFunc func;
  char *path;               /* of a file, or NULL */
  RunnelRunFilter *filter;  /* or NULL */
  GArray *runs;             /* of gint64, or NULL */
  guint64 file_size;        /* of what is imported, 0 = not known */

  int done;                 /* of ALL, or UNKNOWN; atomic */
  RunnelJobProgress progress;
  gpointer user_data;       /* for `progress` */
  guint timeout;
};

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->filter, runnel_run_filter_free);
  g_clear_pointer (&self->runs, g_array_unref);
  g_free (self->path);
  g_free (self);
}

/* --- In the thread --- */

static void
set_done (Job     *self,
          guint64  n_done,
          guint64  n_all)
{
  g_atomic_int_set (&self->done, n_all > 0 ? (int) (n_done * ALL / n_all) : UNKNOWN);
}

/* Takes @text or @error. */
static void
return_text (GTask  *task,
             char   *text,
             GError *error)
{
  if (text)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

static void
job_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Job *self = task_data;
  GError *error = NULL;
  g_autoptr(RunnelHistory) history = runnel_history_open (NULL, &error);

  if (history)
    self->func (task, history, self);
  else
    g_task_return_error (task, error);
}

static void
plan (GTask         *task,
      RunnelHistory *history,
      Job           *self)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(RunnelRetention) policy = runnel_retention_new_for (settings);
  GError *error = NULL;
  RunnelCleanupPlan *found =
    runnel_cleanup_plan_new (history, policy, NULL, g_task_get_cancellable (task), &error);

  if (found)
    g_task_return_pointer (task, found, (GDestroyNotify) runnel_cleanup_plan_free);
  else
    g_task_return_error (task, error);
}

static void
clean_progress_cb (guint    n_done,
                   guint    n_all,
                   gpointer user_data)
{
  set_done (user_data, n_done, n_all);
}

static char *
describe_cleaned (const RunnelCleanupStatus *status)
{
  g_autofree char *freed = g_format_size (MAX (status->freed, 0));

  if (status->n_runs == 0)
    return g_strdup_printf (_("%s freed"), freed);
  return g_strdup_printf (ngettext ("%'u run deleted, %s freed", "%'u runs deleted, %s freed",
                                    (guint) status->n_runs), (guint) status->n_runs, freed);
}

static void
clean (GTask         *task,
       RunnelHistory *history,
       Job           *self)
{
  g_autoptr(RunnelSettings) settings = runnel_settings_load ();
  g_autoptr(RunnelRetention) policy = runnel_retention_new_for (settings);
  const RunnelCleanupOptions options = {
    .policy = policy, .progress = clean_progress_cb, .user_data = self,
  };
  g_auto(RunnelCleanupStatus) status = { 0, };
  GError *error = NULL;
  gboolean ok = runnel_cleanup (history, &options, &status, g_task_get_cancellable (task), &error);

  return_text (task, ok ? describe_cleaned (&status) : NULL, error);
}

static void
export_progress_cb (guint64  n_done,
                    guint64  n_all,
                    gpointer user_data)
{
  set_done (user_data, n_done, n_all);
}

static void
export_runs (GTask         *task,
             RunnelHistory *history,
             Job           *self)
{
  const RunnelExportOptions options = {
    .runs = self->runs ? (const gint64 *) self->runs->data : NULL,
    .n_runs = self->runs ? self->runs->len : 0,
    .progress = export_progress_cb,
    .user_data = self,
  };
  RunnelExportResult result;
  GError *error = NULL;
  gboolean ok = runnel_history_export_to_file (history, self->filter, self->path, &options, &result,
                                               g_task_get_cancellable (task), &error);

  return_text (task, ok ? g_strdup_printf (ngettext ("%'u run exported", "%'u runs exported",
                                                     (guint) result.n_runs),
                                           (guint) result.n_runs) : NULL, error);
}

static void
import_progress_cb (const RunnelImportResult *result,
                    gpointer                  user_data)
{
  Job *self = user_data;

  set_done (self, result->offset, self->file_size);
}

static char *
describe_imported (const RunnelImportResult *result)
{
  g_autofree char *added = g_strdup_printf (ngettext ("%'u run added", "%'u runs added",
                                                      (guint) result->n_added),
                                            (guint) result->n_added);

  if (result->n_known == 0)
    return g_steal_pointer (&added);
  return g_strdup_printf (ngettext ("%s, %'u was there already", "%s, %'u were there already",
                                    (guint) result->n_known), added, (guint) result->n_known);
}

static void
import_runs (GTask         *task,
             RunnelHistory *history,
             Job           *self)
{
  RunnelImportResult result;
  GError *error = NULL;
  int fd = open (self->path, O_RDONLY | O_CLOEXEC);
  gboolean ok;

  if (fd < 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _("“%s” can’t be read"),
                               self->path);
      return;
    }
  self->file_size = MAX (lseek (fd, 0, SEEK_END), 0);
  lseek (fd, 0, SEEK_SET);
  ok = runnel_history_import (history, fd, import_progress_cb, self, &result,
                              g_task_get_cancellable (task), &error);
  close (fd);
  return_text (task, ok ? describe_imported (&result) : NULL, error);
}

/* --- In the application's thread --- */

static gboolean
look_cb (gpointer user_data)
{
  Job *self = user_data;
  int done = g_atomic_int_get (&self->done);

  self->progress (done < 0 ? -1 : (double) done / ALL, self->user_data);
  return G_SOURCE_CONTINUE;
}

/* Nobody is told any more when the task has an answer. */
static void
completed_cb (GTask *task)
{
  Job *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->timeout, g_source_remove);
}

/* Takes @self. */
static void
start (Job                 *self,
       gpointer             tag,
       RunnelJobProgress    progress,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  self->done = UNKNOWN;
  self->progress = progress;
  self->user_data = user_data;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, self, job_free);
  if (progress)
    self->timeout = g_timeout_add (LOOK_MS, look_cb, self);
  g_signal_connect (task, "notify::completed", G_CALLBACK (completed_cb), NULL);
  g_task_run_in_thread (task, job_thread);
}

static Job *
job_new (JobFunc  func,
         GFile   *file)
{
  Job *self = g_new0 (Job, 1);

  self->func = func;
  self->path = file ? g_file_get_path (file) : NULL;
  return self;
}

/* A file behind a network service may have no path. */
static gboolean
check_path (Job                 *self,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  if (self->path)
    return TRUE;
  g_task_report_new_error (NULL, callback, user_data, check_path, G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED,
                           _("Only files of this computer can be used. Copy it, and choose the copy."));
  job_free (self);
  return FALSE;
}

/**
 * runnel_history_job_plan_async:
 * @cancellable: (nullable): stops it
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Measures the history, and says what would go by the settings of this machine.
 */
void
runnel_history_job_plan_async (GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  start (job_new (plan, NULL), runnel_history_job_plan_async, NULL, cancellable, callback,
         user_data);
}

/**
 * runnel_history_job_plan_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the plan
 */
RunnelCleanupPlan *
runnel_history_job_plan_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_job_clean_async:
 * @progress: (nullable): is told how far it is, until @callback is called
 * @cancellable: (nullable): stops it; what is deleted then is deleted
 * @callback: called in the caller's main context
 * @user_data: for both
 *
 * Does what the plan says.
 */
void
runnel_history_job_clean_async (RunnelJobProgress    progress,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  start (job_new (clean, NULL), runnel_history_job_clean_async, progress, cancellable, callback,
         user_data);
}

static char *
finish_with_text (GAsyncResult  *result,
                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * runnel_history_job_clean_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what was done, for people
 */
char *
runnel_history_job_clean_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return finish_with_text (result, error);
}

/**
 * runnel_history_job_export_async:
 * @filter: (nullable): which runs, when there are no @runs
 * @runs: (nullable) (array length=n_runs): the numbers of the only runs
 * @n_runs: how many they are
 * @file: where to; a name that ends in `.zst` has them compressed
 * @progress: (nullable): is told how far it is, until @callback is called
 * @cancellable: (nullable): stops it; then there is no new file
 * @callback: called in the caller's main context
 * @user_data: for both
 *
 * Like runnel_history_export_to_file().
 */
void
runnel_history_job_export_async (const RunnelRunFilter  *filter,
                                 const gint64           *runs,
                                 guint                   n_runs,
                                 GFile                  *file,
                                 RunnelJobProgress       progress,
                                 GCancellable           *cancellable,
                                 GAsyncReadyCallback     callback,
                                 gpointer                user_data)
{
  Job *self = job_new (export_runs, file);

  self->filter = filter ? runnel_run_filter_copy (filter) : NULL;
  if (n_runs > 0)
    self->runs = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof *runs), runs, n_runs);
  if (check_path (self, callback, user_data))
    start (self, runnel_history_job_export_async, progress, cancellable, callback, user_data);
}

/**
 * runnel_history_job_export_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what was done, for people
 */
char *
runnel_history_job_export_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return finish_with_text (result, error);
}

/**
 * runnel_history_job_import_async:
 * @file: what was exported
 * @progress: (nullable): is told how far it is, until @callback is called
 * @cancellable: (nullable): stops it; runs that are added then stay
 * @callback: called in the caller's main context
 * @user_data: for both
 *
 * Like runnel_history_import().
 */
void
runnel_history_job_import_async (GFile               *file,
                                 RunnelJobProgress    progress,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Job *self = job_new (import_runs, file);

  if (check_path (self, callback, user_data))
    start (self, runnel_history_job_import_async, progress, cancellable, callback, user_data);
}

/**
 * runnel_history_job_import_finish:
 * @result: what the callback was given
 * @error: return location; %RUNNEL_HISTORY_ERROR, %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what was done, for people
 */
char *
runnel_history_job_import_finish (GAsyncResult  *result,
                                  GError       **error)
{
  return finish_with_text (result, error);
}
