/* runnel-log-style.c: how a piece of a log looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "log/runnel-log-style.h"

#define MAX_CODES 32

static void
set_effect (RunnelLogStyle   *self,
            RunnelLogEffects  effect,
            gboolean          on)
{
  self->effects = on ? self->effects | effect : self->effects & ~effect;
}

static void
apply_effect (RunnelLogStyle *self,
              guint           code)
{
  switch (code)
    {
    case 0:
      *self = (RunnelLogStyle) { 0, };
      break;
    case 22:
      set_effect (self, RUNNEL_LOG_BOLD | RUNNEL_LOG_DIM, FALSE);
      break;
    case 1:
    case 2:
    case 3:
    case 4:
      set_effect (self, 1 << (code - 1), TRUE);
      break;
    case 21: /* twice underlined */
      set_effect (self, RUNNEL_LOG_UNDERLINE, TRUE);
      break;
    case 23:
    case 24:
      set_effect (self, 1 << (code - 21), FALSE);
      break;
    case 7:
    case 8:
    case 9:
      set_effect (self, RUNNEL_LOG_INVERSE << (code - 7), TRUE);
      break;
    case 27:
    case 28:
    case 29:
      set_effect (self, RUNNEL_LOG_INVERSE << (code - 27), FALSE);
      break;
    default:
      break;
    }
}

static void
apply_code (RunnelLogStyle *self,
            guint           code)
{
  if (code >= 30 && code <= 37)
    self->foreground = RUNNEL_LOG_COLOR_PALETTE (code - 30);
  else if (code >= 90 && code <= 97)
    self->foreground = RUNNEL_LOG_COLOR_PALETTE (code - 90 + 8);
  else if (code == 39)
    self->foreground = RUNNEL_LOG_COLOR_DEFAULT;
  else if (code >= 40 && code <= 47)
    self->background = RUNNEL_LOG_COLOR_PALETTE (code - 40);
  else if (code >= 100 && code <= 107)
    self->background = RUNNEL_LOG_COLOR_PALETTE (code - 100 + 8);
  else if (code == 49)
    self->background = RUNNEL_LOG_COLOR_DEFAULT;
  else
    apply_effect (self, code);
}

/* "38;5;n" is one of the palette and "38;2;r;g;b" any colour. Returns how many codes that were. */
static guint
apply_color (RunnelLogColor *color,
             const guint    *codes,
             guint           n_codes)
{
  if (n_codes >= 3 && codes[1] == 5)
    {
      *color = RUNNEL_LOG_COLOR_PALETTE (codes[2] & 0xff);
      return 3;
    }
  if (n_codes >= 5 && codes[1] == 2)
    {
      *color = RUNNEL_LOG_COLOR_RGB (codes[2] & 0xff, codes[3] & 0xff, codes[4] & 0xff);
      return 5;
    }
  return n_codes;
}

/* Codes that belong together have colons between them: "4:3" is an underline of a certain form,
 * "38:2::r:g:b" a colour in a certain space. Returns how many codes that were. */
static guint
apply_group (RunnelLogStyle *self,
             const guint    *codes,
             guint           n_codes)
{
  RunnelLogColor *color = codes[0] == 38 ? &self->foreground : &self->background;
  const guint spaced[] = { codes[0], 2, codes[MIN (3, n_codes - 1)], codes[MIN (4, n_codes - 1)],
                           codes[n_codes - 1] };

  if (codes[0] == 4)
    set_effect (self, RUNNEL_LOG_UNDERLINE, codes[1] != 0);
  else if ((codes[0] == 38 || codes[0] == 48) && codes[1] == 2 && n_codes == 6)
    apply_color (color, spaced, 5);
  else if (codes[0] == 38 || codes[0] == 48)
    apply_color (color, codes, n_codes);
  return n_codes;
}

/* Returns how many codes there are; bit n of `joined` says that a colon comes after code n. */
static guint
parse_codes (const char *parameters,
             gsize       length,
             guint      *codes,
             guint32    *joined)
{
  guint n_codes = 0, code = 0;

  *joined = 0;
  for (gsize i = 0; i <= length && n_codes < MAX_CODES; i++)
    {
      char c = i < length ? parameters[i] : ';';

      if (g_ascii_isdigit (c))
        code = MIN (code * 10 + (guint) (c - '0'), 9999);
      else if (c == ';' || c == ':')
        {
          *joined |= c == ':' ? 1u << n_codes : 0;
          codes[n_codes++] = code;
          code = 0;
        }
      else
        return 0; /* a private sequence, no rendition */
    }
  return n_codes;
}

static guint
count_joined (guint32 joined,
              guint   first,
              guint   n_codes)
{
  guint n = 1;

  while (first + n < n_codes && joined & 1u << (first + n - 1))
    n++;
  return n;
}

/**
 * runnel_log_style_apply:
 * @parameters: (array length=length): what is between "ESC [" and "m"
 * @length: of @parameters in bytes
 *
 * Changes the style as a terminal does. Blinking, fonts, frames and what is not known are left out.
 * Source: ECMA-48, 8.3.117, "select graphic rendition"; ISO 8613-6 for colours.
 */
void
runnel_log_style_apply (RunnelLogStyle *self,
                        const char     *parameters,
                        gsize           length)
{
  guint codes[MAX_CODES];
  guint32 joined;
  guint n_codes = parse_codes (parameters, length, codes, &joined);

  for (guint i = 0; i < n_codes;)
    {
      guint n_joined = count_joined (joined, i, n_codes);

      if (n_joined > 1)
        i += apply_group (self, codes + i, n_joined);
      else if (codes[i] == 38)
        i += apply_color (&self->foreground, codes + i, n_codes - i);
      else if (codes[i] == 48)
        i += apply_color (&self->background, codes + i, n_codes - i);
      else
        apply_code (self, codes[i++]);
    }
}

static void
print_color (RunnelLogColor  color,
             guint           base,
             GString        *text)
{
  if (RUNNEL_LOG_COLOR_IS_PALETTE (color))
    g_string_append_printf (text, ";%u;5;%u", base, color & 0xff);
  else if (RUNNEL_LOG_COLOR_IS_RGB (color))
    g_string_append_printf (text, ";%u;2;%u;%u;%u", base, color >> 16 & 0xff, color >> 8 & 0xff,
                            color & 0xff);
}

/**
 * runnel_log_style_print:
 * @text: what is to be in the style comes behind it
 *
 * Adds what makes a terminal take the style, whatever it had before.
 */
void
runnel_log_style_print (const RunnelLogStyle *self,
                        GString              *text)
{
  static const guint codes[] = { 1, 2, 3, 4, 7, 8, 9 };

  g_string_append (text, "\033[0");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (self->effects & 1u << i)
      g_string_append_printf (text, ";%u", codes[i]);
  print_color (self->foreground, 38, text);
  print_color (self->background, 48, text);
  g_string_append_c (text, 'm');
}
