/* runnel-log-text.c: one line of a log as a terminal shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-bytes.h"
#include "log/runnel-log-cells.h"
#include "log/runnel-log-escape.h"
#include "log/runnel-log-text.h"

/* What is simply written is appended to the text. As soon as something moves the cursor back, the
 * text is taken apart into cells, in which it goes on, and put together again at the end. */

#define ESCAPE '\033'
#define REPLACEMENT "\357\277\275" /* U+FFFD */
#define CHUNK 64

static gboolean
is_control (guchar byte)
{
  return byte < 0x20 || byte == 0x7f;
}

static gboolean
may_have_controls (const char *chunk)
{
  RunnelLogBytes bytes, found = { 0, };
  guint64 halves[2];

  for (guint i = 0; i < CHUNK; i += sizeof bytes)
    {
      memcpy (&bytes, chunk + i, sizeof bytes);
      found |= (RunnelLogBytes) ((bytes & 0xe0) == 0) & (RunnelLogBytes) (bytes != '\n') &
               (RunnelLogBytes) (bytes != '\t');
      found |= (RunnelLogBytes) (bytes == 0x7f);
    }
  memcpy (halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

static gboolean
has_controls (const char *bytes,
              gsize       length,
              const char *end)
{
  for (gsize i = 0; i < length; i++)
    {
      const char *byte = bytes + i;

      if (!is_control ((guchar) *byte) || *byte == '\n' || *byte == '\t')
        continue;
      if (*byte != '\r' || (byte + 1 < end && byte[1] != '\n'))
        return TRUE;
    }
  return FALSE;
}

/**
 * runnel_log_text_is_plain:
 * @bytes: (array length=length): one line or several
 * @length: of @bytes
 *
 * Returns: whether a terminal shows just these characters; ends of lines may be those of DOS
 */
gboolean
runnel_log_text_is_plain (const char *bytes,
                          gsize       length)
{
  const char *end = bytes + length;

  for (; length >= CHUNK; bytes += CHUNK, length -= CHUNK)
    if (may_have_controls (bytes) && has_controls (bytes, CHUNK, end))
      return FALSE;
  return !has_controls (bytes, length, end);
}

/* --- What is written -------------------------------------------------------------------- */

static void
begin_run (RunnelLogText *self)
{
  RunnelLogRun run = { (guint) self->text->len, self->style };
  RunnelLogStyle before = { 0, };

  if (self->runs->len > 0)
    before = g_array_index (self->runs, RunnelLogRun, self->runs->len - 1).style;
  if (!runnel_log_style_equal (&before, &self->style))
    g_array_append_val (self->runs, run);
}

/* A byte that is no UTF-8 becomes a replacement character, as in g_utf8_make_valid(). */
static void
append_bytes (RunnelLogText *self,
              const char    *bytes,
              gsize          length)
{
  const char *valid_end;

  begin_run (self);
  while (length > 0)
    {
      gboolean valid = g_utf8_validate_len (bytes, length, &valid_end);
      gsize n_valid = (gsize) (valid_end - bytes);

      g_string_append_len (self->text, bytes, (gssize) n_valid);
      if (valid)
        return;
      g_string_append (self->text, REPLACEMENT);
      bytes += n_valid + 1;
      length -= n_valid + 1;
    }
}

static void
write_bytes (RunnelLogText *self,
             const char    *bytes,
             gsize          length)
{
  if (self->is_moved)
    runnel_log_cells_write (self->cells, &self->column, bytes, length, &self->style);
  else
    append_bytes (self, bytes, length);
}

/* --- What moves and erases -------------------------------------------------------------------- */

/* Takes the text apart. */
static void
enter_cells (RunnelLogText *self)
{
  if (self->is_moved)
    return;
  self->is_moved = TRUE;
  self->column = 0;
  g_array_set_size (self->cells, 0);
  for (guint i = 0, start = 0; i <= self->runs->len; i++)
    {
      const RunnelLogStyle none = { 0, };
      const RunnelLogRun *runs = (const RunnelLogRun *) self->runs->data;
      guint end = i < self->runs->len ? runs[i].start : (guint) self->text->len;

      runnel_log_cells_write (self->cells, &self->column, self->text->str + start, end - start,
                              i > 0 ? &runs[i - 1].style : &none);
      start = end;
    }
}

/* Puts the cells together. */
static void
leave_cells (RunnelLogText *self)
{
  if (!self->is_moved)
    return;
  self->is_moved = FALSE;
  g_string_truncate (self->text, 0);
  g_array_set_size (self->runs, 0);
  runnel_log_cells_join (self->cells, self->text, self->runs);
}

static void
move_to (RunnelLogText *self,
         guint          column)
{
  enter_cells (self);
  self->column = MIN (column, MAX (self->cells->len, RUNNEL_LOG_CELLS_MAX_COLUMN));
  if (self->column == 0 && self->cells->len == 0)
    leave_cells (self); /* as if nothing had been there: the common progress bar */
}

static void
erase_in_line (RunnelLogText *self,
               guint          how)
{
  enter_cells (self);
  if (how == 0)
    g_array_set_size (self->cells, MIN (self->column, self->cells->len));
  else if (how == 2 || self->column + 1 >= self->cells->len)
    g_array_set_size (self->cells, 0);
  else
    runnel_log_cells_blank (self->cells, 0, self->column + 1);
  if (self->column == 0)
    move_to (self, 0);
}

static void
do_sequence (RunnelLogText        *self,
             const RunnelLogPiece *piece)
{
  guint number = runnel_log_escape_get_number (piece), n = MAX (number, 1);

  switch (piece->final)
    {
    case 'm':
      runnel_log_style_apply (&self->style, piece->start, piece->length);
      break;
    case 'K': /* in the line */
      erase_in_line (self, number);
      break;
    case 'J': /* what is below goes too, but the line knows nothing of that */
      if (number == 0)
        erase_in_line (self, 0);
      break;
    case 'G':
    case '`':
      move_to (self, n - 1);
      break;
    case 'C':
      enter_cells (self);
      move_to (self, self->column + n);
      break;
    case 'D':
      enter_cells (self);
      move_to (self, self->column - MIN (n, self->column));
      break;
    case 'P':
      enter_cells (self);
      runnel_log_cells_delete (self->cells, self->column, n);
      break;
    case 'X':
      enter_cells (self);
      runnel_log_cells_blank (self->cells, self->column, n);
      break;
    default: /* up and down, see runnel-log-screen.c; scrolling and modes mean nothing here */
      break;
    }
}

static void
do_control (RunnelLogText *self,
            char           control,
            gboolean       is_last)
{
  if (control == '\r' && !is_last)
    move_to (self, 0);
  else if (control == '\b')
    {
      enter_cells (self);
      move_to (self, self->column - MIN (1, self->column));
    }
}

void
runnel_log_text_init (RunnelLogText *self)
{
  *self = (RunnelLogText) {
    .text = g_string_new (NULL),
    .runs = g_array_new (FALSE, FALSE, sizeof (RunnelLogRun)),
    .cells = runnel_log_cells_new (),
  };
}

void
runnel_log_text_clear (RunnelLogText *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->runs);
  g_array_unref (self->cells);
}

/**
 * runnel_log_text_set:
 * @bytes: (array length=length): a line without its newline
 * @length: of @bytes
 * @style: (nullable): what the line before has ended with; %NULL for the default
 *
 * Reads a line: what remains of it when all of it is written, with its colours. What moves the
 * cursor up and down is left out, and so is what sets up a terminal.
 */
void
runnel_log_text_set (RunnelLogText        *self,
                     const char           *bytes,
                     gsize                 length,
                     const RunnelLogStyle *style)
{
  const char *p = bytes, *end = bytes + length;
  RunnelLogPiece piece;

  g_string_truncate (self->text, 0);
  g_array_set_size (self->runs, 0);
  self->is_moved = FALSE;
  self->style = style ? *style : (RunnelLogStyle) { 0, };

  while (runnel_log_escape_next (&p, end, &piece))
    {
      if (piece.type == RUNNEL_LOG_TEXT_PIECE)
        write_bytes (self, piece.start, piece.length);
      else if (piece.type == RUNNEL_LOG_SEQUENCE_PIECE)
        do_sequence (self, &piece);
      else if (piece.type == RUNNEL_LOG_CONTROL_PIECE)
        do_control (self, piece.final, p == end);
    }
  leave_cells (self);
}

/**
 * runnel_log_text_print:
 * @start: where to begin in the text, in bytes
 * @end: where to end
 * @text: what is printed is added to it
 *
 * Writes a piece of the text with what gives it its colours in a terminal.
 */
void
runnel_log_text_print (const RunnelLogText *self,
                       gsize                start,
                       gsize                end,
                       GString             *text)
{
  const RunnelLogRun *runs = (const RunnelLogRun *) self->runs->data;
  gboolean is_styled = FALSE;

  for (guint i = 0; i <= self->runs->len; i++)
    {
      gsize from = MAX (start, i > 0 ? runs[i - 1].start : 0);
      gsize to = MIN (end, i < self->runs->len ? runs[i].start : self->text->len);

      if (from >= to)
        continue;
      if (i > 0)
        runnel_log_style_print (&runs[i - 1].style, text);
      is_styled = i > 0 && !runnel_log_style_is_default (&runs[i - 1].style);
      g_string_append_len (text, self->text->str + from, (gssize) (to - from));
    }
  if (is_styled)
    g_string_append (text, "\033[0m");
}

/**
 * runnel_log_text_find_style:
 * @bytes: (array length=length): what comes before a line
 * @length: of @bytes
 * @style: what @bytes begin with
 *
 * Returns: the style that the line begins with
 */
RunnelLogStyle
runnel_log_text_find_style (const char           *bytes,
                            gsize                 length,
                            const RunnelLogStyle *style)
{
  const char *end = bytes + length, *p = bytes;
  RunnelLogStyle found = *style;
  RunnelLogPiece piece;

  while ((p = memchr (p, ESCAPE, (gsize) (end - p))))
    if (runnel_log_escape_next (&p, end, &piece) && piece.type == RUNNEL_LOG_SEQUENCE_PIECE &&
        piece.final == 'm')
      runnel_log_style_apply (&found, piece.start, piece.length);
  return found;
}
