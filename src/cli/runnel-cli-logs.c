/* runnel-cli-logs.c: runnel logs
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/runnel-cli-log.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli.h"
#include "engine/runnel-run-dir.h"

#define LOOK_MS 100

/* An attempt whose log is printed. */
typedef struct
{
  char *step;
  guint attempt;
  gint64 started;
  char *path;
  gint64 offset;       /* printed so far, in bytes */
  gboolean is_over;    /* nothing will be added */
  gboolean is_done;    /* and all of it is printed */
} Log;

typedef struct
{
  RunnelHistory *history;
  gint64 run;
  char *run_dir;
  const char *step;    /* only this one, or NULL */
  guint attempt;       /* only this one, or 0 */
  gboolean follow;
  GPtrArray *logs;     /* of Log, in the order of their start */
  const Log *shown;    /* the one that the last heading was for */
  char *reason;        /* why the one step is in its state, or NULL */
  gboolean was_begun;  /* there was a process to write a log */
  gboolean is_over;    /* what is followed has ended */
} Logs;

static void
log_free (Log *log)
{
  g_free (log->step);
  g_free (log->path);
  g_free (log);
}

static void
logs_clear (Logs *self)
{
  g_clear_pointer (&self->history, runnel_history_close);
  g_clear_pointer (&self->run_dir, g_free);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_pointer (&self->reason, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Logs, logs_clear)

static Log *
find_log (Logs       *self,
          const char *step,
          guint       attempt)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      Log *log = g_ptr_array_index (self->logs, i);

      if (log->attempt == attempt && g_str_equal (log->step, step))
        return log;
    }

  return NULL;
}

static void
take_attempt (Logs                      *self,
              const RunnelStepRecord    *step,
              const RunnelAttemptRecord *attempt)
{
  Log *log = find_log (self, step->id, attempt->attempt);

  if (!log)
    {
      g_autofree char *name = runnel_run_dir_log_name (step->id, attempt->attempt);

      log = g_new0 (Log, 1);
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
  const Log *l = *(const Log *const *) left;
  const Log *r = *(const Log *const *) right;

  if (l->started != r->started)
    return l->started < r->started ? -1 : 1;

  return strcmp (l->step, r->step);
}

static void
take_step (Logs                   *self,
           const RunnelStepRecord *step)
{
  for (guint i = 0; step->attempts && i < step->attempts->len; i++)
    {
      const RunnelAttemptRecord *attempt = g_ptr_array_index (step->attempts, i);

      if (self->attempt == 0 || attempt->attempt == self->attempt)
        take_attempt (self, step, attempt);
    }
}

static gboolean
has_ended (Logs    *self,
           GError **error)
{
  RunnelRunRecord *run = runnel_history_get_run (self->history, self->run, error);
  gboolean ended = !run || runnel_state_is_terminal (run->state);

  g_clear_pointer (&run, runnel_run_record_free);

  return ended;
}

/* Looks what there is by now. A run whose process died is closed by the look. */
static gboolean
look (Logs    *self,
      GError **error)
{
  gboolean run_ended = has_ended (self, error);
  g_autoptr(GPtrArray) steps = runnel_history_get_steps (self->history, self->run, error);
  gboolean is_known = self->step == NULL;

  if (!steps)
    return FALSE;

  self->is_over = run_ended;
  for (guint i = 0; i < steps->len; i++)
    {
      const RunnelStepRecord *step = g_ptr_array_index (steps, i);

      if (self->step && !g_str_equal (self->step, step->id))
        continue;
      is_known = TRUE;
      take_step (self, step);
      if (self->step && runnel_state_is_terminal (step->state))
        {
          self->is_over = TRUE;
          g_free (self->reason);
          self->reason = g_strdup (step->reason);
        }
    }
  g_ptr_array_sort (self->logs, compare_start);

  if (!is_known)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                 "run %" G_GINT64_FORMAT " has no step “%s”; see runnel show %" G_GINT64_FORMAT,
                 self->run, self->step, self->run);

  return is_known;
}

typedef struct
{
  Logs *logs;
  const Log *log;
} Heading;

/* One log alone needs no heading. */
static void
print_heading (gpointer user_data)
{
  Heading *heading = user_data;
  Logs *self = heading->logs;
  const Log *log = heading->log;
  gboolean is_first = self->shown == NULL;

  if (self->shown == log)
    return;
  self->shown = log;
  if (self->step && log->attempt == 1)
    return;

  printf ("%s%s==> %s", is_first ? "" : "\n", runnel_terminal_get_dim (), log->step);
  if (log->attempt > 1)
    printf (", attempt %u", log->attempt);
  printf (" <==%s\n", runnel_terminal_get_reset ());
}

static void
print_new (Logs *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      Log *log = g_ptr_array_index (self->logs, i);
      Heading heading = { self, log };

      if (log->is_done)
        continue;
      runnel_cli_log_copy (log->path, &log->offset, print_heading, &heading);
      log->is_done = log->is_over;
    }
}

/* The look comes before the copy, so what ended by then is copied whole. */
static gboolean
print_logs (Logs    *self,
            GError **error)
{
  do
    {
      if (!look (self, error))
        return FALSE;
      print_new (self);
      if (self->follow && !self->is_over)
        {
          g_usleep (LOOK_MS * 1000);
          if (!runnel_run_dir_is_alive (self->run_dir) &&
              !runnel_history_reconcile (self->history, error))
            return FALSE;
        }
    }
  while (self->follow && !self->is_over);

  return TRUE;
}

/* A process that was silent leaves no log. Of a step without a process, silence would leave a
 * person with nothing. */
static gboolean
check_logs (Logs    *self,
            GError **error)
{
  if (!g_file_test (self->run_dir, G_FILE_TEST_IS_DIR))
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND,
                 "the logs of run %" G_GINT64_FORMAT " were removed; their folder was %s",
                 self->run, self->run_dir);
  else if (self->step && self->is_over && !self->was_begun && !self->shown)
    g_set_error (error, RUNNEL_CLI_ERROR, RUNNEL_CLI_ERROR_NOT_FOUND, "step “%s” has no log%s%s",
                 self->step, self->reason ? ": " : "", self->reason ? self->reason : "");
  else
    return TRUE;

  return FALSE;
}

static gboolean
open_logs (Logs        *self,
           const char  *run,
           GError     **error)
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

int
runnel_cli_logs (int      argc,
                 char   **argv,
                 GError **error)
{
  g_auto(Logs) self = { 0, };
  int attempt = 0;
  const GOptionEntry entries[] = {
    { "follow", 'f', 0, G_OPTION_ARG_NONE, &self.follow,
      "Go on printing until the step, or the run, has ended", NULL },
    { "attempt", 'a', 0, G_OPTION_ARG_INT, &attempt, "Only this attempt (default: all)", "N" },
    { NULL }
  };

  if (!runnel_cli_parse (&argc, &argv, entries, "RUN [STEP]",
                         "Prints the logs of a run in the order in which its steps started, or "
                         "the log of one step.", 1, 2, error))
    return RUNNEL_EXIT_USAGE;

  self.step = argc > 2 ? argv[2] : NULL;
  self.attempt = MAX (attempt, 0);
  if (!open_logs (&self, argv[1], error) || !print_logs (&self, error) ||
      !check_logs (&self, error))
    return RUNNEL_EXIT_NOT_FOUND;

  return RUNNEL_EXIT_SUCCEEDED;
}
