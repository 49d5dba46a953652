/* runnel-ansi.c: terminal output as styled text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "designer/runs/runnel-ansi.h"

/* A log is any bytes: a sequence longer than this is none. */
#define MAX_PARAMETERS 64

typedef enum
{
  STATE_TEXT,
  STATE_ESCAPE,         /* after ESC */
  STATE_CONTROL,        /* after ESC [ */
  STATE_COMMAND,        /* after ESC ] : an operating system command, up to BEL or ESC \ */
  STATE_COMMAND_ESCAPE, /* after ESC inside such a command */
} State;

struct _RunnelAnsi
{
  RunnelAnsiHandler handler;
  gpointer user_data;
  State state;
  RunnelAnsiStyle style;
  gboolean carriage_return; /* seen, and what follows decides what it means */
  GString *parameters;      /* of the control sequence under way */
  GString *text;            /* not handed over yet; may end inside a character */
};

/* Hands over the text so far, except for an unfinished character at its end. */
static void
flush_text (RunnelAnsi *self,
            gboolean    complete)
{
  const char *bad;
  gsize length = self->text->len;

  if (!complete && !g_utf8_validate (self->text->str, length, &bad)
      && g_utf8_get_char_validated (bad, self->text->str + length - bad) == (gunichar) -2)
    length = bad - self->text->str;
  if (length == 0)
    return;

  g_autofree char *valid = g_utf8_make_valid (self->text->str, length);
  self->handler.text (self->user_data, valid, strlen (valid), self->style);
  g_string_erase (self->text, 0, length);
}

static void
apply_rendition (RunnelAnsiStyle *style,
                 int              code)
{
  if (code == 0)
    *style = (RunnelAnsiStyle) { .color = RUNNEL_ANSI_DEFAULT_COLOR };
  else if (code == 1)
    style->bold = TRUE;
  else if (code == 2)
    style->dim = TRUE;
  else if (code == 4)
    style->underline = TRUE;
  else if (code == 22)
    style->bold = style->dim = FALSE;
  else if (code == 24)
    style->underline = FALSE;
  else if (code >= 30 && code <= 37)
    style->color = code - 30;
  else if (code >= 90 && code <= 97)
    style->color = code - 90 + 8;
  else if (code == 39)
    style->color = RUNNEL_ANSI_DEFAULT_COLOR;
}

/* "38;5;n" picks from the palette and "38;2;r;g;b" any colour; only the first
 * sixteen of the palette have a counterpart here. Returns how many codes it read. */
static guint
apply_extended_color (RunnelAnsiStyle *style,
                      char           **codes,
                      guint            n_codes,
                      gboolean         foreground)
{
  if (n_codes >= 3 && g_str_equal (codes[1], "5"))
    {
      int color = atoi (codes[2]);

      if (foreground)
        style->color = color < 16 ? color : RUNNEL_ANSI_DEFAULT_COLOR;
      return 3;
    }
  return n_codes >= 5 && g_str_equal (codes[1], "2") ? 5 : 1;
}

/* Source: ECMA-48, 8.3.117, "select graphic rendition". */
static void
apply_renditions (RunnelAnsi *self)
{
  g_auto(GStrv) codes = g_strsplit_set (self->parameters->str, ";:", -1);
  guint n_codes = g_strv_length (codes);

  if (n_codes == 0)
    apply_rendition (&self->style, 0);
  for (guint i = 0; i < n_codes;)
    {
      int code = atoi (codes[i]);

      if (code == 38 || code == 48)
        {
          i += apply_extended_color (&self->style, codes + i, n_codes - i, code == 38);
          continue;
        }
      apply_rendition (&self->style, code);
      i++;
    }
}

static void
feed_control (RunnelAnsi *self,
              char        byte)
{
  if (byte >= 0x20 && byte < 0x40 && self->parameters->len < MAX_PARAMETERS)
    {
      g_string_append_c (self->parameters, byte);
      return;
    }

  self->state = STATE_TEXT;
  if (byte != 'm')
    return; /* it moves the cursor, which a log has none of */
  flush_text (self, TRUE);
  apply_renditions (self);
}

static void
feed_escape (RunnelAnsi *self,
             char        byte)
{
  if (byte == '[')
    {
      g_string_truncate (self->parameters, 0);
      self->state = STATE_CONTROL;
    }
  else if (byte == ']')
    self->state = STATE_COMMAND;
  else
    self->state = STATE_TEXT;
}

static void
feed_text (RunnelAnsi *self,
           char        byte)
{
  if (self->carriage_return && byte != '\r')
    {
      self->carriage_return = FALSE;
      if (byte != '\n')
        {
          flush_text (self, TRUE);
          self->handler.overwrite (self->user_data);
        }
    }

  if (byte == '\033')
    self->state = STATE_ESCAPE;
  else if (byte == '\r')
    self->carriage_return = TRUE;
  else if (byte == '\n' || byte == '\t' || (guchar) byte >= 0x20)
    g_string_append_c (self->text, byte);
}

static void
feed_byte (RunnelAnsi *self,
           char        byte)
{
  switch (self->state)
    {
    case STATE_TEXT:
      feed_text (self, byte);
      break;
    case STATE_ESCAPE:
      feed_escape (self, byte);
      break;
    case STATE_CONTROL:
      feed_control (self, byte);
      break;
    case STATE_COMMAND:
      if (byte == '\a')
        self->state = STATE_TEXT;
      else if (byte == '\033')
        self->state = STATE_COMMAND_ESCAPE;
      break;
    case STATE_COMMAND_ESCAPE:
      self->state = byte == '\\' ? STATE_TEXT : STATE_COMMAND;
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * runnel_ansi_new:
 * @handler: what receives the text; copied
 * @user_data: for @handler
 *
 * A reader of what a program wrote for a terminal: colours and weights become
 * styles, a lone carriage return an order to write over the line, everything
 * else that moves a cursor is left out, and bytes that are no UTF-8 are replaced.
 *
 * Returns: (transfer full): the reader
 */
RunnelAnsi *
runnel_ansi_new (const RunnelAnsiHandler *handler,
                 gpointer                 user_data)
{
  g_return_val_if_fail (handler != NULL, NULL);

  RunnelAnsi *self = g_new0 (RunnelAnsi, 1);
  self->handler = *handler;
  self->user_data = user_data;
  self->style.color = RUNNEL_ANSI_DEFAULT_COLOR;
  self->parameters = g_string_new (NULL);
  self->text = g_string_new (NULL);
  return self;
}

void
runnel_ansi_free (RunnelAnsi *self)
{
  g_string_free (self->parameters, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * runnel_ansi_feed:
 * @self: a reader
 * @bytes: (array length=length): the next bytes of the output, cut anywhere
 * @length: how many
 *
 * Reads on and calls the handler for what is complete.
 */
void
runnel_ansi_feed (RunnelAnsi *self,
                  const char *bytes,
                  gsize       length)
{
  g_return_if_fail (self != NULL);

  for (gsize i = 0; i < length; i++)
    feed_byte (self, bytes[i]);
  flush_text (self, FALSE);
}
