/* runnel-log-escape.c: what a program writes for a terminal, piece by piece
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-escape.h"

/* Source: ECMA-48, and for what programs really use, https://invisible-island.net/xterm/ctlseqs. */

#define ESCAPE '\033'
#define MAX_NUMBER 1000000

static gboolean
is_control (guchar byte)
{
  return (byte < 0x20 && byte != '\t') || byte == 0x7f;
}

/* "ESC [", numbers, and a letter that says what to do. Returns what comes behind it. */
static const char *
read_sequence (const char     *start,
               const char     *end,
               RunnelLogPiece *piece)
{
  const char *p = start;

  while (p < end && (guchar) *p >= 0x20 && (guchar) *p < 0x40)
    p++;
  *piece = (RunnelLogPiece) { RUNNEL_LOG_SEQUENCE_PIECE, start, (gsize) (p - start), '\0' };
  if (p < end && (guchar) *p >= 0x40 && (guchar) *p < 0x7f)
    piece->final = *p++;
  return p;
}

/* A command for the terminal, as for the title of its window, goes on to a bell or "ESC \". */
static const char *
skip_command (const char *p,
              const char *end)
{
  for (; p < end && *p != '\n'; p++)
    {
      if (*p == '\a')
        return p + 1;
      if (*p == ESCAPE)
        return p + 1 < end && p[1] == '\\' ? p + 2 : p;
    }
  return p;
}

static const char *
skip_other (const char *p,
            const char *end)
{
  while (p < end && (guchar) *p >= 0x20 && (guchar) *p < 0x30)
    p++;
  return p < end && (guchar) *p >= 0x30 && (guchar) *p < 0x7f ? p + 1 : p;
}

/* Returns what comes behind the escape sequence that begins at `p`. */
static const char *
read_escape (const char     *p,
             const char     *end,
             RunnelLogPiece *piece)
{
  *piece = (RunnelLogPiece) { .type = RUNNEL_LOG_OTHER_PIECE };
  if (++p == end)
    return end;
  if (*p == '[')
    return read_sequence (p + 1, end, piece);
  if (*p != '\0' && strchr ("]PX^_", *p))
    return skip_command (p + 1, end);
  return skip_other (p, end);
}

/**
 * runnel_log_escape_next:
 * @position: (inout): where to begin; afterwards, what comes behind the piece
 * @end: where the text ends
 * @piece: (out): the piece
 *
 * Returns: whether there was one
 */
gboolean
runnel_log_escape_next (const char     **position,
                        const char      *end,
                        RunnelLogPiece  *piece)
{
  const char *start = *position, *p = start;

  if (start >= end)
    return FALSE;
  while (p < end && !is_control ((guchar) *p))
    p++;
  if (p > start)
    *piece = (RunnelLogPiece) { RUNNEL_LOG_TEXT_PIECE, start, (gsize) (p - start), '\0' };
  else if (*p == ESCAPE)
    p = read_escape (p, end, piece);
  else
    {
      *piece = (RunnelLogPiece) { RUNNEL_LOG_CONTROL_PIECE, p, 1, *p };
      p++;
    }
  *position = p;
  return TRUE;
}

/**
 * runnel_log_escape_get_number:
 * @piece: a sequence
 *
 * Returns: its first number; 0 for what is missing, as a terminal takes it
 */
guint
runnel_log_escape_get_number (const RunnelLogPiece *piece)
{
  guint number = 0;

  for (gsize i = 0; i < piece->length && g_ascii_isdigit (piece->start[i]); i++)
    number = MIN (number * 10 + (guint) (piece->start[i] - '0'), MAX_NUMBER);
  return number;
}
