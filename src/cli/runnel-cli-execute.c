/* runnel-cli-execute.c: one run, from its place in the history to its exit code
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>
#include <signal.h>

#include "alerts/runnel-alerts.h"
#include "cli/runnel-cli-detach.h"
#include "cli/runnel-cli-hold.h"
#include "cli/runnel-cli-outputs.h"
#include "cli/runnel-cli-progress.h"
#include "cli/runnel-cli-queue.h"
#include "cli/runnel-cli-run.h"
#include "cli/runnel-cli-share.h"
#include "cli/runnel-cli-terminal.h"
#include "cli/runnel-cli-told.h"
#include "engine/runnel-event-log.h"
#include "engine/runnel-fingerprint.h"
#include "engine/runnel-guard.h"
#include "engine/runnel-inhibitor.h"
#include "engine/runnel-run-server.h"
#include "history/runnel-cleanup-status.h"
#include "history/runnel-history-writer.h"
#include "history/runnel-retention.h"

#define SAME_SIGNAL_TIME (500 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  RunnelCliOrder *order;
  RunnelFingerprint *begun; /* or NULL */
  JsonObject *fingerprint;  /* or NULL */
  gint64 id;
  RunnelRunDir *dir;
  RunnelEventLog *log;
  RunnelHistoryWriter *writer;
  RunnelCliShare share;
  RunnelCliTold told;
  RunnelExecutor *executor;
  RunnelKeeper *keeper;
  RunnelRun *run;
  RunnelRunServer *server;
  RunnelCliQueue *queue;
  RunnelCliOutputs *outputs;
  RunnelInhibitor *inhibitor; /* NULL for a run that is a step of another */
  RunnelCliView *view;
  GMainLoop *loop;
  guint signals[3];
  RunnelCliHold *hold;
  RunnelState state;
  gint64 interrupted_at;    /* by a first signal, monotonic; the second one kills */
} Session;

/* What a run that is a step of another could tell, that one has told. */
static void
begin_fingerprint (Session *self)
{
  g_autofree char *folder = NULL;

  if (g_getenv ("RUNNEL_DEPTH"))
    return;

  folder = g_path_get_dirname (self->order->file);
  self->begun = runnel_fingerprint_begin (folder);
}

static void
end_fingerprint (Session *self)
{
  if (self->begun)
    self->fingerprint = runnel_fingerprint_end (g_steal_pointer (&self->begun));
}

static void
session_clear (Session *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);
  g_clear_pointer (&self->hold, runnel_cli_hold_free);
  g_clear_pointer (&self->queue, runnel_cli_queue_free);
  g_clear_pointer (&self->server, runnel_run_server_free);
  g_clear_pointer (&self->run, runnel_run_free);
  g_clear_pointer (&self->executor, runnel_executor_free);
  g_clear_pointer (&self->keeper, runnel_keeper_free);
  runnel_cli_share_clear (&self->share);
  runnel_cli_told_close (&self->told);
  if (self->view)
    self->view->free (self->view);
  g_clear_pointer (&self->outputs, runnel_cli_outputs_free);
  g_clear_pointer (&self->inhibitor, runnel_inhibitor_free);
  g_clear_pointer (&self->writer, runnel_history_writer_free);
  g_clear_pointer (&self->log, runnel_event_log_free);
  g_clear_pointer (&self->dir, runnel_run_dir_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  end_fingerprint (self);
  g_clear_pointer (&self->fingerprint, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

static void
log_failed_cb (RunnelEventLog *log,
               const GError   *error,
               gpointer        user_data)
{
  Session *self = user_data;
  runnel_run_cancel (self->run, error->message);
}

/* Makes the run's folder with its pipeline and its journal. */
static gboolean
open_folder (Session  *self,
             GError  **error)
{
  g_autofree char *runs_dir = runnel_history_get_runs_dir ();

  self->dir = runnel_run_dir_create (runs_dir, self->id, error);
  if (!self->dir || !runnel_run_dir_write_pipeline (self->dir, self->order->text,
                                                    self->order->length, error))
    return FALSE;

  self->log = runnel_event_log_new (self->dir, log_failed_cb, self, error);

  return self->log &&
         runnel_cli_inherit_artifacts (self->order, runnel_run_dir_get_path (self->dir), error);
}

/* Gives the run its number and its folder. */
static gboolean
open_place (Session  *self,
            GError  **error)
{
  RunnelCliOrder *order = self->order;
  g_autoptr(RunnelHistory) history = runnel_cli_open_history (error);
  g_autoptr(GError) problem = NULL;

  if (!history)
    return FALSE;

  self->id = runnel_history_add_run (history, runnel_pipeline_get_name (order->pipeline),
                                     order->file, order->text, order->length, g_get_real_time (),
                                     error);
  if (self->id == 0)
    return FALSE;

  if (!open_folder (self, &problem))
    {
      runnel_history_abandon_run (history, self->id, problem->message, NULL);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  g_clear_pointer (&order->text, g_free);
  runnel_guard_set_run (self->id, runnel_run_dir_get_path (self->dir));
  self->writer = runnel_history_writer_new (g_steal_pointer (&history));

  return TRUE;
}

static RunnelCliView *
new_view (RunnelCliOrder *order)
{
  if (order->is_detached)
    return runnel_cli_silent_new ();
  if (order->as_json)
    return runnel_cli_events_new ();

  return runnel_terminal_is_live () ? runnel_cli_block_new () : runnel_cli_lines_new ();
}

/* For a run that is a step of another, that one does it. */
static void
keep_awake (Session *self)
{
  g_autofree char *base = g_path_get_basename (self->order->file);
  const char *name = runnel_pipeline_get_name (self->order->pipeline);
  g_autofree char *why = NULL;

  if (g_getenv ("RUNNEL_DEPTH"))
    return;

  why = g_strdup_printf ("Run %" G_GINT64_FORMAT ": %s", self->id, name ? name : base);
  self->inhibitor = runnel_inhibitor_new (runnel_clock_get_system (), why);
  runnel_run_add_sink (self->run, runnel_inhibitor_get_sink (self->inhibitor));
}

/* Once a run is written to be over, nobody looks any more for what it left in the background. */
static void
settle_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
  if (event->type == RUNNEL_EVENT_RUN_FINISHED)
    runnel_real_executor_end_leftovers ();
}

/* The journal comes first of all that write: what it was not told, nobody has seen. */
static void
add_sinks (Session *self)
{
  static RunnelEventSink settle = { .event = settle_event };
  RunnelCliOrder *order = self->order;

  runnel_run_add_sink (self->run, &settle);
  runnel_run_add_sink (self->run, runnel_event_log_get_sink (self->log));
  runnel_run_add_sink (self->run, runnel_history_writer_get_sink (self->writer));
  runnel_run_add_sink (self->run, runnel_run_server_get_sink (self->server));

  if (self->told.telemetry)
    runnel_run_add_sink (self->run, runnel_telemetry_get_sink (self->told.telemetry));

  if (order->outputs)
    {
      self->outputs = runnel_cli_outputs_new ();
      runnel_run_add_sink (self->run, runnel_cli_outputs_get_sink (self->outputs));
    }

  keep_awake (self);
  self->view = new_view (order);
  runnel_cli_progress_init (&self->view->progress, order->pipeline, self->id,
                            runnel_run_dir_get_path (self->dir));
  runnel_run_add_sink (self->run, &self->view->progress.sink);
}

static gboolean
make_run (Session  *self,
          GError  **error)
{
  RunnelRunOptions options = { 0, };

  options.id = self->id;
  options.jobs = self->order->jobs;
  options.parameters = self->order->parameters;
  options.trigger = self->order->trigger;
  options.origin = self->order->origin;
  end_fingerprint (self);
  options.fingerprint = self->fingerprint;
  options.labels = (const char *const *) self->order->labels;
  options.secrets = self->order->secrets;
  options.file = self->order->file;
  options.run_dir = runnel_run_dir_get_path (self->dir);
  options.grace = RUNNEL_DEFAULT_GRACE;
  options.seed = g_random_int ();
  options.selection = self->order->selection;
  options.undos = self->order->undos;
  runnel_cli_share_init (&self->share, self->order, self->id);
  options.pools = self->share.pools;
  options.breakers = self->share.breakers;
  runnel_cli_told_init (&self->told, self->order, self->share.settings, self->id);
  options.trace = self->told.trace;

  self->executor = runnel_real_executor_new ();
  self->keeper = runnel_real_keeper_new ();
  options.keeper = self->keeper;
  options.no_cache = self->order->no_cache;
  options.container = self->order->container;
  self->run = runnel_run_new (self->order->pipeline, &options, self->executor,
                              runnel_clock_get_system (), error);
  if (!self->run)
    return FALSE;

  self->server = runnel_run_server_new (self->dir, self->run, error);
  if (!self->server)
    return FALSE;

  add_sinks (self);

  return TRUE;
}

/* Each attempt's process leads a group, and a step is over when its group is empty. */
static void
kill_steps (RunnelCliProgress *progress)
{
  for (guint i = 0; i < progress->n_steps; i++)
    if (progress->steps[i].pid > 0)
      kill (-(pid_t) progress->steps[i].pid, SIGKILL);
}

/* One signal to a whole process group or service comes twice: directly, and passed on by the
 * guard. */
static void
interrupt (Session    *self,
           const char *reason)
{
  gint64 now = g_get_monotonic_time ();

  RunnelRunAction action = {
    .name = "cancelled", .comment = reason, .user = g_get_user_name (),
    .origin = self->order->origin,
  };

  if (self->interrupted_at != 0 && now - self->interrupted_at <= SAME_SIGNAL_TIME)
    return;
  runnel_run_tell_action (self->run, &action);
  runnel_run_cancel (self->run, reason);
  if (self->interrupted_at != 0)
    kill_steps (&self->view->progress);
  self->interrupted_at = now;
}

static gboolean
int_cb (gpointer user_data)
{
  interrupt (user_data, "interrupted from the keyboard");

  return G_SOURCE_CONTINUE;
}

static gboolean
term_cb (gpointer user_data)
{
  interrupt (user_data, "asked to end by a signal");

  return G_SOURCE_CONTINUE;
}

static gboolean
hup_cb (gpointer user_data)
{
  interrupt (user_data, "its terminal was closed");

  return G_SOURCE_CONTINUE;
}

static gboolean
is_ignored (int signal_number)
{
  struct sigaction action;

  return sigaction (signal_number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

/* Who holds a run back by signals. */
static const char *
get_holder (void)
{
  return g_getenv ("RUNNEL_DEPTH") ? "the run around it" : "a signal";
}

/* While we are stopped nobody can ask us, but the history can be read. */
static void
stop_cb (gboolean stopping,
         gpointer user_data)
{
  Session *self = user_data;

  if (stopping)
    runnel_history_writer_flush (self->writer, NULL);
  else if (self->view->leave)
    self->view->leave (self->view);
}

/* A reader that goes away (`runnel run | head`) must not end a run, and nohup means what it
 * says. */
static void
handle_signals (Session *self)
{
  signal (SIGPIPE, SIG_IGN);
  self->signals[0] = g_unix_signal_add (SIGINT, int_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, term_cb, self);
  if (!is_ignored (SIGHUP))
    self->signals[2] = g_unix_signal_add (SIGHUP, hup_cb, self);
  self->hold = runnel_cli_hold_new (self->run, get_holder (), stop_cb, self);
}

static void
finished_cb (RunnelRun   *run,
             RunnelState  state,
             gpointer     user_data)
{
  Session *self = user_data;

  self->state = state;
  g_main_loop_quit (self->loop);
}

/* What the history misses is in the journal, and the next look at the history adds it. */
static void
close_history (Session *self)
{
  g_autoptr(GError) error = NULL;

  if (!runnel_history_writer_flush (self->writer, &error))
    runnel_terminal_print (stderr, "runnel: the history is not complete yet: %s\n", error->message);
}

/* Once an hour. */
static gboolean
wants_cleanup (RunnelSettings *settings)
{
  g_autoptr(RunnelRetention) policy = runnel_retention_new_for (settings);

  return policy->automatic && runnel_cleanup_is_due (g_get_real_time ());
}

/* Not before all of the run is over: nobody waits for it. */
static void
ask_for_successor (RunnelSettings *settings)
{
  if (g_getenv ("RUNNEL_DEPTH"))
    return;
  if (runnel_alerts_are_wanted (settings) || wants_cleanup (settings))
    runnel_guard_want_successor ();
}

static gboolean
give_outputs (Session  *self,
              GError  **error)
{
  const char *path = g_getenv ("RUNNEL_OUTPUT");

  if (!self->outputs || !path)
    return TRUE;

  return runnel_cli_outputs_write (self->outputs, self->order->outputs, path, error);
}

static int
get_exit_code (RunnelState state)
{
  switch (state)
    {
    case RUNNEL_STATE_SUCCEEDED:
      return RUNNEL_EXIT_SUCCEEDED;
    case RUNNEL_STATE_SKIPPED:
      return RUNNEL_EXIT_SKIPPED;
    case RUNNEL_STATE_CANCELLED:
      return RUNNEL_EXIT_CANCELLED;
    default:
      return RUNNEL_EXIT_FAILED;
    }
}

/**
 * runnel_cli_execute:
 * @order: what to run, checked
 * @error: return location for a #RunnelSecretsError, #RunnelHistoryError, #GIOError or
 *   #RunnelRunError
 *
 * Carries out a run from beginning to end on the main context.
 *
 * Returns: the exit code
 */
int
runnel_cli_execute (RunnelCliOrder  *order,
                    GError         **error)
{
  g_auto(Session) self = { 0, };

  self.order = order;
  self.loop = g_main_loop_new (NULL, FALSE);
  if (!runnel_cli_find_secrets (order, error))
    return RUNNEL_EXIT_USAGE;
  begin_fingerprint (&self);
  if (!open_place (&self, error) || !make_run (&self, error))
    return RUNNEL_EXIT_STORE;

  handle_signals (&self);
  if (order->is_detached)
    runnel_cli_detach_tell (self.id);
  self.queue = runnel_cli_queue_new (order, self.run, self.id);
  runnel_cli_queue_start (self.queue, finished_cb, &self);
  g_main_loop_run (self.loop);

  close_history (&self);
  ask_for_successor (self.share.settings);
  runnel_cli_share_close (&self.share);
  if (!give_outputs (&self, error))
    return RUNNEL_EXIT_FAILED;

  return get_exit_code (self.state);
}
