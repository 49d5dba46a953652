/* runnel-log-times.c: when each stretch of a log arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log/runnel-log-times.h"

#define MAX_RECORDS (16 * 1024 * 1024) /* of a file that nobody of us wrote */
#define LOG_SUFFIX ".log"

struct _RunnelLogTimes
{
  GArray *records; /* of RunnelLogTime, in the order of sizes and of times */
};

/**
 * runnel_log_times_make_path:
 * @log_path: (type filename): where the log of an attempt is
 *
 * Returns: (transfer full) (type filename): where its times are
 */
char *
runnel_log_times_make_path (const char *log_path)
{
  gsize length = strlen (log_path);

  if (g_str_has_suffix (log_path, LOG_SUFFIX))
    length -= strlen (LOG_SUFFIX);
  return g_strdup_printf ("%.*s.times", (int) length, log_path);
}

static gboolean
write_all (int         fd,
           const void *bytes,
           gsize       length)
{
  gssize written;

  do
    written = write (fd, bytes, length);
  while (written < 0 && errno == EINTR);
  return written == (gssize) length;
}

/**
 * runnel_log_times_write:
 * @fd: a file of times, open for appending, that nobody else writes to
 * @time: what is to be remembered
 *
 * Returns: whether it is in the file; what is there in part is put right by who reads it
 */
gboolean
runnel_log_times_write (int                  fd,
                        const RunnelLogTime *time)
{
  const RunnelLogTime record = { GUINT64_TO_LE (time->size), GINT64_TO_LE (time->time) };
  struct stat status;

  if (fstat (fd, &status) < 0)
    return FALSE;
  if (status.st_size == 0 &&
      !write_all (fd, RUNNEL_LOG_TIMES_MAGIC, RUNNEL_LOG_TIMES_MAGIC_SIZE))
    return FALSE;
  return write_all (fd, &record, sizeof record);
}

static gboolean
has_magic (int fd)
{
  char magic[RUNNEL_LOG_TIMES_MAGIC_SIZE];

  return pread (fd, magic, sizeof magic, 0) == sizeof magic &&
         memcmp (magic, RUNNEL_LOG_TIMES_MAGIC, sizeof magic) == 0;
}

static void
read_records (int     fd,
              guint   first,
              GArray *records)
{
  off_t start = RUNNEL_LOG_TIMES_MAGIC_SIZE + (off_t) first * (off_t) sizeof (RunnelLogTime);
  struct stat status;
  gssize n_read;
  gsize n;

  if (fstat (fd, &status) < 0 || status.st_size <= start)
    return;
  n = MIN ((gsize) (status.st_size - start) / sizeof (RunnelLogTime), MAX_RECORDS);
  g_array_set_size (records, (guint) n);
  n_read = pread (fd, records->data, n * sizeof (RunnelLogTime), start);
  g_array_set_size (records, (guint) (MAX (n_read, 0) / (gssize) sizeof (RunnelLogTime)));
  for (guint i = 0; i < records->len; i++)
    {
      RunnelLogTime *record = &g_array_index (records, RunnelLogTime, i);

      *record = (RunnelLogTime) { GUINT64_FROM_LE (record->size), GINT64_FROM_LE (record->time) };
    }
}

/**
 * runnel_log_times_read:
 * @log_path: (type filename): where the log of an attempt is
 * @first: how many records are known already
 *
 * Reads what has become known since, which has to wait for the disk.
 *
 * Returns: (transfer full) (element-type RunnelLogTime): the records; empty when there are none
 */
GArray *
runnel_log_times_read (const char *log_path,
                       guint       first)
{
  g_autofree char *path = runnel_log_times_make_path (log_path);
  GArray *records = g_array_new (FALSE, FALSE, sizeof (RunnelLogTime));
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    return records;
  if (has_magic (fd))
    read_records (fd, first, records);
  close (fd);
  return records;
}

RunnelLogTimes *
runnel_log_times_new (void)
{
  RunnelLogTimes *self = g_new0 (RunnelLogTimes, 1);

  self->records = g_array_new (FALSE, FALSE, sizeof (RunnelLogTime));
  return self;
}

void
runnel_log_times_free (RunnelLogTimes *self)
{
  g_array_unref (self->records);
  g_free (self);
}

/**
 * runnel_log_times_add:
 * @records: (element-type RunnelLogTime): what runnel_log_times_read() has read
 *
 * A clock that was set back, or a file that was tampered with, does not bring them out of order.
 */
void
runnel_log_times_add (RunnelLogTimes *self,
                      GArray         *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      RunnelLogTime record = g_array_index (records, RunnelLogTime, i);

      if (self->records->len > 0)
        {
          const RunnelLogTime *last =
            &g_array_index (self->records, RunnelLogTime, self->records->len - 1);

          record.size = MAX (record.size, last->size);
          record.time = MAX (record.time, last->time);
        }
      g_array_append_val (self->records, record);
    }
}

guint
runnel_log_times_get_n (RunnelLogTimes *self)
{
  return self->records->len;
}

const RunnelLogTime *
runnel_log_times_get (RunnelLogTimes *self,
                      guint           index)
{
  g_return_val_if_fail (index < self->records->len, NULL);

  return &g_array_index (self->records, RunnelLogTime, index);
}

/**
 * runnel_log_times_find:
 * @offset: of a byte in the log
 *
 * Returns: when it had arrived, in microseconds since 1970; 0 when that is not known
 */
gint64
runnel_log_times_find (RunnelLogTimes *self,
                       guint64         offset)
{
  guint low = 0, high = self->records->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (runnel_log_times_get (self, middle)->size <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->records->len ? runnel_log_times_get (self, low)->time : 0;
}

/**
 * runnel_log_times_find_size:
 * @time: in microseconds since 1970
 *
 * Returns: how long the log was by then, as far as is known
 */
guint64
runnel_log_times_find_size (RunnelLogTimes *self,
                            gint64          time)
{
  guint low = 0, high = self->records->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (runnel_log_times_get (self, middle)->time <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? runnel_log_times_get (self, low - 1)->size : 0;
}

/* --- Lines that tell their time ------------------------------------------------------------- */

/* Where the time ends that begins at the start of a line; 0 = there is none. */
static gsize
measure_time (const char *line,
              gsize       length)
{
  static const char form[] = "dddd-dd-ddTdd:dd:dd";
  gsize i;

  for (i = 0; form[i] != '\0'; i++)
    {
      if (i >= length)
        return 0;
      if (form[i] == 'd' ? !g_ascii_isdigit (line[i])
                         : line[i] != form[i] && !(form[i] == 'T' && line[i] == ' '))
        return 0;
    }
  if (i < length && (line[i] == '.' || line[i] == ','))
    for (i++; i < length && g_ascii_isdigit (line[i]);)
      i++;
  if (i < length && line[i] == 'Z')
    return i + 1;
  if (i + 6 <= length && (line[i] == '+' || line[i] == '-') && line[i + 3] == ':')
    return i + 6;
  return i;
}

/**
 * runnel_log_times_parse_line:
 * @line: (array length=length): a line of a log
 * @length: of @line
 * @ret_time: (out): in microseconds since 1970
 *
 * Reads the time that a line begins with, in a bracket or not: "2026-01-31T23:59:59.123Z",
 * "2026-01-31 23:59:59,123". Without a zone, it is the time of this machine.
 *
 * Returns: whether the line begins with a time
 */
gboolean
runnel_log_times_parse_line (const char *line,
                             gsize       length,
                             gint64     *ret_time)
{
  gsize start = length > 0 && line[0] == '[', end = measure_time (line + start, length - start);
  g_autofree char *text = NULL;
  g_autoptr(GDateTime) time = NULL;
  g_autoptr(GTimeZone) here = NULL;

  if (end == 0)
    return FALSE;
  text = g_strndup (line + start, end);
  text[10] = 'T';
  here = g_time_zone_new_local ();
  time = g_date_time_new_from_iso8601 (text, here);
  if (!time)
    return FALSE;
  *ret_time = g_date_time_to_unix (time) * G_TIME_SPAN_SECOND + g_date_time_get_microsecond (time);
  return TRUE;
}
