/* runnel-cli-lines.c: a run as lines of text, for files, pipes and simple terminals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-progress.h"
#include "cli/runnel-cli-terminal.h"

static void
print_line (gint64      time,
            const char *text)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *clock = g_date_time_format (local, "%H:%M:%S");

  printf ("%s %s\n", clock, text);
}

static void
print_tail (const char *tail)
{
  g_auto(GStrv) lines = g_strsplit (tail, "\n", -1);

  for (gsize i = 0; lines[i] && (lines[i + 1] || *lines[i]); i++)
    printf ("    | %s\n", lines[i]);
}

static void
print_step (RunnelCliProgress *progress,
            const RunnelEvent *event)
{
  g_autofree char *description = runnel_cli_progress_describe (progress, event);
  g_autofree char *tail = runnel_cli_progress_tail (progress, event);
  g_autoptr(GString) line = g_string_new (NULL);

  if (!description)
    return;

  runnel_text_append_padded (line, event->step, MAX (progress->id_width, g_utf8_strlen (event->step, -1)));
  g_string_append_printf (line, "  %s", description);
  print_line (event->time, line->str);
  if (tail)
    print_tail (tail);
}

/* What happens to the run itself, in a sentence; NULL for what happens to a step. */
static char *
describe_run_event (RunnelCliProgress *progress,
                    const RunnelEvent *event)
{
  switch (event->type)
    {
    case RUNNEL_EVENT_RUN_QUEUED:
      return g_strdup_printf ("Run %" G_GINT64_FORMAT " waits: %s", event->run, event->reason);
    case RUNNEL_EVENT_RUN_STARTED:
      return g_strdup_printf ("Run %" G_GINT64_FORMAT " started, %u step%s", event->run,
                              progress->n_steps, progress->n_steps == 1 ? "" : "s");
    case RUNNEL_EVENT_RUN_PAUSED:
      return g_strdup_printf ("The run is paused: %s", event->reason);
    case RUNNEL_EVENT_RUN_RESUMED:
      return g_strdup_printf ("The run goes on: %s", event->reason);
    case RUNNEL_EVENT_RUN_ROLLING_BACK:
      return g_strdup_printf ("The run is rolled back: %s", event->reason);
    case RUNNEL_EVENT_RUN_CANCELLING:
      return g_strdup ("The run is being cancelled; interrupt again to kill its steps");
    case RUNNEL_EVENT_RUN_FINISHED:
      return runnel_cli_progress_sum_up (progress, event);
    default:
      return NULL;
    }
}

static void
lines_event (RunnelEventSink   *sink,
             const RunnelEvent *event)
{
  RunnelCliProgress *progress = (RunnelCliProgress *) sink;
  g_autofree char *text = NULL;

  runnel_cli_progress_take (progress, event);
  text = describe_run_event (progress, event);
  if (text)
    print_line (event->time, text);
  else if (event->step)
    print_step (progress, event);
  fflush (stdout);
}

static void
lines_free (RunnelCliView *self)
{
  runnel_cli_progress_clear (&self->progress);
  g_free (self);
}

/**
 * runnel_cli_lines_new:
 *
 * Returns: (transfer full): a view that prints a line for each thing that happens
 */
RunnelCliView *
runnel_cli_lines_new (void)
{
  RunnelCliView *self = g_new0 (RunnelCliView, 1);

  self->progress.sink.event = lines_event;
  self->free = lines_free;

  return self;
}
