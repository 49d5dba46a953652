/* runnel-log-text.c: one line of a log as a terminal shows it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "log/runnel-log-bytes.h"
#include "log/runnel-log-cells.h"
#include "log/runnel-log-text.h"

/* What is simply written is appended to the text. As soon as something moves the cursor back, the
 * text is taken apart into cells, in which it goes on, and put together again at the end.
 * Source: ECMA-48, and for what programs really use, https://invisible-island.net/xterm/ctlseqs. */

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

/* The first number of a sequence; a terminal takes 0 for what is missing. */
static guint
get_number (const char *parameters,
            gsize       length)
{
  guint number = 0;

  for (gsize i = 0; i < length && g_ascii_isdigit (parameters[i]); i++)
    number = MIN (number * 10 + (guint) (parameters[i] - '0'), 1000000);
  return number;
}

static void
do_sequence (RunnelLogText *self,
             char           final,
             const char    *parameters,
             gsize          length)
{
  guint number = get_number (parameters, length), n = MAX (number, 1);

  switch (final)
    {
    case 'm':
      runnel_log_style_apply (&self->style, parameters, length);
      break;
    case 'K': /* in the line */
      erase_in_line (self, number);
      break;
    case 'J': /* what is below goes too, but the log has nothing there */
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
    default: /* up, down, scrolling, modes: see runnel-log-screen.c for those up */
      break;
    }
}

/* --- Sequences -------------------------------------------------------------------------------- */

/* "ESC [", numbers, and a letter that says what to do. Returns what comes behind it. */
static const char *
read_control_sequence (const char  *start,
                       const char  *end,
                       const char **ret_parameters,
                       gsize       *ret_length,
                       char        *ret_final)
{
  const char *p = start;

  while (p < end && (guchar) *p >= 0x20 && (guchar) *p < 0x40)
    p++;
  *ret_parameters = start;
  *ret_length = (gsize) (p - start);
  *ret_final = '\0';
  if (p < end && (guchar) *p >= 0x40 && (guchar) *p < 0x7f)
    *ret_final = *p++;
  return p;
}

/* A command for the terminal, as for the title of its window, goes on to a bell or "ESC \". */
static const char *
skip_command (const char *p,
              const char *end)
{
  for (; p < end; p++)
    {
      if (*p == '\a')
        return p + 1;
      if (*p == ESCAPE)
        return p + 1 < end && p[1] == '\\' ? p + 2 : p;
    }
  return end;
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
do_escape (RunnelLogText *self,
           const char    *p,
           const char    *end)
{
  const char *parameters;
  gsize length;
  char final;

  if (++p == end)
    return end;
  if (strchr ("]PX^_", *p) && *p)
    return skip_command (p + 1, end);
  if (*p != '[')
    return skip_other (p, end);
  p = read_control_sequence (p + 1, end, &parameters, &length, &final);
  do_sequence (self, final, parameters, length);
  return p;
}

static const char *
do_control (RunnelLogText *self,
            const char    *p,
            const char    *end)
{
  if (*p == ESCAPE)
    return do_escape (self, p, end);
  if (*p == '\t')
    write_bytes (self, p, 1);
  else if (*p == '\r' && p + 1 < end)
    move_to (self, 0);
  else if (*p == '\b')
    {
      enter_cells (self);
      move_to (self, self->column - MIN (1, self->column));
    }
  return p + 1;
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

  g_string_truncate (self->text, 0);
  g_array_set_size (self->runs, 0);
  self->is_moved = FALSE;
  self->style = style ? *style : (RunnelLogStyle) { 0, };

  while (p < end)
    {
      const char *start = p;

      while (p < end && !is_control ((guchar) *p))
        p++;
      if (p > start)
        write_bytes (self, start, (gsize) (p - start));
      if (p < end)
        p = do_control (self, p, end);
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

  while ((p = memchr (p, ESCAPE, (gsize) (end - p))))
    {
      const char *parameters;
      gsize n;
      char final;

      if (++p == end || *p != '[')
        continue;
      p = read_control_sequence (p + 1, end, &parameters, &n, &final);
      if (final == 'm')
        runnel_log_style_apply (&found, parameters, n);
    }
  return found;
}
