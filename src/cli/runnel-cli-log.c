/* runnel-cli-log.c: the log of one attempt, read as it grows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/runnel-cli-log.h"
#include "cli/runnel-cli-terminal.h"

/* Twenty lines are rarely longer; of lines that are, the end is what matters. */
#define TAIL_SIZE 16384

static int
open_log (const char *path)
{
  return open (path, O_RDONLY | O_CLOEXEC);
}

/* Where the last lines begin in a text. */
static const char *
find_last_lines (const char *text,
                 gsize       length,
                 guint       n_lines)
{
  const char *start = text + length;

  if (length > 0 && start[-1] == '\n')
    start--;
  while (start > text)
    {
      if (start[-1] == '\n' && --n_lines == 0)
        break;
      start--;
    }

  return start;
}

/**
 * runnel_cli_log_read_tail:
 * @path: (type filename): a log
 * @n_lines: how many lines are wanted
 *
 * Reads the end of a log, whatever its size.
 *
 * Returns: (transfer full) (nullable): the last lines, printable, each ended; %NULL when there
 *   are none
 */
char *
runnel_cli_log_read_tail (const char *path,
                          guint       n_lines)
{
  g_autofree char *buffer = g_malloc (TAIL_SIZE);
  int fd = open_log (path);
  const char *start;
  gssize length;
  off_t size;
  char *tail;

  if (fd < 0)
    return NULL;
  size = lseek (fd, 0, SEEK_END);
  length = pread (fd, buffer, TAIL_SIZE, MAX (size - TAIL_SIZE, 0));
  close (fd);
  if (length <= 0)
    return NULL;

  start = find_last_lines (buffer, length, n_lines);
  tail = runnel_text_make_printable (start, buffer + length - start);
  if (*tail && !g_str_has_suffix (tail, "\n"))
    {
      g_autofree char *unfinished = tail;

      tail = g_strconcat (unfinished, "\n", NULL);
    }

  return tail;
}

/**
 * runnel_cli_log_copy:
 * @path: (type filename): a log, which may not be there yet
 * @offset: (inout): how much of it was copied already, in bytes
 * @heading: (nullable) (scope call): is called before the first byte that is copied
 * @user_data: for @heading
 *
 * Copies what is new in a log to standard output, as it is.
 *
 * Returns: whether there was anything
 */
gboolean
runnel_cli_log_copy (const char *path,
                     gint64     *offset,
                     void      (*heading) (gpointer user_data),
                     gpointer    user_data)
{
  g_autofree char *buffer = NULL;
  int fd = open_log (path);
  gint64 start = *offset;
  gssize length;

  if (fd < 0)
    return FALSE;

  buffer = g_malloc (65536);
  while ((length = pread (fd, buffer, 65536, *offset)) > 0 || (length < 0 && errno == EINTR))
    {
      if (length < 0)
        continue;
      if (*offset == start && heading)
        heading (user_data);
      fwrite (buffer, 1, length, stdout);
      *offset += length;
    }
  close (fd);
  fflush (stdout);

  return *offset > start;
}
