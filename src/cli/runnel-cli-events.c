/* runnel-cli-events.c: a run as its bare events, or as nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "cli/runnel-cli-output.h"
#include "cli/runnel-cli-progress.h"

typedef struct
{
  RunnelCliView view;
  RunnelCliOutput *output;
  GString *line;
} Events;

static void
events_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
  Events *self = (Events *) sink;

  runnel_cli_progress_take (&self->view.progress, event);
  g_string_truncate (self->line, 0);
  runnel_event_append_json (event, self->line);
  g_string_append_c (self->line, '\n');
  runnel_cli_output_add (self->output, self->line->str, self->line->len);
}

static void
events_free (RunnelCliView *view)
{
  Events *self = (Events *) view;

  runnel_cli_output_free (self->output);
  g_string_free (self->line, TRUE);
  runnel_cli_progress_clear (&self->view.progress);
  g_free (self);
}

static void
silent_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
  runnel_cli_progress_take ((RunnelCliProgress *) sink, event);
}

static void
silent_free (RunnelCliView *self)
{
  runnel_cli_progress_clear (&self->progress);
  g_free (self);
}

/**
 * runnel_cli_events_new:
 *
 * Returns: (transfer full): a view that prints each event as a JSON object on a line
 */
RunnelCliView *
runnel_cli_events_new (void)
{
  Events *self = g_new0 (Events, 1);

  self->view.progress.sink.event = events_event;
  self->view.free = events_free;
  self->output = runnel_cli_output_new (STDOUT_FILENO);
  self->line = g_string_new (NULL);

  return &self->view;
}

/**
 * runnel_cli_silent_new:
 *
 * Returns: (transfer full): a view that prints nothing
 */
RunnelCliView *
runnel_cli_silent_new (void)
{
  RunnelCliView *self = g_new0 (RunnelCliView, 1);

  self->progress.sink.event = silent_event;
  self->free = silent_free;

  return self;
}
