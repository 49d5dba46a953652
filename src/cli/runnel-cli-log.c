/* runnel-cli-log.c: the log of one attempt, read as it grows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/runnel-cli-log.h"
#include "cli/runnel-cli-terminal.h"
#include "log/runnel-log-packed.h"

/* Twenty lines are rarely longer; of lines that are, the end is what matters. */
#define TAIL_SIZE 16384
#define BUFFER_SIZE 65536

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
  g_autoptr(RunnelLogSource) log = runnel_log_open (path);
  g_autofree char *buffer = g_malloc (TAIL_SIZE);
  guint64 size = runnel_log_source_get_size (log);
  guint64 offset = size > TAIL_SIZE ? size - TAIL_SIZE : 0;
  gsize length = runnel_log_source_read (log, offset, buffer, TAIL_SIZE);
  const char *start;
  char *tail;

  if (length == 0)
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
 * @path: (type filename): a log, which may not be there yet, or be compressed by now
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
  g_autoptr(RunnelLogSource) log = runnel_log_open (path);
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gint64 start = *offset;
  gsize length;

  while ((length = runnel_log_source_read (log, *offset, buffer, BUFFER_SIZE)) > 0)
    {
      if (*offset == start && heading)
        heading (user_data);
      fwrite (buffer, 1, length, stdout);
      *offset += length;
    }
  fflush (stdout);

  return *offset > start;
}
