/* runnel-real-executor.c: carries attempts out, as processes or on the main context
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "engine/kinds/runnel-kinds.h"
#include "engine/runnel-container.h"
#include "engine/runnel-guard.h"
#include "engine/runnel-leftovers.h"
#include "engine/runnel-log-pool.h"
#include "engine/runnel-proc-list.h"
#include "engine/runnel-process.h"
#include "engine/secrets/runnel-log-filter.h"

typedef struct
{
  RunnelExecutor parent;
  RunnelReaper *reaper;
  RunnelCgroups *cgroups; /* or NULL */
  RunnelLogPool *logs;
  RunnelLogFilter *filter; /* NULL until an attempt has secrets */
  char *failure; /* why no process can be started at all, or NULL */
  char *run_dir; /* of the attempts so far, or NULL */
  int run_dir_fd;
} RealExecutor;

/* An attempt that is a process. */
typedef struct
{
  RunnelTask parent;
  RunnelProcess *process; /* NULL when it could not even be tried */
  RunnelLog *log;
  RunnelFilteredLog *filtered; /* between the process and its log; NULL without secrets */
  char *output_name;
  char *container;        /* the name of the one it runs in, or NULL */
  char *container_program; /* what runs that, or NULL */
  char *failure;          /* why it could not be tried */
  gboolean cancelled;     /* before it was tried */

  /* How it ended, while the rest of its output is on its way to the log. */
  RunnelResult result;
  char *reason;
  char *leftovers;        /* what the log says of them, or NULL */
} ProcessTask;

static RealExecutor *
get_executor (ProcessTask *self)
{
  return (RealExecutor *) self->parent.executor;
}

static void
process_task_free (ProcessTask *self)
{
  g_free (self->output_name);
  g_free (self->container);
  g_free (self->container_program);
  g_free (self->failure);
  g_free (self->reason);
  g_free (self->leftovers);
  g_free (self);
}

static void
process_task_finish (ProcessTask        *self,
                     const RunnelResult *result)
{
  RunnelExecutor *executor = self->parent.executor;

  executor->callbacks->finished (executor->user_data, self->parent.step_index, result);
  process_task_free (self);
}

static char *
describe_end (const RunnelProcessEnd *end)
{
  if (end->error)
    return g_strdup (end->error->message);
  if (end->cancelled)
    return g_strdup ("Cancelled");
  if (end->term_signal == SIGKILL)
    return g_strdup ("Killed by signal 9 (Killed), not by Runnel: perhaps memory ran out");
  if (end->term_signal != 0)
    return g_strdup_printf ("Ended by signal %d (%s)", end->term_signal,
                            g_strsignal (end->term_signal));
  if (end->exit_code != 0)
    return g_strdup_printf ("Exited with code %d", end->exit_code);
  return NULL;
}

/* A step that leaves something running is rarely meant so: whoever reads the log learns of it. */
static char *
describe_leftovers (GArray *leftovers)
{
  g_autofree char *names = runnel_proc_list_describe (leftovers);

  return g_strdup_printf (leftovers->len == 1
                            ? "runnel: left %u process running: %s; ended it\n"
                            : "runnel: left %u processes running: %s; ended them\n",
                          leftovers->len, names);
}

static void
process_started_cb (pid_t    pid,
                    gint64   start_time,
                    gpointer user_data)
{
  ProcessTask *self = user_data;
  RunnelExecutor *executor = self->parent.executor;

  executor->callbacks->started (executor->user_data, self->parent.step_index, pid, start_time);
}

/* A program that can't print any more seldom says so, and where would it. */
static void
explain_failure (ProcessTask *self)
{
  g_autofree char *failure = NULL;
  g_autoptr(GError) error = NULL;

  if (runnel_log_pool_has_room (get_executor (self)->logs, self->log, &error))
    return;
  failure = g_steal_pointer (&self->reason);
  self->reason = g_strdup_printf ("%s. %s", failure, error->message);
}

/* Everything that the process has printed is in the log, or could not be: @log_error. */
static void
conclude (ProcessTask  *self,
          const GError *log_error)
{
  RealExecutor *executor = get_executor (self);
  RunnelResult *result = &self->result;
  g_autoptr(GError) close_error = NULL;

  if (self->leftovers)
    runnel_log_pool_add (executor->logs, self->log, self->leftovers);
  if (self->reason && result->state != RUNNEL_STATE_CANCELLED)
    explain_failure (self);
  if (!runnel_log_pool_close (executor->logs, self->log, &close_error) && !log_error)
    log_error = close_error;

  result->reason = self->reason ? self->reason : log_error ? log_error->message : NULL;
  if (result->state != RUNNEL_STATE_CANCELLED)
    result->state = result->reason ? RUNNEL_STATE_FAILED : RUNNEL_STATE_SUCCEEDED;
  process_task_finish (self, result);
}

static void
drained_cb (const GError *error,
            gpointer      user_data)
{
  conclude (user_data, error);
}

static void
drain (ProcessTask *self)
{
  if (self->filtered)
    runnel_filtered_log_drain (g_steal_pointer (&self->filtered), drained_cb, self);
  else
    conclude (self, NULL);
}

/* To the run the attempt goes on: it is no process of its own. */
static void
container_kill_started_cb (pid_t    pid,
                           gint64   start_time,
                           gpointer user_data)
{
}

static void
container_ended_cb (const RunnelProcessEnd *end,
                    gpointer                user_data)
{
  drain (user_data);
}

/* Whoever asked for the container is gone, and may have been killed before it could end it. That
 * there is none any more is the rule, and no failure. */
static void
end_container (ProcessTask *self)
{
  static const RunnelProcessCallbacks callbacks = {
    .started = container_kill_started_cb,
    .ended = container_ended_cb,
  };
  g_auto(GStrv) argv = runnel_container_make_kill_argv (self->container_program, self->container);
  g_auto(GStrv) env = g_get_environ ();
  RunnelProcessRequest request = {
    .argv = (const char *const *) argv,
    .env = (const char *const *) env,
    .working_directory = "/",
    .output_fd = open ("/dev/null", O_WRONLY | O_CLOEXEC),
    .grace = RUNNEL_DEFAULT_GRACE,
  };

  runnel_process_start (get_executor (self)->reaper, &request, &callbacks, self);
}

static void
process_ended_cb (const RunnelProcessEnd *end,
                  gpointer                user_data)
{
  ProcessTask *self = user_data;

  self->process = NULL;
  self->reason = describe_end (end);
  self->result = (RunnelResult) {
    .state = end->cancelled ? RUNNEL_STATE_CANCELLED : RUNNEL_STATE_SUCCEEDED,
    .exit_code = end->exit_code,
    .term_signal = end->term_signal,
    .output_file = faccessat (get_executor (self)->run_dir_fd, self->output_name, F_OK, 0) == 0,
    .usage = end->usage,
  };
  if (end->leftovers && !end->cancelled)
    self->leftovers = describe_leftovers (end->leftovers);

  if (self->container && (end->cancelled || end->term_signal != 0))
    end_container (self);
  else
    drain (self);
}

static const RunnelProcessCallbacks process_callbacks = {
  .started = process_started_cb,
  .ended = process_ended_cb,
};

static gboolean
report_failure_cb (gpointer user_data)
{
  ProcessTask *self = user_data;
  RunnelResult result = {
    .state = self->cancelled ? RUNNEL_STATE_CANCELLED : RUNNEL_STATE_FAILED,
    .exit_code = -1,
    .reason = self->failure,
  };

  process_task_finish (self, &result);
  return G_SOURCE_REMOVE;
}

static RunnelTask *
fail (ProcessTask *self,
      char        *failure)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  self->failure = failure;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_failure_cb, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return &self->parent;
}

/* What a kind adds to the environment comes first: the first of several entries counts. */
static const char **
merge_environment (char             **added,
                   const char *const *env)
{
  GPtrArray *merged = g_ptr_array_new ();

  for (char **entry = added; *entry; entry++)
    g_ptr_array_add (merged, *entry);
  for (const char *const *entry = env; *entry; entry++)
    {
      g_autofree char *name = g_strndup (*entry, strcspn (*entry, "="));

      if (!g_environ_getenv (added, name))
        g_ptr_array_add (merged, (char *) *entry);
    }
  g_ptr_array_add (merged, NULL);
  return (const char **) g_ptr_array_free (merged, FALSE);
}

/* Opens the log, behind the filter if there are secrets to hide. */
static gboolean
open_log (RealExecutor         *self,
          ProcessTask          *task,
          const RunnelAttempt  *attempt,
          int                  *ret_fd,
          GError              **error)
{
  g_autofree char *path = g_build_filename (attempt->run_dir, attempt->log_name, NULL);
  int fd;

  task->log = runnel_log_pool_open (self->logs, path, &fd, error);
  *ret_fd = fd;
  if (!task->log || !attempt->mask)
    return task->log != NULL;

  if (!self->filter)
    self->filter = runnel_log_filter_new ();
  task->filtered = runnel_log_filter_add (self->filter, attempt->mask, fd, ret_fd, error);
  if (task->filtered)
    return TRUE;
  close (fd);
  runnel_log_pool_close (self->logs, task->log, NULL);
  return FALSE;
}

static RunnelTask *
launch (RealExecutor            *self,
        ProcessTask             *task,
        const RunnelAttempt     *attempt,
        const RunnelProcessSpec *spec)
{
  g_autofree const char **env = spec->env ? merge_environment (spec->env, attempt->env) : NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) argv = NULL;
  gint64 grace = attempt->grace ? attempt->grace : RUNNEL_DEFAULT_GRACE;
  RunnelProcessRequest request = {
    .argv = (const char *const *) spec->argv,
    .env = env ? env : attempt->env,
    .working_directory = attempt->working_directory,
    .stdin_text = spec->stdin_text,
    .grace = spec->grace ? spec->grace : grace,
    .holds_itself = spec->holds_itself,
    .cgroups = self->cgroups,
  };

  if (task->container)
    argv = runnel_container_make_argv (attempt, task->container, request.argv,
                                       spec->stdin_text != NULL);
  if (argv)
    request.argv = (const char *const *) argv;
  if (!open_log (self, task, attempt, &request.output_fd, &error))
    return fail (task, g_strdup (error->message));
  task->process = runnel_process_start (self->reaper, &request, &process_callbacks, task);
  return &task->parent;
}

static void
leave_run_dir (RealExecutor *self)
{
  if (self->run_dir_fd >= 0)
    close (self->run_dir_fd);
  g_clear_pointer (&self->run_dir, g_free);
}

/* The attempts of a run have one folder. A look at a name in it, which is not there for most steps,
 * costs half of one along the whole path. */
static void
enter_run_dir (RealExecutor *self,
               const char   *run_dir)
{
  if (g_strcmp0 (self->run_dir, run_dir) == 0)
    return;
  leave_run_dir (self);
  self->run_dir = g_strdup (run_dir);
  self->run_dir_fd = open (run_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static RunnelTask *
start_process (RealExecutor          *self,
               const RunnelKindClass *klass,
               const RunnelAttempt   *attempt)
{
  ProcessTask *task = g_new0 (ProcessTask, 1);
  RunnelProcessSpec spec = { 0 };
  g_autoptr(GError) error = NULL;
  RunnelTask *result;

  task->parent = (RunnelTask) { klass, &self->parent, attempt->step_index };
  task->output_name = g_strdup (attempt->output_name);
  if (attempt->container && attempt->image && klass && klass->for_containers)
    {
      task->container = runnel_container_make_name (attempt);
      task->container_program = g_strdup (attempt->container);
    }
  enter_run_dir (self, attempt->run_dir);

  if (self->failure)
    result = fail (task, g_strdup (self->failure));
  else if (!klass || !klass->prepare)
    result = fail (task, g_strdup_printf ("There is no step kind “%s”; `runnel kinds` lists them",
                                          attempt->kind));
  else if (!klass->prepare (attempt, &spec, &error))
    result = fail (task, g_strdup (error->message));
  else
    result = launch (self, task, attempt, &spec);
  runnel_process_spec_clear (&spec);
  return result;
}

static RunnelTask *
real_executor_start (RunnelExecutor      *executor,
                     const RunnelAttempt *attempt)
{
  RealExecutor *self = (RealExecutor *) executor;
  const RunnelKindClass *klass = runnel_kinds_lookup (attempt->kind);

  if (klass && klass->start)
    return klass->start (executor, attempt);
  return start_process (self, klass, attempt);
}

static void
real_executor_cancel (RunnelExecutor *executor,
                      RunnelTask     *task)
{
  ProcessTask *process_task = (ProcessTask *) task;

  if (task->klass && task->klass->cancel)
    task->klass->cancel (task);
  else if (process_task->process)
    runnel_process_cancel (process_task->process);
  else
    process_task->cancelled = TRUE;
}

static gboolean
real_executor_answer (RunnelExecutor *executor,
                      RunnelTask     *task,
                      gboolean        approved,
                      const char     *who,
                      const char     *comment)
{
  if (!task->klass || !task->klass->answer)
    return FALSE;
  return task->klass->answer (task, approved, who, comment);
}

/* What works inside of this process has no group of processes to stop. */
static gboolean
hold_local_task (RunnelTask  *task,
                 RunnelHold   hold,
                 GError     **error)
{
  if (task->klass->freeze)
    task->klass->freeze (task, hold == RUNNEL_HOLD_ALL);
  else if (hold == RUNNEL_HOLD_ALL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "A step of the kind %s can't be frozen; it can only be cancelled",
                   task->klass->declaration.name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
real_executor_hold (RunnelExecutor  *executor,
                    RunnelTask      *task,
                    RunnelHold       hold,
                    GError         **error)
{
  ProcessTask *process_task = (ProcessTask *) task;

  if (task->klass && task->klass->start)
    return hold_local_task (task, hold, error);
  if (process_task->container && hold == RUNNEL_HOLD_ALL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "A step in a container can't be frozen; it can only be cancelled");
      return FALSE;
    }
  if (process_task->process && runnel_process_hold (process_task->process, hold))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The step is about to end");
  return FALSE;
}

/**
 * runnel_real_executor_end_leftovers:
 *
 * Ends what the attempts have left in the background, and says so on standard error. The guard
 * would do it too, but between our end and its beginning it may be killed. To be called when no
 * attempt is under way, before it is written that the run is over: then nobody looks any more.
 */
void
runnel_real_executor_end_leftovers (void)
{
  g_autofree char *left = runnel_leftovers_end (RUNNEL_GUARD_GRACE);

  if (left)
    g_printerr ("runnel: ended what the run had left in the background: %s\n", left);
}

static void
real_executor_free (RunnelExecutor *executor)
{
  RealExecutor *self = (RealExecutor *) executor;

  g_clear_pointer (&self->reaper, runnel_reaper_free);
  g_clear_pointer (&self->cgroups, runnel_cgroups_free);
  runnel_log_pool_free (self->logs);
  runnel_real_executor_end_leftovers ();
  g_clear_pointer (&self->filter, runnel_log_filter_free);
  leave_run_dir (self);
  g_free (self->failure);
  g_free (self);
}

/**
 * runnel_real_executor_new:
 *
 * Makes the executor that does it in earnest, on the thread's default main context. There is one
 * at a time in a process, which becomes a subreaper by it (see runnel_reaper_new()).
 *
 * Returns: (transfer full): to be freed when no attempt is under way, which ends what the
 *   attempts have left in the background
 */
RunnelExecutor *
runnel_real_executor_new (void)
{
  RealExecutor *self = g_new0 (RealExecutor, 1);
  g_autoptr(GError) error = NULL;

  self->parent.start = real_executor_start;
  self->parent.cancel = real_executor_cancel;
  self->parent.answer = real_executor_answer;
  self->parent.hold = real_executor_hold;
  self->parent.free = real_executor_free;
  self->logs = runnel_log_pool_new ();
  self->run_dir_fd = -1;
  self->cgroups = runnel_cgroups_new ();
  self->reaper = runnel_reaper_new (&error);
  if (!self->reaper)
    self->failure = g_strdup (error->message);
  return &self->parent;
}
