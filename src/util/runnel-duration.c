/* runnel-duration.c: spans of time as people write them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "util/runnel-duration.h"

/* From the longest down: the parts of a duration come in this order. */
static const struct
{
  const char *name;
  gint64 microseconds;
} units[] = {
  { "d", G_TIME_SPAN_DAY },
  { "h", G_TIME_SPAN_HOUR },
  { "m", G_TIME_SPAN_MINUTE },
  { "s", G_TIME_SPAN_SECOND },
  { "ms", G_TIME_SPAN_MILLISECOND },
};

/* About 30 years: sums of two never overflow, and nobody means more. */
#define MAX_DURATION (G_TIME_SPAN_DAY * 10000)

/* The unit that `text` begins with and that is shorter than all before it. */
static gboolean
take_unit (const char **text,
           gsize       *next,
           gint64      *ret_microseconds)
{
  gsize length = 0;

  while (g_ascii_isalpha ((*text)[length]))
    length++;

  for (gsize i = *next; i < G_N_ELEMENTS (units); i++)
    if (strlen (units[i].name) == length && strncmp (*text, units[i].name, length) == 0)
      {
        *text += length;
        *next = i + 1;
        *ret_microseconds = units[i].microseconds;
        return TRUE;
      }

  return FALSE;
}

/* One number with its unit, "1h" or "1.5s"; no exponents and nothing hexadecimal. */
static gboolean
take_part (const char **text,
           gsize       *next,
           gint64      *total)
{
  gsize length = strspn (*text, "0123456789.");
  g_autofree char *digits = g_strndup (*text, length);
  const char *cursor = *text + length;
  char *end;
  double number;
  gint64 unit;

  if (!g_ascii_isdigit (*digits))
    return FALSE;

  number = g_ascii_strtod (digits, &end);
  if (*end || !take_unit (&cursor, next, &unit) || number * unit > MAX_DURATION - *total)
    return FALSE;

  *total += (gint64) (number * unit + 0.5);
  *text = cursor;

  return TRUE;
}

/**
 * runnel_duration_parse:
 * @text: such as `90s`, `5m`, `1h30m`, `250ms` or `1d`
 * @ret_microseconds: (out): the duration
 * @error: return location for a %G_IO_ERROR_INVALID_ARGUMENT whose message ends in what to write
 *
 * Returns: %FALSE with @error set when @text is no duration
 */
gboolean
runnel_duration_parse (const char  *text,
                       gint64      *ret_microseconds,
                       GError     **error)
{
  const char *cursor = text;
  gint64 total = 0;
  gsize next = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_microseconds != NULL, FALSE);

  while (take_part (&cursor, &next, &total) && *cursor)
    ;

  if (*cursor || cursor == text)
    {
      gboolean bare = *text && strspn (text, "0123456789.") == strlen (text);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is not a duration; write %s%s", text, bare ? text : "90s, 5m or 1h30m",
                   bare ? "s" : "");
      return FALSE;
    }

  *ret_microseconds = total;

  return TRUE;
}

/**
 * runnel_duration_format:
 * @microseconds: a span of time, 0 or longer
 *
 * Writes a duration so that runnel_duration_parse() reads the same again, to the millisecond.
 *
 * Returns: (transfer full): the text, such as "1h30m"
 */
char *
runnel_duration_format (gint64 microseconds)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      gint64 count = microseconds / units[i].microseconds;

      microseconds %= units[i].microseconds;
      if (count > 0)
        g_string_append_printf (text, "%" G_GINT64_FORMAT "%s", count, units[i].name);
    }

  return g_string_free (text->len ? text : g_string_assign (text, "0s"), FALSE);
}
