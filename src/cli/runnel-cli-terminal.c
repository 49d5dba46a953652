/* runnel-cli-terminal.c: what the terminal can do
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Colours: Select Graphic Rendition of ECMA-48; NO_COLOR by no-color.org.
 */
#include "config.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/runnel-cli-terminal.h"

#define DEFAULT_WIDTH 80
#define DEFAULT_HEIGHT 24

/**
 * runnel_terminal_is_live:
 *
 * Returns: whether standard output is a terminal on which what was printed can be changed
 */
gboolean
runnel_terminal_is_live (void)
{
  const char *term = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && term && *term && !g_str_equal (term, "dumb");
}

static gboolean
has_color (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return runnel_terminal_is_live () && (!no_color || !*no_color);
}

static guint
get_number (const char *variable,
            guint       fallback)
{
  const char *text = g_getenv (variable);
  guint64 number;

  if (text && g_ascii_string_to_unsigned (text, 10, 1, 10000, &number, NULL))
    return number;

  return fallback;
}

/**
 * runnel_terminal_get_width:
 *
 * Returns: the number of columns now; when standard output is no terminal, that of $COLUMNS or
 *   80
 */
guint
runnel_terminal_get_width (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;

  return get_number ("COLUMNS", DEFAULT_WIDTH);
}

/**
 * runnel_terminal_get_height:
 *
 * Returns: the number of lines now; when standard output is no terminal, that of $LINES or 24
 */
guint
runnel_terminal_get_height (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
    return size.ws_row;

  return get_number ("LINES", DEFAULT_HEIGHT);
}

static guint
get_character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * runnel_text_get_width:
 * @text: printable text in UTF-8
 *
 * Returns: how many columns it takes
 */
guint
runnel_text_get_width (const char *text)
{
  guint width = 0;

  for (; *text; text = g_utf8_next_char (text))
    width += get_character_width (g_utf8_get_char (text));

  return width;
}

/**
 * runnel_text_append_fitted:
 * @line: a line
 * @text: printable text in UTF-8
 * @width: how many columns it may take
 *
 * Appends @text, cut with an ellipsis when it is wider than @width.
 */
void
runnel_text_append_fitted (GString    *line,
                           const char *text,
                           guint       width)
{
  guint used = 0;

  if (runnel_text_get_width (text) <= width)
    {
      g_string_append (line, text);
      return;
    }
  if (width == 0)
    return;

  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      used += get_character_width (c);
      if (used > width - 1)
        break;
      g_string_append_unichar (line, c);
    }
  g_string_append (line, "…");
}

/**
 * runnel_text_append_padded:
 * @line: a line
 * @text: printable text in UTF-8
 * @width: how many columns it takes
 *
 * Appends @text so that it takes exactly @width columns, cut or followed by blanks.
 */
void
runnel_text_append_padded (GString    *line,
                           const char *text,
                           guint       width)
{
  gsize start = line->len;
  guint used;

  runnel_text_append_fitted (line, text, width);
  for (used = runnel_text_get_width (line->str + start); used < width; used++)
    g_string_append_c (line, ' ');
}

/* Past an escape sequence: CSI to its final byte, OSC and the like to BEL or ST, else one
 * character. */
static const char *
skip_escape (const char *p,
             const char *end)
{
  p++;
  if (p < end && *p == '[')
    {
      for (p++; p < end && (*p < 0x40 || *p > 0x7e); p++)
        ;
      return MIN (p + 1, end);
    }
  if (p < end && strchr ("]PX^_", *p))
    {
      while (p < end && *p != '\a' && *p != '\033')
        p++;
      return p < end && *p == '\a' ? p + 1 : p;
    }

  return p < end ? g_utf8_next_char (p) : end;
}

/* Most text has nothing to be taken out, and a run prints thousands of lines a second. */
static gboolean
is_plain (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] < ' ' || text[i] > '~')
      return FALSE;

  return TRUE;
}

/**
 * runnel_text_make_printable:
 * @text: what a program printed
 * @length: its length in bytes
 *
 * Takes out what would act on the terminal: escape sequences and control characters but for
 * line ends; tabs become blanks, and bytes that are no UTF-8 are replaced.
 *
 * Returns: (transfer full): the text
 */
char *
runnel_text_make_printable (const char *text,
                            gsize       length)
{
  g_autofree char *valid = NULL;
  const char *end;
  GString *printable;

  if (is_plain (text, length))
    return g_strndup (text, length);

  valid = g_utf8_make_valid (text, length);
  end = valid + strlen (valid);
  printable = g_string_sized_new (length);
  for (const char *p = valid; p < end;)
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\033')
        {
          p = skip_escape (p, end);
          continue;
        }
      if (c == '\t')
        g_string_append (printable, "    ");
      else if (c == '\n' || !g_unichar_iscntrl (c))
        g_string_append_unichar (printable, c);
      p = g_utf8_next_char (p);
    }

  return g_string_free (printable, FALSE);
}

/**
 * runnel_terminal_print:
 * @stream: standard output or error
 * @format: as of printf(), for people
 *
 * Prints a text as runnel_text_make_printable() leaves it: a name of a file, a pipeline or a step
 * in it, or what somebody wrote on the command line, does nothing to the terminal.
 */
void
runnel_terminal_print (FILE       *stream,
                       const char *format,
                       ...)
{
  g_autofree char *text = NULL;
  g_autofree char *printable = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  printable = runnel_text_make_printable (text, strlen (text));
  fputs (printable, stream);
}

/**
 * runnel_text_make_line:
 * @text: what a pipeline, a step or a person said
 *
 * Returns: (transfer full): the text as runnel_text_make_printable() leaves it, on one line
 */
char *
runnel_text_make_line (const char *text)
{
  return g_strdelimit (runnel_text_make_printable (text, strlen (text)), "\n", ' ');
}

/**
 * runnel_state_get_mark:
 * @state: a state
 *
 * Returns: a sign one column wide that tells the state without colour
 */
const char *
runnel_state_get_mark (RunnelState state)
{
  gboolean is_utf8 = g_get_charset (NULL);

  switch (state)
    {
    case RUNNEL_STATE_SUCCEEDED:
      return is_utf8 ? "✓" : "+";
    case RUNNEL_STATE_FAILED:
    case RUNNEL_STATE_TIMED_OUT:
    case RUNNEL_STATE_INTERRUPTED:
      return is_utf8 ? "✗" : "x";
    case RUNNEL_STATE_RUNNING:
      return is_utf8 ? "●" : "*";
    case RUNNEL_STATE_WAITING:
      return "?";
    case RUNNEL_STATE_CANCELLED:
      return is_utf8 ? "⊘" : "/";
    default:
      return is_utf8 ? "○" : "-";
    }
}

/**
 * runnel_state_get_color:
 * @state: a state
 *
 * Returns: what switches the terminal to the colour of @state; "" without colours
 */
const char *
runnel_state_get_color (RunnelState state)
{
  if (!has_color ())
    return "";

  switch (state)
    {
    case RUNNEL_STATE_SUCCEEDED:
      return "\033[32m";
    case RUNNEL_STATE_FAILED:
    case RUNNEL_STATE_TIMED_OUT:
    case RUNNEL_STATE_INTERRUPTED:
      return "\033[31m";
    case RUNNEL_STATE_RUNNING:
      return "\033[34m";
    case RUNNEL_STATE_WAITING:
    case RUNNEL_STATE_CANCELLED:
      return "\033[33m";
    default:
      return "\033[2m";
    }
}

const char *
runnel_terminal_get_reset (void)
{
  return has_color () ? "\033[0m" : "";
}

const char *
runnel_terminal_get_dim (void)
{
  return has_color () ? "\033[2m" : "";
}
