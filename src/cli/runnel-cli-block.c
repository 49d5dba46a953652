/* runnel-cli-block.c: a run as a block of lines redrawn in place on a terminal
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Above the block stays what is worth keeping: failures with the end of their log, and questions
 * to a person. The block shows running steps, counts and the last failures. A frame is written
 * in one go over the one before, line by line, so nothing flickers.
 */
#include "config.h"

#include <unistd.h>

#include "cli/runnel-cli-output.h"
#include "cli/runnel-cli-progress.h"
#include "cli/runnel-cli-terminal.h"
#include "util/runnel-format.h"

#define FRAME_MS 100
#define MAX_FAILURES 3

#define ERASE_TO_END_OF_LINE "\033[K"
#define ERASE_BELOW "\033[J"

typedef struct
{
  RunnelCliView view;
  RunnelCliOutput *output;
  GString *kept;          /* to be printed above the block with the next frame */
  GArray *widths;         /* of guint: the lines of the frame on the screen */
  GQueue failures;        /* ids of the steps that failed last, the latest first */
  guint timer;
  gboolean is_over;
} Block;

/* A terminal that became narrower has wrapped the lines that are on it. */
static guint
count_rows (Block *self,
            guint  terminal_width)
{
  guint rows = 0;

  for (guint i = 0; i < self->widths->len; i++)
    {
      guint width = g_array_index (self->widths, guint, i);

      rows += MAX ((width + terminal_width - 1) / terminal_width, 1);
    }

  return rows;
}

static void
add_line (Block      *self,
          GString    *frame,
          const char *color,
          const char *text)
{
  guint room = runnel_terminal_get_width () - 1;
  guint width = MIN (runnel_text_get_width (text), room);

  g_string_append (frame, color);
  runnel_text_append_fitted (frame, text, room);
  if (*color)
    g_string_append (frame, runnel_terminal_get_reset ());
  g_string_append (frame, ERASE_TO_END_OF_LINE "\n");
  g_array_append_val (self->widths, width);
}

static gboolean
is_active (const RunnelCliStep *step)
{
  return step->state == RUNNEL_STATE_RUNNING || step->state == RUNNEL_STATE_WAITING;
}

static void
add_step (Block               *self,
          GString             *frame,
          const RunnelCliStep *step,
          gint64               now)
{
  RunnelCliProgress *progress = &self->view.progress;
  g_autofree char *elapsed = runnel_format_duration (now - step->started);
  guint id_width = MIN (progress->id_width, runnel_terminal_get_width () / 2);
  g_autoptr(GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%s ", runnel_state_get_mark (step->state));
  runnel_text_append_padded (line, step->id, id_width);
  g_string_append_printf (line, "  %s%s", elapsed,
                          step->state == RUNNEL_STATE_WAITING ? "  waits" : "");
  if (step->attempt > 1)
    g_string_append_printf (line, "  attempt %u", step->attempt);
  add_line (self, frame, runnel_state_get_color (step->state), line->str);
}

static void
add_active_steps (Block   *self,
                  GString *frame,
                  gint64   now)
{
  RunnelCliProgress *progress = &self->view.progress;
  guint n_active = progress->n_by_state[RUNNEL_STATE_RUNNING] +
                   progress->n_by_state[RUNNEL_STATE_WAITING];
  guint room = MAX (runnel_terminal_get_height () / 2, 6) - 4;
  guint shown = 0;

  for (guint i = 0; i < progress->n_steps && shown < MIN (room, n_active); i++)
    if (is_active (&progress->steps[i]))
      {
        add_step (self, frame, &progress->steps[i], now);
        shown++;
      }

  if (shown < n_active)
    {
      g_autofree char *more = g_strdup_printf ("  and %u more", n_active - shown);

      add_line (self, frame, runnel_terminal_get_dim (), more);
    }
}

static void
add_failures (Block   *self,
              GString *frame)
{
  g_autoptr(GString) line = g_string_new ("last failures: ");

  for (GList *l = self->failures.head; l; l = l->next)
    g_string_append_printf (line, "%s%s", (char *) l->data, l->next ? ", " : "");
  if (self->failures.head)
    add_line (self, frame, runnel_state_get_color (RUNNEL_STATE_FAILED), line->str);
}

static void
add_summary (Block   *self,
             GString *frame,
             gint64   now)
{
  RunnelCliProgress *progress = &self->view.progress;
  g_autofree char *counts = runnel_cli_progress_count (progress);
  g_autofree char *elapsed = runnel_format_duration (now - progress->started);
  g_autofree char *line = NULL;

  line = g_strdup_printf ("Run %" G_GINT64_FORMAT "%s  %s  of %u steps%s%s", progress->run,
                          progress->is_cancelling ? " is being cancelled"
                          : progress->is_paused   ? " is paused"
                                                  : "", elapsed,
                          progress->n_steps, *counts ? ": " : "", counts);
  add_line (self, frame, runnel_terminal_get_dim (), line);
}

static void
add_place (Block   *self,
           GString *frame)
{
  RunnelCliProgress *progress = &self->view.progress;
  g_autofree char *line = g_strdup_printf ("Run %" G_GINT64_FORMAT " waits, %s", progress->run,
                                           progress->place);

  add_line (self, frame, runnel_terminal_get_dim (), line);
}

static void
draw (Block *self)
{
  RunnelCliProgress *progress = &self->view.progress;
  g_autoptr(GString) frame = g_string_new (NULL);
  guint rows = count_rows (self, runnel_terminal_get_width ());
  gint64 now = g_get_real_time ();

  if (rows > 0)
    g_string_append_printf (frame, "\033[%uA\r", rows);
  g_string_append_len (frame, self->kept->str, self->kept->len);
  g_string_truncate (self->kept, 0);

  g_array_set_size (self->widths, 0);
  if (!self->is_over && progress->place)
    add_place (self, frame);
  else if (!self->is_over)
    {
      add_active_steps (self, frame, now);
      add_failures (self, frame);
      add_summary (self, frame, now);
    }
  g_string_append (frame, ERASE_BELOW);
  runnel_cli_output_add (self->output, frame->str, frame->len);
}

/* A terminal that was stopped has no use for frames that are old when it goes on. */
static gboolean
timer_cb (gpointer user_data)
{
  Block *self = user_data;

  if (!runnel_cli_output_is_behind (self->output))
    draw (self);

  return G_SOURCE_CONTINUE;
}

static void
keep_line (Block      *self,
           const char *color,
           const char *text)
{
  g_string_append_printf (self->kept, "%s%s%s" ERASE_TO_END_OF_LINE "\n", color, text,
                          *color ? runnel_terminal_get_reset () : "");
}

static void
keep_tail (Block      *self,
           const char *tail)
{
  g_auto(GStrv) lines = g_strsplit (tail, "\n", -1);

  for (gsize i = 0; lines[i] && (lines[i + 1] || *lines[i]); i++)
    {
      g_autofree char *line = g_strconcat ("  │ ", lines[i], NULL);

      keep_line (self, "", line);
    }
}

static void
remember_failure (Block             *self,
                  const RunnelEvent *event)
{
  g_queue_push_head (&self->failures, g_strdup (event->step));
  if (self->failures.length > MAX_FAILURES)
    g_free (g_queue_pop_tail (&self->failures));
}

/* Keeps failures, and questions that a person has to answer. */
static void
take_step (Block             *self,
           const RunnelEvent *event)
{
  RunnelCliProgress *progress = &self->view.progress;
  gboolean has_failed = event->type == RUNNEL_EVENT_STEP_FINISHED &&
                        runnel_state_is_failure (event->state);
  const RunnelCliStep *step = &progress->steps[event->step_index];
  gboolean asks = event->type == RUNNEL_EVENT_STEP_WAITING && step->is_attempted &&
                  g_str_equal (step->kind, "approval");
  g_autofree char *description = NULL;
  g_autofree char *line = NULL;
  g_autofree char *tail = NULL;

  if (!has_failed && !asks)
    return;
  description = runnel_cli_progress_describe (progress, event);
  if (!description)
    return;

  line = g_strdup_printf ("%s %s  %s", runnel_state_get_mark (event->state), event->step,
                          description);
  keep_line (self, runnel_state_get_color (event->state), line);
  if (has_failed)
    remember_failure (self, event);
  tail = runnel_cli_progress_tail (progress, event);
  if (tail)
    keep_tail (self, tail);
}

static void
finish (Block             *self,
        const RunnelEvent *event)
{
  g_autofree char *summary = runnel_cli_progress_sum_up (&self->view.progress, event);
  g_autofree char *line = g_strdup_printf ("%s %s", runnel_state_get_mark (event->state), summary);

  keep_line (self, runnel_state_get_color (event->state), line);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_over = TRUE;
  draw (self);
}

static void
take_pause (Block             *self,
            const RunnelEvent *event)
{
  g_autofree char *line = g_strdup_printf ("Run %" G_GINT64_FORMAT " is %s", event->run,
                                           event->reason);

  keep_line (self, "", line);
  draw (self);
}

static void
block_event (RunnelEventSink   *sink,
             const RunnelEvent *event)
{
  Block *self = (Block *) sink;

  runnel_cli_progress_take (&self->view.progress, event);
  if (event->type == RUNNEL_EVENT_RUN_STARTED)
    {
      self->timer = g_timeout_add (FRAME_MS, timer_cb, self);
      draw (self);
    }
  else if (event->type == RUNNEL_EVENT_RUN_QUEUED && event->reason)
    draw (self);
  else if (event->type == RUNNEL_EVENT_RUN_FINISHED)
    finish (self, event);
  else if (event->type == RUNNEL_EVENT_RUN_PAUSED || event->type == RUNNEL_EVENT_RUN_RESUMED)
    take_pause (self, event);
  else if (event->step)
    take_step (self, event);
}

static void
block_leave (RunnelCliView *view)
{
  g_array_set_size (((Block *) view)->widths, 0);
}

static void
block_free (RunnelCliView *view)
{
  Block *self = (Block *) view;

  g_clear_handle_id (&self->timer, g_source_remove);
  runnel_cli_output_free (self->output);
  g_string_free (self->kept, TRUE);
  g_array_unref (self->widths);
  g_queue_clear_full (&self->failures, g_free);
  runnel_cli_progress_clear (&self->view.progress);
  g_free (self);
}

/**
 * runnel_cli_block_new:
 *
 * Returns: (transfer full): a view for a terminal on which the cursor can be moved
 */
RunnelCliView *
runnel_cli_block_new (void)
{
  Block *self = g_new0 (Block, 1);

  self->view.progress.sink.event = block_event;
  self->view.leave = block_leave;
  self->view.free = block_free;
  self->output = runnel_cli_output_new (STDOUT_FILENO);
  self->kept = g_string_new (NULL);
  self->widths = g_array_new (FALSE, FALSE, sizeof (guint));
  g_queue_init (&self->failures);

  return &self->view;
}
