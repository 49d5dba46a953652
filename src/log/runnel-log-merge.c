/* runnel-log-merge.c: several logs as one, in the order in which their lines arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-merge.h"
#include "log/runnel-log-packed.h"
#include "log/runnel-log-part.h"

/* Nothing is copied: the whole is a list of stretches of its parts, each of whole lines. It only
 * ever grows at its end, as a log does. */

#define MAX_OPEN 64 /* files; a run may have thousands of logs */

struct _RunnelLogMerge
{
  RunnelLogSource parent;

  GMutex mutex;            /* guards what follows */
  GPtrArray *parts;        /* of RunnelLogPart; they stay where they are */
  RunnelLogStretches stretches;
  guint n_open;
  guint clock;             /* for last_used */
  guint longest_label;     /* characters */
};

static void
runnel_log_merge_free (RunnelLogSource *source)
{
  RunnelLogMerge *self = (RunnelLogMerge *) source;

  g_ptr_array_unref (self->parts);
  runnel_log_stretches_clear (&self->stretches);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static guint64
runnel_log_merge_get_size (RunnelLogSource *source)
{
  RunnelLogMerge *self = (RunnelLogMerge *) source;
  guint64 size;

  g_mutex_lock (&self->mutex);
  size = self->stretches.size;
  g_mutex_unlock (&self->mutex);
  return size;
}

/* --- Files ------------------------------------------------------------------------------- */

static void
close_oldest (RunnelLogMerge *self)
{
  RunnelLogPart *oldest = NULL;

  for (guint i = 0; i < self->parts->len; i++)
    {
      RunnelLogPart *part = g_ptr_array_index (self->parts, i);

      if (part->source && (!oldest || part->last_used < oldest->last_used))
        oldest = part;
    }
  g_clear_pointer (&oldest->source, runnel_log_source_unref);
  self->n_open--;
}

/* Returns: (transfer full) (nullable): NULL when the file would have to be opened first, which
 * may wait for the disk */
static RunnelLogSource *
get_part_source (RunnelLogMerge *self,
                 RunnelLogPart  *part,
                 gboolean        wait)
{
  part->last_used = ++self->clock;
  if (!part->source && !wait)
    return NULL;
  if (!part->source)
    {
      if (self->n_open == MAX_OPEN)
        close_oldest (self);
      part->source = runnel_log_open (part->path);
      self->n_open++;
    }
  return runnel_log_source_ref (part->source);
}

/* --- Reading ---------------------------------------------------------------------------------- */

/* Finds out what is to be read next; the reading itself goes without the lock. */
static gboolean
get_piece (RunnelLogMerge    *self,
           guint64            offset,
           gboolean           wait,
           RunnelLogStretch  *ret_stretch,
           RunnelLogSource  **ret_source)
{
  const RunnelLogStretch *found;

  g_mutex_lock (&self->mutex);
  found = runnel_log_stretches_find (&self->stretches, offset);
  *ret_source = NULL;
  if (found)
    {
      *ret_stretch = *found;
      if (found->part != RUNNEL_LOG_STRETCH_NEWLINE)
        *ret_source = get_part_source (self, g_ptr_array_index (self->parts, found->part), wait);
    }
  g_mutex_unlock (&self->mutex);
  return found != NULL;
}

static gssize
read_piece (const RunnelLogStretch *stretch,
            RunnelLogSource        *source,
            guint64                 skip,
            char                   *buffer,
            gsize                   length,
            gboolean                wait)
{
  gsize n = (gsize) MIN (length, stretch->length - skip);

  if (stretch->part == RUNNEL_LOG_STRETCH_NEWLINE)
    {
      *buffer = '\n';
      return 1;
    }
  if (!source)
    return -1;
  return wait ? (gssize) runnel_log_source_read (source, stretch->from + skip, buffer, n)
              : runnel_log_source_read_now (source, stretch->from + skip, buffer, n);
}

/* A part that was cut meanwhile, or removed, leaves newlines: what comes behind stays in its place. */
static gssize
runnel_log_merge_read (RunnelLogSource *source,
                       guint64          offset,
                       char            *buffer,
                       gsize            length,
                       gboolean         wait)
{
  RunnelLogMerge *self = (RunnelLogMerge *) source;
  gsize done = 0;
  RunnelLogStretch stretch;
  RunnelLogSource *part;

  while (done < length && get_piece (self, offset + done, wait, &stretch, &part))
    {
      guint64 skip = offset + done - stretch.offset;
      gsize wanted = (gsize) MIN (length - done, stretch.length - skip);
      gssize n_read = read_piece (&stretch, part, skip, buffer + done, wanted, wait);

      g_clear_pointer (&part, runnel_log_source_unref);
      if (n_read < 0)
        return -1;
      memset (buffer + done + n_read, '\n', wanted - (gsize) n_read);
      done += wanted;
    }
  return (gssize) done;
}

/* --- Growing ---------------------------------------------------------------------------------- */

/* Files are looked at without the lock, by one thread at a time: only it changes what is known of
 * a part, but for is_over. */
static gboolean
get_next_part (RunnelLogMerge   *self,
               guint            *index,
               RunnelLogPart   **ret_part,
               RunnelLogSource **ret_source,
               gboolean         *ret_over)
{
  RunnelLogPart *part = NULL;

  g_mutex_lock (&self->mutex);
  for (; *index < self->parts->len; (*index)++)
    {
      part = g_ptr_array_index (self->parts, *index);
      if (!part->is_done)
        break;
    }
  if (*index < self->parts->len)
    {
      *ret_part = part;
      *ret_over = part->is_over;
      *ret_source = get_part_source (self, part, TRUE);
    }
  else
    part = NULL;
  g_mutex_unlock (&self->mutex);
  return part != NULL;
}

static guint64
runnel_log_merge_refresh (RunnelLogSource *merge)
{
  RunnelLogMerge *self = (RunnelLogMerge *) merge;
  g_autoptr(GArray) stretches = g_array_new (FALSE, FALSE, sizeof (RunnelLogStretch));
  RunnelLogSource *source;
  gboolean is_over;
  guint64 before;
  RunnelLogPart *part;

  for (guint index = 0; get_next_part (self, &index, &part, &source, &is_over); index++)
    {
      runnel_log_part_look (part, source, is_over, stretches);
      runnel_log_source_unref (source);
    }

  runnel_log_stretch_sort (stretches);
  g_mutex_lock (&self->mutex);
  before = self->stretches.size;
  runnel_log_stretches_add (&self->stretches, stretches);
  g_mutex_unlock (&self->mutex);
  return before;
}

/**
 * runnel_log_merge_new:
 *
 * Several logs as one. It is empty until the first runnel_log_source_refresh(), which one thread
 * at a time may call.
 *
 * Returns: (transfer full): to be given to runnel_log_source_unref(), as its source
 */
RunnelLogMerge *
runnel_log_merge_new (void)
{
  static const RunnelLogSourceClass klass = {
    runnel_log_merge_free, runnel_log_merge_get_size, runnel_log_merge_read,
    runnel_log_merge_refresh
  };
  RunnelLogMerge *self = g_new0 (RunnelLogMerge, 1);

  runnel_log_source_init (&self->parent, &klass);
  g_mutex_init (&self->mutex);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) runnel_log_part_free);
  runnel_log_stretches_init (&self->stretches);
  return self;
}

/**
 * runnel_log_merge_get_source:
 *
 * Returns: (transfer none): itself
 */
RunnelLogSource *
runnel_log_merge_get_source (RunnelLogMerge *self)
{
  return &self->parent;
}

/**
 * runnel_log_merge_add:
 * @label: whose log it is, for people
 * @path: (type filename): the log, which need not be there yet
 * @started: when it began, in microseconds since 1970: where its lines go if nobody knows when
 *   they came
 *
 * Adds a log that may still grow: a line of it is shown when it is complete and its time is known.
 *
 * Returns: its number, from 0 on
 */
guint
runnel_log_merge_add (RunnelLogMerge *self,
                      const char     *label,
                      const char     *path,
                      gint64          started)
{
  guint index;

  g_mutex_lock (&self->mutex);
  index = self->parts->len;
  g_ptr_array_add (self->parts, runnel_log_part_new (index, label, path, started));
  self->longest_label = MAX (self->longest_label, (guint) g_utf8_strlen (label, -1));
  g_mutex_unlock (&self->mutex);
  return index;
}

/**
 * runnel_log_merge_set_over:
 * @part: the number of a log
 *
 * Says that nothing more is written to it.
 */
void
runnel_log_merge_set_over (RunnelLogMerge *self,
                           guint           part)
{
  g_mutex_lock (&self->mutex);
  if (part < self->parts->len)
    ((RunnelLogPart *) g_ptr_array_index (self->parts, part))->is_over = TRUE;
  g_mutex_unlock (&self->mutex);
}

/**
 * runnel_log_merge_find:
 * @offset: of a line, in the whole
 * @ret_part: (out): the number of the log that it is from
 * @ret_time: (out): when it came, in microseconds since 1970; 0 = that is not known
 *
 * Returns: %FALSE when the whole is not so long
 */
gboolean
runnel_log_merge_find (RunnelLogMerge *self,
                       guint64         offset,
                       guint          *ret_part,
                       gint64         *ret_time)
{
  const RunnelLogStretch *stretch;

  g_mutex_lock (&self->mutex);
  stretch = runnel_log_stretches_find (&self->stretches, offset);
  if (stretch)
    {
      *ret_part = runnel_log_stretch_get_part (stretch);
      *ret_time = stretch->time;
    }
  g_mutex_unlock (&self->mutex);
  return stretch != NULL;
}

/**
 * runnel_log_merge_get_longest_label:
 *
 * Returns: how many characters the longest label has
 */
guint
runnel_log_merge_get_longest_label (RunnelLogMerge *self)
{
  guint longest;

  g_mutex_lock (&self->mutex);
  longest = self->longest_label;
  g_mutex_unlock (&self->mutex);
  return longest;
}

/**
 * runnel_log_merge_get_label:
 * @part: the number of a log
 *
 * Returns: (transfer none): what it was added with
 */
const char *
runnel_log_merge_get_label (RunnelLogMerge *self,
                            guint           part)
{
  const char *label;

  g_mutex_lock (&self->mutex);
  label = ((RunnelLogPart *) g_ptr_array_index (self->parts, part))->label;
  g_mutex_unlock (&self->mutex);
  return label;
}
