/* runnel-yaml-quote.c: which texts must not stand in YAML as they are
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GitHub reads YAML 1.2; Kubernetes and GitLab read what is nearly 1.1, where `on` is a boolean, `012` is ten and
 * `12:30` is 750. What any of them takes for something else than text is quoted; what would break the syntax is
 * seen by the emitter of libyaml.
 */
#include "config.h"

#include <string.h>

#include "interchange/runnel-yaml-writer-private.h"

/* In lower case; any capitals mean the same. */
static const char *const words[] = {
  "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<",
  ".inf", "-.inf", "+.inf", ".nan", NULL,
};

/* Whatever begins like a number and has nothing in it but what numbers, dates and lines of cron may have. */
static gboolean
is_like_number (const char *text)
{
  const char *p = text;

  if (*p == '+' || *p == '-')
    p++;
  if (*p == '.')
    p++;
  if (!g_ascii_isdigit (*p))
    return FALSE;
  if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X' || p[1] == 'o' || p[1] == 'O'))
    return TRUE;

  return p[strspn (p, "0123456789eE_.,:+-TtZz */")] == '\0';
}

/* The characters that YAML has for line breaks besides the usual one; some readers take them for one. */
static gboolean
is_other_break (gunichar c)
{
  return c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/**
 * _runnel_yaml_needs_quotes:
 * @text: what a scalar is to say
 *
 * Returns: whether a reader of YAML 1.1 or 1.2 could take it for something else than that text
 */
gboolean
_runnel_yaml_needs_quotes (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return g_strv_contains (words, lower) || is_like_number (text);
}

/**
 * _runnel_yaml_is_printable:
 * @c: a character
 *
 * Returns: whether it may stand in YAML without an escape, and is taken by all readers for what it is
 */
gboolean
_runnel_yaml_is_printable (gunichar c)
{
  if (c == '\t' || c == '\n')
    return TRUE;
  if (c < 0x20 || (c >= 0x7f && c < 0xa0) || is_other_break (c))
    return FALSE;

  return c != 0xfeff && c != 0xfffe && c != 0xffff;
}

/**
 * _runnel_yaml_is_clean:
 * @text: a text
 *
 * Returns: whether it has only characters that may stand in YAML without an escape
 */
gboolean
_runnel_yaml_is_clean (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!_runnel_yaml_is_printable (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}
