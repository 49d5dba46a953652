/* runnel-secret-forms.c: the texts by which a secret may be seen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "engine/secrets/runnel-secret-forms.h"

/* What programs print is rarely the secret as such: a header has it in base64, a URL with percent
 * signs, an answer of a server escaped for JSON, the trace of a shell in quotes. Everything that
 * common encoders make of it is a text of its own to look for. Where encoders differ (which
 * characters they leave alone, capital or small hexadecimal digits), each way counts. */

static const char base64_alphabet[] =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The characters at both ends of a base64 text hold bits of its neighbours, too. All they can be
 * is tried, unless the secret is so long that these few bits of it do not matter. */
#define MAX_LENGTH_WITH_EDGES 256

/* Widths at which base64(1), and openssl and PEM files, break lines. */
static const gsize base64_widths[] = { 76, 64 };

/* Besides letters and digits, what is not escaped in URLs. */
static const char *const url_safe[] = {
  "-._~",                   /* RFC 3986, section 2.3; curl, GLib, Python's quote_plus() */
  "-._~/",                  /* Python's quote() */
  "-_.!~*'()",              /* JavaScript's encodeURIComponent() */
  "-_.!~*'();/?:@&=+$,#",   /* JavaScript's encodeURI() */
  "*-._",                   /* HTML forms, https://url.spec.whatwg.org/#urlencoded-serializing */
};

typedef enum
{
  JSON_ASCII = 1 << 0,   /* \uXXXX for all that is not ASCII, as Python does it */
  JSON_SLASH = 1 << 1,   /* \/, as PHP does it */
  JSON_HTML = 1 << 2,    /* \u003c for <, > and &, as Go does it */
  JSON_CAPITAL = 1 << 3, /* \u003C */
  JSON_ALL = (1 << 4) - 1,
} JsonStyle;

static void
take (GHashTable *forms,
      char       *text)
{
  if (strlen (text) >= RUNNEL_SECRET_MIN_LENGTH)
    g_hash_table_add (forms, text);
  else
    g_free (text);
}

static void
take_string (GHashTable *forms,
             GString    *text)
{
  take (forms, g_string_free (text, FALSE));
}

/* Base64: RFC 4648. */

/* Six bits of @bytes, a bit number that is a multiple of six. */
static char
encode_six (const guint8 *bytes,
            gsize         bit)
{
  guint pair = bytes[bit / 8] << 8 | bytes[bit / 8 + 1];

  return base64_alphabet[pair >> (10 - bit % 8) & 63];
}

static char *
encode_base64 (const guint8 *bytes,
               gsize         first,
               gsize         end)
{
  char *text = g_malloc (end - first + 1);

  for (gsize i = first; i < end; i++)
    text[i - first] = encode_six (bytes, i * 6);
  text[end - first] = '\0';
  return text;
}

static char *
wrap (const char *text,
      gsize       width)
{
  GString *wrapped = g_string_new (NULL);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += width)
    {
      if (i > 0)
        g_string_append_c (wrapped, '\n');
      g_string_append_len (wrapped, text + i, MIN (width, length - i));
    }
  return g_string_free (wrapped, FALSE);
}

/* Where lines are broken is known only of a text that begins with the secret. */
static void
take_base64 (GHashTable *forms,
             char       *text,
             gboolean    is_beginning)
{
  char *for_urls = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (base64_widths) && is_beginning; i++)
    take (forms, wrap (text, base64_widths[i]));
  for (char *c = for_urls; *c; c++)
    *c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
  take (forms, text);
  take (forms, for_urls);
}

/* Every text that @value, @offset bytes behind the beginning of a group of three, is in base64
 * when its neighbours are anything. */
static void
add_base64_at (GHashTable *forms,
               const char *value,
               gsize       offset)
{
  gsize length = strlen (value);
  gsize first_bit = offset * 8;
  gsize end_bit = (offset + length) * 8;
  guint n_before = 1 << first_bit % 6;
  guint n_behind = end_bit % 6 ? 1 << (6 - end_bit % 6) : 1;
  g_autofree guint8 *bytes = g_malloc0 (offset + length + 2);

  memcpy (bytes + offset, value, length);
  take_base64 (forms, encode_base64 (bytes, (first_bit + 5) / 6, end_bit / 6), offset == 0);
  if (length > MAX_LENGTH_WITH_EDGES)
    return;

  for (guint before = 0; before < n_before; before++)
    {
      if (offset > 0)
        bytes[offset - 1] = before;
      for (guint behind = 0; behind < n_behind; behind++)
        {
          bytes[offset + length] = behind * (256 / n_behind);
          take_base64 (forms, encode_base64 (bytes, first_bit / 6, (end_bit + 5) / 6), offset == 0);
        }
    }
}

static void
add_base64 (GHashTable *forms,
            const char *value)
{
  for (gsize offset = 0; offset < 3; offset++)
    add_base64_at (forms, value, offset);
}

/* URLs. */

static char *
escape_url (const char *value,
            const char *safe,
            gboolean    plus,
            gboolean    capital)
{
  GString *text = g_string_new (NULL);

  for (const char *c = value; *c; c++)
    {
      if (g_ascii_isalnum (*c) || strchr (safe, *c))
        g_string_append_c (text, *c);
      else if (*c == ' ' && plus)
        g_string_append_c (text, '+');
      else
        g_string_append_printf (text, capital ? "%%%02X" : "%%%02x", (guchar) *c);
    }
  return g_string_free (text, FALSE);
}

static void
add_url (GHashTable *forms,
         const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (url_safe); i++)
    for (guint way = 0; way < 4; way++)
      take (forms, escape_url (value, url_safe[i], way & 1, way & 2));
}

/* JSON: RFC 8259, section 7. */

static void
append_unit (GString   *text,
             guint      unit,
             JsonStyle  style)
{
  if (style & JSON_CAPITAL)
    g_string_append_printf (text, "\\u%04X", unit);
  else
    g_string_append_printf (text, "\\u%04x", unit);
}

/* In UTF-16. */
static void
append_unicode (GString   *text,
                gunichar   c,
                JsonStyle  style)
{
  if (c < 0x10000)
    {
      append_unit (text, c, style);
      return;
    }
  append_unit (text, 0xd800 + ((c - 0x10000) >> 10), style);
  append_unit (text, 0xdc00 + ((c - 0x10000) & 0x3ff), style);
}

static void
append_json (GString   *text,
             gunichar   c,
             JsonStyle  style)
{
  static const char controls[] = "\b\f\n\r\t";
  const char *control = c != 0 && c < ' ' ? strchr (controls, c) : NULL;

  if (c == '"' || c == '\\' || (c == '/' && style & JSON_SLASH))
    g_string_append_printf (text, "\\%c", (char) c);
  else if (control)
    g_string_append_printf (text, "\\%c", "bfnrt"[control - controls]);
  else if (c < ' ' || (c > '~' && style & JSON_ASCII)
           || (style & JSON_HTML && (c == '<' || c == '>' || c == '&')))
    append_unicode (text, c, style);
  else
    g_string_append_unichar (text, c);
}

static void
add_json (GHashTable *forms,
          const char *value)
{
  for (JsonStyle style = 0; style <= JSON_ALL; style++)
    {
      GString *text = g_string_new (NULL);

      for (const char *c = value; *c; c = g_utf8_next_char (c))
        append_json (text, g_utf8_get_char (c), style);
      take_string (forms, text);
    }
}

/* Shells: what is between the quotes. */

static void
add_replaced (GHashTable *forms,
              const char *value,
              const char *replacement)
{
  g_auto(GStrv) parts = g_strsplit (value, "'", -1);

  take (forms, g_strjoinv (replacement, parts));
}

static void
add_backslashes (GHashTable *forms,
                 const char *value,
                 const char *special)
{
  GString *text = g_string_new (NULL);

  for (const char *c = value; *c; c++)
    {
      if (strchr (special, *c))
        g_string_append_c (text, '\\');
      g_string_append_c (text, *c);
    }
  take_string (forms, text);
}

/* $'...' of bash and others. */
static void
add_ansi_quoted (GHashTable *forms,
                 const char *value)
{
  static const char controls[] = "\a\b\033\f\n\r\t\v";
  GString *text = g_string_new (NULL);

  for (const char *c = value; *c; c++)
    {
      const char *control = strchr (controls, *c);

      if (control)
        g_string_append_printf (text, "\\%c", "abEfnrtv"[control - controls]);
      else if (*c == '\'' || *c == '\\')
        g_string_append_printf (text, "\\%c", *c);
      else
        g_string_append_c (text, *c);
    }
  take_string (forms, text);
}

static void
add_shell (GHashTable *forms,
           const char *value)
{
  add_replaced (forms, value, "'\\''");     /* set -x, g_shell_quote() */
  add_replaced (forms, value, "'\"'\"'");   /* Python's shlex.quote() */
  add_backslashes (forms, value, " \t\n!\"#$&'()*,;<>?[\\]^`{|}~"); /* printf %q */
  add_backslashes (forms, value, "\"$\\`"); /* declare -p, "..." */
  add_ansi_quoted (forms, value);
}

static void
add_piece (GHashTable *forms,
           const char *piece)
{
  take (forms, g_strdup (piece));
  add_base64 (forms, piece);
  add_url (forms, piece);
  add_json (forms, piece);
  add_shell (forms, piece);
}

/**
 * runnel_secret_forms_add:
 * @forms: a set of strings that frees its keys, g_hash_table_new_full (g_str_hash, g_str_equal,
 *   g_free, NULL)
 * @value: a secret, UTF-8
 *
 * Adds the secret itself and all that encoders make of it: base64 with both alphabets, wherever
 * in a longer text it stands, and with lines of usual width; percent signs; JSON; quotes of
 * shells. The same for each line of a secret that has several, without blanks around it. A
 * secret or a line of fewer than %RUNNEL_SECRET_MIN_LENGTH characters adds nothing.
 */
void
runnel_secret_forms_add (GHashTable *forms,
                         const char *value)
{
  g_auto(GStrv) lines = NULL;

  if (g_utf8_strlen (value, -1) < RUNNEL_SECRET_MIN_LENGTH)
    return;
  add_piece (forms, value);
  if (!strchr (value, '\n'))
    return;

  lines = g_strsplit (value, "\n", -1);
  for (char **line = lines; *line; line++)
    if (g_utf8_strlen (g_strstrip (*line), -1) >= RUNNEL_SECRET_MIN_LENGTH)
      add_piece (forms, *line);
}
