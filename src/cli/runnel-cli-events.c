/* runnel-cli-events.c: a run as its bare events, or as nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>

#include "cli/runnel-cli-progress.h"

static void
events_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
  RunnelCliProgress *progress = (RunnelCliProgress *) sink;
  g_autoptr(GString) line = g_string_new (NULL);

  runnel_cli_progress_take (progress, event);
  runnel_event_append_json (event, line);
  puts (line->str);
  fflush (stdout);
}

static void
silent_event (RunnelEventSink   *sink,
              const RunnelEvent *event)
{
  runnel_cli_progress_take ((RunnelCliProgress *) sink, event);
}

static void
view_free (RunnelCliView *self)
{
  runnel_cli_progress_clear (&self->progress);
  g_free (self);
}

static RunnelCliView *
view_new (void (*event) (RunnelEventSink *sink, const RunnelEvent *event))
{
  RunnelCliView *self = g_new0 (RunnelCliView, 1);

  self->progress.sink.event = event;
  self->free = view_free;

  return self;
}

/**
 * runnel_cli_events_new:
 *
 * Returns: (transfer full): a view that prints each event as a JSON object on a line
 */
RunnelCliView *
runnel_cli_events_new (void)
{
  return view_new (events_event);
}

/**
 * runnel_cli_silent_new:
 *
 * Returns: (transfer full): a view that prints nothing
 */
RunnelCliView *
runnel_cli_silent_new (void)
{
  return view_new (silent_event);
}
