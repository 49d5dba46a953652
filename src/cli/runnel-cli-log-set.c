/* runnel-cli-log-set.c: the logs of a run that are wanted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "cli/runnel-cli-log-lines.h"
#include "cli/runnel-cli-log-set.h"
#include "engine/runnel-run-dir.h"

#define LOOK_MS 100

static void
log_free (RunnelCliLog *log)
{
  g_clear_pointer ((RunnelCliLogLines **) &log->lines, runnel_cli_log_lines_free);
  g_free (log->step);
  g_free (log->path);
  g_free (log);
}

/**
 * runnel_cli_log_set_open:
 * @self: a set whose wishes are filled in
 * @run: the number of a run, as it was typed
 *
 * Returns: %FALSE when there is no such run
 */
gboolean
runnel_cli_log_set_open (RunnelCliLogSet  *self,
                         const char       *run,
                         GError          **error)
{
  RunnelRunRecord *record = NULL;

  self->run = runnel_cli_parse_run (run, error);
  if (self->run == 0)
    return FALSE;

  self->run_dir = runnel_history_get_run_dir (self->run);
  self->logs = g_ptr_array_new_with_free_func ((GDestroyNotify) log_free);
  self->history = runnel_cli_open_history (error);
  if (self->history)
    record = runnel_history_get_run (self->history, self->run, error);
  if (!record)
    return FALSE;
  runnel_run_record_free (record);

  return TRUE;
}

void
runnel_cli_log_set_clear (RunnelCliLogSet *self)
{
  g_clear_pointer (&self->history, runnel_history_close);
  g_clear_pointer (&self->run_dir, g_free);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_pointer (&self->reason, g_free);
}

/**
 * runnel_cli_log_set_get_only_step:
 *
 * Returns: (nullable): the step, if only one is wanted
 */
const char *
runnel_cli_log_set_get_only_step (RunnelCliLogSet *self)
{
  return self->steps && self->steps[0] && !self->steps[1] ? self->steps[0] : NULL;
}

/* --- Looking ------------------------------------------------------------------------------ */

static RunnelCliLog *
find_log (RunnelCliLogSet *self,
          const char      *step,
          guint            attempt)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      RunnelCliLog *log = g_ptr_array_index (self->logs, i);

      if (log->attempt == attempt && g_str_equal (log->step, step))
        return log;
    }

  return NULL;
}

static void
take_attempt (RunnelCliLogSet           *self,
              const RunnelStepRecord    *step,
              const RunnelAttemptRecord *attempt)
{
  RunnelCliLog *log = find_log (self, step->id, attempt->attempt);

  if (!log)
    {
      g_autofree char *name = runnel_run_dir_log_name (step->id, attempt->attempt);

      log = g_new0 (RunnelCliLog, 1);
      log->step = g_strdup (step->id);
      log->attempt = attempt->attempt;
      log->started = attempt->started;
      log->path = g_build_filename (self->run_dir, name, NULL);
      g_ptr_array_add (self->logs, log);
    }
  self->was_begun |= attempt->pid != 0;
  log->is_over = attempt->finished > 0 || runnel_state_is_terminal (step->state);
}

static int
compare_start (gconstpointer left,
               gconstpointer right)
{
  const RunnelCliLog *l = *(const RunnelCliLog *const *) left;
  const RunnelCliLog *r = *(const RunnelCliLog *const *) right;

  if (l->started != r->started)
    return l->started < r->started ? -1 : 1;

  return strcmp (l->step, r->step);
}

static void
take_step (RunnelCliLogSet        *self,
           const RunnelStepRecord *step)
{
  for (guint i = 0; step->attempts && i < step->attempts->len; i++)
    {
      const RunnelAttemptRecord *attempt = g_ptr_array_index (step->attempts, i);

      if (self->attempt == 0 || attempt->attempt == self->attempt)
        take_attempt (self, step, attempt);
    }
  if (g_strcmp0 (runnel_cli_log_set_get_only_step (self), step->id) == 0 &&
      runnel_state_is_terminal (step->state))
    {
      g_free (self->reason);
      self->reason = g_strdup (step->reason);
    }
}

static gboolean
is_wanted (RunnelCliLogSet *self,
           const char      *step)
{
  return !self->steps || g_strv_contains (self->steps, step);
}

static gboolean
has_ended (RunnelCliLogSet  *self,
           GError          **error)
{
  RunnelRunRecord *run = runnel_history_get_run (self->history, self->run, error);
  gboolean ended = !run || runnel_state_is_terminal (run->state);

  g_clear_pointer (&run, runnel_run_record_free);

  return ended;
}

static gboolean
check_steps (RunnelCliLogSet  *self,
             GPtrArray        *steps,
             GError          **error)
{
  for (guint i = 0; self->steps && self->steps[i]; i++)
    {
      gboolean is_known = FALSE;

      for (guint k = 0; k < steps->len && !is_known; k++)
        is_known = g_str_equal (((RunnelStepRecord *) g_ptr_array_index (steps, k))->id,
                                self->steps[i]);
      if (is_known)
        continue;
      g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                   "run %" G_GINT64_FORMAT " has no step “%s”; see runnel show %" G_GINT64_FORMAT,
                   self->run, self->steps[i], self->run);
      return FALSE;
    }

  return TRUE;
}

/**
 * runnel_cli_log_set_look:
 *
 * Looks what there is by now. A run whose process died is closed by the look. What ended by then
 * is there whole.
 *
 * Returns: %FALSE when the history can't be read, or the run has none of the steps
 */
gboolean
runnel_cli_log_set_look (RunnelCliLogSet  *self,
                         GError          **error)
{
  gboolean run_ended = has_ended (self, error);
  g_autoptr(GPtrArray) steps = runnel_history_get_steps (self->history, self->run, error);
  gboolean all_ended = self->steps != NULL;

  if (!steps || !check_steps (self, steps, error))
    return FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      if (!is_wanted (self, step->id))
        continue;
      take_step (self, step);
      all_ended &= runnel_state_is_terminal (step->state);
    }
  self->is_over = run_ended || all_ended;
  g_ptr_array_sort (self->logs, compare_start);

  return TRUE;
}

/**
 * runnel_cli_log_set_wait:
 *
 * Waits a moment before the next look.
 *
 * Returns: %FALSE when the history can't be read
 */
gboolean
runnel_cli_log_set_wait (RunnelCliLogSet  *self,
                         GError          **error)
{
  g_usleep (LOOK_MS * 1000);
  return runnel_run_dir_is_alive (self->run_dir) ||
         runnel_history_reconcile (self->history, error);
}

/**
 * runnel_cli_log_set_check:
 * @has_printed: whether anything was printed
 *
 * A process that was silent leaves no log. Of a step without a process, silence would leave a
 * person with nothing.
 *
 * Returns: %FALSE when there is a reason why there are no logs
 */
gboolean
runnel_cli_log_set_check (RunnelCliLogSet  *self,
                          gboolean          has_printed,
                          GError          **error)
{
  const char *step = runnel_cli_log_set_get_only_step (self);

  if (!g_file_test (self->run_dir, G_FILE_TEST_IS_DIR))
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                 "the logs of run %" G_GINT64_FORMAT " were removed; their folder was %s",
                 self->run, self->run_dir);
  else if (step && self->is_over && !self->was_begun && !has_printed)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND, "step “%s” has no log%s%s",
                 step, self->reason ? ": " : "", self->reason ? self->reason : "");
  else
    return TRUE;

  return FALSE;
}
