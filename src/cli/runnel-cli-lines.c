/* runnel-cli-lines.c: a run as lines of text, for files, pipes and simple terminals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "cli/runnel-cli-output.h"
#include "cli/runnel-cli-progress.h"
#include "cli/runnel-cli-terminal.h"

/* Events are kept until the run has nothing else to do: the next step must not wait until a line
 * about the one before is made up. Only so many of them, should that take long. */
#define MAX_KEPT 500

typedef struct _Printer Printer;

typedef struct
{
  RunnelCliView view;
  RunnelCliOutput *output;
  Printer *printer;
  GArray *kept;       /* of RunnelEvent with reasons and causes of their own */
  GString *text;      /* what the kept events make us print */
  gint64 second;      /* since 1970: the one that `clock` shows */
  char *clock;        /* the local time, "13:04:05" */
} Lines;

/* Ready whenever events are kept, and behind everything else that is ready. */
struct _Printer
{
  GSource source;
  Lines *lines;
};

/* The local time is not worth finding out for each of thousands of lines a second. */
static const char *
tell_time (Lines *self,
           gint64 time)
{
  gint64 second = time / G_USEC_PER_SEC;

  if (!self->clock || second != self->second)
    {
      g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (second);
      g_autoptr(GDateTime) local = g_date_time_to_local (utc);

      g_free (self->clock);
      self->clock = g_date_time_format (local, "%H:%M:%S");
      self->second = second;
    }

  return self->clock;
}

static void
add_line (Lines      *self,
          gint64      time,
          const char *text)
{
  g_string_append (self->text, tell_time (self, time));
  g_string_append_c (self->text, ' ');
  g_string_append (self->text, text);
  g_string_append_c (self->text, '\n');
}

static void
add_tail (Lines      *self,
          const char *tail)
{
  g_auto(GStrv) lines = g_strsplit (tail, "\n", -1);

  for (gsize i = 0; lines[i] && (lines[i + 1] || *lines[i]); i++)
    g_string_append_printf (self->text, "    | %s\n", lines[i]);
}

static void
add_step (Lines             *self,
          const RunnelEvent *event)
{
  RunnelCliProgress *progress = &self->view.progress;
  g_autofree char *description = runnel_cli_progress_describe (progress, event);
  g_autofree char *tail = runnel_cli_progress_tail (progress, event);
  g_autoptr(GString) line = NULL;

  if (!description)
    return;

  line = g_string_new (NULL);
  runnel_text_append_padded (line, event->step,
                             MAX (progress->id_width, g_utf8_strlen (event->step, -1)));
  g_string_append (line, "  ");
  g_string_append (line, description);
  add_line (self, event->time, line->str);
  if (tail)
    add_tail (self, tail);
}

/* What happens to the run itself, in a sentence; NULL for what happens to a step. */
static char *
describe_run_event (RunnelCliProgress *progress,
                    const RunnelEvent *event)
{
  switch (event->type)
    {
    case RUNNEL_EVENT_RUN_QUEUED:
      /* One that is skipped at once has no place. */
      return event->reason ? g_strdup_printf ("Run %" G_GINT64_FORMAT " waits, %s", event->run,
                                              event->reason)
                           : NULL;
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
add_event (Lines             *self,
           const RunnelEvent *event)
{
  g_autofree char *text = describe_run_event (&self->view.progress, event);

  if (text)
    add_line (self, event->time, text);
  else if (event->step && self->view.progress.started > 0)
    add_step (self, event);
}

static void
clear_kept (gpointer data)
{
  RunnelEvent *event = data;

  g_free ((char *) event->reason);
  g_free ((char *) event->cause);
  g_clear_pointer (&event->details, json_object_unref);
}

static void
keep (Lines             *self,
      const RunnelEvent *event)
{
  RunnelCliProgress *progress = &self->view.progress;
  gboolean is_known = event->step && event->step_index < progress->n_steps;
  RunnelEvent kept = *event;

  kept.step = is_known ? progress->steps[event->step_index].id : NULL;
  kept.reason = g_strdup (event->reason);
  kept.cause = g_strdup (event->cause);
  kept.outputs = NULL;
  kept.details = event->details ? json_object_ref (event->details) : NULL;
  g_array_append_val (self->kept, kept);
}

static void
print_kept (Lines *self)
{
  g_string_truncate (self->text, 0);
  for (guint i = 0; i < self->kept->len; i++)
    add_event (self, &g_array_index (self->kept, RunnelEvent, i));
  g_array_set_size (self->kept, 0);
  if (self->text->len > 0)
    runnel_cli_output_add (self->output, self->text->str, self->text->len);
}

static gboolean
printer_prepare (GSource *source,
                 int     *timeout)
{
  Printer *self = (Printer *) source;

  *timeout = -1;

  return self->lines->kept->len > 0;
}

static gboolean
printer_dispatch (GSource    *source,
                  GSourceFunc callback,
                  gpointer    user_data)
{
  Printer *self = (Printer *) source;

  print_kept (self->lines);

  return G_SOURCE_CONTINUE;
}

static Printer *
printer_new (Lines *lines)
{
  static GSourceFuncs funcs = { .prepare = printer_prepare, .dispatch = printer_dispatch };
  GSource *source = g_source_new (&funcs, sizeof (Printer));

  ((Printer *) source)->lines = lines;
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (source, NULL);

  return (Printer *) source;
}

static void
printer_free (Printer *self)
{
  g_source_destroy (&self->source);
  g_source_unref (&self->source);
}

static void
lines_event (RunnelEventSink   *sink,
             const RunnelEvent *event)
{
  Lines *self = (Lines *) sink;

  runnel_cli_progress_take (&self->view.progress, event);
  keep (self, event);
  if (self->kept->len >= MAX_KEPT || event->type == RUNNEL_EVENT_RUN_FINISHED)
    print_kept (self);
}

static void
lines_free (RunnelCliView *view)
{
  Lines *self = (Lines *) view;

  printer_free (self->printer);
  g_array_unref (self->kept);
  runnel_cli_output_free (self->output);
  g_string_free (self->text, TRUE);
  g_free (self->clock);
  runnel_cli_progress_clear (&self->view.progress);
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
  Lines *self = g_new0 (Lines, 1);

  self->view.progress.sink.event = lines_event;
  self->view.free = lines_free;
  self->output = runnel_cli_output_new (STDOUT_FILENO);
  self->kept = g_array_new (FALSE, FALSE, sizeof (RunnelEvent));
  g_array_set_clear_func (self->kept, clear_kept);
  self->printer = printer_new (self);
  self->text = g_string_new (NULL);

  return &self->view;
}
