/* runnel-cli-rehearse.c: runnel run --dry-run
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-progress.h"
#include "cli/runnel-cli-run.h"
#include "cli/runnel-cli-terminal.h"
#include "expr/runnel-expr.h"

/* Where logs would be. Nothing is written, so it does not have to exist. */
#define NO_DIR "/nonexistent"

/* An executor that prints what it is asked to do, and leaves doing nothing to another. */
typedef struct
{
  RunnelExecutor parent;
  RunnelExecutor *inner;
  GMainLoop *loop;
  RunnelState state;
  guint n_attempts;
  gboolean is_quiet;
} Rehearsal;

static char *
describe_value (JsonNode *value)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (!JSON_NODE_HOLDS_ARRAY (value))
    return runnel_value_to_text (value);

  for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
    {
      g_autofree char *item =
        runnel_value_to_text (json_array_get_element (json_node_get_array (value), i));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", item);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What the step does, in the words of the kind's own declaration, on one line. */
static char *
describe_attempt (const RunnelAttempt *attempt)
{
  const RunnelKind *kind = runnel_kind_lookup (attempt->kind);
  JsonNode *value = NULL;
  g_autofree char *text = NULL;

  if (kind && kind->summary_field)
    value = json_object_get_member (attempt->with, kind->summary_field);
  if (!value)
    value = json_object_get_member (attempt->with, "run");
  if (!value)
    return g_strdup ("");

  text = describe_value (value);
  g_strdelimit (g_strchomp (text), "\n", ';');

  return runnel_text_make_printable (text, strlen (text));
}

static RunnelTask *
rehearsal_start (RunnelExecutor      *executor,
                 const RunnelAttempt *attempt)
{
  Rehearsal *self = (Rehearsal *) executor;
  g_autofree char *description = describe_attempt (attempt);

  self->n_attempts++;
  if (!self->is_quiet)
    printf ("%4u. %s  %s  %s\n", self->n_attempts, attempt->step, attempt->kind, description);

  self->inner->callbacks = executor->callbacks;
  self->inner->user_data = executor->user_data;

  return self->inner->start (self->inner, attempt);
}

static void
rehearsal_cancel (RunnelExecutor *executor,
                  RunnelTask     *task)
{
  Rehearsal *self = (Rehearsal *) executor;

  self->inner->cancel (self->inner, task);
}

static void
finished_cb (RunnelRun   *run,
             RunnelState  state,
             gpointer     user_data)
{
  Rehearsal *self = user_data;

  self->state = state;
  g_main_loop_quit (self->loop);
}

static RunnelRun *
new_run (RunnelCliOrder  *order,
         RunnelExecutor  *executor,
         GError         **error)
{
  RunnelRunOptions options = { 0, };

  options.jobs = order->jobs;
  options.parameters = order->parameters;
  options.trigger = order->trigger;
  options.secrets = order->secrets;
  options.file = order->file;
  options.run_dir = NO_DIR;
  options.is_rehearsal = TRUE;
  options.selection = order->selection;
  options.undos = order->undos;

  return runnel_run_new (order->pipeline, &options, executor, runnel_clock_get_system (), error);
}

/* A step that was skipped is worth a line: its condition or its links say so already now. How one
 * ended that is not carried out again is not. */
static void
skipped_event (RunnelEventSink   *sink,
               const RunnelEvent *event)
{
  if (event->type != RUNNEL_EVENT_STEP_FINISHED || event->state == RUNNEL_STATE_SUCCEEDED ||
      event->reused != 0 || g_str_has_suffix (event->step, ".undo"))
    return;

  printf ("   -  %s  %s%s%s\n", event->step, runnel_state_to_string (event->state),
          event->reason ? ": " : "", event->reason ? event->reason : "");
}

/**
 * runnel_cli_check:
 * @order: what is to be run
 * @error: return location for a #RunnelRunError
 *
 * Returns: whether a run can be made of it: parameters, plan and environment are fine
 */
gboolean
runnel_cli_check (RunnelCliOrder  *order,
                  GError         **error)
{
  g_autoptr(RunnelExecutor) executor = runnel_dry_run_executor_new ();
  g_autoptr(RunnelRun) run = new_run (order, executor, error);

  return run != NULL;
}

/**
 * runnel_cli_rehearse:
 * @order: what would be run
 * @error: return location for a #RunnelRunError
 *
 * Goes through a run as if every step succeeded at once, and prints what each would do.
 *
 * Returns: the exit code
 */
int
runnel_cli_rehearse (RunnelCliOrder  *order,
                     GError         **error)
{
  Rehearsal self = { 0, };
  g_autoptr(RunnelExecutor) inner = runnel_dry_run_executor_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  RunnelCliView *events = runnel_cli_events_new ();
  RunnelEventSink skipped = { skipped_event, NULL };
  g_autoptr(RunnelRun) run = NULL;

  self.parent.start = rehearsal_start;
  self.parent.cancel = rehearsal_cancel;
  self.inner = inner;
  self.loop = loop;
  self.is_quiet = order->as_json;

  run = new_run (order, &self.parent, error);
  if (run)
    {
      runnel_cli_progress_init (&events->progress, order->pipeline, 0, NO_DIR);
      runnel_run_add_sink (run, order->as_json ? &events->progress.sink : &skipped);
      runnel_run_start (run, finished_cb, &self);
      g_main_loop_run (loop);
      g_clear_pointer (&run, runnel_run_free);
    }
  events->free (events);

  return self.state == RUNNEL_STATE_SUCCEEDED ? RUNNEL_EXIT_SUCCEEDED : RUNNEL_EXIT_FAILED;
}
