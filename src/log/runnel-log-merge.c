/* runnel-log-merge.c: several logs as one, in the order in which their lines arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-merge.h"
#include "log/runnel-log-packed.h"
#include "log/runnel-log-times.h"
#include "util/runnel-sort.h"

/* Nothing is copied: the whole is a list of stretches of its parts, each of whole lines. It only
 * ever grows at its end, as a log does. */

#define MAX_OPEN 64       /* files; a run may have thousands of logs */
#define BACK_STEP 4096    /* when the end of a line is looked for */
#define NEWLINE G_MAXUINT /* in place of a part: a newline that the part lacks */

typedef struct
{
  char *label;
  char *path;
  gint64 started;
  RunnelLogSource *source; /* NULL = not open */
  guint last_used;
  guint64 size;            /* bytes that there are */
  guint64 taken;           /* bytes that are in the whole */
  guint n_times;           /* records that were looked at */
  gint64 last_time;
  gboolean is_over;        /* nothing will be added */
  gboolean is_done;        /* and all of it is in the whole */
} Part;

typedef struct
{
  guint part;              /* or NEWLINE: then, `from` is the part that lacks it */
  guint64 from;            /* in the part */
  guint64 length;
  guint64 offset;          /* in the whole */
  gint64 time;
} Stretch;

struct _RunnelLogMerge
{
  RunnelLogSource parent;

  GMutex mutex;            /* guards what follows */
  GPtrArray *parts;        /* of Part; they stay where they are */
  GArray *stretches;       /* of Stretch, by offset */
  guint64 size;
  guint n_open;
  guint clock;             /* for last_used */
  guint longest_label;     /* characters */
};

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->source, runnel_log_source_unref);
  g_free (part->label);
  g_free (part->path);
  g_free (part);
}

static void
runnel_log_merge_free (RunnelLogSource *source)
{
  RunnelLogMerge *self = (RunnelLogMerge *) source;

  g_ptr_array_unref (self->parts);
  g_array_unref (self->stretches);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static guint64
runnel_log_merge_get_size (RunnelLogSource *source)
{
  RunnelLogMerge *self = (RunnelLogMerge *) source;
  guint64 size;

  g_mutex_lock (&self->mutex);
  size = self->size;
  g_mutex_unlock (&self->mutex);
  return size;
}

/* --- Files ------------------------------------------------------------------------------- */

static void
close_oldest (RunnelLogMerge *self)
{
  Part *oldest = NULL;

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

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
                 Part           *part,
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

/* The last stretch that begins at or before the offset. */
static guint
find_stretch (RunnelLogMerge *self,
              guint64         offset)
{
  guint low = 0, high = self->stretches->len;

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->stretches, Stretch, middle).offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Finds out what is to be read next; the reading itself goes without the lock. */
static gboolean
get_piece (RunnelLogMerge   *self,
           guint64           offset,
           gboolean          wait,
           Stretch          *ret_stretch,
           RunnelLogSource **ret_source)
{
  gboolean found;

  g_mutex_lock (&self->mutex);
  found = offset < self->size;
  *ret_source = NULL;
  if (found)
    {
      *ret_stretch = g_array_index (self->stretches, Stretch, find_stretch (self, offset));
      if (ret_stretch->part != NEWLINE)
        *ret_source =
          get_part_source (self, g_ptr_array_index (self->parts, ret_stretch->part), wait);
    }
  g_mutex_unlock (&self->mutex);
  return found;
}

static gssize
read_piece (const Stretch   *stretch,
            RunnelLogSource *source,
            guint64          skip,
            char            *buffer,
            gsize            length,
            gboolean         wait)
{
  gsize n = (gsize) MIN (length, stretch->length - skip);

  if (stretch->part == NEWLINE)
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
  Stretch stretch;
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
  Stretch stretch = { part, from, length, 0, time };

  if (length > 0)
    g_array_append_val (stretches, stretch);
}

static void
take_up_to (Part            *part,
            guint            index,
            RunnelLogSource *source,
            guint64          size,
            gint64           time,
            GArray          *stretches)
{
  guint64 end = find_line_end (source, part->taken, MIN (size, part->size));

  add_stretch (stretches, index, part->taken, end - part->taken, time);
  part->taken = MAX (part->taken, end);
  part->last_time = MAX (time, part->last_time);
}

/* What nobody has written down when it came. */
static void
take_rest (Part            *part,
           guint            index,
           RunnelLogSource *source,
           GArray          *stretches)
{
  gint64 time = part->last_time > 0 ? part->last_time : part->started;
  char last = '\n';

  part->is_done = TRUE;
  if (part->taken >= part->size)
    return;
  runnel_log_source_read (source, part->size - 1, &last, 1);
  add_stretch (stretches, index, part->taken, part->size - part->taken, time);
  part->taken = part->size;
  if (last != '\n')
    add_stretch (stretches, NEWLINE, index, 1, time);
}

/* A log of before there were times, or that is over within a moment, has none. */
static void
look_at_part (Part            *part,
              guint            index,
              RunnelLogSource *source,
              gboolean         is_over,
              GArray          *stretches)
{
  g_autoptr(GArray) times = runnel_log_times_read (part->path, part->n_times);

  runnel_log_source_refresh (source);
  part->size = runnel_log_source_get_size (source);
  part->n_times += times->len;
  for (guint i = 0; i < times->len; i++)
    {
      const RunnelLogTime *time = &g_array_index (times, RunnelLogTime, i);

      take_up_to (part, index, source, time->size, time->time, stretches);
    }
  if (is_over)
    take_rest (part, index, source, stretches);
}

static guint
get_part_of (const Stretch *stretch)
{
  return stretch->part != NEWLINE ? stretch->part : (guint) stretch->from;
}

/* What came at the same time stays in the order of its log. */
static int
compare_stretches (gconstpointer left,
                   gconstpointer right)
{
  const Stretch *l = left, *r = right;
  guint l_part = get_part_of (l), r_part = get_part_of (r);

  if (l->time != r->time)
    return l->time < r->time ? -1 : 1;
  if (l_part != r_part)
    return l_part < r_part ? -1 : 1;
  if (l->part != r->part) /* one of them is a newline */
    return l->part < r->part ? -1 : 1;
  return (l->from > r->from) - (l->from < r->from);
}

/* Stretches of one part that follow on each other become one. */
static void
append (RunnelLogMerge *self,
        Stretch        *stretch)
{
  Stretch *last = self->stretches->len > 0
                    ? &g_array_index (self->stretches, Stretch, self->stretches->len - 1) : NULL;

  stretch->offset = self->size;
  self->size += stretch->length;
  if (last && stretch->part != NEWLINE && last->part == stretch->part &&
      last->time == stretch->time && last->from + last->length == stretch->from)
    last->length += stretch->length;
  else
    g_array_append_val (self->stretches, *stretch);
}

/* Files are looked at without the lock, by one thread at a time: only it changes what is known of
 * a part, but for is_over. */
static gboolean
get_next_part (RunnelLogMerge   *self,
               guint            *index,
               Part            **ret_part,
               RunnelLogSource **ret_source,
               gboolean         *ret_over)
{
  Part *part = NULL;

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
  g_autoptr(GArray) stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  RunnelLogSource *source;
  gboolean is_over;
  guint64 before;
  Part *part;

  for (guint index = 0; get_next_part (self, &index, &part, &source, &is_over); index++)
    {
      look_at_part (part, index, source, is_over, stretches);
      runnel_log_source_unref (source);
    }

  runnel_sort (stretches->data, stretches->len, sizeof (Stretch), compare_stretches);
  g_mutex_lock (&self->mutex);
  before = self->size;
  for (guint i = 0; i < stretches->len; i++)
    append (self, &g_array_index (stretches, Stretch, i));
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
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
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
  Part *part = g_new0 (Part, 1);
  guint index;

  part->label = g_strdup (label);
  part->path = g_strdup (path);
  part->started = started;
  g_mutex_lock (&self->mutex);
  index = self->parts->len;
  g_ptr_array_add (self->parts, part);
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
    ((Part *) g_ptr_array_index (self->parts, part))->is_over = TRUE;
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
  gboolean found;

  g_mutex_lock (&self->mutex);
  found = offset < self->size;
  if (found)
    {
      const Stretch *stretch =
        &g_array_index (self->stretches, Stretch, find_stretch (self, offset));

      *ret_part = get_part_of (stretch);
      *ret_time = stretch->time;
    }
  g_mutex_unlock (&self->mutex);
  return found;
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
  label = ((Part *) g_ptr_array_index (self->parts, part))->label;
  g_mutex_unlock (&self->mutex);
  return label;
}
