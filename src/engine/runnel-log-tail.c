/* runnel-log-tail.c: the end of a log as a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "engine/runnel-log-tail.h"

static gsize
read_at (int    fd,
         char  *buffer,
         gsize  size,
         off_t  offset)
{
  gsize done = 0;
  gssize length;

  while (done < size && (length = pread (fd, buffer + done, size - done, offset + done)) != 0)
    {
      if (length < 0 && errno != EINTR)
        break;
      done += MAX (length, 0);
    }
  return done;
}

/* Where the first character begins that is not cut in two. */
static gsize
skip_cut_character (const char *buffer,
                    gsize       length)
{
  gsize start = 0;

  while (start < MIN (length, 3) && ((guchar) buffer[start] & 0xc0) == 0x80)
    start++;
  return start;
}

/**
 * runnel_log_tail_read:
 * @path: (type filename): a log
 * @size: how much of its end is wanted, in bytes
 *
 * Reads the end of a log, whatever its size and its bytes. What is no UTF-8 is replaced.
 *
 * Returns: (transfer full): a text; empty when there is no log
 */
char *
runnel_log_tail_read (const char *path,
                      gsize       size)
{
  g_autofree char *buffer = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gsize start, length;
  off_t from;

  if (fd < 0)
    return g_strdup ("");
  buffer = g_malloc (size);
  from = MAX (lseek (fd, 0, SEEK_END) - (off_t) size, 0);
  length = read_at (fd, buffer, size, from);
  close (fd);

  start = from > 0 ? skip_cut_character (buffer, length) : 0;
  return g_utf8_make_valid (buffer + start, length - start);
}
