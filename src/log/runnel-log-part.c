/* runnel-log-part.c: one of several logs that are shown as one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-part.h"
#include "log/runnel-log-times.h"

#define BACK_STEP 4096 /* when the end of a line is looked for */

/* Where the last line ends that ends at or before an offset. */
static guint64
find_line_end (RunnelLogSource *source,
               guint64          from,
               guint64          to)
{
  char buffer[BACK_STEP];

  while (to > from)
    {
      gsize wanted = (gsize) MIN (BACK_STEP, to - from);
      gsize n_read = runnel_log_source_read (source, to - wanted, buffer, wanted);
      const char *newline = memrchr (buffer, '\n', n_read);

      if (newline)
        return to - wanted + (guint64) (newline + 1 - buffer);
      to -= wanted;
    }
  return from;
}

static void
add_stretch (GArray *stretches,
             guint   part,
             guint64 from,
             guint64 length,
             gint64  time)
{
  RunnelLogStretch stretch = { part, from, length, 0, time };

  if (length > 0)
    g_array_append_val (stretches, stretch);
}

static void
take_up_to (RunnelLogPart       *self,
            RunnelLogSource     *source,
            const RunnelLogTime *time,
            GArray              *stretches)
{
  guint64 end = find_line_end (source, self->taken, MIN (time->size, self->size));

  add_stretch (stretches, self->index, self->taken, end - self->taken, time->time);
  self->taken = MAX (self->taken, end);
  self->last_time = MAX (time->time, self->last_time);
}

/* What nobody has written down when it came. */
static void
take_rest (RunnelLogPart   *self,
           RunnelLogSource *source,
           GArray          *stretches)
{
  gint64 time = self->last_time > 0 ? self->last_time : self->started;
  char last = '\n';

  self->is_done = TRUE;
  if (self->taken >= self->size)
    return;
  runnel_log_source_read (source, self->size - 1, &last, 1);
  add_stretch (stretches, self->index, self->taken, self->size - self->taken, time);
  self->taken = self->size;
  if (last != '\n')
    add_stretch (stretches, RUNNEL_LOG_STRETCH_NEWLINE, self->index, 1, time);
}

RunnelLogPart *
runnel_log_part_new (guint       index,
                     const char *label,
                     const char *path,
                     gint64      started)
{
  RunnelLogPart *self = g_new0 (RunnelLogPart, 1);

  self->index = index;
  self->label = g_strdup (label);
  self->path = g_strdup (path);
  self->started = started;
  return self;
}

void
runnel_log_part_free (RunnelLogPart *self)
{
  g_clear_pointer (&self->source, runnel_log_source_unref);
  g_free (self->label);
  g_free (self->path);
  g_free (self);
}

/**
 * runnel_log_part_look:
 * @source: its bytes
 * @is_over: whether nothing will be added
 * @stretches: (element-type RunnelLogStretch): gets those that are new
 *
 * Looks for lines that are complete and of which it is known when they came. A log of before times
 * were written down, or that is over within a moment, has none: then its end is waited for.
 */
void
runnel_log_part_look (RunnelLogPart   *self,
                      RunnelLogSource *source,
                      gboolean         is_over,
                      GArray          *stretches)
{
  g_autoptr(GArray) times = runnel_log_times_read (self->path, self->n_times);

  runnel_log_source_refresh (source);
  self->size = runnel_log_source_get_size (source);
  self->n_times += times->len;
  for (guint i = 0; i < times->len; i++)
    take_up_to (self, source, &g_array_index (times, RunnelLogTime, i), stretches);
  if (is_over)
    take_rest (self, source, stretches);
}
